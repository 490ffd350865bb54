#include "decode/certfile.h"

#include "decode/peek.h"
#include "decode/pem.h"

int
certfile_first(const struct decode_in *in, struct str path, struct x509 *out,
    struct err *e)
{
	AUTO(buf) struct buf der = { 0 };
	struct pem_block block;
	struct decode_in other;
	struct pem at;
	int r;

	if (peek_file(in, path, CERTFILE_BYTES_MAX, &other, NULL) <= 0)
		return 0;
	at = (struct pem){ .rest = other.bytes };
	buf_init(&der, X509_BYTES_MAX);
	while (pem_next(&at, &block)) {
		if (!str_eq(block.label, STR("CERTIFICATE")))
			continue;
		if (pem_bytes(&block, &der, NULL) < 0)
			return 0;
		r = x509_read(buf_str(&der), in->job, out, e);
		return r >= 0 ? 1 : r == MU_EFORMAT ? 0 : r;
	}
	return 0;
}
