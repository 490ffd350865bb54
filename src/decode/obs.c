#include "decode/obs.h"

/* How the value of one member is read. */
enum how {
	H_KEY,    /* text: the key of a thing */
	H_TEXT,   /* other text */
	H_SCHEMA, /* the name of this format */
	H_HEX,    /* .max lower-case hexadecimal digits */
	H_SSH,    /* SHA256: and 43 characters of base64 */
	H_INT,    /* a whole number from 0 to .max */
	H_TIME,   /* seconds UTC */
	H_BOOL,
	H_WORD, /* of .list, from .min on */
	H_MODE, /* four octal digits */
	H_WHEN, /* {at, by} */
	H_NAMES,
	H_COUNTS,
	H_TYPE, /* read before the rest */
};

struct field {
	const char *name;
	size_t at; /* offset in struct rec */
	enum how how;
	bool must;
	int64_t max;
	const struct word_list *list;
};

#define ID_MAX     INT64_C(4294967295) /* of users and groups */
#define BITS_MAX   INT64_C(1048576)
#define LENGTH_MAX INT64_C(1099511627776)
#define MUST       true
#define MAY        false

/* In the order in which rec_write() puts them, so that a search from the last
 * hit on finds the next at once. */
/* clang-format off */
#define AT(m)		       offsetof(struct rec, m)
#define TYPE		       { "type", AT(type), H_TYPE, MUST, 0, NULL }
#define KEY(n, m, q)	       { n, AT(m), H_KEY, q, OBS_KEY_MAX, NULL }
#define TEXT(n, m, q)	       { n, AT(m), H_TEXT, q, OBS_TEXT_MAX, NULL }
#define HEX(n, m, q, digits)   { n, AT(m), H_HEX, q, digits, NULL }
#define INT(n, m, q, most)     { n, AT(m), H_INT, q, most, NULL }
#define WORD(n, m, q, words)   { n, AT(m), H_WORD, q, 0, &word_##words }
#define KIND(n, m, q, how)     { n, AT(m), how, q, 0, NULL }
#define END		       { NULL, 0, H_TYPE, MAY, 0, NULL }

static const struct field run_fields[] = {
	TYPE,
	KIND("schema", run.schema, MUST, H_SCHEMA),
	TEXT("tool", run.tool, MUST),
	HEX("run", run.run, MUST, 16),
	KEY("asset", run.asset, MUST),
	TEXT("root", run.root, MAY),
	KIND("at", run.at, MUST, H_TIME),
	INT("euid", run.euid, MAY, ID_MAX),
	TEXT("fp_key", run.fp_key, MAY),
	KIND("ephemeral", run.ephemeral, MUST, H_BOOL),
	TEXT("sources", run.sources, MAY),
	END,
};

static const struct field asset_fields[] = {
	TYPE,
	KEY("key", asset.key, MUST),
	TEXT("kind", asset.kind, MUST),
	TEXT("name", asset.name, MAY),
	TEXT("os", asset.os, MAY),
	END,
};

static const struct field identity_fields[] = {
	TYPE,
	KEY("key", identity.key, MUST),
	WORD("kind", identity.kind, MUST, id_kind),
	TEXT("name", identity.name, MAY),
	KEY("asset", identity.asset, MAY),
	TEXT("context", identity.context, MAY),
	TEXT("purpose", identity.purpose, MAY),
	TEXT("owner", identity.owner, MAY),
	TEXT("owner_by", identity.owner_by, MAY),
	INT("owner_pct", identity.owner_pct, MAY, 100),
	WORD("privileged", identity.privileged, MAY, tri),
	WORD("internet", identity.internet, MAY, tri),
	INT("uid", identity.uid, MAY, ID_MAX),
	END,
};

