/*
 * A grant to root's account for each member of a group as good as root, at the
 * line of the group, whether the line lists the member or the account has the
 * group as its primary one.
 */

#include "decode/group.h"

#include <stdio.h>

#include "decode/hostinfo.h"
#include "decode/lines.h"

struct group_walk {
	const struct decode_in *in;
	struct lines lines;
	struct map *index; /* of the host's accounts, by name */
	struct map *gids;  /* number of such a group to its line */
	struct str root;   /* key of root's account */
};

static int
group_grant(struct group_walk *w, const struct account *a, size_t n,
    struct err *e)
{
	struct rec r;

	if (a->uid == 0)
		return MU_OK;
	rec_init(&r, REC_GRANT);
	r.grant.identity = a->key;
	r.grant.target = w->root;
	r.grant.asset = w->in->host->key;
	r.grant.place = w->in->place;
	r.grant.capability = CAP_DATA_ADMIN;
	r.grant.command_limited = TRI_NO;
	TRY(arena_fmt(w->in->job, &r.grant.locator, e, STR_FMT ":%zu",
	    STR_ARG(w->in->file->path), n));
	return decode_put(w->in, &r, e);
}

static struct str
group_gid(int64_t gid, char room[24])
{
	int n = snprintf(room, 24, "%lld", (long long)gid);

	return str_of(room, (size_t)n);
}

static int
group_members(struct group_walk *w, struct str left, struct err *e)
{
	const struct account *a;
	struct str name;

	while (left.n != 0) {
		(void)str_cut(left, ',', &name, &left);
		a = hostinfo_named(w->in->host, w->index, str_trim(name));
		if (a != NULL)
			TRY(group_grant(w, a, w->lines.at, e));
	}
	return MU_OK;
}

static int
group_line(struct group_walk *w, struct str line, struct err *e)
{
	struct str bare = str_trim(line);
	struct group g;
	char gid[24];

	if (!hostinfo_group(line, &g)) {
		if (bare.n == 0 || bare.p[0] == '#')
			return MU_OK;
		if (bare.p[0] == '+' || bare.p[0] == '-')
			return lines_gap(&w->lines, w->lines.at,
			    GAP_UNSUPPORTED,
			    "groups come from NIS; they cannot be listed", e);
		return lines_gap(&w->lines, w->lines.at, GAP_MALFORMED,
		    "no line of group(5)", e);
	}
	if (!hostinfo_root_group(g.name))
		return MU_OK;
	if (g.gid != 0 &&
	    map_put(w->gids, group_gid(g.gid, gid), w->lines.at, NULL) < 0)
		return err_set(e, MU_ELIMIT, "more than %d groups",
		    HOST_GROUPS_MAX);
	return group_members(w, g.members, e);
}

static int
group_read(const struct decode_in *in, struct err *e)
{
	AUTO(map) struct map *index = hostinfo_index(in->host);
	AUTO(map) struct map *gids = map_new(HOST_GROUPS_MAX);
	struct group_walk w = { .in = in, .index = index, .gids = gids };
	struct str line;
	uint64_t at;
	char gid[24];
	size_t i;

	lines_init(&w.lines, in);
	TRY(hostinfo_root(in->host, in->job, &w.root, e));
	while (lines_next(&w.lines, &line))
		TRY(group_line(&w, line, e));
	for (i = 0; i < in->host->n_accounts; i++)
		if (map_get(gids, group_gid(in->host->accounts[i].gid, gid),
			&at))
			TRY(group_grant(&w, &in->host->accounts[i], at, e));
	return lines_done(&w.lines, e);
}

const struct decoder decode_group = {
	.name = "group",
	.place = "os.group",
	.sees = "Members of groups that are as good as root",
	.source = "group(5)",
	.max_bytes = HOSTINFO_BYTES_MAX,
	.read = group_read,
};
