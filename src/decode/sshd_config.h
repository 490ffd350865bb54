/*
 * decode/sshd_config.h: where an SSH server says that its keys lie.
 *
 * The collector asks sshd_config_keyfiles() of etc/ssh/sshd_config and each
 * etc/ssh/sshd_config.d/NAME.conf, and looks for authorized keys there too.
 *
 * Source:   sshd_config(5), FILE FORMAT, AuthorizedKeysFile, TOKENS.
 * Floor:    decode. Pure.
 * Memory:   in the arena given.
 * Fuzz:     fuzz/sshd_config_fuzz.c
 */

#ifndef DECODE_SSHD_CONFIG_H
#define DECODE_SSHD_CONFIG_H

#include "decode/decode.h"

/* Most patterns taken from one file; sshd takes 64 from one line. */
#define SSHD_CONFIG_KEYFILES_MAX 64

/* Longest line, bytes. */
#define SSHD_CONFIG_LINE_MAX 65536

struct sshd_config_keyfiles {
	struct str glob[SSHD_CONFIG_KEYFILES_MAX]; /* as of struct place */
	size_t n;
};

/* The decoder "sshd_config". */
extern const struct decoder decode_sshd_config;

/**
 * sshd_config_keyfiles(bytes, a, out, e):
 * Add to ${out} a glob for each path that AuthorizedKeysFile names in ${bytes},
 * in the whole file or for some users: "~/.ssh/keys" below every home, and a
 * star where the user's name or number stands. Paths that no glob can say,
 * lines that make no sense and what is beyond SSHD_CONFIG_KEYFILES_MAX are left
 * out; the decoder reports them.
 *
 * Errors: MU_ELIMIT (the arena is full).
 */
int sshd_config_keyfiles(struct str bytes, struct arena *a,
    struct sshd_config_keyfiles *out, struct err *e) MU_MUST_CHECK;

#endif