static const struct field credential_fields[] = {
	TYPE,
	KEY("key", credential.key, MUST),
	KEY("identity", credential.identity, MAY),
	WORD("kind", credential.kind, MUST, cred_kind),
	TEXT("alg", credential.alg, MAY),
	INT("bits", credential.bits, MAY, BITS_MAX),
	HEX("spki", credential.spki, MAY, 64),
	KIND("ssh_fp", credential.ssh_fp, MAY, H_SSH),
	HEX("fp", credential.fp, MAY, 64),
	TEXT("subject", credential.subject, MAY),
	TEXT("issuer", credential.issuer, MAY),
	TEXT("serial", credential.serial, MAY),
	TEXT("sig", credential.sig, MAY),
	TEXT("usage", credential.usage, MAY),
	TEXT("preview", credential.preview, MAY),
	TEXT("hash", credential.hash, MAY),
	KIND("names", credential.names, MAY, H_NAMES),
	WORD("ca", credential.ca, MAY, tri),
	WORD("self_signed", credential.self_signed, MAY, tri),
	WORD("encrypted", credential.encrypted, MAY, tri),
	WORD("weak", credential.weak, MAY, weak),
	INT("length", credential.length, MAY, LENGTH_MAX),
	KIND("created", credential.created, MAY, H_WHEN),
	KIND("expires", credential.expires, MAY, H_WHEN),
	KIND("changed", credential.changed, MAY, H_WHEN),
	KIND("last_used", credential.last_used, MAY, H_WHEN),
	END,
};

static const struct field sighting_fields[] = {
	TYPE,
	KEY("credential", sighting.credential, MUST),
	KEY("asset", sighting.asset, MUST),
	TEXT("place", sighting.place, MUST),
	TEXT("locator", sighting.locator, MUST),
	WORD("role", sighting.role, MUST, role),
	WORD("readers", sighting.readers, MAY, readers),
	KIND("mode", sighting.mode, MAY, H_MODE),
	INT("uid", sighting.uid, MAY, ID_MAX),
	INT("gid", sighting.gid, MAY, ID_MAX),
	TEXT("owner", sighting.owner, MAY),
	TEXT("group", sighting.group, MAY),
	TEXT("context", sighting.context, MAY),
	KEY("account", sighting.account, MAY),
	TEXT("detail", sighting.detail, MAY),
	KIND("mtime", sighting.mtime, MAY, H_WHEN),
	END,
};

static const struct field grant_fields[] = {
	TYPE,
	KEY("identity", grant.identity, MUST),
	KEY("target", grant.target, MUST),
	WORD("capability", grant.capability, MUST, capability),
	KEY("asset", grant.asset, MUST),
	TEXT("place", grant.place, MAY),
	TEXT("locator", grant.locator, MAY),
	WORD("from_limited", grant.from_limited, MAY, tri),
	WORD("command_limited", grant.command_limited, MAY, tri),
	END,
};

static const struct field edge_fields[] = {
	TYPE,
	WORD("kind", edge.kind, MUST, edge_kind),
	KEY("src", edge.src, MUST),
	KEY("dst", edge.dst, MUST),
	TEXT("evidence", edge.evidence, MAY),
	END,
};

static const struct field coverage_fields[] = {
	TYPE,
	TEXT("place", coverage.place, MUST),
	KEY("asset", coverage.asset, MUST),
	WORD("state", coverage.state, MUST, cover_state),
	INT("files", coverage.files, MUST, OBS_COUNT_MAX),
	INT("gaps", coverage.gaps, MUST, OBS_COUNT_MAX),
	INT("counted", coverage.counted, MAY, OBS_COUNT_MAX),
	END,
};

static const struct field gap_fields[] = {
	TYPE,
	KEY("asset", gap.asset, MUST),
	TEXT("place", gap.place, MAY),
	TEXT("locator", gap.locator, MAY),
	WORD("reason", gap.reason, MUST, gap_reason),
	TEXT("detail", gap.detail, MAY),
	END,
};

static const struct field end_fields[] = {
	TYPE,
	KIND("at", end.at, MUST, H_TIME),
	KIND("counts", end.counts, MUST, H_COUNTS),
	END,
};
/* clang-format on */

static const struct field *const obs_fields[] = {
	[REC_RUN] = run_fields,
	[REC_ASSET] = asset_fields,
	[REC_IDENTITY] = identity_fields,
	[REC_CREDENTIAL] = credential_fields,
	[REC_SIGHTING] = sighting_fields,
	[REC_GRANT] = grant_fields,
	[REC_EDGE] = edge_fields,
	[REC_COVERAGE] = coverage_fields,
	[REC_GAP] = gap_fields,
	[REC_END] = end_fields,
};

_Static_assert(MU_COUNT(obs_fields) == REC_TYPES, "a table a type");

