#include "decode/envfile.h"

void
envfile_init(struct envfile *f, struct str bytes, char *room)
{

	*f = (struct envfile){ .s = bytes, .line = 1, .room = room };
}

static bool
envfile_newline(char c)
{

	return c == '\n' || c == '\r';
}

static bool
envfile_blank(char c)
{

	return c == ' ' || c == '\t';
}

static bool
envfile_more(const struct envfile *f)
{

	return f->i < f->s.n;
}

static char
envfile_take(struct envfile *f)
{
	char c = f->s.p[f->i++];

	f->line += c == '\n';
	return c;
}

static void
envfile_add(struct envfile *f, char c)
{

	f->room[f->n++] = c;
}

/* Past the end of this line. */
static void
envfile_skip(struct envfile *f)
{

	while (envfile_more(f) && !envfile_newline(f->s.p[f->i]))
		f->i++;
}

/* What stands in quotes, past the one that ends it. */
static void
envfile_quoted(struct envfile *f, char quote)
{
	char c;

	while (envfile_more(f) && (c = envfile_take(f)) != quote) {
		if (c != '\\' || quote == '\'' || !envfile_more(f)) {
			envfile_add(f, c);
			continue;
		}
		c = envfile_take(f);
		if (c == '\n')
			continue;
		if (str_chr(STR("\"\\`$"), c) == SIZE_MAX)
			envfile_add(f, '\\');
		envfile_add(f, c);
	}
}

/*
 * What stands without quotes, to the end of the line; quotes are plain once a
 * word has begun, and blanks at its end fall away.
 */
static void
envfile_plain(struct envfile *f)
{
	size_t end = f->n;
	char c;

	while (envfile_more(f) && !envfile_newline(f->s.p[f->i])) {
		c = envfile_take(f);
		if (c == '\\') {
			c = envfile_more(f) ? envfile_take(f) : '\n';
			if (!envfile_newline(c))
				envfile_add(f, c);
			end = f->n;
			continue;
		}
		envfile_add(f, c);
		if (!envfile_blank(c))
			end = f->n;
	}
	f->n = end;
}

static void
envfile_value(struct envfile *f)
{
	size_t from = f->n;
	char c;

	while (envfile_more(f) && !envfile_newline(f->s.p[f->i])) {
		c = f->s.p[f->i];
		if (envfile_blank(c)) {
			f->i++;
		} else if (c == '"' || c == '\'') {
			(void)envfile_take(f);
			envfile_quoted(f, c);
		} else {
			envfile_plain(f);
		}
	}
	f->value = str_of(f->room + from, f->n - from);
}

/* [A-Za-z_][A-Za-z0-9_]* */
static bool
envfile_named(struct str s)
{
	size_t i;
	char c;

	for (i = 0; i < s.n; i++) {
		c = s.p[i];
		if (!(c >= 'a' && c <= 'z') && !(c >= 'A' && c <= 'Z') &&
		    c != '_' && (i == 0 || !(c >= '0' && c <= '9')))
			return false;
	}
	return s.n != 0;
}

bool
envfile_next(struct envfile *f)
{
	size_t from;
	char c;

	while (envfile_more(f)) {
		c = f->s.p[f->i];
		if (envfile_newline(c) || envfile_blank(c)) {
			(void)envfile_take(f);
			continue;
		}
		f->at = f->line;
		from = f->i;
		while (envfile_more(f) && f->s.p[f->i] != '=' &&
		       !envfile_newline(f->s.p[f->i]))
			f->i++;
		f->name = str_trim(str_of(f->s.p + from, f->i - from));
		if (c == '#' || c == ';' || !envfile_more(f) ||
		    f->s.p[f->i] != '=') {
			envfile_skip(f);
			continue;
		}
		f->i++;
		envfile_value(f);
		if (envfile_named(f->name) && !str_has_nul(f->value))
			return true;
	}
	return false;
}
