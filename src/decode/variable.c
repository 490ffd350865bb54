#include "decode/variable.h"

#include "decode/envname.h"

/* "x.service" of "unit:HOST:x.service"; "" where ${key} is no such key. */
static struct str
variable_unit(const struct decode_in *in, struct str key)
{
	static const struct str head = { "unit:", sizeof("unit:") - 1 };

	if (!str_starts(key, head))
		return STR_NONE;
	key = str_skip(key, head.n);
	if (!str_starts(key, in->host->key))
		return STR_NONE;
	return str_skip(key, in->host->key.n + 1);
}

int
variable_put(const struct decode_in *in, struct str unit, struct str name,
    struct str secret, size_t line, struct err *e)
{
	struct str workload = variable_unit(in, unit), key;
	struct rec r;

	if (workload.n == 0 || !envname_plain(name) || !envname_secret(name))
		return MU_OK;
	TRY(key_variable(in->host->key, workload, name, in->job, &key, e));
	rec_init(&r, REC_IDENTITY);
	r.identity.key = key;
	r.identity.kind = ID_TOKEN;
	r.identity.asset = in->host->key;
	r.identity.context = in->file->context;
	TRY(arena_fmt(in->job, &r.identity.name, e, STR_FMT " of " STR_FMT,
	    STR_ARG(name), STR_ARG(workload)));
	TRY(decode_put(in, &r, e));
	rec_init(&r, REC_EDGE);
	r.edge.kind = EDGE_SAME_AS;
	r.edge.src = key;
	r.edge.dst = secret;
	TRY(arena_fmt(in->job, &r.edge.evidence, e, STR_FMT ":%zu",
	    STR_ARG(in->file->path), line));
	return decode_put(in, &r, e);
}
