#include "decode/x509name.h"

#include <arpa/inet.h>

#include <openssl/bio.h>
#include <openssl/x509v3.h>

#include "base/vec.h"
#include "base/vis.h"
#include "decode/x509.h"

/* Names longer than this in the subject are cut before they are printed. */
#define X509NAME_ROOM ((size_t)4 * X509_NAME_MAX_BYTES)

struct alt {
	VEC(struct str) v;
	struct arena *a;
	size_t bytes;
	bool cut;
};

static void
x509name_alt_auto(struct alt *l)
{

	vec_free(&l->v);
}

static void
x509name_bio_auto(BIO **b)
{

	(void)BIO_free(*b);
}

/* ${s}, cut to ${max} bytes at a character's end. */
static struct str
x509name_fit(struct str s, size_t max)
{

	if (s.n <= max)
		return s;
	s.n = max;
	while (s.n != 0 && ((unsigned char)s.p[s.n] & 0xc0) == 0x80)
		s.n--;
	return s;
}

int
x509name_text(const X509_NAME *name, struct arena *a, struct str *out,
    struct err *e)
{
	AUTO(x509name_bio) BIO *bio = BIO_new(BIO_s_mem());
	char *p = NULL;
	long n;

	if (bio == NULL)
		return err_set(e, MU_ESYSTEM, "OpenSSL has no memory");
	(void)X509_NAME_print_ex(bio, name, 0,
	    XN_FLAG_RFC2253 & ~(unsigned long)ASN1_STRFLGS_ESC_MSB);
	n = BIO_get_mem_data(bio, &p);
	return arena_str(a,
	    x509name_fit(str_of(p, n > 0 ? (size_t)n : 0), X509_TEXT_MAX), out,
	    e);
}

int
x509name_common(const X509_NAME *name, struct arena *a, struct str *out,
    struct err *e)
{
	AUTO(buf) struct buf b = { 0 };
	AUTO(pkey_bytes) unsigned char *utf8 = NULL;
	const X509_NAME_ENTRY *entry;
	int n, at = -1, last = -1;

	*out = STR_NONE;
	while ((at = X509_NAME_get_index_by_NID(name, NID_commonName, at)) >= 0)
		last = at;
	entry = X509_NAME_get_entry(name, last);
	if (entry == NULL)
		return MU_OK;
	n = ASN1_STRING_to_UTF8(&utf8, X509_NAME_ENTRY_get_data(entry));
	if (n <= 0)
		return MU_OK;
	buf_init(&b, X509NAME_ROOM);
	vis_add(&b, x509name_fit(str_of(utf8, (size_t)n), X509_NAME_MAX_BYTES));
	return arena_str(a, buf_str(&b), out, e);
}

/* Add one name; past a cap it is dropped, and the list says so. */
static int
x509name_add(struct alt *l, const char *prefix, struct str name, struct err *e)
{
	AUTO(buf) struct buf b = { 0 };
	struct str s;
	size_t i;

	buf_init(&b, X509NAME_ROOM + 16);
	buf_adds(&b, prefix);
	vis_add(&b, x509name_fit(name, X509_NAME_MAX_BYTES));
	for (i = 0; i < b.n; i++)
		if (b.p[i] >= 'A' && b.p[i] <= 'Z')
			b.p[i] = (char)(b.p[i] - 'A' + 'a');
	if (l->v.n == REC_NAMES_MAX || b.n > X509_NAMES_MAX_BYTES - l->bytes) {
		l->cut = true;
		return MU_OK;
	}
	l->bytes += b.n;
	TRY(arena_str(l->a, buf_str(&b), &s, e));
	(void)vec_push(&l->v, REC_NAMES_MAX, s);
	return MU_OK;
}

static struct str
x509name_asn1(const ASN1_STRING *s)
{

	return str_of(ASN1_STRING_get0_data(s), (size_t)ASN1_STRING_length(s));
}

