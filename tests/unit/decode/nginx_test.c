/*
 * nginx's configuration by the manual of its modules; that a real nginx serves
 * what is said here is the matter of tests/cli/18-web.sh.
 */

#include "decode/nginx.h"

#include "web.h"

#define UNIT "\"unit:host:name:box:nginx.service\""

static void
start(struct web_test *t)
{

	web_test_start(t, "web.nginx", "etc/nginx/nginx.conf");
	web_cert(t, "etc/nginx/tls/server.pem", "server");
	web_cert(t, "etc/ssl/both.pem", "both");
	web_cert(t, "etc/ssl/client.pem", "client");
	web_cert(t, "etc/ssl/root.pem", "chainroot");
}

static void
in(struct web_test *t, const char *text)
{

	assert_ok(seen_read(&t->s, &decode_nginx, str_from(text)), &t->s.e);
}

static void
nginx__says_which_certificate_serves_which_names(void **state)
{
	struct web_test t;

	(void)state;
	start(&t);
	in(&t, "user www-data;\nhttp {\n server {\n  listen 443 ssl;\n"
	       "  listen [::]:8443 ssl;\n"
	       "  ssl_certificate tls/server.pem;\n"
	       "  ssl_certificate '/etc/ssl/both.pem'; # RSA and ECDSA\n"
	       "  server_name www.example.org example.org;\n }\n}\n");
	assert_has(&t, SERVER, "\"role\":\"in_use\"",
	    "\"locator\":\"etc/nginx/nginx.conf:6\"");
	assert_has(&t, SERVER, "\"place\":\"web.nginx\"",
	    "\"detail\":\"nginx serves example.org, www.example.org on 443, "
	    "8443\"");
	assert_has(&t, BOTH, "\"role\":\"in_use\"",
	    "\"locator\":\"etc/nginx/nginx.conf:7\"");
	assert_has(&t, "\"kind\":\"workload\"", UNIT, "nginx.service");
	assert_has(&t, "\"kind\":\"runs_as\"", UNIT,
	    "account:host:name:box:www-data");
	assert_has(&t, "\"kind\":\"consumed_by\",\"src\":\"tls:", UNIT,
	    "\"evidence\":\"etc/nginx/nginx.conf:6\"");
	assert_count(&t.s, "\"consumed_by\"", 2);
	assert_count(&t.s, "\"type\":\"gap\"", 0);
	seen_free(&t.s);
}

static void
nginx__a_certificate_of_the_block_is_for_servers_without_one(void **state)
{
	struct web_test t;

	(void)state;
	start(&t);
	in(&t, "http {\n"
	       " server { listen 443 ssl; server_name own.example.org;\n"
	       "  ssl_certificate tls/server.pem; }\n"
	       " server { listen 443 ssl; server_name b.example.org; }\n"
	       " server { listen 443; server_name a.example.org; }\n"
	       " server { listen 80; server_name plain.example.org; }\n"
	       " ssl_certificate /etc/ssl/both.pem;\n"
	       "}\n");
	/* By the address: nginx takes a.example.org's connections with TLS. */
	assert_has(&t, BOTH, "nginx.conf:7",
	    "\"nginx serves a.example.org, b.example.org on 443\"");
	assert_has(&t, SERVER, "nginx.conf:3",
	    "\"nginx serves own.example.org on 443\"");
	assert_count(&t.s, "plain.example.org", 0);
	seen_free(&t.s);
}

static void
nginx__what_is_not_served_is_not_in_use(void **state)
{
	struct web_test t;

	(void)state;
	start(&t);
	in(&t, "http {\n"
	       " server { listen 8080; ssl_certificate tls/server.pem; }\n"
	       " #server { listen 443 ssl; ssl_certificate /etc/ssl/both.pem; "
	       "}\n"
	       " map $host $x { ssl_certificate /etc/ssl/both.pem; }\n"
	       "}\n"
	       "ssl_certificate /etc/ssl/client.pem;\n"
	       "types { server { listen 443 ssl; "
	       "ssl_certificate /etc/ssl/both.pem; } }\n");
	assert_count(&t.s, "\"type\":", 0);
	seen_free(&t.s);
}

static void
nginx__follows_includes(void **state)
{
	struct web_test t;

	(void)state;
	start(&t);
	web_file(&t, "etc/nginx/sites/.hidden", "}");
	web_file(&t, "etc/nginx/sites/a",
	    "server { listen 443 ssl; include snip.conf; server_name "
	    "a.example.org; }");
	web_file(&t, "etc/nginx/sites/b",
	    "server {\nlisten 443 ssl;\ninclude snip.conf;\n}");
	web_file(&t, "etc/nginx/snip.conf",
	    "\nssl_certificate tls/server.pem;");
	in(&t, "http { include /etc/nginx/sites/*; include none/*.conf; }");
	assert_has(&t, SERVER, "\"locator\":\"etc/nginx/snip.conf:2\"",
	    "\"nginx serves a.example.org, any other name on 443\"");
	assert_count(&t.s, "\"type\":\"sighting\"", 1);
	assert_count(&t.s, "\"type\":\"gap\"", 0);
	seen_free(&t.s);
}

