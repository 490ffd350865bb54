/*
 * decode/ssh_public.h: files with public keys and certificates of OpenSSH.
 *
 * Source:   sshd(8); OpenSSH's PROTOCOL.certkeys.
 * Floor:    decode. Pure.
 * Memory:   each line's records live in an arena of its own.
 * Secrets:  none.
 * Fuzz:     fuzz/ssh_public_fuzz.c
 */

#ifndef DECODE_SSH_PUBLIC_H
#define DECODE_SSH_PUBLIC_H

#include "decode/decode.h"

extern const struct decoder decode_ssh_public;

#endif
