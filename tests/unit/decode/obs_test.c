#include "../test.h"

#include "base/jwrite.h"
#include "decode/obs.h"

#define CAP ((size_t)8 << 20)

#define HEX64 "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
#define RUN_HEAD                                                  \
	"{\"type\":\"run\",\"schema\":\"muster.observation/1\","  \
	"\"tool\":\"muster 0.1.0\",\"run\":\"0123456789abcdef\"," \
	"\"asset\":\"host:1\",\"at\":1,\"ephemeral\":false"
#define ID_HEAD   "{\"type\":\"identity\",\"key\":\"k:1\",\"kind\":\"token\""
#define CRED_HEAD "{\"type\":\"credential\",\"key\":\"k:1\",\"kind\":\"token\""
#define SEEN_HEAD                                                             \
	"{\"type\":\"sighting\",\"credential\":\"k:1\",\"asset\":\"host:1\"," \
	"\"place\":\"p\",\"locator\":\"etc/x\",\"role\":\"private\""

/* A small generator, so that a failing seed can be run again. */
static uint64_t dice;

static unsigned throw(unsigned sides)
{

	dice = dice * 6364136223846793005u + 1442695040888963407u;
	return (unsigned)(dice >> 33) % sides;
}

static struct str
some_text(struct arena *a)
{
	static const char *const parts[] = { "a", "Z9", "/", "\"", "\\", "\n",
		"\t", "\x01", "\x7f", "\xc3\xa9", "\xe2\x82\xac",
		"\xf0\x9f\x98\x80", "</", "\xc2\x85", " ", "key" };
	AUTO(buf) struct buf b;
	struct str s;
	unsigned n = 1 + throw(12);
	struct err e;

	buf_init(&b, CAP);
	while (n-- > 0)
		buf_adds(&b, parts[throw(MU_COUNT(parts))]);
	assert_ok(arena_str(a, buf_str(&b), &s, &e), &e);
	return s;
}

static struct str
maybe_text(struct arena *a)
{

	return throw(3) != 0 ? some_text(a) : STR_NONE;
}

static struct str
maybe_hex(struct arena *a, size_t n)
{
	AUTO(buf) struct buf b;
	struct str s;
	struct err e;

	buf_init(&b, CAP);
	if (throw(3) == 0)
		return STR_NONE;
	while (n-- > 0)
		buf_addc(&b, "0123456789abcdef"[throw(16)]);
	assert_ok(arena_str(a, buf_str(&b), &s, &e), &e);
	return s;
}

static int64_t
maybe_int(int64_t max)
{
	static const int64_t odd[] = { 0, 1, 999 };
	unsigned k = throw(MU_COUNT(odd) + 2);

	if (k == MU_COUNT(odd))
		return REC_NO_INT;
	return k < MU_COUNT(odd) && odd[k] <= max ? odd[k] : max;
}

static struct when
maybe_when(void)
{
	static const int64_t odd[] = { OBS_TIME_MIN, -1, 0, 1795000000,
		OBS_TIME_MAX };

	if (throw(3) == 0)
		return WHEN_NONE;
	return (struct when){ odd[throw(MU_COUNT(odd))],
		(enum when_by)(1 + throw(BY_KINDS - 1)) };
}

static void
some_run(struct rec *r, struct arena *a)
{

	r->run.tool = some_text(a);
	r->run.run = STR("00ff00ff00ff00ff");
	r->run.asset = some_text(a);
	r->run.root = maybe_text(a);
	r->run.fp_key = maybe_text(a);
	r->run.sources = maybe_text(a);
	r->run.at = 1795000000;
	r->run.euid = maybe_int(UINT32_MAX);
	r->run.ephemeral = throw(2);
}

