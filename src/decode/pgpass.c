#include "decode/pgpass.h"

#include "base/buf.h"
#include "decode/lines.h"
#include "decode/pick.h"

enum {
	PG_HOST,
	PG_PORT,
	PG_DB,
	PG_USER,
	PG_PASSWORD,
	PG_FIELDS
};

#define PGPASS_LINE_MAX 4096

/* Take one field off ${s}, escapes undone; false at the line's end. */
static int
pgpass_field(const struct decode_in *in, struct str *s, struct str *out,
    struct err *e)
{
	AUTO(buf) struct buf b;
	size_t i;

	buf_init(&b, PGPASS_LINE_MAX);
	for (i = 0; i < s->n && s->p[i] != ':'; i++) {
		if (s->p[i] == '\\' && i + 1 < s->n)
			i++;
		buf_addc(&b, s->p[i]);
	}
	*s = i < s->n ? str_skip(*s, i + 1) : STR_NONE;
	return arena_str(in->job, buf_str(&b), out, e);
}

static int
pgpass_line(const struct decode_in *in, struct lines *l, struct str line,
    struct err *e)
{
	struct str f[PG_FIELDS], key, name;
	size_t i;

	for (i = 0; i < PG_FIELDS; i++) {
		if (line.n == 0)
			return lines_gap(l, l->at, GAP_MALFORMED,
			    "a line with fewer than five fields", e);
		TRY(pgpass_field(in, &line, &f[i], e));
	}
	if (!pick_secret(f[PG_PASSWORD]))
		return MU_OK;
	TRY(key_login(STR("postgres"), f[PG_USER], f[PG_HOST], f[PG_PORT],
	    f[PG_DB], in->job, &key, e));
	TRY(arena_fmt(in->job, &name, e,
	    "PostgreSQL login " STR_FMT " at " STR_FMT, STR_ARG(f[PG_USER]),
	    STR_ARG(f[PG_HOST])));
	return pick_login(in, key, ID_DB_CREDENTIAL, name, f[PG_USER],
	    f[PG_PASSWORD], l->at, e);
}

static int
pgpass_read(const struct decode_in *in, struct err *e)
{
	struct str line;
	struct lines l;

	lines_init(&l, in);
	while (lines_next(&l, &line)) {
		if (line.n == 0 || line.p[0] == '#')
			continue;
		if (line.n > PGPASS_LINE_MAX)
			TRY(lines_gap(&l, l.at, GAP_LIMIT,
			    "a line of more than 4096 bytes", e));
		else
			TRY(pgpass_line(in, &l, line, e));
	}
	return lines_done(&l, e);
}

const struct decoder decode_pgpass = {
	.name = "pgpass",
	.place = NULL,
	.sees = "PostgreSQL logins in .pgpass files",
	.source = "PostgreSQL 15, The Password File",
	.max_bytes = (size_t)1 << 20,
	.read = pgpass_read,
};
