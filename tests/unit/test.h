/*
 * tests/unit/test.h: cmocka with what every unit test needs before it.
 */

#ifndef UNIT_TEST_H
#define UNIT_TEST_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/str.h"

/* Fail with both texts where they differ. */
#define assert_str(got, want)                                             \
	do {                                                              \
		struct str got_ = (got), want_ = str_from(want);          \
		if (!str_eq(got_, want_))                                 \
			fail_msg("got '" STR_FMT "', want '" STR_FMT "'", \
			    STR_ARG(got_), STR_ARG(want_));               \
	} while (0)

/* Fail with the error's text where ${call} fails. */
#define assert_ok(call, e)                                    \
	do {                                                  \
		if ((call) < 0)                               \
			fail_msg("%s: %s", #call, (e)->text); \
	} while (0)

#define TEST(name) cmocka_unit_test(name)

#endif
