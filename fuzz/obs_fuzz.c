/* Observations: a line that is read is written, and reads back as itself. */

#include "decode/obs.h"
#include "fuzz.h"

#define FUZZ_CAP ((size_t)8 << 20)

void
fuzz_one(struct str in)
{
	AUTO(json) struct json *p = json_new(REC_LINE_MAX);
	AUTO(arena) struct arena *a = arena_new(FUZZ_CAP);
	AUTO(buf) struct buf one, two;
	struct rec r;
	struct err e;

	buf_init(&one, FUZZ_CAP);
	buf_init(&two, FUZZ_CAP);
	if (obs_read(p, in, a, &r, &e) < 0) {
		MU_ASSERT(str_utf8(str_from(e.text)));
		return;
	}
	rec_write(&one, &r);
	MU_ASSERT(obs_read(p, buf_str(&one), a, &r, &e) == MU_OK);
	rec_write(&two, &r);
	MU_ASSERT(str_eq(buf_str(&one), buf_str(&two)));
}
