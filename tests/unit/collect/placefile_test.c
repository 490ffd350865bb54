#include <sys/stat.h>
#include <fcntl.h>
#include <unistd.h>

#include "../test.h"
#include "base/fd.h"
#include "collect/placefile.h"

#define PLACE(id)                                                \
	"id: " id "\nrow: B1\ntitle: Keys\nsees: What it sees\n" \
	"files: [\"~/.ssh/authorized_keys\", etc/keys/*]\n"      \
	"rights: owner\ndecoder: keys\nkind: ssh_key\n"

#define HEAD "id: a.b\nrow: B1\ntitle: T\nsees: S\nrights: any\ndecoder: d\n"

static void
placefile_add__reads_every_document_of_a_file(void **state)
{
	static const char text[] =
	    "# first\n---\n" PLACE("ssh.b") "---\n" PLACE("ssh.a") "...\n";
	AUTO(placefile) struct placefile p;
	struct err e;
	const struct place *x;

	(void)state;
	placefile_init(&p);
	assert_ok(placefile_add(&p, "ssh.yaml", STR(text), &e), &e);
	assert_ok(placefile_sort(&p, &e), &e);
	assert_int_equal(p.rows.n, 2);
	x = &p.rows.v[0].place;
	assert_string_equal(x->id, "ssh.a");
	assert_string_equal(p.rows.v[1].place.id, "ssh.b");
	assert_string_equal(x->row, "B1");
	assert_string_equal(x->title, "Keys");
	assert_string_equal(x->sees, "What it sees");
	assert_string_equal(x->decoder, "keys");
	assert_string_equal(x->globs[0], "~/.ssh/authorized_keys");
	assert_string_equal(x->globs[1], "etc/keys/*");
	assert_null(x->globs[2]);
	assert_int_equal(x->kind, ID_SSH_KEY);
	assert_int_equal(x->rights, RIGHTS_OWNER);
	assert_int_equal(p.rows.v[1].line, 3);
}

static void
placefile_add__reads_rules_with_their_logins_and_ids(void **state)
{
	static const char text[] = HEAD
	    "pick:\n"
	    "  - secret: hosts.*.token\n    kind: api_key\n"
	    "    name: 'token for {*}'\n"
	    "    login: {scheme: =https, host: '{*}', user: hosts.*.user}\n"
	    "  - {secret: '*.key', id: {prefix: aws, from: '*.id'}}\n";
	AUTO(placefile) struct placefile p;
	const struct pick *k;
	struct err e;

	(void)state;
	placefile_init(&p);
	assert_ok(placefile_add(&p, "x.yaml", STR(text), &e), &e);
	k = p.rows.v[0].place.picks;
	assert_non_null(k);
	assert_string_equal(k[0].secret, "hosts.*.token");
	assert_string_equal(k[0].name, "token for {*}");
	assert_string_equal(k[0].scheme, "=https");
	assert_string_equal(k[0].host, "{*}");
	assert_string_equal(k[0].user, "hosts.*.user");
	assert_null(k[0].id);
	assert_int_equal(k[0].kind, ID_API_KEY);
	assert_string_equal(k[1].id_prefix, "aws");
	assert_string_equal(k[1].id, "*.id");
	assert_int_equal(k[1].kind, ID_TOKEN);
	assert_null(k[2].secret);
}

