#include "collect/learn.h"

#include "base/fd.h"
#include "decode/hostinfo.h"
#include "decode/sshd_config.h"

#define SSHD_BYTES   4194304
#define KEYS_DECODER "authorized_keys"

int
learn_host(int root, struct str asset, struct arena *a, struct host *out,
    struct err *e)
{
	struct hostinfo_files f = { .asset = asset };
	struct buf b[HOSTINFO_FILES];
	size_t i, k;
	int ok;

	for (i = 0; i < HOSTINFO_FILES; i++) {
		buf_init(&b[i], HOSTINFO_BYTES_MAX);
		for (k = 0; k < HOSTINFO_PATHS && !f.file[i].read &&
			    hostinfo_paths[i][k] != NULL;
		     k++)
			f.file[i].read =
			    fd_read_file(root, hostinfo_paths[i][k], &b[i],
				NULL) == MU_OK;
		f.file[i].bytes = buf_str(&b[i]);
	}
	ok = hostinfo_build(&f, a, out, e);
	for (i = 0; i < HOSTINFO_FILES; i++)
		buf_free(&b[i]);
	return ok;
}

/* The place whose decoder reads authorized keys. */
static bool
keys_place(const struct atlas *atlas, uint32_t *out)
{
	uint32_t i;

	for (i = 0; i < atlas->rows.n; i++) {
		if (strcmp(atlas->rows.v[i].decoder->name, KEYS_DECODER) != 0)
			continue;
		*out = i;
		return true;
	}
	return false;
}

/*
 * The patterns of sshd's settings and of all that they include. Where they
 * break off, the decoder tells; what they said before counts.
 */
static int
learn_keyfiles(struct match *m, struct peek *peek, const struct host *h,
    uint32_t place, struct arena *a, struct err *e)
{
	struct sshd_config_keyfiles k = { .n = 0 };
	struct file none = { .path = STR_NONE };
	struct decode_in in = {
		.file = &none, .host = h, .peek = peek, .job = a
	};
	struct decode_in top;
	struct err why = { 0 };
	size_t i;

	if (peek_file(&in, STR(SSHD_CONFIG_TOP), SSHD_BYTES, &top, &why) != 1)
		return MU_OK;
	why = (struct err){ 0 };
	if (sshd_config_keyfiles(&top, &k, &why) < 0)
		why.code = MU_OK;
	for (i = 0; i < k.n; i++)
		TRY(match_add(m, k.glob[i], place, e));
	return MU_OK;
}

int
learn_match(struct peek *peek, const struct atlas *atlas, const struct host *h,
    struct arena *a, struct match **out, struct err *e)
{
	const char *const *g;
	uint32_t i;

	*out = match_new(h);
	for (i = 0; i < atlas->rows.n; i++)
		for (g = atlas->rows.v[i].place.globs; *g != NULL; g++)
			TRY(match_add(*out, str_from(*g), i, e));
	if (keys_place(atlas, &i))
		return learn_keyfiles(*out, peek, h, i, a, e);
	return MU_OK;
}
