/*
 * All of the configuration is taken: what stands in <IfModule>, <IfDefine> and
 * <If> counts, since which modules and conditions there are is not known.
 *
 * A virtual host has TLS where "SSLEngine" is on for it or for the whole server
 * and, where nobody says so, where it is for a port that "Listen" gives to
 * https, as it does 443. The main server answers only where no virtual host
 * does: it counts where no virtual host has TLS.
 */

#include "decode/apache.h"

#include "decode/apacheconf.h"
#include "decode/peek.h"

static int
apache_file(struct apache *p, const struct decode_in *in, struct err *e);

static bool
apache_is_glob(struct str s)
{

	return str_chr(s, '*') != SIZE_MAX || str_chr(s, '?') != SIZE_MAX ||
	       str_chr(s, '[') != SIZE_MAX;
}

static int apache_take(struct apache *p, const struct web_line *at,
    struct str path, bool must, struct err *e);

/* All that lies in a folder. 1, or 0 where there is no such folder. */
static int
apache_take_folder(struct apache *p, const struct web_line *at, struct str path,
    struct err *e)
{
	struct str *names, one;
	struct err why = { 0 };
	size_t i, n;

	if (peek_list(p->web.in, path, &names, &n, &why) < 0 || n == 0)
		return 0;
	for (i = 0; i < n; i++) {
		TRY(arena_fmt(p->web.in->job, &one, e, STR_FMT "/" STR_FMT,
		    STR_ARG(path), STR_ARG(names[i])));
		TRY(apache_take(p, at, one, true, e));
	}
	return 1;
}

/* One file or folder that is included. */
static int
apache_take(struct apache *p, const struct web_line *at, struct str path,
    bool must, struct err *e)
{
	struct decode_in *in;
	struct err why = { 0 };
	int r, code;

	if (p->web.full || p->lost)
		return MU_OK;
	p->lost = p->includes == APACHE_INCLUDE_MAX;
	if (p->lost)
		return web_gap(&p->web, at, GAP_LIMIT, e,
		    "files that include files more than %d deep",
		    APACHE_INCLUDE_MAX);
	in = arena_take(p->web.in->job, 1, sizeof(*in));
	if (in == NULL)
		return err_set(e, MU_ELIMIT, "no room for another file");
	code = web_open(p->web.in, path, APACHE_FILE_MAX, in, &why);
	p->includes++;
	r = 0;
	if (code == 0 || code == MU_EUNSUPPORTED)
		r = apache_take_folder(p, at, path, e);
	else if (code == 1 && (p->bytes += in->bytes.n) <= APACHE_BYTES_MAX)
		r = apache_file(p, in, e);
	p->includes--;
	if (r != 0 || (code == 0 && !must))
		return r < 0 ? r : MU_OK;
	if (code != 1)
		return web_lost(&p->web, at, path, code, &why, e);
	if (p->bytes <= APACHE_BYTES_MAX)
		return MU_OK;
	p->web.full = true;
	return web_gap(&p->web, at, GAP_LIMIT, e,
	    "all its files together have more than %zu bytes",
	    APACHE_BYTES_MAX);
}

static int
apache_include(struct apache *p, const struct apache_said *s, bool must,
    struct err *e)
{
	struct web_line at = s->at;
	struct err why = { 0 };
	struct str path, *paths;
	size_t i, n;
	int r;

	TRY(apachesaid_path(p, s->v[0], &path, e));
	if (!apache_is_glob(path))
		return apache_take(p, &at, path, must, e);
	r = peek_glob(p->web.in, path, &paths, &n, &why);
	if (r < 0)
		return web_lost(&p->web, &at, path, r, &why, e);
	for (i = 0; i < n; i++)
		TRY(apache_take(p, &at, paths[i], true, e));
	return MU_OK;
}

/* <VirtualHost address:port ...>: a server of its own. */
static int
apache_host(struct apache *p, struct str line, struct err *e)
{
	struct str word;
	size_t colon;

	if (str_ends(line, STR(">")))
		line.n--;
	TRY(website_server(p->top, &p->site, p->web.in->job, e));
	while (apachelex_word(&line, &word)) {
		colon = str_rchr(word, ':');
		if (colon != SIZE_MAX && !str_ends(word, STR("]")))
			TRY(website_listen(p->site, &word, 1, p->web.in->job,
			    e));
	}
	return MU_OK;
}

