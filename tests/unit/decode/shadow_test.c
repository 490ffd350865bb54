/*
 * Passwords as credentials. useradd.shadow is of chpasswd(8), usermod(8) and
 * chage(1): tests/cases/passwd/make.sh. The dates wanted are those that
 * `chage -l` printed, as `date -ud ... +%s` gives them; which accounts have a
 * password is what `passwd -S` said.
 */

#include "decode/shadow.h"

#include "seen.h"

#define ACCOUNT     "account:host:name:box:"
#define FEB_03_2026 "1770076800"
#define MAY_06_2024 "1714953600"
#define DEC_31_2026 "1798675200"

static const char accounts[] =
    "root:x:0:0:::\nada:x:1000:1000:::\nbackupbot:x:1001:1001:::\n"
    "ci:x:900:900:::\nqueue:x:901:901:::\ntoor:x:0:0:::\n"
    "kiosk:x:1002:1002:::\ndaemon:x:1:1:::\nbin:x:2:2:::\nsys:x:3:3:::\n"
    "sync:x:4:4:::\ngames:x:5:5:::\nman:x:6:6:::\nlp:x:7:7:::\n"
    "mail:x:8:8:::\nnews:x:9:9:::\nuucp:x:10:10:::\nproxy:x:13:13:::\n"
    "www-data:x:33:33:::\nbackup:x:34:34:::\nlist:x:38:38:::\n"
    "irc:x:39:39:::\n_apt:x:42:42:::\nnobody:x:65534:65534:::\n"
    "web:x:70:70:::\nold:x:71:71:::\nlast:x:72:72:::\n";

#define CREDENTIAL(name, rest)                                            \
	"{\"type\":\"credential\",\"key\":\"" ACCOUNT name "#password\"," \
	"\"identity\":\"" ACCOUNT name "\",\"kind\":\"password\"" rest "}"
#define CHANGED(at) ",\"changed\":{\"at\":" at ",\"by\":\"in_band\"}"
#define EXPIRES(at) ",\"expires\":{\"at\":" at ",\"by\":\"in_band\"}"
#define HASH(word)  ",\"hash\":\"" word "\""

static void
shadow__tells_method_and_dates_as_passwd_and_chage_do(void **state)
{
	struct seen s;

	(void)state;
	seen_init(&s, accounts, NULL, "shadow:x:42:\n");
	s.place = STR("os.shadow");
	s.file.path = STR("etc/shadow");
	assert_ok(seen_read(&s, &decode_shadow,
		      seen_case(&s, "shadow/useradd.shadow")),
	    &s.e);
	assert_record(&s,
	    CREDENTIAL("root", HASH("yescrypt") CHANGED(FEB_03_2026)));
	assert_record(&s,
	    CREDENTIAL("ada", HASH("yescrypt") CHANGED(FEB_03_2026)));
	assert_record(&s,
	    CREDENTIAL("queue",
		HASH("sha512crypt") EXPIRES(DEC_31_2026) CHANGED(MAY_06_2024)));
	assert_record(&s,
	    CREDENTIAL("toor", HASH("md5crypt") CHANGED(FEB_03_2026)));
	assert_record(&s, CREDENTIAL("kiosk", ",\"weak\":\"blank\""));
	/* Locked accounts have none. */
	assert_count(&s, "\"type\":\"credential\"", 5);
	assert_count(&s, "\"type\":\"sighting\"", 5);
	assert_count(&s, "\"type\":\"gap\"", 0);
	assert_record(&s,
	    "{\"type\":\"sighting\",\"credential\":\"" ACCOUNT
	    "root#password\",\"asset\":\"host:name:box\","
	    "\"place\":\"os.shadow\",\"locator\":\"etc/shadow:1\","
	    "\"role\":\"stored\",\"readers\":\"group\",\"mode\":\"0640\","
	    "\"uid\":0,\"gid\":42,\"owner\":\"root\",\"group\":\"shadow\","
	    "\"mtime\":{\"at\":1000,\"by\":\"mtime\"}}");
	seen_free(&s);
}

static void
shadow__keeps_every_byte_of_a_hash_back(void **state)
{
	struct str text, line, name, hash;
	AUTO(buf) struct buf z;
	struct seen s;

	(void)state;
	buf_init(&z, 4096);
	seen_init(&s, accounts, NULL, "");
	text = seen_case(&s, "shadow/useradd.shadow");
	assert_ok(seen_read(&s, &decode_shadow, text), &s.e);
	while (str_line(&text, &line)) {
		(void)str_cut(line, ':', &name, &line);
		(void)str_cut(line, ':', &hash, &line);
		while (hash.n > 6 && str_cut(hash, '$', &name, &hash))
			;
		if (hash.n < 6)
			continue;
		buf_reset(&z);
		buf_add(&z, str_head(hash, 6));
		buf_addc(&z, '\0');
		assert_count(&s, z.p, 0);
	}
	seen_free(&s);
}

static void
shadow__reports_lines_that_make_no_sense(void **state)
{
	static const struct {
		int line;
		const char *detail;
	} rows[] = {
		{ 1, "a day is no number" },
		{ 2, "no line of shadow(5)" },
		{ 3, "no line of shadow(5)" },
		{ 4, "passwd has no such account" },
		{ 9, "the account is on an earlier line already" },
		{ 12, "a day is no number" },
	};
	char line[300];
	struct seen s;
	size_t i;

	(void)state;
	seen_init(&s, accounts, NULL, "");
	assert_ok(seen_read(&s, &decode_shadow,
		      seen_case(&s, "shadow/wicked.shadow")),
	    &s.e);
	for (i = 0; i < MU_COUNT(rows); i++) {
		(void)snprintf(line, sizeof(line),
		    "{\"type\":\"gap\",\"asset\":\"host:name:box\","
		    "\"place\":\"the.place\",\"locator\":\"etc/file:%d\","
		    "\"reason\":\"malformed\",\"detail\":\"%s\"}",
		    rows[i].line, rows[i].detail);
		assert_record(&s, line);
	}
	assert_count(&s, "\"type\":\"gap\"", MU_COUNT(rows));
	assert_record(&s, CREDENTIAL("root", HASH("yescrypt")));
	assert_record(&s, CREDENTIAL("ada", ",\"weak\":\"blank\""));
	assert_record(&s, CREDENTIAL("old", HASH("descrypt")));
	assert_record(&s,
	    CREDENTIAL("last",
		HASH("unknown") EXPIRES(DEC_31_2026) CHANGED(FEB_03_2026)));
	assert_count(&s, "\"type\":\"credential\"", 4);
	seen_free(&s);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(shadow__tells_method_and_dates_as_passwd_and_chage_do),
		TEST(shadow__keeps_every_byte_of_a_hash_back),
		TEST(shadow__reports_lines_that_make_no_sense),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
