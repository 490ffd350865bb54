/*
 * decode/group.h: groups whose members are as good as root, as grants.
 *
 * Source:   group(5); docker, lxd and disk by what their sockets and devices
 *           let a member do.
 * Floor:    decode. Pure.
 * Memory:   in the job.
 * Fuzz:     fuzz/group_fuzz.c
 */

#ifndef DECODE_GROUP_H
#define DECODE_GROUP_H

#include "decode/decode.h"

/* The decoder "group". */
extern const struct decoder decode_group;

#endif
