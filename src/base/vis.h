/*
 * base/vis.h: make an attacker's text safe for a terminal, and know its width.
 *
 * Subjects, comments, host names and paths are foreign text: control bytes,
 * malformed UTF-8 and bidirectional controls are shown as \xNN.
 *
 * Source:   Unicode 15.0, East Asian Width (ranges in vis.c); UAX #9 for the
 *           bidirectional controls.
 * Floor:    base. Pure.
 */

#ifndef BASE_VIS_H
#define BASE_VIS_H

#include "base/buf.h"

/** vis_add(b, s): append ${s}, every unsafe byte as \xNN, "\" as "\\". */
void vis_add(struct buf *b, struct str s);

/** vis_width(s): the columns that vis_add()'s output ${s} takes. */
size_t vis_width(struct str s);

/**
 * vis_fit(b, s, columns):
 * Append as much of vis_add()'s output ${s} as fits in ${columns}; where it is
 * cut, the last column is U+2026.
 */
void vis_fit(struct buf *b, struct str s, size_t columns);

#endif
