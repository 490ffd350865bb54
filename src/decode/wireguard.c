#include "decode/wireguard.h"

#include "base/digest.h"
#include "base/mem.h"
#include "decode/lines.h"
#include "decode/peek.h"
#include "decode/pick.h"
#include "decode/pkey.h"
#include "decode/privkey.h"

/* Bytes of a key, and characters of its base64. */
#define WIREGUARD_KEY  32
#define WIREGUARD_TEXT 44

/* Longest name and longest list of addresses that are told, bytes. */
#define WIREGUARD_NAME_MAX 120

/* Longest file that holds one key alone, bytes. */
#define WIREGUARD_FILE_MAX 4096

/*= RFC 8410 sections 4 and 7: what stands before the 32 bytes. */
#define WIREGUARD_PUBLIC                           \
	STR("\x30\x2a\x30\x05\x06\x03\x2b\x65\x6e" \
	    "\x03\x21\x00")
#define WIREGUARD_PRIVATE                                      \
	STR("\x30\x2e\x02\x01\x00\x30\x05\x06\x03\x2b\x65\x6e" \
	    "\x04\x22\x04\x20")

enum section {
	SECTION_OTHER,
	SECTION_NETDEV, /* systemd's, for the interface's name */
	SECTION_INTERFACE,
	SECTION_PEER,
};

struct wireguard {
	const struct decode_in *in;
	struct lines l;
	enum section section;
	struct str name; /* of the interface */
	struct str self; /* key of this end, once known */
	struct str next; /* the comment on the line before, or "" */
	size_t peers;
	/* The peer whose section this is. */
	struct str hint, public, psk, allowed, endpoint, who;
	size_t public_at, psk_at;
};

/* The 32 bytes that ${text} stands for, to the end of ${out}. */
static bool
wireguard_key(struct str text, struct buf *out)
{
	size_t was = out->n, i;
	unsigned char any = 0;

	if (text.n != WIREGUARD_TEXT || !digest_unbase64(text, out) ||
	    out->n - was != WIREGUARD_KEY)
		return false;
	for (i = was; i < out->n; i++)
		any |= (unsigned char)out->p[i];
	return any != 0;
}

static int
wireguard_spki(struct str text, bool private, struct buf *spki, struct err *e)
{
	AUTO(buf) struct buf der = { 0 };
	int code;

	buf_init(&der, PRIVKEY_BYTES_MAX);
	buf_add(&der, private ? WIREGUARD_PRIVATE : WIREGUARD_PUBLIC);
	if (!wireguard_key(text, &der))
		code = err_set(e, MU_EFORMAT, "no key of WireGuard");
	else if (private)
		code = privkey_spki(buf_str(&der), spki, e);
	else
		buf_add(spki, buf_str(&der)), code = MU_OK;
	if (private)
		mem_wipe(der.p, der.n);
	return code;
}

/* A text of the file as a record may hold it. */
static int
wireguard_text(const struct decode_in *in, struct str s, struct str *out,
    struct err *e)
{

	s = str_head(str_head(s, str_chr(s, '\0')), WIREGUARD_NAME_MAX);
	return arena_str(in->job, s, out, e);
}

struct pair {
	struct str name, detail, key;
	enum role role;
	size_t line;
};

static int
wireguard_pair(const struct decode_in *in, struct str spki, struct pair *p,
    struct err *e)
{
	struct pkey k;
	struct rec r;

	TRY(pkey_read(spki, in->job, &k, e));
	TRY(arena_fmt(in->job, &p->key, e, "spki:" STR_FMT, STR_ARG(k.spki)));
	rec_init(&r, REC_IDENTITY);
	r.identity.key = p->key;
	r.identity.kind = ID_VPN_PEER;
	r.identity.name = p->name;
	r.identity.asset = in->host->key;
	r.identity.context = in->file->context;
	TRY(decode_put(in, &r, e));
	rec_init(&r, REC_CREDENTIAL);
	r.credential.key = r.credential.identity = p->key;
	r.credential.kind = CRED_KEYPAIR;
	r.credential.alg = k.alg;
	r.credential.bits = k.bits;
	r.credential.spki = k.spki;
	if (p->role == ROLE_PRIVATE)
		r.credential.encrypted = TRI_NO;
	TRY(decode_put(in, &r, e));
	TRY(decode_sighting(in, &r, p->key, p->role, ':', p->line, e));
	r.sighting.detail = p->detail;
	return decode_put(in, &r, e);
}

