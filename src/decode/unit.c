/*
 * A service is a workload that runs as the account of User=, or as root.
 *
 * It is privileged where it runs as root and nothing confines it. Any of these
 * confines: CapabilityBoundingSet=, NoNewPrivileges=yes, ProtectSystem=strict;
 * what is left of root then is not known, so the answer is "unknown". A command
 * with the prefix "+" or "!" runs as root whatever else is said. Another
 * account, and DynamicUser=yes, is not privileged.
 *
 * A drop-in tells only what it says itself, of the unit that its folder names;
 * the store joins the two. So a drop-in that takes root away from a unit of
 * another file does not make it less privileged here.
 *
 * Two passes: what the unit is, then the secrets that it uses.
 */

#include "decode/unit.h"

#include "base/mem.h"
#include "decode/hostinfo.h"
#include "decode/pick.h"
#include "decode/unitline.h"

#define UNIT_TEXT_MAX 255

/* Shortest secret that may be the same one elsewhere, bytes. */

struct unit {
	const struct decode_in *in;
	struct str name, key;
	struct str user, purpose;
	bool dropin, service; /* service: a section [Service] is there */
	bool user_set, dynamic;
	bool caps, nonew, strict; /* what confines */
	bool full;                /* a command runs as root all the same */
	size_t reset;             /* the last line that empties Environment= */
	size_t secrets;
};

/* A value as a text that a record can hold: up to a zero byte. */
static int
unit_text(const struct unit *u, struct str value, struct str *out,
    struct err *e)
{

	(void)str_cut(value, '\0', &value, &(struct str){ 0 });
	return arena_str(u->in->job, str_head(value, UNIT_TEXT_MAX), out, e);
}

static int
unit_description(struct unit *u, const struct unitline *l, struct err *e)
{

	return unit_text(u, l->value, &u->purpose, e);
}

static int
unit_user(struct unit *u, const struct unitline *l, struct err *e)
{

	u->user_set = true;
	return unit_text(u, l->value, &u->user, e);
}

static int
unit_dynamic(struct unit *u, const struct unitline *l, struct err *e)
{

	(void)e;
	u->dynamic = unitline_yes(l->value);
	return MU_OK;
}

static int
unit_caps(struct unit *u, const struct unitline *l, struct err *e)
{

	(void)l, (void)e;
	u->caps = true;
	return MU_OK;
}

static int
unit_nonew(struct unit *u, const struct unitline *l, struct err *e)
{

	(void)e;
	u->nonew = unitline_yes(l->value);
	return MU_OK;
}

static int
unit_strict(struct unit *u, const struct unitline *l, struct err *e)
{

	(void)e;
	u->strict = str_eq(l->value, STR("strict"));
	return MU_OK;
}

/* Prefixes of a command: systemd.service(5), table 2. */
static int
unit_command(struct unit *u, const struct unitline *l, struct err *e)
{
	struct str s = l->value;

	(void)e;
	while (s.n != 0 && str_chr(STR("@-:|"), s.p[0]) != SIZE_MAX)
		s = str_skip(s, 1);
	if (s.n != 0 && (s.p[0] == '+' || s.p[0] == '!'))
		u->full = true;
	return MU_OK;
}

static int
unit_reset(struct unit *u, const struct unitline *l, struct err *e)
{

	(void)e;
	if (l->value.n == 0)
		u->reset = l->at;
	return MU_OK;
}

static const struct {
	const char *section, *name;
	int (*take)(struct unit *u, const struct unitline *l, struct err *e);
} unit_names[] = {
	{ "Service", "CapabilityBoundingSet", unit_caps },
	{ "Service", "DynamicUser", unit_dynamic },
	{ "Service", "Environment", unit_reset },
	{ "Service", "ExecStart", unit_command },
	{ "Service", "ExecStartPost", unit_command },
	{ "Service", "ExecStartPre", unit_command },
	{ "Service", "NoNewPrivileges", unit_nonew },
	{ "Service", "ProtectSystem", unit_strict },
	{ "Service", "User", unit_user },
	{ "Unit", "Description", unit_description },
};

