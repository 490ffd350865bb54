#include "base/buf.h"

#include <stdarg.h>

#include "base/mem.h"

#define BUF_FIRST_BYTES 256

void
buf_init(struct buf *b, size_t cap_bytes)
{

	*b = (struct buf){ .cap = cap_bytes };
}

void
buf_free(struct buf *b)
{

	mem_free(b->p);
	buf_init(b, b->cap);
}

void
buf_reset(struct buf *b)
{

	b->n = 0;
	b->bad = false;
}

void
buf_cut(struct buf *b, size_t n)
{

	if (n < b->n)
		b->n = n;
}

void
buf_drop(struct buf *b, size_t n)
{

	if (n > b->n)
		n = b->n;
	if (n != 0)
		memmove(b->p, b->p + n, b->n - n);
	b->n -= n;
}

char *
buf_room(struct buf *b, size_t n)
{
	size_t room;

	if (b->bad || n > b->cap || b->n > b->cap - n) {
		b->bad = true;
		return NULL;
	}
	if (b->p == NULL || b->room - b->n < n) {
		room = b->room * 2 > BUF_FIRST_BYTES ? b->room * 2 :
						       BUF_FIRST_BYTES;
		if (room < b->n + n)
			room = b->n + n;
		b->p = mem_grow(b->p, room, 1);
		b->room = room;
	}
	return b->p + b->n;
}

void
buf_took(struct buf *b, size_t n)
{

	MU_ASSERT(n <= b->room - b->n);
	b->n += n;
}

void
buf_add(struct buf *b, struct str s)
{
	char *at;

	if (s.n == 0 || (at = buf_room(b, s.n)) == NULL)
		return;
	mem_copy(at, b->room - b->n, s.p, s.n);
	buf_took(b, s.n);
}

void
buf_addc(struct buf *b, char c)
{
	char *at = buf_room(b, 1);

	if (at == NULL)
		return;
	*at = c;
	buf_took(b, 1);
}

void
buf_adds(struct buf *b, const char *c)
{

	buf_add(b, str_from(c));
}

void
buf_addf(struct buf *b, const char *fmt, ...)
{
	va_list ap;
	char *at;
	int n;

	va_start(ap, fmt);
	n = vsnprintf(NULL, 0, fmt, ap);
	va_end(ap);
	MU_ASSERT(n >= 0);
	if ((at = buf_room(b, (size_t)n + 1)) == NULL)
		return;
	va_start(ap, fmt);
	(void)vsnprintf(at, (size_t)n + 1, fmt, ap);
	va_end(ap);
	buf_took(b, (size_t)n);
}

struct str
buf_str(const struct buf *b)
{

	return str_of(b->p, b->n);
}

int
buf_check(const struct buf *b, const char *what, struct err *e)
{

	if (!b->bad)
		return MU_OK;
	return err_set(e, MU_ELIMIT, "%s is longer than %zu bytes", what,
	    b->cap);
}
