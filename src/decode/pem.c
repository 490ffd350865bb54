#include "decode/pem.h"

#include "base/digest.h"
#include "base/mem.h"
#include "decode/pkcs.h"
#include "decode/privkey.h"
#include "decode/sshkey.h"
#include "decode/x509.h"

/* Base64 that must stand together before a marker is taken for armour. */
#define PEM_RUN_MIN 16

/* Memory for the records of one block. */
#define PEM_JOB_BYTES ((size_t)8 << 20)

#define PEM_FILE_MAX ((size_t)64 << 20)

struct mark {
	struct str label;
	bool begin;
};

/* Dashes alone, five of them. */
static bool
pem_dashes(struct str s)
{

	return str_starts(s, STR("-----")) && (s.n == 5 || s.p[5] != '-');
}

/*
 *= RFC 7468 section 3: labels are printable characters but the hyphen. Lower
 * case and unknown words are let through: the table of labels decides.
 */
static bool
pem_label(struct str *s, struct str *label)
{
	size_t i;

	for (i = 0; i < s->n && i <= PEM_LABEL_MAX; i++)
		if (s->p[i] < ' ' || s->p[i] > '~' || s->p[i] == '-')
			break;
	*label = str_head(*s, i);
	*s = str_skip(*s, i);
	return i != 0 && i <= PEM_LABEL_MAX && pem_dashes(*s);
}

/* The marker that ${s}, at its first dash, begins with. */
static bool
pem_marker(struct str *s, struct mark *m)
{
	struct str at = str_skip(*s, 5);

	if (!pem_dashes(*s))
		return false;
	m->begin = str_starts(at, STR("BEGIN "));
	if (!m->begin && !str_starts(at, STR("END ")))
		return false;
	at = str_skip(at, m->begin ? 6 : 4);
	if (!pem_label(&at, &m->label))
		return false;
	*s = str_skip(at, 5);
	return true;
}

/*
 * Step to the next marker: ${s} is left after it, and ${before} is what was
 * passed over. A run of dashes is tried once, at its start, so that the walk
 * is linear whatever the file holds.
 */
static bool
pem_step(struct str *s, struct str *before, struct mark *m)
{
	struct str at = *s;
	size_t dash;

	while ((dash = str_find(at, STR("-----"))) != SIZE_MAX) {
		at = str_skip(at, dash);
		*before = str_head(*s, s->n - at.n);
		if (pem_marker(&at, m)) {
			*s = at;
			return true;
		}
		while (at.n != 0 && at.p[0] == '-')
			at = str_skip(at, 1);
	}
	*before = *s;
	*s = str_skip(*s, s->n);
	return false;
}

static size_t
pem_lines(struct str s)
{
	struct str line;
	size_t n = 0;

	while (str_cut(s, '\n', &line, &s))
		n++;
	return n;
}

/*
 * How many bytes at the start of ${s} stand for a blank: white space, and the
 * escapes of it in JSON, YAML and shell strings; a backslash at a line's end.
 */
static size_t
pem_blank(struct str s)
{

	if (s.n == 0)
		return 0;
	if (s.p[0] == ' ' || (s.p[0] >= '\t' && s.p[0] <= '\r'))
		return 1;
	if (s.p[0] != '\\' || s.n < 2)
		return 0;
	if (s.p[1] == 'n' || s.p[1] == 'r' || s.p[1] == 't')
		return 2;
	return s.p[1] == '\n' || s.p[1] == '\r' ? 1 : 0;
}

static bool
pem_sign(char c)
{

	return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
	       (c >= '0' && c <= '9') || c == '+' || c == '/' || c == '=';
}

/* Whether the first word of ${s} is base64, and long enough to be meant. */
static bool
pem_armour(struct str s)
{
	size_t n, run = 0;

	while ((n = pem_blank(s)) != 0)
		s = str_skip(s, n);
	while (s.n != 0 && run < PEM_RUN_MIN) {
		if (str_starts(s, STR("\\/")))
			s = str_skip(s, 1);
		if (!pem_sign(s.p[0]))
			return false;
		s = str_skip(s, 1);
		run++;
	}
	return run == PEM_RUN_MIN;
}

