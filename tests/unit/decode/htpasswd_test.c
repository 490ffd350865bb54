/*
 * Password files: lines as htpasswd(1) and htdigest(1) of apache2-utils 2.4.71
 * wrote them.
 */

#include "decode/htpasswd.h"

#include "seen.h"

static void
start(struct seen *s)
{

	seen_init(s, "root:x:0:0:::/bin/sh\n", NULL, "");
	s->place = STR("web.htpasswd");
	s->file.path = STR("etc/nginx/htpasswd");
}

static void
htpasswd__tells_each_user_and_the_method_of_the_hash(void **state)
{
	static const char *const method[] = { "apr1", "bcrypt", "sha1",
		"sha256crypt", "sha512crypt", "descrypt", "digest-md5" };
	char want[64];
	struct seen s;
	size_t i;

	(void)state;
	start(&s);
	assert_ok(seen_read(&s, &decode_htpasswd,
		      seen_case(&s, "htpasswd/users")),
	    &s.e);
	assert_record(&s,
	    "{\"type\":\"identity\",\"key\":\"login:htpasswd://ada@host:name:"
	    "box/etc/nginx/htpasswd\",\"kind\":\"service_account\",\"name\":"
	    "\"ada, web login of etc/nginx/htpasswd\",\"asset\":"
	    "\"host:name:box\"}");
	assert_record(&s,
	    "{\"type\":\"credential\",\"key\":\"login:htpasswd://ada@host:name:"
	    "box/etc/nginx/htpasswd#password\",\"identity\":\"login:htpasswd://"
	    "ada@host:name:box/etc/nginx/htpasswd\",\"kind\":\"password\","
	    "\"hash\":\"apr1\"}");
	for (i = 0; i < MU_COUNT(method); i++) {
		(void)snprintf(want, sizeof(want), "\"hash\":\"%s\"",
		    method[i]);
		assert_count(&s, want, 1);
	}
	assert_count(&s, "\"role\":\"stored\"", MU_COUNT(method));
	assert_count(&s, "\"type\":\"gap\"", 0);
	seen_free(&s);
}

/* htpasswd -p, and nginx's own word for it. */
static void
htpasswd__a_password_that_nothing_hides_is_never_told(void **state)
{
	struct seen s;

	(void)state;
	start(&s);
	assert_ok(seen_read(&s, &decode_htpasswd,
		      STR("ada:{PLAIN}Tr0ub4dor&3\nbob:bob\neve:letmein:x\n")),
	    &s.e);
	assert_count(&s, "\"hash\":\"plain\"", 3);
	assert_count(&s, "\"weak\":\"same_as_user\"", 1);
	assert_count(&s, "\"weak\":\"common\"", 1);
	assert_count(&s, "\"length\":11", 1);
	assert_count(&s, "Tr0ub", 0);
	assert_count(&s, "letmein", 0);
	seen_free(&s);
}

static void
htpasswd__bad_lines_are_gaps(void **state)
{
	struct seen s;

	(void)state;
	start(&s);
	assert_ok(seen_read(&s, &decode_htpasswd,
		      STR("nobody\n:x\n\xff:y\n# comment\n\noff:\n")),
	    &s.e);
	assert_count(&s, "\"type\":\"gap\"", 3);
	assert_count(&s, "\"type\":", 3);
	seen_free(&s);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    htpasswd__tells_each_user_and_the_method_of_the_hash),
		cmocka_unit_test(
		    htpasswd__a_password_that_nothing_hides_is_never_told),
		cmocka_unit_test(htpasswd__bad_lines_are_gaps),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
