#include "decode/x509.h"

#include <openssl/asn1.h>
#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/rsa.h>
#include <openssl/x509v3.h>

#include "base/digest.h"
#include "decode/x509memo.h"
#include "decode/x509name.h"

/* Longest serial number taken, bytes; RFC 5280 section 4.1.2.2 allows 20. */
#define X509_SERIAL_MAX 64

/* 9999-12-31T23:59:59Z, which RFC 5280 section 4.1.2.5 has for "no expiry". */
#define X509_NO_EXPIRY 253402300799

/* First year that a record can hold. */
#define X509_YEAR_MIN 1

/* Most usages looked at in one certificate. */
#define X509_USAGES_MAX 64

enum means {
	MEANS_OTHER,
	MEANS_SERVER,
	MEANS_CLIENT,
	MEANS_ANY, /* both */
	MEANS_SIGNS,
};

/*= RFC 5280 section 4.2.1.12, and the usages that are common beside those. */
static const struct {
	int nid;
	const char *word;
	enum means means;
} usages[] = {
	{ NID_server_auth, "server_auth", MEANS_SERVER },
	{ NID_client_auth, "client_auth", MEANS_CLIENT },
	{ NID_anyExtendedKeyUsage, "any", MEANS_ANY },
	{ NID_code_sign, "code_signing", MEANS_SIGNS },
	{ NID_ms_code_ind, "ms_code_signing", MEANS_SIGNS },
	{ NID_ms_code_com, "ms_code_signing", MEANS_SIGNS },
	{ NID_email_protect, "email", MEANS_OTHER },
	{ NID_time_stamp, "time_stamping", MEANS_SIGNS },
	{ NID_OCSP_sign, "ocsp_signing", MEANS_SIGNS },
	{ NID_ipsec_IKE, "ipsec_ike", MEANS_OTHER },
	{ NID_ipsecEndSystem, "ipsec_end_system", MEANS_OTHER },
	{ NID_ipsecTunnel, "ipsec_tunnel", MEANS_OTHER },
	{ NID_ipsecUser, "ipsec_user", MEANS_OTHER },
	{ NID_ms_smartcard_login, "smartcard_logon", MEANS_CLIENT },
	{ NID_pkInitClientAuth, "pkinit_client", MEANS_CLIENT },
	{ NID_pkInitKDC, "pkinit_kdc", MEANS_SERVER },
	{ NID_sshClient, "ssh_client", MEANS_OTHER },
	{ NID_sshServer, "ssh_server", MEANS_OTHER },
};

static void
x509_fault(struct x509 *x, enum gap_reason reason, const char *what)
{

	if (x->fault != NULL)
		return;
	x->fault = what;
	x->fault_reason = reason;
}

static int
x509_serial(const X509 *c, struct arena *a, struct x509 *x, struct err *e)
{
	AUTO(buf) struct buf b = { 0 };
	const ASN1_INTEGER *n = X509_get0_serialNumber(c);
	struct str raw =
	    str_of(ASN1_STRING_get0_data(n), (size_t)ASN1_STRING_length(n));

	buf_init(&b, 2 * X509_SERIAL_MAX + 8);
	if (ASN1_STRING_type(n) == V_ASN1_NEG_INTEGER)
		buf_addc(&b, '-');
	if (raw.n == 0)
		buf_adds(&b, "00");
	digest_hex(&b, str_head(raw, X509_SERIAL_MAX));
	return arena_str(a, buf_str(&b), &x->serial, e);
}

static bool
x509_time(const ASN1_TIME *t, int64_t *at_s)
{
	struct tm tm = { 0 };
	struct clock_utc u;

	if (ASN1_TIME_to_tm(t, &tm) != 1 || tm.tm_year < X509_YEAR_MIN - 1900)
		return false;
	u = (struct clock_utc){ .year = (int64_t)tm.tm_year + 1900,
		.month = (unsigned)tm.tm_mon + 1,
		.day = (unsigned)tm.tm_mday,
		.hour = (unsigned)tm.tm_hour,
		.minute = (unsigned)tm.tm_min,
		.second = (unsigned)tm.tm_sec };
	*at_s = clock_join(&u);
	return true;
}

