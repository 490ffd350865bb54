#include "collect/sandbox.h"

#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/capability.h>
#include <seccomp.h>
#include <unistd.h>

#include "base/fd.h"
#include "base/mem.h"

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

#if defined(MUSTER_SANDBOX_WIDE)
#define WIDE true
#else
#define WIDE false
#endif

#define WRITE_FLAGS                                         \
	(O_WRONLY | O_RDWR | O_CREAT | O_TRUNC | O_APPEND | \
	    (O_TMPFILE & ~O_DIRECTORY))

/* How a call is let through: as it is, or by one of its arguments. */
enum when {
	ALWAYS,
	OPEN_READ, /* argument 2 has no flag that writes */
	NO_EXEC,   /* argument 2 has no PROT_EXEC */
	TO_SELF,   /* argument 0 is this process */
	GET_ONLY,  /* argument 1 is F_GETFD, F_GETFL or F_DUPFD_CLOEXEC */
};

/* What a reader of files needs. Anything else fails with EPERM. */
static const struct {
	int call;
	enum when when;
} allowed[] = {
	/* clang-format off */
	{ SCMP_SYS(openat), OPEN_READ },
	{ SCMP_SYS(read), ALWAYS },
	{ SCMP_SYS(pread64), ALWAYS },
	{ SCMP_SYS(lseek), ALWAYS },
	{ SCMP_SYS(close), ALWAYS },
	{ SCMP_SYS(fstat), ALWAYS },
	{ SCMP_SYS(newfstatat), ALWAYS },
	{ SCMP_SYS(fstatat64), ALWAYS },
	{ SCMP_SYS(fstat64), ALWAYS },
	{ SCMP_SYS(statx), ALWAYS },
	{ SCMP_SYS(getdents64), ALWAYS },
	{ SCMP_SYS(readlinkat), ALWAYS },
	{ SCMP_SYS(write), ALWAYS },
	{ SCMP_SYS(fcntl), GET_ONLY },
	{ SCMP_SYS(brk), ALWAYS },
	{ SCMP_SYS(mmap), NO_EXEC },
	{ SCMP_SYS(mprotect), NO_EXEC },
	{ SCMP_SYS(munmap), ALWAYS },
	{ SCMP_SYS(mremap), ALWAYS },
	{ SCMP_SYS(madvise), ALWAYS },
	{ SCMP_SYS(mlock), ALWAYS },
	{ SCMP_SYS(munlock), ALWAYS },
	{ SCMP_SYS(futex), ALWAYS },
	{ SCMP_SYS(getrandom), ALWAYS },
	{ SCMP_SYS(clock_gettime), ALWAYS },
	{ SCMP_SYS(gettimeofday), ALWAYS },
	{ SCMP_SYS(getpid), ALWAYS },
	{ SCMP_SYS(gettid), ALWAYS },
	{ SCMP_SYS(geteuid), ALWAYS },
	{ SCMP_SYS(getuid), ALWAYS },
	{ SCMP_SYS(sched_yield), ALWAYS },
	{ SCMP_SYS(restart_syscall), ALWAYS },
	{ SCMP_SYS(rt_sigaction), ALWAYS },
	{ SCMP_SYS(rt_sigprocmask), ALWAYS },
	{ SCMP_SYS(rt_sigreturn), ALWAYS },
	{ SCMP_SYS(tgkill), TO_SELF },
	{ SCMP_SYS(exit), ALWAYS },
	{ SCMP_SYS(exit_group), ALWAYS },
	/* clang-format on */
};

/* What nothing in a reader ever tries in good faith: the process ends. */
static const int deadly[] = {
	/* clang-format off */
	SCMP_SYS(execve), SCMP_SYS(execveat), SCMP_SYS(fork), SCMP_SYS(vfork),
	SCMP_SYS(clone), SCMP_SYS(clone3), SCMP_SYS(ptrace),
	SCMP_SYS(process_vm_readv), SCMP_SYS(process_vm_writev),
	SCMP_SYS(pidfd_getfd), SCMP_SYS(pidfd_open), SCMP_SYS(socket),
	SCMP_SYS(socketpair), SCMP_SYS(connect), SCMP_SYS(bind),
	SCMP_SYS(listen), SCMP_SYS(accept), SCMP_SYS(accept4),
	SCMP_SYS(sendto), SCMP_SYS(sendmsg), SCMP_SYS(mount),
	SCMP_SYS(umount2), SCMP_SYS(pivot_root), SCMP_SYS(chroot),
	SCMP_SYS(unshare), SCMP_SYS(setns), SCMP_SYS(bpf),
	SCMP_SYS(perf_event_open), SCMP_SYS(userfaultfd),
	SCMP_SYS(io_uring_setup), SCMP_SYS(init_module),
	SCMP_SYS(finit_module), SCMP_SYS(kexec_load), SCMP_SYS(keyctl),
	SCMP_SYS(add_key), SCMP_SYS(request_key), SCMP_SYS(setuid),
	SCMP_SYS(setgid), SCMP_SYS(setresuid), SCMP_SYS(setresgid),
	SCMP_SYS(unlink), SCMP_SYS(unlinkat), SCMP_SYS(rename),
	SCMP_SYS(renameat2), SCMP_SYS(chmod), SCMP_SYS(fchmod),
	SCMP_SYS(chown), SCMP_SYS(fchown), SCMP_SYS(truncate),
	SCMP_SYS(ftruncate), SCMP_SYS(link), SCMP_SYS(linkat),
	SCMP_SYS(symlink), SCMP_SYS(symlinkat), SCMP_SYS(mkdir),
	SCMP_SYS(mkdirat), SCMP_SYS(mknod), SCMP_SYS(mknodat),
	/* clang-format on */
};

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

