#include "decode/openvpn.h"

#include "base/digest.h"
#include "base/mem.h"
#include "decode/columns.h"
#include "decode/inuse.h"
#include "decode/lines.h"
#include "decode/peek.h"
#include "decode/pick.h"

/* A static key has 256 bytes; a longer block is none. */
#define OPENVPN_KEY_MAX 4096

/* Longest user's or host's name that goes into a key or a name, bytes. */
#define OPENVPN_PART_MAX 255

#define OPENVPN_STATIC "-----BEGIN OpenVPN Static key V1-----"
#define OPENVPN_CRYPT2 "-----BEGIN OpenVPN tls-crypt-v2 "

struct openvpn {
	const struct decode_in *in;
	struct lines l;
	struct str unit;       /* key of the service, or "" */
	struct str host, port; /* of the first remote */
	struct str user, pass; /* of an inline login */
	size_t secrets, login_at;
};

/* "OpenVPN of office" for etc/openvpn/client/office.conf */
static int
openvpn_name(const struct openvpn *o, const char *what, struct str *out,
    struct err *e)
{
	struct str base = o->in->file->path;
	size_t slash = str_rchr(base, '/');

	if (slash != SIZE_MAX)
		base = str_skip(base, slash + 1);
	base = str_head(base, str_rchr(base, '.'));
	return arena_fmt(o->in->job, out, e, "%s of OpenVPN " STR_FMT, what,
	    STR_ARG(base));
}

/* The bytes between the marks of a static key, in hexadecimal. */
static int
openvpn_static(struct openvpn *o, size_t at, struct err *e)
{
	AUTO(buf) struct buf hex = { 0 }, raw = { 0 };
	struct str line, name;
	char *room;
	size_t n = SIZE_MAX;
	int code = MU_OK;

	buf_init(&hex, OPENVPN_KEY_MAX);
	buf_init(&raw, OPENVPN_KEY_MAX);
	while (lines_next(&o->l, &line) &&
	       !str_starts(str_trim(line), STR("-----END")))
		buf_add(&hex, str_trim(line));
	room = buf_room(&raw, OPENVPN_KEY_MAX / 2);
	if (!hex.bad && hex.n != 0 && room != NULL)
		n = digest_unhex(buf_str(&hex), room, OPENVPN_KEY_MAX / 2);
	if (n == SIZE_MAX || n == 0)
		return lines_gap(&o->l, at, GAP_MALFORMED,
		    "a static key that is not hexadecimal", e);
	if (o->secrets++ == OPENVPN_SECRETS_MAX)
		return err_set(e, MU_ELIMIT, "more than %d secrets",
		    OPENVPN_SECRETS_MAX);
	buf_took(&raw, n);
	code = openvpn_name(o, "static key", &name, e);
	if (code == MU_OK)
		code = pick_login(o->in, STR_NONE, ID_NETWORK_SECRET, name,
		    STR_NONE, buf_str(&raw), at, e);
	mem_wipe(raw.p, raw.n);
	mem_wipe(hex.p, hex.n);
	return code;
}

/* A key in base64: its text without line ends stands for it. */
static int
openvpn_crypt2(struct openvpn *o, bool server, size_t at, struct err *e)
{
	AUTO(buf) struct buf b64 = { 0 };
	struct str line, name;
	int code;

	buf_init(&b64, OPENVPN_KEY_MAX);
	while (lines_next(&o->l, &line) &&
	       !str_starts(str_trim(line), STR("-----END")))
		buf_add(&b64, str_trim(line));
	if (b64.bad || b64.n == 0)
		return lines_gap(&o->l, at, GAP_MALFORMED,
		    "a tls-crypt-v2 key that is none", e);
	if (o->secrets++ == OPENVPN_SECRETS_MAX)
		return err_set(e, MU_ELIMIT, "more than %d secrets",
		    OPENVPN_SECRETS_MAX);
	code = openvpn_name(o,
	    server ? "tls-crypt-v2 server key" : "tls-crypt-v2 client key",
	    &name, e);
	if (code == MU_OK)
		code = pick_login(o->in, STR_NONE,
		    server ? ID_NETWORK_SECRET : ID_VPN_PEER, name, STR_NONE,
		    buf_str(&b64), at, e);
	mem_wipe(b64.p, b64.n);
	return code;
}

static struct str
openvpn_part(struct str s)
{

	return str_head(str_head(s, str_chr(s, '\0')), OPENVPN_PART_MAX);
}

/* The two lines of a login, of the file of ${in}, the password at ${line}. */
static int
openvpn_login(const struct openvpn *o, const struct decode_in *in,
    struct str user, struct str pass, size_t line, struct err *e)
{
	struct str key, name;

	user = openvpn_part(user);
	if (user.n == 0 || !pick_secret(pass))
		return MU_OK;
	TRY(key_login(STR("openvpn"), user, o->host, o->port, STR_NONE, in->job,
	    &key, e));
	TRY(arena_fmt(in->job, &name, e, "OpenVPN login " STR_FMT "%s" STR_FMT,
	    STR_ARG(user), o->host.n != 0 ? " at " : "", STR_ARG(o->host)));
	TRY(pick_login(in, key, ID_VPN_PEER, name, user, pass, line, e));
	return inuse_edge(in, key, o->unit, line, e);
}

