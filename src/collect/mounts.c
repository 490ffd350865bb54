#include "collect/mounts.h"

#include <fcntl.h>

#include "base/fd.h"

/* mountinfo has 6 fields before the optional ones that "-" ends. */
#define FIELDS_MAX 64

static const struct {
	const char *type;
	enum mounts_class class;
} types[] = {
	/* clang-format off */
	{ "autofs", MOUNTS_FOREIGN },
	{ "9p", MOUNTS_FOREIGN },
	{ "afs", MOUNTS_FOREIGN },
	{ "beegfs", MOUNTS_FOREIGN },
	{ "ceph", MOUNTS_FOREIGN },
	{ "cifs", MOUNTS_FOREIGN },
	{ "coda", MOUNTS_FOREIGN },
	{ "davfs", MOUNTS_FOREIGN },
	{ "gfs2", MOUNTS_FOREIGN },
	{ "glusterfs", MOUNTS_FOREIGN },
	{ "gpfs", MOUNTS_FOREIGN },
	{ "lustre", MOUNTS_FOREIGN },
	{ "ncpfs", MOUNTS_FOREIGN },
	{ "nfs", MOUNTS_FOREIGN },
	{ "nfs4", MOUNTS_FOREIGN },
	{ "ocfs2", MOUNTS_FOREIGN },
	{ "orangefs", MOUNTS_FOREIGN },
	{ "prl_fs", MOUNTS_FOREIGN },
	{ "smb3", MOUNTS_FOREIGN },
	{ "smbfs", MOUNTS_FOREIGN },
	{ "vboxsf", MOUNTS_FOREIGN },
	{ "virtiofs", MOUNTS_FOREIGN },
	{ "vmhgfs", MOUNTS_FOREIGN },
	{ "binfmt_misc", MOUNTS_KERNEL },
	{ "bpf", MOUNTS_KERNEL },
	{ "cgroup", MOUNTS_KERNEL },
	{ "cgroup2", MOUNTS_KERNEL },
	{ "configfs", MOUNTS_KERNEL },
	{ "cpuset", MOUNTS_KERNEL },
	{ "debugfs", MOUNTS_KERNEL },
	{ "devpts", MOUNTS_KERNEL },
	{ "devtmpfs", MOUNTS_KERNEL },
	{ "efivarfs", MOUNTS_KERNEL },
	{ "fusectl", MOUNTS_KERNEL },
	{ "hugetlbfs", MOUNTS_KERNEL },
	{ "mqueue", MOUNTS_KERNEL },
	{ "nfsd", MOUNTS_KERNEL },
	{ "nsfs", MOUNTS_KERNEL },
	{ "proc", MOUNTS_KERNEL },
	{ "pstore", MOUNTS_KERNEL },
	{ "resctrl", MOUNTS_KERNEL },
	{ "rpc_pipefs", MOUNTS_KERNEL },
	{ "securityfs", MOUNTS_KERNEL },
	{ "selinuxfs", MOUNTS_KERNEL },
	{ "smackfs", MOUNTS_KERNEL },
	{ "sysfs", MOUNTS_KERNEL },
	{ "tracefs", MOUNTS_KERNEL },
	{ "xenfs", MOUNTS_KERNEL },
	/* clang-format on */
};

void
mounts_free(struct mounts *m)
{

	vec_free(&m->rows);
}

enum mounts_class
mounts_class_of(struct str type)
{
	size_t i;

	/* fuseblk is a disk (ntfs-3g); any other fuse can be anything. */
	if (str_eq(type, STR("fuse")) || str_starts(type, STR("fuse.")))
		return MOUNTS_FOREIGN;
	for (i = 0; i < MU_COUNT(types); i++)
		if (str_eq(type, str_from(types[i].type)))
			return types[i].class;
	return MOUNTS_READ;
}

static void
parse_line(struct mounts *m, struct str line)
{
	struct str word, id = STR_NONE, dev = STR_NONE, major, minor;
	struct mounts_row row = { 0 };
	int64_t v[3];
	size_t i;

	for (i = 0; i < FIELDS_MAX && str_word(&line, &word); i++) {
		if (i == 0)
			id = word;
		if (i == 2)
			dev = word;
		if (i >= 6 && str_eq(word, STR("-")))
			break;
	}
	if (!str_word(&line, &word) || !str_cut(dev, ':', &major, &minor) ||
	    !str_i64(id, 0, INT64_MAX, &v[0]) ||
	    !str_i64(major, 0, UINT32_MAX, &v[1]) ||
	    !str_i64(minor, 0, UINT32_MAX, &v[2]))
		return;
	row.id = (uint64_t)v[0];
	row.major = (uint32_t)v[1];
	row.minor = (uint32_t)v[2];
	row.class = mounts_class_of(word);
	word = str_head(word, sizeof(row.type) - 1);
	mem_copy(row.type, sizeof(row.type), word.p, word.n);
	(void)vec_push(&m->rows, MOUNTS_MAX, row);
}

void
mounts_parse(struct mounts *m, struct str text)
{
	struct str line;

	while (str_line(&text, &line))
		parse_line(m, line);
}

void
mounts_load(struct mounts *m)
{
	AUTO(buf) struct buf b;

	buf_init(&b, MOUNTS_BYTES_MAX);
	if (fd_read_file(AT_FDCWD, "/proc/self/mountinfo", &b, NULL) == MU_OK)
		mounts_parse(m, buf_str(&b));
}

const struct mounts_row *
mounts_find(const struct mounts *m, bool by_id, uint64_t id, uint32_t major,
    uint32_t minor)
{
	const struct mounts_row *r;
	size_t i;

	for (i = 0; i < m->rows.n; i++) {
		r = &m->rows.v[i];
		if (by_id ? r->id == id :
			    r->major == major && r->minor == minor)
			return r;
	}
	return NULL;
}
