#include "collect/learn.h"

#include <fcntl.h>

#include "base/fd.h"
#include "collect/dirents.h"
#include "decode/hostinfo.h"
#include "decode/sshd_config.h"

#define SSHD_CONFIG   "etc/ssh/sshd_config"
#define SSHD_CONFIG_D "etc/ssh/sshd_config.d"
#define SSHD_BYTES    4194304
#define KEYS_DECODER  "authorized_keys"
#define DIR_FLAGS     (O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)

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

/* The patterns of one file of sshd's settings; ${left} bounds them all. */
static int
add_keyfiles(struct match *m, int dir, const char *name, uint32_t place,
    struct arena *a, size_t *left, struct err *e)
{
	struct sshd_config_keyfiles k = { .n = 0 };
	AUTO(buf) struct buf b;
	size_t i;

	buf_init(&b, SSHD_BYTES);
	if (*left == 0 || fd_read_file(dir, name, &b, NULL) < 0)
		return MU_OK;
	TRY(sshd_config_keyfiles(buf_str(&b), a, &k, e));
	for (i = 0; i<k.n && * left> 0; i++, (*left)--)
		TRY(match_add(m, k.glob[i], place, e));
	return MU_OK;
}

static int
learn_keyfiles(struct match *m, int root, uint32_t place, struct arena *a,
    struct err *e)
{
	AUTO(dirents) struct dirents d = { 0 };
	AUTO(fd) int dir = openat(root, SSHD_CONFIG_D, DIR_FLAGS);
	size_t i, left = LEARN_KEYFILES_MAX;

	TRY(add_keyfiles(m, root, SSHD_CONFIG, place, a, &left, e));
	if (dir < 0 || dirents_read(&d, dir, NULL) < 0)
		return MU_OK;
	for (i = 0; i < d.n; i++)
		if (str_ends(str_from(dirents_name(&d, i)), STR(".conf")))
			TRY(add_keyfiles(m, dir, dirents_name(&d, i), place, a,
			    &left, e));
	return MU_OK;
}

int
learn_match(int root, const struct atlas *atlas, const struct host *h,
    struct arena *a, struct match **out, struct err *e)
{
	const char *const *g;
	uint32_t i;

	*out = match_new(h);
	for (i = 0; i < atlas->rows.n; i++)
		for (g = atlas->rows.v[i].place.globs; *g != NULL; g++)
			TRY(match_add(*out, str_from(*g), i, e));
	if (keys_place(atlas, &i))
		return learn_keyfiles(*out, root, i, a, e);
	return MU_OK;
}
