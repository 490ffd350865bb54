/*
 * collect/crashtest.h: a decoder that misbehaves when a file tells it to, to
 * test the reader and its sandbox from inside. Built with -Dtest_hooks=true
 * alone; else the list is empty.
 *
 * A file "MUSTER-CRASH-TEST <what>" makes it do what the table in crashtest.c
 * says. Where the sandbox stops it with an error, it puts a gap with the word
 * "refused"; where it does not, one with the word "HOLE".
 *
 * Floor:    collect.
 */

#ifndef COLLECT_CRASHTEST_H
#define COLLECT_CRASHTEST_H

#include "decode/decode.h"

/* A page that a test shares with its reader, for "shared". */
extern volatile char *crashtest_page;

/* The decoders for tests; NULL at the end. */
extern const struct decoder *const crashtest_list[];

#endif