/* First pass: what the unit says of itself. */
static int
unit_facts(struct unit *u, struct err *e)
{
	AUTO(unitline) struct unitline l;
	size_t i;
	int got;

	unitline_init(&l, u->in, UNIT_LINE_MAX);
	for (;;) {
		TRY(got = unitline_next(&l, true, e));
		if (got == 0)
			return lines_done(&l.lines, e);
		u->service = u->service || strcmp(l.section, "Service") == 0;
		for (i = 0; i < MU_COUNT(unit_names); i++)
			if (strcmp(l.section, unit_names[i].section) == 0 &&
			    str_eq(l.name, str_from(unit_names[i].name)))
				TRY(unit_names[i].take(u, &l, e));
	}
}

/* "foo.service" of etc/systemd/system/foo.service and of its drop-ins. */
static bool
unit_place(struct unit *u)
{
	struct str path = u->in->file->path, folder = STR_NONE;
	size_t slash = str_rchr(path, '/');

	u->name = slash == SIZE_MAX ? path : str_skip(path, slash + 1);
	if (slash != SIZE_MAX)
		folder = str_head(path, slash);
	if (!str_ends(folder, STR(".d")))
		return true;
	slash = str_rchr(folder, '/');
	folder.n -= 2;
	u->name = slash == SIZE_MAX ? folder : str_skip(folder, slash + 1);
	u->dropin = true;
	/* service.d and foo-.service.d are for every such service. */
	return str_ends(u->name, STR(".service")) &&
	       !str_ends(u->name, STR("-.service"));
}

static const struct account *
unit_account(const struct unit *u)
{
	int64_t uid;

	if (u->user.n == 0)
		return host_user(u->in->host, 0);
	if (hostinfo_number(u->user, &uid))
		return host_user(u->in->host, uid);
	return host_named(u->in->host, u->user);
}

static enum tri
unit_privileged(const struct unit *u, const struct account *a)
{
	bool root = a != NULL ? a->uid == 0 : u->user.n == 0;

	if (u->full)
		return TRI_YES;
	if (u->dropin && !u->user_set && !u->dynamic)
		return TRI_UNKNOWN;
	if (u->dynamic)
		return TRI_NO;
	if (str_chr(u->user, '%') != SIZE_MAX)
		return TRI_UNKNOWN;
	if (!root)
		return TRI_NO;
	return u->caps || u->nonew || u->strict ? TRI_UNKNOWN : TRI_YES;
}

static int
unit_edge(const struct unit *u, enum edge_kind kind, struct str from,
    struct str to, size_t n, struct err *e)
{
	struct rec r;

	rec_init(&r, REC_EDGE);
	r.edge.kind = kind;
	r.edge.src = from;
	r.edge.dst = to;
	r.edge.evidence = u->in->file->path;
	if (n != 0)
		TRY(arena_fmt(u->in->job, &r.edge.evidence, e, STR_FMT ":%zu",
		    STR_ARG(u->in->file->path), n));
	return decode_put(u->in, &r, e);
}

static int
unit_put(const struct unit *u, struct err *e)
{
	const struct account *a = unit_account(u);
	struct rec r;

	rec_init(&r, REC_IDENTITY);
	r.identity.key = u->key;
	r.identity.kind = ID_WORKLOAD;
	r.identity.name = u->name;
	r.identity.asset = u->in->host->key;
	r.identity.context = u->in->file->context;
	r.identity.purpose = u->purpose;
	r.identity.privileged = unit_privileged(u, a);
	TRY(decode_put(u->in, &r, e));
	if (a == NULL || u->dynamic || (u->dropin && !u->user_set))
		return MU_OK;
	return unit_edge(u, EDGE_RUNS_AS, u->key, a->key, 0, e);
}

/* Whether a variable of this name holds a secret, or only speaks of one. */
static bool
unit_secret_name(struct str name)
{
	static const char *const words[] = { "PASSWORD", "PASSWD", "TOKEN",
		"SECRET", "KEY" };
	static const char *const ends[] = { "_FILE", "_PATH", "_DIR", "_URL",
		"_ID", "_NAME", "_TTL", "_TYPE" };
	AUTO(buf) struct buf upper = { 0 };
	bool yes = false;
	size_t i;

	buf_init(&upper, UNIT_TEXT_MAX);
	for (i = 0; i < name.n; i++)
		buf_addc(&upper, (char)(name.p[i] >= 'a' && name.p[i] <= 'z' ?
					    name.p[i] - 'a' + 'A' :
					    name.p[i]));
	for (i = 0; i < MU_COUNT(words); i++)
		yes = yes ||
		      str_find(buf_str(&upper), str_from(words[i])) != SIZE_MAX;
	for (i = 0; i < MU_COUNT(ends); i++)
		yes = yes && !str_ends(buf_str(&upper), str_from(ends[i]));
	return yes && !upper.bad && str_utf8(name);
}

