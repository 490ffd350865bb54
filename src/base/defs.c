#include "base/defs.h"

#include <stdio.h>
#include <stdlib.h>

void
defs_broken(const char *what, const char *file, int line)
{

	(void)fprintf(stderr,
	    "muster: broken invariant: %s (%s:%d); please report it\n", what,
	    file, line);
	abort();
}
