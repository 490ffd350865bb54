/*
 * decode/netrc.h: ~/.netrc: logins by machine name.
 *
 * Source:   netrc(5) of the inetutils ftp client; curl(1) --netrc.
 * Floor:    decode. Pure.
 * Fuzz:     fuzz/netrc_fuzz.c
 */

#ifndef DECODE_NETRC_H
#define DECODE_NETRC_H

#include "decode/decode.h"

extern const struct decoder decode_netrc;

#endif
