#include "collect/logspan.h"

#include <stdlib.h>

#define DAY_S 86400

/* The newest first. */
static int
logspan_cmp(const void *a, const void *b)
{
	const struct logspan *x = a, *y = b;

	return x->to_s != y->to_s ?
		   (x->to_s < y->to_s) - (x->to_s > y->to_s) :
		   (x->from_s > y->from_s) - (x->from_s < y->from_s);
}

const char *
logspan_lack(struct logspan *v, size_t n, int64_t now_s)
{
	const int64_t gap_s = (int64_t)LOGSPAN_GAP_DAYS * DAY_S;
	int64_t since_s = now_s;
	bool heard = false;
	size_t i;

	if (n != 0)
		qsort(v, n, sizeof(*v), logspan_cmp);
	for (i = 0; i < n && v[i].to_s >= since_s - gap_s; i++) {
		since_s = v[i].from_s < since_s ? v[i].from_s : since_s;
		heard = heard || v[i].heard;
	}
	if (i == 0)
		return "the newest log ends more than 7 days ago: what was not "
		       "used since is not known";
	if (since_s > now_s - (int64_t)LOGSPAN_DAYS * DAY_S)
		return "the logs do not reach back 90 days without a hole: "
		       "what was not used before is not known";
	if (!heard)
		return "the logs tell of no sign-in at all: sshd may be set to "
		       "be quiet";
	return NULL;
}