/*= RFC 5280 section 4.1.2.5: years 1950 to 9999, the last for "no expiry". */
static void
x509_times(const X509 *c, struct x509 *x)
{

	x->not_before = x->not_after = CLOCK_NONE;
	if (!x509_time(X509_get0_notBefore(c), &x->not_before))
		x509_fault(x, GAP_MALFORMED,
		    "its notBefore is no date (RFC "
		    "5280, section 4.1.2.5)");
	if (!x509_time(X509_get0_notAfter(c), &x->not_after))
		x509_fault(x, GAP_MALFORMED,
		    "its notAfter is no date (RFC "
		    "5280, section 4.1.2.5)");
	if (x->not_after == X509_NO_EXPIRY)
		x->not_after = CLOCK_NONE;
}

/*= RFC 8017 appendix A.2.3: PSS names its hash in parameters; SHA-1 if not. */
static int
x509_pss_hash(const X509_ALGOR *alg)
{
	const ASN1_OBJECT *oid = NULL;
	RSA_PSS_PARAMS *pss;
	const void *v = NULL;
	int type = 0, nid = NID_sha1;

	X509_ALGOR_get0(NULL, &type, &v, alg);
	if (type != V_ASN1_SEQUENCE)
		return NID_undef;
	pss = ASN1_item_unpack(v, ASN1_ITEM_rptr(RSA_PSS_PARAMS));
	if (pss == NULL)
		return NID_undef;
	if (pss->hashAlgorithm != NULL) {
		X509_ALGOR_get0(&oid, NULL, NULL, pss->hashAlgorithm);
		nid = OBJ_obj2nid(oid);
	}
	RSA_PSS_PARAMS_free(pss);
	return nid;
}

/* The hash of the signature, or the algorithm that needs none. */
static int
x509_sig(const X509 *c, struct arena *a, struct x509 *x, struct err *e)
{
	AUTO(buf) struct buf b = { 0 };
	const X509_ALGOR *alg = NULL;
	int nid = X509_get_signature_nid(c), hash = NID_undef;
	const char *p;

	X509_get0_signature(NULL, &alg, c);
	if (nid == NID_rsassaPss)
		hash = x509_pss_hash(alg);
	else if (OBJ_find_sigid_algs(nid, &hash, NULL) != 1)
		hash = NID_undef;
	if (hash == NID_undef && (nid == NID_ED25519 || nid == NID_ED448))
		hash = nid;
	if (hash == NID_undef)
		return MU_OK;
	buf_init(&b, X509_TEXT_MAX);
	for (p = OBJ_nid2sn(hash); p != NULL && *p != '\0'; p++)
		buf_addc(&b,
		    (char)(*p >= 'A' && *p <= 'Z' ? *p - 'A' + 'a' : *p));
	return arena_str(a, buf_str(&b), &x->sig, e);
}

/* A key that cannot be read is a fault of the certificate, and kept by hash. */
static int
x509_pkey(const X509 *c, struct arena *a, struct x509 *x, struct err *e)
{
	AUTO(pkey_bytes) unsigned char *der = NULL;
	int n = i2d_X509_PUBKEY(X509_get_X509_PUBKEY(c), &der);
	struct str spki;

	if (n <= 0)
		return err_set(e, MU_EFORMAT,
		    "no public key as in RFC 5280, "
		    "section 4.1.2.7");
	spki = str_of(der, (size_t)n);
	if (pkey_read(spki, a, &x->pkey, NULL) == MU_OK)
		return MU_OK;
	x509_fault(x, GAP_MALFORMED,
	    "its public key cannot be read (RFC "
	    "5280, section 4.1.2.7)");
	return pkey_hash(spki, a, &x->pkey, e);
}

/*= RFC 5280 section 4.2.1.9. */
static void
x509_ca(const X509 *c, struct x509 *x)
{
	BASIC_CONSTRAINTS *bc;
	int crit = 0;

	x->v1 = X509_get_version(c) == X509_VERSION_1;
	bc = X509_get_ext_d2i(c, NID_basic_constraints, &crit, NULL);
	if (bc != NULL)
		x->ca = bc->ca != 0 ? TRI_YES : TRI_NO;
	else if (crit == -1)
		x->ca = x->v1 ? TRI_UNKNOWN : TRI_NO;
	else
		x509_fault(x, GAP_MALFORMED,
		    "its basicConstraints cannot be "
		    "read (RFC 5280, section 4.2.1.9)");
	BASIC_CONSTRAINTS_free(bc);
}