/* One line being read. */
struct obs {
	const struct field *fields;
	const struct field *hint; /* where the last member was found */
	uint32_t seen;            /* a bit a field */
	size_t extras;
	struct arena *a;
	struct rec *out;
};

_Static_assert(MU_COUNT(credential_fields) <= 32, "a bit a field");

static int
obs_wrong(struct err *e, const struct field *f, const char *why)
{

	return err_set(e, MU_EFORMAT, "member \"%s\" %s", f->name, why);
}

static int
obs_text(struct obs *o, const struct field *f, struct json_val v,
    struct str *out, struct err *e)
{
	struct str s;

	if (!json_str(v, &s))
		return obs_wrong(e, f, "is no text");
	if (s.n == 0)
		return obs_wrong(e, f, "is empty");
	if (str_has_nul(s))
		return obs_wrong(e, f, "holds a zero byte");
	if (s.n > (size_t)f->max)
		return err_set(e, MU_ELIMIT,
		    "member \"%s\" is longer than %lld bytes", f->name,
		    (long long)f->max);
	return arena_str(o->a, s, out, e);
}

static bool
obs_is_hex(struct str s)
{
	size_t i;

	for (i = 0; i < s.n; i++)
		if (!(s.p[i] >= '0' && s.p[i] <= '9') &&
		    !(s.p[i] >= 'a' && s.p[i] <= 'f'))
			return false;
	return true;
}

static int
obs_hex(struct obs *o, const struct field *f, struct json_val v,
    struct str *out, struct err *e)
{
	struct str s;

	if (!json_str(v, &s) || s.n != (size_t)f->max || !obs_is_hex(s))
		return err_set(e, MU_EFORMAT,
		    "member \"%s\" is not %lld lower-case hex digits", f->name,
		    (long long)f->max);
	return arena_str(o->a, s, out, e);
}

/* What `ssh-keygen -l` prints: 43 characters of base64, without padding. */
static int
obs_ssh(struct obs *o, const struct field *f, struct json_val v,
    struct str *out, struct err *e)
{
	struct str s;
	size_t i;

	if (!json_str(v, &s) || s.n != 50 || !str_starts(s, STR("SHA256:")))
		return obs_wrong(e, f, "is no SHA256: fingerprint");
	for (i = 7; i < s.n; i++)
		if (!(s.p[i] >= 'a' && s.p[i] <= 'z') &&
		    !(s.p[i] >= 'A' && s.p[i] <= 'Z') &&
		    !(s.p[i] >= '/' && s.p[i] <= '9') && s.p[i] != '+')
			return obs_wrong(e, f, "is no SHA256: fingerprint");
	return arena_str(o->a, s, out, e);
}

static int
obs_schema(struct obs *o, const struct field *f, struct json_val v,
    struct str *out, struct err *e)
{
	struct str s;

	if (!json_str(v, &s))
		return obs_wrong(e, f, "is no text");
	if (!str_eq(s, STR(REC_SCHEMA)))
		return err_set(e, MU_EUNSUPPORTED, "the schema is not %s",
		    REC_SCHEMA);
	return arena_str(o->a, s, out, e);
}

static int
obs_int(const struct field *f, struct json_val v, int64_t min, int64_t max,
    int64_t *out, struct err *e)
{
	int64_t n;

	if (!json_i64(v, &n))
		return obs_wrong(e, f, "is no whole number");
	if (n < min || n > max)
		return obs_wrong(e, f, "is out of range");
	*out = n;
	return MU_OK;
}

static int
obs_bool(const struct field *f, struct json_val v, bool *out, struct err *e)
{

	return json_bool(v, out) ? MU_OK :
				   obs_wrong(e, f, "is no true or false");
}

static int
obs_word(const struct field *f, const struct word_list *list, struct json_val v,
    int *out, struct err *e)
{
	struct str s;
	int found;

	if (!json_str(v, &s))
		return obs_wrong(e, f, "is no text");
	if ((found = word_find(list, s)) < 0)
		return err_set(e, MU_EFORMAT,
		    "member \"%s\" is no word of the list %s", f->name,
		    list->name);
	*out = found;
	return MU_OK;
}

