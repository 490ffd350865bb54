/*
 * collect/roots.h: the public certificate authorities that a distribution's own
 * package brings. Copies of them are everywhere, and say nothing of a machine:
 * they are counted, not listed.
 *
 * Source:   update-ca-certificates(8)
 * Floor:    collect.
 */

#ifndef COLLECT_ROOTS_H
#define COLLECT_ROOTS_H

#include "collect/packages.h"
#include "decode/x509memo.h"

/* Most files, and bytes of one. */
#define ROOTS_FILES_MAX 2048
#define ROOTS_BYTES_MAX 65536

/**
 * roots_learn(root, packages, certs):
 * Tell ${certs} of the certificates in usr/share/ca-certificates of the
 * directory ${root}, in it and one level down: of the files that a package
 * brought and nobody changed. What cannot be read is passed over.
 */
void roots_learn(int root, struct packages *packages, struct x509memo *certs);

#endif
