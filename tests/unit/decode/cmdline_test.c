/*
 * Secrets in command lines. How long a value is shows what was taken for it;
 * the forms are those of each program's manual.
 */

#include "decode/cmdline.h"

#include "seen.h"

static enum cmdword_style style;

static int
read_line(const struct decode_in *in, struct err *e)
{
	const struct cmdline of = { style, STR("job"), STR("cron:x"), 7 };

	return cmdline_secrets(in, in->bytes, &of, e);
}

static const struct decoder line = { .name = "line", .read = read_line };

#define X  "s3cr3tV4lue" /* 11 bytes */
#define SD CMDWORD_SYSTEMD
#define SH CMDWORD_SHELL
#define CR CMDWORD_CRON

static const struct {
	enum cmdword_style style;
	const char *command, *label;
	int length;
} hits[] = {
	{ SH, "app --password=" X, "--password", 11 },
	{ SH, "app --password '" X " y'", "--password", 13 },
	{ SH, "app --api-key " X " --verbose", "--api-key", 11 },
	{ SH, "app --apiKey=" X, "--apiKey", 11 },
	{ SH, "app -token=" X, "-token", 11 },
	{ SH, "vault login -token " X, "-token", 11 },
	{ SH, "java -Djavax.net.ssl.keyStorePassword=" X " -jar a.jar",
	    "-Djavax.net.ssl.keyStorePassword", 11 },
	{ SH, "gpg --batch --passphrase " X " -c f", "--passphrase", 11 },
	{ SH, "PGPASSWORD=" X " psql -h db", "PGPASSWORD", 11 },
	{ SH, "cd /srv && env A_TOKEN=\"" X "\" ./run", "A_TOKEN", 11 },
	{ SH, "docker run -e MYSQL_ROOT_PASSWORD=" X " db",
	    "MYSQL_ROOT_PASSWORD", 11 },
	{ SH, "/usr/bin/curl -s -u admin:" X " https://h/", "-u", 11 },
	{ SH, "curl -uadmin:" X " https://h/", "-u", 11 },
	{ SH, "curl --user admin:" X " https://h/", "--user", 11 },
	{ SH, "if curl --user=admin:" X " https://h/; then :; fi", "--user",
	    11 },
	{ SH, "curl -H 'Authorization: Bearer " X "' https://h/",
	    "Authorization", 11 },
	{ SH, "curl -H \"PRIVATE-TOKEN: " X "\" https://h/", "PRIVATE-TOKEN",
	    11 },
	{ SH, "wget --header='X-Api-Key: " X "' https://h/", "X-Api-Key", 11 },
	/* base64 of "admin:s3cr3tV4lue" */
	{ SH, "curl -H 'Authorization: Basic YWRtaW46czNjcjN0VjRsdWU=' u",
	    "Authorization", 11 },
	{ SH, "git pull https://ci:" X "@git.example.com/a.git", "a URL", 11 },
	{ SH, "app --dsn=postgres://u:" X "@db/app", "a URL", 11 },
	{ SH, "app postgres://u:" X "@$HOST/app", "a URL", 11 },
	{ SH, "curl 'https://h/hook?a=1&api_key=" X "'", "api_key", 11 },
	{ SH, "mysqldump -uroot -p" X " shop >/backup/shop.sql", "-p", 11 },
	{ SH, "sudo -u postgres mysql -p'" X "'", "-p", 11 },
	{ SH, "sshpass -p " X " ssh a@b", "-p", 11 },
	{ SH, "sshpass -p" X " ssh a@b", "-p", 11 },
	{ SH, "redis-cli -a " X " ping", "-a", 11 },
	{ SH, "ldapsearch -x -D cn=a -w " X, "-w", 11 },
	{ SH, "mosquitto_pub -u a -P " X " -t t", "-P", 11 },
	{ SH, "openssl enc -d -pass pass:" X " -in f", "pass:", 11 },
	{ SH, "bash -c 'app --token " X "'", "--token", 11 },
	{ SD, "-/usr/bin/app --token=" X, "--token", 11 },
	{ SD, "@/usr/bin/app app \"--token=a%%b c\"", "--token", 5 },
	{ SD, "/usr/bin/app --token=ab$$cd", "--token", 5 },
	{ SD, "/bin/sh -ec \"mysql -p" X " shop\"", "-p", 11 },
	{ SD, "/bin/a ; /bin/app --token=" X, "--token", 11 },
	{ CR, "app --token=a\\%b1234567 %in", "--token", 10 },
	{ CR, "app --token='a\\%b1234567'", "--token", 10 },
};

