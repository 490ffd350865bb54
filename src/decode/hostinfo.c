#include "decode/hostinfo.h"

#include <stdio.h>

#include "base/vis.h"
#include "model/key.h"

#define HOSTINFO_UID_MAX 4294967295

const char *const hostinfo_paths[HOSTINFO_FILES][HOSTINFO_PATHS] = {
	[HOSTINFO_MACHINE_ID] = { "etc/machine-id", "var/lib/dbus/machine-id" },
	[HOSTINFO_HOSTNAME] = { "etc/hostname", NULL },
	[HOSTINFO_HOSTS] = { "etc/hosts", NULL },
	[HOSTINFO_OS_RELEASE] = { "etc/os-release", "usr/lib/os-release" },
	[HOSTINFO_PASSWD] = { "etc/passwd", NULL },
	[HOSTINFO_SHADOW] = { "etc/shadow", NULL },
	[HOSTINFO_GROUP] = { "etc/group", NULL },
	[HOSTINFO_LOGIN_DEFS] = { "etc/login.defs", NULL },
};

static bool
hostinfo_blank(char c)
{

	return c == ' ' || (c >= '\t' && c <= '\r');
}

bool
hostinfo_number(struct str s, int64_t *out)
{
	uint64_t v = 0;
	bool minus, beyond = false;
	size_t i;

	while (s.n != 0 && hostinfo_blank(s.p[0]))
		s = str_skip(s, 1);
	minus = s.n != 0 && s.p[0] == '-';
	if (minus || (s.n != 0 && s.p[0] == '+'))
		s = str_skip(s, 1);
	if (s.n == 0)
		return false;
	for (i = 0; i < s.n; i++) {
		if (s.p[i] < '0' || s.p[i] > '9')
			return false;
		beyond =
		    beyond || __builtin_mul_overflow(v, 10, &v) ||
		    __builtin_add_overflow(v, (uint64_t)(s.p[i] - '0'), &v);
	}
	/* As strtoul(3): a minus counts backwards from 2^64. */
	v = minus ? 0 - v : v;
	if (beyond || v > HOSTINFO_UID_MAX)
		return false;
	*out = (int64_t)v;
	return true;
}

/* A line as the C library sees it, or "" where it is to be passed over. */
static struct str
hostinfo_line(struct str line)
{

	(void)str_cut(line, '\0', &line, &(struct str){ 0 });
	while (line.n != 0 && hostinfo_blank(line.p[0]))
		line = str_skip(line, 1);
	if (line.n != 0 && str_chr(STR("#+-:"), line.p[0]) != SIZE_MAX)
		return STR_NONE;
	return line;
}

bool
hostinfo_account(struct str line, struct account *out, struct str *password)
{
	struct account a = { .uid = 0 };
	struct str field, secret;

	line = hostinfo_line(line);
	if (!str_cut(line, ':', &a.name, &line) ||
	    !str_cut(line, ':', &secret, &line))
		return false;
	(void)str_cut(line, ':', &field, &line);
	if (!hostinfo_number(field, &a.uid))
		return false;
	(void)str_cut(line, ':', &field, &line);
	if (!hostinfo_number(field, &a.gid))
		return false;
	(void)str_cut(line, ':', &a.gecos, &line);
	(void)str_cut(line, ':', &a.home, &a.shell);
	if (a.name.n > HOSTINFO_NAME_MAX)
		return false;
	*out = a;
	*password = secret;
	return true;
}

bool
hostinfo_group(struct str line, struct group *out)
{
	struct group g = { .gid = 0 };
	struct str field;

	line = hostinfo_line(line);
	if (!str_cut(line, ':', &g.name, &line) ||
	    !str_cut(line, ':', &field, &line))
		return false;
	(void)str_cut(line, ':', &field, &g.members);
	if (!hostinfo_number(field, &g.gid) || g.name.n > HOSTINFO_NAME_MAX)
		return false;
	*out = g;
	return true;
}

int
hostinfo_key(const struct host *h, struct str name, struct arena *a,
    struct str *out, struct err *e)
{
	AUTO(buf) struct buf b = { 0 };

