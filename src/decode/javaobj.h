/*
 * decode/javaobj.h: how far an object reaches that Java wrote to a stream.
 *
 * Nothing is made of it: a keystore holds such objects between its entries
 * without saying how long they are. Objects of plain classes, arrays of bytes,
 * texts, references and null are followed; all else is not known.
 *
 * Source:   Java Object Serialization Specification, section 6.4.
 * Floor:    decode. Pure: no file, no network, no clock, no global.
 * Memory:   views borrow from the input.
 * Secrets:  what is sealed in an object is looked over, never copied.
 * Fuzz:     fuzz/jks_fuzz.c
 */

#ifndef DECODE_JAVAOBJ_H
#define DECODE_JAVAOBJ_H

#include "decode/bytes.h"

/* Most things that a stream can refer back to, and deepest nesting. */
#define JAVAOBJ_HANDLES_MAX 64
#define JAVAOBJ_DEPTH_MAX   8

/* Most fields of one class. */
#define JAVAOBJ_FIELDS_MAX 16

/**
 * javaobj_skip(b, whole):
 * Take one stream with one object off ${b} and give its bytes in ${whole}.
 * Return false where it is none or one of an unknown shape.
 */
bool javaobj_skip(struct bytes *b, struct str *whole);

#endif
