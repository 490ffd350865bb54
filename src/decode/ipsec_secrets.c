#include "decode/ipsec_secrets.h"

#include "decode/columns.h"
#include "decode/lines.h"
#include "decode/pick.h"

/* Longest list of ids in a name, bytes. */
#define IPSEC_SECRETS_NAME_MAX 120

struct ipsec_secrets {
	const struct decode_in *in;
	struct lines l;
	struct str ids; /* of the entry, as they stand */
	size_t entries;
};

/* What an entry's type makes of its value. */
enum shape {
	SHAPE_SHARED, /* the value is a secret of both ends */
	SHAPE_LOGIN,  /* the value is the password of the ids */
	SHAPE_FILE,   /* a file's name, and perhaps its passphrase */
};

static const struct {
	const char *word;
	enum shape shape;
	const char *what;
} types[] = {
	{ "PSK", SHAPE_SHARED, "IPsec preshared key" },
	{ "PPK", SHAPE_SHARED, "IPsec postquantum preshared key" },
	{ "EAP", SHAPE_LOGIN, "EAP login" },
	{ "NTLM", SHAPE_LOGIN, "NTLM login" },
	{ "XAUTH", SHAPE_LOGIN, "XAUTH login" },
	{ "RSA", SHAPE_FILE, "" },
	{ "ECDSA", SHAPE_FILE, "" },
	{ "BLISS", SHAPE_FILE, "" },
	{ "PKCS8", SHAPE_FILE, "" },
	{ "P12", SHAPE_FILE, "" },
};

/* The first ":" that is a word of its own, or the first of its word; false
 * where there is none. */
static bool
ipsec_secrets_split(struct str line, struct str *ids, struct str *rest)
{
	size_t i;

	for (i = 0; i < line.n; i++) {
		if (line.p[i] != ':' ||
		    (i != 0 && line.p[i - 1] != ' ' && line.p[i - 1] != '\t'))
			continue;
		if (i + 1 < line.n && line.p[i + 1] == ':')
			continue; /* "::1", "%any6" written out */
		*ids = str_trim(str_head(line, i));
		*rest = str_skip(line, i + 1);
		return true;
	}
	return false;
}

static int
ipsec_secrets_ids(const struct ipsec_secrets *s, const char *what,
    struct str *out, struct err *e)
{
	struct str ids = str_head(s->ids, str_chr(s->ids, '\0'));

	if (ids.n == 0)
		return arena_fmt(s->in->job, out, e, "%s for anybody", what);
	return arena_fmt(s->in->job, out, e, "%s of " STR_FMT, what,
	    STR_ARG(str_head(ids, IPSEC_SECRETS_NAME_MAX)));
}

static int
ipsec_secrets_put(struct ipsec_secrets *s, const char *what, enum id_kind kind,
    struct str value, struct err *e)
{
	struct str name;

	if (!pick_secret(value) || str_eq(value, STR("%prompt")))
		return MU_OK;
	if (s->entries++ == IPSEC_SECRETS_MAX)
		return err_set(e, MU_ELIMIT, "more than %d entries",
		    IPSEC_SECRETS_MAX);
	TRY(ipsec_secrets_ids(s, what, &name, e));
	return pick_login(s->in, STR_NONE, kind, name, s->ids, value, s->l.at,
	    e);
}

/* "file" or "file passphrase": the passphrase alone is told, since the file's
 * key is found where it lies. */
static int
ipsec_secrets_file(struct ipsec_secrets *s, struct str file, struct str rest,
    struct err *e)
{
	struct str word, name;
	int got;

	if (file.n != 0 && file.p[0] == '{')
		return MU_OK;
	TRY(got = columns_next(&rest, s->in->job, &word, e));
	if (got == 0 || !pick_secret(word) || str_eq(word, STR("%prompt")))
		return MU_OK;
	if (s->entries++ == IPSEC_SECRETS_MAX)
		return err_set(e, MU_ELIMIT, "more than %d entries",
		    IPSEC_SECRETS_MAX);
	file = str_head(file, str_chr(file, '\0'));
	TRY(arena_fmt(s->in->job, &name, e, "passphrase of the key " STR_FMT,
	    STR_ARG(str_head(file, IPSEC_SECRETS_NAME_MAX))));
	return pick_login(s->in, STR_NONE, ID_TOKEN, name, STR_NONE, word,
	    s->l.at, e);
}

/* "TYPE VALUE": what stands after the colon. */
static int
ipsec_secrets_value(struct ipsec_secrets *s, struct str rest, struct err *e)
{
	struct str type, value;
	size_t i;
	int got;

	TRY(got = columns_next(&rest, s->in->job, &type, e));
	if (got == 0)
		return MU_OK;
	for (i = 0; i < MU_COUNT(types); i++)
		if (str_eq_nocase(type, str_from(types[i].word)))
			break;
	if (i == MU_COUNT(types))
		return MU_OK;
	TRY(got = columns_next(&rest, s->in->job, &value, e));
	if (got == 0)
		return MU_OK;
	switch (types[i].shape) {
	case SHAPE_SHARED:
		return ipsec_secrets_put(s, types[i].what, ID_NETWORK_SECRET,
		    value, e);
	case SHAPE_LOGIN:
		return ipsec_secrets_put(s, types[i].what, ID_SERVICE_ACCOUNT,
		    value, e);
	case SHAPE_FILE:
		return ipsec_secrets_file(s, value, rest, e);
	}
	return MU_OK;
}

static int
ipsec_secrets_line(struct ipsec_secrets *s, struct str line, struct err *e)
{
	struct str text = str_trim(line), rest;

	if (text.n == 0 || text.p[0] == '#')
		return MU_OK;
	if (str_starts(text, STR("include ")))
		return MU_OK;
	if (ipsec_secrets_split(line, &s->ids, &rest))
		return ipsec_secrets_value(s, rest, e);
	/* A value on the line after its ids, or one of a key's numbers. */
	if (line.p[0] == ' ' || line.p[0] == '\t')
		return ipsec_secrets_value(s, text, e);
	return lines_gap(&s->l, s->l.at, GAP_MALFORMED,
	    "an entry without a colon", e);
}

static int
ipsec_secrets_read(const struct decode_in *in, struct err *e)
{
	struct ipsec_secrets s = { .in = in };
	struct str line;

	lines_init(&s.l, in);
	while (lines_next(&s.l, &line))
		TRY(ipsec_secrets_line(&s, line, e));
	return lines_done(&s.l, e);
}

const struct decoder decode_ipsec_secrets = {
	.name = "ipsec_secrets",
	.place = NULL,
	.sees = "Preshared keys and passwords of IPsec",
	.source = "ipsec.secrets(5)",
	.max_bytes = (size_t)4 << 20,
	.read = ipsec_secrets_read,
};
