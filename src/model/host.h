/*
 * model/host.h: what is known of the machine whose files are read, and of one
 * file of it, before a decoder sees the bytes.
 *
 * Source:   passwd(5), shadow(5), group(5), login.defs(5), machine-id(5), read
 *           from the root that is audited, never from the running system.
 * Floor:    model. Pure.
 * Memory:   everything is borrowed from the reader's long-lived arena.
 */

#ifndef MODEL_HOST_H
#define MODEL_HOST_H

#include "model/rec.h"

/* Most accounts and groups taken from one root. */
#define HOST_ACCOUNTS_MAX 65536
#define HOST_GROUPS_MAX   65536

struct account {
	struct str name, gecos, home, shell;
	struct str key;    /* account:<host>:<name> */
	int64_t uid, gid;  /* 0 to 4294967295 */
	bool login_shell;  /* the shell is one that lets a person in */
	enum tri password; /* a usable hash; unknown where shadow is unread */
	bool person; /* docs/formats/observation.md, "Person or service" */
};

struct group {
	struct str name;
	int64_t gid;
	struct str members; /* as in the file: names with commas between */
};

struct host {
	struct str key;  /* host:… */
	struct str name; /* as a person knows it */
	struct str os;   /* PRETTY_NAME of os-release, or "" */
	struct account *accounts;
	size_t n_accounts;
	struct group *groups;
	size_t n_groups;
	int64_t uid_min,
	    uid_max; /* UID_MIN, UID_MAX; 1000, 60000 unless said */
};

struct file {
	struct str path; /* relative to the root, without a leading slash */
	int64_t mode;    /* permission bits, 12 of them */
	int64_t uid, gid, size_bytes;
	int64_t mtime_s, birth_s; /* birth_s may be CLOCK_NONE */
	enum readers reach;       /* most that the directories above let in */
	struct str context;       /* "package:NAME", "sample:WHY" or "" */
};

/** host_user(h, uid): the first account with ${uid}, or NULL. */
const struct account *host_user(const struct host *h, int64_t uid);

/** host_named(h, name): the account ${name}, or NULL. */
const struct account *host_named(const struct host *h, struct str name);

/** host_group(h, gid): the first group with ${gid}, or NULL. */
const struct group *host_group(const struct host *h, int64_t gid);

/**
 * host_home(h, path):
 * The account in whose home directory ${path} (relative to the root) lies: the
 * longest home wins; homes of "/" and of one component that holds the system
 * (bin, dev, etc, lib, proc, run, sbin, sys, tmp, usr, var) do not count. NULL
 * where there is none.
 */
const struct account *host_home(const struct host *h, struct str path);

/**
 * host_readers(mode, reach):
 * Who but root can read a file with ${mode} below directories that let in
 * ${reach}; READERS_UNKNOWN lets in everybody.
 */
enum readers host_readers(int64_t mode, enum readers reach);

/**
 * host_reach(reach, mode):
 * Who gets through a directory with ${mode} below those that let in ${reach}.
 * A group is taken to be the same group all the way down.
 */
enum readers host_reach(enum readers reach, int64_t mode);

#endif
