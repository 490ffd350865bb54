#include "decode/ppk.h"

#include "ssh.h"

/* The files that puttygen made of keys in tests/cases/sshkey. */
static const struct {
	const char *file, *key, *name, *encrypted, *detail;
} files[] = {
	{ "ppk/ed25519-3-enc.ppk", "ed25519_key", "ada@laptop", "yes",
	    "encrypted by aes256-cbc, key from Argon2id" },
	{ "ppk/ed25519-2-enc.ppk", "ed25519_key", "ada@laptop", "yes",
	    "encrypted by aes256-cbc, key from SHA-1" },
	{ "ppk/rsa1024-3.ppk", "rsa1024_key", "rsa1024@example", "no", NULL },
	{ "ppk/ec384-2.ppk", "ec384_key", "ec384@example", "no", NULL },
	{ "ppk/dsa-3.ppk", "dsa_key", "old@example", "no", NULL },
	{ "ppk/rsa2048-no-comment.ppk", "rsa2048_key", "web.ppk of ada", "no",
	    NULL },
	{ "ppk/ed25519-cert.ppk", "ed25519_key", "ada@laptop", "no", NULL },
};

/* The hash of the SubjectPublicKeyInfo of ${key}, by want.tsv. */
static void
want_spki(const char *key, char out[65])
{
	AUTO(buf) struct buf want;
	struct ssh_want w;
	struct str text;

	ssh_case(&want, "sshkey/want.tsv");
	for (text = buf_str(&want); ssh_next(&text, &w);)
		if (str_eq(w.name, str_from(key)))
			(void)snprintf(out, 65, STR_FMT, STR_ARG(w.spki));
	assert_int_equal(strlen(out), 64);
}

static void
ppk__is_the_same_key_pair_as_openssh_has(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < MU_COUNT(files); i++) {
		AUTO(buf) struct buf text;
		struct ssh_run *t;
		char spki[65] = "", name[128], enc[64];

		ssh_case(&text, files[i].file);
		want_spki(files[i].key, spki);
		t = ssh_new(buf_str(&text), "home/ada/web.ppk");
		assert_true(decode_ppk.sniff(t->in.bytes));
		assert_ok(decode_ppk.read(&t->in, &t->e), &t->e);
		(void)snprintf(name, sizeof(name), "\"name\":\"%s\"",
		    files[i].name);
		(void)snprintf(enc, sizeof(enc), "\"encrypted\":\"%s\"",
		    files[i].encrypted);
		assert_line(t, "\"type\":\"identity\"", spki, name,
		    "\"kind\":\"ssh_key\"");
		assert_line(t, "\"type\":\"credential\"", spki, enc);
		assert_line(t, "\"type\":\"sighting\"", spki,
		    "\"role\":\"private\"", "\"locator\":\"home/ada/web.ppk\"",
		    files[i].detail != NULL ? files[i].detail : "");
		if (files[i].detail == NULL)
			assert_no_line(t, "\"detail\"");
		ssh_free(t);
	}
}

static void
ppk__reads_every_kind_of_line_end(void **state)
{
	static const char *const ends[] = { "\n", "\r\n", "\r" };
	AUTO(buf) struct buf text, other;
	size_t i, k;

	(void)state;
	ssh_case(&text, "ppk/rsa1024-3.ppk");
	buf_init(&other, 65536);
	for (i = 0; i < MU_COUNT(ends); i++) {
		struct ssh_run *t;

		buf_reset(&other);
		for (k = 0; k < text.n; k++)
			if (text.p[k] == '\n')
				buf_adds(&other, ends[i]);
			else
				buf_addc(&other, text.p[k]);
		t = ssh_new(buf_str(&other), "a.ppk");
		assert_ok(decode_ppk.read(&t->in, &t->e), &t->e);
		assert_line(t, "\"name\":\"rsa1024@example\"");
		ssh_free(t);
	}
}