static void
x509_usage(const ASN1_OBJECT *oid, struct buf *b, struct x509 *x)
{
	char text[80];
	size_t i;
	int nid = OBJ_obj2nid(oid), n;

	for (i = 0; i < MU_COUNT(usages) && usages[i].nid != nid; i++)
		continue;
	if (b->n != 0)
		buf_addc(b, ' ');
	if (i == MU_COUNT(usages)) {
		n = OBJ_obj2txt(text, sizeof(text), oid, 1);
		buf_adds(b, n > 0 && n < (int)sizeof(text) ? text : "other");
		return;
	}
	buf_adds(b, usages[i].word);
	if (usages[i].means == MEANS_SERVER || usages[i].means == MEANS_ANY)
		x->server_auth = true;
	if (usages[i].means == MEANS_CLIENT || usages[i].means == MEANS_ANY)
		x->client_auth = true;
	x->signs |= usages[i].means == MEANS_SIGNS;
}

/*= RFC 5280 section 4.2.1.12. */
static int
x509_usages(const X509 *c, struct arena *a, struct x509 *x, struct err *e)
{
	AUTO(buf) struct buf b = { 0 };
	EXTENDED_KEY_USAGE *eku;
	int i, crit = 0;

	eku = X509_get_ext_d2i(c, NID_ext_key_usage, &crit, NULL);
	if (eku == NULL && crit != -1)
		x509_fault(x, GAP_MALFORMED,
		    "its extKeyUsage cannot be read "
		    "(RFC 5280, section 4.2.1.12)");
	buf_init(&b, X509_USAGES_MAX * 96);
	for (i = 0; i < sk_ASN1_OBJECT_num(eku) && i < X509_USAGES_MAX; i++)
		x509_usage(sk_ASN1_OBJECT_value(eku, i), &b, x);
	EXTENDED_KEY_USAGE_free(eku);
	return arena_str(a, str_head(buf_str(&b), X509_TEXT_MAX), &x->usage, e);
}

/* Whether authority and subject key ids are both there, and differ. */
static bool
x509_ids_differ(const X509 *c)
{
	ASN1_OCTET_STRING *subject;
	AUTHORITY_KEYID *issuer;
	bool differ;

	subject = X509_get_ext_d2i(c, NID_subject_key_identifier, NULL, NULL);
	issuer = X509_get_ext_d2i(c, NID_authority_key_identifier, NULL, NULL);
	differ = subject != NULL && issuer != NULL && issuer->keyid != NULL &&
		 ASN1_OCTET_STRING_cmp(subject, issuer->keyid) != 0;
	ASN1_OCTET_STRING_free(subject);
	AUTHORITY_KEYID_free(issuer);
	return differ;
}

/* Whether the certificate ${der} is signed by the key that is in it. */
static bool
x509_signs_itself(struct str der)
{
	AUTO(pkey_x509) X509 *c = NULL;
	const unsigned char *p = (const unsigned char *)der.p;
	EVP_PKEY *key;

	c = d2i_X509(NULL, &p, (long)der.n);
	key = c != NULL ? X509_get0_pubkey(c) : NULL;
	return key != NULL && X509_verify(c, key) == 1;
}

/*
 * Signed by its own key: the names are one, and the signature says so. An
 * authority is taken at its names and key ids, since nothing hangs on it and
 * every host has some three hundred. Unknown where the algorithm or the size of
 * the key keeps us from looking.
 */
static enum tri
x509_self(const X509 *c, struct str der, const struct x509 *x)
{

	if (X509_NAME_cmp(X509_get_subject_name(c), X509_get_issuer_name(c)) !=
		0 ||
	    x509_ids_differ(c))
		return TRI_NO;
	if (x->ca == TRI_YES)
		return TRI_YES;
	if (x->pkey.alg.n == 0 || x->sig.n == 0 ||
	    x->pkey.bits > X509_VERIFY_BITS_MAX)
		return TRI_UNKNOWN;
	return x509_signs_itself(der) ? TRI_YES : TRI_NO;
}

