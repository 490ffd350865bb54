#include "decode/crontab.h"

#include "fuzz.h"

/* The first byte chooses the shape. */
void
fuzz_one(struct str in)
{
	static const char *const paths[] = { "etc/crontab",
		"var/spool/cron/crontabs/ada", "etc/anacrontab",
		"etc/cron.daily/x" };
	size_t i = in.n != 0 ? (unsigned char)in.p[0] % MU_COUNT(paths) : 0;

	fuzz_decoder(&decode_crontab, str_skip(in, 1), paths[i]);
	fuzz_decoder(&decode_crontab, in, "etc/cron.d/x");
}