static int
unit_secret(struct unit *u, struct str name, struct str value, size_t n,
    struct err *e)
{
	struct rec i, c, s;

	if (u->secrets++ == UNIT_SECRETS_MAX)
		return err_set(e, MU_ELIMIT, "more than %d secrets",
		    UNIT_SECRETS_MAX);
	rec_init(&i, REC_IDENTITY);
	rec_init(&c, REC_CREDENTIAL);
	TRY(decode_secret(u->in, value, name, &c.credential.key,
	    &c.credential.fp, e));
	c.credential.identity = i.identity.key = c.credential.key;
	c.credential.kind = CRED_TOKEN;
	c.credential.length = (int64_t)value.n;
	c.credential.weak = pick_weak(value, STR_NONE);
	i.identity.kind = ID_TOKEN;
	i.identity.asset = u->in->host->key;
	i.identity.context = u->in->file->context;
	TRY(arena_fmt(u->in->job, &i.identity.name, e, STR_FMT " of " STR_FMT,
	    STR_ARG(name), STR_ARG(u->name)));
	TRY(decode_sighting(u->in, &s, c.credential.key, ROLE_PRIVATE, ':', n,
	    e));
	TRY(arena_str(u->in->job, name, &s.sighting.detail, e));
	TRY(decode_put(u->in, &i, e));
	TRY(decode_put(u->in, &c, e));
	TRY(decode_put(u->in, &s, e));
	return unit_edge(u, EDGE_CONSUMED_BY, i.identity.key, u->key, n, e);
}

/* The words of one Environment=: NAME=value each. */
static int
unit_environment(struct unit *u, const struct unitline *l, struct buf *word,
    struct err *e)
{
	struct str text = l->value, name, value;

	while (text.n != 0 && unitline_word(&text, word)) {
		if (!str_cut(buf_str(word), '=', &name, &value) ||
		    name.n == 0 || str_has_nul(name) || !unit_secret_name(name))
			continue;
		/* A path is where the secret is, not what it is. */
		if (pick_secret(value) && !str_starts(value, STR("/")))
			TRY(unit_secret(u, name, value, l->at, e));
	}
	return MU_OK;
}

/* Second pass: secrets, from the last line on that empties what went before. */
static int
unit_secrets(struct unit *u, struct buf *word, struct err *e)
{
	AUTO(unitline) struct unitline l;
	int got;

	unitline_init(&l, u->in, UNIT_LINE_MAX);
	for (;;) {
		TRY(got = unitline_next(&l, false, e));
		if (got == 0)
			return MU_OK;
		if (l.at > u->reset && strcmp(l.section, "Service") == 0 &&
		    str_eq(l.name, STR("Environment")))
			TRY(unit_environment(u, &l, word, e));
	}
}

static int
unit_read(const struct decode_in *in, struct err *e)
{
	struct unit u = { .in = in };
	struct buf word;
	int got;

	if (str_trim(in->bytes).n == 0)
		return MU_OK; /* an empty file masks the unit */
	if (!unit_place(&u))
		return err_set(e, MU_EUNSUPPORTED,
		    "a drop-in for many services at once");
	TRY(arena_fmt(in->job, &u.key, e, "unit:" STR_FMT ":" STR_FMT,
	    STR_ARG(in->host->key), STR_ARG(u.name)));
	TRY(unit_facts(&u, e));
	if (!u.service && !u.dropin)
		return err_set(e, MU_EFORMAT, "the unit has no [Service]");
	TRY(unit_put(&u, e));
	buf_init(&word, UNIT_LINE_MAX);
	got = unit_secrets(&u, &word, e);
	if (word.p != NULL)
		mem_wipe(word.p, word.room);
	buf_free(&word);
	return got;
}

const struct decoder decode_unit = {
	.name = "unit",
	.place = "os.unit",
	.sees = "Services of systemd, as whom they run, secrets in their units",
	.source = "systemd.service(5), systemd.exec(5), systemd.syntax(7)",
	.max_bytes = 4194304,
	.read = unit_read,
};