static void
nginx__what_is_missing_or_denied_is_a_gap(void **state)
{
	struct web_test t;

	(void)state;
	start(&t);
	web_file(&t, "etc/ssl/closed.pem", NULL);
	web_file(&t, "etc/ssl/empty.pem", "");
	in(&t, "http { server { listen 443 ssl; server_name x.example.org;\n"
	       "ssl_certificate tls/gone.pem;\n"
	       "ssl_certificate /etc/ssl/closed.pem;\n"
	       "ssl_certificate /etc/ssl/empty.pem;\n"
	       "ssl_certificate $certificate;\n"
	       "ssl_certificate data:$pem;\n"
	       "include gone.conf; } }");
	assert_has(&t, "\"vanished\"", "nginx.conf:2",
	    "etc/nginx/tls/gone.pem is not there; nginx serves x.example.org");
	assert_has(&t, "\"denied\"", "nginx.conf:3", "closed.pem");
	assert_has(&t, "\"malformed\"", "nginx.conf:4", "no certificate");
	assert_has(&t, "\"unsupported\"", "nginx.conf:5", "for each");
	assert_has(&t, "\"unsupported\"", "nginx.conf:6", "for each");
	assert_has(&t, "\"vanished\"", "nginx.conf:7", "gone.conf");
	assert_count(&t.s, "\"in_use\"", 0);
	seen_free(&t.s);
}

static void
nginx__tells_clients_and_anchors(void **state)
{
	struct web_test t;

	(void)state;
	start(&t);
	in(&t, "http { proxy_ssl_certificate /etc/ssl/both.pem;\n"
	       "server { listen 80; server_name x.example.org;\n"
	       "ssl_client_certificate /etc/ssl/root.pem;\n"
	       "location / { if ($a) {\n"
	       "proxy_ssl_certificate /etc/ssl/client.pem; } } } }");
	assert_has(&t, BOTH, "\"role\":\"in_use\"",
	    "\"nginx signs in with it at other servers\"");
	assert_has(&t, CLIENT, "\"role\":\"in_use\"",
	    "\"nginx signs in with it at other servers, for x.example.org\"");
	assert_has(&t, ROOT, "\"role\":\"trusted\"",
	    "\"nginx checks others with it, for x.example.org\"");
	assert_count(&t.s, "\"consumed_by\"", 2);
	seen_free(&t.s);
}

static void
nginx__tells_secrets_without_their_values(void **state)
{
	struct web_test t;

	(void)state;
	start(&t);
	web_file(&t, "etc/nginx/pass", "hunter22hunter\n");
	in(&t, "http { ssl_password_file pass; server {\n"
	       "proxy_set_header Authorization \"Basic "
	       "YWRhOmh1bnRlcjIyaHVudGVy\";\n"
	       "proxy_set_header X-Api-Key s3cr3tpw99;\n"
	       "proxy_set_header Authorization $http_authorization;\n"
	       "proxy_set_header Authorization \"Bearer $token\";\n"
	       "proxy_set_header Host www.example.org;\n"
	       "location / { proxy_pass https://bob:s3cr3tpw99@back:8/; } } }");
	assert_has(&t, "\"credential\":\"secret:" HUNTER "\"", "nginx.conf:2",
	    "\"private\"");
	assert_has(&t, "\"credential\":\"secret:" HUNTER "\"",
	    "etc/nginx/pass:1", "passphrase");
	assert_has(&t, "\"credential\":\"secret:" BOBS "\"", "nginx.conf:3",
	    "X-Api-Key");
	assert_has(&t, "\"credential\":\"secret:" BOBS "\"", "nginx.conf:7",
	    "proxy_pass");
	assert_has(&t, "\"consumed_by\"", "login:https://bob@back:8", UNIT);
	assert_count(&t.s, "\"role\":\"private\"", 4);
	assert_count(&t.s, "hunter22", 0);
	assert_count(&t.s, "s3cr3t", 0);
	assert_count(&t.s, "YWRh", 0);
	seen_free(&t.s);
}

static void
nginx__tells_whom_a_password_file_lets_in(void **state)
{
	struct web_test t;

	(void)state;
	start(&t);
	web_file(&t, "etc/nginx/users", "ada:$apr1$a$b\n#x:y\nbob:{SHA}x=\n");
	in(&t, "http { server { location / { auth_basic_user_file users; }\n"
	       "location /b { auth_basic_user_file users; } } }");
	assert_has(&t, "\"type\":\"grant\"",
	    "login:htpasswd://ada@host:name:box/etc/nginx/users", UNIT);
	assert_has(&t, "\"stored\"", "etc/nginx/users:3",
	    "\"place\":\"web.htpasswd\"");
	assert_count(&t.s, "\"type\":\"grant\"", 2);
	seen_free(&t.s);
}

