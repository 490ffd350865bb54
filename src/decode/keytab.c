#include "decode/keytab.h"

#include "decode/bytes.h"
#include "decode/token.h"

/* Longest key of any type, bytes. */
#define KEYTAB_KEY_MAX 256

struct entry {
	struct str realm, part[KEYTAB_PARTS_MAX], key;
	size_t n_parts;
	uint32_t at_s, kvno;
	uint16_t type;
};

/*= RFC 3961 section 8, 3962, 4757, 6803 and 8009: number, name, bits. */
static const struct {
	uint16_t type;
	const char *name;
	int64_t bits;
} types[] = {
	{ 1, "des-cbc-crc", 56 },
	{ 2, "des-cbc-md4", 56 },
	{ 3, "des-cbc-md5", 56 },
	{ 16, "des3-cbc-sha1", 168 },
	{ 17, "aes128-cts-hmac-sha1-96", 128 },
	{ 18, "aes256-cts-hmac-sha1-96", 256 },
	{ 19, "aes128-cts-hmac-sha256-128", 128 },
	{ 20, "aes256-cts-hmac-sha384-192", 256 },
	{ 23, "arcfour-hmac", 128 },
	{ 24, "arcfour-hmac-exp", 40 },
	{ 25, "camellia128-cts-cmac", 128 },
	{ 26, "camellia256-cts-cmac", 256 },
};

/* The row of ${type} in types[], or their number. */
static size_t
keytab_type(uint16_t type)
{
	size_t i;

	for (i = 0; i < MU_COUNT(types) && types[i].type != type; i++)
		continue;
	return i;
}

static struct str
keytab_text(struct bytes *b)
{

	return bytes_take(b, bytes_u16(b));
}

/* One entry of ${version}; false where it is none. */
static bool
keytab_entry(struct bytes *b, unsigned version, struct entry *out)
{
	struct entry t = { .realm = STR_NONE };
	size_t i;

	t.n_parts = bytes_u16(b);
	/* Version 1 counts the realm as well, and has no type of the name. */
	if (version == 1 && t.n_parts != 0)
		t.n_parts--;
	if (t.n_parts > KEYTAB_PARTS_MAX)
		return false;
	t.realm = keytab_text(b);
	for (i = 0; i < t.n_parts; i++)
		t.part[i] = keytab_text(b);
	if (version != 1)
		(void)bytes_u32(b);
	t.at_s = bytes_u32(b);
	t.kvno = bytes_u8(b);
	t.type = bytes_u16(b);
	t.key = keytab_text(b);
	/* A number beyond 255 has four bytes more; zero is none. */
	if (!b->bad && b->rest.n >= 4) {
		i = bytes_u32(b);
		t.kvno = i != 0 ? (uint32_t)i : t.kvno;
	}
	*out = t;
	return !b->bad && t.n_parts != 0 && t.key.n <= KEYTAB_KEY_MAX;
}

static bool
keytab_plain(struct str s)
{
	size_t i;

	for (i = 0; i < s.n; i++)
		if ((unsigned char)s.p[i] < ' ' || s.p[i] == 0x7f)
			return false;
	return s.n <= KEYTAB_NAME_MAX;
}

/* Names without control characters, as a record can hold them. */
static bool
keytab_named(const struct entry *t)
{
	size_t i;

	for (i = 0; i < t->n_parts; i++)
		if (!keytab_plain(t->part[i]))
			return false;
	return keytab_plain(t->realm);
}

/* Before the first entry; a table of version 1 is in either byte order. */
static bool
keytab_open(struct str bytes, struct bytes *b, unsigned *version)
{
	struct bytes size;

	*b = (struct bytes){ .rest = bytes };
	if (bytes_u8(b) != 5)
		return false;
	*version = bytes_u8(b);
	size = *b;
	b->little = *version == 1 && bytes_u32(&size) > size.rest.n;
	return !b->bad && (*version == 1 || *version == 2);
}

/* The next entry's bytes: 1; 0 at the end; holes are passed over. */
static int
keytab_next(struct bytes *b, struct bytes *one, struct err *e)
{
	int64_t n;

	while (b->rest.n != 0) {
		n = (int32_t)bytes_u32(b);
		*one = (struct bytes){ .little = b->little };
		one->rest = bytes_take(b, (size_t)(n < 0 ? -n : n));
		if (b->bad)
			return err_set(e, MU_EFORMAT,
			    "the keytab ends within an entry");
		if (n == 0)
			return 0;
		if (n > 0)
			return 1;
	}
	return 0;
}

