/*
 * base/secret.h: a value that must not be seen: guarded memory, wiped at the
 * end, never copied into an arena, a text, an error or a log.
 *
 * Source:   libsodium's sodium_malloc.
 * Floor:    base.
 */

#ifndef BASE_SECRET_H
#define BASE_SECRET_H

#include "base/digest.h"

struct secret;

/** secret_free(s): wipe and give back. NULL is allowed. */
void secret_free(struct secret *s);

/** secret_new(s): a guarded copy of ${s}, owned by the caller (secret_free). */
struct secret *secret_new(struct str s) MU_OWNED(secret_free);

/** secret_random(n): ${n} random bytes, owned by the caller (secret_free). */
struct secret *secret_random(size_t n) MU_OWNED(secret_free);

/** secret_auto(s): for AUTO(secret). */
static inline void
secret_auto(struct secret **s)
{

	secret_free(*s);
}

/** secret_view(s): the bytes, for a call into a cipher; valid while ${s} is. */
struct str secret_view(const struct secret *s);

#endif
