/*
 * store/migrate.h: bring a register to this program's version.
 *
 * Source:   src/store/migrations/NNN.sql, compiled in; docs/formats/store.md.
 * Floor:    store, and private to it.
 */

#ifndef STORE_MIGRATE_H
#define STORE_MIGRATE_H

#include "store/db.h"

/* In the file's head, so that file(1) and we know a register: "Mstr". */
#define MIGRATE_APP_ID 0x4d737472

/**
 * migrate_check(s, version, e):
 * Put the version of the register into ${version}; 0 for an empty file.
 *
 * Errors: MU_EFORMAT (a database of something else, damaged), MU_ECONFLICT
 * (newer than this program: the text says "upgrade muster").
 */
int
migrate_check(struct store *s, int64_t *version, struct err *e) MU_MUST_CHECK;

/**
 * migrate_run(s, e):
 * Run the migrations that are missing, each in its own transaction.
 *
 * Errors: migrate_check's; db_fail's.
 */
int migrate_run(struct store *s, struct err *e) MU_MUST_CHECK;

/** migrate_latest(): the version that this program writes. */
int64_t migrate_latest(void);

#endif
