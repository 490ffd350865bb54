#include "decode/yamlpick.h"

#include "decode/pick.h"
#include "decode/yaml.h"

#define YAMLPICK_PATH_MAX 2048
#define YAMLPICK_NAME_MAX 128
#define YAMLPICK_GAPS_MAX 16

/* A list or mapping that is open. */
struct level {
	size_t path; /* bytes of its own path */
	size_t n;    /* elements seen of a list */
	bool map;
	bool named; /* a mapping's key was read, its value comes next */
	bool merge; /* what is in it belongs to what is around it: "<<" */
	bool dead;  /* no rule can mean what is in it */
	/* Of the child at hand: */
	bool child_merge, child_dead;
};

struct walk {
	const struct decode_in *in;
	struct yaml *yaml;
	struct pick_list list;
	struct buf path;
	struct level levels[YAML_DEPTH_MAX + 1];
	size_t depth, gaps;
};

static struct level *
top(struct walk *w)
{

	return w->depth != 0 ? &w->levels[w->depth - 1] : NULL;
}

/* Put ${name} behind the path of ${l}; a path too long has no rule. */
static void
enter(struct walk *w, struct level *l, struct str name)
{

	buf_cut(&w->path, l->path);
	if (l->path != 0)
		buf_addc(&w->path, PICK_SEP);
	buf_add(&w->path, name);
	l->child_dead =
	    l->dead || w->path.bad || str_chr(name, PICK_SEP) != SIZE_MAX;
	if (w->path.bad) {
		w->path.bad = false;
		buf_cut(&w->path, l->path);
	}
}

/* A node begins: give it its path. True where it is a mapping's key. */
static bool
begin(struct walk *w, const struct yaml_event *ev)
{
	struct level *l = top(w);
	char number[24];

	if (l == NULL)
		return false;
	if (l->map && l->named)
		return false;
	l->child_merge = false;
	l->child_dead = l->dead;
	if (!l->map && l->merge) {
		l->child_merge = true;
		return false;
	}
	if (!l->map) {
		(void)snprintf(number, sizeof(number), "%zu", l->n++);
		enter(w, l, str_from(number));
		return false;
	}
	buf_cut(&w->path, l->path);
	if (ev->type == YAML_ALIAS || str_eq(ev->text, STR("<<")))
		l->child_merge = true;
	else if (ev->type == YAML_SCALAR)
		enter(w, l, ev->text);
	return true;
}

/* The node at hand is done. */
static void
end(struct walk *w, bool key)
{
	struct level *l = top(w);

	if (l == NULL)
		return;
	if (l->map)
		l->named = key;
	if (!key)
		buf_cut(&w->path, l->path);
}

/* Say once a line that something stands here whose value is not known. */
static int
unread(struct walk *w, const struct yaml_event *ev, enum gap_reason why,
    const char *text, struct err *e)
{
	const struct level *l = top(w);

	if ((l != NULL && l->child_dead) || w->gaps == YAMLPICK_GAPS_MAX ||
	    !pick_reaches(w->in->picks, buf_str(&w->path),
		l != NULL && l->child_merge))
		return MU_OK;
	w->gaps++;
	return decode_gap(w->in, ':', ev->line, why, e, "%s", text);
}

/* "NAME=value", as lists of environment variables are written. */
static bool
variable(struct str s, struct str *name, struct str *value)
{
	size_t i;

	if (!str_cut(s, '=', name, value) || name->n == 0 || value->n == 0 ||
	    name->n > YAMLPICK_NAME_MAX)
		return false;
	for (i = 0; i < name->n; i++)
		if (!(name->p[i] >= 'A' && name->p[i] <= 'Z') &&
		    !(name->p[i] >= 'a' && name->p[i] <= 'z') &&
		    !(i > 0 && name->p[i] >= '0' && name->p[i] <= '9') &&
		    name->p[i] != '_' && !(i > 0 && name->p[i] == '-'))
			return false;
	return true;
}

static int
add(struct walk *w, struct str value, size_t line, struct err *e)
{
	struct str path;

	TRY(arena_str(w->in->job, buf_str(&w->path), &path, e));
	return pick_add(&w->list, path, value, line, e);
}

/* A tag of the YAML specification leaves a value what it is; any other makes it
 * something that only its program knows. */