	if (str_utf8(name))
		return key_account(h->key, name, a, out, e);
	buf_init(&b, 8 * HOSTINFO_NAME_MAX);
	vis_add(&b, name);
	TRY(buf_check(&b, "the name", e));
	return key_account(h->key, buf_str(&b), a, out, e);
}

bool
hostinfo_login_shell(struct str shell)
{
	static const char *const none[] = { "nologin", "false", "true", "sync",
		"halt", "shutdown", "reboot", "poweroff", "null", "nonexistent",
		"noshell", "nologin.sh" };
	size_t i, slash = str_rchr(shell, '/');

	if (slash != SIZE_MAX)
		shell = str_skip(shell, slash + 1);
	for (i = 0; i < MU_COUNT(none); i++)
		if (str_eq(shell, str_from(none[i])))
			return false;
	return true;
}

/* Whether ${s} is ${n} characters of the alphabet of crypt(5). */
static bool
hostinfo_crypt(struct str s, size_t n)
{
	size_t i;
	char c;

	for (i = 0; i < s.n; i++) {
		c = s.p[i];
		if (!(c >= 'a' && c <= 'z') && !(c >= 'A' && c <= 'Z') &&
		    !(c >= '.' && c <= '9'))
			return false;
	}
	return s.n == n;
}

const char *
hostinfo_scheme(struct str field)
{
	static const struct {
		const char *prefix, *name;
	} schemes[] = {
		{ "$1$", "md5crypt" },
		{ "$2", "bcrypt" },
		{ "$3$", "nthash" },
		{ "$5$", "sha256crypt" },
		{ "$6$", "sha512crypt" },
		{ "$7$", "scrypt" },
		{ "$gy$", "gost-yescrypt" },
		{ "$md5", "sunmd5" },
		{ "$sha1$", "sha1crypt" },
		{ "$y$", "yescrypt" },
		{ "$", "unknown" },
	};
	size_t i;

	if (field.n == 0)
		return "blank";
	for (i = 0; i < MU_COUNT(schemes); i++)
		if (str_starts(field, str_from(schemes[i].prefix)))
			return schemes[i].name;
	if (hostinfo_crypt(field, 13))
		return "descrypt";
	if (field.p[0] == '_' && hostinfo_crypt(str_skip(field, 1), 19))
		return "bsdicrypt";
	return NULL;
}

/* The value of NAME=value in os-release(5), its quotes taken off. */
static struct str
hostinfo_release(struct str text, struct str name)
{
	struct str line, head, value, found = STR_NONE;

	while (str_line(&text, &line)) {
		if (!str_cut(str_trim(line), '=', &head, &value) ||
		    !str_eq(head, name))
			continue;
		if (value.n >= 2 && value.p[0] == value.p[value.n - 1] &&
		    (value.p[0] == '"' || value.p[0] == '\''))
			value = str_head(str_skip(value, 1), value.n - 2);
		found = value;
	}
	return found;
}

/* The first word of the first line that is no comment. */
static struct str
hostinfo_word(struct str text)
{
	struct str line, word;

	while (str_line(&text, &line)) {
		if (str_word(&line, &word) && word.p[0] != '#')
			return word;
	}
	return STR_NONE;
}

/* The name with dots that hosts(5) gives the machine ${name}, or ${name}. */
static struct str
hostinfo_fqdn(struct str hosts, struct str name)
{
	struct str line, word, full;
	bool here;

	if (str_chr(name, '.') != SIZE_MAX)
		return name;
	while (str_line(&hosts, &line)) {
		(void)str_cut(line, '#', &line, &word);
		if (!str_word(&line, &word) || !str_word(&line, &full))
			continue;
		here = false;
		while (str_word(&line, &word))
			here = here || str_eq_nocase(word, name);
		if (here && str_chr(full, '.') != SIZE_MAX)
			return full;
	}
	return name;
}

