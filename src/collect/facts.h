/*
 * collect/facts.h: what is known of a file beside its bytes: who may read it,
 * how old it is, whether a distribution's package brought it.
 *
 * Source:   statx(2)
 * Floor:    collect.
 */

#ifndef COLLECT_FACTS_H
#define COLLECT_FACTS_H

#include <sys/stat.h>

#include "collect/packages.h"
#include "model/host.h"

/**
 * facts_file(root, path, fd, st, out):
 * Fill ${out} for the file ${path} (borrowed) of the directory ${root}, open as
 * ${fd}, with the status ${st}. Its context stays empty.
 */
void facts_file(int root, struct str path, int fd, const struct stat *st,
    struct file *out);

/**
 * facts_context(p, f, bytes, a, e):
 * Set ${f}->context, in ${a}, for a file that holds ${bytes}.
 *
 * Errors: MU_ELIMIT.
 */
int facts_context(struct packages *p, struct file *f, struct str bytes,
    struct arena *a, struct err *e) MU_MUST_CHECK;

#endif
