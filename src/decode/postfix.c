#include "decode/postfix.h"

#include "base/mem.h"
#include "decode/inuse.h"
#include "decode/lines.h"
#include "decode/peek.h"
#include "decode/pick.h"

/* Longest table of logins, bytes. */
#define POSTFIX_TABLE_MAX ((size_t)1 << 20)

/* Longest name of a user or relay, bytes. */
#define POSTFIX_PART_MAX 255

struct postfix {
	const struct decode_in *in;
	struct lines l;
	struct str unit;
	struct buf value; /* of a setting, its lines joined */
	struct str relay; /* relayhost */
};

/* What a setting is for; the others are passed over. */
enum what {
	WHAT_CERT,  /* a file, or a list of files */
	WHAT_TABLE, /* tables of logins */
	WHAT_RELAY,
};

static const struct {
	const char *name;
	enum what what;
	const char *detail;
} settings[] = {
	{ "relayhost", WHAT_RELAY, NULL },
	{ "smtp_sasl_password_maps", WHAT_TABLE, NULL },
	{ "lmtp_sasl_password_maps", WHAT_TABLE, NULL },
	{ "smtpd_tls_cert_file", WHAT_CERT, "Postfix receives mail with it" },
	{ "smtpd_tls_eccert_file", WHAT_CERT, "Postfix receives mail with it" },
	{ "smtpd_tls_chain_files", WHAT_CERT, "Postfix receives mail with it" },
	{ "smtp_tls_cert_file", WHAT_CERT,
	    "Postfix signs in with it at other servers" },
	{ "smtp_tls_eccert_file", WHAT_CERT,
	    "Postfix signs in with it at other servers" },
	{ "smtp_tls_chain_files", WHAT_CERT,
	    "Postfix signs in with it at other servers" },
};

static struct str
postfix_part(struct str s)
{

	return str_head(str_head(s, str_chr(s, '\0')), POSTFIX_PART_MAX);
}

/* "[smtp.example.com]:587", "smtp.example.com:587", "example.com". */
static void
postfix_host(struct str s, struct str *host, struct str *port)
{
	size_t at = str_rchr(s, ':');

	*port = at == SIZE_MAX ? STR_NONE : str_skip(s, at + 1);
	if (at != SIZE_MAX)
		s = str_head(s, at);
	if (str_starts(s, STR("[")) && str_ends(s, STR("]")))
		s = str_head(str_skip(s, 1), s.n - 2);
	*host = s;
}

/* A login "user:password" for ${relay}, at ${line} of the file of ${in}. */
static int
postfix_login(const struct postfix *p, const struct decode_in *in,
    struct str relay, struct str login, size_t line, struct err *e)
{
	struct str user, pass, host, port, key, name;

	if (!str_cut(str_trim(login), ':', &user, &pass) || !pick_secret(pass))
		return MU_OK;
	user = postfix_part(user);
	postfix_host(postfix_part(relay), &host, &port);
	TRY(key_login(STR("smtp"), user, host, port, STR_NONE, in->job, &key,
	    e));
	TRY(arena_fmt(in->job, &name, e, "smtp " STR_FMT " at " STR_FMT,
	    STR_ARG(user), STR_ARG(host)));
	TRY(pick_login(in, key, ID_SERVICE_ACCOUNT, name, user, pass, line, e));
	return inuse_edge(in, key, p->unit, line, e);
}

/*= SASL_README: a relay, blanks, user:password; one that begins with a blank
 * goes on from the line before. */
static int
postfix_table(const struct postfix *p, const struct decode_in *in,
    struct err *e)
{
	struct str line, relay, rest;
	struct lines l;
	size_t n = 0;

	if (str_has_nul(str_head(in->bytes, 4096)))
		return MU_OK;
	lines_init(&l, in);
	while (lines_next(&l, &line)) {
		rest = line;
		if (line.n == 0 || line.p[0] == '#' || line.p[0] == ' ' ||
		    line.p[0] == '\t' || !str_word(&rest, &relay))
			continue;
		if (n++ == POSTFIX_LOGINS_MAX)
			return err_set(e, MU_ELIMIT, "more than %d logins",
			    POSTFIX_LOGINS_MAX);
		TRY(postfix_login(p, in, relay, rest, l.at, e));
	}
	return MU_OK;
}

