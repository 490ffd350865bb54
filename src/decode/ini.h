/*
 * decode/ini.h: files of [sections] with names and values.
 *
 * Source:   the common subset of git-config(1), MySQL option files, AWS
 *           credentials and systemd.syntax(7): one value a line, "=" or ":",
 *           "#" and ";" comments, values that may be quoted.
 * Floor:    decode. Pure.
 * Fuzz:     fuzz/ini_fuzz.c
 */

#ifndef DECODE_INI_H
#define DECODE_INI_H

#include "decode/decode.h"

extern const struct decoder decode_ini;

#endif
