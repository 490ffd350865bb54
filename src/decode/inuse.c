#include "decode/inuse.h"

#include "decode/peek.h"
#include "decode/pem.h"
#include "decode/x509.h"

/* Longest path that is put together, bytes. */
#define INUSE_PATH_MAX 4096

int
inuse_unit(const struct decode_in *in, const char *unit, struct str *out,
    struct err *e)
{

	return arena_fmt(in->job, out, e, "unit:" STR_FMT ":%s",
	    STR_ARG(in->host->key), unit);
}

int
inuse_path(const struct decode_in *in, struct str path, struct str *out,
    struct err *e)
{
	struct str dir = in->file->path;
	size_t slash = str_rchr(dir, '/');

	*out = path;
	if (path.n == 0 || path.p[0] == '/' || slash == SIZE_MAX)
		return MU_OK;
	if (dir.n + path.n > INUSE_PATH_MAX)
		return err_set(e, MU_ELIMIT, "a path is too long");
	return arena_fmt(in->job, out, e, STR_FMT "/" STR_FMT,
	    STR_ARG(str_head(dir, slash)), STR_ARG(path));
}

int
inuse_workload(const struct decode_in *in, struct str unit, struct err *e)
{
	static const char *const folders[] = { "etc", "usr/lib", "lib" };
	struct decode_in file;
	struct str path;
	struct rec r;
	size_t i;

	rec_init(&r, REC_IDENTITY);
	r.identity.key = unit;
	r.identity.kind = ID_WORKLOAD;
	r.identity.name = str_skip(unit, strlen("unit:") + in->host->key.n + 1);
	r.identity.asset = in->host->key;
	for (i = 0; i < MU_COUNT(folders); i++) {
		TRY(arena_fmt(in->job, &path, e, "%s/systemd/system/" STR_FMT,
		    folders[i], STR_ARG(r.identity.name)));
		if (peek_file(in, path, INUSE_FILE_MAX, &file, NULL) != 1)
			continue;
		r.identity.context = file.file->context;
		break;
	}
	return decode_put(in, &r, e);
}

int
inuse_edge(const struct decode_in *in, struct str src, struct str unit,
    size_t line, struct err *e)
{
	struct rec r;

	if (src.n == 0 || unit.n == 0)
		return MU_OK;
	TRY(inuse_workload(in, unit, e));
	rec_init(&r, REC_EDGE);
	r.edge.kind = EDGE_CONSUMED_BY;
	r.edge.src = src;
	r.edge.dst = unit;
	TRY(arena_fmt(in->job, &r.edge.evidence, e, STR_FMT ":%zu",
	    STR_ARG(in->file->path), line));
	return decode_put(in, &r, e);
}

/* The first certificate in armour. 1, or 0 where none can be read. */
static int
inuse_first(struct str bytes, struct arena *a, struct x509 *out)
{
	AUTO(buf) struct buf der = { 0 };
	struct pem at = { .rest = bytes };
	struct pem_block b;
	struct err why = { 0 };

	buf_init(&der, PEM_BODY_MAX);
	while (pem_next(&at, &b)) {
		if (!str_ends(b.label, STR("CERTIFICATE")))
			continue;
		return pem_bytes(&b, &der, &why) == MU_OK &&
		       x509_read(buf_str(&der), a, out, &why) == MU_OK;
	}
	return 0;
}

int
inuse_cert(const struct decode_in *in, struct str path, struct str unit,
    size_t line, const char *detail, struct err *e)
{
	struct decode_in file;
	struct err why = { 0 };
	struct str identity;
	struct x509 cert;
	struct rec r;
	int got;

	TRY(inuse_path(in, path, &path, e));
	got = peek_file(in, path, INUSE_FILE_MAX, &file, &why);
	if (got < 0)
		return decode_gap(in, ':', line, peek_reason(got), e,
		    "the certificate that is named here cannot be read");
	if (got == 0 || inuse_first(file.bytes, in->job, &cert) == 0)
		return MU_OK;
	TRY(x509_tell(&file, &cert, &identity, e));
	TRY(decode_sighting(in, &r, cert.key, ROLE_IN_USE, ':', line, e));
	r.sighting.detail = str_from(detail);
	TRY(decode_put(in, &r, e));
	return inuse_edge(in, identity, unit, line, e);
}
