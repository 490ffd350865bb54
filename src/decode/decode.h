/*
 * decode/decode.h: what every decoder is given, and how it answers.
 *
 * A decoder turns the bytes of one file into records. It opens nothing, knows
 * no clock, and copies no secret out: it answers with facts. It runs in the
 * reader's sandbox, on bytes that an attacker may have written.
 *
 * Floor:    decode. Pure.
 * Memory:   all in ${in}->job, which is reset after the file.
 * Fuzz:     fuzz/<stem>_fuzz.c for each decoder, by fuzz/fuzz.h.
 */

#ifndef DECODE_DECODE_H
#define DECODE_DECODE_H

#include "model/host.h"
#include "model/key.h"
#include "model/place.h"
#include "model/rec.h"

/* What every armour begins with: looked for once a file, for all decoders. */
#define DECODE_ARMOUR "-----BEGIN "

/* A shorter secret is never joined with one elsewhere, bytes. */
#define DECODE_JOIN_MIN 8

struct peek;

struct x509memo;

/* The time that a log tells of: its first and last line. */
struct decode_span {
	int64_t from_s, to_s; /* CLOCK_NONE: it tells of none */
	bool heard;           /* it tells of a sign-in */
};

struct decode_in {
	struct str bytes; /* the file, whole */
	const struct file *file;
	const struct host *host;
	struct str place;         /* id of the place that named this decoder */
	enum id_kind kind;        /* the place's word on it; ID_KINDS: none */
	const struct pick *picks; /* the place's; NULL: none */
	struct str fp_key;        /* key of the fingerprints, 32 bytes */
	struct peek *peek;        /* asks for other files; NULL: none */
	struct x509memo *certs;   /* read before; NULL: none */
	struct decode_span *span; /* for decoders of logs; NULL: nobody asks */
	struct arena *job;
	struct sink *out;
};

struct decoder {
	const char *name;   /* as a place's `decoder:` says it */
	const char *place;  /* the place when content alone found the file */
	const char *sees;   /* one line for `muster places` */
	const char *source; /* the specification */
	size_t max_bytes;   /* a longer file is a gap: limit */
	/**
	 * sniff(head): whether the first 64 KiB of a file look like this
	 * format. NULL: only a place's path brings a file here.
	 */
	bool (*sniff)(struct str head);
	bool armour; /* sniff() wants DECODE_ARMOUR: asked only where it is */
	/**
	 * read(in, e): put the records of one file to ${in}->out.
	 *
	 * Errors: MU_EFORMAT, MU_ELIMIT, MU_EUNSUPPORTED: the reader makes a
	 * gap of it, and keeps the records that were put. Any error of the
	 * sink is passed on as it is.
	 */
	int (*read)(const struct decode_in *in, struct err *e);
};

/* All decoders, in alphabetical order of name, NULL at the end. */
extern const struct decoder *const decode_list[];

/** decode_find(name): the decoder ${name}, or NULL. */
const struct decoder *decode_find(struct str name);

/**
 * decode_sighting(in, r, credential, role, mark, n, e):
 * Make ${r} a sighting of ${credential} (a key, borrowed) in this file: place,
 * locator ("path", or "path#n" or "path:n" by ${mark} '#' or ':' for n > 0),
 * mode, owner, readers, context and mtime filled in.
 *
 * Errors: MU_ELIMIT.
 */
int decode_sighting(const struct decode_in *in, struct rec *r,
    struct str credential, enum role role, char mark, size_t n,
    struct err *e) MU_MUST_CHECK;

/**
 * decode_secret(in, value, label, key, fp, e):
 * Set ${key} to the key of the credential that is the secret ${value}, and
 * ${fp} to the fingerprint in it. A value of less than DECODE_JOIN_MIN bytes
 * gets the host, the file and ${label} (what the file calls it) into its key
 * as a hash, so that two such values stay two. Both live in ${in}->job.
 *
 * Errors: MU_ELIMIT.
 */
int
decode_secret(const struct decode_in *in, struct str value, struct str label,
    struct str *key, struct str *fp, struct err *e) MU_MUST_CHECK;

/**
 * decode_put(in, r, e):
 * Hand ${r} to the sink.
 *
 * Errors: the sink's.
 */
int decode_put(const struct decode_in *in, const struct rec *r,
    struct err *e) MU_MUST_CHECK;

/**
 * decode_gap(in, mark, n, reason, e, fmt, ...):
 * Put a gap for block or line ${n} of this file, with words that hold no byte
 * of a secret.
 *
 * Errors: MU_ELIMIT; the sink's.
 */
int decode_gap(const struct decode_in *in, char mark, size_t n,
    enum gap_reason reason, struct err *e, const char *fmt, ...)
    MU_PRINTF(6, 7) MU_MUST_CHECK;

#endif
