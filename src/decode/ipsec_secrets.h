/*
 * decode/ipsec_secrets.h: ipsec.secrets of strongSwan and Libreswan: preshared
 * keys, passwords, and the passphrases of key files.
 *
 * An entry is "IDS : TYPE VALUE", or ": TYPE VALUE" for anybody; lines that
 * begin with a blank belong to the entry before. Two ends of a tunnel have the
 * same preshared key, and are joined by it.
 *
 * Source:   ipsec.secrets(5) of strongSwan and of Libreswan
 * Floor:    decode. Pure.
 * Memory:   all in ${in}->job.
 * Secrets:  a value leaves as length, fingerprint and weakness alone.
 * Fuzz:     fuzz/ipsec_secrets_fuzz.c
 */

#ifndef DECODE_IPSEC_SECRETS_H
#define DECODE_IPSEC_SECRETS_H

#include "decode/decode.h"

/* Most entries of one file. */
#define IPSEC_SECRETS_MAX 4096

extern const struct decoder decode_ipsec_secrets;

#endif
