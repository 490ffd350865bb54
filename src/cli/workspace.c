#include "cli/workspace.h"

#include <sys/stat.h>
#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "base/fd.h"
#include "base/mem.h"

#define WORKSPACE_SYSTEM   "/var/lib/muster"
#define WORKSPACE_NAME_MAX 64
#define WORKSPACE_PATH_MAX 4096
#define WORKSPACE_FILE_MAX 256

static bool
workspace_name(struct str s)
{
	size_t i;
	char c;

	if (s.n == 0 || s.n > WORKSPACE_NAME_MAX || s.p[0] == '.')
		return false;
	for (i = 0; i < s.n; i++) {
		c = s.p[i];
		if (!(c >= 'a' && c <= 'z') && !(c >= 'A' && c <= 'Z') &&
		    !(c >= '0' && c <= '9') && c != '-' && c != '_' && c != '.')
			return false;
	}
	return true;
}

static int
workspace_default(struct arena *a, struct str *out, struct err *e)
{
	const char *xdg = getenv("XDG_DATA_HOME"), *home = getenv("HOME");

	if (geteuid() == 0)
		return arena_str(a, STR(WORKSPACE_SYSTEM), out, e);
	if (xdg != NULL && xdg[0] == '/')
		return arena_fmt(a, out, e, "%s/muster", xdg);
	if (home == NULL || home[0] != '/')
		return err_set(e, MU_EFORMAT,
		    "there is no home directory to keep a register in: set "
		    "HOME, or say --data DIR");
	return arena_fmt(a, out, e, "%s/.local/share/muster", home);
}

int
workspace_find(struct str data, struct str client, struct arena *a,
    struct workspace *out, struct err *e)
{
	struct workspace w = { .db = STR_NONE };

	if (client.n != 0 && !workspace_name(client))
		return err_set(e, MU_EFORMAT,
		    "--client takes a name of letters, digits, '-', '_' and "
		    "'.'; not '" STR_FMT "'",
		    STR_ARG(client));
	if (data.n != 0)
		TRY(arena_str(a, data, &w.data, e));
	else
		TRY(workspace_default(a, &w.data, e));
	if (client.n != 0)
		TRY(arena_fmt(a, &w.dir, e, STR_FMT "/clients/" STR_FMT,
		    STR_ARG(w.data), STR_ARG(client)));
	else
		TRY(arena_fmt(a, &w.dir, e, STR_FMT "/default",
		    STR_ARG(w.data)));
	TRY(arena_fmt(a, &w.db, e, STR_FMT "/muster.db", STR_ARG(w.dir)));
	TRY(arena_fmt(a, &w.key, e, STR_FMT "/workspace.key", STR_ARG(w.dir)));
	*out = w;
	return MU_OK;
}

int
workspace_make(const struct workspace *w, struct err *e)
{

	if (fd_mkdirs(w->dir.p, 0700, e) < 0)
		return err_wrap(e, "no register can be kept there (say --data "
				   "DIR, or --no-save)");
	return MU_OK;
}

/* Read a key's file, which nobody but its owner (and root) may read. */
static int
workspace_read(const char *path, struct buf *out, struct err *e)
{
	AUTO(fd) int fd = -1;
	struct stat st;

	fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
	if (fd < 0 || fstat(fd, &st) < 0)
		return err_sys(e, errno, "%s", path);
	if (S_ISREG(st.st_mode) && (st.st_mode & 077) != 0)
		return err_set(e, MU_EDENIED,
		    "%s: others than its owner have rights to this key: "
		    "chmod 600 it",
		    path);
	TRY(fd_read_all(fd, out, e));
	return MU_OK;
}

/*
 * Make the key and link it into place: the link fails where another process
 * was first, and its key is then the one that counts.
 */
static int
workspace_new_key(const struct workspace *w, struct err *e)
{
	AUTO(secret) struct secret *key = NULL;
	char tmp[WORKSPACE_PATH_MAX];
	int n, r = MU_OK;

	n = snprintf(tmp, sizeof(tmp), "%s.%ld.new", w->key.p, (long)getpid());
	if (n < 0 || (size_t)n >= sizeof(tmp))
		return err_set(e, MU_ELIMIT, "%s: the path is too long",
		    w->key.p);
	key = secret_random(WORKSPACE_KEY_BYTES);
	TRY(fd_write_file(tmp, secret_view(key), 0600, e));
	if (link(tmp, w->key.p) < 0 && errno != EEXIST)
		r = err_sys(e, errno, "%s", w->key.p);
	(void)unlink(tmp);
	return r;
}

int
workspace_fp(const struct workspace *w, struct secret **out, struct err *e)
{
	AUTO(buf) struct buf b;
	struct digest d;
	int r;

	buf_init(&b, WORKSPACE_FILE_MAX);
	r = workspace_read(w->key.p, &b, e);
	if (r == MU_ENOTFOUND) {
		TRY(workspace_new_key(w, e));
		r = workspace_read(w->key.p, &b, e);
	}
	TRY(r);
	if (b.n != WORKSPACE_KEY_BYTES) {
		mem_wipe(b.p, b.n);
		return err_set(e, MU_EFORMAT,
		    "%s: a key has %d bytes, this file has %zu", w->key.p,
		    WORKSPACE_KEY_BYTES, b.n);
	}
	d = digest_hkdf(buf_str(&b), STR("muster/fp/1"));
	*out = secret_new(digest_str(&d));
	mem_wipe(b.p, b.n);
	mem_wipe(&d, sizeof(d));
	return MU_OK;
}

int
workspace_fp_file(const char *path, struct secret **out, struct err *e)
{
	unsigned char raw[WORKSPACE_KEY_BYTES];
	AUTO(buf) struct buf b;
	int r = MU_OK;

	buf_init(&b, WORKSPACE_FILE_MAX);
	TRY(workspace_read(path, &b, e));
	if (b.n == sizeof(raw))
		*out = secret_new(buf_str(&b));
	else if (digest_unhex(str_trim(buf_str(&b)), raw, sizeof(raw)) ==
		 sizeof(raw))
		*out = secret_new(str_of(raw, sizeof(raw)));
	else
		r = err_set(e, MU_EFORMAT,
		    "%s: a key has 32 bytes or 64 hexadecimal digits", path);
	mem_wipe(b.p, b.n);
	mem_wipe(raw, sizeof(raw));
	return r;
}

void
workspace_id(const struct secret *fp, char out[WORKSPACE_ID_CHARS + 1])
{
	struct digest d = digest_sha256(secret_view(fp));
	AUTO(buf) struct buf b;

	buf_init(&b, DIGEST_HEX_BYTES);
	digest_hex(&b, digest_str(&d));
	mem_copy(out, WORKSPACE_ID_CHARS, b.p, WORKSPACE_ID_CHARS);
	out[WORKSPACE_ID_CHARS] = '\0';
}
