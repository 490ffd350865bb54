/*
 * decode/unitload.h: the files that make one unit of systemd: its own, and the
 * drop-ins that change it, in the order in which they count.
 *
 * Source:   systemd.unit(5), "Unit File Load Path", and what it says of
 *           drop-ins: of a name that several folders have, the first counts
 *           (etc, run, usr/local/lib, usr/lib, lib; in each of them the unit's
 *           own folder, those of its prefixes, that of its template); last
 *           come the folders "service.d". They are read by file name. A link
 *           to /dev/null or to nothing, or an empty file, masks.
 * Floor:    decode. Pure.
 * Memory:   in the job.
 * Fuzz:     fuzz/unit_fuzz.c
 */

#ifndef DECODE_UNITLOAD_H
#define DECODE_UNITLOAD_H

#include "decode/decode.h"

/* Most drop-ins of one unit, and most bytes of a file that is asked for. */
#define UNITLOAD_DROPINS_MAX 256
#define UNITLOAD_BYTES_MAX   4194304

/* What one file of a unit has to say when it is read. */
enum unitload_role {
	UNITLOAD_NOTHING, /* another file stands in its place, or masks it */
	UNITLOAD_LINES,   /* the unit is told with another file: bad lines */
	UNITLOAD_TELL,    /* it speaks for the whole unit */
};

struct unitload {
	struct str name;         /* of the unit: "shop.service" */
	bool headless;           /* there are drop-ins, and no unit */
	bool unsure;             /* a file of it could not be read */
	struct decode_in *files; /* the unit's own first, then drop-ins */
	size_t n;
};

/**
 * unitload_read(in, out, role, e):
 * What the file of ${in} is to its unit; with UNITLOAD_TELL ${out} are the
 * unit's files, else it has its name alone.
 *
 * A drop-in speaks for a unit that has no file of its own, and for an instance
 * whose template is there: the first of such drop-ins, for all of them.
 *
 * Errors: MU_ELIMIT (more than UNITLOAD_DROPINS_MAX; the job is full).
 */
int unitload_read(const struct decode_in *in, struct unitload *out,
    enum unitload_role *role, struct err *e) MU_MUST_CHECK;

#endif
