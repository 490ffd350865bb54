#include "decode/asn1.h"

/* Bytes of a length that fits in any input: four and their count. */
#define ASN1_LENGTH_MAX 4

/*= X.690 section 8.1.3: a length, short or long; never the indefinite one. */
static bool
asn1_length(struct str *at, size_t *n)
{
	size_t v, i, k;

	if (at->n == 0)
		return false;
	v = (unsigned char)at->p[0];
	*at = str_skip(*at, 1);
	if (v < 0x80) {
		*n = v;
		return true;
	}
	k = v & 0x7f;
	if (k == 0 || k > ASN1_LENGTH_MAX || k > at->n)
		return false;
	for (v = i = 0; i < k; i++)
		v = v << 8 | (unsigned char)at->p[i];
	*at = str_skip(*at, k);
	*n = v;
	return true;
}

bool
asn1_next(struct str *rest, struct asn1 *out)
{
	struct str at = *rest;
	unsigned tag;
	size_t n;

	if (at.n == 0)
		return false;
	tag = (unsigned char)at.p[0];
	if ((tag & 0x1f) == 0x1f)
		return false;
	at = str_skip(at, 1);
	if (!asn1_length(&at, &n) || n > at.n)
		return false;
	out->tag = tag;
	out->body = str_head(at, n);
	at = str_skip(at, n);
	out->all = str_head(*rest, rest->n - at.n);
	*rest = at;
	return true;
}

bool
asn1_take(struct str *rest, unsigned tag, struct str *body)
{
	struct str at = *rest;
	struct asn1 v;

	if (!asn1_next(&at, &v) || v.tag != tag)
		return false;
	*body = v.body;
	*rest = at;
	return true;
}

void
asn1_put(struct buf *b, unsigned tag, struct str body)
{
	unsigned shift = 8 * ASN1_LENGTH_MAX;
	size_t k = 0;

	MU_ASSERT(body.n <= UINT32_MAX);
	while (body.n >> (8 * k) != 0)
		k++;
	buf_addc(b, (char)(unsigned char)tag);
	if (body.n < 0x80) {
		buf_addc(b, (char)(unsigned char)body.n);
	} else {
		buf_addc(b, (char)(unsigned char)(0x80 | k));
		for (shift = (unsigned)(8 * k); shift != 0; shift -= 8)
			buf_addc(b,
			    (char)(unsigned char)(body.n >> (shift - 8)));
	}
	buf_add(b, body);
}
