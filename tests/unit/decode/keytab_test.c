#include "decode/keytab.h"

#include "ssh.h"

static struct ssh_run *
keytab_run(const char *name, int want)
{
	AUTO(buf) struct buf bytes = { 0 };
	char path[64];
	struct ssh_run *t;

	(void)snprintf(path, sizeof(path), "keytab/%s", name);
	ssh_case(&bytes, path);
	t = ssh_new(buf_str(&bytes), "etc/krb5.keytab");
	t->in.fp_key = STR("0123456789abcdef0123456789abcdef");
	if (decode_keytab.read(&t->in, &t->e) != want)
		fail_msg("%s: not %d: %s", name, want, t->e.text);
	return t;
}

static size_t
keytab_count(const struct ssh_run *t, const char *what)
{
	struct str rest = buf_str(&t->out), line;
	size_t n = 0;

	while (str_line(&rest, &line))
		n += str_find(line, str_from(what)) != SIZE_MAX;
	return n;
}

/* One line of klist -kte: number, day, hour, principal, (encryption). */
static void
keytab_agrees(const struct ssh_run *t, struct str line)
{
	char name[128], number[64], made[64];
	struct clock_utc u = { 0 };
	struct str w[5], type;
	unsigned d[6] = { 0 };
	size_t i;

	for (i = 0; i < MU_COUNT(w); i++)
		assert_true(str_word(&line, &w[i]));
	assert_int_equal(sscanf(w[1].p, "%u/%u/%u %u:%u:%u", &d[1], &d[2],
			     &d[0], &d[3], &d[4], &d[5]),
	    6);
	u = (struct clock_utc){ 2000 + (int64_t)d[0], d[1], d[2], d[3], d[4],
		d[5] };
	type = str_head(str_skip(w[4], 1), w[4].n - 2);
	if (str_starts(type, STR("DEPRECATED:")))
		type = str_skip(type, strlen("DEPRECATED:"));
	(void)snprintf(name, sizeof(name), "\"name\":\"" STR_FMT "\"",
	    STR_ARG(w[3]));
	(void)snprintf(number, sizeof(number),
	    "key number " STR_FMT ", " STR_FMT "\"", STR_ARG(w[0]),
	    STR_ARG(type));
	(void)snprintf(made, sizeof(made),
	    "\"created\":{\"at\":%lld,\"by\":\"in_band\"}",
	    (long long)clock_join(&u));
	assert_line(t, "\"type\":\"identity\"", name);
	assert_line(t, "\"type\":\"sighting\"", "\"role\":\"private\"", number);
	assert_line(t, "\"type\":\"credential\"", made);
}

static void
decode_keytab__lists_what_klist_lists(void **state)
{
	AUTO(buf) struct buf text = { 0 };
	struct ssh_run *t = NULL;
	struct str rest, line;
	char name[64];
	size_t n = 0, all = 0;

	(void)state;
	ssh_case(&text, "keytab/want.txt");
	for (rest = buf_str(&text); str_line(&rest, &line);) {
		if (!str_starts(line, STR("= "))) {
			keytab_agrees(t, line);
			n++;
			all++;
			continue;
		}
		if (t != NULL) {
			assert_int_equal(keytab_count(t, "credential\",\"key"),
			    n);
			ssh_free(t);
		}
		n = 0;
		(void)snprintf(name, sizeof(name), STR_FMT ".keytab",
		    STR_ARG(str_skip(line, 2)));
		t = keytab_run(name, MU_OK);
	}
	assert_int_equal(all, 12);
	assert_int_equal(keytab_count(t, "\"type\":\"credential\""), 1);
	ssh_free(t);
}

static void
decode_keytab__reads_version_1_of_either_order(void **state)
{
	struct ssh_run *a = keytab_run("old-little.keytab", MU_OK);
	struct ssh_run *b = keytab_run("old-big.keytab", MU_OK);

	(void)state;
	assert_true(str_eq(buf_str(&a->out), buf_str(&b->out)));
	assert_true(a->out.n != 0);
	ssh_free(a);
	ssh_free(b);
}

static void
decode_keytab__says_what_a_key_is_worth(void **state)
{
	struct ssh_run *t = keytab_run("mit.keytab", MU_OK);

	(void)state;
	assert_line(t,
	    "\"key\":\"login:kerberos://krbtgt/EXAMPLE.COM@example.com\"",
	    "\"kind\":\"service_account\"", "\"privileged\":\"yes\"");
	assert_int_equal(keytab_count(t, "\"privileged\""), 1);
	assert_line(t, "\"alg\":\"arcfour-hmac\"", "\"bits\":128");
	assert_line(t, "\"alg\":\"aes256-cts-hmac-sha384-192\"", "\"bits\":256",
	    "\"length\":32");
	/* Two encryptions of one number are two keys of one account. */
	assert_int_equal(keytab_count(t,
			     "\"identity\":\"login:kerberos://host/web1"),
	    2);
	ssh_free(t);
}

static void
decode_keytab__says_that_a_table_is_cut(void **state)
{
	struct ssh_run *t = keytab_run("cut.keytab", MU_EFORMAT);

	(void)state;
	assert_int_equal(keytab_count(t, "\"type\":\"credential\""), 1);
	ssh_free(t);
	t = keytab_run("empty.keytab", MU_OK);
	assert_int_equal(t->out.n, 0);
	ssh_free(t);
}

static void
decode_keytab__survives_each_flipped_byte(void **state)
{
	AUTO(buf) struct buf bytes = { 0 };
	size_t i;

	(void)state;
	ssh_case(&bytes, "keytab/mit.keytab");
	for (i = 0; i < bytes.n; i++) {
		struct ssh_run *t = ssh_new(buf_str(&bytes), "x.keytab");

		t->in.fp_key = STR("k");
		t->text.p[i] ^= 0x55;
		if (decode_keytab.read(&t->in, &t->e) < 0)
			assert_true(t->e.text[0] != '\0');
		ssh_free(t);
	}
}

static void
decode_keytab__sniffs_no_other(void **state)
{
	static const struct {
		const char *name;
		bool is;
	} t[] = {
		{ "keytab/mit.keytab", true },
		{ "keytab/hole.keytab", true },
		{ "keytab/old-big.keytab", true },
		{ "keytab/old-little.keytab", true },
		{ "keytab/near.bin", false },
		{ "keytab/empty.keytab", false },
		{ "keytab/want.txt", false },
	};
	size_t i;

	(void)state;
	for (i = 0; i < MU_COUNT(t); i++) {
		AUTO(buf) struct buf b = { 0 };

		ssh_case(&b, t[i].name);
		if (decode_keytab.sniff(buf_str(&b)) != t[i].is)
			fail_msg("%s", t[i].name);
	}
	assert_ptr_equal(decode_find(STR("keytab")), &decode_keytab);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(decode_keytab__lists_what_klist_lists),
		TEST(decode_keytab__reads_version_1_of_either_order),
		TEST(decode_keytab__says_what_a_key_is_worth),
		TEST(decode_keytab__says_that_a_table_is_cut),
		TEST(decode_keytab__survives_each_flipped_byte),
		TEST(decode_keytab__sniffs_no_other),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
