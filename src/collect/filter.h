/*
 * collect/filter.h: which system calls each process in a sandbox may make: one
 * table for all of them.
 *
 * Source:   seccomp(2); docs/threat-model.md, whose table is made of it
 * Floor:    collect. The only file that names libseccomp.
 */

#ifndef COLLECT_FILTER_H
#define COLLECT_FILTER_H

#include "base/err.h"

/* A build for tests, whose sanitizers need more than a release. */
#if defined(MUSTER_SANDBOX_WIDE)
#define FILTER_WIDE true
#else
#define FILTER_WIDE false
#endif

/* Whose filter it is: bits, so that a row of the table can be of both. */
enum filter {
	FILTER_READER = 1,
	FILTER_WITNESS = 2,
};

/**
 * filter_load(who, e):
 * From here on this process makes the system calls of ${who} alone. Where the
 * kernel has no seccomp nothing is done.
 *
 * Errors: MU_ESYSTEM.
 */
int filter_load(enum filter who, struct err *e) MU_MUST_CHECK;

#endif