/* "HTTP/web1.example.com", cut where it is longer than any is. */
static int
keytab_name(const struct decode_in *in, const struct entry *t, struct str *out,
    struct err *e)
{
	AUTO(buf) struct buf b = { 0 };
	size_t i;

	buf_init(&b, KEYTAB_NAME_MAX);
	for (i = 0; i < t->n_parts; i++) {
		if (i != 0)
			buf_addc(&b, '/');
		buf_add(&b, t->part[i]);
	}
	TRY(buf_check(&b, "a principal", e));
	return arena_str(in->job, buf_str(&b), out, e);
}

/* Whoever has these keys can sign in as anybody of the realm. */
static bool
keytab_rules(const struct entry *t)
{

	return str_eq(t->part[0], STR("krbtgt")) ||
	       str_eq(t->part[0], STR("kadmin")) ||
	       (t->n_parts == 2 && str_eq(t->part[1], STR("admin")));
}

static int
keytab_identity(const struct decode_in *in, const struct entry *t,
    struct str *key, struct err *e)
{
	struct str name;
	struct rec r;

	rec_init(&r, REC_IDENTITY);
	TRY(keytab_name(in, t, &name, e));
	TRY(key_login(STR("kerberos"), name, t->realm, STR_NONE, STR_NONE,
	    in->job, key, e));
	TRY(arena_fmt(in->job, &r.identity.name, e, STR_FMT "@" STR_FMT,
	    STR_ARG(name), STR_ARG(t->realm)));
	r.identity.key = *key;
	r.identity.kind = in->kind != ID_KINDS ? in->kind : ID_SERVICE_ACCOUNT;
	r.identity.context = in->file->context;
	if (keytab_rules(t))
		r.identity.privileged = TRI_YES;
	return decode_put(in, &r, e);
}

static int
keytab_put(const struct decode_in *in, const struct entry *t, size_t n,
    struct err *e)
{
	size_t type = keytab_type(t->type);
	struct str identity;
	struct rec r, s;

	TRY(keytab_identity(in, t, &identity, e));
	rec_init(&r, REC_CREDENTIAL);
	TRY(decode_secret(in, t->key, identity, &r.credential.key,
	    &r.credential.fp, e));
	r.credential.identity = identity;
	r.credential.kind = CRED_TOKEN;
	r.credential.length = (int64_t)t->key.n;
	if (type < MU_COUNT(types)) {
		r.credential.alg = str_from(types[type].name);
		r.credential.bits = types[type].bits;
	}
	if (t->at_s != 0)
		r.credential.created = (struct when){ t->at_s, BY_IN_BAND };
	TRY(decode_put(in, &r, e));
	TRY(decode_sighting(in, &s, r.credential.key, ROLE_PRIVATE, '#', n, e));
	TRY(arena_fmt(in->job, &s.sighting.detail, e, "key number %u, %s",
	    (unsigned)t->kvno,
	    type < MU_COUNT(types) ? types[type].name : "unknown encryption"));
	return decode_put(in, &s, e);
}

static int
keytab_read(const struct decode_in *in, struct err *e)
{
	struct bytes b, one = { .bad = false };
	struct entry t;
	unsigned version = 0;
	size_t n;

	if (!keytab_open(in->bytes, &b, &version))
		return err_set(e, MU_EFORMAT,
		    "this is no keytab of version 1 or 2");
	for (n = 1;; n++) {
		int r = keytab_next(&b, &one, e);

		if (r <= 0)
			return r;
		if (n > KEYTAB_ENTRIES_MAX)
			return err_set(e, MU_ELIMIT,
			    "a keytab of more than %d entries",
			    KEYTAB_ENTRIES_MAX);
		if (keytab_entry(&one, version, &t) && keytab_named(&t))
			TRY(keytab_put(in, &t, n, e));
		else
			TRY(decode_gap(in, '#', n, GAP_MALFORMED, e,
			    "the entry is no key of a principal"));
	}
}

/* Two bytes would say little: the first entry must be one, of a known type. */
static bool
keytab_sniff(struct str head)
{
	struct bytes b, one = { .bad = false };
	struct entry t;
	unsigned version = 0;

	return keytab_open(head, &b, &version) &&
	       keytab_next(&b, &one, NULL) == 1 &&
	       keytab_entry(&one, version, &t) && keytab_named(&t) &&
	       t.realm.n != 0 && keytab_type(t.type) < MU_COUNT(types);
}

const struct decoder decode_keytab = {
	.name = "keytab",
	.place = "krb5.keytab",
	.sees = "Kerberos keys of services and accounts",
	.source = "MIT Kerberos, keytab file format",
	.max_bytes = KEYTAB_BYTES_MAX,
	.sniff = keytab_sniff,
	.read = keytab_read,
};
