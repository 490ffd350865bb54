#include "base/vis.h"

#include "fuzz.h"

/* What vis_add() writes is UTF-8 without a control byte, and vis_fit() never
 * takes more columns than it was given. */
void
fuzz_one(struct str in)
{
	struct buf safe, fit;
	size_t i, columns = in.n != 0 ? (unsigned char)in.p[0] : 0;

	buf_init(&safe, (size_t)1 << 24);
	buf_init(&fit, (size_t)1 << 24);
	vis_add(&safe, in);
	MU_ASSERT(str_utf8(buf_str(&safe)));
	for (i = 0; i < safe.n; i++)
		MU_ASSERT((unsigned char)safe.p[i] >= 0x20);
	vis_fit(&fit, buf_str(&safe), columns);
	MU_ASSERT(vis_width(buf_str(&fit)) <= columns);
	buf_free(&safe);
	buf_free(&fit);
}