static const struct {
	enum cmdword_style style;
	const char *command;
} misses[] = {
	{ SH, "app --password=$PASSWORD" },
	{ SH, "app --password \"${PASSWORD}\"" },
	{ SH, "app --password=\"$(cat /etc/app/pw)\"" },
	{ SH, "app --password=`cat /etc/app/pw`" },
	{ SH, "app --password=pre$X" },
	{ SH, "app --password-file /etc/app/pw" },
	{ SH, "app --password=/etc/app/pw" },
	{ SH, "app --password --verbose" },
	{ SH, "app --password" },
	{ SH, "app --password; echo next" },
	{ SH, "app --no-password shop" },
	{ SH, "app --token-ttl 3600 --token-file tok" },
	{ SH, "app --key client.pem --private-key id_rsa --key name" },
	{ SH, "app --secret /run/secrets/x" },
	{ SH, "app --token <token>" },
	{ SH, "aws s3api list --next-token abcdefgh" },
	{ SH, "docker login --password-stdin" },
	{ SH, "docker service create --secret shop_db img" },
	{ SH, "psql --password shop" },
	{ SH, "sudo -u postgres pg_dump --password shop" },
	{ SH, "mysqldump --password shop" },
	{ SH, "mysql -p shop" },
	{ SH, "mysql -P3306 shop" },
	{ SH, "tar -cpf /backup/mysql -psomething" },
	{ SH, "ssh -p 2222 host" },
	{ SH, "mkdir -pv/srv/a" },
	{ SH, "nmap -p1-1000 host" },
	{ SH, "curl -u admin https://h/" },
	{ SH, "curl -u \"$USER:$PASS\" https://h/" },
	{ SH, "curl --user-agent a:b1234567 https://h/" },
	{ SH, "tail -u a:b1234567" },
	{ SH, "curl -H 'Content-Type: application/json' https://h/" },
	{ SH, "curl -H \"Authorization: Bearer $T\" https://h/" },
	{ SH, "curl -H @/etc/headers https://h/" },
	{ SH, "curl https://user@h/a?page=2" },
	{ SH, "git clone https://git.example.com/a:b.git" },
	{ SH, "rsync rsync://h/m::x" },
	{ SH, "TOKEN_FILE=/run/x PATH=/bin:/sbin app" },
	{ SH, "A_TOKEN=$(cat /x) app" },
	{ SH, "openssl rsa -passin env:PW -in f" },
	{ SH, "openssl rsa -passin file:/etc/pw -in f" },
	{ SH, "sshpass -e ssh a@b" },
	{ SH, "sshpass -f /etc/pw ssh a@b" },
	{ SH, "ffmpeg -pass 1 --pass 2" },
	{ SH, "echo rotate # --password=" X },
	{ SD, "/usr/bin/app --token=${TOKEN}" },
	{ SD, "/usr/bin/app --token $TOKEN" },
	{ SD, "/usr/bin/app --token=%i" },
	{ SD, "/usr/bin/app --token '$TOKEN'" },
	{ CR, "app --token=%" X },
	{ CR, "app % --token=" X },
	{ SH, "" },
	{ SH, "'open --token=" X },
};

static void
start(struct seen *s)
{

	seen_init(s, "root:x:0:0:::/bin/sh\n", NULL, "");
	s->file.path = str_from("etc/crontab");
}

static void
cmdline__finds_what_an_option_says(void **state)
{
	struct seen s;
	size_t i;

	(void)state;
	start(&s);
	for (i = 0; i < MU_COUNT(hits); i++) {
		AUTO(buf) struct buf b = { 0 };

		buf_init(&b, 256);
		style = hits[i].style;
		assert_ok(seen_read(&s, &line, str_from(hits[i].command)),
		    &s.e);
		if (seen_count(&s, "\"type\":\"sighting\"") != 1)
			fail_msg("%s: %zu", hits[i].command,
			    seen_count(&s, "\"type\":\"sighting\""));
		assert_count(&s, "\"locator\":\"etc/crontab:7\"", 1);
		assert_count(&s, "\"dst\":\"cron:x\"", 1);
		buf_addf(&b, "\"detail\":\"%s\"%c", hits[i].label, '\0');
		assert_count(&s, b.p, 1);
		buf_reset(&b);
		buf_addf(&b, "\"length\":%d}%c", hits[i].length, '\0');
		if (seen_count(&s, b.p) != 1 && seen_count(&s, "\"weak\"") == 0)
			fail_msg("%s\n" STR_FMT, hits[i].command,
			    STR_ARG(buf_str(&s.text)));
		assert_count(&s, "s3cr3t", 0);
		assert_count(&s, "admin:", 0);
	}
	seen_free(&s);
}

static void
cmdline__takes_no_near_miss(void **state)
{
	struct seen s;
	size_t i;

	(void)state;
	start(&s);
	for (i = 0; i < MU_COUNT(misses); i++) {
		style = misses[i].style;
		assert_ok(seen_read(&s, &line, str_from(misses[i].command)),
		    &s.e);
		if (s.text.n != 0)
			fail_msg("%s\n" STR_FMT, misses[i].command,
			    STR_ARG(buf_str(&s.text)));
	}
	seen_free(&s);
}

static void
cmdline__stops_at_its_caps(void **state)
{
	AUTO(buf) struct buf b = { 0 };
	struct seen s;
	size_t i;

	(void)state;
	start(&s);
	style = SH;
	buf_init(&b, 1 << 20);
	for (i = 0; i <= CMDLINE_SECRETS_MAX; i++)
		buf_addf(&b, "A_TOKEN=0123456789%zu ", i);
	assert_int_equal(seen_read(&s, &line, buf_str(&b)), MU_ELIMIT);
	/* Words beyond the last that is kept are passed over. */
	buf_reset(&b);
	for (i = 0; i <= CMDWORD_MAX; i++)
		buf_adds(&b, "word ");
	buf_adds(&b, "--token " X);
	assert_ok(seen_read(&s, &line, buf_str(&b)), &s.e);
	assert_int_equal(s.text.n, 0);
	seen_free(&s);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(cmdline__finds_what_an_option_says),
		TEST(cmdline__takes_no_near_miss),
		TEST(cmdline__stops_at_its_caps),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
