/*
 * decode/jsonpick.h: JSON files whose place says which values are secrets.
 *
 * Source:   RFC 8259; docs/formats/place.md for paths. Elements of an array
 *           have their number, from 0, as the component.
 * Floor:    decode. Pure.
 * Fuzz:     fuzz/jsonpick_fuzz.c
 */

#ifndef DECODE_JSONPICK_H
#define DECODE_JSONPICK_H

#include "decode/decode.h"

extern const struct decoder decode_jsonpick;

#endif
