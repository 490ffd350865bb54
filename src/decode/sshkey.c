#include "decode/sshkey.h"

#include "base/digest.h"
#include "decode/sshput.h"
#include "decode/sshwire.h"

/* Bytes of a SubjectPublicKeyInfo: four numbers at most, and their heads. */
#define SSHKEY_SPKI_MAX (4 * (SSHKEY_BITS_MAX / 8 + 8) + 64)

#define SSHKEY_FP_MAX 64

enum shape {
	SHAPE_RSA,
	SHAPE_DSA,
	SHAPE_EC,
	SHAPE_RAW,
	SHAPE_SK_EC,
	SHAPE_SK_RAW,
};

/*
 * The types known. `fields` says what follows the name in a private key: "s" a
 * string, "b" one byte; `algid` is the DER of the AlgorithmIdentifier, without
 * its parameters for DSA, whose parameters are in the key.
 */
struct form {
	const char *name, *alg;
	enum shape shape;
	size_t parts;       /* strings that follow the name in a public key */
	const char *fields; /* of a private key, its comment not counted */
	int64_t bits;       /* 0: count them */
	size_t raw_bytes;   /* of the point or raw key */
	const char *curve;
	struct str algid;
};

/* clang-format off */
#define DER(lit) { (lit), sizeof(lit) - 1 }
#define OID_EC "\x06\x07\x2a\x86\x48\xce\x3d\x02\x01"

static const struct form forms[] = {
	{ "ssh-rsa", "rsa", SHAPE_RSA, 2, "ssssss", 0, 0, NULL,
	    DER("\x30\x0d\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x01\x01\x05\0") },
	{ "ssh-dss", "dsa", SHAPE_DSA, 4, "sssss", 0, 0, NULL,
	    DER("\x06\x07\x2a\x86\x48\xce\x38\x04\x01") },
	{ "ecdsa-sha2-nistp256", "ec", SHAPE_EC, 2, "sss", 256, 65, "nistp256",
	    DER("\x30\x13" OID_EC "\x06\x08\x2a\x86\x48\xce\x3d\x03\x01\x07") },
	{ "ecdsa-sha2-nistp384", "ec", SHAPE_EC, 2, "sss", 384, 97, "nistp384",
	    DER("\x30\x10" OID_EC "\x06\x05\x2b\x81\x04\0\x22") },
	{ "ecdsa-sha2-nistp521", "ec", SHAPE_EC, 2, "sss", 521, 133, "nistp521",
	    DER("\x30\x10" OID_EC "\x06\x05\x2b\x81\x04\0\x23") },
	{ "ssh-ed25519", "ed25519", SHAPE_RAW, 1, "ss", 256, 32, NULL,
	    DER("\x30\x05\x06\x03\x2b\x65\x70") },
	{ "ssh-ed448", "ed448", SHAPE_RAW, 1, "ss", 456, 57, NULL,
	    DER("\x30\x05\x06\x03\x2b\x65\x71") },
	{ "sk-ecdsa-sha2-nistp256@openssh.com", "sk-ec", SHAPE_SK_EC, 3,
	    "sssbss", 256, 65, "nistp256", DER("") },
	{ "sk-ssh-ed25519@openssh.com", "sk-ed25519", SHAPE_SK_RAW, 2,
	    "ssbss", 256, 32, NULL, DER("") },
};
/* clang-format on */

static const struct form *
sshkey_form(struct str type)
{
	size_t i;

	for (i = 0; i < MU_COUNT(forms); i++)
		if (str_eq(type, str_from(forms[i].name)))
			return &forms[i];
	return NULL;
}

size_t
sshkey_parts(struct str type)
{
	const struct form *f = sshkey_form(type);

	return f != NULL ? f->parts : 0;
}

bool
sshkey_known(struct str type)
{

	return sshkey_form(type) != NULL;
}

/*= X.690 8.1.3: the definite form, in as few bytes as can be. */
static void
sshkey_der(struct buf *b, unsigned char tag, struct str body)
{

	buf_addc(b, (char)tag);
	if (body.n >= 0x100) {
		buf_addc(b, (char)0x82);
		buf_addc(b, (char)(body.n >> 8 & 0xff));
	} else if (body.n >= 0x80) {
		buf_addc(b, (char)0x81);
	}
	buf_addc(b, (char)(body.n & 0xff));
	buf_add(b, body);
}

/* A positive INTEGER of the magnitude ${s}, which has a first byte. */
static void
sshkey_der_int(struct buf *b, struct str s)
{
	AUTO(buf) struct buf padded;

	buf_init(&padded, s.n + 1);
	if ((unsigned char)s.p[0] >= 0x80)
		buf_addc(&padded, '\0');
	buf_add(&padded, s);
	sshkey_der(b, 0x02, buf_str(&padded));
}

