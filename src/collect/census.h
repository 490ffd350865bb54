/*
 * collect/census.h: one look at every process of the running system: which unit
 * or container it belongs to, as whom it runs, which names of secrets are in
 * its environment, which listening sockets it holds.
 *
 * Source:   proc(5)
 * Floor:    collect. Runs in the witness's sandbox.
 * Memory:   names alone, in an arena; what is read lies in one buffer that is
 *           never dumped, and is wiped after each process.
 */

#ifndef COLLECT_CENSUS_H
#define COLLECT_CENSUS_H

#include "base/arena.h"
#include "collect/asker.h"
#include "collect/dirents.h"

/* Most processes, and names of secrets of all of them together. */
#define CENSUS_PROCESSES_MAX 65536
#define CENSUS_VARIABLES_MAX 65536

/* Most descriptors of one process that are looked at. */
#define CENSUS_DESCRIPTORS_MAX 65536

/* Longest environment: the kernel's own limit is a quarter of the stack. */
#define CENSUS_ENVIRON_MAX ((size_t)2 << 20)

#define CENSUS_NONE UINT32_MAX

struct census_process {
	uint32_t pid, parent, uid;
	uint32_t
	    workload; /* index, or CENSUS_NONE: neither unit nor container */
	size_t vars, n_vars; /* a run of census.vars */
};

struct census_workload {
	enum testimony_kind kind;
	struct str name;
	uint32_t number; /* in the testimony: tell.h */
};

struct census_variable {
	uint32_t workload;
	struct str name;
};

struct census {
	int proc;              /* the directory */
	uint32_t self, engine; /* processes of Muster itself */
	struct arena *names;
	struct buf text;
	char *page; /* CENSUS_ENVIRON_MAX bytes */
	struct dirents fds;
	VEC(uint32_t) pids;
	VEC(struct census_process) all; /* by pid */
	VEC(struct census_workload) workloads;
	VEC(struct census_variable) vars;
	uint32_t *holders;        /* a process for each socket asked, or NONE */
	uint32_t environs, units; /* that were read; that run */
	bool denied[TESTIMONY_PLACES], limit[TESTIMONY_PLACES];
	bool late, none; /* the time was up; there is no /proc */
};

/** census_free(c): give all back; ${c} may be all zero. */
void census_free(struct census *c);

/**
 * census_take(c, a, until_ms):
 * Look at all processes below ${c}->proc and at who holds the sockets of ${a}.
 * What could not be seen is said in the flags of ${c}; it stops at ${until_ms}.
 * ${c} is all zero but for proc, self and engine.
 */
void census_take(struct census *c, const struct asker *a, int64_t until_ms);

/**
 * census_workload(c, kind, name, out):
 * The index of the workload ${name}, which is added where it is new. False:
 * there are too many.
 */
bool census_workload(struct census *c, enum testimony_kind kind,
    struct str name, uint32_t *out);

/** census_parent(c, p): the process that started ${p}, or NULL. */
const struct census_process *
census_parent(const struct census *c, const struct census_process *p);

/** census_program(c, p, out): the name of the program of ${p}, printable; "" in
 * ${out} where it is gone. */
void census_program(struct census *c, const struct census_process *p,
    struct str *out);

#endif
