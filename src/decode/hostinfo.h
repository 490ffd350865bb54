/*
 * decode/hostinfo.h: which machine a root is of and which accounts it has, from
 * the bytes of a dozen files under its /etc.
 *
 * The collector reads the files of hostinfo_paths first, hands them over, and
 * gives the struct host that results to every decoder.
 *
 * Source:   machine-id(5), hostname(5), hosts(5), os-release(5), passwd(5),
 *           shadow(5), group(5), login.defs(5), crypt(5). Lines are taken as
 *           the C library takes them: what it lets in must be seen here.
 * Floor:    decode. Pure.
 * Memory:   what is kept is copied into the arena; the bytes given are borrowed
 *           for the call.
 * Secrets:  a password's hash is looked at and never kept.
 * Fuzz:     fuzz/passwd_fuzz.c, fuzz/shadow_fuzz.c
 */

#ifndef DECODE_HOSTINFO_H
#define DECODE_HOSTINFO_H

#include "base/map.h"
#include "model/host.h"

/* Longest of these files that is worth reading, bytes. */
#define HOSTINFO_BYTES_MAX 33554432

/* Longest name of an account or group, bytes; useradd(8) stops at 32. */
#define HOSTINFO_NAME_MAX 255

/* Most paths that one file may have. */
#define HOSTINFO_PATHS 2

enum hostinfo_what {
	HOSTINFO_MACHINE_ID,
	HOSTINFO_HOSTNAME,
	HOSTINFO_HOSTS,
	HOSTINFO_OS_RELEASE,
	HOSTINFO_PASSWD,
	HOSTINFO_SHADOW,
	HOSTINFO_GROUP,
	HOSTINFO_LOGIN_DEFS,
	HOSTINFO_FILES,
};

struct hostinfo_file {
	struct str bytes;
	bool read; /* false: it is not there, or could not be read */
};

struct hostinfo_files {
	struct hostinfo_file file[HOSTINFO_FILES];
	struct str asset; /* --asset NAME, or "": it then makes key and name */
};

/* Where each file lies below the root: the first that can be read counts. */
extern const char *const hostinfo_paths[HOSTINFO_FILES][HOSTINFO_PATHS];

/**
 * hostinfo_build(f, a, out, e):
 * Make ${out} from the files of ${f}, any of which may be missing. Malformed
 * lines are passed over (the decoders passwd and shadow report them), accounts
 * and groups beyond HOST_ACCOUNTS_MAX and HOST_GROUPS_MAX are left out. Takes
 * time linear in the bytes. Without shadow every account's password that
 * shadow would hold is unknown.
 *
 * Errors: MU_ELIMIT (the arena is full).
 */
int hostinfo_build(const struct hostinfo_files *f, struct arena *a,
    struct host *out, struct err *e) MU_MUST_CHECK;

/**
 * hostinfo_account(line, out, password):
 * Read one line of passwd(5) into ${out} as fgetpwent(3) does: short lines and
 * odd numbers count. ${out} borrows from ${line}; its key, login_shell,
 * password and person are not set. ${password} is the second field. False, and
 * nothing is written, where it is no account: malformed, blank, a comment or a
 * "+" or "-" line of NIS.
 */
bool
hostinfo_account(struct str line, struct account *out, struct str *password);

/**
 * hostinfo_group(line, out):
 * Read one line of group(5) as fgetgrent(3) does; false as above.
 */
bool hostinfo_group(struct str line, struct group *out);

/**
 * hostinfo_key(h, name, a, out, e):
 * The key of the account ${name} of ${h}. Bytes that are no UTF-8 are escaped
 * in it, so that two such names stay two.
 *
 * Errors: MU_ELIMIT (the arena is full).
 */
int hostinfo_key(const struct host *h, struct str name, struct arena *a,
    struct str *out, struct err *e) MU_MUST_CHECK;

/**
 * hostinfo_login_shell(shell):
 * Whether ${shell} lets a person in: "" is /bin/sh; nologin, false and the like
 * do not.
 */
bool hostinfo_login_shell(struct str shell);

/**
 * hostinfo_scheme(field):
 * Name the crypt(5) method of a password field, "sha512crypt"; "blank" for an
 * empty field, "unknown" for a "$" method that is not listed; NULL where no
 * password can match it ("*", "!", "!" before a hash, "x").
 */
const char *hostinfo_scheme(struct str field);

/**
 * hostinfo_number(s, out):
 * Read ${s} as the C library reads a uid: blanks, a sign and zeros may stand
 * before it. False where it is no number from 0 to 4294967295.
 */
bool hostinfo_number(struct str s, int64_t *out);

/**
 * hostinfo_index(h):
 * A map from account name to its first place in ${h}->accounts; owned by the
 * caller (map_free). For decoders that look up many names.
 */
struct map *hostinfo_index(const struct host *h) MU_OWNED(map_free);

/**
 * hostinfo_named(h, index, name):
 * As host_named(), by ${index} of hostinfo_index(). NULL where there is none.
 */
const struct account *
hostinfo_named(const struct host *h, const struct map *index, struct str name);

/**
 * hostinfo_person(h, a):
 * Whether ${a}, whose uid, login_shell and password are set, is a person:
 * UID_MIN to UID_MAX, a login shell, and a password that is not ruled out.
 */
bool hostinfo_person(const struct host *h, const struct account *a);

/**
 * hostinfo_root_group(name):
 * Whether the members of the group ${name} are as good as root: docker, lxd,
 * incus-admin, disk, sudo, wheel; and root, which counts for its listed
 * members only.
 */
bool hostinfo_root_group(struct str name);

/**
 * hostinfo_rooted(h):
 * Who is as good as root by such a group: a map for hostinfo_is_rooted(), owned
 * by the caller (map_free).
 */
struct map *hostinfo_rooted(const struct host *h) MU_OWNED(map_free);

/**
 * hostinfo_is_rooted(rooted, a):
 * Whether ${a} has the uid 0, stands in the list of such a group, or has one
 * as its primary group. The primary group root does not count: distributions
 * give it to plain accounts.
 */
bool hostinfo_is_rooted(const struct map *rooted, const struct account *a);

/**
 * hostinfo_root(h, a, out, e):
 * The key of the account of root: the first with the uid 0, or else of the
 * name "root".
 *
 * Errors: MU_ELIMIT (the arena is full).
 */
int hostinfo_root(const struct host *h, struct arena *a, struct str *out,
    struct err *e) MU_MUST_CHECK;

#endif
