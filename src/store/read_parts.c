/*
 * What belongs to one identity, under any of its keys.
 */

#include "store/read.h"
#include "store/read_rows.h"

static int
read_part(struct store *s, const char *sql, int64_t identity, store_row *cells,
    void (*row)(void), void *cookie, struct err *e)
{
	struct read_rows w = { .row = row, .cookie = cookie };

	read_rows_int(&w, "id", identity);
	return store_query(s, sql, w.params, w.n, cells, &w, e);
}

/* The ten texts of a credential, in the order of the query. */
static void
read_credential_texts(struct rec_credential *r, const struct store_cell *c)
{
	struct str *const texts[] = { &r->spki, &r->ssh_fp, &r->fp, &r->subject,
		&r->issuer, &r->serial, &r->sig, &r->usage, &r->preview,
		&r->hash };
	size_t i;

	for (i = 0; i < MU_COUNT(texts); i++)
		*texts[i] = read_rows_get_str(&c[i]);
}

static int
read_credential_rec(struct rec_credential *r, const struct store_cell *c,
    struct err *e)
{
	struct when *const times[] = { &r->created, &r->expires, &r->changed,
		&r->last_used };
	int kind, weak;
	size_t i;

	r->key = read_rows_get_str(&c[0]);
	r->identity = read_rows_get_str(&c[1]);
	TRY(read_rows_get_word(&word_cred_kind, &c[2], &kind, e));
	r->kind = (enum cred_kind)kind;
	r->alg = read_rows_get_str(&c[3]);
	r->bits = read_rows_get_int(&c[4]);
	read_credential_texts(r, &c[5]);
	r->ca = (enum tri)c[16].i;
	r->self_signed = (enum tri)c[17].i;
	r->encrypted = (enum tri)c[18].i;
	TRY(read_rows_get_word(&word_weak, &c[19], &weak, e));
	r->weak = (enum weak)weak;
	r->length = read_rows_get_int(&c[20]);
	for (i = 0; i < MU_COUNT(times); i++)
		TRY(read_rows_get_when(&c[21 + 2 * i], times[i], e));
	return MU_OK;
}

static int
read_credential_cells(void *cookie, const struct store_cell *c, size_t n,
    struct err *e)
{
	struct read_rows *w = cookie;
	read_credential_row *row = (read_credential_row *)w->row;
	struct read_credential r = { .id = c[0].i };
	char shown[KEY_ID_BYTES];

	MU_ASSERT(n == 34);
	TRY(read_credential_rec(&r.rec, &c[1], e));
	key_id(r.rec.key, shown);
	r.shown = str_of(shown, KEY_ID_CHARS);
	r.names_json = read_rows_get_str(&c[16]);
	r.sightings = c[30].i;
	r.first_seen = c[31].i;
	r.last_seen = c[32].i;
	r.gone_at = read_rows_get_int(&c[33]);
	return row(w->cookie, &r, e);
}

int
read_credentials(struct store *s, int64_t identity, read_credential_row *row,
    void *cookie, struct err *e)
{
	static const char sql[] =
	    "SELECT c.id, c.key, i.key, c.kind, c.alg, c.bits, c.spki, "
	    "c.ssh_fp, c.fp, c.subject, c.issuer, c.serial, c.sig, c.usage, "
	    "c.preview, c.hash, c.names, c.ca, c.self_signed, c.encrypted, "
	    "c.weak, c.length, c.created_at, c.created_by, c.expires_at, "
	    "c.expires_by, c.changed_at, c.changed_by, c.last_used_at, "
	    "c.last_used_by, (SELECT count(*) FROM sightings s "
	    "WHERE s.credential_id = c.id AND s.gone_at IS NULL), "
	    "c.first_seen, c.last_seen, c.gone_at "
	    "FROM identities i JOIN credentials c ON c.identity_id = i.id "
	    "WHERE i.same_as = :id "
	    "ORDER BY c.gone_at IS NOT NULL, c.kind, c.key";

	return read_part(s, sql, identity, read_credential_cells,
	    read_rows_fn(row), cookie, e);
}

static int
read_sighting_rec(struct rec_sighting *r, const struct store_cell *c,
    struct err *e)
{
	int role, readers;

	r->credential = read_rows_get_str(&c[0]);
	r->asset = read_rows_get_str(&c[1]);
	r->place = read_rows_get_str(&c[2]);
	r->locator = read_rows_get_str(&c[3]);
	TRY(read_rows_get_word(&word_role, &c[4], &role, e));
	r->role = (enum role)role;
	TRY(read_rows_get_word(&word_readers, &c[5], &readers, e));
	r->readers = (enum readers)readers;
	r->mode = read_rows_get_int(&c[6]);
	r->uid = read_rows_get_int(&c[7]);
	r->gid = read_rows_get_int(&c[8]);
	r->owner = read_rows_get_str(&c[9]);
	r->group = read_rows_get_str(&c[10]);
	r->context = read_rows_get_str(&c[11]);
	r->account = read_rows_get_str(&c[12]);
	r->detail = read_rows_get_str(&c[13]);
	return read_rows_get_when(&c[14], &r->mtime, e);
}

static int
read_sighting_cells(void *cookie, const struct store_cell *c, size_t n,
    struct err *e)
{
	struct read_rows *w = cookie;
	read_sighting_row *row = (read_sighting_row *)w->row;
	struct read_sighting r = { .id = c[0].i, .credential_id = c[1].i };