static int
wireguard_edge(const struct wireguard *w, enum edge_kind kind, struct str dst,
    size_t line, struct err *e)
{
	struct rec r;

	if (w->self.n == 0)
		return MU_OK;
	rec_init(&r, REC_EDGE);
	r.edge.kind = kind;
	r.edge.src = w->self;
	r.edge.dst = dst;
	TRY(arena_fmt(w->in->job, &r.edge.evidence, e, STR_FMT ":%zu",
	    STR_ARG(w->in->file->path), line));
	return decode_put(w->in, &r, e);
}

/* wg-quick's service, where this is a file that it reads. */
static int
wireguard_unit(struct wireguard *w, size_t line, struct err *e)
{
	struct str unit;

	if (!str_starts(w->in->file->path, STR("etc/wireguard/")))
		return MU_OK;
	TRY(arena_fmt(w->in->job, &unit, e,
	    "unit:" STR_FMT ":wg-quick@.service", STR_ARG(w->in->host->key)));
	return wireguard_edge(w, EDGE_CONSUMED_BY, unit, line, e);
}

/* The private key ${text} of this end, at ${line} of the file of ${in}. */
static int
wireguard_private(struct wireguard *w, const struct decode_in *in,
    struct str text, size_t line, struct err *e)
{
	AUTO(buf) struct buf spki = { 0 };
	struct pair p = { .role = ROLE_PRIVATE, .line = line };
	struct err why = { 0 };

	if (!pick_secret(text) || str_starts(text, STR("@")))
		return MU_OK;
	buf_init(&spki, PKEY_BYTES_MAX);
	if (wireguard_spki(text, true, &spki, &why) < 0)
		return decode_gap(in, ':', line, GAP_MALFORMED, e,
		    "what stands here is no key of WireGuard");
	TRY(arena_fmt(in->job, &p.name, e, "WireGuard " STR_FMT " on " STR_FMT,
	    STR_ARG(w->name), STR_ARG(in->host->name)));
	TRY(wireguard_pair(in, buf_str(&spki), &p, e));
	w->self = p.key;
	return wireguard_unit(w, line, e);
}

/* Named for the peer: both ends of a tunnel have the same one. */
static int
wireguard_shared(const struct wireguard *w, const struct decode_in *in,
    struct str text, size_t line, struct err *e)
{
	AUTO(buf) struct buf bytes = { 0 };
	struct str value, name, cred, fp;
	struct rec r;
	int code;

	if (!pick_secret(text) || str_starts(text, STR("@")))
		return MU_OK;
	buf_init(&bytes, WIREGUARD_FILE_MAX);
	if (!wireguard_key(text, &bytes))
		return decode_gap(in, ':', line, GAP_MALFORMED, e,
		    "what stands here is no key of WireGuard");
	value = buf_str(&bytes);
	code = decode_secret(in, value, STR("PresharedKey"), &cred, &fp, e);
	mem_wipe(bytes.p, bytes.n);
	TRY(code);
	TRY(arena_fmt(in->job, &name, e, "preshared key of " STR_FMT,
	    STR_ARG(w->who.n != 0 ? w->who : STR("a WireGuard tunnel"))));
	rec_init(&r, REC_IDENTITY);
	r.identity.key = cred;
	r.identity.kind = ID_NETWORK_SECRET;
	r.identity.name = name;
	r.identity.asset = in->host->key;
	r.identity.context = in->file->context;
	TRY(decode_put(in, &r, e));
	rec_init(&r, REC_CREDENTIAL);
	r.credential.key = r.credential.identity = cred;
	r.credential.kind = CRED_TOKEN;
	r.credential.fp = fp;
	r.credential.length = WIREGUARD_KEY;
	TRY(decode_put(in, &r, e));
	TRY(decode_sighting(in, &r, cred, ROLE_PRIVATE, ':', line, e));
	r.sighting.detail = name;
	return decode_put(in, &r, e);
}

/* A file that holds one key, which a setting names. */
static int
wireguard_file(struct wireguard *w, struct str path, bool private, size_t line,
    struct err *e)
{
	struct decode_in in;
	struct err why = { 0 };
	int r;

	r = peek_file(w->in, path, WIREGUARD_FILE_MAX, &in, &why);
	if (r < 0)
		return decode_gap(w->in, ':', line, peek_reason(r), e,
		    "the file of a key that is named here cannot be read");
	if (r == 0)
		return MU_OK;
	if (private)
		return wireguard_private(w, &in, str_trim(in.bytes), 1, e);
	return wireguard_shared(w, &in, str_trim(in.bytes), 1, e);
}

/* "alice", "Client alice", "BEGIN_PEER alice", "Name = alice": what the tools
 * that make such files write. What looks like a setting or a key is no name. */
