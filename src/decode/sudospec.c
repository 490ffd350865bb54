#include "decode/sudospec.h"

/* Steps of the budget for one command: it may be an alias. */
#define SUDOSPEC_COMMAND 8

/* Later commands are run as the users of ${list}. */
static int
sudospec_as(struct sudospec *c, struct str list, struct err *e)
{

	for (c->now = 0; c->now < c->n; c->now++)
		if (str_eq(c->runas[c->now].list, list))
			return MU_OK;
	if (c->n == SUDOSPEC_RUNAS_MAX)
		return err_set(e, MU_ELIMIT,
		    "a rule has more than %d lists of run-as users",
		    SUDOSPEC_RUNAS_MAX);
	c->runas[c->n++] = (struct sudospec_runas){ .list = list };
	return MU_OK;
}

/* "(users : groups)" before a command. */
static int
sudospec_runas(struct sudospec *c, struct err *e)
{
	struct str inner, users;

	if (!sudolex_take(&c->text, '('))
		return MU_OK;
	sudolex_until(&c->text, ")", &inner);
	if (!sudolex_take(&c->text, ')'))
		return MU_EFORMAT;
	sudolex_until(&inner, ":", &users);
	c->self = users.n == 0;
	return sudospec_as(c, users.n != 0 ? users : STR("root"), e);
}

/* Tags end in a colon: NOPASSWD and PASSWD matter here. */
static bool
sudospec_tag(struct sudospec *c, struct str word)
{
	static const char *const tags[] = { "EXEC", "NOEXEC", "FOLLOW",
		"NOFOLLOW", "LOG_INPUT", "NOLOG_INPUT", "LOG_OUTPUT",
		"NOLOG_OUTPUT", "MAIL", "NOMAIL", "INTERCEPT", "NOINTERCEPT",
		"SETENV", "NOSETENV", "PASSWD", "NOPASSWD" };
	size_t i;

	for (i = 0; i < MU_COUNT(tags); i++)
		if (str_eq(word, str_from(tags[i])))
			break;
	if (i == MU_COUNT(tags))
		return false;
	if (str_ends(word, STR("PASSWD")))
		c->open = str_starts(word, STR("NO"));
	return true;
}

/* A digest before a command: sha224, sha256, sha384 or sha512. */
static bool
sudospec_digest(struct str word)
{
	int64_t bits;

	return str_starts(word, STR("sha")) &&
	       str_i64(str_skip(word, 3), 224, 512, &bits);
}

/* Everything that may stand between the run-as users and the command. */
static void
sudospec_prefix(struct sudospec *c)
{
	struct str ahead, word;

	for (;;) {
		ahead = c->text;
		if (!sudolex_word(&ahead, ",:=()", &word))
			return;
		if (sudolex_take(&ahead, '=')) {
			if (!sudolex_alias(word))
				return;
			(void)sudolex_word(&ahead, ",", &word);
		} else if (!sudolex_take(&ahead, ':')) {
			return;
		} else if (sudospec_digest(word)) {
			(void)sudolex_word(&ahead, ",", &word);
			(void)sudolex_take(&ahead, ',');
		} else if (!sudospec_tag(c, word)) {
			return;
		}
		c->text = ahead;
	}
}

/* Add to ${to} what the command ${text} allows; aliases are followed. */
static int
sudospec_command(struct sudoset *s, struct str text, int depth,
    struct sudospec_runas *to, struct err *e)
{
	struct str word, body, one;

	TRY(sudoset_step(s, SUDOSPEC_COMMAND, e));
	if (depth > SUDOSET_DEPTH_MAX)
		return err_set(e, MU_ELIMIT, "aliases nest deeper than %d",
		    SUDOSET_DEPTH_MAX);
	if (sudolex_take(&text, '!') || !sudolex_word(&text, "", &word))
		return MU_OK;
	if (str_eq(word, STR("ALL"))) {
		to->all = true;
	} else if (sudoset_body(s, SUDOSET_CMND, word, &body)) {
		while (body.n != 0) {
			sudolex_until(&body, ",", &one);
			(void)sudolex_take(&body, ',');
			TRY(sudospec_command(s, one, depth + 1, to, e));
		}
	} else if (sudolex_alias(word)) {
		to->unknown = s->foreign = true;
	} else if (!str_eq(word, STR("list"))) {
		to->some = true;
	}
	return MU_OK;
}

void
sudospec_init(struct sudospec *c, struct str text)
{

	*c = (struct sudospec){ .text = text, .n = 1 };
	c->runas[0].list = STR("root");
}

int
sudospec_read(struct sudospec *c, struct sudoset *s, struct err *e)
{
	struct sudospec_runas got;
	struct str command;

	do {
		TRY(sudospec_runas(c, e));
		sudospec_prefix(c);
		sudolex_until(&c->text, ",:", &command);
		if (command.n == 0)
			return MU_EFORMAT;
		got = (struct sudospec_runas){ .all = false };
		TRY(sudospec_command(s, command, 0, &got, e));
		if (c->self)
			continue;
		if (str_eq(command, STR("!ALL")))
			c->runas[c->now] = (struct sudospec_runas){
				.list = c->runas[c->now].list, .none = true
			};
		c->runas[c->now].all |= got.all;
		c->runas[c->now].some |= got.some;
		c->runas[c->now].unknown |= got.unknown;
		c->runas[c->now].open |=
		    c->open && (got.all || got.some || got.unknown);
	} while (sudolex_take(&c->text, ','));
	return MU_OK;
}
