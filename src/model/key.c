#include "model/key.h"

#include "base/buf.h"
#include "base/digest.h"

#define KEY_MAX 8192

static int
key_done(struct buf *b, struct arena *a, struct str *out, struct err *e)
{

	TRY(buf_check(b, "the key", e));
	return arena_str(a, buf_str(b), out, e);
}

static void
key_lower(struct buf *b, struct str s)
{
	size_t i;

	for (i = 0; i < s.n; i++)
		buf_addc(b,
		    (char)(s.p[i] >= 'A' && s.p[i] <= 'Z' ? s.p[i] - 'A' + 'a' :
							    s.p[i]));
}

/* machine-id(5): 32 lower-case hexadecimal digits; never all zero. */
static bool
key_machine_id(struct str id)
{
	unsigned char raw[16], any = 0;
	size_t i;

	if (id.n != 32 || digest_unhex(id, raw, sizeof(raw)) != sizeof(raw))
		return false;
	for (i = 0; i < sizeof(raw); i++)
		any |= raw[i];
	return any != 0;
}

int
key_host(struct str machine_id, struct str fqdn, struct arena *a,
    struct str *out, struct err *e)
{
	AUTO(buf) struct buf b;
	struct digest d;

	buf_init(&b, KEY_MAX);
	machine_id = str_trim(machine_id);
	if (key_machine_id(machine_id)) {
		d = digest_sha256_2(machine_id, STR("muster"));
		buf_adds(&b, "host:");
		digest_hex(&b, str_head(digest_str(&d), 8));
	} else {
		buf_adds(&b, "host:name:");
		key_lower(&b, str_trim(fqdn));
	}
	return key_done(&b, a, out, e);
}

int
key_account(struct str host, struct str name, struct arena *a, struct str *out,
    struct err *e)
{

	return arena_fmt(a, out, e, "account:" STR_FMT ":" STR_FMT,
	    STR_ARG(host), STR_ARG(name));
}

int
key_variable(struct str host, struct str workload, struct str name,
    struct arena *a, struct str *out, struct err *e)
{

	return arena_fmt(a, out, e, "var:" STR_FMT ":" STR_FMT ":" STR_FMT,
	    STR_ARG(host), STR_ARG(workload), STR_ARG(name));
}

int
key_hex(struct str prefix, struct str bytes, struct arena *a, struct str *out,
    struct err *e)
{
	AUTO(buf) struct buf b;
	struct digest d = digest_sha256(bytes);

	buf_init(&b, KEY_MAX);
	buf_add(&b, prefix);
	digest_hex(&b, digest_str(&d));
	return key_done(&b, a, out, e);
}

bool
key_public_name(struct str name)
{
	static const char *const private[] = { "local", "localhost",
		"localdomain", "internal", "intranet", "lan", "home", "corp",
		"private", "test", "example", "invalid", "arpa", "onion", "alt",
		"domain" };
	struct str last;
	size_t dot, i;
	bool alpha = false;

	if (str_starts(name, STR("*.")))
		name = str_skip(name, 2);
	if (name.n != 0 && name.p[name.n - 1] == '.')
		name.n--;
	dot = str_rchr(name, '.');
	if (dot == SIZE_MAX || dot == 0)
		return false;
	last = str_skip(name, dot + 1);
	for (i = 0; i < MU_COUNT(private); i++)
		if (str_eq_nocase(last, str_from(private[i])))
			return false;
	for (i = 0; i < name.n; i++) {
		char c = name.p[i];

		alpha = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
		if (!alpha && !(c >= '0' && c <= '9') && c != '-' && c != '.' &&
		    c != '_')
			return false;
	}
	return last.n >= 2 && alpha;
}

int
key_tls(const struct str *names, size_t n, struct str spki_hex,
    bool self_signed, struct arena *a, struct str *out, struct err *e)
{
	AUTO(buf) struct buf b;
	struct digest d;
	bool public = false;
	size_t i;

	buf_init(&b, (size_t)1 << 20);
	for (i = 0; i < n; i++) {
		public = public || key_public_name(names[i]);
		key_lower(&b, names[i]);
		buf_addc(&b, '\n');
	}
	TRY(buf_check(&b, "the list of names", e));
	if (!public || self_signed)
		return arena_fmt(a, out, e, "tls:spki:" STR_FMT,
		    STR_ARG(spki_hex));
	d = digest_sha256(buf_str(&b));
	buf_reset(&b);
	buf_adds(&b, "tls:");
	digest_hex(&b, digest_str(&d));
	return key_done(&b, a, out, e);
}

int
key_login(struct str scheme, struct str user, struct str host, struct str port,
    struct str db, struct arena *a, struct str *out, struct err *e)
{
	AUTO(buf) struct buf b;

	buf_init(&b, KEY_MAX);
	buf_adds(&b, "login:");
	key_lower(&b, scheme);
	buf_adds(&b, "://");
	buf_add(&b, user);
	if (user.n != 0)
		buf_addc(&b, '@');
	key_lower(&b, host);
	if (port.n != 0)
		buf_addc(&b, ':');
	buf_add(&b, port);
	if (db.n != 0)
		buf_addc(&b, '/');
	buf_add(&b, db);
	return key_done(&b, a, out, e);
}

static void
key_short(struct str key, char out[KEY_ID_BYTES])
{
	AUTO(buf) struct buf b;
	struct digest d = digest_sha256(key);
	size_t i;

	buf_init(&b, 64);
	digest_base32(&b, str_head(digest_str(&d), 5));
	MU_ASSERT(b.n == KEY_ID_CHARS);
	for (i = 0; i < KEY_ID_CHARS; i++)
		out[i] = b.p[i];
	out[KEY_ID_CHARS] = '\0';
}

void
key_id(struct str key, char out[KEY_ID_BYTES])
{

	key_short(key, out);
}

void
key_finding(struct str check, struct str identity, struct str credential,
    char out[KEY_ID_BYTES])
{
	AUTO(buf) struct buf b;

	buf_init(&b, 4 * KEY_MAX);
	buf_add(&b, check);
	buf_addc(&b, '\0');
	buf_add(&b, identity);
	buf_addc(&b, '\0');
	buf_add(&b, credential);
	key_short(buf_str(&b), out);
}

int
key_secret(struct str fp_key, struct str value, struct arena *a,
    struct str *out, struct err *e)
{
	static const char label[] = "muster/secret/1"; /* with its zero byte */
	AUTO(buf) struct buf b;
	struct digest d;

	d = digest_hmac(fp_key, str_of(label, sizeof(label)), value);
	buf_init(&b, KEY_MAX);
	buf_adds(&b, "secret:");
	digest_hex(&b, digest_str(&d));
	return key_done(&b, a, out, e);
}
