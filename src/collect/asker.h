/*
 * collect/asker.h: one ClientHello to each socket that listens on loopback, and
 * the bytes that come back, all at once and within a second.
 *
 * The sockets to ask with are made before the sandbox is entered, and tied to
 * the loopback device and address: what holds them can reach nothing else.
 * Nothing of an answer is parsed: its first byte says whether it can be TLS,
 * its last four whether the server waits (a ServerHelloDone is 0e 00 00 00).
 *
 * Source:   socket(7), ip(7), RFC 5246
 * Floor:    collect.
 */

#ifndef COLLECT_ASKER_H
#define COLLECT_ASKER_H

#include "base/vec.h"
#include "collect/procfs.h"

/* Most sockets asked, of each of IPv4 and IPv6. */
#define ASKER_SOCKETS_MAX 256

/* Most listening sockets that are told of, asked or not. */
#define ASKER_LISTENERS_MAX 4096

/* Time that one server has, ms; most that is taken of its answer, bytes. */
#define ASKER_EACH_MS    1000
#define ASKER_ANSWER_MAX 65536

struct asker_one {
	struct procfs_socket where;
	enum testimony_answer answer;
	struct buf said;
	int fd; /* -1: nothing is expected of it any more */
	bool sent;
};

struct asker {
	int pool[2][ASKER_SOCKETS_MAX]; /* to ask with: IPv4, IPv6 */
	size_t n_pool[2];
	VEC(struct asker_one) all; /* by family, address and port; each once */
	VEC(struct procfs_socket) found;
	struct buf hello;
	int64_t until_ms;
};

/** asker_open(a): make the sockets to ask with, as many as can be had. */
void asker_open(struct asker *a);

/** asker_free(a): close and give back all. */
void asker_free(struct asker *a);

/** asker_add(a, s): one socket that listens. False: there are too many. */
bool asker_add(struct asker *a, const struct procfs_socket *s);

/**
 * asker_start(a, until_ms):
 * Sort what was added and begin to connect. No server is waited for longer than
 * ASKER_EACH_MS, nor after ${until_ms} of clock_mono_ms().
 */
void asker_start(struct asker *a, int64_t until_ms);

/** asker_finish(a): take the answers; returns when no more is to come. */
void asker_finish(struct asker *a);

/** asker_find(a, inode, at): which of ${a}->all the socket ${inode} is. */
bool asker_find(const struct asker *a, uint64_t inode, size_t *at);

#endif