/* Cut short before the private half, at every byte. */
static void
ppk__refuses_what_is_cut_short(void **state)
{
	AUTO(buf) struct buf text;
	size_t n, end;

	(void)state;
	ssh_case(&text, "ppk/ed25519-3-enc.ppk");
	end = str_find(buf_str(&text), STR("Private-Lines"));
	for (n = 0; n < end; n++) {
		struct ssh_run *t = ssh_new(str_of(text.p, n), "a.ppk");

		assert_true(decode_ppk.read(&t->in, &t->e) < 0);
		assert_int_equal(t->out.n, 0);
		ssh_free(t);
	}
}

#define HEAD(v, type)                                             \
	"PuTTY-User-Key-File-" v ": " type "\nEncryption: none\n" \
	"Comment: c\nPublic-Lines: "
#define ED                                                                     \
	"AAAAC3NzaC1lZDI1NTE5AAAAIGFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFh" \
	"\n"
#define TAIL "Private-Lines: 1\nAAAA\n"

static void
ppk__says_what_is_wrong(void **state)
{
	static const struct {
		const char *text;
		int code;
		const char *why;
	} t[] = {
		{ HEAD("3", "ssh-ed25519") "1\n" ED TAIL, MU_OK, "" },
		{ HEAD("1", "ssh-ed25519") "1\n" ED TAIL, MU_EUNSUPPORTED,
		    "version" },
		{ HEAD("3", "ssh-rsa") "1\n" ED TAIL, MU_EFORMAT, "type" },
		{ HEAD("3", "ssh-ed25519") "0\n" ED TAIL, MU_EFORMAT,
		    "Public-Lines" },
		{ HEAD("3", "ssh-ed25519") "-1\n" ED TAIL, MU_EFORMAT,
		    "Public-Lines" },
		{ HEAD("3", "ssh-ed25519") "99999999999999999999\n" ED TAIL,
		    MU_EFORMAT, "Public-Lines" },
		{ HEAD("3", "ssh-ed25519") "2\n" ED TAIL, MU_EFORMAT,
		    "base64" },
		{ HEAD("3", "ssh-ed25519") "1\n" ED, MU_EFORMAT,
		    "private half" },
		{ "PuTTY-User-Key-File-3: x\nComment: c\n", MU_EFORMAT,
		    "Encryption" },
		{ "prose", MU_EFORMAT, "no PuTTY key" },
		{ "", MU_EFORMAT, "no PuTTY key" },
	};
	size_t i;

	(void)state;
	for (i = 0; i < MU_COUNT(t); i++) {
		struct ssh_run *run = ssh_new(str_from(t[i].text), "a.ppk");

		if (decode_ppk.read(&run->in, &run->e) != t[i].code ||
		    strstr(run->e.text, t[i].why) == NULL)
			fail_msg("%s: %s", t[i].text, run->e.text);
		ssh_free(run);
	}
}

static void
ppk__never_tells_the_private_lines(void **state)
{
	AUTO(buf) struct buf text;
	struct ssh_run *t;
	struct str lines, line;

	(void)state;
	ssh_case(&text, "ppk/rsa1024-3.ppk");
	t = ssh_new(buf_str(&text), "a.ppk");
	assert_ok(decode_ppk.read(&t->in, &t->e), &t->e);
	lines = buf_str(&text);
	lines = str_skip(lines, str_find(lines, STR("Private-Lines")));
	assert_true(lines.n > 300);
	(void)str_line(&lines, &line);
	while (str_line(&lines, &line))
		assert_int_equal(str_find(buf_str(&t->out), str_head(line, 16)),
		    SIZE_MAX);
	ssh_free(t);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(ppk__is_the_same_key_pair_as_openssh_has),
		TEST(ppk__reads_every_kind_of_line_end),
		TEST(ppk__refuses_what_is_cut_short),
		TEST(ppk__says_what_is_wrong),
		TEST(ppk__never_tells_the_private_lines),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