/*
 *= RFC 1421 section 4.6: "Name: value" lines, up to an empty one, before the
 * text. Base64 has no colon, so that one tells the two apart.
 */
static void
pem_headers(struct pem_block *b)
{
	struct str at = b->body, line;
	size_t n;

	while (at.n != 0 && (n = pem_blank(at)) != 0)
		at = str_skip(at, n);
	b->headers = str_head(at, 0);
	for (n = 0; n < PEM_HEADERS_MAX; n++) {
		struct str from = at;

		if (!str_line(&at, &line) || str_chr(line, ':') == SIZE_MAX) {
			at = from;
			break;
		}
		b->headers =
		    str_of(b->headers.p, (size_t)(at.p - b->headers.p));
	}
	b->body = at;
}

/* The block whose BEGIN marker was just passed. */
static void
pem_block(struct pem *at, struct str label, struct pem_block *b)
{
	struct str rest = at->rest;
	struct mark m;

	*b = (struct pem_block){
		.label = label, .state = PEM_OPEN, .line = at->lines + 1
	};
	if (!pem_step(&rest, &b->body, &m) || m.begin) {
		at->rest = str_skip(at->rest, b->body.n);
	} else {
		b->state = str_eq(m.label, label) ? PEM_WHOLE : PEM_CROSSED;
		at->rest = rest;
	}
	at->lines += pem_lines(b->body);
	pem_headers(b);
}

bool
pem_next(struct pem *at, struct pem_block *out)
{
	struct str before;
	struct mark m;
	bool found;

	do {
		found = pem_step(&at->rest, &before, &m);
		at->lines += pem_lines(before);
		if (!found || !m.begin)
			continue;
		pem_block(at, m.label, out);
		if (!pem_armour(out->body))
			continue;
		out->n = ++at->blocks;
		return true;
	} while (found);
	return false;
}

bool
pem_sealed(const struct pem_block *b)
{

	return str_find(b->headers, STR("Proc-Type:")) != SIZE_MAX &&
	       str_find(b->headers, STR("ENCRYPTED")) != SIZE_MAX;
}

/* The base64 signs of ${s} alone, escapes undone; false at any other byte. */
static bool
pem_signs(struct str s, struct buf *out)
{
	size_t n;

	while (s.n != 0) {
		if ((n = pem_blank(s)) != 0) {
			s = str_skip(s, n);
			continue;
		}
		if (s.p[0] == '\\' && s.n > 1 && s.p[1] == '/')
			s = str_skip(s, 1);
		for (n = 0; n < s.n && pem_sign(s.p[n]); n++)
			continue;
		if (n == 0)
			return false;
		buf_add(out, str_head(s, n));
		s = str_skip(s, n);
	}
	return true;
}

/* For AUTO(pem_wiped): a buf whose bytes may be a private key's. */
static void
pem_wiped_auto(struct buf *b)
{

	if (b->p != NULL)
		mem_wipe(b->p, b->room);
	buf_free(b);
}

int
pem_bytes(const struct pem_block *b, struct buf *out, struct err *e)
{
	AUTO(pem_wiped) struct buf signs = { 0 };

	buf_init(&signs, PEM_BODY_MAX);
	if (b->state != PEM_WHOLE)
		return err_set(e, MU_EFORMAT,
		    b->state == PEM_OPEN ?
			"the block has no END line (RFC 7468, section 3)" :
			"the END line has another label (RFC 7468, section 3)");
	if (b->body.n > PEM_BODY_MAX)
		return err_set(e, MU_ELIMIT,
		    "the block is longer than %zu "
		    "bytes",
		    PEM_BODY_MAX);
	if (buf_room(&signs, b->body.n) == NULL ||
	    buf_room(out, b->body.n) == NULL)
		return err_set(e, MU_ELIMIT,
		    "the block is longer than %zu "
		    "bytes",
		    out->cap);
	if (!pem_signs(b->body, &signs) ||
	    !digest_unbase64(buf_str(&signs), out))
		return err_set(e, MU_EFORMAT,
		    "the block's text is not base64 "
		    "(RFC 4648, section 4)");
	return MU_OK;
}

/* What each label stands for; a label that is not here is passed over. */
struct label {
	const char *name;
	int (*put)(const struct decode_in *in, struct str der, size_t block,
	    struct err *e);
	bool key; /* its headers may say that it is encrypted */
};