/* The head or the end of a section. */
static int
apache_section(struct apache *p, struct str line, struct err *e)
{
	struct str word;

	line = str_skip(line, 1);
	if (!str_word(&line, &word))
		return MU_OK;
	if (str_eq_nocase(word, STR("Macro")))
		p->macro = true;
	else if (str_eq_nocase(word, STR("/Macro>")))
		p->macro = false;
	else if (!p->macro && str_eq_nocase(word, STR("VirtualHost")))
		return apache_host(p, line, e);
	else if (str_eq_nocase(word, STR("/VirtualHost>")))
		p->site = p->all;
	return MU_OK;
}

static int
apache_line(struct apache *p, const struct decode_in *in, size_t at,
    struct str line, struct err *e)
{
	struct apache_said s = { .at = { in, at } };
	struct str word;

	TRY(apachelex_resolve(&p->vars, line, in->job, &line, e));
	if (line.p[0] == '<')
		return apache_section(p, line, e);
	p->words.n = 0;
	while (!p->macro && apachelex_word(&line, &word))
		if (!vec_push(&p->words, APACHE_WORDS_MAX, word))
			return web_gap(&p->web, &s.at, GAP_LIMIT, e,
			    "a directive has too many words");
	if (p->words.n < 2)
		return MU_OK;
	s.v = p->words.v + 1;
	s.n = p->words.n - 1;
	if (str_eq_nocase(p->words.v[0], STR("Include")))
		return apache_include(p, &s, true, e);
	if (str_eq_nocase(p->words.v[0], STR("IncludeOptional")))
		return apache_include(p, &s, false, e);
	return apachesaid_take(p, &s, e);
}

static int
apache_file(struct apache *p, const struct decode_in *in, struct err *e)
{
	struct apachelex l;
	struct err why = { 0 };
	struct web_line at;
	struct str line;
	int r;

	apachelex_init(&l, in->bytes, in->job);
	for (;;) {
		r = apachelex_line(&l, &line, &why);
		if (r == 0)
			return MU_OK;
		if (r == 1) {
			TRY(apache_line(p, in, l.at, line, e));
			continue;
		}
		at = (struct web_line){ in, l.at };
		return web_gap(&p->web, &at, GAP_LIMIT, e, "%s", why.text);
	}
}

/* "export NAME=value" of Debian's envvars: only values that are plain. */
static int
apache_envvars(struct apache *p, struct err *e)
{
	struct str path, text, line, name, value;
	struct decode_in in;

	TRY(apachesaid_path(p, STR("envvars"), &path, e));
	if (peek_file(p->web.in, path, APACHE_FILE_MAX, &in, NULL) != 1)
		return MU_OK;
	text = in.bytes;
	while (str_line(&text, &line)) {
		line = str_trim(line);
		if (!str_starts(line, STR("export ")) ||
		    !str_cut(str_skip(line, 7), '=', &name, &value) ||
		    str_chr(value, '$') != SIZE_MAX ||
		    str_chr(value, '`') != SIZE_MAX ||
		    !apachelex_word(&value, &line))
			continue;
		TRY(apachelex_define(&p->vars, str_trim(name), line, e));
	}
	return MU_OK;
}

static void
apache_auto(struct apache *p)
{

	web_free(&p->web);
	apachelex_free(&p->vars);
	vec_free(&p->words);
	vec_free(&p->https);
	vec_free(&p->domains);
	map_free(p->names);
	p->names = NULL;
}

static int
apache_read(const struct decode_in *in, struct err *e)
{
	AUTO(apache) struct apache p = { 0 };
	bool debian = str_find(in->file->path, STR("apache2.conf")) != SIZE_MAX;
	size_t slash = str_rchr(in->file->path, '/');
	struct str dir =
	    str_head(in->file->path, slash == SIZE_MAX ? 0 : slash + 1);

	apachelex_start(&p.vars);
	p.names = map_new(APACHE_NAMES_MAX);
	TRY(web_start(&p.web, in, "Apache",
	    debian ? "apache2.service" : "httpd.service", e));
	/* ServerRoot, until the file says it: its folder, or that above conf. */
	p.root = dir;
	if (str_ends(dir, STR("/conf/")))
		p.root.n -= strlen("conf/");
	p.bytes = in->bytes.n;
	TRY(website_top(&p.top, &p.all, in->job, e));
	p.site = p.all;
	TRY(apache_envvars(&p, e));
	TRY(apache_file(&p, in, e));
	return apachehost_finish(&p, e);
}

const struct decoder decode_apache = {
	.name = "apache",
	.place = "web.apache",
	.sees = "Which certificates Apache serves under which names, and "
		"secrets in its configuration",
	.source = "httpd.apache.org, mod_ssl and others",
	.max_bytes = APACHE_FILE_MAX,
	.read = apache_read,
};
