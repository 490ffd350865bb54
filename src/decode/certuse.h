/*
 * decode/certuse.h: services that need no decoder of their own: which
 * certificate their settings name, by a table of files and settings.
 *
 * Source:   the manuals of the services in the table of decode/certuse.c
 * Floor:    decode. Pure.
 * Memory:   all in ${in}->job.
 * Fuzz:     fuzz/certuse_fuzz.c
 */

#ifndef DECODE_CERTUSE_H
#define DECODE_CERTUSE_H

#include "decode/decode.h"

extern const struct decoder decode_certuse;

#endif
