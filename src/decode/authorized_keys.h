/*
 * decode/authorized_keys.h: the keys that may log in.
 *
 * Source:   sshd(8), AUTHORIZED_KEYS FILE FORMAT; sshd_config(5),
 *           AuthorizedKeysFile. Lines are taken as sshd takes them: what it
 *           lets in must be seen here.
 * Floor:    decode. Pure.
 * Memory:   each line's records live in an arena of its own.
 * Secrets:  of options, the names alone: see decode/sshopts.h.
 * Fuzz:     fuzz/authorized_keys_fuzz.c
 */

#ifndef DECODE_AUTHORIZED_KEYS_H
#define DECODE_AUTHORIZED_KEYS_H

#include "decode/decode.h"

/* Most accounts with one home directory that a key is said to log in to. */
#define AUTHORIZED_KEYS_SHARED_MAX 16

/* The decoder "authorized_keys". */
extern const struct decoder decode_authorized_keys;

/**
 * authorized_keys_account(h, path):
 * The account whose logins the file ${path} (relative to the root) decides: the
 * one whose home holds it, else the one that its last component names, or the
 * directory that it is in (sshd_config's %u). NULL where there is none.
 */
const struct account *
authorized_keys_account(const struct host *h, struct str path);

#endif
