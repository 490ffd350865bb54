#include "collect/witness.h"

#include <sys/mman.h>
#include <sys/prctl.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/fd.h"
#include "collect/asker.h"
#include "collect/sandbox.h"
#include "collect/spawn.h"
#include "collect/tell.h"

#define WITNESS_TCP_MAX ((size_t)16 << 20)

struct at_work {
	struct asker asker;
	struct census census;
	bool no_tcp;
};

/* Sockets that listen, of both families. */
static void
find_sockets(struct at_work *w)
{
	static const char *const names[] = { "self/net/tcp", "self/net/tcp6" };
	AUTO(buf) struct buf text = { 0 };
	struct procfs_socket s;
	struct str rest, line;
	size_t i;

	buf_init(&text, WITNESS_TCP_MAX);
	for (i = 0; i < MU_COUNT(names); i++) {
		AUTO(fd)
		int fd = openat(w->census.proc, names[i], O_RDONLY | O_CLOEXEC);

		buf_reset(&text);
		/* A kernel without IPv6 has no such file. */
		if (fd < 0 || fd_read_all(fd, &text, NULL) < 0)
			w->no_tcp = w->no_tcp || i == 0 || fd >= 0;
		rest = buf_str(&text);
		while (str_line(&rest, &line))
			if (procfs_listener(line, i == 1, &s) &&
			    !asker_add(&w->asker, &s))
				w->census.limit[TESTIMONY_SOCKETS] = true;
	}
}

/* From here on in the sandbox. */
static int
look(struct at_work *w, int memory, int64_t until_ms, struct err *e)
{
	AUTO(buf) struct buf out = { 0 };

	buf_init(&out, TESTIMONY_BYTES_MAX);
	find_sockets(w);
	asker_start(&w->asker, until_ms);
	census_take(&w->census, &w->asker, until_ms);
	tell_processes(&w->census, &w->asker, &out);
	TRY(fd_write_all(memory, buf_str(&out), e));
	buf_reset(&out);
	asker_finish(&w->asker);
	tell_sockets(&w->census, &w->asker, w->no_tcp, &out);
	TRY(buf_check(&out, "the testimony", e));
	return fd_write_all(memory, buf_str(&out), e);
}

static int
run(int memory, int parent, struct err *e)
{
	struct at_work w = { .no_tcp = false };
	int64_t until_ms = clock_mono_ms() + WITNESS_MS;

	TRY(spawn_detach(parent, &memory, 1, NULL, 0, e));
	(void)signal(SIGPIPE, SIG_IGN);
	(void)prctl(PR_SET_NAME, "muster-witness", 0, 0, 0);
	asker_open(&w.asker);
	w.census.self = (uint32_t)getpid();
	w.census.engine = (uint32_t)parent;
	w.census.proc = open("/proc", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	TRY(sandbox_enter_witness(TESTIMONY_BYTES_MAX, e));
	return look(&w, memory, until_ms, e);
}

/* What happened is seen in the memory file and in the status; all ends here. */
static _Noreturn void
witness_main(int memory, int parent)
{
	struct err e = { 0 };

	_exit(run(memory, parent, &e) < 0 ? 1 : 0);
}

int
witness_start(struct witness *w, struct err *e)
{
	int parent = getpid();

	w->memory = memfd_create("muster-testimony", MFD_CLOEXEC);
	if (w->memory < 0)
		return err_sys(e, errno, "memfd_create");
	w->until_ms = clock_mono_ms() + WITNESS_MS + WITNESS_GRACE_MS;
	w->pid = fork();
	if (w->pid == 0)
		witness_main(w->memory, parent);
	if (w->pid > 0)
		return MU_OK;
	w->pid = 0;
	return err_sys(e, errno, "fork");
}

bool
witness_wait(struct witness *w, char *text, size_t room)
{
	pid_t pid = w->pid;
	int status;

	w->pid = 0;
	if (!spawn_wait(pid, w->until_ms, &status)) {
		(void)snprintf(text, room, "did not end in %d s",
		    (WITNESS_MS + WITNESS_GRACE_MS) / 1000);
		return false;
	}
	spawn_how(status, text, room);
	return text[0] == '\0';
}

void
witness_free(struct witness *w)
{

	spawn_kill(w->pid);
	fd_close(w->memory);
	*w = WITNESS_NONE;
}

void
witness_report(struct buf *out)
{

	if (access("/proc/self/status", R_OK) < 0)
		buf_adds(out, "not on this system: it shows no /proc\n");
	else if (geteuid() != 0)
		buf_adds(out, "not every process: those of this account\n");
	else
		buf_adds(out, "every process, one hello to each socket that "
			      "listens on loopback\n");
}
