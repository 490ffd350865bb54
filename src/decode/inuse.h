/*
 * decode/inuse.h: a certificate that a service's settings name: which one it
 * is, and that it is in use. What it is besides, the file itself tells.
 *
 * Source:   docs/formats/observation.md, "Words".
 * Floor:    decode. Pure.
 * Memory:   all in ${in}->job.
 * Fuzz:     fuzz/openvpn_fuzz.c, fuzz/postfix_fuzz.c, fuzz/fstab_fuzz.c,
 *           fuzz/haproxy_fuzz.c
 */

#ifndef DECODE_INUSE_H
#define DECODE_INUSE_H

#include "decode/decode.h"

/* Longest file with certificates, bytes. */
#define INUSE_FILE_MAX ((size_t)1 << 20)

/**
 * inuse_unit(in, unit, out, e):
 * The key of the service ${unit} ("postfix.service") of this host.
 *
 * Errors: MU_ELIMIT.
 */
int inuse_unit(const struct decode_in *in, const char *unit, struct str *out,
    struct err *e) MU_MUST_CHECK;

/**
 * inuse_path(in, path, out, e):
 * ${path} as the file of ${in} means it: from the root where it begins with a
 * slash, else from that file's own folder.
 *
 * Errors: MU_ELIMIT.
 */
int inuse_path(const struct decode_in *in, struct str path, struct str *out,
    struct err *e) MU_MUST_CHECK;

/**
 * inuse_cert(in, path, unit, line, detail, e):
 * Put a sighting in_use at ${line} for the first certificate of the file
 * ${path} (as of inuse_path) in PEM, and an edge that ${unit}, a key or "",
 * consumes it. A file that is not there, or has none, is passed over; one that
 * may not be read is a gap.
 *
 * Errors: MU_ELIMIT; the sink's.
 */
int inuse_cert(const struct decode_in *in, struct str path, struct str unit,
    size_t line, const char *detail, struct err *e) MU_MUST_CHECK;

/**
 * inuse_workload(in, unit, e):
 * Put the service ${unit} (a key as of inuse_unit) itself, so that no edge leads
 * to nothing: there may be no unit of its name here. Where one is, it stays what
 * that file says it is, such as a package's own.
 *
 * Errors: MU_ELIMIT; the sink's.
 */
int inuse_workload(const struct decode_in *in, struct str unit,
    struct err *e) MU_MUST_CHECK;

/**
 * inuse_edge(in, src, unit, line, e):
 * Put the service ${unit} (a key as of inuse_unit) and that it consumes the
 * identity ${src}, because of ${line}; nothing where either is "".
 *
 * Errors: MU_ELIMIT; the sink's.
 */
int inuse_edge(const struct decode_in *in, struct str src, struct str unit,
    size_t line, struct err *e) MU_MUST_CHECK;

#endif
