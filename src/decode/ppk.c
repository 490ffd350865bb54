#include "decode/ppk.h"

#include "base/digest.h"
#include "decode/sshcert.h"
#include "decode/sshput.h"
#include "decode/sshwire.h"

#define PPK_MAGIC "PuTTY-User-Key-File-"

/* Most lines of base64 in one part: those of PPK_BYTES_MAX, 64 to a line. */
#define PPK_LINES_MAX 4096

struct ppk {
	struct str type, cipher, comment, kdf;
	struct buf blob;
};

/*= Appendix C: LF is written, and CR LF and CR alone are tolerated. */
static bool
ppk_line(struct str *text, struct str *line)
{
	size_t n = 0;

	if (text->n == 0)
		return false;
	while (n < text->n && text->p[n] != '\n' && text->p[n] != '\r')
		n++;
	*line = str_head(*text, n);
	*text = str_skip(*text, n);
	*text = str_skip(*text, str_starts(*text, STR("\r\n")) ? 2 : 1);
	return true;
}

/* The value of the next line, "${name}: value". */
static int
ppk_header(struct str *text, const char *name, struct str *value, struct err *e)
{
	struct str line, head = STR_NONE;

	if (!ppk_line(text, &line) || !str_cut(line, ':', &head, value) ||
	    !str_eq(head, str_from(name)))
		return err_set(e, MU_EFORMAT,
		    "the PuTTY key has no '%s' where it belongs", name);
	*value = str_trim(*value);
	return MU_OK;
}

static int
ppk_magic(struct str *text, struct ppk *p, struct err *e)
{
	struct str line, version = STR_NONE;

	if (!ppk_line(text, &line) || !str_starts(line, STR(PPK_MAGIC)))
		return err_set(e, MU_EFORMAT, "this is no PuTTY key");
	(void)str_cut(str_skip(line, sizeof(PPK_MAGIC) - 1), ':', &version,
	    &p->type);
	p->type = str_trim(p->type);
	if (!str_eq(version, STR("2")) && !str_eq(version, STR("3")))
		return err_set(e, MU_EUNSUPPORTED,
		    "the PuTTY key is of a version other than 2 and 3");
	return MU_OK;
}

static int
ppk_public(struct str *text, struct ppk *p, struct err *e)
{
	struct sshwire w;
	struct str count, line;
	int64_t i, n;

	TRY(ppk_header(text, "Public-Lines", &count, e));
	if (!str_i64(count, 1, PPK_LINES_MAX, &n))
		return err_set(e, MU_EFORMAT,
		    "the PuTTY key's Public-Lines is no number up to %d",
		    PPK_LINES_MAX);
	for (i = 0; i < n; i++)
		if (!ppk_line(text, &line) || line.n % 4 != 0 ||
		    !digest_unbase64(line, &p->blob))
			return err_set(e, MU_EFORMAT,
			    "the PuTTY key's public lines are no base64");
	TRY(buf_check(&p->blob, "the PuTTY key's public half", e));
	w = (struct sshwire){ buf_str(&p->blob), false };
	if (!str_eq(sshwire_string(&w), p->type) || w.bad)
		return err_set(e, MU_EFORMAT,
		    "the PuTTY key is not of the type that it names");
	return MU_OK;
}

/* Up to the private half, which version 3 has its key derivation before. */
static int
ppk_private(struct str *text, struct ppk *p, struct err *e)
{
	struct str line, name = STR_NONE, value;

	while (ppk_line(text, &line) && str_cut(line, ':', &name, &value)) {
		if (str_eq(name, STR("Key-Derivation")))
			p->kdf = str_trim(value);
		if (str_eq(name, STR("Private-Lines")))
			return MU_OK;
	}
	return err_set(e, MU_EFORMAT, "the PuTTY key has no private half");
}

static int
ppk_parse(struct str text, struct ppk *p, struct err *e)
{

	TRY(ppk_magic(&text, p, e));
	TRY(ppk_header(&text, "Encryption", &p->cipher, e));
	TRY(ppk_header(&text, "Comment", &p->comment, e));
	TRY(ppk_public(&text, p, e));
	return ppk_private(&text, p, e);
}

static int
ppk_put(const struct decode_in *in, const struct ppk *p, struct err *e)
{
	static const struct {
		const char *cipher, *kdf, *says;
	} known[] = {
		{ "aes256-cbc", "", "encrypted by aes256-cbc, key from SHA-1" },
		{ "aes256-cbc", "Argon2id",
		    "encrypted by aes256-cbc, key from Argon2id" },
		{ "aes256-cbc", "Argon2i",
		    "encrypted by aes256-cbc, key from Argon2i" },
		{ "aes256-cbc", "Argon2d",
		    "encrypted by aes256-cbc, key from Argon2d" },
		{ "none", "", "" },
	};
	struct sshput what = { .role = ROLE_PRIVATE,
		.comment = p->comment,
		.encrypted = TRI_YES,
		.detail = STR("encrypted"),
		.expires = WHEN_NONE };
	struct sshcert c = { .serial = STR_NONE };
	size_t i;

	/* Since 0.78 a certificate may stand in the place of its key. */
	if (sshcert_is(p->type))
		TRY(sshcert_blob(buf_str(&p->blob), in->job, &c, e));
	else
		TRY(sshkey_blob(buf_str(&p->blob), in->job, &c.key, e));
	what.key = &c.key;
	if (str_eq(p->cipher, STR("none")))
		what.encrypted = TRI_NO;
	for (i = 0; i < MU_COUNT(known); i++)
		if (str_eq(p->cipher, str_from(known[i].cipher)) &&
		    str_eq(p->kdf, str_from(known[i].kdf)))
			what.detail = str_from(known[i].says);
	return sshput_all(in, &what, e);
}

static int
ppk_read(const struct decode_in *in, struct err *e)
{
	struct ppk p = { .type = STR_NONE };
	int r;

	buf_init(&p.blob, SSHCERT_BLOB_MAX);
	r = ppk_parse(in->bytes, &p, e);
	if (r == MU_OK)
		r = ppk_put(in, &p, e);
	buf_free(&p.blob);
	return r;
}

static bool
ppk_sniff(struct str head)
{

	return str_starts(head, STR(PPK_MAGIC "2:")) ||
	       str_starts(head, STR(PPK_MAGIC "3:"));
}

const struct decoder decode_ppk = {
	.name = "ppk",
	.place = "ssh.putty_key",
	.sees = "Private keys of PuTTY and WinSCP",
	.source = "PuTTY User Manual, Appendix C",
	.max_bytes = PPK_BYTES_MAX,
	.sniff = ppk_sniff,
	.read = ppk_read,
};