/* The unit and the configuration of a package stay what they are. */
static void
nginx__a_package_s_own_files_stay_context(void **state)
{
	struct web_test t;

	(void)state;
	start(&t);
	t.s.file.context = STR("package:nginx-common");
	t.s.others[4] = t.s.file;
	web_file(&t, "lib/systemd/system/nginx.service", "[Service]");
	web_file(&t, "etc/nginx/x", "ssl_certificate /etc/ssl/both.pem;");
	in(&t, "http { server { listen 443 ssl; ssl_certificate "
	       "tls/server.pem; include x; } }");
	assert_has(&t, "\"workload\"", "\"context\":\"package:nginx-common\"",
	    "nginx.service");
	assert_has(&t, SERVER, "\"in_use\"",
	    "\"context\":\"package:nginx-common\"");
	seen_free(&t.s);
}

static void
nginx__stops_where_it_cannot_follow(void **state)
{
	static const struct {
		const char *text, *reason, *words;
	} c[] = {
		{ "http { \"never", "malformed", "a quote is not closed" },
		{ "http { server_name \"a\"b; }", "malformed",
		    "within a word" },
		{ "http { ", "malformed", "ends within a block" },
		{ "http", "malformed", "ends within a block" },
		{ "}", "malformed", "a sign stands" },
		{ "; {", "malformed", "a sign stands" },
		{ "x_by_lua_block { '}' -- }\n", "malformed", "not closed" },
	};
	struct web_test t;
	size_t i;

	(void)state;
	start(&t);
	for (i = 0; i < MU_COUNT(c); i++) {
		in(&t, c[i].text);
		assert_has(&t, "\"type\":\"gap\"", c[i].reason, c[i].words);
		assert_count(&t.s, "\"type\":", 1);
	}
	in(&t, "http { server { listen 443 ssl; ssl_certificate "
	       "tls/server.pem; location / { content_by_lua_block { x = "
	       "\"}\" --[[ } ]] if { a } } } ");
	assert_count(&t.s, "\"in_use\"", 1);
	seen_free(&t.s);
}

/* Text that would grow without end is cut, and said to be. */
static void
nginx__has_limits(void **state)
{
	struct web_test t;
	struct buf b = { 0 };
	size_t i;

	(void)state;
	start(&t);
	web_file(&t, "etc/nginx/self", "include self; include self;");
	in(&t, "include self;");
	assert_has(&t, "\"limit\"", "etc/nginx/self:1", "16 deep");
	assert_true(seen_count(&t.s, "\"type\":\"gap\"") <= 51);
	buf_init(&b, 1 << 20);
	for (i = 0; i < 100; i++)
		buf_adds(&b, "http { ");
	assert_ok(seen_read(&t.s, &decode_nginx, buf_str(&b)), &t.s.e);
	assert_has(&t, "\"limit\"", "nginx.conf:1", "64 deep");
	buf_reset(&b);
	for (i = 0; i < 10000; i++)
		buf_adds(&b, "include x.conf;\n");
	assert_ok(seen_read(&t.s, &decode_nginx, buf_str(&b)), &t.s.e);
	assert_count(&t.s, "\"type\":\"gap\"", 51);
	assert_has(&t, "nginx.conf\"", "9950 more lines", "");
	buf_reset(&b);
	for (i = 0; i < 5000; i++)
		buf_addc(&b, 'x');
	assert_ok(seen_read(&t.s, &decode_nginx, buf_str(&b)), &t.s.e);
	assert_has(&t, "\"limit\"", "4096 bytes", "nginx.conf:1");
	buf_free(&b);
	seen_free(&t.s);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    nginx__says_which_certificate_serves_which_names),
		cmocka_unit_test(
		    nginx__a_certificate_of_the_block_is_for_servers_without_one),
		cmocka_unit_test(nginx__what_is_not_served_is_not_in_use),
		cmocka_unit_test(nginx__follows_includes),
		cmocka_unit_test(nginx__what_is_missing_or_denied_is_a_gap),
		cmocka_unit_test(nginx__tells_clients_and_anchors),
		cmocka_unit_test(nginx__tells_secrets_without_their_values),
		cmocka_unit_test(nginx__tells_whom_a_password_file_lets_in),
		cmocka_unit_test(nginx__a_package_s_own_files_stay_context),
		cmocka_unit_test(nginx__stops_where_it_cannot_follow),
		cmocka_unit_test(nginx__has_limits),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