static bool
is_plain(struct str tag)
{

	return tag.n == 0 || str_eq(tag, STR("!")) ||
	       str_starts(tag, STR("tag:yaml.org,2002:"));
}

static int
scalar(struct walk *w, const struct yaml_event *ev, struct err *e)
{
	struct level *l = top(w);
	struct str value = ev->text, name, rest;

	if (l == NULL || l->child_dead || l->child_merge)
		return MU_OK;
	if (str_starts(ev->tag, STR("!vault")))
		return unread(w, ev, GAP_ENCRYPTED,
		    "a value that Ansible Vault has encrypted", e);
	if (!is_plain(ev->tag))
		return unread(w, ev, GAP_UNSUPPORTED,
		    "a value whose tag only its own program knows", e);
	if (str_ends(value, STR("\n")))
		value.n--;
	if (!l->map && variable(value, &name, &rest)) {
		enter(w, l, name);
		value = rest;
	}
	return l->child_dead ? MU_OK : add(w, value, ev->line, e);
}

/* A list or mapping as a key names nothing, and its value has no path. */
static void
open_level(struct walk *w, const struct yaml_event *ev, bool key)
{
	const struct level *l = top(w);
	struct level new = { .path = w->path.n, .map = ev->type == YAML_MAP };

	if (l != NULL) {
		new.dead = l->child_dead || key;
		new.merge = l->child_merge;
	}
	w->levels[w->depth++] = new;
}

/* After a key that is no text, its value is dead as well. */
static void
close_level(struct walk *w)
{
	struct level *l;
	bool key;

	w->depth--;
	l = top(w);
	key = l != NULL && l->map && !l->named;
	if (key)
		l->child_dead = true;
	end(w, key);
}

static int
node(struct walk *w, const struct yaml_event *ev, struct err *e)
{
	bool key = begin(w, ev);

	if (ev->type == YAML_SEQ || ev->type == YAML_MAP) {
		open_level(w, ev, key);
		return MU_OK;
	}
	if (ev->type == YAML_ALIAS)
		TRY(unread(w, ev, GAP_UNSUPPORTED,
		    "an alias, which is not followed", e));
	else if (!key)
		TRY(scalar(w, ev, e));
	if (key && ev->type == YAML_ALIAS)
		top(w)->child_dead = true; /* the value of nobody knows what */
	end(w, key);
	return MU_OK;
}

/* The rules, over what was read of one document. */
static int
flush(struct walk *w, struct err *e)
{
	int r = pick_run(w->in, &w->list, e);

	pick_free(&w->list);
	return r;
}

static int
events(struct walk *w, struct err *e)
{
	struct yaml_event ev;

	for (;;) {
		TRY(yaml_next(w->yaml, &ev, e));
		switch (ev.type) {
		case YAML_END:
			return MU_OK;
		case YAML_DOC:
			break;
		case YAML_DOC_END:
			TRY(flush(w, e));
			break;
		case YAML_CLOSE:
			close_level(w);
			break;
		case YAML_SCALAR:
		case YAML_ALIAS:
		case YAML_SEQ:
		case YAML_MAP:
		default:
			TRY(node(w, &ev, e));
			break;
		}
	}
}

/* What stands before an error counts. */
static int
run(struct walk *w, struct err *e)
{
	struct err why = { 0 };
	int r;

	buf_init(&w->path, YAMLPICK_PATH_MAX);
	r = events(w, &why);
	if (r < 0)
		TRY(flush(w, e));
	if (r < 0)
		*e = why;
	return r;
}

static int
yamlpick_read(const struct decode_in *in, struct err *e)
{
	AUTO(yaml) struct yaml *y = NULL;
	struct walk w = { .in = in };
	int r;

	if (str_starts(in->bytes, STR("$ANSIBLE_VAULT;")))
		return decode_gap(in, ':', 0, GAP_ENCRYPTED, e,
		    "a file that Ansible Vault has encrypted");
	TRY(yaml_new(in->bytes, in->job, &y, e));
	w.yaml = y;
	r = run(&w, e);
	buf_free(&w.path);
	pick_free(&w.list);
	return r;
}

const struct decoder decode_yamlpick = {
	.name = "yaml",
	.place = NULL,
	.sees = "Values by path in YAML files",
	.source = "YAML 1.2.2",
	.max_bytes = YAML_BYTES_MAX,
	.read = yamlpick_read,
};
