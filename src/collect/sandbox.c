#include "collect/sandbox.h"

#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/capability.h>
#include <unistd.h>

#include "base/fd.h"
#include "base/mem.h"
#include "collect/filter.h"

/*
 * Landlock, as of ABI 7. Debian 12's headers end at ABI 2, so the words of the
 * kernel's interface are written down here.
 */
#ifndef SYS_landlock_create_ruleset
#define SYS_landlock_create_ruleset 444
#define SYS_landlock_add_rule       445
#define SYS_landlock_restrict_self  446
#endif

/* Longest list of mappings, bytes: 65,530 is the kernel's most. */
#define MAPS_BYTES_MAX 16777216

#define LL_VERSION      (1U << 0)
#define LL_PATH_BENEATH 1
#define LL_READ_FILE    ((uint64_t)1 << 2)
#define LL_READ_DIR     ((uint64_t)1 << 3)
#define LL_NET_TCP      ((uint64_t)3) /* bind, connect */
#define LL_SCOPES       ((uint64_t)3) /* abstract sockets, signals */

struct ll_ruleset {
	uint64_t fs, net, scoped;
};

struct ll_beneath {
	uint64_t allowed;
	int32_t parent;
} __attribute__((packed));

/* What each ABI brought: rights of files, and how long its struct is. */
static const struct {
	unsigned fs_bits;
	size_t bytes;
	bool net, scoped;
} abis[SANDBOX_ABI_MAX + 1] = {
	[1] = { 13, 8, false, false },
	[2] = { 14, 8, false, false }, /* REFER */
	[3] = { 15, 8, false, false }, /* TRUNCATE */
	[4] = { 15, 16, true, false },
	[5] = { 16, 16, true, false }, /* IOCTL_DEV */
	[6] = { 16, 24, true, true },
	[7] = { 16, 24, true, true },
};

#define WIDE FILTER_WIDE

void
sandbox_close_others(const int *keep, size_t n)
{
	unsigned from = 3;
	size_t i;

	for (i = 0; i < n; i++) {
		if ((unsigned)keep[i] > from)
			(void)close_range(from, (unsigned)keep[i] - 1, 0);
		if ((unsigned)keep[i] >= from)
			from = (unsigned)keep[i] + 1;
	}
	(void)close_range(from, ~0U, 0);
}

/* "7f1200000000-7f1200001000 rw-s ...": a mapping to be unmapped. */
static bool
is_shared(struct str line, uintptr_t *from, uintptr_t *to)
{
	struct str range, rights;
	char text[64];
	char *end;

	if (!str_word(&line, &range) || !str_word(&line, &rights) ||
	    rights.n < 4 || rights.p[1] != 'w' || rights.p[3] != 's' ||
	    range.n >= sizeof(text))
		return false;
	mem_copy(text, sizeof(text), range.p, range.n);
	text[range.n] = '\0';
	*from = (uintptr_t)strtoull(text, &end, 16);
	if (*end != '-')
		return false;
	*to = (uintptr_t)strtoull(end + 1, &end, 16);
	return *end == '\0' && *to > *from;
}

static bool
is_kept(uintptr_t from, const void *const *keep, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (from == (uintptr_t)keep[i])
			return true;
	return false;
}

void
sandbox_unshare(const void *const *keep, size_t n)
{
	AUTO(buf) struct buf maps = { 0 };
	uintptr_t from, to;
	struct str text, line;

	buf_init(&maps, MAPS_BYTES_MAX);
	if (fd_read_file(AT_FDCWD, "/proc/self/maps", &maps, NULL) < 0)
		return;
	text = buf_str(&maps);
	while (str_line(&text, &line))
		if (is_shared(line, &from, &to) && !is_kept(from, keep, n))
			(void)munmap((void *)from, to - from);
}

int
sandbox_abi(void)
{
	long v = syscall(SYS_landlock_create_ruleset, NULL, 0, LL_VERSION);

	return v < 0 ? 0 : (int)v;
}

/* The newest ABI that is known here and to the kernel. */
static int
known_abi(void)
{
	int abi = sandbox_abi();

	return abi < SANDBOX_ABI_MAX ? abi : SANDBOX_ABI_MAX;
}

