/*
 * A service is a workload that runs as the account of User=, or as root.
 *
 * It is privileged where it runs as root and nothing confines it. Any of these
 * confines: CapabilityBoundingSet=, NoNewPrivileges=yes, ProtectSystem=strict;
 * what is left of root then is not known, so the answer is "unknown". A command
 * with the prefix "+" or "!" runs as root whatever else is said. Another
 * account, and DynamicUser=yes, is not privileged.
 *
 * A unit is told once, by its own file together with all drop-ins that change
 * it (unitload.h); a drop-in of such a unit tells of its bad lines alone.
 */

#include "decode/unit.h"

#include "decode/unitsecret.h"

struct unit {
	const struct decode_in *in;
	struct unitload load;
	struct unitfacts f;
	struct str key;
};

/* Each line of this file that is none of systemd.syntax(7). */
static int
unit_lines(const struct decode_in *in, struct err *e)
{
	AUTO(unitline) struct unitline l;
	int got;

	unitline_init(&l, in, UNITLINE_LINE_MAX);
	do {
		TRY(got = unitline_next(&l, true, e));
	} while (got != 0);
	return lines_done(&l.lines, e);
}

static bool
unit_full(const struct unitfacts *f)
{
	size_t i;

	for (i = 0; i < UNITFACTS_LISTS; i++)
		if (f->full[i])
			return true;
	return false;
}

static enum tri
unit_privileged(const struct unit *u, const struct account *a)
{
	const struct unitfacts *f = &u->f;
	bool root = a != NULL ? a->uid == 0 : f->user.n == 0;

	if (unit_full(f))
		return TRI_YES;
	/* What is not seen may say otherwise. */
	if (u->load.unsure || (u->load.headless && !f->user_set && !f->dynamic))
		return TRI_UNKNOWN;
	if (f->dynamic)
		return TRI_NO;
	if (str_chr(f->user, '%') != SIZE_MAX)
		return TRI_UNKNOWN;
	if (!root)
		return TRI_NO;
	return f->caps || f->nonew || f->strict ? TRI_UNKNOWN : TRI_YES;
}

static int
unit_put(const struct unit *u, struct err *e)
{
	const struct account *a = unitfacts_account(&u->f, u->in->host);
	struct rec r;

	rec_init(&r, REC_IDENTITY);
	r.identity.key = u->key;
	r.identity.kind = ID_WORKLOAD;
	r.identity.name = u->load.name;
	r.identity.asset = u->in->host->key;
	r.identity.context = u->f.context;
	r.identity.purpose = u->f.purpose;
	r.identity.privileged = unit_privileged(u, a);
	TRY(decode_put(u->in, &r, e));
	if (a == NULL || u->f.dynamic || (u->load.headless && !u->f.user_set))
		return MU_OK;
	rec_init(&r, REC_EDGE);
	r.edge.kind = EDGE_RUNS_AS;
	r.edge.src = u->key;
	r.edge.dst = a->key;
	r.edge.evidence = u->in->file->path;
	return decode_put(u->in, &r, e);
}

static int
unit_read(const struct decode_in *in, struct err *e)
{
	struct unit u = { .in = in };
	enum unitload_role role;

	TRY(unitload_read(in, &u.load, &role, e));
	if (role == UNITLOAD_NOTHING)
		return MU_OK;
	TRY(unit_lines(in, e));
	if (role == UNITLOAD_LINES)
		return MU_OK;
	TRY(arena_fmt(in->job, &u.key, e, "unit:" STR_FMT ":" STR_FMT,
	    STR_ARG(in->host->key), STR_ARG(u.load.name)));
	TRY(unitfacts_read(&u.load, &u.f, e));
	if (!u.f.service && !u.load.headless)
		return err_set(e, MU_EFORMAT, "the unit has no [Service]");
	TRY(unit_put(&u, e));
	return unitsecret_read(&u.load, &u.f, u.key, e);
}

const struct decoder decode_unit = {
	.name = "unit",
	.place = "os.unit",
	.sees = "Services of systemd, as whom they run, secrets in their units",
	.source = "systemd.unit(5), systemd.service(5), systemd.exec(5)",
	.max_bytes = UNITLOAD_BYTES_MAX,
	.read = unit_read,
};
