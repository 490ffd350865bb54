/*
 * Apache's configuration by the manual of 2.4; that a real Apache serves what
 * is said here is the matter of tests/cli/32-apache.sh.
 */

#include "decode/apache.h"

#include "web.h"

#define UNIT "\"unit:host:name:box:apache2.service\""

static void
start(struct web_test *t)
{

	web_test_start(t, "web.apache", "etc/apache2/apache2.conf");
	web_cert(t, "etc/apache2/tls/server.pem", "server");
	web_cert(t, "etc/ssl/both.pem", "both");
	web_cert(t, "etc/ssl/client.pem", "client");
	web_cert(t, "etc/ssl/root.pem", "chainroot");
}

static void
in(struct web_test *t, const char *text)
{

	assert_ok(seen_read(&t->s, &decode_apache, str_from(text)), &t->s.e);
}

static void
apache__says_which_certificate_serves_which_names(void **state)
{
	struct web_test t;

	(void)state;
	start(&t);
	in(&t, "ServerRoot \"/etc/apache2\"\nUser www-data\n"
	       "<IfModule mod_ssl.c>\n<VirtualHost *:443 [::]:8443>\n"
	       "  sslengine ON\n"
	       "  SSLCertificateFile tls/server.pem\n"
	       "  SSLCertificateFile \"/etc/ssl/both.pem\"\n"
	       "  ServerName https://www.example.org:443\n"
	       "  ServerAlias example.org \\\n   *.example.org\n"
	       "</VirtualHost>\n</IfModule>\n");
	assert_has(&t, SERVER, "\"role\":\"in_use\"",
	    "\"locator\":\"etc/apache2/apache2.conf:6\"");
	assert_has(&t, SERVER, "\"place\":\"web.apache\"",
	    "\"detail\":\"Apache serves *.example.org, example.org, "
	    "www.example.org on 443, 8443\"");
	assert_has(&t, BOTH, "\"role\":\"in_use\"", "apache2.conf:7");
	assert_has(&t, "\"kind\":\"runs_as\"", UNIT,
	    "account:host:name:box:www-data");
	assert_has(&t, "\"kind\":\"consumed_by\",\"src\":\"tls:", UNIT,
	    "\"evidence\":\"etc/apache2/apache2.conf:6\"");
	assert_count(&t.s, "\"type\":\"gap\"", 0);
	seen_free(&t.s);
}

/* mod_ssl: SSLEngine, its default by Listen, and what the server says. */
static void
apache__knows_which_hosts_have_tls(void **state)
{
	static const struct {
		const char *text;
		size_t used;
	} c[] = {
		{ "<VirtualHost *:80>\nSSLCertificateFile tls/server.pem\n",
		    0 },
		{ "Listen 443\n<VirtualHost *:443>\n"
		  "SSLCertificateFile tls/server.pem\n",
		    1 },
		{ "Listen 443 http\n<VirtualHost *:443>\n"
		  "SSLCertificateFile tls/server.pem\n",
		    0 },
		{ "Listen [::]:9443 https\n<VirtualHost *:9443>\n"
		  "SSLCertificateFile tls/server.pem\n",
		    1 },
		{ "Listen 443\n<VirtualHost *:443>\nSSLEngine off\n"
		  "SSLCertificateFile tls/server.pem\n",
		    0 },
		{ "SSLCertificateFile tls/server.pem\nSSLEngine on\n", 1 },
		{ "SSLCertificateFile tls/server.pem\nListen 443\n", 1 },
		{ "SSLCertificateFile tls/server.pem\nListen 80\n", 0 },
		{ "#SSLCertificateFile tls/server.pem\nSSLEngine on\n", 0 },
		{ "# a \\\nSSLCertificateFile tls/server.pem\nSSLEngine on\n",
		    0 },
	};
	struct web_test t;
	size_t i;

	(void)state;
	start(&t);
	for (i = 0; i < MU_COUNT(c); i++) {
		in(&t, c[i].text);
		if (seen_count(&t.s, "\"in_use\"") != c[i].used)
			fail_msg("case %zu: %s\n" STR_FMT, i, c[i].text,
			    STR_ARG(buf_str(&t.s.text)));
	}
	in(&t, "<VirtualHost *:443>\nSSLEngine on\nServerName a.example.org\n"
	       "</VirtualHost>\n<VirtualHost *:443>\nSSLEngine on\n"
	       "SSLCertificateFile tls/server.pem\n</VirtualHost>\n"
	       "SSLCertificateFile /etc/ssl/both.pem\n");
	assert_has(&t, BOTH, "apache2.conf:9",
	    "\"Apache serves a.example.org on 443\"");
	assert_has(&t, SERVER, "apache2.conf:7",
	    "\"Apache serves any other name on 443\"");
	seen_free(&t.s);
}

