/*
 * decode/testimony.h: what the witness says of the running system, from its
 * bytes to records: certificates that are served, services that run, names of
 * secrets in environments.
 *
 * The witness parses nothing that a peer sent; it is done here, in a sandbox.
 *
 * Source:   docs/formats/testimony.md
 * Floor:    decode. Pure.
 * Memory:   in the job.
 * Secrets:  none: of a variable its name alone is ever written down.
 * Fuzz:     fuzz/testimony_fuzz.c
 */

#ifndef DECODE_TESTIMONY_H
#define DECODE_TESTIMONY_H

#include "decode/decode.h"

#define TESTIMONY_MAGIC "muster.testimony/1\n"

/* Longest testimony, and one frame of it, bytes. */
#define TESTIMONY_BYTES_MAX ((size_t)64 << 20)
#define TESTIMONY_FRAME_MAX 131072

/* Most workloads that one testimony names, and the number of none. */
#define TESTIMONY_WORKLOADS_MAX 65536
#define TESTIMONY_NO_WORKLOAD   UINT32_MAX

/* Longest name of a workload or program, bytes. */
#define TESTIMONY_NAME_MAX 255

/* Bytes of a frame before its body, and of an address. */
#define TESTIMONY_HEAD_BYTES    5
#define TESTIMONY_ADDRESS_BYTES 16

/* Places that the witness sees. */
enum testimony_place {
	TESTIMONY_SOCKETS,
	TESTIMONY_UNITS,
	TESTIMONY_ENVIRON,
	TESTIMONY_PLACES,
};

/* Their ids, by enum testimony_place. */
extern const char *const testimony_places[TESTIMONY_PLACES];

/* The first byte of a frame. */
enum testimony_frame {
	TESTIMONY_WORKLOAD = 'W',
	TESTIMONY_RUNS_AS = 'R',
	TESTIMONY_VARIABLE = 'V',
	TESTIMONY_SOCKET = 'S',
	TESTIMONY_GAP = 'G',
	TESTIMONY_END = 'E',
};

/* What a workload is. */
enum testimony_kind {
	TESTIMONY_UNIT = 'u',
	TESTIMONY_CONTAINER = 'c',
	TESTIMONY_PROGRAM = 'p', /* neither: known by its program alone */
};

/* What came of asking a socket. */
enum testimony_answer {
	TESTIMONY_TLS = 't',     /* it answered, in TLS as it seems */
	TESTIMONY_OTHER = 'n',   /* it speaks something else, or is silent */
	TESTIMONY_STOPPED = 'o', /* no connection in time, or half a flight */
	TESTIMONY_REFUSED = 'r',
	TESTIMONY_CUT = 'c',     /* it said more than is taken */
	TESTIMONY_BEYOND = 'a',  /* no loopback address leads to it */
	TESTIMONY_UNASKED = 'l', /* more sockets than are asked */
};

/* Why something is missing. */
enum testimony_lack {
	TESTIMONY_DENIED = 'd',
	TESTIMONY_LIMIT = 'l',
	TESTIMONY_LATE = 't',
	TESTIMONY_NO_PROC = 'u',
};

/**
 * testimony_read(in, seen, e):
 * Put the records of a testimony, and how many sockets, units and environments
 * were looked at into ${seen}. A testimony that breaks off after a whole frame
 * is taken as far as it goes.
 *
 * Errors: MU_EFORMAT (a frame that is none), MU_ELIMIT; the sink's.
 */
int testimony_read(const struct decode_in *in, uint32_t seen[TESTIMONY_PLACES],
    struct err *e) MU_MUST_CHECK;

/* The decoder "testimony": no place of files names it. */
extern const struct decoder decode_testimony;

#endif