/* clang-format off */
static const struct label labels[] = {
	{ "CERTIFICATE", x509_put, false },
	{ "CERTIFICATE REQUEST", pkcs_request, false },
	{ "CMS", pkcs_bundle, false },
	{ "DSA PRIVATE KEY", privkey_dsa, true },
	{ "EC PRIVATE KEY", privkey_ec, true },
	{ "ENCRYPTED PRIVATE KEY", privkey_sealed, false },
	{ "NEW CERTIFICATE REQUEST", pkcs_request, false },
	{ "OPENSSH PRIVATE KEY", sshkey_private, false },
	{ "PKCS #7 SIGNED DATA", pkcs_bundle, false },
	{ "PKCS7", pkcs_bundle, false },
	{ "PRIVATE KEY", privkey_put, true },
	{ "PUBLIC KEY", privkey_public, false },
	{ "RSA PRIVATE KEY", privkey_rsa, true },
	{ "RSA PUBLIC KEY", privkey_rsa_public, false },
	{ "TRUSTED CERTIFICATE", x509_put, false },
	{ "X509 CERTIFICATE", x509_put, false },
	{ "X509 CRL", pkcs_crl, false },
};
/* clang-format on */

static const struct label *
pem_row(struct str name)
{
	size_t i;

	for (i = 0; i < MU_COUNT(labels); i++)
		if (str_eq(name, str_from(labels[i].name)))
			return &labels[i];
	return NULL;
}

/* What is wrong with one block is a gap; the sink's errors end the file. */
static int
pem_gap(const struct decode_in *in, size_t block, int r, const struct err *why,
    struct err *e)
{
	static const struct {
		enum mu_code code;
		enum gap_reason reason;
	} t[] = {
		{ MU_EFORMAT, GAP_MALFORMED },
		{ MU_ELIMIT, GAP_LIMIT },
		{ MU_EUNSUPPORTED, GAP_UNSUPPORTED },
	};
	size_t i;

	for (i = 0; i < MU_COUNT(t); i++)
		if (r == (int)t[i].code)
			return decode_gap(in, '#', block, t[i].reason, e, "%s",
			    why->text);
	if (e != NULL)
		*e = *why;
	return r;
}

static int
pem_one(const struct decode_in *in, const struct pem_block *b, struct err *e)
{
	AUTO(pem_wiped) struct buf der = { 0 };
	const struct label *row = pem_row(b->label);
	struct err why = { 0 };
	int r;

	if (row == NULL)
		return MU_OK;
	buf_init(&der, PEM_BODY_MAX);
	r = pem_bytes(b, &der, &why);
	if (r >= 0 && row->key && pem_sealed(b))
		r = privkey_sealed(in, buf_str(&der), b->n, &why);
	else if (r >= 0)
		r = row->put(in, buf_str(&der), b->n, &why);
	/* What is malformed in a program's file is a constant of the program. */
	if (r == MU_EFORMAT && str_has_nul(in->bytes))
		return MU_OK;
	return r < 0 ? pem_gap(in, b->n, r, &why, e) : MU_OK;
}

static bool
pem_sniff(struct str head)
{

	return str_find(head, STR(DECODE_ARMOUR)) != SIZE_MAX;
}

static int
pem_read(const struct decode_in *in, struct err *e)
{
	AUTO(arena) struct arena *job = arena_new(PEM_JOB_BYTES);
	struct decode_in one = *in;
	struct pem at = { .rest = in->bytes };
	struct pem_block b;

	one.job = job;
	while (pem_next(&at, &b)) {
		if (b.n > PEM_BLOCKS_MAX)
			return err_set(e, MU_ELIMIT,
			    "more than %d blocks of armour", PEM_BLOCKS_MAX);
		arena_reset(job);
		TRY(pem_one(&one, &b, e));
	}
	return MU_OK;
}

const struct decoder decode_pem = {
	.name = "pem",
	.place = "file.pem",
	.sees = "Certificates and keys in PEM armour, in any file",
	.source = "RFC 7468",
	.max_bytes = PEM_FILE_MAX,
	.sniff = pem_sniff,
	.armour = true,
	.read = pem_read,
};