static void
some_identity(struct rec *r, struct arena *a)
{

	r->identity.key = some_text(a);
	r->identity.kind = throw(ID_KINDS);
	r->identity.name = maybe_text(a);
	r->identity.asset = maybe_text(a);
	r->identity.context = maybe_text(a);
	r->identity.purpose = maybe_text(a);
	r->identity.owner = maybe_text(a);
	r->identity.owner_by = maybe_text(a);
	r->identity.owner_pct = maybe_int(100);
	r->identity.privileged = throw(TRIS);
	r->identity.internet = throw(TRIS);
	r->identity.uid = maybe_int(UINT32_MAX);
}

static void
some_names(struct rec_credential *c, struct arena *a)
{
	size_t i;

	c->n_names = throw(4);
	if (throw(50) == 0)
		c->n_names = REC_NAMES_MAX;
	c->names = arena_take(a, c->n_names, sizeof(*c->names));
	assert_non_null(c->names);
	for (i = 0; i < c->n_names; i++)
		c->names[i] = some_text(a);
}

static void
some_credential(struct rec *r, struct arena *a)
{
	struct rec_credential *c = &r->credential;

	c->key = some_text(a);
	c->identity = maybe_text(a);
	c->kind = throw(CRED_KINDS);
	c->alg = maybe_text(a);
	c->bits = maybe_int(16384);
	c->spki = maybe_hex(a, 64);
	c->fp = maybe_hex(a, 64);
	if (throw(2))
		c->ssh_fp =
		    STR("SHA256:+/abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMN0");
	c->subject = maybe_text(a);
	c->issuer = maybe_text(a);
	c->serial = maybe_text(a);
	c->sig = maybe_text(a);
	c->usage = maybe_text(a);
	c->preview = maybe_text(a);
	c->hash = maybe_text(a);
	some_names(c, a);
	c->ca = throw(TRIS);
	c->self_signed = throw(TRIS);
	c->encrypted = throw(TRIS);
	c->weak = throw(WEAKS);
	c->length = maybe_int(65536);
	c->created = maybe_when();
	c->expires = maybe_when();
	c->changed = maybe_when();
	c->last_used = maybe_when();
}

static void
some_sighting(struct rec *r, struct arena *a)
{
	struct rec_sighting *s = &r->sighting;

	s->credential = some_text(a);
	s->asset = some_text(a);
	s->place = some_text(a);
	s->locator = some_text(a);
	s->role = throw(ROLES);
	s->readers = throw(READERS_KINDS);
	s->mode = maybe_int(07777);
	s->uid = maybe_int(UINT32_MAX);
	s->gid = maybe_int(UINT32_MAX);
	s->owner = maybe_text(a);
	s->group = maybe_text(a);
	s->context = maybe_text(a);
	s->account = maybe_text(a);
	s->detail = maybe_text(a);
	s->mtime = maybe_when();
}

static void
some_small(struct rec *r, struct arena *a)
{

	switch ((int)r->type) {
	case REC_ASSET:
		r->asset = (struct rec_asset){ some_text(a), some_text(a),
			maybe_text(a), maybe_text(a) };
		break;
	case REC_GRANT:
		r->grant = (struct rec_grant){ some_text(a), some_text(a),
			some_text(a), maybe_text(a), maybe_text(a), throw(CAPS),
			throw(TRIS), throw(TRIS) };
		break;
	case REC_EDGE:
		r->edge = (struct rec_edge){ throw(EDGE_KINDS), some_text(a),
			some_text(a), maybe_text(a) };
		break;
	case REC_COVERAGE:
		r->coverage = (struct rec_coverage){ some_text(a), some_text(a),
			throw(COVER_STATES), throw(1000), throw(1000),
			throw(1000) };
		break;
	case REC_GAP:
		r->gap = (struct rec_gap){ some_text(a), maybe_text(a),
			maybe_text(a), maybe_text(a), throw(GAP_REASONS) };
		break;
	case REC_END:
		r->end.at = throw(1000);
		r->end.counts[throw(REC_TYPES)] = OBS_COUNT_MAX;
		r->end.counts[throw(REC_TYPES)] = throw(3);
		break;
	}
}