	MU_ASSERT(n == 22);
	TRY(read_sighting_rec(&r.rec, &c[2], e));
	r.asset_name = read_rows_get_str(&c[18]);
	r.first_seen = c[19].i;
	r.last_seen = c[20].i;
	r.gone_at = read_rows_get_int(&c[21]);
	return row(w->cookie, &r, e);
}

int
read_sightings(struct store *s, int64_t identity, read_sighting_row *row,
    void *cookie, struct err *e)
{
	static const char sql[] =
	    "SELECT s.id, s.credential_id, c.key, a.key, s.place, s.locator, "
	    "s.role, s.readers, s.mode, s.uid, s.gid, s.owner, s.grp, "
	    "s.context, s.account, s.detail, s.mtime_at, s.mtime_by, a.name, "
	    "s.first_seen, s.last_seen, s.gone_at "
	    "FROM identities i JOIN credentials c ON c.identity_id = i.id "
	    "JOIN sightings s ON s.credential_id = c.id "
	    "JOIN assets a ON a.id = s.asset_id WHERE i.same_as = :id "
	    "ORDER BY s.gone_at IS NOT NULL, a.name, a.key, s.locator, "
	    "s.role, c.key, s.place";

	return read_part(s, sql, identity, read_sighting_cells,
	    read_rows_fn(row), cookie, e);
}

static int
read_grant_cells(void *cookie, const struct store_cell *c, size_t n,
    struct err *e)
{
	struct read_rows *w = cookie;
	read_grant_row *row = (read_grant_row *)w->row;
	struct read_grant r = { .id = c[0].i };
	int capability;

	MU_ASSERT(n == 13);
	r.rec.identity = read_rows_get_str(&c[1]);
	r.rec.target = read_rows_get_str(&c[2]);
	r.rec.asset = read_rows_get_str(&c[3]);
	r.rec.place = read_rows_get_str(&c[4]);
	r.rec.locator = read_rows_get_str(&c[5]);
	TRY(read_rows_get_word(&word_capability, &c[6], &capability, e));
	r.rec.capability = (enum capability)capability;
	r.rec.from_limited = (enum tri)c[7].i;
	r.rec.command_limited = (enum tri)c[8].i;
	r.asset_name = read_rows_get_str(&c[9]);
	r.first_seen = c[10].i;
	r.last_seen = c[11].i;
	r.gone_at = read_rows_get_int(&c[12]);
	return row(w->cookie, &r, e);
}

int
read_grants(struct store *s, int64_t identity, read_grant_row *row,
    void *cookie, struct err *e)
{
	static const char sql[] =
	    "SELECT g.id, i.key, g.target, a.key, g.place, g.locator, "
	    "g.capability, g.from_limited, g.command_limited, a.name, "
	    "g.first_seen, g.last_seen, g.gone_at FROM identities i "
	    "JOIN grants g ON g.identity_id = i.id "
	    "JOIN assets a ON a.id = g.asset_id WHERE i.same_as = :id "
	    "ORDER BY g.gone_at IS NOT NULL, g.target, a.key, g.place, "
	    "g.locator, i.key";

	return read_part(s, sql, identity, read_grant_cells, read_rows_fn(row),
	    cookie, e);
}

static int
read_edge_cells(void *cookie, const struct store_cell *c, size_t n,
    struct err *e)
{
	struct read_rows *w = cookie;
	read_edge_row *row = (read_edge_row *)w->row;
	struct read_edge r = { .id = c[0].i };
	int kind, other;

	MU_ASSERT(n == 12);
	TRY(read_rows_get_word(&word_edge_kind, &c[1], &kind, e));
	r.kind = (enum edge_kind)kind;
	r.out = c[2].i != 0;
	r.other = c[3].i;
	r.other_shown = read_rows_get_str(&c[4]);
	r.other_key = read_rows_get_str(&c[5]);
	r.other_name = read_rows_get_str(&c[6]);
	TRY(read_rows_get_word(&word_id_kind, &c[7], &other, e));
	r.other_kind = (enum id_kind)other;
	r.evidence = read_rows_get_str(&c[8]);
	r.first_seen = c[9].i;
	r.last_seen = c[10].i;
	r.gone_at = read_rows_get_int(&c[11]);
	return row(w->cookie, &r, e);
}

int
read_edges(struct store *s, int64_t identity, read_edge_row *row, void *cookie,
    struct err *e)
{
	static const char sql[] =
	    "SELECT e.id, e.kind, e.src_id = i.id, o.id, o.shown, o.key, "
	    "o.name, o.kind, e.evidence, e.first_seen, e.last_seen, e.gone_at "
	    "FROM identities i JOIN edges e "
	    "ON e.src_id = i.id OR e.dst_id = i.id "
	    "JOIN identities o ON o.id = CASE WHEN e.src_id = i.id "
	    "THEN e.dst_id ELSE e.src_id END WHERE i.same_as = :id "
	    "ORDER BY e.src_id = i.id DESC, e.gone_at IS NOT NULL, e.kind, "
	    "o.name, o.key, i.key";

	return read_part(s, sql, identity, read_edge_cells, read_rows_fn(row),
	    cookie, e);
}
