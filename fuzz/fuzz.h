/*
 * fuzz/fuzz.h: what a fuzzer is made of.
 *
 * A fuzzer is one file, fuzz/<stem>_fuzz.c, with one function:
 *
 *	#include "fuzz.h"
 *	#include "decode/pem.h"
 *
 *	void
 *	fuzz_one(struct str in)
 *	{
 *
 *		fuzz_decoder(&decode_pem, in, "etc/ssl/x.pem");
 *	}
 *
 * and a name in fuzz/meson.build. Built twice: with libFuzzer by `fuzz/run`,
 * and with replay.c in `make check`, which feeds it fuzz/corpus/<stem>/ and
 * tests/cases/<stem>/.
 */

#ifndef FUZZ_FUZZ_H
#define FUZZ_FUZZ_H

#include "decode/decode.h"

/* Stands between the file and the others that it can ask for. */
#define FUZZ_CUT "\n%%%%\n"

/** fuzz_one(in): the fuzzer's own function: one input. */
void fuzz_one(struct str in);

/**
 * fuzz_decoder(d, in, path):
 * Sniff, then read ${in} as the file ${path} of a host that has the accounts
 * root, ada (a person) and www-data; write every record that comes, and stop
 * where a record could not be a line of muster.observation/1. What follows a
 * FUZZ_CUT of ${in} are other files, which it gets when it asks for any.
 */
void fuzz_decoder(const struct decoder *d, struct str in, const char *path);

/** fuzz_picks(d, in, path, picks): the same with the rules of a place. */
void fuzz_picks(const struct decoder *d, struct str in, const char *path,
    const struct pick *picks);

/** fuzz_host(): that host. */
const struct host *fuzz_host(void);

#endif
