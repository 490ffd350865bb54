/*
 * Observations for tests/schema.py, which holds the JSON Schema against them:
 *
 *	obs_lines records	a record of each type, with every member
 *	obs_lines words		each closed list: its name and its words
 *	obs_lines read		"ok" or the error for each line of standard input
 */

#include "base/mem.h"
#include "decode/obs.h"

#define HEX64 "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff"
#define S(text)                        \
	{                              \
		text, sizeof(text) - 1 \
	}
#define WHEN(seconds, word)   \
	{                     \
		seconds, word \
	}

static struct str names[] = { S("example.com"), S("www.example.com") };

static const struct rec records[] = {
	{ .type = REC_RUN,
	    .run = { S(REC_SCHEMA), S("muster 0.1.0"), S("0f1e2d3c4b5a6978"),
		S("host:1"), S("/"), S("fp:1"), S("reader witness"), 1795000000,
		0, true } },
	{ .type = REC_ASSET,
	    .asset = { S("host:1"), S("host"), S("web1"), S("Debian 12") } },
	{ .type = REC_IDENTITY,
	    .identity = { S("tls:1"), ID_TLS_CERT, S("www"), S("host:1"),
		S("package:x"), S("shop"), S("ops"), S("gecos"), 100, TRI_NO,
		TRI_YES, 0 } },
	{ .type = REC_CREDENTIAL,
	    .credential = { S("x509:1"), S("tls:1"), CRED_X509, S("rsa"), 2048,
		S(HEX64),
		S("SHA256:0123456789012345678901234567890123456789+/A"),
		S(HEX64), S("CN=a"), S("CN=b"), S("0a"), S("sha256"),
		S("serverAuth"), S("ghp_"), S("yescrypt"), names,
		MU_COUNT(names), TRI_NO, TRI_YES, TRI_NO, WEAK_COMMON, 40,
		WHEN(-1, BY_IN_BAND), WHEN(1, BY_API), WHEN(2, BY_BIRTH),
		WHEN(3, BY_VCS) } },
	{ .type = REC_SIGHTING,
	    .sighting = { S("x509:1"), S("host:1"), S("tls.files"),
		S("etc/x#1"), ROLE_IN_USE, READERS_WORLD, 04755, 0, 4294967295,
		S("root"), S("adm"), S("sample:x"), S("account:1"), S("why"),
		WHEN(5, BY_MTIME) } },
	{ .type = REC_GRANT,
	    .grant = { S("spki:1"), S("account:1"), S("host:1"), S("p"),
		S("l:1"), CAP_DATA_ADMIN, TRI_NO, TRI_YES } },
	{ .type = REC_EDGE,
	    .edge = { EDGE_CONSUMED_BY, S("a:1"), S("b:1"), S("why") } },
	{ .type = REC_COVERAGE,
	    .coverage = { S("p"), S("host:1"), COVER_PARTLY, 12, 0, 140 } },
	{ .type = REC_GAP,
	    .gap = { S("host:1"), S("p"), S("l"), S("why"), GAP_DENIED } },
	{ .type = REC_END, .end = { { 1, 1, 1 }, 1795000060 } },
};

_Static_assert(MU_COUNT(records) == REC_TYPES, "one of each type");

static const struct word_list *const lists[] = { &word_rec_type, &word_id_kind,
	&word_cred_kind, &word_role, &word_readers, &word_when_by, &word_tri,
	&word_capability, &word_edge_kind, &word_gap_reason, &word_cover_state,
	&word_weak };

static void
print_records(void)
{
	AUTO(buf) struct buf b;
	size_t i;

	buf_init(&b, REC_LINE_MAX);
	for (i = 0; i < MU_COUNT(records); i++)
		rec_write(&b, &records[i]);
	(void)fwrite(b.p, 1, b.n, stdout);
}

static void
print_words(void)
{
	size_t i, k;

	for (i = 0; i < MU_COUNT(lists); i++) {
		(void)printf("%s", lists[i]->name);
		for (k = 0; k < lists[i]->n; k++)
			(void)printf(" %s", lists[i]->words[k]);
		(void)printf("\n");
	}
}

static void
read_lines(void)
{
	AUTO(json) struct json *p = json_new(REC_LINE_MAX);
	AUTO(arena) struct arena *a = arena_new((size_t)8 << 20);
	char *line = NULL;
	size_t room = 0;
	struct rec r;
	struct err e;
	ssize_t n;

	while ((n = getline(&line, &room, stdin)) > 0) {
		arena_reset(a);
		if (obs_read(p, str_of(line, (size_t)n), a, &r, &e) < 0)
			(void)printf("%s\n", e.text);
		else
			(void)printf("ok\n");
	}
	mem_free(line);
}

int
main(int argc, char **argv)
{
	struct str what = str_from(argc == 2 ? argv[1] : "");

	if (str_eq(what, STR("records")))
		print_records();
	else if (str_eq(what, STR("words")))
		print_words();
	else if (str_eq(what, STR("read")))
		read_lines();
	else
		return 2;
	return 0;
}
