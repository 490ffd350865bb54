/*
 * decode/cmdline.h: secrets that stand in the command line of a service or job:
 * whoever can list the machine's processes reads them while it runs.
 *
 * Found: "--password=X", "--token X", "NAME_TOKEN=X command", curl's "-u", "-H
 * 'Authorization: Bearer X'", the password and telling parameters of a URL,
 * "-pX" of MySQL's clients, "-p X" of sshpass, "-a X" of redis-cli, "-w X" of
 * ldapsearch and its kin, "-P X" of mosquitto's clients, "pass:X" of openssl.
 *
 * What a variable, a command or a specifier will fill in, a path and a
 * placeholder are no values; nor is the name of a secret kept elsewhere.
 *
 * Source:   the manuals of those programs; RFC 7235, RFC 7617, RFC 6750.
 * Floor:    decode. Pure.
 * Memory:   in the job; words stay in a buffer that is wiped.
 * Secrets:  a record says which option, never what follows it.
 * Fuzz:     fuzz/cmdline_fuzz.c
 */

#ifndef DECODE_CMDLINE_H
#define DECODE_CMDLINE_H

#include "decode/cmdword.h"
#include "decode/decode.h"

/* Most secrets of one command line. */
#define CMDLINE_SECRETS_MAX 64

/* Whose command it is, and where it stands. */
struct cmdline {
	enum cmdword_style style;
	struct str name, key; /* of the workload */
	size_t line;          /* of the file */
};

/**
 * cmdline_secrets(in, command, of, e):
 * Put each secret of ${command} (role private) with an edge consumed_by to the
 * workload.
 *
 * Errors: MU_ELIMIT (CMDLINE_SECRETS_MAX; the job); the sink's.
 */
int cmdline_secrets(const struct decode_in *in, struct str command,
    const struct cmdline *of, struct err *e) MU_MUST_CHECK;

/**
 * cmdline_setting(in, name, value, of, key, e):
 * The same for a variable that is set for the workload of ${of}, or, where that
 * has no key, for all that come after it: ${key} is then the identity's, or ""
 * where it is no secret.
 *
 * Errors: as above.
 */
int
cmdline_setting(const struct decode_in *in, struct str name, struct str value,
    const struct cmdline *of, struct str *key, struct err *e) MU_MUST_CHECK;

/** cmdline_edge(in, key, of, e): the edge from identity ${key} to ${of}. */
int cmdline_edge(const struct decode_in *in, struct str key,
    const struct cmdline *of, struct err *e) MU_MUST_CHECK;

#endif
