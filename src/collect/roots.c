#include "collect/roots.h"

#include <dirent.h>
#include <fcntl.h>

#include "base/fd.h"
#include "collect/dirents.h"
#include "decode/pem.h"

#define ROOTS_DIR  "usr/share/ca-certificates"
#define DIR_FLAGS  (O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
#define ROOTS_PATH 1024

struct roots {
	struct packages *packages;
	struct x509memo *certs;
	struct buf text, der;
	size_t left; /* files */
};

static void
learn_file(struct roots *r, int dir, const char *name, const char *path)
{
	struct pem at;
	struct pem_block b;

	buf_reset(&r->text);
	if (r->left == 0 || fd_read_file(dir, name, &r->text, NULL) < 0)
		return;
	r->left--;
	if (packages_owner(r->packages, str_from(path), buf_str(&r->text)).n ==
	    0)
		return;
	at = (struct pem){ .rest = buf_str(&r->text) };
	while (pem_next(&at, &b)) {
		buf_reset(&r->der);
		if (str_eq(b.label, STR("CERTIFICATE")) &&
		    pem_bytes(&b, &r->der, NULL) == MU_OK)
			x509memo_trust(r->certs, buf_str(&r->der));
	}
}

static void
learn_dir(struct roots *r, int up, const char *name, const char *path,
    bool deeper)
{
	AUTO(dirents) struct dirents d = { 0 };
	AUTO(fd) int dir = openat(up, name, DIR_FLAGS);
	char below[ROOTS_PATH];
	size_t i;
	int n;

	if (dir < 0 || dirents_read(&d, dir, NULL) < 0)
		return;
	for (i = 0; i < d.n; i++) {
		name = dirents_name(&d, i);
		n = snprintf(below, sizeof(below), "%s/%s", path, name);
		if (n < 0 || (size_t)n >= sizeof(below))
			continue;
		if (d.v[i].type == DT_REG)
			learn_file(r, dir, name, below);
		else if (d.v[i].type == DT_DIR && deeper)
			learn_dir(r, dir, name, below, false);
	}
}

void
roots_learn(int root, struct packages *packages, struct x509memo *certs)
{
	struct roots r = { packages, certs, .left = ROOTS_FILES_MAX };

	buf_init(&r.text, ROOTS_BYTES_MAX);
	buf_init(&r.der, ROOTS_BYTES_MAX);
	learn_dir(&r, root, ROOTS_DIR, ROOTS_DIR, true);
	buf_free(&r.text);
	buf_free(&r.der);
}
