#include "collect/asker.h"

#include <sys/socket.h>
#include <errno.h>
#include <netinet/in.h>
#include <poll.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/fd.h"
#include "collect/hello.h"

#define ASKER_CHUNK   16384
#define ASKER_ALERT_N 7 /* bytes of a record that is one alert */

union asker_address {
	struct sockaddr any;
	struct sockaddr_in v4;
	struct sockaddr_in6 v6;
};

static socklen_t
asker_address(union asker_address *to, bool v6, const unsigned char *address,
    uint16_t port)
{

	*to = (union asker_address){ .any = { 0 } };
	if (v6) {
		to->v6.sin6_family = AF_INET6;
		to->v6.sin6_port = htons(port);
		mem_copy(&to->v6.sin6_addr, sizeof(to->v6.sin6_addr), address,
		    sizeof(to->v6.sin6_addr));
		return sizeof(to->v6);
	}
	to->v4.sin_family = AF_INET;
	to->v4.sin_port = htons(port);
	mem_copy(&to->v4.sin_addr, sizeof(to->v4.sin_addr), address,
	    sizeof(to->v4.sin_addr));
	return sizeof(to->v4);
}

/* A socket that reaches loopback alone: by its device and by its own end. */
static int
asker_socket(bool v6)
{
	static const struct procfs_socket everywhere[2] = { { .v6 = false },
		{ .v6 = true } };
	unsigned char own[TESTIMONY_ADDRESS_BYTES];
	union asker_address at;
	socklen_t n;
	int fd, one = 1;

	fd = socket(v6 ? AF_INET6 : AF_INET,
	    SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	if (fd < 0)
		return -1;
	(void)procfs_loopback(&everywhere[v6], own);
	n = asker_address(&at, v6, own, 0);
	if (setsockopt(fd, SOL_SOCKET, SO_BINDTODEVICE, "lo", sizeof("lo")) <
		0 ||
	    setsockopt(fd, SOL_IP, IP_BIND_ADDRESS_NO_PORT, &one, sizeof(one)) <
		0 ||
	    bind(fd, &at.any, n) < 0) {
		(void)close(fd);
		return -1;
	}
	return fd;
}

void
asker_open(struct asker *a)
{
	size_t v6, i;
	int fd;

	*a = (struct asker){ .until_ms = 0 };
	buf_init(&a->hello, HELLO_BYTES_MAX);
	for (v6 = 0; v6 < 2; v6++)
		for (i = 0; i < ASKER_SOCKETS_MAX; i++) {
			fd = asker_socket(v6 != 0);
			if (fd < 0)
				break;
			a->pool[v6][a->n_pool[v6]++] = fd;
		}
}

void
asker_free(struct asker *a)
{
	size_t v6, i;

	for (v6 = 0; v6 < 2; v6++)
		for (i = 0; i < a->n_pool[v6]; i++)
			(void)close(a->pool[v6][i]);
	for (i = 0; i < a->all.n; i++) {
		fd_close(a->all.v[i].fd);
		buf_free(&a->all.v[i].said);
	}
	vec_free(&a->all);
	vec_free(&a->found);
	buf_free(&a->hello);
}

static int
asker_order(const void *x, const void *y)
{
	const struct procfs_socket *a = x, *b = y;
	int c;

	if (a->v6 != b->v6)
		return a->v6 ? 1 : -1;
	c = str_cmp(str_of(a->address, sizeof(a->address)),
	    str_of(b->address, sizeof(b->address)));
	return c != 0 ? c : (int)a->port - (int)b->port;
}

bool
asker_add(struct asker *a, const struct procfs_socket *s)
{

	return vec_push(&a->found, ASKER_LISTENERS_MAX, *s);
}

static void
asker_done(struct asker_one *o, enum testimony_answer answer)
{

	o->answer = answer;
	fd_close(o->fd);
	o->fd = -1;
}

static void
asker_connect(struct asker *a, struct asker_one *o)
{
	unsigned char address[TESTIMONY_ADDRESS_BYTES];
	union asker_address to;
	size_t v6 = o->where.v6;
	socklen_t n;

	o->answer = TESTIMONY_BEYOND;
	if (!procfs_loopback(&o->where, address))
		return;
	o->answer = TESTIMONY_UNASKED;
	if (a->n_pool[v6] == 0)
		return;
	o->fd = a->pool[v6][--a->n_pool[v6]];
	n = asker_address(&to, o->where.v6, address, o->where.port);
	o->answer = TESTIMONY_STOPPED;
	if (connect(o->fd, &to.any, n) == 0 || errno == EINPROGRESS)
		return;
	asker_done(o,
	    errno == ECONNREFUSED ? TESTIMONY_REFUSED : TESTIMONY_BEYOND);
}

void
asker_start(struct asker *a, int64_t until_ms)
{
	int64_t mine = clock_mono_ms() + ASKER_EACH_MS;
	struct asker_one o;
	size_t i;

	a->until_ms = mine < until_ms ? mine : until_ms;
	hello_write(&a->hello);
	if (a->found.n != 0)
		qsort(a->found.v, a->found.n, sizeof(*a->found.v), asker_order);
	for (i = 0; i < a->found.n; i++) {
		if (i != 0 &&
		    asker_order(&a->found.v[i - 1], &a->found.v[i]) == 0)
			continue;
		o = (struct asker_one){ .where = a->found.v[i], .fd = -1 };
		buf_init(&o.said, ASKER_ANSWER_MAX);
		asker_connect(a, &o);
		MU_ASSERT(vec_push(&a->all, ASKER_LISTENERS_MAX, o));
	}
}

bool
asker_find(const struct asker *a, uint64_t inode, size_t *at)
{
	size_t i, k;

	for (i = 0; i < a->found.n; i++) {
		if (a->found.v[i].inode != inode)
			continue;
		for (k = 0; k < a->all.n; k++)
			if (asker_order(&a->found.v[i], &a->all.v[k].where) ==
			    0) {
				*at = k;
				return true;
			}
	}
	return false;
}

/* The connection stands, or it does not: writing tells. */
static void
asker_send(struct asker *a, struct asker_one *o)
{
	ssize_t n = write(o->fd, a->hello.p, a->hello.n);

	if (n == (ssize_t)a->hello.n)
		o->sent = true;
	else if (n < 0 && errno == ECONNREFUSED)
		asker_done(o, TESTIMONY_REFUSED);
	else if (n >= 0 || (errno != EAGAIN && errno != EINTR))
		asker_done(o, TESTIMONY_OTHER);
}

/* Whether it can be TLS, and whether the server has said all. */
static void
asker_look(struct asker_one *o)
{
	static const char done[] = { 14, 0, 0, 0 };
	struct str s = buf_str(&o->said);

	if (s.p[0] != 21 && s.p[0] != 22)
		asker_done(o, TESTIMONY_OTHER);
	else if (s.n == ASKER_ANSWER_MAX)
		asker_done(o, TESTIMONY_CUT);
	else if ((s.p[0] == 21 && s.n >= ASKER_ALERT_N) ||
		 str_ends(s, str_of(done, sizeof(done))))
		asker_done(o, TESTIMONY_TLS);
}

static void
asker_receive(struct asker_one *o)
{
	size_t room = ASKER_ANSWER_MAX - o->said.n;
	char *at;
	ssize_t n;

	if (room > ASKER_CHUNK)
		room = ASKER_CHUNK;
	at = buf_room(&o->said, room);
	MU_ASSERT(at != NULL);
	n = read(o->fd, at, room);
	if (n < 0 && (errno == EAGAIN || errno == EINTR))
		return;
	if (n <= 0) {
		asker_done(o, o->said.n != 0 ? TESTIMONY_TLS : TESTIMONY_OTHER);
		return;
	}
	buf_took(&o->said, (size_t)n);
	asker_look(o);
}

/* One round over all that are open; false: none is. */
static bool
asker_round(struct asker *a, int64_t wait_ms)
{
	struct pollfd p[2 * ASKER_SOCKETS_MAX];
	size_t of[2 * ASKER_SOCKETS_MAX], n = 0, i;
	struct asker_one *o;

	for (i = 0; i < a->all.n; i++) {
		o = &a->all.v[i];
		if (o->fd < 0)
			continue;
		p[n] = (struct pollfd){ .fd = o->fd,
			.events = o->sent ? POLLIN : POLLOUT };
		of[n++] = i;
	}
	if (n == 0 || poll(p, n, (int)wait_ms) <= 0)
		return n != 0;
	for (i = 0; i < n; i++) {
		o = &a->all.v[of[i]];
		if (p[i].revents != 0 && o->sent)
			asker_receive(o);
		else if (p[i].revents != 0)
			asker_send(a, o);
	}
	return true;
}

void
asker_finish(struct asker *a)
{
	struct asker_one *o;
	int64_t left;
	size_t i;

	for (;;) {
		left = a->until_ms - clock_mono_ms();
		if (left <= 0 || !asker_round(a, left))
			break;
	}
	for (i = 0; i < a->all.n; i++) {
		o = &a->all.v[i];
		/* Silence is no answer of TLS; half of one is something else. */
		if (o->fd >= 0)
			asker_done(o, o->sent && o->said.n == 0 ?
					  TESTIMONY_OTHER :
					  TESTIMONY_STOPPED);
	}
}
