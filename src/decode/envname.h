/*
 * decode/envname.h: whether a variable of an environment holds a secret, by
 * its name alone.
 *
 * Source:   environ(7); the names that tools and services document.
 * Floor:    decode. Pure.
 */

#ifndef DECODE_ENVNAME_H
#define DECODE_ENVNAME_H

#include "base/str.h"

/* Longest name that is looked at, bytes. */
#define ENVNAME_MAX 255

/**
 * envname_secret(name):
 * Whether a variable called ${name} holds a secret (DB_PASSWORD), and does not
 * only speak of one (DB_PASSWORD_FILE).
 */
bool envname_secret(struct str name);

/**
 * envname_plain(name):
 * Whether ${name} is a name as POSIX has them: letters, digits and "_", no
 * digit first, 1 to ENVNAME_MAX bytes.
 */
bool envname_plain(struct str name);

#endif