static void
placefile_add__names_file_line_and_cause_of_what_it_refuses(void **state)
{
	static const struct {
		const char *text, *want;
	} t[] = {
		{ "- a\n", "x.yaml:1: a place is a mapping" },
		{ "id: a.b\nowner: me\n", "x.yaml:2: a place has no 'owner'" },
		{ "id: a.b\nid: a.c\n", "x.yaml:2: 'id' for the second time" },
		{ "id: a.b\nrow: [1]\n", "x.yaml:2: 'row' wants a text" },
		{ "id: a.b\nrow:\n", "wants a text" },
		{ "id: a.b\n", "x.yaml:1: this place wants 'row'" },
		{ HEAD "files: x\n", "x.yaml:7: files is a list" },
		{ HEAD "files: [[x]]\n", "files is a list of globs" },
		{ HEAD "files: [/etc/x]\n", "begins with a slash" },
		{ HEAD "files: [etc/]\n", "ends with a slash" },
		{ HEAD "files: [etc//x]\n", "has an empty component" },
		{ HEAD "files: [etc/../x]\n", "has a component of dots" },
		{ HEAD "files: [etc/a**]\n", "has a **" },
		{ HEAD "files: [etc/~/a]\n", "has a ~" },
		{ HEAD "files: ['etc/[ab]']\n", "has a bracket" },
		{ HEAD "files: ['']\n", "names nothing" },
		{ HEAD "kind: wizard\n", "x.yaml:1: no kind 'wizard'" },
		{ HEAD "pick: x\n", "x.yaml:7: pick is a list" },
		{ HEAD "pick: [x]\n", "a pick is a mapping" },
		{ HEAD "pick: [{name: x}]\n", "a pick wants 'secret'" },
		{ HEAD "pick: [{secrets: x}]\n", "a pick has no 'secrets'" },
		{ HEAD "pick: [{secret: []}]\n", "'secret' wants a text" },
		{ HEAD "pick: [{secret: a, kind: elf}]\n", "no kind 'elf'" },
		{ HEAD "pick: [{secret: a, login: x}]\n",
		    "'login' is a mapping" },
		{ HEAD "pick: [{secret: a, login: {secret: x}}]\n",
		    "a pick has no 'secret'" },
		{ HEAD "pick: [{secret: a, id: {from: b}}]\n",
		    "wants 'prefix'" },
		{ "id: A.b\n", "this place wants 'row'" },
		{ "id: &x a.b\nrow: *x\n", "x.yaml:2: aliases" },
		{ "id: [a\nrow: }\n", "x.yaml:" },
		{ "id: \"a\\0b\"\n", "a zero byte" },
	};
	struct err e;
	size_t i;

	(void)state;
	for (i = 0; i < MU_COUNT(t); i++) {
		AUTO(placefile) struct placefile p;

		placefile_init(&p);
		e = (struct err){ 0 };
		if (placefile_add(&p, "x.yaml", str_from(t[i].text), &e) !=
			MU_EFORMAT ||
		    strstr(e.text, t[i].want) == NULL)
			fail_msg("%zu: '%s', want '%s'", i, e.text, t[i].want);
		assert_int_equal(p.rows.n, 0);
	}
}

static void
placefile_add__refuses_rights_and_ids_that_are_none(void **state)
{
	AUTO(placefile) struct placefile p;
	struct err e;

	(void)state;
	placefile_init(&p);
	assert_int_equal(placefile_add(&p, "x",
			     STR("id: a.b\nrow: B\ntitle: T\nsees: S\nrights: "
				 "all\n"
				 "decoder: d\n"),
			     &e),
	    MU_EFORMAT);
	assert_string_equal(e.text, "x:1: rights are any, owner or root");
	assert_int_equal(placefile_add(&p, "x",
			     STR("id: Upper.b\nrow: B\ntitle: T\nsees: "
				 "S\nrights: any\n"
				 "decoder: d\n"),
			     &e),
	    MU_EFORMAT);
	assert_int_equal(placefile_add(&p, "x",
			     STR("id: nodot\nrow: B\ntitle: T\nsees: "
				 "S\nrights: any\n"
				 "decoder: d\n"),
			     &e),
	    MU_EFORMAT);
}

/* Nine levels of nine references each: 387 million nodes when resolved. */
static void
placefile_add__is_not_blown_up_by_a_bomb_of_aliases(void **state)
{
	AUTO(placefile) struct placefile p;
	AUTO(buf) struct buf b;
	struct err e;
	int i, k;

	(void)state;
	placefile_init(&p);
	buf_init(&b, 65536);
	buf_adds(&b, "id: &a0 [x]\n");
	for (i = 1; i < 10; i++) {
		buf_addf(&b, "row%d: &a%d [", i, i);
		for (k = 0; k < 9; k++)
			buf_addf(&b, "%s*a%d", k > 0 ? "," : "", i - 1);
		buf_adds(&b, "]\n");
	}
	assert_int_equal(placefile_add(&p, "bomb", buf_str(&b), &e),
	    MU_EFORMAT);
}