static void
some_rec(struct rec *r, enum rec_type type, struct arena *a)
{
	static const char *const extras[] = { "", "", "\"x\":1.50",
		"\"\\u0078\":{\"type\":[ 1 ,{\"}\":\"\\\"]\"}]},\"\":null",
		"\"uid2\":1e2,\"z\":\"\xe2\x82\xac\",\"y\":[],\"w\":true" };

	rec_init(r, type);
	r->extra = str_from(extras[throw(MU_COUNT(extras))]);
	if (type == REC_RUN)
		some_run(r, a);
	else if (type == REC_IDENTITY)
		some_identity(r, a);
	else if (type == REC_CREDENTIAL)
		some_credential(r, a);
	else if (type == REC_SIGHTING)
		some_sighting(r, a);
	else
		some_small(r, a);
}

static void
obs_read__is_the_inverse_of_rec_write(void **state)
{
	AUTO(json) struct json *p = json_new(REC_LINE_MAX);
	AUTO(arena) struct arena *a = arena_new(CAP);
	AUTO(buf) struct buf one, two;
	struct rec r, back;
	struct err e;
	unsigned seed;

	(void)state;
	buf_init(&one, CAP);
	buf_init(&two, CAP);
	for (seed = 0; seed < 20000; seed++) {
		dice = seed;
		arena_reset(a);
		buf_reset(&one);
		buf_reset(&two);
		some_rec(&r, (enum rec_type)(seed % REC_TYPES), a);
		rec_write(&one, &r);
		if (obs_read(p, buf_str(&one), a, &back, &e) < 0)
			fail_msg("seed %u: %s: " STR_FMT, seed, e.text,
			    STR_ARG(buf_str(&one)));
		rec_write(&two, &back);
		if (!str_eq(buf_str(&one), buf_str(&two)))
			fail_msg("seed %u:\n" STR_FMT STR_FMT, seed,
			    STR_ARG(buf_str(&one)), STR_ARG(buf_str(&two)));
	}
}

static void
obs_read__takes_members_in_any_order(void **state)
{
	AUTO(json) struct json *p = json_new(REC_LINE_MAX);
	AUTO(arena) struct arena *a = arena_new(CAP);
	struct rec r;
	struct err e;

	(void)state;
	assert_ok(obs_read(p,
		      STR("\xef\xbb\xbf { \"new\" : [ ] "
			  ",\"dst\":\"b:2\",\"src\":\"a:1\", "
			  "\"kind\":\"same_as\" , \"type\":\"edge\" } \r\n"),
		      a, &r, &e),
	    &e);
	assert_int_equal(r.type, REC_EDGE);
	assert_int_equal(r.edge.kind, EDGE_SAME_AS);
	assert_str(r.edge.src, "a:1");
	assert_str(r.edge.dst, "b:2");
	assert_str(r.extra, "\"new\":[ ]");
}

static void
obs_read__keeps_what_only_another_type_knows(void **state)
{
	AUTO(json) struct json *p = json_new(REC_LINE_MAX);
	AUTO(arena) struct arena *a = arena_new(CAP);
	struct rec r;
	struct err e;

	(void)state;
	assert_ok(obs_read(p,
		      STR("{\"type\":\"gap\",\"asset\":\"h\",\"mode\":8,"
			  "\"reason\":\"denied\"}"),
		      a, &r, &e),
	    &e);
	assert_str(r.extra, "\"mode\":8");
	assert_ok(obs_read(p,
		      STR("{\"type\":\"end\",\"at\":1,\"counts\":{\"run\":1,"
			  "\"later\":2}}"),
		      a, &r, &e),
	    &e);
	assert_int_equal(r.end.counts[REC_RUN], 1);
}

struct bad {
	const char *line;
	enum mu_code code;
	const char *says;
};

