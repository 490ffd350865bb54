/*
 * The server is one identity, whichever files configure it; its host keys are
 * its credentials and come of other decoders. What makes it impossible to list
 * who may log in is a gap.
 */

#include "decode/sshd_config.h"

#include "decode/lines.h"

/* Most words of one line that are kept; sshd stops long before. */
#define SSHD_CONFIG_WORDS_MAX 256

struct sshd_config_words {
	struct str v[SSHD_CONFIG_WORDS_MAX];
	size_t n;
};

static bool
sshd_config_blank(char c)
{

	return c == ' ' || (c >= '\t' && c <= '\r');
}

/* The keyword: to a blank or one "=", which is taken too. */
static struct str
sshd_config_keyword(struct str *line)
{
	struct str word, s = str_trim(*line);
	bool equals;
	size_t n = 0;

	while (n < s.n && !sshd_config_blank(s.p[n]) && s.p[n] != '=')
		n++;
	word = str_head(s, n);
	s = str_skip(s, n);
	equals = s.n != 0 && s.p[0] == '=';
	s = str_trim(str_skip(s, equals));
	if (!equals && str_starts(s, STR("=")))
		s = str_skip(s, 1);
	*line = s;
	/* A keyword may stand in quotes. */
	if (word.n >= 2 && word.p[0] == '"' && word.p[word.n - 1] == '"')
		word = str_head(str_skip(word, 1), word.n - 2);
	return word;
}

/* One word's bytes into ${p}; returns how many of ${s} it took, or SIZE_MAX. */
static size_t
sshd_config_word(struct str s, char *p, size_t *n)
{
	char quote = '\0', c, next;
	size_t i;

	for (i = 0; i < s.n; i++) {
		c = s.p[i];
		next = i + 1 < s.n ? s.p[i + 1] : '\0';
		if (c == '\\' && (next == '"' || next == '\'' || next == '\\' ||
				     (quote == '\0' && next == ' ')))
			p[(*n)++] = s.p[++i];
		else if (quote == '\0' && sshd_config_blank(c))
			break;
		else if (quote == '\0' && (c == '"' || c == '\''))
			quote = c;
		else if (quote != '\0' && c == quote)
			quote = '\0';
		else
			p[(*n)++] = c;
	}
	return quote == '\0' ? i : SIZE_MAX;
}

/*
 * The words of ${line}, quotes undone, to a "#" that begins one. Returns 1 for
 * quotes that do not close.
 */
static int
sshd_config_split(struct str line, struct arena *a,
    struct sshd_config_words *out, struct err *e)
{
	size_t took, n;
	char *p;

	out->n = 0;
	p = arena_take(a, line.n, 1);
	if (p == NULL)
		return err_set(e, MU_ELIMIT, "no room for a line");
	for (;;) {
		line = str_trim(line);
		if (line.n == 0 || line.p[0] == '#' ||
		    out->n == SSHD_CONFIG_WORDS_MAX)
			return MU_OK;
		n = 0;
		took = sshd_config_word(line, p, &n);
		if (took == SIZE_MAX)
			return 1;
		out->v[out->n++] = str_of(p, n);
		p += n;
		line = str_skip(line, took);
	}
}

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

/* Whether the first line of AuthorizedKeysFile in its block is this one. */
static bool
sshd_config_counts(struct str keyword, bool *had)
{

	if (str_eq_nocase(keyword, STR("Match"))) {
		*had = false;
		return false;
	}
	if (!str_eq_nocase(keyword, STR("AuthorizedKeysFile")) || *had)
		return false;
	*had = true;
	return true;
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

int
sshd_config_keyfiles(struct str bytes, struct arena *a,
    struct sshd_config_keyfiles *out, struct err *e)
{
	AUTO(buf) struct buf b = { 0 };
	struct sshd_config_words w;
	struct str line, keyword;
	bool had = false;
	size_t i;
	int bad;

	buf_init(&b, 4096);
	while (str_line(&bytes, &line)) {
		keyword = sshd_config_keyword(&line);
		if (!sshd_config_counts(keyword, &had) ||
		    line.n > SSHD_CONFIG_LINE_MAX)
			continue;
		TRY(bad = sshd_config_split(line, a, &w, e));
		for (i = 0; i < w.n && !bad; i++)
			TRY(sshd_config_add(w.v[i], &b, a, out, e));
	}
	return MU_OK;
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
sshd_config_blind(struct str keyword, const struct sshd_config_words *w)
{
	AUTO(buf) struct buf b = { 0 };
	size_t i;

	buf_init(&b, 4096);
	for (i = 0; i < MU_COUNT(sshd_config_programs); i++)
		if (str_eq_nocase(keyword,
			str_from(sshd_config_programs[i].keyword)))
			return str_eq_nocase(w->v[0], STR("none")) ?
				   NULL :
				   sshd_config_programs[i].words;
	for (i = 0; i < w->n; i++) {
		if (str_eq_nocase(keyword, STR("Include")) &&
		    !str_starts(w->v[i], STR("/etc/ssh/sshd_config.d/")) &&
		    !str_starts(w->v[i], STR("sshd_config.d/")))
			return "files are included that are not read";
		if (str_eq_nocase(keyword, STR("AuthorizedKeysFile")) &&
		    !sshd_config_glob(w->v[i], &b))
			return "keys lie at a path that cannot be followed";
	}
	return NULL;
}

static int
sshd_config_line(struct lines *l, struct str line, struct err *e)
{
	const char *blind;
	struct sshd_config_words w;
	struct str keyword = sshd_config_keyword(&line);
	int bad;

	if (keyword.n == 0 || keyword.p[0] == '#')
		return MU_OK;
	if (line.n > SSHD_CONFIG_LINE_MAX)
		return lines_gap(l, l->at, GAP_LIMIT, "the line is too long",
		    e);
	TRY(bad = sshd_config_split(line, l->in->job, &w, e));
	if (bad || w.n == 0)
		return lines_gap(l, l->at, GAP_MALFORMED,
		    "no line of sshd_config(5)", e);
	blind = sshd_config_blind(keyword, &w);
	return blind == NULL ? MU_OK :
			       lines_gap(l, l->at, GAP_UNSUPPORTED, blind, e);
}

static int
sshd_config_read(const struct decode_in *in, struct err *e)
{
	struct lines l;
	struct str line;
	struct rec r;

	rec_init(&r, REC_IDENTITY);
	TRY(arena_fmt(in->job, &r.identity.key, e, "sshd:" STR_FMT,
	    STR_ARG(in->host->key)));
	TRY(arena_fmt(in->job, &r.identity.name, e, "SSH server on " STR_FMT,
	    STR_ARG(in->host->name)));
	r.identity.kind = ID_HOST_KEY;
	r.identity.asset = in->host->key;
	TRY(decode_put(in, &r, e));
	lines_init(&l, in);
	while (lines_next(&l, &line))
		TRY(sshd_config_line(&l, line, e));
	return lines_done(&l, e);
}

const struct decoder decode_sshd_config = {
	.name = "sshd_config",
	.place = "ssh.sshd_config",
	.sees = "SSH servers, and where the keys that may log in come from",
	.source = "sshd_config(5)",
	.max_bytes = 4194304,
	.read = sshd_config_read,
};