static struct str
wireguard_comment(struct str s)
{
	static const char *const heads[] = { "BEGIN_PEER ", "Client ", "Peer ",
		"Name:", "name:", "Client:", "friendly_name=", "Name =",
		"Name=", "name =", "name=" };
	struct str rest, word;
	size_t i;

	while (s.n != 0 && (s.p[0] == '#' || s.p[0] == ';'))
		s = str_skip(s, 1);
	while (s.n != 0 && s.p[s.n - 1] == '#')
		s.n--;
	s = str_trim(s);
	for (i = 0; i < MU_COUNT(heads); i++)
		if (str_starts(s, str_from(heads[i])))
			s = str_trim(str_skip(s, strlen(heads[i])));
	if (str_chr(s, '=') != SIZE_MAX || str_chr(s, '[') == 0)
		return STR_NONE;
	for (rest = s; str_word(&rest, &word);)
		if (word.n >= WIREGUARD_TEXT - 1)
			return STR_NONE;
	return s;
}

static int
wireguard_peer_name(struct wireguard *w, struct err *e)
{
	struct str from = w->hint;

	if (from.n == 0)
		from = w->endpoint.n != 0 ? w->endpoint : w->allowed;
	if (from.n == 0)
		return arena_fmt(w->in->job, &w->who, e,
		    "WireGuard peer of " STR_FMT, STR_ARG(w->name));
	TRY(wireguard_text(w->in, from, &from, e));
	return arena_fmt(w->in->job, &w->who, e, "WireGuard peer " STR_FMT,
	    STR_ARG(from));
}

static int
wireguard_detail(const struct wireguard *w, struct str *out, struct err *e)
{
	struct str allowed;

	if (w->allowed.n == 0)
		return MU_OK;
	TRY(wireguard_text(w->in, w->allowed, &allowed, e));
	return arena_fmt(w->in->job, out, e, "may use " STR_FMT,
	    STR_ARG(allowed));
}

/* The peer whose section ends here. */
static int
wireguard_flush(struct wireguard *w, struct err *e)
{
	AUTO(buf) struct buf spki = { 0 };
	struct pair p = { .role = ROLE_AUTHORIZED, .line = w->public_at };
	struct err why = { 0 };

	if (w->section != SECTION_PEER || w->public.n == 0)
		return MU_OK;
	if (w->peers++ == WIREGUARD_PEERS_MAX)
		return err_set(e, MU_ELIMIT, "more than %d peers",
		    WIREGUARD_PEERS_MAX);
	buf_init(&spki, PKEY_BYTES_MAX);
	if (wireguard_spki(w->public, false, &spki, &why) < 0)
		return !pick_secret(w->public) ?
			   MU_OK :
			   lines_gap(&w->l, w->public_at, GAP_MALFORMED,
			       "what stands here is no key of WireGuard", e);
	TRY(wireguard_peer_name(w, e));
	p.name = w->who;
	TRY(wireguard_detail(w, &p.detail, e));
	TRY(wireguard_pair(w->in, buf_str(&spki), &p, e));
	TRY(wireguard_edge(w, EDGE_TRUSTS, p.key, p.line, e));
	if (w->psk.n != 0)
		TRY(wireguard_shared(w, w->in, w->psk, w->psk_at, e));
	return MU_OK;
}

/* NetworkManager's "[wireguard-peer.KEY]" names the peer in its head. */
static void
wireguard_head(struct wireguard *w, struct str line)
{
	struct str head = STR("[wireguard-peer.");

	if (!str_starts(line, head) || !str_ends(line, STR("]")))
		return;
	w->section = SECTION_PEER;
	w->public = str_head(str_skip(line, head.n), line.n - head.n - 1);
	w->public_at = w->l.at;
}

static int
wireguard_section(struct wireguard *w, struct str line, struct err *e)
{

	TRY(wireguard_flush(w, e));
	w->public = w->psk = w->allowed = w->endpoint = w->who = STR_NONE;
	w->hint = w->next;
	w->next = STR_NONE;
	if (str_eq_nocase(line, STR("[Interface]")) ||
	    str_eq_nocase(line, STR("[WireGuard]")))
		w->section = SECTION_INTERFACE;
	else if (str_eq_nocase(line, STR("[Peer]")) ||
		 str_eq_nocase(line, STR("[WireGuardPeer]")))
		w->section = SECTION_PEER;
	else if (str_eq(line, STR("[NetDev]")) ||
		 str_eq(line, STR("[connection]")))
		w->section = SECTION_NETDEV;
	else
		w->section = SECTION_OTHER;
	wireguard_head(w, line);
	return MU_OK;
}

/* A setting as wg(8) spells it, or as NetworkManager does. */
static bool
wireguard_is(struct str name, const char *wg, const char *nm)
{

	return str_eq_nocase(name, str_from(wg)) ||
	       str_eq_nocase(name, str_from(nm));
}

