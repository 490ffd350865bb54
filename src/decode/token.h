/*
 * decode/token.h: what files with secrets in them have in common: is this
 * value a secret, what may be said of it, and its records.
 *
 * Source:   docs/formats/observation.md, "Keys" and "Secrets".
 * Floor:    decode. Pure.
 * Memory:   keys live in ${in}->job; values are borrowed for the call.
 * Secrets:  a value is fingerprinted and measured, and never copied out; what
 *           had to be unwrapped first is wiped.
 * Fuzz:     fuzz/mcp_fuzz.c, fuzz/docker_config_fuzz.c
 */

#ifndef DECODE_TOKEN_H
#define DECODE_TOKEN_H

#include "decode/decode.h"

/* Longest part of a foreign name in a name or detail of ours, bytes. */
#define TOKEN_NAME_MAX 120

struct token {
	struct str value;    /* the secret itself */
	struct str name;     /* of the identity, for people */
	struct str identity; /* its key; "": the key of the token */
	struct str label;    /* what the file calls it */
	struct str detail;   /* of the sighting */
	struct str user;     /* whose password it is, or "" */
	enum id_kind kind;
	enum cred_kind cred;
	size_t n;  /* block of the file, from 1 */
	char mark; /* ':' where ${n} is a line; 0: a block */
};

/* A URL with a password in it, in parts that are borrowed from it. */
struct token_url {
	struct str scheme, user, pass, host, port, path, query;
};

/**
 * token_named(name):
 * Whether a variable, member, header or option called ${name} holds a secret:
 * one of its words says so, and neither its last word (path, url, id ...) nor
 * any other (public, max ...) says otherwise.
 */
bool token_named(struct str name);

/**
 * token_value(value):
 * Whether ${value} is a value: not empty, no reference to a variable or vault,
 * no path, no plain URL, no placeholder of a manual.
 */
bool token_value(struct str value);

/**
 * token_preview(value):
 * The public prefix that ${value} begins with, four characters of it at most,
 * or "".
 */
struct str token_preview(struct str value);

/** token_short(s): ${s}, cut at a character's end to TOKEN_NAME_MAX bytes. */
struct str token_short(struct str s);

/**
 * token_url(s, out):
 * Take the URL ${s} apart: "scheme://user:pass@host:port/path?query", all but
 * scheme and host optional. False where it is none.
 */
bool token_url(struct str s, struct token_url *out);

/**
 * token_put(in, t, key, e):
 * Put identity, credential and sighting (role private) of ${t}, and give the
 * key of the identity in ${key}.
 *
 * Errors: MU_ELIMIT; the sink's.
 */
int token_put(const struct decode_in *in, const struct token *t,
    struct str *key, struct err *e) MU_MUST_CHECK;

/**
 * token_put_login(in, u, t, key, e):
 * The same for the login of ${u}, whose user and password may be
 * percent-encoded; of ${t}, label, detail and n are read.
 *
 * Errors: MU_ELIMIT; the sink's.
 */
int token_put_login(const struct decode_in *in, const struct token_url *u,
    const struct token *t, struct str *key, struct err *e) MU_MUST_CHECK;

#endif
