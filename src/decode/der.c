#include "decode/der.h"

#include "decode/asn1.h"
#include "decode/pkcs.h"
#include "decode/privkey.h"
#include "decode/x509.h"

/* The length octet of X.690 section 8.1.3.6, and the longest others. */
#define DER_INDEFINITE 0x80
#define DER_LENGTH_MAX 0x84

#define OID(lit)                       \
	{                              \
		(lit), sizeof(lit) - 1 \
	}

/* Bytes of a sequence's identifier and length. */
static size_t
der_prefix(struct str head)
{
	unsigned n;

	if (head.n < 8 || (unsigned char)head.p[0] != TAG_SEQUENCE)
		return 0;
	n = (unsigned char)head.p[1];
	if (n > DER_LENGTH_MAX)
		return 0;
	return n <= DER_INDEFINITE ? 2 : 2 + (n & 0x7f);
}

bool
der_shape(struct str head, struct str *inner)
{
	size_t skip = der_prefix(head), n = 0, i;

	if (skip == 0)
		return false;
	*inner = str_skip(head, skip);
	if ((unsigned char)head.p[1] == DER_INDEFINITE)
		return true;
	n = (unsigned char)head.p[1] & 0x7f;
	for (i = 2; i < skip; i++)
		n = (i == 2 ? 0 : n << 8) | (unsigned char)head.p[i];
	if (head.n < DER_HEAD_BYTES)
		return n == inner->n;
	return n >= inner->n;
}

/*
 * What may be first in the sequence: a sequence (certificate, request, sealed
 * key), a number (a key: version 0 or 1) or an OID (a bundle).
 */
static bool
der_sniff(struct str head)
{
	struct str inner;

	if (!der_shape(head, &inner) || inner.n < 4)
		return false;
	if ((unsigned char)inner.p[0] == TAG_INTEGER)
		return inner.p[1] == 1 && (inner.p[2] == 0 || inner.p[2] == 1);
	return (unsigned char)inner.p[0] == TAG_SEQUENCE ||
	       (unsigned char)inner.p[0] == TAG_OID;
}

/*= RFC 5208 section 6: an algorithm of PKCS#5 or PKCS#12, then the bytes. */
static int
der_sealed(const struct decode_in *in, struct str der, size_t block,
    struct err *e)
{
	static const struct str pbe[] = {
		OID("\x2a\x86\x48\x86\xf7\x0d\x01\x05"),
		OID("\x2a\x86\x48\x86\xf7\x0d\x01\x0c\x01"),
	};
	struct str at = der, body, alg, oid, bytes;

	if (asn1_take(&at, TAG_SEQUENCE, &body) && at.n == 0 &&
	    asn1_take(&body, TAG_SEQUENCE, &alg) &&
	    asn1_take(&alg, TAG_OID, &oid) &&
	    asn1_take(&body, TAG_OCTETS, &bytes) && body.n == 0 &&
	    (str_starts(oid, pbe[0]) || str_starts(oid, pbe[1])))
		return privkey_sealed(in, der, block, e);
	return err_set(e, MU_EFORMAT, "no sealed key");
}

/* A PrivateKeyInfo of an algorithm that is known; others are too like it. */
static int
der_key(const struct decode_in *in, struct str der, size_t block, struct err *e)
{
	AUTO(buf) struct buf spki = { 0 };

	buf_init(&spki, DER_BYTES_MAX);
	if (privkey_spki(der, &spki, e) < 0)
		return err_set(e, MU_EFORMAT, "no key");
	return privkey_put(in, der, block, e);
}

/* In this order: the first that can read the bytes has them. */
static int (*const forms[])(const struct decode_in *in, struct str der,
    size_t block, struct err *e) = { x509_put, der_key, privkey_rsa, privkey_ec,
	der_sealed, pkcs_request, pkcs_bundle };

static int
der_read(const struct decode_in *in, struct err *e)
{
	struct err why;
	size_t i;
	int r;

	for (i = 0; i < MU_COUNT(forms); i++) {
		r = forms[i](in, in->bytes, 0, &why);
		if (r == MU_OK)
			return MU_OK;
		if (r == MU_EFORMAT || r == MU_ELIMIT || r == MU_EUNSUPPORTED)
			continue;
		if (e != NULL)
			*e = why;
		return r;
	}
	return MU_OK;
}

const struct decoder decode_der = {
	.name = "der",
	.place = "file.der",
	.sees = "Certificates, keys and bundles in DER, without armour",
	.source = "RFC 5280; RFC 5958; RFC 8017; RFC 5915; RFC 2315",
	.max_bytes = DER_BYTES_MAX,
	.sniff = der_sniff,
	.read = der_read,
};
