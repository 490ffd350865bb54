/*
 * The server is one identity, whichever files configure it; its host keys are
 * its credentials and come of other decoders. What makes it impossible to list
 * who may log in is a gap. All is told with etc/ssh/sshd_config, and a file that
 * it includes says nothing when its own turn comes; where it cannot be read each
 * of the others stands for itself.
 */

#include "decode/sshd_config.h"

#include "decode/peek.h"
#include "decode/sshdload.h"

/* The path of a pattern below the root, before its tokens: "~/x" or "x". */
static bool
sshd_config_base(struct str *pattern, struct buf *b)
{

	if (str_starts(*pattern, STR("%h/"))) {
		buf_adds(b, "~/");
		*pattern = str_skip(*pattern, 3);
	} else if (!str_starts(*pattern, STR("/"))) {
		buf_adds(b, "~/");
	}
	while (str_starts(*pattern, STR("/")))
		*pattern = str_skip(*pattern, 1);
	return pattern->n != 0;
}

/* False where no glob can say what ${pattern} means. */
static bool
sshd_config_glob(struct str pattern, struct buf *b)
{
	size_t i;
	char t;

	buf_reset(b);
	if (str_has_nul(pattern) || !sshd_config_base(&pattern, b))
		return false;
	for (i = 0; i < pattern.n; i++) {
		if (pattern.p[i] != '%') {
			buf_addc(b, pattern.p[i]);
			continue;
		}
		t = ++i < pattern.n ? pattern.p[i] : '\0';
		if (t != '%' && t != 'u' && t != 'U')
			return false;
		buf_addc(b, t == '%' ? '%' : '*');
	}
	return str_find(buf_str(b), STR("/../")) == SIZE_MAX &&
	       str_find(buf_str(b), STR("/./")) == SIZE_MAX &&
	       str_find(buf_str(b), STR("//")) == SIZE_MAX &&
	       !str_starts(buf_str(b), STR("../"));
}

static int
sshd_config_add(struct str pattern, struct buf *b, struct arena *a,
    struct sshd_config_keyfiles *out, struct err *e)
{
	size_t i;

	if (str_eq_nocase(pattern, STR("none")) ||
	    !sshd_config_glob(pattern, b) || b->bad)
		return MU_OK;
	for (i = 0; i < out->n; i++)
		if (str_eq(out->glob[i], buf_str(b)))
			return MU_OK;
	if (out->n == SSHD_CONFIG_KEYFILES_MAX)
		return MU_OK;
	TRY(arena_str(a, buf_str(b), &out->glob[out->n], e));
	out->n++;
	return MU_OK;
}

/* Of a block the first line of AuthorizedKeysFile counts. */
static int
sshd_config_keyfile(void *cookie, const struct sshdload_line *l, struct err *e)
{
	struct sshd_config_keyfiles *out = cookie;
	AUTO(buf) struct buf b = { 0 };
	size_t i;

	if (!str_eq_nocase(l->keyword, STR("AuthorizedKeysFile")) ||
	    l->bad != GAP_REASONS || l->block->keyfiles)
		return MU_OK;
	l->block->keyfiles = true;
	buf_init(&b, 4096);
	for (i = 0; i < l->words.n; i++)
		TRY(sshd_config_add(l->words.v[i], &b, l->lines->in->job, out,
		    e));
	return MU_OK;
}

int
sshd_config_keyfiles(const struct decode_in *in,
    struct sshd_config_keyfiles *out, struct err *e)
{

	return sshdload_each(in, false, sshd_config_keyfile, out, e);
}

static const struct {
	const char *keyword, *words;
} sshd_config_programs[] = {
	{ "AuthorizedKeysCommand",
	    "keys come from a program; they cannot be listed" },
	{ "AuthorizedPrincipalsCommand",
	    "principals come from a program; they cannot be listed" },
};

/* What cannot be followed from here. NULL: nothing. */
static const char *
sshd_config_blind(const struct sshdload_line *l)
{
	AUTO(buf) struct buf b = { 0 };
	size_t i;

	buf_init(&b, 4096);
	for (i = 0; i < MU_COUNT(sshd_config_programs); i++)
		if (str_eq_nocase(l->keyword,
			str_from(sshd_config_programs[i].keyword)))
			return str_eq_nocase(l->words.v[0], STR("none")) ?
				   NULL :
				   sshd_config_programs[i].words;
	for (i = 0; i < l->words.n; i++)
		if (str_eq_nocase(l->keyword, STR("AuthorizedKeysFile")) &&
		    !sshd_config_glob(l->words.v[i], &b))
			return "keys lie at a path that cannot be followed";
	return NULL;
}

static int
sshd_config_line(void *cookie, const struct sshdload_line *l, struct err *e)
{
	const char *blind;

	(void)cookie;
	if (l->bad == GAP_LIMIT)
		return lines_gap(l->lines, l->lines->at, GAP_LIMIT,
		    "the line is too long", e);
	if (l->bad != GAP_REASONS)
		return lines_gap(l->lines, l->lines->at, l->bad,
		    "no line of sshd_config(5)", e);
	blind = sshd_config_blind(l);
	return blind == NULL ?
		   MU_OK :
		   lines_gap(l->lines, l->lines->at, GAP_UNSUPPORTED, blind, e);
}

static int
sshd_config_server(const struct decode_in *in, struct err *e)
{
	struct rec r;

	rec_init(&r, REC_IDENTITY);
	TRY(arena_fmt(in->job, &r.identity.key, e, "sshd:" STR_FMT,
	    STR_ARG(in->host->key)));
	TRY(arena_fmt(in->job, &r.identity.name, e, "SSH server on " STR_FMT,
	    STR_ARG(in->host->name)));
	r.identity.kind = ID_HOST_KEY;
	r.identity.asset = in->host->key;
	return decode_put(in, &r, e);
}

static int
sshd_config_read(const struct decode_in *in, struct err *e)
{
	struct decode_in top;
	struct err why = { 0 };

	/* What the server's own file does not include, the server never sees. */
	if (!str_eq(in->file->path, STR(SSHD_CONFIG_TOP)) &&
	    peek_file(in, STR(SSHD_CONFIG_TOP), SSHDLOAD_BYTES_MAX, &top,
		&why) == 1)
		return MU_OK;
	TRY(sshd_config_server(in, e));
	return sshdload_each(in, true, sshd_config_line, NULL, e);
}

const struct decoder decode_sshd_config = {
	.name = "sshd_config",
	.place = "ssh.sshd_config",
	.sees = "SSH servers, and where the keys that may log in come from",
	.source = "sshd_config(5)",
	.max_bytes = SSHDLOAD_BYTES_MAX,
	.read = sshd_config_read,
};