static void
apache__follows_includes_folders_and_variables(void **state)
{
	struct web_test t;

	(void)state;
	start(&t);
	web_file(&t, "etc/apache2/envvars",
	    "unset HOME\nexport APACHE_RUN_USER=www-data\n"
	    "export APACHE_LOG_DIR=/var/log/apache2$SUFFIX\n");
	web_file(&t, "etc/apache2/more/a.conf", "Include ${sub}/b.conf\n");
	web_file(&t, "etc/apache2/more/deep/c.conf",
	    "SSLCertificateFile ${tls}/server.pem\n");
	web_file(&t, "etc/apache2/sub/b.conf",
	    "<VirtualHost *:443>\nSSLEngine on\nInclude more/deep\n"
	    "ServerName ${name}.example.org\n</VirtualHost>\n");
	in(&t, "User ${APACHE_RUN_USER}\nDefine tls /etc/apache2/tls\n"
	       "Define sub sub\nDefine name www\n"
	       "IncludeOptional more/*.conf\nIncludeOptional none/*.conf\n"
	       "IncludeOptional none.conf\n");
	assert_has(&t, SERVER, "\"locator\":\"etc/apache2/more/deep/c.conf:1\"",
	    "\"Apache serves www.example.org on 443\"");
	assert_has(&t, "\"kind\":\"runs_as\"", UNIT,
	    "account:host:name:box:www-data");
	assert_count(&t.s, "\"type\":\"gap\"", 0);
	seen_free(&t.s);
}

static void
apache__what_cannot_be_followed_is_a_gap(void **state)
{
	struct web_test t;
	struct buf b = { 0 };
	size_t i;

	(void)state;
	start(&t);
	web_file(&t, "etc/apache2/self", "Include self\nInclude self\n");
	web_file(&t, "etc/ssl/closed.pem", NULL);
	in(&t, "SSLEngine on\nSSLCertificateFile gone.pem\n"
	       "SSLCertificateFile /etc/ssl/closed.pem\n"
	       "SSLCertificateFile ${unknown}/x.pem\nInclude gone.conf\n"
	       "<Macro Host $name>\nSSLCertificateFile $name\n</Macro>\n"
	       "Use Host a\n");
	assert_has(&t, "\"vanished\"", "apache2.conf:2",
	    "gone.pem is not there; Apache serves any other name");
	assert_has(&t, "\"denied\"", "apache2.conf:3", "closed.pem");
	assert_has(&t, "\"unsupported\"", "apache2.conf:4", "do not say");
	assert_has(&t, "\"vanished\"", "apache2.conf:5", "gone.conf");
	assert_has(&t, "\"unsupported\"", "apache2.conf:9", "macro");
	assert_count(&t.s, "\"type\":", 5);
	in(&t, "Include self\n");
	assert_has(&t, "\"limit\"", "etc/apache2/self:1", "16 deep");
	buf_init(&b, 1 << 20);
	for (i = 0; i < 100000; i++)
		buf_addc(&b, 'x');
	assert_ok(seen_read(&t.s, &decode_apache, buf_str(&b)), &t.s.e);
	assert_has(&t, "\"limit\"", "apache2.conf:1", "65536 bytes");
	buf_free(&b);
	seen_free(&t.s);
}