static const struct bad bads[] = {
	{ "", MU_EFORMAT, "byte 1" },
	{ "[]", MU_EFORMAT, "no object" },
	{ "1", MU_EFORMAT, "no object" },
	{ "{}", MU_EFORMAT, "\"type\"" },
	{ "{\"type\":1}", MU_EFORMAT, "\"type\"" },
	{ "{\"type\":\"secret\"}", MU_EUNSUPPORTED, "type" },
	{ "{\"type\":\"RUN\"}", MU_EUNSUPPORTED, "type" },
	{ "{\"type\":\"edge\",\"type\":\"gap\"}", MU_EFORMAT, "\"type\"" },
	{ "{\"type\":\"edge\"}\n{\"type\":\"edge\"}", MU_EFORMAT, "line end" },
	{ "{\"type\":\"run\",\"schema\":\"muster.observation/2\"}",
	    MU_EUNSUPPORTED, "schema" },
	{ RUN_HEAD ",\"euid\":-1}", MU_EFORMAT, "\"euid\"" },
	{ RUN_HEAD ",\"euid\":4294967296}", MU_EFORMAT, "\"euid\"" },
	{ RUN_HEAD ",\"euid\":1.0}", MU_EFORMAT, "\"euid\"" },
	{ RUN_HEAD ",\"euid\":\"0\"}", MU_EFORMAT, "\"euid\"" },
	{ RUN_HEAD ",\"root\":\"\"}", MU_EFORMAT, "\"root\"" },
	{ RUN_HEAD ",\"root\":\"a\\u0000b\"}", MU_EFORMAT, "\"root\"" },
	{ RUN_HEAD ",\"root\":null}", MU_EFORMAT, "\"root\"" },
	{ RUN_HEAD ",\"root\":\"\xff\"}", MU_EFORMAT, "UTF-8" },
	{ RUN_HEAD ",\"at\":2}", MU_EFORMAT, "\"at\"" },
	{ RUN_HEAD ",\"x\":1,\"\\u0078\":2}", MU_EFORMAT, "twice" },
	{ RUN_HEAD ",\"x\":1e999}", MU_EFORMAT, "out of range" },
	{ "{\"type\":\"identity\",\"kind\":\"token\"}", MU_EFORMAT, "\"key\"" },
	{ "{\"type\":\"identity\",\"key\":\"k:1\"}", MU_EFORMAT, "\"kind\"" },
	{ "{\"type\":\"identity\",\"key\":\"k:1\",\"kind\":\"robot\"}",
	    MU_EFORMAT, "\"kind\"" },
	{ ID_HEAD ",\"owner_pct\":101}", MU_EFORMAT, "\"owner_pct\"" },
	{ ID_HEAD ",\"privileged\":true}", MU_EFORMAT, "\"privileged\"" },
	{ ID_HEAD ",\"privileged\":\"maybe\"}", MU_EFORMAT, "\"privileged\"" },
	{ CRED_HEAD ",\"spki\":\"00\"}", MU_EFORMAT, "\"spki\"" },
	{ CRED_HEAD ",\"spki\":\"" HEX64 "0\"}", MU_EFORMAT, "\"spki\"" },
	{ CRED_HEAD ",\"fp\":\"0123456789ABCDEF0123456789abcdef0123456789abcdef"
		    "0123456789abcdef\"}",
	    MU_EFORMAT, "\"fp\"" },
	{ CRED_HEAD ",\"ssh_fp\":\"MD5:00\"}", MU_EFORMAT, "\"ssh_fp\"" },
	{ CRED_HEAD ",\"ssh_fp\":\"SHA256:"
		    "0123456789012345678901234567890123456789012=\"}",
	    MU_EFORMAT, "\"ssh_fp\"" },
	{ CRED_HEAD ",\"created\":5}", MU_EFORMAT, "\"created\"" },
	{ CRED_HEAD ",\"created\":{\"at\":5}}", MU_EFORMAT, "\"created\"" },
	{ CRED_HEAD ",\"created\":{\"at\":5,\"at\":5}}", MU_EFORMAT,
	    "\"created\"" },
	{ CRED_HEAD ",\"created\":{\"at\":5,\"by\":\"none\"}}", MU_EFORMAT,
	    "\"created\"" },
	{ CRED_HEAD ",\"created\":{\"at\":5,\"by\":\"api\",\"x\":1}}",
	    MU_EFORMAT, "\"created\"" },
	{ CRED_HEAD ",\"created\":{\"at\":253402300800,\"by\":\"api\"}}",
	    MU_EFORMAT, "\"created\"" },
	{ CRED_HEAD ",\"names\":\"a\"}", MU_EFORMAT, "\"names\"" },
	{ CRED_HEAD ",\"names\":[\"a\",1]}", MU_EFORMAT, "\"names\"" },
	{ CRED_HEAD ",\"names\":[\"a\\u0000\"]}", MU_EFORMAT, "\"names\"" },
	{ CRED_HEAD ",\"weak\":\"yes\"}", MU_EFORMAT, "\"weak\"" },
	{ CRED_HEAD ",\"length\":-1}", MU_EFORMAT, "\"length\"" },
	{ CRED_HEAD ",\"bits\":1048577}", MU_EFORMAT, "\"bits\"" },
	{ SEEN_HEAD ",\"mode\":\"644\"}", MU_EFORMAT, "\"mode\"" },
	{ SEEN_HEAD ",\"mode\":\"0698\"}", MU_EFORMAT, "\"mode\"" },
	{ SEEN_HEAD ",\"mode\":420}", MU_EFORMAT, "\"mode\"" },
	{ SEEN_HEAD ",\"readers\":\"all\"}", MU_EFORMAT, "\"readers\"" },
	{ "{\"type\":\"coverage\",\"place\":\"p\",\"asset\":\"h\","
	  "\"state\":\"read\",\"files\":1}",
	    MU_EFORMAT, "\"gaps\"" },
	{ "{\"type\":\"gap\",\"asset\":\"h\",\"reason\":\"lazy\"}", MU_EFORMAT,
	    "\"reason\"" },
	{ "{\"type\":\"end\",\"at\":1,\"counts\":[]}", MU_EFORMAT,
	    "\"counts\"" },
	{ "{\"type\":\"end\",\"at\":1,\"counts\":{\"run\":-1}}", MU_EFORMAT,
	    "\"counts\"" },
	{ "{\"type\":\"end\",\"at\":1,\"counts\":{\"gap\":1,\"gap\":1}}",
	    MU_EFORMAT, "\"counts\"" },
};

