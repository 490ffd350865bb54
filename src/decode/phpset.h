/*
 * decode/phpset.h: settings of applications in PHP: each text that a constant,
 * a variable or a member of an array is given.
 *
 * The path of a text is the name that stands next to it: NAME of define('NAME',
 * 'x'), name of $name = 'x' and of 'name' => 'x', and the last one of
 * $a['b']['name'] = 'x'. Nothing is run: a text that is put together counts up
 * to its first part.
 *
 * Source:   php.net, language reference: comments, strings, arrays, define
 * Floor:    decode. Pure.
 * Fuzz:     fuzz/phpset_fuzz.c
 */

#ifndef DECODE_PHPSET_H
#define DECODE_PHPSET_H

#include "decode/decode.h"

extern const struct decoder decode_phpset;

#endif
