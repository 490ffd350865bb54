#include "decode/jks.h"

#include <openssl/evp.h>

#include "decode/javaobj.h"
#include "decode/privkey.h"
#include "decode/sshput.h"
#include "decode/token.h"
#include "decode/x509.h"

#define JKS_MAGIC    0xfeedfeed
#define JCEKS_MAGIC  0xcececece
#define JKS_WHITENER "Mighty Aphrodite"
#define SHA1_BYTES   20

/* 9999-12-31T23:59:59Z, the last second that a record can hold. */
#define JKS_DATE_MAX 253402300799

enum {
	JKS_KEY = 1,
	JKS_TRUSTED = 2,
	JKS_SECRET = 3,
};

struct jks {
	const struct decode_in *in;
	struct bytes b;
	uint32_t version;
	bool jceks;
	enum weak weak; /* of the password, as far as it is known */
	size_t n;       /* of the entry, from 1 */
	struct str alias, detail;
	struct when date;
};

static void
jks_digest_auto(EVP_MD_CTX **c)
{

	EVP_MD_CTX_free(*c);
}

/* Whether the digest at the end was made with ${password}: each character as
 * two bytes, a fixed text, and all that stands before it. */
static bool
jks_opens(struct str bytes, const char *password)
{
	AUTO(jks_digest) EVP_MD_CTX *c = EVP_MD_CTX_new();
	struct str text = str_head(bytes, bytes.n - SHA1_BYTES);
	unsigned char out[EVP_MAX_MD_SIZE], wide[2] = { 0 };

	if (c == NULL || EVP_DigestInit_ex(c, EVP_sha1(), NULL) != 1)
		return false;
	for (; *password != '\0'; password++) {
		wide[1] = (unsigned char)*password;
		(void)EVP_DigestUpdate(c, wide, sizeof(wide));
	}
	(void)EVP_DigestUpdate(c, JKS_WHITENER, strlen(JKS_WHITENER));
	(void)EVP_DigestUpdate(c, text.p, text.n);
	return EVP_DigestFinal_ex(c, out, NULL) == 1 &&
	       str_eq(str_of(out, SHA1_BYTES), str_skip(bytes, text.n));
}

/* keytool takes six characters at least, other programs also none. */
static enum weak
jks_weak(struct str bytes)
{
	static const struct {
		const char *password;
		enum weak weak;
	} known[] = {
		{ "changeit", WEAK_DEFAULT },
		{ "", WEAK_BLANK },
		{ "changeme", WEAK_DEFAULT },
		{ "password", WEAK_COMMON },
		{ "secret", WEAK_COMMON },
		{ "123456", WEAK_COMMON },
	};
	size_t i;

	if (bytes.n < SHA1_BYTES)
		return WEAK_NONE;
	for (i = 0; i < MU_COUNT(known); i++)
		if (jks_opens(bytes, known[i].password))
			return known[i].weak;
	return WEAK_NONE;
}

/* A certificate's bytes; since version 2 its type stands before them. */
static struct str
jks_der(struct jks *j)
{

	if (j->version == 2)
		(void)bytes_take(&j->b, bytes_u16(&j->b));
	return bytes_take(&j->b, bytes_u32(&j->b));
}

/* One that cannot be read is a gap, and the next ones are read. */
static int
jks_certificate(struct jks *j, struct str der, bool trusted, struct x509 *x,
    struct err *e)
{
	struct x509_how how = { .trusted = trusted, .detail = j->detail };
	struct err why = { 0 };
	int r;

	r = x509_put_in(j->in, der, &how, j->n, x, &why);
	if (r == MU_EFORMAT)
		return decode_gap(j->in, '#', j->n, GAP_MALFORMED, e, "%s",
		    why.text);
	if (r < 0 && e != NULL)
		*e = why;
	return r;
}

/* A sealed key without a certificate: by its sealed bytes alone. */
static int
jks_sealed(struct jks *j, struct str sealed, enum cred_kind kind, struct err *e)
{
	struct rec i, c, s;

	rec_init(&i, REC_IDENTITY);
	rec_init(&c, REC_CREDENTIAL);
	TRY(decode_secret(j->in, sealed, j->alias, &c.credential.key,
	    &c.credential.fp, e));
	i.identity.key = c.credential.identity = c.credential.key;
	i.identity.kind =
	    j->in->kind != ID_KINDS ? j->in->kind : ID_SIGNING_KEY;
	i.identity.name = j->alias;
	i.identity.asset = j->in->host->key;
	i.identity.context = j->in->file->context;
	c.credential.kind = kind;
	c.credential.encrypted = TRI_YES;
	c.credential.weak = j->weak;
	c.credential.created = j->date;
	TRY(decode_put(j->in, &i, e));
	TRY(decode_put(j->in, &c, e));
	TRY(decode_sighting(j->in, &s, c.credential.key, ROLE_PRIVATE, '#',
	    j->n, e));
	s.sighting.detail = j->detail;
	return decode_put(j->in, &s, e);
}