static void
placefile_add__has_a_budget_of_globs_and_places(void **state)
{
	AUTO(placefile) struct placefile p;
	AUTO(buf) struct buf b;
	struct err e;
	int i;

	(void)state;
	placefile_init(&p);
	buf_init(&b, PLACEFILE_BYTES_MAX);
	buf_adds(&b, HEAD "files:\n");
	for (i = 0; i <= PLACE_GLOBS_MAX; i++)
		buf_addf(&b, "- g%d\n", i);
	assert_int_equal(placefile_add(&p, "x", buf_str(&b), &e), MU_ELIMIT);
	buf_reset(&b);
	for (i = 0; i <= PLACEFILE_PLACES_MAX; i++)
		buf_addf(&b,
		    "---\nid: a.b%d\nrow: B\ntitle: T\nsees: S\n"
		    "rights: any\ndecoder: d\n",
		    i);
	assert_int_equal(placefile_add(&p, "x", buf_str(&b), &e), MU_ELIMIT);
	assert_int_equal(p.rows.n, 0);
}

static void
placefile_sort__refuses_one_id_twice(void **state)
{
	AUTO(placefile) struct placefile p;
	struct err e;

	(void)state;
	placefile_init(&p);
	assert_ok(placefile_add(&p, "one.yaml", STR(PLACE("a.b")), &e), &e);
	assert_ok(placefile_add(&p, "two.yaml", STR(PLACE("a.b")), &e), &e);
	assert_int_equal(placefile_sort(&p, &e), MU_EFORMAT);
	assert_non_null(strstr(e.text, "'a.b'"));
	assert_non_null(strstr(e.text, "one.yaml"));
	assert_non_null(strstr(e.text, "two.yaml"));
}

static void
placefile_check__refuses_a_decoder_that_is_not_there(void **state)
{
	AUTO(placefile) struct placefile p;
	struct err e;

	(void)state;
	placefile_init(&p);
	assert_ok(placefile_add(&p, "x", STR(PLACE("a.b")), &e), &e);
	assert_int_equal(placefile_check(&p, &e), MU_EFORMAT);
	assert_string_equal(e.text, "x:1: no decoder 'keys'");
}

static void
placefile_dir__reads_what_is_ours_alone(void **state)
{
	AUTO(placefile) struct placefile p;
	char dir[] = "/tmp/muster-places-XXXXXX", path[64];
	struct err e;

	(void)state;
	placefile_init(&p);
	assert_ok(placefile_dir(&p, "/nonexistent/places.d", &e), &e);
	assert_non_null(mkdtemp(dir));
	(void)snprintf(path, sizeof(path), "%s/a.yaml", dir);
	assert_ok(fd_write_file(path, STR(PLACE("a.b")), 0600, &e), &e);
	assert_ok(placefile_dir(&p, dir, &e), &e);
	assert_int_equal(p.rows.n, 1);
	assert_int_equal(chmod(path, 0622), 0);
	assert_int_equal(placefile_dir(&p, dir, &e), MU_EDENIED);
	assert_non_null(strstr(e.text, "a.yaml"));
	assert_int_equal(unlink(path), 0);
	assert_int_equal(chmod(dir, 0777), 0);
	assert_int_equal(placefile_dir(&p, dir, &e), MU_EDENIED);
	assert_int_equal(rmdir(dir), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(placefile_add__reads_rules_with_their_logins_and_ids),
		TEST(placefile_add__reads_every_document_of_a_file),
		TEST(
		    placefile_add__names_file_line_and_cause_of_what_it_refuses),
		TEST(placefile_add__refuses_rights_and_ids_that_are_none),
		TEST(placefile_add__is_not_blown_up_by_a_bomb_of_aliases),
		TEST(placefile_add__has_a_budget_of_globs_and_places),
		TEST(placefile_sort__refuses_one_id_twice),
		TEST(placefile_check__refuses_a_decoder_that_is_not_there),
		TEST(placefile_dir__reads_what_is_ours_alone),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