static int
put_limits(struct err *e)
{
	const struct rlimit none = { 0, 0 };
	const struct rlimit memory = { SANDBOX_MEMORY_BYTES,
		SANDBOX_MEMORY_BYTES };

	if (prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) < 0 ||
	    setrlimit(RLIMIT_CORE, &none) < 0 ||
	    setrlimit(RLIMIT_FSIZE, &none) < 0 ||
	    (!WIDE && setrlimit(RLIMIT_AS, &memory) < 0))
		return err_sys(e, errno, "the reader's limits");
	return MU_OK;
}

/* Of root's powers keep the one to read what is there. */
static int
drop_capabilities(struct err *e)
{
	struct __user_cap_header_struct head = {
		.version = _LINUX_CAPABILITY_VERSION_3
	};
	struct __user_cap_data_struct have[2], want[2] = { { 0 } };
	const uint32_t keep = 1U << CAP_DAC_READ_SEARCH;

	if (syscall(SYS_capget, &head, have) < 0)
		return err_sys(e, errno, "capget");
	want[0].effective = want[0].permitted = have[0].permitted & keep;
	if (syscall(SYS_capset, &head, want) < 0)
		return err_sys(e, errno, "capset");
	return MU_OK;
}

static int
allow(scmp_filter_ctx f, int call, enum when when)
{
	static const int gets[] = { F_GETFD, F_GETFL, F_DUPFD_CLOEXEC };
	size_t i;
	int r = 0;

	switch (when) {
	case OPEN_READ:
		return seccomp_rule_add(f, SCMP_ACT_ALLOW, call, 1,
		    SCMP_A2(SCMP_CMP_MASKED_EQ, WRITE_FLAGS, 0));
	case NO_EXEC:
		return seccomp_rule_add(f, SCMP_ACT_ALLOW, call, 1,
		    SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0));
	case TO_SELF:
		return seccomp_rule_add(f, SCMP_ACT_ALLOW, call, 1,
		    SCMP_A0(SCMP_CMP_EQ, (scmp_datum_t)getpid(), 0));
	case GET_ONLY:
		for (i = 0; i < MU_COUNT(gets) && r == 0; i++)
			r = seccomp_rule_add(f, SCMP_ACT_ALLOW, call, 1,
			    SCMP_A1(SCMP_CMP_EQ, (scmp_datum_t)gets[i], 0));
		return r;
	case ALWAYS:
	default:
		return seccomp_rule_add(f, SCMP_ACT_ALLOW, call, 0);
	}
}

/* The filter for a sanitizer build: what is deadly, and writing. */
static int
fill_wide(scmp_filter_ctx f)
{
	static const unsigned bits[] = { O_WRONLY, O_RDWR, O_CREAT };
	size_t i;
	int r = 0;

	for (i = 0; i < MU_COUNT(bits) && r == 0; i++)
		r = seccomp_rule_add(f, SCMP_ACT_ERRNO(EPERM), SCMP_SYS(openat),
		    1, SCMP_A2(SCMP_CMP_MASKED_EQ, bits[i], bits[i]));
	return r;
}

static int
fill(scmp_filter_ctx f)
{
	size_t i;
	int r = 0;

	for (i = 0; i < MU_COUNT(deadly) && r == 0; i++)
		r = seccomp_rule_add(f, SCMP_ACT_KILL_PROCESS, deadly[i], 0);
	if (WIDE)
		return r == 0 ? fill_wide(f) : r;
	for (i = 0; i < MU_COUNT(allowed) && r == 0; i++)
		r = allow(f, allowed[i].call, allowed[i].when);
	return r;
}

static int
put_seccomp(struct err *e)
{
	scmp_filter_ctx f;
	int r;

	if (prctl(PR_GET_SECCOMP, 0, 0, 0, 0) < 0 && errno == EINVAL)
		return MU_OK;
	f = seccomp_init(WIDE ? SCMP_ACT_ALLOW : SCMP_ACT_ERRNO(EPERM));
	if (f == NULL)
		return err_set(e, MU_ESYSTEM, "libseccomp does not start");
	/* A tree instead of a list: each call of the walk goes through it. */
	(void)seccomp_attr_set(f, SCMP_FLTATR_CTL_OPTIMIZE, 2);
	r = fill(f);
	if (r == 0)
		r = seccomp_load(f);
	seccomp_release(f);
	return r == 0 ? MU_OK : err_sys(e, -r, "seccomp");
}

int
sandbox_enter(int root, struct err *e)
{

	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) < 0)
		return err_sys(e, errno, "no_new_privs");
	TRY(put_limits(e));
	TRY(drop_capabilities(e));
	TRY(put_landlock(root, e));
	return put_seccomp(e);
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
