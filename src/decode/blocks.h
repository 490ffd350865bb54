/*
 * decode/blocks.h: files of settings in blocks: "name { setting = value }".
 *
 * A path has the heads of the blocks around a setting, and its name: "client
 * nas-1" and "secret". A head is its words with one blank between, without
 * quotes and "="; of several with the same head around them the second gets
 * "#2" after it, and so on.
 *
 * Source:   the common subset of strongswan.conf(5), FreeRADIUS' clients.conf,
 *           dovecot.conf, wpa_supplicant.conf(5), tac_plus.conf and
 *           named.conf(5): "=" or a blank after the name, values in quotes or
 *           bare, ";" or a line's end after them, comments by "#" and "//" at
 *           the start of a word. A brace that a blank does not follow is part
 *           of a value: "${dir}", "%{User-Name}", "{SSHA}x".
 * Floor:    decode. Pure.
 * Fuzz:     fuzz/blocks_fuzz.c
 */

#ifndef DECODE_BLOCKS_H
#define DECODE_BLOCKS_H

#include "decode/decode.h"

/* Deepest nesting, and most blocks of one file. */
#define BLOCKS_DEPTH_MAX 16
#define BLOCKS_MAX       10000

/* Longest path, bytes. */
#define BLOCKS_PATH_MAX 1024

struct blocks_item {
	struct str path, value; /* with PICK_SEP, in ${in}->job */
	size_t line;
};

/**
 * blocks_each(in, each, cookie, e):
 * Call ${each}(${cookie}, item, e) for every setting of the file in turn.
 *
 * Errors: MU_ELIMIT (the caps above); MU_EFORMAT (blocks nest too deeply);
 * what ${each} returns.
 */
int blocks_each(const struct decode_in *in,
    int (*each)(void *cookie, const struct blocks_item *item, struct err *e),
    void *cookie, struct err *e) MU_MUST_CHECK;

extern const struct decoder decode_blocks;

#endif