uint64_t
sandbox_fs_rights(int abi)
{

	if (abi <= 0)
		return 0;
	if (abi > SANDBOX_ABI_MAX)
		abi = SANDBOX_ABI_MAX;
	return ((uint64_t)1 << abis[abi].fs_bits) - 1;
}

static int
put_landlock(int root, struct err *e)
{
	int abi = known_abi(), set, no = 0;
	struct ll_ruleset rules = { .fs = sandbox_fs_rights(abi) };
	struct ll_beneath beneath = { LL_READ_FILE | LL_READ_DIR, root };

	if (abi == 0)
		return MU_OK;
	rules.net = abis[abi].net ? LL_NET_TCP : 0;
	rules.scoped = abis[abi].scoped ? LL_SCOPES : 0;
	set = (int)syscall(SYS_landlock_create_ruleset, &rules, abis[abi].bytes,
	    0);
	if (set < 0)
		return err_sys(e, errno, "landlock_create_ruleset");
	if (syscall(SYS_landlock_add_rule, set, LL_PATH_BENEATH, &beneath, 0) <
		0 ||
	    syscall(SYS_landlock_restrict_self, set, 0) < 0)
		no = errno;
	(void)close(set);
	return no == 0 ? MU_OK : err_sys(e, no, "landlock");
}

/* No core, no more memory, and no longer file than ${file_bytes}. */
static int
put_limits(uint64_t file_bytes, struct err *e)
{
	const struct rlimit file = { file_bytes, file_bytes };
	const struct rlimit none = { 0, 0 };
	const struct rlimit memory = { SANDBOX_MEMORY_BYTES,
		SANDBOX_MEMORY_BYTES };

	if (prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) < 0 ||
	    setrlimit(RLIMIT_CORE, &none) < 0 ||
	    setrlimit(RLIMIT_FSIZE, &file) < 0 ||
	    (!WIDE && setrlimit(RLIMIT_AS, &memory) < 0))
		return err_sys(e, errno, "the limits of a child");
	return MU_OK;
}

/* Of root's powers keep those of the mask ${keep}. */
static int
drop_capabilities(uint32_t keep, struct err *e)
{
	struct __user_cap_header_struct head = {
		.version = _LINUX_CAPABILITY_VERSION_3
	};
	struct __user_cap_data_struct have[2], want[2] = { { 0 } };

	if (syscall(SYS_capget, &head, have) < 0)
		return err_sys(e, errno, "capget");
	want[0].effective = want[0].permitted = have[0].permitted & keep;
	if (syscall(SYS_capset, &head, want) < 0)
		return err_sys(e, errno, "capset");
	return MU_OK;
}

int
sandbox_enter(int root, struct err *e)
{

	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) < 0)
		return err_sys(e, errno, "no_new_privs");
	TRY(put_limits(0, e));
	TRY(drop_capabilities(1U << CAP_DAC_READ_SEARCH, e));
	TRY(put_landlock(root, e));
	return filter_load(FILTER_READER, e);
}

/*
 * No Landlock: under it /proc shows no other process's descriptors. Where this
 * process may, it makes /proc its root instead: no path leads to a file then
 * but those of /proc that stand for another process's root.
 */
int
sandbox_enter_witness(uint64_t file_bytes, struct err *e)
{

	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) < 0)
		return err_sys(e, errno, "no_new_privs");
	if (chroot("/proc") == 0 && chdir("/") < 0)
		return err_sys(e, errno, "/proc");
	TRY(put_limits(file_bytes, e));
	TRY(drop_capabilities(1U << CAP_DAC_READ_SEARCH | 1U << CAP_SYS_PTRACE,
	    e));
	return filter_load(FILTER_WITNESS, e);
}

void
sandbox_report(struct buf *out)
{
	int abi = sandbox_abi();

	if (abi == 0)
		buf_adds(out, "landlock: not in this kernel\n");
	else
		buf_addf(out, "landlock: ABI %d\n", abi);
	buf_addf(out, "seccomp: %s\n",
	    prctl(PR_GET_SECCOMP, 0, 0, 0, 0) < 0 && errno == EINVAL ?
		"not in this kernel" :
	    WIDE ? "wide (a build for tests)" :
		   "on");
	buf_addf(out, "limits: %s, no core file\n",
	    WIDE ? "no memory limit (a build for tests)" : "1 GB of memory");
}