static int
x509_facts(const X509 *c, struct arena *a, struct x509 *x, struct err *e)
{

	TRY(x509name_text(X509_get_subject_name(c), a, &x->subject, e));
	TRY(x509name_text(X509_get_issuer_name(c), a, &x->issuer, e));
	TRY(x509name_common(X509_get_subject_name(c), a, &x->cn, e));
	TRY(x509_serial(c, a, x, e));
	TRY(x509_sig(c, a, x, e));
	TRY(x509_pkey(c, a, x, e));
	TRY(x509_usages(c, a, x, e));
	x509_times(c, x);
	x509_ca(c, x);
	return MU_OK;
}

static int
x509_names(const X509 *c, struct arena *a, struct x509 *x, struct err *e)
{
	struct x509name_list l = { 0 };

	TRY(x509name_alt(c, x->cn, a, &l, e));
	x->names = l.names;
	x->n_names = l.n;
	if (l.malformed)
		x509_fault(x, GAP_MALFORMED,
		    "its subjectAltName cannot be "
		    "read (RFC 5280, section 4.2.1.6)");
	if (l.cut)
		x509_fault(x, GAP_LIMIT, "it has more names than are kept");
	return MU_OK;
}

int
x509_read(struct str der, struct arena *a, struct x509 *out, struct err *e)
{
	AUTO(pkey_x509) X509 *c = NULL;
	const unsigned char *p = (const unsigned char *)der.p;
	struct x509 x = { 0 };
	int r;

	if (der.n > X509_BYTES_MAX)
		return err_set(e, MU_ELIMIT,
		    "the certificate is longer than %d bytes", X509_BYTES_MAX);
	pkey_start();
	c = X509_new_ex(pkey_bare(), NULL);
	if (d2i_X509(&c, &p, (long)der.n) == NULL) {
		ERR_clear_error();
		return err_set(e, MU_EFORMAT,
		    "no certificate as in RFC 5280, section 4.1");
	}
	der = str_head(der, (size_t)((const char *)p - der.p));
	TRY(key_hex(STR("x509:"), der, a, &x.key, e));
	r = x509_facts(c, a, &x, e);
	if (r >= 0)
		r = x509_names(c, a, &x, e);
	if (r >= 0)
		x.self_signed = x509_self(c, der, &x);
	ERR_clear_error();
	if (r >= 0)
		*out = x;
	return r;
}

/* A name that a client could connect to: a dot, no blank, no other kind. */
static bool
x509_names_host(const struct x509 *x)
{
	static const char *const other[] = { "email:", "uri:", "upn:" };
	bool host;
	size_t i, k;

	for (i = 0; i < x->n_names; i++) {
		host = str_chr(x->names[i], '.') != SIZE_MAX &&
		       str_chr(x->names[i], ' ') == SIZE_MAX;
		for (k = 0; k < MU_COUNT(other); k++)
			if (str_starts(x->names[i], str_from(other[k])))
				host = false;
		if (host)
			return true;
	}
	return false;
}

bool
x509_anchor(const struct x509 *x)
{

	if (x->self_signed == TRI_YES && (x->server_auth || x509_names_host(x)))
		return false;
	return x->ca == TRI_YES || (x->v1 && x->self_signed == TRI_YES);
}

static enum id_kind
x509_kind(const struct decode_in *in, const struct x509 *x)
{

	if (in->kind != ID_KINDS)
		return in->kind;
	if (x->server_auth)
		return ID_TLS_CERT;
	if (x->client_auth)
		return ID_CLIENT_CERT;
	return x->signs ? ID_SIGNING_KEY : ID_TLS_CERT;
}

/* A certificate of which nothing is known but what it says itself. */
static const struct x509_how plain = { .trusted = false };

/* As a person would say it: the commonName, a name, or what there is. */
static struct str
x509_title(const struct x509 *x)
{

	if (x->cn.n != 0)
		return x->cn;
	if (x->n_names != 0)
		return x->names[0];
	return x->subject.n != 0 ? x->subject : x->key;
}

static int
x509_identity(const struct decode_in *in, const struct x509 *x,
    const struct x509_how *how, struct str *key, struct err *e)
{
	struct rec r;
	size_t i;

	rec_init(&r, REC_IDENTITY);
	TRY(key_tls(x->names, x->n_names, x->pkey.spki,
	    x->self_signed == TRI_YES, in->job, key, e));
	r.identity.key = *key;
	r.identity.kind = x509_kind(in, x);
	r.identity.name = x509_title(x);
	r.identity.asset = in->host->key;
	r.identity.context = in->file->context;
	r.identity.purpose = how->purpose;
	r.identity.owner = how->owner;
	r.identity.owner_by = how->owner_by;
	for (i = 0; i < x->n_names; i++)
		if (key_public_name(x->names[i]))
			r.identity.internet = TRI_YES;
	return decode_put(in, &r, e);
}

