#include "decode/lines.h"

void
lines_init(struct lines *l, const struct decode_in *in)
{

	*l = (struct lines){ .in = in, .rest = in->bytes };
}

bool
lines_next(struct lines *l, struct str *line)
{

	if (!str_line(&l->rest, line))
		return false;
	l->at++;
	return true;
}

int
lines_gap(struct lines *l, size_t n, enum gap_reason reason, const char *words,
    struct err *e)
{

	if (l->gaps++ >= LINES_GAPS_MAX)
		return MU_OK;
	return decode_gap(l->in, ':', n, reason, e, "%s", words);
}

int
lines_done(struct lines *l, struct err *e)
{

	if (l->gaps <= LINES_GAPS_MAX)
		return MU_OK;
	return decode_gap(l->in, ':', 0, GAP_LIMIT, e,
	    "%zu more lines could not be read", l->gaps - LINES_GAPS_MAX);
}