static int
hostinfo_name(const struct hostinfo_files *f, struct arena *a, struct host *out,
    struct err *e)
{
	struct str id = f->file[HOSTINFO_MACHINE_ID].bytes;
	struct str name = hostinfo_word(f->file[HOSTINFO_HOSTNAME].bytes);
	struct str os = hostinfo_release(f->file[HOSTINFO_OS_RELEASE].bytes,
	    STR("PRETTY_NAME"));

	if (name.n == 0)
		name = STR("localhost");
	name = hostinfo_fqdn(f->file[HOSTINFO_HOSTS].bytes, name);
	if (f->asset.n != 0) {
		name = f->asset;
		id = STR_NONE;
	}
	/* A name is for people and for a key: 255 bytes are plenty. */
	name = str_head(name, 255);
	TRY(key_host(str_trim(id), name, a, &out->key, e));
	TRY(arena_str(a, name, &out->name, e));
	return arena_str(a, str_head(os, 255), &out->os, e);
}

static void
hostinfo_defs(struct str text, struct host *out)
{
	struct str line, name, value;
	int64_t v;

	out->uid_min = 1000;
	out->uid_max = 60000;
	while (str_line(&text, &line)) {
		if (!str_word(&line, &name) || !str_word(&line, &value) ||
		    !hostinfo_number(value, &v))
			continue;
		if (str_eq(name, STR("UID_MIN")))
			out->uid_min = v;
		else if (str_eq(name, STR("UID_MAX")))
			out->uid_max = v;
	}
}

static size_t
hostinfo_lines(struct str text, size_t max)
{
	struct str line;
	size_t n = 0;

	while (n < max && str_line(&text, &line))
		n++;
	return n;
}

/*
 * Bind each name of shadow(5) to whether its password can be used. False where
 * there are more names than ${usable} holds.
 */
static bool
hostinfo_shadow(struct str text, struct map *usable)
{
	struct str line, name, field;
	uint64_t had;

	while (str_line(&text, &line)) {
		line = hostinfo_line(line);
		if (!str_cut(line, ':', &name, &line))
			continue;
		(void)str_cut(line, ':', &field, &line);
		/* The first line of a name counts, as in getspnam(3). */
		if (map_get(usable, name, &had))
			continue;
		if (map_put(usable, name, hostinfo_scheme(field) != NULL,
			NULL) < 0)
			return false;
	}
	return true;
}

static enum tri
hostinfo_password(const struct map *usable, bool shadow_read, struct str name,
    struct str field)
{
	uint64_t yes = 0;

	if (!str_eq(field, STR("x")))
		return hostinfo_scheme(field) != NULL ? TRI_YES : TRI_NO;
	if (!shadow_read)
		return TRI_UNKNOWN;
	return map_get(usable, name, &yes) && yes ? TRI_YES : TRI_NO;
}

static int
hostinfo_accounts(const struct hostinfo_files *f, struct map *usable,
    struct arena *a, struct host *out, struct err *e)
{
	struct str text, line, field;
	struct account *to;
	size_t room;
	bool shadow;

	shadow = hostinfo_shadow(f->file[HOSTINFO_SHADOW].bytes, usable) &&
		 f->file[HOSTINFO_SHADOW].read;
	TRY(arena_str(a, f->file[HOSTINFO_PASSWD].bytes, &text, e));
	room = hostinfo_lines(text, HOST_ACCOUNTS_MAX);
	out->accounts = arena_take(a, room, sizeof(*out->accounts));
	if (out->accounts == NULL)
		return err_set(e, MU_ELIMIT, "no room for %zu accounts", room);
	while (out->n_accounts < room && str_line(&text, &line)) {
		to = &out->accounts[out->n_accounts];
		if (!hostinfo_account(line, to, &field))
			continue;
		to->login_shell = hostinfo_login_shell(to->shell);
		to->password =
		    hostinfo_password(usable, shadow, to->name, field);
		to->person = to->uid >= out->uid_min &&
			     to->uid <= out->uid_max && to->login_shell &&
			     to->password != TRI_NO;
		TRY(hostinfo_key(out, to->name, a, &to->key, e));
		out->n_accounts++;
	}
	return MU_OK;
}