static int
wireguard_peer(struct wireguard *w, struct str name, struct str value,
    struct err *e)
{

	if (wireguard_is(name, "PublicKey", "public-key")) {
		w->public = value;
		w->public_at = w->l.at;
	} else if (wireguard_is(name, "PresharedKey", "preshared-key")) {
		w->psk = value;
		w->psk_at = w->l.at;
	} else if (wireguard_is(name, "AllowedIPs", "allowed-ips")) {
		w->allowed = value;
	} else if (str_eq_nocase(name, STR("Endpoint"))) {
		w->endpoint = value;
	} else if (str_eq_nocase(name, STR("PresharedKeyFile"))) {
		return wireguard_file(w, value, false, w->l.at, e);
	}
	return MU_OK;
}

static int
wireguard_setting(struct wireguard *w, struct str name, struct str value,
    struct err *e)
{

	if (w->section == SECTION_PEER)
		return wireguard_peer(w, name, value, e);
	if (w->section == SECTION_NETDEV &&
	    wireguard_is(name, "Name", "interface-name"))
		return wireguard_text(w->in, value, &w->name, e);
	if (w->section != SECTION_INTERFACE)
		return MU_OK;
	if (wireguard_is(name, "PrivateKey", "private-key"))
		return wireguard_private(w, w->in, value, w->l.at, e);
	if (str_eq_nocase(name, STR("PrivateKeyFile")))
		return wireguard_file(w, value, true, w->l.at, e);
	return MU_OK;
}

/* A comment names the peer whose section begins on the next line, or the one
 * in whose section it stands before the key. */
static int
wireguard_line(struct wireguard *w, struct str line, struct err *e)
{
	struct str name, value, rest;

	line = str_trim(line);
	if (line.n == 0) {
		w->next = STR_NONE;
		return MU_OK;
	}
	if (line.p[0] == '#' || line.p[0] == ';') {
		w->next = wireguard_comment(line);
		if (w->section == SECTION_PEER && w->public.n == 0 &&
		    w->hint.n == 0)
			w->hint = w->next;
		return MU_OK;
	}
	if (line.p[0] == '[') {
		(void)str_cut(line, '#', &line, &rest);
		return wireguard_section(w, str_trim(line), e);
	}
	w->next = STR_NONE;
	if (!str_cut(line, '=', &name, &value))
		return MU_OK;
	(void)str_cut(value, '#', &value, &rest);
	return wireguard_setting(w, str_trim(name), str_trim(value), e);
}

/* wg0 of etc/wireguard/wg0.conf, until the file says otherwise. */
static int
wireguard_name(struct wireguard *w, struct err *e)
{
	struct str name = w->in->file->path;
	size_t at = str_rchr(name, '/');

	if (at != SIZE_MAX)
		name = str_skip(name, at + 1);
	return wireguard_text(w->in, str_head(name, str_rchr(name, '.')),
	    &w->name, e);
}

/* A file with nothing but a key: `wg genkey >privatekey`. Its name says which
 * half it is. */
static int
wireguard_bare(struct wireguard *w, bool *done, struct err *e)
{
	static const char *const public[] = { "public", "pubkey", ".pub" };
	static const char *const shared[] = { "psk", "preshared", "shared" };
	struct str text = str_trim(w->in->bytes);
	size_t i;

	*done = text.n == WIREGUARD_TEXT && str_chr(text, '\n') == SIZE_MAX;
	if (!*done)
		return MU_OK;
	for (i = 0; i < MU_COUNT(public); i++)
		if (str_find(w->in->file->path, str_from(public[i])) !=
		    SIZE_MAX)
			return MU_OK;
	for (i = 0; i < MU_COUNT(shared); i++)
		if (str_find(w->in->file->path, str_from(shared[i])) !=
		    SIZE_MAX)
			return wireguard_shared(w, w->in, text, 1, e);
	return wireguard_private(w, w->in, text, 1, e);
}

static int
wireguard_read(const struct decode_in *in, struct err *e)
{
	struct wireguard w = { .in = in };
	struct str line;
	bool done;

	TRY(wireguard_name(&w, e));
	TRY(wireguard_bare(&w, &done, e));
	if (done)
		return MU_OK;
	lines_init(&w.l, in);
	while (lines_next(&w.l, &line))
		TRY(wireguard_line(&w, line, e));
	TRY(wireguard_flush(&w, e));
	return lines_done(&w.l, e);
}

const struct decoder decode_wireguard = {
	.name = "wireguard",
	.place = NULL,
	.sees = "WireGuard: this end's key, and the peers that may come",
	.source = "wg(8); systemd.netdev(5)",
	.max_bytes = (size_t)4 << 20,
	.read = wireguard_read,
};
