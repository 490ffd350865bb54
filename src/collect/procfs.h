/*
 * collect/procfs.h: the texts of /proc, as the kernel writes them: pure
 * functions over bytes, since a program can choose its own name, its control
 * group and its environment.
 *
 * Source:   proc(5): net/tcp, net/tcp6, PID/fd, PID/status, PID/cgroup,
 *           PID/environ; cgroups(7), systemd.slice(5)
 * Floor:    collect.
 * Secrets:  of an environment the names alone are looked at; nothing is copied.
 */

#ifndef COLLECT_PROCFS_H
#define COLLECT_PROCFS_H

#include "base/buf.h"
#include "decode/testimony.h"

struct procfs_socket {
	bool v6;
	unsigned char address[TESTIMONY_ADDRESS_BYTES]; /* in network order */
	uint16_t port;
	uint64_t inode;
};

struct procfs_status {
	uint32_t parent, uid; /* process id; effective user id */
};

/**
 * procfs_listener(line, v6, out):
 * Whether ${line} of net/tcp (of net/tcp6: ${v6}) is a socket that listens;
 * the heading and lines that are no such are not.
 */
bool procfs_listener(struct str line, bool v6, struct procfs_socket *out);

/**
 * procfs_loopback(s, address):
 * The loopback address by which ${s} can be reached, in ${address}: its own, or
 * 127.0.0.1 or ::1 for one that listens everywhere. False: there is none.
 */
bool procfs_loopback(const struct procfs_socket *s,
    unsigned char address[TESTIMONY_ADDRESS_BYTES]);

/** procfs_inode(link, inode): read "socket:[123]", the target of PID/fd/N. */
bool procfs_inode(struct str link, uint64_t *inode);

/** procfs_status(text, out): read PID/status; false where a line is missing. */
bool procfs_status(struct str text, struct procfs_status *out);

/**
 * procfs_workload(text, name):
 * What the control groups of PID/cgroup say that a process belongs to: a unit
 * of the system's own manager, or a container by the first 12 digits of its id,
 * and its ${name}, a view; TESTIMONY_PROGRAM: to neither.
 */
enum testimony_kind procfs_workload(struct str text, struct str *name);

/**
 * procfs_variable(rest, name):
 * The next variable of PID/environ whose name says that it holds a secret and
 * whose value is neither empty nor a path; ${rest} is stepped on. False: there
 * is none left.
 */
bool procfs_variable(struct str *rest, struct str *name);

/**
 * procfs_program(link, comm, out):
 * Append the name of a program to ${out}, made printable, at most
 * TESTIMONY_NAME_MAX bytes: the last component of ${link}, the target of
 * PID/exe, or ${comm} where that is empty.
 */
void procfs_program(struct str link, struct str comm, struct buf *out);

/** procfs_print(s, out): append ${s}, "?" for what is not printable ASCII. */
void procfs_print(struct str s, struct buf *out);

#endif