static void
obs_read__names_the_member_that_is_wrong(void **state)
{
	AUTO(json) struct json *p = json_new(REC_LINE_MAX);
	AUTO(arena) struct arena *a = arena_new(CAP);
	struct rec r;
	struct err e;
	size_t i;
	int code;

	(void)state;
	for (i = 0; i < MU_COUNT(bads); i++) {
		code = obs_read(p, str_from(bads[i].line), a, &r, &e);
		if (code != bads[i].code)
			fail_msg("%s: %d", bads[i].line, code);
		if (strstr(e.text, bads[i].says) == NULL)
			fail_msg("%s: %s", bads[i].line, e.text);
	}
}

/* The heads above are right: only what is added to them is wrong. */
static void
obs_read__takes_the_heads_of_the_bad_ones(void **state)
{
	static const char *const t[] = { RUN_HEAD "}", ID_HEAD "}",
		CRED_HEAD "}", SEEN_HEAD "}", RUN_HEAD ",\"euid\":4294967295}",
		CRED_HEAD ",\"created\":{\"by\":\"api\",\"at\":253402300799}}",
		ID_HEAD ",\"privileged\":\"unknown\",\"owner_pct\":100}",
		SEEN_HEAD ",\"mode\":\"7777\",\"readers\":\"unknown\"}" };
	AUTO(json) struct json *p = json_new(REC_LINE_MAX);
	AUTO(arena) struct arena *a = arena_new(CAP);
	struct rec r;
	struct err e;
	size_t i;

	(void)state;
	for (i = 0; i < MU_COUNT(t); i++)
		if (obs_read(p, str_from(t[i]), a, &r, &e) < 0)
			fail_msg("%s: %s", t[i], e.text);
}

