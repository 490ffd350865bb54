#include "decode/tdb.h"

#define TDB_VERSION  0x2601196dU
#define TDB_OLD      0x26011967U
#define TDB_USED     0x26011999U /* of a record that holds something */
#define TDB_HEADER   168         /* then the free list, then the chains */
#define TDB_RECORD   24
#define TDB_HASH_MAX 1000000

uint32_t
tdb_u32(struct str s, size_t at)
{
	const unsigned char *p = (const unsigned char *)s.p + at;

	return (uint32_t)p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 |
	       (uint32_t)p[3] << 24;
}

bool
tdb_is(struct str bytes)
{

	return str_starts(bytes, STR("TDB file\n")) && bytes.n >= TDB_HEADER;
}

/* The record at ${at}: the next of its chain, or 0. */
static int
tdb_record(struct str b, size_t at,
    int (*each)(void *cookie, struct str key, struct str value, struct err *e),
    void *cookie, size_t *next, struct err *e)
{
	size_t room, key, value;

	if (at < TDB_HEADER || at > b.n || b.n - at < TDB_RECORD)
		return err_set(e, MU_EFORMAT,
		    "a record of the TDB lies outside the file");
	*next = tdb_u32(b, at);
	key = tdb_u32(b, at + 8);
	value = tdb_u32(b, at + 12);
	room = b.n - at - TDB_RECORD;
	if (tdb_u32(b, at + 20) != TDB_USED)
		return MU_OK; /* deleted while it was read */
	if (key > room || value > room - key)
		return err_set(e, MU_EFORMAT,
		    "a record of the TDB is longer than the file");
	b = str_skip(b, at + TDB_RECORD);
	return each(cookie, str_head(b, key), str_head(str_skip(b, key), value),
	    e);
}

int
tdb_each(struct str bytes,
    int (*each)(void *cookie, struct str key, struct str value, struct err *e),
    void *cookie, struct err *e)
{
	size_t chains, i, at, left = bytes.n / TDB_RECORD + 1;

	if (!tdb_is(bytes))
		return err_set(e, MU_EFORMAT, "no TDB file");
	if (tdb_u32(bytes, 32) != TDB_VERSION && tdb_u32(bytes, 32) != TDB_OLD)
		return err_set(e, MU_EUNSUPPORTED,
		    "a TDB file of another version or byte order");
	chains = tdb_u32(bytes, 36);
	if (chains > TDB_HASH_MAX || bytes.n < TDB_HEADER + 4 * (chains + 1))
		return err_set(e, MU_EFORMAT,
		    "the TDB file is shorter than its table");
	for (i = 0; i < chains; i++) {
		at = tdb_u32(bytes, TDB_HEADER + 4 * (i + 1));
		while (at != 0) {
			if (left-- == 0)
				return err_set(e, MU_EFORMAT,
				    "a chain of the TDB goes round");
			TRY(tdb_record(bytes, at, each, cookie, &at, e));
		}
	}
	return MU_OK;
}
