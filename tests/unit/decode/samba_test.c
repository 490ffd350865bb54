/*
 * Samba: passdb.tdb and smbpasswd were written by smbpasswd(8) of Samba 4.17,
 * and passdb.tdb made small by tdbdump and tdbrestore; secrets.tdb is `net`'s
 * with the two records of a domain member added by tdbrestore. tdbdump gives
 * the last change of "backup" as 0x6b025f05.
 */

#include "decode/samba.h"

#include "seen.h"

static void
start(struct seen *s, const char *path)
{

	seen_init(s,
	    "root:x:0:0::/root:/bin/sh\nbackup:x:34:34::/:/bin/false\n", NULL,
	    NULL);
	s->file.path = str_from(path);
}

static void
samba__tells_the_machine_s_account_and_its_age(void **state)
{
	struct seen s;

	(void)state;
	start(&s, "var/lib/samba/private/secrets.tdb");
	assert_ok(seen_read(&s, &decode_samba,
		      seen_case(&s, "samba/secrets.tdb")),
	    &s.e);
	assert_record(&s,
	    "{\"type\":\"identity\",\"key\":\"login:ad://BOX$@example\","
	    "\"kind\":\"service_account\",\"name\":\"machine account BOX$ of "
	    "EXAMPLE\",\"asset\":\"host:name:box\"}");
	assert_count(&s, "\"length\":23", 1);
	assert_count(&s, "\"changed\":{\"at\":1779151104,\"by\":\"in_band\"}",
	    1);
	assert_count(&s, "\"type\":\"gap\"", 0);
	assert_count(&s, "s3cret", 0);
	seen_free(&s);
}

static void
samba__tells_passwords_of_accounts_and_their_age(void **state)
{
	struct seen s;

	(void)state;
	start(&s, "var/lib/samba/private/passdb.tdb");
	assert_ok(seen_read(&s, &decode_samba,
		      seen_case(&s, "samba/passdb.tdb")),
	    &s.e);
	assert_record(&s,
	    "{\"type\":\"credential\",\"key\":\"account:host:name:box:backup"
	    "#smb\",\"identity\":\"account:host:name:box:backup\",\"kind\":"
	    "\"password\",\"hash\":\"nt\",\"changed\":{\"at\":1795317509,"
	    "\"by\":\"in_band\"}}");
	/* The account of "games" is not in passwd here: it is told too. */
	assert_count(&s, "\"type\":\"identity\"", 1);
	assert_count(&s, "\"detail\":\"for SMB, disabled\"", 1);
	assert_count(&s, "\"type\":\"gap\"", 0);
	seen_free(&s);
}

static void
samba__reads_smbpasswd(void **state)
{
	struct seen s;

	(void)state;
	start(&s, "etc/samba/smbpasswd");
	assert_ok(seen_read(&s, &decode_samba,
		      seen_case(&s, "samba/smbpasswd")),
	    &s.e);
	assert_count(&s, "\"type\":\"credential\"", 4);
	assert_count(&s,
	    "box:backup#smb\",\"identity\":\"account:host:name:box:backup\","
	    "\"kind\":\"password\",\"hash\":\"nt\",\"changed\":{\"at\":"
	    "1795317556,\"by\":\"in_band\"}",
	    1);
	assert_count(&s, "\"weak\":\"blank\"", 1);
	assert_count(&s, "for SMB, disabled", 1);
	assert_count(&s, "622A06A0", 0);
	seen_free(&s);
}

static void
samba__refuses_a_damaged_tdb(void **state)
{
	AUTO(buf) struct buf b = { 0 };
	struct seen s;
	struct str all;
	size_t i;

	(void)state;
	start(&s, "x");
	buf_init(&b, 65536);
	buf_add(&b, seen_case(&s, "samba/passdb.tdb"));
	all = buf_str(&b);
	for (i = 0; i < all.n; i += 13)
		(void)seen_read(&s, &decode_samba, str_head(all, i));
	/* A chain that leads to itself, and one that leads out. */
	for (i = 172; i < 172 + 4 * 131; i += 4)
		b.p[i] = (char)0xff, b.p[i + 1] = (char)0xff;
	assert_int_equal(seen_read(&s, &decode_samba, all), MU_EFORMAT);
	seen_free(&s);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(samba__tells_the_machine_s_account_and_its_age),
		TEST(samba__tells_passwords_of_accounts_and_their_age),
		TEST(samba__reads_smbpasswd),
		TEST(samba__refuses_a_damaged_tdb),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