/* ${head}, then ${n} times ${fill} ('#' counts), then ${tail}, gives ${want}. */
static void
reads(const char *head, const char *fill, size_t n, const char *tail, int want)
{
	AUTO(json) struct json *p = json_new(REC_LINE_MAX);
	AUTO(arena) struct arena *a = arena_new(CAP);
	AUTO(buf) struct buf b;
	struct rec r;
	struct err e;
	const char *c;
	size_t i;

	buf_init(&b, CAP);
	buf_adds(&b, head);
	for (i = 0; i < n; i++)
		for (c = fill; *c != '\0'; c++)
			if (*c == '#')
				buf_addf(&b, "%zu", i);
			else
				buf_addc(&b, *c);
	buf_adds(&b, tail);
	if (obs_read(p, buf_str(&b), a, &r, &e) != want)
		fail_msg("%s, %zu times, wants %d: %s", head, n, want, e.text);
}

static void
obs_read__holds_every_cap(void **state)
{
	static const char gap[] = "{\"type\":\"gap\",\"reason\":\"denied\","
				  "\"asset\":\"";

	(void)state;
	reads(gap, "k", OBS_KEY_MAX, "\"}", MU_OK);
	reads(gap, "k", OBS_KEY_MAX + 1, "\"}", MU_ELIMIT);
	reads(ID_HEAD ",\"name\":\"", "k", OBS_TEXT_MAX, "\"}", MU_OK);
	reads(ID_HEAD ",\"name\":\"", "k", OBS_TEXT_MAX + 1, "\"}", MU_ELIMIT);
	reads(ID_HEAD, ",\"x#\":1", OBS_EXTRA_MAX, "}", MU_OK);
	reads(ID_HEAD, ",\"x#\":1", OBS_EXTRA_MAX + 1, "}", MU_ELIMIT);
	reads(ID_HEAD ",\"x\":", "[", JSON_DEPTH_MAX, "", MU_ELIMIT);
	reads(CRED_HEAD ",\"names\":[\"a\"", ",\"a\"", REC_NAMES_MAX - 1, "]}",
	    MU_OK);
	reads(CRED_HEAD ",\"names\":[\"a\"", ",\"a\"", REC_NAMES_MAX, "]}",
	    MU_ELIMIT);
	reads(ID_HEAD ",\"x\":\"", "y", REC_LINE_MAX - sizeof(ID_HEAD) - 7,
	    "\"}", MU_OK);
	reads(ID_HEAD ",\"x\":\"", "y", REC_LINE_MAX - sizeof(ID_HEAD) - 6,
	    "\"}", MU_ELIMIT);
}

static void
obs_read__leaves_out_alone_when_it_fails(void **state)
{
	AUTO(json) struct json *p = json_new(REC_LINE_MAX);
	AUTO(arena) struct arena *a = arena_new(CAP);
	AUTO(arena) struct arena *full = arena_new(16);
	struct rec r;
	struct err e;

	(void)state;
	rec_init(&r, REC_EDGE);
	r.edge.src = STR("before");
	assert_int_equal(obs_read(p, STR(ID_HEAD ",\"uid\":-1}"), a, &r, &e),
	    MU_EFORMAT);
	assert_int_equal(obs_read(p, STR(SEEN_HEAD "}"), full, &r, &e),
	    MU_ELIMIT);
	assert_int_equal(r.type, REC_EDGE);
	assert_str(r.edge.src, "before");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(obs_read__is_the_inverse_of_rec_write),
		TEST(obs_read__takes_members_in_any_order),
		TEST(obs_read__keeps_what_only_another_type_knows),
		TEST(obs_read__names_the_member_that_is_wrong),
		TEST(obs_read__takes_the_heads_of_the_bad_ones),
		TEST(obs_read__holds_every_cap),
		TEST(obs_read__leaves_out_alone_when_it_fails),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
