#include "decode/renewal.h"

#include "seen.h"

/* The key that openssl gave the certificate ${name} of the cases. */
static void
renewal_key(struct seen *s, const char *name, char out[80])
{
	struct str rest = seen_case(s, "renewal/want.txt"), line, word;

	while (str_line(&rest, &line))
		if (str_word(&line, &word) && str_eq(word, str_from(name))) {
			line = str_trim(line);
			(void)snprintf(out, 80, STR_FMT, STR_ARG(line));
			return;
		}
	fail_msg("want.txt has no %s", name);
}

/* The case ${name} as the file ${path} of the same root. */
static void
renewal_other(struct seen *s, size_t i, const char *name, const char *path)
{
	struct str bytes = seen_case(s, name), kept;

	assert_ok(arena_str(s->job, bytes, &kept, &s->e), &s->e);
	s->tree[i] = (struct seen_file){ path, kept.p };
}

/* One certificate: what renews it, and who is told to own it. */
struct renewal_case {
	const char *file, *path, *want, *purpose, *owner;
	const char *detail;
};

static void
renewal_is(struct seen *s, const struct renewal_case *c)
{
	char key[80], line[256];

	renewal_key(s, c->want, key);
	s->file.path = str_from(c->path);
	assert_ok(seen_read(s, &decode_renewal, seen_case(s, c->file)), &s->e);
	assert_count(s, "\"type\":\"identity\"", 1);
	assert_count(s, "\"type\":\"sighting\"", 1);
	assert_count(s, "\"role\":\"stored\"", 1);
	assert_count(s, key, 1);
	(void)snprintf(line, sizeof(line), "\"purpose\":\"%s\"", c->purpose);
	assert_count(s, line, 1);
	(void)snprintf(line, sizeof(line), "\"owner\":\"%s\"", c->owner);
	assert_count(s, line, c->owner[0] != '\0');
	(void)snprintf(line, sizeof(line), "\"detail\":\"%s\"", c->detail);
	assert_count(s, line, 1);
}

static void
renewal_init(struct seen *s)
{

	seen_init(s, "root:x:0:0::/root:/bin/sh\n", NULL, "");
}

static void
decode_renewal__names_certbot_and_its_account(void **state)
{
	static const struct renewal_case c = { "renewal/certbot.conf",
		"etc/letsencrypt/renewal/www.example.com.conf", "certbot.pem",
		"renewed by certbot", "", "renewed by certbot, webroot" };
	struct renewal_case told = c;
	struct seen s;

	(void)state;
	renewal_init(&s);
	renewal_other(&s, 0, "renewal/certbot.pem",
	    "etc/letsencrypt/live/www.example.com/cert.pem");
	renewal_other(&s, 1, "renewal/certbot-regr.json",
	    "etc/letsencrypt/accounts/acme.example.net/directory/"
	    "528e1cc528c6285fd4bebae014693621/regr.json");
	renewal_is(&s, &c);
	/* As certbot wrote it before 1.0. */
	s.tree[1].bytes = "{\"body\":{\"contact\":[\"mailto:pki@example.com\"]"
			  "},\"uri\":\"x\"}";
	told.owner = "pki@example.com";
	renewal_is(&s, &told);
	seen_free(&s);
}

static void
decode_renewal__names_lego_and_caddy(void **state)
{
	static const struct renewal_case lego = { "renewal/lego.json",
		"etc/lego/certificates/shop.example.com.json", "lego.pem",
		"renewed by lego", "ops@example.com", "renewed by lego" };
	static const struct renewal_case caddy = { "renewal/caddy.json",
		"var/lib/caddy/certificates/acme.example.net-directory/"
		"files.example.com/files.example.com.json",
		"caddy.pem", "renewed by Caddy", "web@example.com",
		"renewed by Caddy" };
	struct seen s;

	(void)state;
	renewal_init(&s);
	s.tree[0] = (struct seen_file){
		"etc/lego/accounts/acme.example.net/ops@example.com/"
		"account.json",
		"{}"
	};
	renewal_other(&s, 1, "renewal/lego.pem",
	    "etc/lego/certificates/shop.example.com.crt");
	s.tree[2] = (struct seen_file){
		"var/lib/caddy/acme/acme.example.net-directory/users/"
		"web@example.com/web.json",
		"{}"
	};
	renewal_other(&s, 3, "renewal/caddy.pem",
	    "var/lib/caddy/certificates/acme.example.net-directory/"
	    "files.example.com/files.example.com.crt");
	renewal_is(&s, &lego);
	renewal_is(&s, &caddy);
	seen_free(&s);
}

static void
decode_renewal__names_acme_sh_and_finds_its_tokens(void **state)
{
	static const struct renewal_case c = { "renewal/acmesh.conf",
		"root/.acme.sh/api.example.com_ecc/api.example.com.conf",
		"lego.pem", "renewed by acme.sh", "hostmaster@example.com",
		"renewed by acme.sh, dns_cf" };
	struct seen s;

	(void)state;
	renewal_init(&s);
	renewal_other(&s, 0, "renewal/acmesh-account.conf",
	    "root/.acme.sh/account.conf");
	renewal_other(&s, 1, "renewal/lego.pem",
	    "root/.acme.sh/api.example.com_ecc/api.example.com.cer");
	renewal_is(&s, &c);
	s.file.path = STR("root/.acme.sh/account.conf");
	assert_ok(seen_read(&s, &decode_renewal,
		      seen_case(&s, "renewal/acmesh-account.conf")),
	    &s.e);
	assert_count(&s, "\"type\":\"identity\"", 2);
	assert_count(&s, "\"kind\":\"api_key\"", 2);
	assert_count(&s, "\"name\":\"CF_Token of acme.sh\"", 1);
	assert_count(&s, "\"name\":\"OVH_AS of acme.sh\"", 1);
	/* What stood in base64 is measured without it. */
	assert_count(&s, "\"length\":21", 1);
	assert_count(&s, "7Qm2rT0pLx9s", 0);
	assert_count(&s, "b3ZoLXNl", 0);
	seen_free(&s);
}

static void
decode_renewal__says_nothing_of_what_is_not_there(void **state)
{
	static const struct {
		const char *name, *path;
	} t[] = {
		{ "renewal/certbot.conf", "etc/letsencrypt/renewal/x.conf" },
		{ "renewal/lego.json", "etc/lego/certificates/x.json" },
		{ "renewal/caddy.json", "x.json" },
		{ "renewal/acmesh.conf", "root/.acme.sh/x/x.conf" },
		{ "renewal/odd.conf", "root/.acme.sh/x/x.conf" },
		{ "renewal/certbot-regr.json", "srv/x.json" },
	};
	struct seen s;
	size_t i;

	(void)state;
	renewal_init(&s);
	for (i = 0; i < MU_COUNT(t); i++) {
		s.file.path = str_from(t[i].path);
		assert_ok(seen_read(&s, &decode_renewal,
			      seen_case(&s, t[i].name)),
		    &s.e);
		assert_count(&s, "renewed by", 0);
	}
	assert_int_equal(seen_read(&s, &decode_renewal, STR("{\"sans\":")),
	    MU_EFORMAT);
	seen_free(&s);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(decode_renewal__names_certbot_and_its_account),
		TEST(decode_renewal__names_lego_and_caddy),
		TEST(decode_renewal__names_acme_sh_and_finds_its_tokens),
		TEST(decode_renewal__says_nothing_of_what_is_not_there),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
