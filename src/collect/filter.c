#include "collect/filter.h"

#include <sys/mman.h>
#include <sys/prctl.h>
#include <errno.h>
#include <fcntl.h>
#include <seccomp.h>
#include <unistd.h>

#define READER  FILTER_READER
#define WITNESS FILTER_WITNESS
#define BOTH    (FILTER_READER | FILTER_WITNESS)

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

/* What each needs. Anything else fails with EPERM. */
static const struct {
	int call;
	enum when when;
	unsigned who;
} allowed[] = {
	/* clang-format off */
	{ SCMP_SYS(openat), OPEN_READ, BOTH },
	{ SCMP_SYS(read), ALWAYS, BOTH },
	{ SCMP_SYS(pread64), ALWAYS, READER },
	{ SCMP_SYS(lseek), ALWAYS, BOTH },
	{ SCMP_SYS(close), ALWAYS, BOTH },
	{ SCMP_SYS(fstat), ALWAYS, BOTH },
	{ SCMP_SYS(newfstatat), ALWAYS, BOTH },
	{ SCMP_SYS(fstatat64), ALWAYS, READER },
	{ SCMP_SYS(fstat64), ALWAYS, READER },
	{ SCMP_SYS(statx), ALWAYS, READER },
	{ SCMP_SYS(getdents64), ALWAYS, BOTH },
	{ SCMP_SYS(readlinkat), ALWAYS, BOTH },
	{ SCMP_SYS(write), ALWAYS, BOTH },
	{ SCMP_SYS(fcntl), GET_ONLY, BOTH },
	{ SCMP_SYS(brk), ALWAYS, BOTH },
	{ SCMP_SYS(mmap), NO_EXEC, BOTH },
	{ SCMP_SYS(mprotect), NO_EXEC, BOTH },
	{ SCMP_SYS(munmap), ALWAYS, BOTH },
	{ SCMP_SYS(mremap), ALWAYS, BOTH },
	{ SCMP_SYS(madvise), ALWAYS, BOTH },
	{ SCMP_SYS(mlock), ALWAYS, READER },
	{ SCMP_SYS(munlock), ALWAYS, READER },
	{ SCMP_SYS(futex), ALWAYS, BOTH },
	{ SCMP_SYS(getrandom), ALWAYS, BOTH },
	{ SCMP_SYS(clock_gettime), ALWAYS, BOTH },
	{ SCMP_SYS(gettimeofday), ALWAYS, READER },
	{ SCMP_SYS(getpid), ALWAYS, BOTH },
	{ SCMP_SYS(gettid), ALWAYS, BOTH },
	{ SCMP_SYS(geteuid), ALWAYS, BOTH },
	{ SCMP_SYS(getuid), ALWAYS, READER },
	{ SCMP_SYS(sched_yield), ALWAYS, BOTH },
	{ SCMP_SYS(restart_syscall), ALWAYS, BOTH },
	{ SCMP_SYS(rt_sigaction), ALWAYS, BOTH },
	{ SCMP_SYS(rt_sigprocmask), ALWAYS, BOTH },
	{ SCMP_SYS(rt_sigreturn), ALWAYS, BOTH },
	{ SCMP_SYS(tgkill), TO_SELF, BOTH },
	{ SCMP_SYS(exit), ALWAYS, BOTH },
	{ SCMP_SYS(exit_group), ALWAYS, BOTH },
	{ SCMP_SYS(connect), ALWAYS, WITNESS },
	{ SCMP_SYS(poll), ALWAYS, WITNESS },
	{ SCMP_SYS(ppoll), ALWAYS, WITNESS },
	/* clang-format on */
};

/* What nothing here ever tries in good faith: the process ends, but where the
 * table above allows it. */
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

static bool
is_allowed(enum filter who, int call)
{
	size_t i;

	for (i = 0; i < MU_COUNT(allowed); i++)
		if (allowed[i].call == call &&
		    (allowed[i].who & (unsigned)who) != 0)
			return true;
	return false;
}

static int
fill(scmp_filter_ctx f, enum filter who)
{
	size_t i;
	int r = 0;

	for (i = 0; i < MU_COUNT(deadly) && r == 0; i++)
		if (!is_allowed(who, deadly[i]))
			r = seccomp_rule_add(f, SCMP_ACT_KILL_PROCESS,
			    deadly[i], 0);
	if (FILTER_WIDE)
		return r == 0 ? fill_wide(f) : r;
	for (i = 0; i < MU_COUNT(allowed) && r == 0; i++)
		if ((allowed[i].who & (unsigned)who) != 0)
			r = allow(f, allowed[i].call, allowed[i].when);
	return r;
}

int
filter_load(enum filter who, struct err *e)
{
	scmp_filter_ctx f;
	int r;

	if (prctl(PR_GET_SECCOMP, 0, 0, 0, 0) < 0 && errno == EINVAL)
		return MU_OK;
	f = seccomp_init(FILTER_WIDE ? SCMP_ACT_ALLOW : SCMP_ACT_ERRNO(EPERM));
	if (f == NULL)
		return err_set(e, MU_ESYSTEM, "libseccomp does not start");
	/* A tree instead of a list: each call of the walk goes through it. */
	(void)seccomp_attr_set(f, SCMP_FLTATR_CTL_OPTIMIZE, 2);
	r = fill(f, who);
	if (r == 0)
		r = seccomp_load(f);
	seccomp_release(f);
	return r == 0 ? MU_OK : err_sys(e, -r, "seccomp");
}
