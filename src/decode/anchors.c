#include "decode/anchors.h"

#include "decode/der.h"
#include "decode/pem.h"

#define ANCHORS_BYTES_MAX ((size_t)64 << 20)

/* Between the decoder of the bytes and the sink: what it says is made right. */
struct anchors {
	struct sink sink;
	const struct decode_in *in;
};

static int
anchors_put(struct sink *sink, const struct rec *r, struct err *e)
{
	struct anchors *a = (struct anchors *)(void *)sink;
	struct rec c = *r;

	if (r->type == REC_IDENTITY && str_starts(r->identity.key, STR("tls:")))
		return MU_OK;
	if (r->type == REC_CREDENTIAL && r->credential.kind == CRED_X509)
		c.credential.identity = STR_NONE;
	if (r->type == REC_SIGHTING &&
	    str_starts(r->sighting.credential, STR("x509:"))) {
		c.sighting.role = ROLE_TRUSTED;
		c.sighting.detail = STR("trusted by the whole machine");
	}
	return decode_put(a->in, &c, e);
}

static int
anchors_read(const struct decode_in *in, struct err *e)
{
	struct anchors a = { .sink = { .put = anchors_put }, .in = in };
	struct decode_in inner = *in;

	inner.out = &a.sink;
	if (decode_der.sniff(in->bytes))
		return decode_der.read(&inner, e);
	return decode_pem.read(&inner, e);
}

const struct decoder decode_anchors = {
	.name = "anchors",
	.place = NULL,
	.sees = "Roots that were added to those the distribution trusts",
	.source = "update-ca-certificates(8), update-ca-trust(8)",
	.max_bytes = ANCHORS_BYTES_MAX,
	.read = anchors_read,
};
