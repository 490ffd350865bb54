#include "decode/netrc.h"

#include "decode/lines.h"
#include "decode/pick.h"

/* Most logins of one file. */
#define NETRC_LOGINS_MAX 1000

struct entry {
	struct str machine, login, password;
	size_t line, n;
};

static int
netrc_flush(const struct decode_in *in, struct entry *t, struct err *e)
{
	struct entry was = *t;
	struct str key, name;

	*t = (struct entry){ .n = t->n };
	if (!pick_secret(was.password) || was.machine.n == 0)
		return MU_OK;
	if (++t->n > NETRC_LOGINS_MAX)
		return err_set(e, MU_ELIMIT, "more than %d logins",
		    NETRC_LOGINS_MAX);
	TRY(key_login(STR("https"), was.login, was.machine, STR_NONE, STR_NONE,
	    in->job, &key, e));
	TRY(arena_fmt(in->job, &name, e, STR_FMT " at " STR_FMT,
	    STR_ARG(was.login), STR_ARG(was.machine)));
	return pick_login(in, key, ID_TOKEN, name, was.login, was.password,
	    was.line, e);
}

/* One word and the one that belongs to it. "macdef" runs to an empty line. */
static int
netrc_word(const struct decode_in *in, struct entry *t, struct lines *l,
    struct str word, struct str *line, struct err *e)
{
	struct str value;

	if (str_eq(word, STR("machine")) || str_eq(word, STR("default"))) {
		TRY(netrc_flush(in, t, e));
		t->machine = STR("any machine");
		if (word.p[0] == 'm' && str_word(line, &value))
			t->machine = value;
	} else if (str_eq(word, STR("login"))) {
		(void)str_word(line, &t->login);
	} else if (str_eq(word, STR("password"))) {
		(void)str_word(line, &t->password);
		t->line = l->at;
	} else if (str_eq(word, STR("account"))) {
		(void)str_word(line, &value);
	} else if (str_eq(word, STR("macdef"))) {
		while (lines_next(l, line) && str_trim(*line).n != 0)
			continue;
		*line = STR_NONE;
	} else if (word.p[0] == '#') {
		*line = STR_NONE;
	}
	return MU_OK;
}

static int
netrc_read(const struct decode_in *in, struct err *e)
{
	struct entry t = { 0 };
	struct str line, word;
	struct lines l;

	lines_init(&l, in);
	while (lines_next(&l, &line))
		while (str_word(&line, &word))
			TRY(netrc_word(in, &t, &l, word, &line, e));
	return netrc_flush(in, &t, e);
}

const struct decoder decode_netrc = {
	.name = "netrc",
	.place = NULL,
	.sees = "Logins by machine name in .netrc files",
	.source = "netrc(5)",
	.max_bytes = (size_t)1 << 20,
	.read = netrc_read,
};