static int
x509_credential(const struct decode_in *in, const struct x509 *x,
    struct str identity, struct err *e)
{
	struct rec r;

	rec_init(&r, REC_CREDENTIAL);
	r.credential.key = x->key;
	r.credential.identity = identity;
	r.credential.kind = CRED_X509;
	r.credential.alg = x->pkey.alg;
	r.credential.bits = x->pkey.bits;
	r.credential.spki = x->pkey.spki;
	r.credential.subject = x->subject;
	r.credential.issuer = x->issuer;
	r.credential.serial = x->serial;
	r.credential.sig = x->sig;
	r.credential.usage = x->usage;
	r.credential.names = x->names;
	r.credential.n_names = x->n_names;
	r.credential.ca = x->ca;
	r.credential.self_signed = x->self_signed;
	if (x->not_before != CLOCK_NONE)
		r.credential.created =
		    (struct when){ x->not_before, BY_IN_BAND };
	if (x->not_after != CLOCK_NONE)
		r.credential.expires =
		    (struct when){ x->not_after, BY_IN_BAND };
	return decode_put(in, &r, e);
}

static int
x509_put_fault(const struct decode_in *in, const struct x509 *x, size_t block,
    struct err *e)
{

	if (x->fault == NULL)
		return MU_OK;
	return decode_gap(in, '#', block, x->fault_reason, e,
	    "the certificate is kept, but %s", x->fault);
}

int
x509_tell(const struct decode_in *in, const struct x509 *x,
    struct str *identity, struct err *e)
{

	*identity = STR_NONE;
	if (!x509_anchor(x))
		TRY(x509_identity(in, x, &plain, identity, e));
	return x509_credential(in, x, *identity, e);
}

int
x509_put_in(const struct decode_in *in, struct str der,
    const struct x509_how *how, size_t block, struct x509 *out, struct err *e)
{
	struct str identity = STR_NONE;
	struct x509 x;
	struct rec r;
	bool anchor;

	TRY(x509memo_read(in->certs, der, in->job, &x, e));
	if (out != NULL)
		*out = x;
	anchor = how->trusted || x509_anchor(&x);
	if (anchor && x509memo_count(in->certs, x.key))
		return MU_OK;
	if (!anchor)
		TRY(x509_identity(in, &x, how, &identity, e));
	TRY(x509_credential(in, &x, identity, e));
	TRY(decode_sighting(in, &r, x.key, anchor ? ROLE_TRUSTED : ROLE_PUBLIC,
	    '#', block, e));
	r.sighting.detail = how->detail;
	TRY(decode_put(in, &r, e));
	return x509_put_fault(in, &x, block, e);
}

int
x509_put_served(const struct decode_in *in, struct str der, bool own,
    struct str detail, struct str *identity, struct err *e)
{
	struct x509 x;
	struct rec r;

	*identity = STR_NONE;
	TRY(x509_read(der, in->job, &x, e));
	if (own || !x509_anchor(&x))
		TRY(x509_identity(in, &x, &plain, identity, e));
	TRY(x509_credential(in, &x, *identity, e));
	rec_init(&r, REC_SIGHTING);
	r.sighting.credential = x.key;
	r.sighting.asset = in->host->key;
	r.sighting.place = in->place;
	r.sighting.locator = in->file->path;
	r.sighting.role = ROLE_SERVED;
	r.sighting.detail = detail;
	TRY(decode_put(in, &r, e));
	return x509_put_fault(in, &x, 0, e);
}

int
x509_put(const struct decode_in *in, struct str der, size_t block,
    struct err *e)
{

	return x509_put_in(in, der, &plain, block, NULL, e);
}

int
x509_managed(const struct decode_in *in, const struct x509 *x,
    const struct x509_how *how, struct err *e)
{
	struct str identity;
	struct rec r;

	if (x509_anchor(x))
		return MU_OK;
	TRY(x509_identity(in, x, how, &identity, e));
	TRY(decode_sighting(in, &r, x->key, ROLE_STORED, '#', 0, e));
	r.sighting.detail = how->detail;
	return decode_put(in, &r, e);
}