static int
obs_mode(const struct field *f, struct json_val v, int64_t *out, struct err *e)
{
	struct str s;
	int64_t mode = 0;
	size_t i;

	if (!json_str(v, &s) || s.n != 4)
		return obs_wrong(e, f, "is not four octal digits");
	for (i = 0; i < s.n; i++) {
		if (s.p[i] < '0' || s.p[i] > '7')
			return obs_wrong(e, f, "is not four octal digits");
		mode = mode * 8 + (s.p[i] - '0');
	}
	*out = mode;
	return MU_OK;
}

/* {"at":…,"by":…}: both, once each, and nothing else. */
static int
obs_when(const struct field *f, struct json_val v, struct when *out,
    struct err *e)
{
	struct json_iter it = json_each(v);
	struct json_val member;
	struct when w = WHEN_NONE;
	struct str name;
	int by = BY_NONE, n = 0;

	for (; it.named && json_next(&it, &name, &member); n++) {
		if (str_eq(name, STR("at")))
			TRY(obs_int(f, member, OBS_TIME_MIN, OBS_TIME_MAX,
			    &w.at, e));
		else if (str_eq(name, STR("by")))
			TRY(obs_word(f, &word_when_by, member, &by, e));
		else
			return obs_wrong(e, f, "has more than at and by");
	}
	if (n != 2 || w.at == CLOCK_NONE || by == BY_NONE)
		return obs_wrong(e, f, "lacks at or by");
	w.by = (enum when_by)by;
	*out = w;
	return MU_OK;
}

static int
obs_names(struct obs *o, const struct field *f, struct json_val v,
    struct err *e)
{
	struct rec_credential *c = &o->out->credential;
	struct json_iter it = json_each(v), count = it;
	struct json_val item;
	struct str s;
	size_t n = 0;

	if (json_kind_of(v) != JSON_ARR)
		return obs_wrong(e, f, "is no list");
	while (json_next(&count, NULL, &item))
		if (++n > REC_NAMES_MAX)
			return err_set(e, MU_ELIMIT,
			    "member \"%s\" has more than %d items", f->name,
			    REC_NAMES_MAX);
	if ((c->names = arena_take(o->a, n, sizeof(*c->names))) == NULL)
		return err_set(e, MU_ELIMIT, "no room for the names");
	while (json_next(&it, NULL, &item)) {
		if (!json_str(item, &s) || str_has_nul(s))
			return obs_wrong(e, f, "holds what is no text");
		TRY(arena_str(o->a, s, &c->names[c->n_names++], e));
	}
	return MU_OK;
}

/* Counts of types that are not known here are passed over. */
static int
obs_counts(struct obs *o, const struct field *f, struct json_val v,
    struct err *e)
{
	struct json_iter it = json_each(v);
	struct json_val member;
	struct str name;
	int64_t n = 0;
	int type;

	if (json_kind_of(v) != JSON_OBJ)
		return obs_wrong(e, f, "is no object");
	if (json_repeat(v, &name))
		return obs_wrong(e, f, "names a type twice");
	while (json_next(&it, &name, &member)) {
		TRY(obs_int(f, member, 0, OBS_COUNT_MAX, &n, e));
		if ((type = word_find(&word_rec_type, name)) >= 0)
			o->out->end.counts[type] = n;
	}
	return MU_OK;
}

static int
obs_member(struct obs *o, const struct field *f, struct json_val v,
    struct err *e)
{
	void *at = (char *)o->out + f->at;

	switch (f->how) {
	case H_KEY:
	case H_TEXT:
		return obs_text(o, f, v, at, e);
	case H_SCHEMA:
		return obs_schema(o, f, v, at, e);
	case H_HEX:
		return obs_hex(o, f, v, at, e);
	case H_SSH:
		return obs_ssh(o, f, v, at, e);
	case H_INT:
		return obs_int(f, v, 0, f->max, at, e);
	case H_TIME:
		return obs_int(f, v, OBS_TIME_MIN, OBS_TIME_MAX, at, e);
	case H_BOOL:
		return obs_bool(f, v, at, e);
	case H_WORD:
		return obs_word(f, f->list, v, at, e);
	case H_MODE:
		return obs_mode(f, v, at, e);
	case H_WHEN:
		return obs_when(f, v, at, e);
	case H_NAMES:
		return obs_names(o, f, v, e);
	case H_COUNTS:
		return obs_counts(o, f, v, e);
	case H_TYPE:
		return MU_OK;
	}
	return err_set(e, MU_EBUG, "a member without a way to read it");
}

