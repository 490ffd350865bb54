/*
 * decode/sshd_config.h: where an SSH server says that its keys lie.
 *
 * The collector asks sshd_config_keyfiles() of etc/ssh/sshd_config, and looks for
 * authorized keys there too.
 *
 * Source:   sshd_config(5), FILE FORMAT, AuthorizedKeysFile, TOKENS.
 * Floor:    decode. Pure.
 * Memory:   in the arena given.
 * Fuzz:     fuzz/sshd_config_fuzz.c
 */

#ifndef DECODE_SSHD_CONFIG_H
#define DECODE_SSHD_CONFIG_H

#include "decode/decode.h"

/* Most patterns; sshd takes 64 from one line. */
#define SSHD_CONFIG_KEYFILES_MAX 64

/* The server's own file, below the root. */
#define SSHD_CONFIG_TOP "etc/ssh/sshd_config"

struct sshd_config_keyfiles {
	struct str glob[SSHD_CONFIG_KEYFILES_MAX]; /* as of struct place */
	size_t n;
};

/* The decoder "sshd_config". */
extern const struct decoder decode_sshd_config;

/**
 * sshd_config_keyfiles(in, out, e):
 * Add to ${out} a glob for each path that AuthorizedKeysFile names in the file
 * of ${in} and those that it includes, for all users or for some: "~/.ssh/keys"
 * below every home, and a star where the user's name or number stands. Paths
 * that no glob can say, lines that make no sense and what is beyond
 * SSHD_CONFIG_KEYFILES_MAX are left out; the decoder reports them. ${in}->out is
 * not used.
 *
 * Errors: MU_ELIMIT (the caps of sshdload.h, the job).
 */
int sshd_config_keyfiles(const struct decode_in *in,
    struct sshd_config_keyfiles *out, struct err *e) MU_MUST_CHECK;

#endif
