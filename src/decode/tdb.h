/*
 * decode/tdb.h: the keys and values of a TDB file, Samba's small database.
 *
 * Every chain of the hash table is followed once; a record that lies outside
 * the file, has another mark, or makes a chain longer than the file can hold
 * ends the walk with an error.
 *
 * Source:   the TDB library, docs/README and common/tdb_private.h: the header
 *           of 168 bytes, chains of offsets, records of 24 bytes.
 * Floor:    decode. Pure.
 * Memory:   keys and values are borrowed from the file.
 * Fuzz:     fuzz/samba_fuzz.c
 */

#ifndef DECODE_TDB_H
#define DECODE_TDB_H

#include "base/str.h"

/** tdb_is(bytes): whether ${bytes} begin as a TDB file does. */
bool tdb_is(struct str bytes);

/**
 * tdb_each(bytes, each, cookie, e):
 * Call ${each}(${cookie}, key, value, e) for every record.
 *
 * Errors: MU_EFORMAT (no TDB, or a damaged one), MU_EUNSUPPORTED (of the other
 * byte order); what ${each} returns.
 */
int tdb_each(struct str bytes,
    int (*each)(void *cookie, struct str key, struct str value, struct err *e),
    void *cookie, struct err *e) MU_MUST_CHECK;

/** tdb_u32(s, at): the little-endian number at ${at}, which lies in ${s}. */
uint32_t tdb_u32(struct str s, size_t at);

#endif
