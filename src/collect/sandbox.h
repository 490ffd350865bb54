/*
 * collect/sandbox.h: take from a process all that a reader of files does not
 * need: Landlock, seccomp, limits, capabilities, core files.
 *
 * Source:   landlock(7), seccomp(2), capabilities(7); docs/threat-model.md
 * Floor:    collect.
 */

#ifndef COLLECT_SANDBOX_H
#define COLLECT_SANDBOX_H

#include "base/buf.h"

/* Address space of a reader: its buffers take 64 MB, its arena as much, and
 * what the libraries map some 40 MB. */
#define SANDBOX_MEMORY_BYTES ((uint64_t)1 << 30)

/* Highest Landlock ABI whose rights are known here. */
#define SANDBOX_ABI_MAX 7

/**
 * sandbox_close_others(keep, n):
 * Close every descriptor but 0 to 2 and those of ${keep}, n of them in rising
 * order.
 */
void sandbox_close_others(const int *keep, size_t n);

/**
 * sandbox_unshare(keep, n):
 * Unmap all memory that this process could write and another would see, but
 * the mappings that begin at one of ${keep}, n of them, of which any may be
 * NULL: a fork has its parent's, such as a database's. Without /proc nothing
 * is done.
 */
void sandbox_unshare(const void *const *keep, size_t n);

/**
 * sandbox_enter(root, e):
 * From here on this process reads files below the directory ${root}, writes to
 * what is open, and does nothing else: what is plainly an attack ends it, what
 * a library might try in good faith fails with EPERM. A layer that this kernel
 * lacks is left out (sandbox_report). Ends with the process.
 *
 * Errors: MU_ESYSTEM (a layer that is there could not be put on).
 */
int sandbox_enter(int root, struct err *e) MU_MUST_CHECK;

/**
 * sandbox_enter_witness(file_bytes, e):
 * From here on this process reads what its account, or root, may read of /proc,
 * connects with the sockets that it has, and writes to what is open, files of
 * ${file_bytes} at most. Of root's capabilities it keeps CAP_SYS_PTRACE and
 * CAP_DAC_READ_SEARCH.
 *
 * Errors: MU_ESYSTEM (a layer that is there could not be put on).
 */
int sandbox_enter_witness(uint64_t file_bytes, struct err *e) MU_MUST_CHECK;

/**
 * sandbox_abi():
 * The kernel's Landlock ABI, 0 where it has none.
 */
int sandbox_abi(void);

/**
 * sandbox_fs_rights(abi):
 * The file system rights that Landlock ABI ${abi} can take away, as its mask.
 */
uint64_t sandbox_fs_rights(int abi);

/** sandbox_report(out): one line a layer: what this kernel gives. */
void sandbox_report(struct buf *out);

#endif
