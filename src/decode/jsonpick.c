#include "decode/jsonpick.h"

#include "decode/json.h"
#include "decode/pick.h"

#define JSONPICK_BYTES_MAX ((size_t)16 << 20)
#define JSONPICK_PATH_MAX  2048

struct flat {
	const struct decode_in *in;
	struct pick_list list;
	struct buf path;
};

static int flatten(struct flat *f, struct json_val v, struct err *e);

/* One member or element, its name put behind the path for the time. */
static int
flatten_one(struct flat *f, struct str name, struct json_val v, struct err *e)
{
	size_t was = f->path.n;
	int r;

	if (was != 0)
		buf_addc(&f->path, PICK_SEP);
	buf_add(&f->path, name);
	if (f->path.bad) {
		f->path.bad = false;
		buf_cut(&f->path, was);
		return MU_OK; /* no rule has a path this long */
	}
	r = flatten(f, v, e);
	buf_cut(&f->path, was);
	return r;
}

static int
flatten(struct flat *f, struct json_val v, struct err *e)
{
	struct json_iter it = json_each(v);
	struct json_val child;
	struct str name, path, text;
	char number[24];
	size_t n = 0;

	if (json_str(v, &text)) {
		TRY(arena_str(f->in->job, buf_str(&f->path), &path, e));
		return pick_add(&f->list, path, text, 0, e);
	}
	while (json_next(&it, &name, &child)) {
		if (!it.named) {
			(void)snprintf(number, sizeof(number), "%zu", n++);
			name = str_from(number);
		}
		TRY(flatten_one(f, name, child, e));
	}
	return MU_OK;
}

static int
jsonpick_run(struct flat *f, struct json_val root, struct err *e)
{

	TRY(flatten(f, root, e));
	return pick_run(f->in, &f->list, e);
}

static int
jsonpick_read(const struct decode_in *in, struct err *e)
{
	AUTO(json) struct json *p = json_new(JSONPICK_BYTES_MAX);
	struct flat f = { .in = in };
	struct json_val root;
	int r;

	TRY(json_parse_lax(p, in->bytes, &root, e));
	buf_init(&f.path, JSONPICK_PATH_MAX);
	r = jsonpick_run(&f, root, e);
	buf_free(&f.path);
	pick_free(&f.list);
	return r;
}

const struct decoder decode_jsonpick = {
	.name = "json",
	.place = NULL,
	.sees = "Values by path in JSON files",
	.source = "RFC 8259",
	.max_bytes = JSONPICK_BYTES_MAX,
	.read = jsonpick_read,
};
