#include "decode/md5.h"

#include <openssl/evp.h>

bool
md5_sum(struct str s, unsigned char out[MD5_BYTES])
{
	unsigned char sum[EVP_MAX_MD_SIZE];
	unsigned n = 0;
	size_t i;

	if (EVP_Digest(s.n != 0 ? s.p : "", s.n, sum, &n, EVP_md5(), NULL) !=
		1 ||
	    n != MD5_BYTES)
		return false;
	for (i = 0; i < MD5_BYTES; i++)
		out[i] = sum[i];
	return true;
}