/* A private key, and the chain of its certificates, its own first. */
static int
jks_key(struct jks *j, struct err *e)
{
	struct str sealed = bytes_take(&j->b, bytes_u32(&j->b)), der;
	struct x509 own = { .key = STR_NONE };
	struct privkey_closed what = { .pkey = &own.pkey,
		.name = j->alias,
		.detail = j->detail,
		.weak = j->weak,
		.created = j->date };
	uint32_t n = bytes_u32(&j->b), i;

	if (!j->b.bad && n > JKS_CHAIN_MAX)
		return err_set(e, MU_ELIMIT,
		    "a chain of more than %d certificates", JKS_CHAIN_MAX);
	for (i = 0; i < n && !j->b.bad; i++) {
		der = jks_der(j);
		if (!j->b.bad)
			TRY(jks_certificate(j, der, false, i == 0 ? &own : NULL,
			    e));
	}
	if (j->b.bad)
		return MU_OK;
	if (own.key.n == 0)
		return jks_sealed(j, sealed, CRED_KEYPAIR, e);
	return privkey_closed(j->in, &what, j->n, e);
}

static int
jks_secret(struct jks *j, struct err *e)
{
	struct str sealed = STR_NONE;

	if (!j->jceks || !javaobj_skip(&j->b, &sealed)) {
		j->b.bad = true;
		return err_set(e, MU_EUNSUPPORTED,
		    "a secret key in a form that is not known");
	}
	return jks_sealed(j, sealed, CRED_TOKEN, e);
}

/* "alias shop, since 2026-11-22": what the entry is called, and its date. */
static int
jks_detail(struct jks *j, int64_t ms, struct err *e)
{
	AUTO(buf) struct buf day = { 0 };

	buf_init(&day, 32);
	j->date = WHEN_NONE;
	if (ms > 0 && ms / 1000 <= JKS_DATE_MAX) {
		j->date = (struct when){ ms / 1000, BY_IN_BAND };
		clock_day(&day, j->date.at);
	}
	return arena_fmt(j->in->job, &j->detail, e,
	    "alias " STR_FMT "%s" STR_FMT, STR_ARG(j->alias),
	    day.n != 0 ? ", since " : "", STR_ARG(buf_str(&day)));
}

static int
jks_entry(struct jks *j, struct err *e)
{
	uint32_t tag = bytes_u32(&j->b);
	struct str der;

	j->alias = bytes_take(&j->b, bytes_u16(&j->b));
	j->alias = token_short(sshput_comment(j->alias));
	TRY(jks_detail(j, (int64_t)bytes_u64(&j->b), e));
	if (j->b.bad)
		return MU_OK;
	switch (tag) {
	case JKS_KEY:
		return jks_key(j, e);
	case JKS_TRUSTED:
		der = jks_der(j);
		return j->b.bad ? MU_OK :
				  jks_certificate(j, der, true, NULL, e);
	case JKS_SECRET:
		return jks_secret(j, e);
	default:
		return err_set(e, MU_EFORMAT,
		    "entry %zu of the keystore is of no known kind", j->n);
	}
}

static int
jks_read(const struct decode_in *in, struct err *e)
{
	struct jks j = { .in = in, .b = { .rest = in->bytes } };
	uint32_t magic = bytes_u32(&j.b), n;

	pkey_start();
	j.jceks = magic == JCEKS_MAGIC;
	j.version = bytes_u32(&j.b);
	n = bytes_u32(&j.b);
	if (j.b.bad || (!j.jceks && magic != JKS_MAGIC))
		return err_set(e, MU_EFORMAT, "this is no Java keystore");
	if (j.version != 1 && j.version != 2)
		return err_set(e, MU_EUNSUPPORTED,
		    "a Java keystore of a version other than 1 and 2");
	if (n > JKS_ENTRIES_MAX)
		return err_set(e, MU_ELIMIT,
		    "a keystore of more than %d entries", JKS_ENTRIES_MAX);
	j.weak = jks_weak(in->bytes);
	for (j.n = 1; j.n <= n && !j.b.bad; j.n++)
		TRY(jks_entry(&j, e));
	if (j.b.bad || j.b.rest.n != SHA1_BYTES)
		return err_set(e, MU_EFORMAT,
		    "the keystore ends before or after its entries do");
	return MU_OK;
}

static bool
jks_sniff(struct str head)
{
	struct bytes b = { .rest = head };
	uint32_t magic = bytes_u32(&b), version = bytes_u32(&b);

	return !b.bad && (magic == JKS_MAGIC || magic == JCEKS_MAGIC) &&
	       (version == 1 || version == 2);
}

const struct decoder decode_jks = {
	.name = "jks",
	.place = "file.jks",
	.sees = "Java keystores: aliases, their dates, certificates and keys",
	.source = "OpenJDK: JavaKeyStore, JceKeyStore",
	.max_bytes = JKS_BYTES_MAX,
	.sniff = jks_sniff,
	.read = jks_read,
};
