/*
 * model/key.h: when two things are one thing.
 *
 * Source:   docs/formats/observation.md, "Keys".
 * Floor:    model. Pure.
 * Memory:   results live in the arena given.
 *
 * Errors:   MU_ELIMIT (the arena is full), everywhere.
 */

#ifndef MODEL_KEY_H
#define MODEL_KEY_H

#include "base/arena.h"

/* Characters of the id shown to people, and its buffer with a zero byte. */
#define KEY_ID_CHARS 8
#define KEY_ID_BYTES (KEY_ID_CHARS + 1)

/**
 * key_host(machine_id, fqdn, a, out, e):
 * "host:" and 16 hex of SHA-256(machine-id then "muster"); where
 * ${machine_id} (blanks trimmed) is not 32 hexadecimal digits, or all zero,
 * "host:name:" and ${fqdn} in lower case.
 */
int key_host(struct str machine_id, struct str fqdn, struct arena *a,
    struct str *out, struct err *e) MU_MUST_CHECK;

/** key_account(host, name, a, out, e): "account:" host key ":" name. */
int key_account(struct str host, struct str name, struct arena *a,
    struct str *out, struct err *e) MU_MUST_CHECK;

/** key_hex(prefix, bytes, a, out, e): prefix, then SHA-256(bytes) in hex. */
int key_hex(struct str prefix, struct str bytes, struct arena *a,
    struct str *out, struct err *e) MU_MUST_CHECK;

/**
 * key_tls(names, n, spki_hex, self_signed, a, out, e):
 * "tls:" and the hash of the sorted lower-case names, one a line, where one is
 * a public name (key_public_name) and the certificate is not self-signed; else
 * "tls:spki:" and ${spki_hex}. ${names} are sorted already.
 */
int key_tls(const struct str *names, size_t n, struct str spki_hex,
    bool self_signed, struct arena *a, struct str *out,
    struct err *e) MU_MUST_CHECK;

/**
 * key_public_name(name):
 * Whether ${name} is a fully qualified name that the public DNS can hold: two
 * labels or more (a leading "*." is allowed), and a last label that is neither
 * numeric nor reserved for private use (RFC 6761, 6762, 8375, 9476 and the
 * common private suffixes).
 */
bool key_public_name(struct str name);

/**
 * key_login(scheme, user, host, port, db, a, out, e):
 * "login:scheme://user@host:port/db", scheme and host in lower case; a part
 * that is empty is left out with its mark.
 */
int key_login(struct str scheme, struct str user, struct str host,
    struct str port, struct str db, struct arena *a, struct str *out,
    struct err *e) MU_MUST_CHECK;

/**
 * key_variable(host, workload, name, a, out, e):
 * "var:" host key ":" workload ":" name: a secret of an environment, where its
 * value is not known. ${workload} is the name of a unit, container or program.
 */
int key_variable(struct str host, struct str workload, struct str name,
    struct arena *a, struct str *out, struct err *e) MU_MUST_CHECK;

/**
 * key_id(key, out):
 * Write the id shown to people: the first 8 characters of base32(SHA-256(key)),
 * and a zero byte.
 */
void key_id(struct str key, char out[KEY_ID_BYTES]);

/**
 * key_finding(check, identity, credential, out):
 * The id of a finding: key_id of the three with a zero byte between;
 * ${credential} may be empty. Never a path, never a line number.
 */
void key_finding(struct str check, struct str identity, struct str credential,
    char out[KEY_ID_BYTES]);

/**
 * key_secret(fp_key, value, a, out, e):
 * "secret:" and HMAC(fp, "muster/secret/1" 0 value) in hex.
 */
int key_secret(struct str fp_key, struct str value, struct arena *a,
    struct str *out, struct err *e) MU_MUST_CHECK;

#endif