/* "hash:/etc/postfix/sasl_passwd", or "static:user:password" itself. Tables
 * that the place names are read on their own. */
static int
postfix_map(struct postfix *p, struct str map, size_t at, struct err *e)
{
	struct decode_in in;
	struct str type, path;
	struct err why = { 0 };
	int r;

	if (!str_cut(map, ':', &type, &path))
		return MU_OK;
	if (str_eq(type, STR("static")))
		return postfix_login(p, p->in,
		    p->relay.n != 0 ? p->relay : STR("any relay"), path, at, e);
	if (!str_starts(path, STR("/")) ||
	    str_glob(STR("/etc/postfix/*sasl*"), path) ||
	    str_glob(STR("/etc/postfix/sasl/*passwd*"), path))
		return MU_OK;
	r = peek_file(p->in, path, POSTFIX_TABLE_MAX, &in, &why);
	if (r < 0)
		return decode_gap(p->in, ':', at, peek_reason(r), e,
		    "the table of logins that is named here cannot be read");
	return r == 0 ? MU_OK : postfix_table(p, &in, e);
}

/* The words of a list: blanks and commas stand between. */
static bool
postfix_word(struct str *s, struct str *word)
{
	size_t n = 0;

	while (s->n != 0 && str_chr(STR(" \t,"), s->p[0]) != SIZE_MAX)
		*s = str_skip(*s, 1);
	while (n < s->n && str_chr(STR(" \t,"), s->p[n]) == SIZE_MAX)
		n++;
	*word = str_head(*s, n);
	*s = str_skip(*s, n);
	return n != 0;
}

static int
postfix_setting(struct postfix *p, struct str name, struct str value, size_t at,
    struct err *e)
{
	struct str word;
	size_t i;

	for (i = 0; i < MU_COUNT(settings); i++)
		if (str_eq(name, str_from(settings[i].name)))
			break;
	if (i == MU_COUNT(settings))
		return MU_OK;
	if (settings[i].what == WHAT_RELAY)
		return arena_str(p->in->job, postfix_part(value), &p->relay, e);
	while (postfix_word(&value, &word)) {
		if (settings[i].what == WHAT_TABLE)
			TRY(postfix_map(p, word, at, e));
		else if (word.p[0] == '/')
			TRY(inuse_cert(p->in, word, p->unit, at,
			    settings[i].detail, e));
	}
	return MU_OK;
}

/* One setting with the lines that go on from it, which begin with a blank. */
static int
postfix_flush(struct postfix *p, size_t at, struct err *e)
{
	struct str name, value;
	int code = MU_OK;

	if (!p->value.bad && str_cut(buf_str(&p->value), '=', &name, &value))
		code =
		    postfix_setting(p, str_trim(name), str_trim(value), at, e);
	if (p->value.p != NULL)
		mem_wipe(p->value.p, p->value.n);
	buf_reset(&p->value);
	return code;
}

static int
postfix_main(struct postfix *p, struct err *e)
{
	struct str line;
	size_t at = 0;

	lines_init(&p->l, p->in);
	while (lines_next(&p->l, &line)) {
		if (str_trim(line).n == 0 || str_trim(line).p[0] == '#')
			continue;
		if (line.p[0] != ' ' && line.p[0] != '\t') {
			TRY(postfix_flush(p, at, e));
			at = p->l.at;
		}
		buf_add(&p->value, line);
	}
	return postfix_flush(p, at, e);
}

static int
postfix_read(const struct decode_in *in, struct err *e)
{
	struct postfix p = { .in = in };
	int code;

	TRY(inuse_unit(in, "postfix@.service", &p.unit, e));
	if (!str_ends(in->file->path, STR("main.cf")))
		return postfix_table(&p, in, e);
	buf_init(&p.value, POSTFIX_VALUE_MAX);
	code = postfix_main(&p, e);
	buf_free(&p.value);
	return code;
}

const struct decoder decode_postfix = {
	.name = "postfix",
	.place = NULL,
	.sees = "Logins to mail relays, and certificates that Postfix uses",
	.source = "postconf(5)",
	.max_bytes = POSTFIX_TABLE_MAX,
	.read = postfix_read,
};