/* The field ${name}, searched from the one after the last hit; or NULL. */
static const struct field *
obs_field(struct obs *o, struct str name)
{
	const struct field *f;

	for (f = o->hint; f->name != NULL; f++)
		if (str_eq(name, str_from(f->name)))
			return o->hint = f + 1, f;
	for (f = o->fields; f != o->hint; f++)
		if (str_eq(name, str_from(f->name)))
			return o->hint = f + 1, f;
	return NULL;
}

static int
obs_known(struct obs *o, struct json_val root, struct err *e)
{
	struct json_iter it = json_each(root);
	const struct field *f;
	struct json_val v;
	struct str name;
	uint32_t bit;

	while (json_next(&it, &name, &v)) {
		if ((f = obs_field(o, name)) == NULL) {
			o->extras++;
			continue;
		}
		bit = UINT32_C(1) << (f - o->fields);
		if (o->seen & bit)
			return obs_wrong(e, f, "is there twice");
		o->seen |= bit;
		TRY(obs_member(o, f, v, e));
	}
	for (f = o->fields; f->name != NULL; f++)
		if (f->must && !(o->seen & UINT32_C(1) << (f - o->fields)))
			return obs_wrong(e, f, "is missing");
	return MU_OK;
}

/* The members that are not known, as they stand, with commas between. */
static int
obs_extra(struct obs *o, struct json_val root, struct str line, struct err *e)
{
	AUTO(buf) struct buf b;
	struct json_iter it = json_each(root);
	struct json_val v;
	struct str name, raw_name, raw_value;

	buf_init(&b, REC_LINE_MAX);
	if (o->extras > OBS_EXTRA_MAX)
		return err_set(e, MU_ELIMIT,
		    "the record has more than %d unknown members",
		    OBS_EXTRA_MAX);
	if (json_repeat(root, &name))
		return err_set(e, MU_EFORMAT,
		    "an unknown member is there twice");
	while (json_next(&it, &name, &v) &&
	       jtext_member(&line, &raw_name, &raw_value)) {
		if (obs_field(o, name) != NULL)
			continue;
		if (b.n != 0)
			buf_addc(&b, ',');
		buf_add(&b, raw_name);
		buf_addc(&b, ':');
		buf_add(&b, raw_value);
		o->extras--;
	}
	MU_ASSERT(o->extras == 0);
	TRY(buf_check(&b, "the text of unknown members", e));
	return arena_str(o->a, buf_str(&b), &o->out->extra, e);
}

static int
obs_type(struct json_val root, int *type, struct err *e)
{
	struct json_val v;
	struct str s;

	if (json_kind_of(root) != JSON_OBJ)
		return err_set(e, MU_EFORMAT, "the record is no object");
	if (!json_get(root, STR("type"), &v) || !json_str(v, &s))
		return err_set(e, MU_EFORMAT, "member \"type\" is missing");
	if ((*type = word_find(&word_rec_type, s)) < 0)
		return err_set(e, MU_EUNSUPPORTED,
		    "the type of the record is not known");
	return MU_OK;
}

int
obs_read(struct json *p, struct str line, struct arena *a, struct rec *out,
    struct err *e)
{
	struct rec r;
	struct obs o = { .a = a, .out = &r };
	struct json_val root;
	int type = REC_TYPES;

	if (line.n > REC_LINE_MAX)
		return err_set(e, MU_ELIMIT, "the line is longer than %d bytes",
		    REC_LINE_MAX);
	if (str_ends(line, STR("\n")))
		line.n--;
	if (str_starts(line, STR("\xef\xbb\xbf")))
		line = str_skip(line, 3);
	if (str_chr(line, '\n') != SIZE_MAX)
		return err_set(e, MU_EFORMAT, "the record has a line end");
	TRY(json_parse(p, line, &root, e));
	TRY(obs_type(root, &type, e));
	rec_init(&r, (enum rec_type)type);
	o.fields = o.hint = obs_fields[type];
	TRY(obs_known(&o, root, e));
	if (o.extras != 0)
		TRY(obs_extra(&o, root, line, e));
	*out = r;
	return MU_OK;
}
