#include "base/defs.h"

int
main(void)
{

	return puts("muster " MUSTER_VERSION) < 0;
}
