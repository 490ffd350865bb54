/*
 * decode/yaml.h: a file of YAML, event by event.
 *
 * Source:   YAML 1.2.2; read by libfyaml, which is asked for events alone: an
 *           alias stays an alias, so that nothing can multiply.
 * Floor:    decode. Pure.
 * Memory:   texts live in the arena given; libfyaml's own is bounded by the
 *           input, of YAML_BYTES_MAX at the most.
 * Secrets:  what libfyaml says of an error can hold bytes of the file, so none
 *           of it is passed on but the number of the line.
 * Fuzz:     fuzz/yamlpick_fuzz.c
 */

#ifndef DECODE_YAML_H
#define DECODE_YAML_H

#include "base/arena.h"

#define YAML_BYTES_MAX ((size_t)4 << 20)
#define YAML_NODES_MAX 100000
#define YAML_DEPTH_MAX 48

enum yaml_type {
	YAML_END, /* of the stream */
	YAML_DOC,
	YAML_DOC_END,
	YAML_SCALAR,
	YAML_ALIAS,
	YAML_SEQ,
	YAML_MAP,
	YAML_CLOSE, /* of the last YAML_SEQ or YAML_MAP that is open */
};

struct yaml_event {
	enum yaml_type type;
	struct str text; /* of a scalar, after quotes, escapes and folding */
	struct str tag;  /* of a node, in full; "" where it has none */
	size_t line;     /* from 1 */
};

struct yaml;

/** yaml_free(y): NULL is allowed. */
void yaml_free(struct yaml *y);

/** yaml_auto(y): for AUTO(yaml). */
static inline void
yaml_auto(struct yaml **y)
{

	yaml_free(*y);
}

/**
 * yaml_new(text, a, out, e):
 * Begin to read ${text}, which is borrowed until yaml_free(); what the events
 * hold lives in ${a}. The caller owns ${out}.
 *
 * Errors: MU_EUNSUPPORTED (UTF-16 or UTF-32), MU_EFORMAT (a zero byte, or no
 * UTF-8), MU_ELIMIT (more than YAML_BYTES_MAX, or what libfyaml would need too
 * much memory or time for), MU_ESYSTEM.
 */
int yaml_new(struct str text, struct arena *a, struct yaml **out,
    struct err *e) MU_MUST_CHECK;

/**
 * yaml_next(y, ev, e):
 * The next event in ${ev}; YAML_END is the last. Not to be called again after
 * an error.
 *
 * Errors: MU_EFORMAT (no YAML; the line is named), MU_ELIMIT (YAML_NODES_MAX,
 * YAML_DEPTH_MAX, the arena).
 */
int
yaml_next(struct yaml *y, struct yaml_event *ev, struct err *e) MU_MUST_CHECK;

#endif
