#include "store/bulk.h"

#include "base/mem.h"

#define BULK_SLOTS_FIRST ((size_t)1 << 10)
#define BULK_SQL_MAX     65536

struct bulk_slot {
	uint64_t hash;
	int64_t id; /* 0: free */
};

struct bulk {
	struct bulk_slot *slots;
	size_t room, max, n; /* room is a power of two */
	struct buf drops;    /* statements */
	struct buf makes;
};

void
bulk_free(struct bulk *b)
{

	if (b == NULL)
		return;
	mem_free(b->slots);
	buf_free(&b->drops);
	buf_free(&b->makes);
	mem_free(b);
}

static void
bulk_auto(struct bulk **b)
{

	bulk_free(*b);
}

/* What drops the indices, and what makes them as they are now. */
static int
bulk_sql(struct store *s, struct bulk *b, struct err *e)
{
	AUTO(db_use) sqlite3_stmt *st = NULL;
	int r;

	TRY(db_stmt(s,
	    "SELECT printf('DROP INDEX \"%w\";', name), sql || ';' "
	    "FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL "
	    "AND tbl_name IN ('identities', 'credentials', 'sightings', "
	    "'grants', 'edges') ORDER BY rowid",
	    &st, e));
	for (;;) {
		TRY(r = db_step(s, st, e));
		if (r == 0)
			break;
		buf_add(&b->drops, db_get_str(st, 0));
		buf_add(&b->makes, db_get_str(st, 1));
	}
	buf_addc(&b->drops, '\0');
	buf_addc(&b->makes, '\0');
	TRY(buf_check(&b->drops, "the list of indices", e));
	return buf_check(&b->makes, "the list of indices", e);
}

int
bulk_begin(struct store *s, size_t slots_max, struct bulk **out, struct err *e)
{
	AUTO(bulk) struct bulk *b = mem_new(1, sizeof(*b));

	buf_init(&b->drops, BULK_SQL_MAX);
	buf_init(&b->makes, BULK_SQL_MAX);
	b->room = BULK_SLOTS_FIRST;
	b->max = slots_max;
	b->slots = mem_new(b->room, sizeof(*b->slots));
	TRY(bulk_sql(s, b, e));
	TRY(db_exec(s, b->drops.p, e));
	*out = TAKE(b);
	return MU_OK;
}

int
bulk_end(struct store *s, const struct bulk *b, struct err *e)
{

	return b == NULL ? MU_OK : db_exec(s, b->makes.p, e);
}

uint64_t
bulk_hash(enum noun noun, const struct store_cell *key)
{
	uint64_t h = (uint64_t)noun;
	size_t i;

	/* Texts come from anybody and are hashed under the secret seed; that
	 * and the ids, which are ours, need no more than to be mixed. */
	for (i = 0; i < noun_defs[noun].n_key; i++) {
		h ^= key[i].kind == STORE_TEXT ? map_hash(key[i].s) :
						 (uint64_t)key[i].i;
		h *= UINT64_C(0x9e3779b97f4a7c15);
		h ^= h >> 32;
	}
	return h;
}

bool
bulk_find(const struct bulk *b, uint64_t hash, size_t *at, int64_t *id)
{
	const struct bulk_slot *slot;

	for (;;) {
		slot = &b->slots[(hash + *at) & (b->room - 1)];
		if (slot->id == 0)
			return false;
		++*at;
		if (slot->hash == hash) {
			*id = slot->id;
			return true;
		}
	}
}

static void
bulk_place(struct bulk *b, struct bulk_slot slot)
{
	size_t at = slot.hash & (b->room - 1);

	while (b->slots[at].id != 0)
		at = (at + 1) & (b->room - 1);
	b->slots[at] = slot;
}

static void
bulk_grow(struct bulk *b)
{
	struct bulk_slot *old = b->slots;
	size_t i, room = b->room;

	b->room = 2 * room;
	b->slots = mem_new(b->room, sizeof(*b->slots));
	for (i = 0; i < room; i++)
		if (old[i].id != 0)
			bulk_place(b, old[i]);
	mem_free(old);
}

bool
bulk_add(struct bulk *b, uint64_t hash, int64_t id)
{

	if (b->n >= b->room / 4 * 3) {
		if (b->room >= b->max)
			return false;
		bulk_grow(b);
	}
	bulk_place(b, (struct bulk_slot){ hash, id });
	b->n++;
	return true;
}