/* SEQUENCE { ${algid}, BIT STRING of ${key} }. */
static void
sshkey_spki(struct buf *b, struct str algid, struct str key)
{
	AUTO(buf) struct buf bits, body;

	buf_init(&bits, SSHKEY_SPKI_MAX);
	buf_init(&body, SSHKEY_SPKI_MAX);
	buf_addc(&bits, '\0');
	buf_add(&bits, key);
	buf_add(&body, algid);
	sshkey_der(&body, 0x03, buf_str(&bits));
	sshkey_der(b, 0x30, buf_str(&body));
}

/*= RFC 4253 6.6: e, n; RFC 3279 2.3.1: SEQUENCE { n, e }. */
static void
sshkey_rsa(const struct form *f, struct sshwire *w, struct buf *spki,
    size_t *bits)
{
	AUTO(buf) struct buf ints, key;
	struct str e, n;

	buf_init(&ints, SSHKEY_SPKI_MAX);
	buf_init(&key, SSHKEY_SPKI_MAX);
	e = sshwire_mpint(w, SSHKEY_BITS_MAX);
	n = sshwire_mpint(w, SSHKEY_BITS_MAX);
	if (w->bad)
		return;
	*bits = sshwire_bits(n);
	sshkey_der_int(&ints, n);
	sshkey_der_int(&ints, e);
	sshkey_der(&key, 0x30, buf_str(&ints));
	sshkey_spki(spki, f->algid, buf_str(&key));
}

/*= RFC 4253 6.6: p, q, g, y; RFC 3279 2.3.2: the first three are parameters. */
static void
sshkey_dsa(const struct form *f, struct sshwire *w, struct buf *spki,
    size_t *bits)
{
	AUTO(buf) struct buf params, algid, seq, key;
	struct str n;
	size_t i;

	buf_init(&params, SSHKEY_SPKI_MAX);
	buf_init(&algid, SSHKEY_SPKI_MAX);
	buf_init(&seq, SSHKEY_SPKI_MAX);
	buf_init(&key, SSHKEY_SPKI_MAX);
	for (i = 0; i < 4; i++) {
		n = sshwire_mpint(w, SSHKEY_BITS_MAX);
		if (w->bad)
			return;
		if (i == 0)
			*bits = sshwire_bits(n);
		sshkey_der_int(i < 3 ? &params : &key, n);
	}
	buf_add(&algid, f->algid);
	sshkey_der(&algid, 0x30, buf_str(&params));
	sshkey_der(&seq, 0x30, buf_str(&algid));
	sshkey_spki(spki, buf_str(&seq), buf_str(&key));
}

/* A curve's point or a raw key, and the application of a sk- key. */
static void
sshkey_raw(const struct form *f, struct sshwire *w, struct buf *spki)
{
	struct str key;

	if (f->curve != NULL && !str_eq(sshwire_string(w), str_from(f->curve)))
		w->bad = true;
	key = sshwire_string(w);
	if (key.n != f->raw_bytes)
		w->bad = true;
	/*= RFC 5480 2.2: 04 is the uncompressed form, the only one in use. */
	if (f->curve != NULL && key.n != 0 && key.p[0] != 0x04)
		w->bad = true;
	if (f->shape == SHAPE_SK_EC || f->shape == SHAPE_SK_RAW)
		(void)sshwire_string(w);
	else if (!w->bad)
		sshkey_spki(spki, f->algid, key);
}

int
sshkey_fp(struct str blob, struct arena *a, struct str *out, struct err *e)
{
	AUTO(buf) struct buf b;
	struct digest d = digest_sha256(blob);

	buf_init(&b, SSHKEY_FP_MAX);
	buf_adds(&b, "SHA256:");
	digest_base64(&b, digest_str(&d), false);
	return arena_str(a, buf_str(&b), out, e);
}

static int
sshkey_known_blob(const struct form *f, struct sshwire *w, struct arena *a,
    struct sshkey *out, struct err *e)
{
	AUTO(buf) struct buf spki;
	size_t bits = (size_t)f->bits;

	buf_init(&spki, SSHKEY_SPKI_MAX);
	if (f->shape == SHAPE_RSA)
		sshkey_rsa(f, w, &spki, &bits);
	else if (f->shape == SHAPE_DSA)
		sshkey_dsa(f, w, &spki, &bits);
	else
		sshkey_raw(f, w, &spki);
	if (!sshwire_done(w))
		return err_set(e, MU_EFORMAT,
		    "the public key is no whole %s key", f->name);
	TRY(buf_check(&spki, "the public key", e));
	out->type = str_from(f->name);
	out->alg = str_from(f->alg);
	out->bits = (int64_t)bits;
	if (spki.n == 0)
		return MU_OK;
	TRY(key_hex(STR("spki:"), buf_str(&spki), a, &out->key, e));
	out->spki = str_skip(out->key, sizeof("spki:") - 1);
	return MU_OK;
}