static void
apache__tells_clients_anchors_and_managed_domains(void **state)
{
	struct web_test t;

	(void)state;
	start(&t);
	web_cert(&t, "var/lib/apache2/md/domains/a.example.org/pubcert.pem",
	    "server");
	in(&t, "SSLProxyMachineCertificateFile /etc/ssl/client.pem\n"
	       "MDomain a.example.org b.example.org\n"
	       "<VirtualHost *:443>\nSSLEngine on\nServerName b.example.org\n"
	       "SSLCACertificateFile /etc/ssl/root.pem\n"
	       "SSLCertificateFile /etc/ssl/both.pem\n</VirtualHost>\n");
	assert_has(&t, CLIENT, "\"role\":\"in_use\"",
	    "\"Apache signs in with it at other servers\"");
	assert_has(&t, ROOT, "\"role\":\"trusted\"",
	    "\"Apache checks others with it, for b.example.org\"");
	assert_has(&t, SERVER, "apache2.conf:2",
	    "\"Apache serves b.example.org on 443; mod_md renews it\"");
	assert_count(&t.s, BOTH, 0);
	seen_free(&t.s);
}

static void
apache__tells_secrets_without_their_values(void **state)
{
	struct web_test t;

	(void)state;
	start(&t);
	web_file(&t, "etc/apache2/users", "ada:$apr1$a$b\nbob:{SHA}x=\n");
	in(&t, "AuthLDAPBindPassword \"hunter22hunter\"\n"
	       "AuthLDAPBindPassword exec:/bin/secret\n"
	       "OIDCClientSecret s3cr3tpw99\n"
	       "<Directory /srv>\nAuthUserFile users\n"
	       "RequestHeader set Authorization \"Basic "
	       "YWRhOmh1bnRlcjIyaHVudGVy\"\nRequestHeader unset X-Api-Key\n"
	       "RequestHeader set Authorization \"Bearer %{token}e\"\n"
	       "ProxyPass /x http://bob:s3cr3tpw99@back:8/ retry=0\n"
	       "SetEnv DB_PASSWORD s3cr3tpw99\nSetEnv LANG C\n</Directory>\n");
	assert_has(&t, "\"credential\":\"secret:" HUNTER "\"", "conf:1",
	    "AuthLDAPBindPassword");
	assert_has(&t, "\"credential\":\"secret:" HUNTER "\"", "conf:6",
	    "Authorization");
	assert_has(&t, "\"credential\":\"secret:" BOBS "\"", "conf:3",
	    "OIDCClientSecret");
	assert_has(&t, "\"credential\":\"secret:" BOBS "\"", "conf:9",
	    "ProxyPass");
	assert_has(&t, "\"credential\":\"secret:" BOBS "\"", "conf:10",
	    "DB_PASSWORD");
	assert_has(&t, "\"type\":\"grant\"",
	    "login:htpasswd://ada@host:name:box/etc/apache2/users", UNIT);
	assert_count(&t.s, "\"role\":\"private\"", 5);
	assert_count(&t.s, "hunter22", 0);
	assert_count(&t.s, "s3cr3t", 0);
	seen_free(&t.s);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    apache__says_which_certificate_serves_which_names),
		cmocka_unit_test(apache__knows_which_hosts_have_tls),
		cmocka_unit_test(
		    apache__follows_includes_folders_and_variables),
		cmocka_unit_test(apache__what_cannot_be_followed_is_a_gap),
		cmocka_unit_test(
		    apache__tells_clients_anchors_and_managed_domains),
		cmocka_unit_test(apache__tells_secrets_without_their_values),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