/*= RFC 5280 section 4.2.1.6: four octets, or sixteen. */
static int
x509name_ip(struct alt *l, struct str raw, struct err *e)
{
	char text[INET6_ADDRSTRLEN];

	if ((raw.n != 4 && raw.n != 16) ||
	    inet_ntop(raw.n == 4 ? AF_INET : AF_INET6, raw.p, text,
		sizeof(text)) == NULL)
		return MU_OK;
	return x509name_add(l, "", str_from(text), e);
}

/* Other names: Microsoft's user principal name is the one met in practice. */
static int
x509name_other(struct alt *l, const OTHERNAME *o, struct err *e)
{

	if (OBJ_obj2nid(o->type_id) != NID_ms_upn ||
	    o->value->type != V_ASN1_UTF8STRING)
		return MU_OK;
	return x509name_add(l,
	    "upn:", x509name_asn1(o->value->value.utf8string), e);
}

static int
x509name_one(struct alt *l, const GENERAL_NAME *g, struct err *e)
{

	switch (g->type) {
	case GEN_DNS:
		return x509name_add(l, "", x509name_asn1(g->d.dNSName), e);
	case GEN_EMAIL:
		return x509name_add(l, "email:", x509name_asn1(g->d.rfc822Name),
		    e);
	case GEN_URI:
		return x509name_add(l,
		    "uri:", x509name_asn1(g->d.uniformResourceIdentifier), e);
	case GEN_IPADD:
		return x509name_ip(l, x509name_asn1(g->d.iPAddress), e);
	case GEN_OTHERNAME:
		return x509name_other(l, g->d.otherName, e);
	default:
		return MU_OK;
	}
}

static int
x509name_order(const void *a, const void *b)
{

	return str_cmp(*(const struct str *)a, *(const struct str *)b);
}

/* Sort, take each once, and move the list to the arena. */
static int
x509name_done(struct alt *l, struct x509name_list *out, struct err *e)
{
	size_t i;

	if (l->v.n == 0)
		return MU_OK;
	qsort(l->v.v, l->v.n, sizeof(*l->v.v), x509name_order);
	out->names = arena_take(l->a, l->v.n, sizeof(*out->names));
	if (out->names == NULL)
		return err_set(e, MU_ELIMIT, "the job's memory is used up");
	for (i = 0; i < l->v.n; i++)
		if (i == 0 || !str_eq(l->v.v[i], l->v.v[i - 1]))
			out->names[out->n++] = l->v.v[i];
	return MU_OK;
}

/* Every subjectAltName there is: a second one is a fault, and still read. */
static int
x509name_each(const X509 *c, struct alt *l, struct x509name_list *out,
    struct err *e)
{
	GENERAL_NAMES *g;
	int at = -1, i, r = MU_OK;

	while (r >= 0 &&
	       (at = X509_get_ext_by_NID(c, NID_subject_alt_name, at)) >= 0) {
		g = X509V3_EXT_d2i(X509_get_ext(c, at));
		if (g == NULL)
			out->malformed = true;
		for (i = 0; r >= 0 && i < sk_GENERAL_NAME_num(g); i++)
			r = x509name_one(l, sk_GENERAL_NAME_value(g, i), e);
		GENERAL_NAMES_free(g);
	}
	return r;
}

int
x509name_alt(const X509 *c, struct str cn, struct arena *a,
    struct x509name_list *out, struct err *e)
{
	AUTO(x509name_alt) struct alt l = { .a = a };

	TRY(x509name_each(c, &l, out, e));
	if (l.v.n == 0 && cn.n != 0) {
		size_t i;
		char *p = arena_take(a, cn.n + 1, 1);

		if (p == NULL)
			return err_set(e, MU_ELIMIT,
			    "the job's memory is used up");
		for (i = 0; i < cn.n; i++)
			p[i] = (char)(cn.p[i] >= 'A' && cn.p[i] <= 'Z' ?
					  cn.p[i] - 'A' + 'a' :
					  cn.p[i]);
		(void)vec_push(&l.v, REC_NAMES_MAX, str_of(p, cn.n));
	}
	out->cut = l.cut;
	return x509name_done(&l, out, e);
}
