/*
 * decode/lone.h: files that hold one secret and nothing else.
 *
 * The path of the secret is "value". A file of several lines, one with control
 * characters, and one whose line a "#" begins hold no such secret.
 *
 * Source:   ldap.secret of nss_ldap, authd.pass of Wazuh, enroll secrets of
 *           osquery, zabbix_agentd.conf(5) TLSPSKFile
 * Floor:    decode. Pure.
 * Fuzz:     fuzz/lone_fuzz.c
 */

#ifndef DECODE_LONE_H
#define DECODE_LONE_H

#include "decode/decode.h"

/* Longest secret taken, bytes. */
#define LONE_BYTES_MAX 4096

extern const struct decoder decode_lone;

#endif