static int
hostinfo_groups(struct str bytes, struct arena *a, struct host *out,
    struct err *e)
{
	struct str text, line;
	size_t room;

	TRY(arena_str(a, bytes, &text, e));
	room = hostinfo_lines(text, HOST_GROUPS_MAX);
	out->groups = arena_take(a, room, sizeof(*out->groups));
	if (out->groups == NULL)
		return err_set(e, MU_ELIMIT, "no room for %zu groups", room);
	while (out->n_groups < room && str_line(&text, &line))
		if (hostinfo_group(line, &out->groups[out->n_groups]))
			out->n_groups++;
	return MU_OK;
}

int
hostinfo_build(const struct hostinfo_files *f, struct arena *a,
    struct host *out, struct err *e)
{
	AUTO(map) struct map *usable = map_new(HOST_ACCOUNTS_MAX);
	struct host h = { .n_accounts = 0 };

	hostinfo_defs(f->file[HOSTINFO_LOGIN_DEFS].bytes, &h);
	TRY(hostinfo_name(f, a, &h, e));
	TRY(hostinfo_accounts(f, usable, a, &h, e));
	TRY(hostinfo_groups(f->file[HOSTINFO_GROUP].bytes, a, &h, e));
	*out = h;
	return MU_OK;
}

struct map *
hostinfo_index(const struct host *h)
{
	struct map *m = map_new(HOST_ACCOUNTS_MAX);
	size_t i = h->n_accounts;

	/* Backwards, so that the first of a name is the one that stays. */
	while (i-- > 0)
		MU_ASSERT(map_put(m, h->accounts[i].name, i, NULL) >= 0);
	return m;
}

const struct account *
hostinfo_named(const struct host *h, const struct map *index, struct str name)
{
	uint64_t i;

	return map_get(index, name, &i) ? &h->accounts[i] : NULL;
}

bool
hostinfo_person(const struct host *h, const struct account *a)
{

	return a->uid >= h->uid_min && a->uid <= h->uid_max && a->login_shell &&
	       a->password != TRI_NO;
}

bool
hostinfo_root_group(struct str name)
{
	static const char *const groups[] = { "docker", "lxd", "incus-admin",
		"disk", "sudo", "wheel", "root" };
	size_t i;

	for (i = 0; i < MU_COUNT(groups); i++)
		if (str_eq(name, str_from(groups[i])))
			return true;
	return false;
}

/* The key of a group's number among names, which hold no colon. */
static struct str
hostinfo_gid_key(int64_t gid, char room[24])
{
	int n = snprintf(room, 24, ":%lld", (long long)gid);

	return str_of(room, (size_t)n);
}

struct map *
hostinfo_rooted(const struct host *h)
{
	struct map *m = map_new(HOST_ACCOUNTS_MAX + HOST_GROUPS_MAX);
	struct str left, name;
	bool room = true;
	char gid[24];
	size_t i;

	for (i = 0; i < h->n_groups && room; i++) {
		if (!hostinfo_root_group(h->groups[i].name))
			continue;
		if (h->groups[i].gid != 0)
			room =
			    map_put(m, hostinfo_gid_key(h->groups[i].gid, gid),
				1, NULL) >= 0;
		left = h->groups[i].members;
		while (left.n != 0 && room) {
			(void)str_cut(left, ',', &name, &left);
			room = map_put(m, str_trim(name), 1, NULL) >= 0;
		}
	}
	return m;
}

bool
hostinfo_is_rooted(const struct map *rooted, const struct account *a)
{
	char gid[24];
	uint64_t yes;

	return a->uid == 0 || map_get(rooted, a->name, &yes) ||
	       map_get(rooted, hostinfo_gid_key(a->gid, gid), &yes);
}

int
hostinfo_root(const struct host *h, struct arena *a, struct str *out,
    struct err *e)
{
	const struct account *root = host_user(h, 0);

	if (root == NULL)
		return hostinfo_key(h, STR("root"), a, out, e);
	*out = root->key;
	return MU_OK;
}