/*= RFC 4251 6: names are printable US-ASCII, without comma, 64 at most. */
static bool
sshkey_type_ok(struct str type)
{
	size_t i;

	if (type.n == 0 || type.n > SSHKEY_TYPE_MAX)
		return false;
	for (i = 0; i < type.n; i++)
		if (type.p[i] <= ' ' || type.p[i] > '~' || type.p[i] == ',')
			return false;
	return true;
}

int
sshkey_blob(struct str blob, struct arena *a, struct sshkey *out, struct err *e)
{
	struct sshkey k = { .bits = REC_NO_INT };
	struct sshwire w = { blob, false };
	const struct form *f;
	struct str type;

	if (blob.n > SSHKEY_BLOB_MAX)
		return err_set(e, MU_ELIMIT,
		    "the public key is longer than %d bytes", SSHKEY_BLOB_MAX);
	type = sshwire_string(&w);
	if (w.bad || !sshkey_type_ok(type))
		return err_set(e, MU_EFORMAT,
		    "the public key does not begin with the name of its type");
	if (str_find(type, STR("-cert-v0")) != SIZE_MAX)
		return err_set(e, MU_EUNSUPPORTED,
		    "a certificate stands where a public key is expected");
	f = sshkey_form(type);
	if (f != NULL)
		TRY(sshkey_known_blob(f, &w, a, &k, e));
	else
		TRY(arena_str(a, type, &k.type, e));
	TRY(sshkey_fp(blob, a, &k.ssh_fp, e));
	if (k.key.n == 0)
		TRY(arena_fmt(a, &k.key, e, "ssh:" STR_FMT, STR_ARG(k.ssh_fp)));
	*out = k;
	return MU_OK;
}

/* The head of an openssh-key-v1 file. */
struct head {
	struct str cipher, kdf, blob, rest;
};

/*= PROTOCOL.key, section 1. */
static int
sshkey_head(struct str bytes, struct head *h, struct err *e)
{
	static const char magic[] = "openssh-key-v1"; /* and its zero byte */
	struct sshwire w = { bytes, false };
	uint32_t keys;

	if (!str_eq(sshwire_bytes(&w, sizeof(magic)),
		str_of(magic, sizeof(magic))))
		return err_set(e, MU_EFORMAT,
		    "the private key does not begin with openssh-key-v1");
	h->cipher = sshwire_string(&w);
	h->kdf = sshwire_string(&w);
	(void)sshwire_string(&w); /* the salt and rounds */
	keys = sshwire_u32(&w);
	if (!w.bad && keys != 1)
		return err_set(e, MU_EUNSUPPORTED,
		    "the private key file holds %u keys, not one",
		    (unsigned)keys);
	h->blob = sshwire_string(&w);
	h->rest = sshwire_string(&w);
	if (w.bad || h->cipher.n == 0 || h->kdf.n == 0)
		return err_set(e, MU_EFORMAT,
		    "a length in the private key leads past its end");
	return MU_OK;
}

/*
 * The comment at the end of the private section, "" where it cannot be had:
 * that is no fault, since the public half is whole without it.
 */
/*= PROTOCOL.key, section 3: checkint twice, the key, its comment, padding. */
static struct str
sshkey_comment(struct str section)
{
	struct sshwire w = { section, false };
	const struct form *f;
	uint32_t check = sshwire_u32(&w);
	struct str comment;
	const char *c;

	if (sshwire_u32(&w) != check)
		return STR_NONE;
	f = sshkey_form(sshwire_string(&w));
	if (f == NULL)
		return STR_NONE;
	for (c = f->fields; *c != '\0'; c++) {
		if (*c == 'b')
			(void)sshwire_u8(&w);
		else
			(void)sshwire_string(&w);
	}
	comment = sshwire_string(&w);
	return w.bad ? STR_NONE : comment;
}

/* A cipher's name is the file's word: told only where it is a plain one. */
static int
sshkey_detail(const struct decode_in *in, const struct head *h, struct str *out,
    struct err *e)
{

	if (!sshkey_type_ok(h->cipher) || !sshkey_type_ok(h->kdf))
		return arena_str(in->job, STR("encrypted"), out, e);
	return arena_fmt(in->job, out, e,
	    "encrypted by " STR_FMT ", key from " STR_FMT, STR_ARG(h->cipher),
	    STR_ARG(h->kdf));
}

int
sshkey_private(const struct decode_in *in, struct str bytes, size_t block,
    struct err *e)
{
	struct sshput what = { .role = ROLE_PRIVATE,
		.mark = '#',
		.n = block,
		.expires = WHEN_NONE };
	struct sshkey key;
	struct head h;

	TRY(sshkey_head(bytes, &h, e));
	TRY(sshkey_blob(h.blob, in->job, &key, e));
	what.key = &key;
	if (str_eq(h.cipher, STR("none"))) {
		what.encrypted = TRI_NO;
		what.comment = sshkey_comment(h.rest);
	} else {
		what.encrypted = TRI_YES;
		TRY(sshkey_detail(in, &h, &what.detail, e));
	}
	return sshput_all(in, &what, e);
}
