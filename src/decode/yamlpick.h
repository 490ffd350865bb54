/*
 * decode/yamlpick.h: YAML files whose place says which values are secrets.
 *
 * Source:   YAML 1.2.2; docs/formats/place.md for paths. Elements of a list
 *           have their number, from 0, as the component; one that reads
 *           NAME=value is the value NAME of the list.
 * Floor:    decode. Pure.
 * Fuzz:     fuzz/yamlpick_fuzz.c
 */

#ifndef DECODE_YAMLPICK_H
#define DECODE_YAMLPICK_H

#include "decode/decode.h"

extern const struct decoder decode_yamlpick;

#endif
