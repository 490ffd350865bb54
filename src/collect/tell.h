/*
 * collect/tell.h: what a census and the answers of sockets come to, as the
 * frames of a testimony: each thing once, in an order that the same system
 * gives again.
 *
 * Source:   docs/formats/testimony.md
 * Floor:    collect.
 */

#ifndef COLLECT_TELL_H
#define COLLECT_TELL_H

#include "collect/census.h"

/**
 * tell_processes(c, a, out):
 * Append the heading, workloads, as whom they run, and the names of their
 * secrets to ${out}. Workloads get their numbers in ${c}. A variable that a
 * program has of the one that started it is passed over: of a shell and all
 * that it runs the shell alone is named.
 */
void tell_processes(struct census *c, const struct asker *a, struct buf *out);

/**
 * tell_sockets(c, a, no_tcp, out):
 * Append the sockets of ${a}, which have answered, then the gaps and the end.
 * ${no_tcp}: the list of sockets itself could not be read.
 */
void tell_sockets(struct census *c, const struct asker *a, bool no_tcp,
    struct buf *out);

#endif