static int
openvpn_login_file(struct openvpn *o, struct str path, struct err *e)
{
	struct decode_in in;
	struct str user, pass, text;
	struct err why = { 0 };
	int r;

	TRY(inuse_path(o->in, path, &path, e));
	r = peek_file(o->in, path, OPENVPN_KEY_MAX, &in, &why);
	if (r < 0)
		return decode_gap(o->in, ':', o->l.at, peek_reason(r), e,
		    "the file of a login that is named here cannot be read");
	if (r == 0)
		return MU_OK;
	text = in.bytes;
	if (!str_line(&text, &user) || !str_line(&text, &pass))
		return MU_OK;
	return openvpn_login(o, &in, str_trim(user), pass, 2, e);
}

/* <auth-user-pass> holds the same two lines; told at the end, when the remote
 * is known. */
static void
openvpn_login_inline(struct openvpn *o)
{

	if (lines_next(&o->l, &o->user) && lines_next(&o->l, &o->pass))
		o->login_at = o->l.at;
}

static int
openvpn_setting(struct openvpn *o, struct str line, struct err *e)
{
	static const struct {
		const char *name, *detail;
	} files[] = {
		{ "cert", "OpenVPN proves with it who it is" },
		{ "ca", "OpenVPN checks others with it" },
		{ "extra-certs", "OpenVPN sends it along" },
	};
	struct str name, value;
	size_t i;
	int got;

	TRY(got = columns_next(&line, o->in->job, &name, e));
	if (got == 1)
		TRY(got = columns_next(&line, o->in->job, &value, e));
	if (got == 0 || str_eq(value, STR("[inline]")))
		return MU_OK;
	for (i = 0; i < MU_COUNT(files); i++)
		if (str_eq(name, str_from(files[i].name)))
			return inuse_cert(o->in, value, o->unit, o->l.at,
			    files[i].detail, e);
	if (str_eq(name, STR("auth-user-pass")))
		return openvpn_login_file(o, value, e);
	if (str_eq(name, STR("remote")) && o->host.n == 0) {
		o->host = openvpn_part(value);
		TRY(got = columns_next(&line, o->in->job, &value, e));
		o->port = got == 1 ? openvpn_part(value) : STR_NONE;
	}
	return MU_OK;
}

static int
openvpn_line(struct openvpn *o, struct str line, struct err *e)
{
	size_t at = o->l.at;

	line = str_trim(line);
	if (line.n == 0 || line.p[0] == '#' || line.p[0] == ';')
		return MU_OK;
	if (str_starts(line, STR(OPENVPN_STATIC)))
		return openvpn_static(o, at, e);
	if (str_starts(line, STR(OPENVPN_CRYPT2)))
		return openvpn_crypt2(o,
		    str_find(line, STR(" server ")) != SIZE_MAX, at, e);
	if (str_eq(line, STR("<auth-user-pass>"))) {
		openvpn_login_inline(o);
		return MU_OK;
	}
	if (line.p[0] == '<' || line.p[0] == '-')
		return MU_OK;
	return openvpn_setting(o, line, e);
}

/* Debian's units: openvpn@ for etc/openvpn, and one each for its folders. */
static int
openvpn_unit(struct openvpn *o, struct err *e)
{
	struct str path = o->in->file->path;

	if (!str_starts(path, STR("etc/openvpn/")) ||
	    !str_ends(path, STR(".conf")))
		return MU_OK;
	path = str_skip(path, sizeof("etc/openvpn/") - 1);
	if (str_starts(path, STR("server/")))
		return inuse_unit(o->in, "openvpn-server@.service", &o->unit,
		    e);
	if (str_starts(path, STR("client/")))
		return inuse_unit(o->in, "openvpn-client@.service", &o->unit,
		    e);
	if (str_chr(path, '/') != SIZE_MAX)
		return MU_OK;
	return inuse_unit(o->in, "openvpn@.service", &o->unit, e);
}

static int
openvpn_read(const struct decode_in *in, struct err *e)
{
	struct openvpn o = { .in = in };
	struct str line;

	TRY(openvpn_unit(&o, e));
	lines_init(&o.l, in);
	while (lines_next(&o.l, &line))
		TRY(openvpn_line(&o, line, e));
	if (o.login_at != 0)
		TRY(openvpn_login(&o, in, str_trim(o.user), o.pass, o.login_at,
		    e));
	return lines_done(&o.l, e);
}

static bool
openvpn_sniff(struct str head)
{

	return str_find(head, STR(OPENVPN_STATIC)) != SIZE_MAX ||
	       str_find(head, STR(OPENVPN_CRYPT2)) != SIZE_MAX;
}

const struct decoder decode_openvpn = {
	.name = "openvpn",
	.place = "vpn.openvpn",
	.sees = "Static keys, logins and certificates of OpenVPN",
	.source = "openvpn(8)",
	.max_bytes = (size_t)1 << 20,
	.sniff = openvpn_sniff,
	.armour = true,
	.read = openvpn_read,
};
