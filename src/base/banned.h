/*
 * base/banned.h: calls that are compile errors here, with what to use instead.
 *
 * Floor:    base.
 */

#ifndef BASE_BANNED_H
#define BASE_BANNED_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define BANNED(call, instead) banned_##call##_use_##instead

#undef strcpy
#define strcpy(x, y) BANNED(strcpy, buf_add)
#undef strcat
#define strcat(x, y) BANNED(strcat, buf_add)
#undef strncpy
#define strncpy(x, y, n) BANNED(strncpy, buf_add)
#undef strncat
#define strncat(x, y, n) BANNED(strncat, buf_add)
#undef sprintf
#define sprintf(...) BANNED(sprintf, buf_addf)
#undef vsprintf
#define vsprintf(...) BANNED(vsprintf, buf_addf)
#undef strtok
#define strtok(x, y) BANNED(strtok, str_cut)
#undef gets
#define gets(x) BANNED(gets, str_line)
#undef atoi
#define atoi(x) BANNED(atoi, str_i64)
#undef atol
#define atol(x) BANNED(atol, str_i64)
#undef system
#define system(x) BANNED(system, a_declared_hook)
#undef popen
#define popen(x, y) BANNED(popen, a_declared_hook)
#undef rand
#define rand() BANNED(rand, digest_random)
#undef localtime
#define localtime(x) BANNED(localtime, clock_utc)
#undef gmtime
#define gmtime(x) BANNED(gmtime, clock_utc)

#endif
