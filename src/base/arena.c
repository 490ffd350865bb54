#include "base/arena.h"

#include <stdarg.h>
#include <stddef.h>

#include "base/mem.h"

#define ARENA_BLOCK_BYTES 16384
#define ARENA_ALIGN       _Alignof(max_align_t)

struct block {
	struct block *next;
	size_t room, used;
	_Alignas(max_align_t) char bytes[];
};

struct arena {
	struct block *top;
	size_t cap, used; /* used counts bytes handed out, with padding */
};

void
arena_free(struct arena *a)
{
	struct block *b, *next;

	if (a == NULL)
		return;
	for (b = a->top; b != NULL; b = next) {
		next = b->next;
		mem_free(b);
	}
	mem_free(a);
}

struct arena *
arena_new(size_t cap_bytes)
{
	struct arena *a = mem_new(1, sizeof(*a));

	a->cap = cap_bytes;
	return a;
}

void
arena_reset(struct arena *a)
{
	struct block *b, *next, *keep = NULL;

	for (b = a->top; b != NULL; b = next) {
		next = b->next;
		if (keep == NULL && b->room == ARENA_BLOCK_BYTES)
			keep = b;
		else
			mem_free(b);
	}
	if (keep != NULL) {
		keep->next = NULL;
		keep->used = 0;
	}
	a->top = keep;
	a->used = 0;
}

size_t
arena_used(const struct arena *a)
{

	return a->used;
}

void *
arena_take(struct arena *a, size_t n, size_t size)
{
	struct block *b;
	size_t want, room;
	char *p;

	if (size == 0 || n == 0)
		n = size = 1;
	if (n > (SIZE_MAX / 2) / size)
		return NULL;
	want = (n * size + ARENA_ALIGN - 1) / ARENA_ALIGN * ARENA_ALIGN;
	if (want > a->cap || a->used > a->cap - want)
		return NULL;
	if (a->top == NULL || a->top->room - a->top->used < want) {
		room = want > ARENA_BLOCK_BYTES ? want : ARENA_BLOCK_BYTES;
		b = mem_new(1, sizeof(*b) + room);
		b->room = room;
		b->next = a->top;
		a->top = b;
	}
	p = a->top->bytes + a->top->used;
	a->top->used += want;
	a->used += want;
	memset(p, 0, want);
	return p;
}

int
arena_str(struct arena *a, struct str s, struct str *out, struct err *e)
{
	char *p = arena_take(a, s.n + 1, 1);

	if (p == NULL)
		return err_set(e, MU_ELIMIT, "the job's %zu bytes are used up",
		    a->cap);
	mem_copy(p, s.n + 1, s.p, s.n);
	*out = str_of(p, s.n);
	return MU_OK;
}

int
arena_fmt(struct arena *a, struct str *out, struct err *e, const char *fmt, ...)
{
	va_list ap;
	char *p;
	int n;

	va_start(ap, fmt);
	n = vsnprintf(NULL, 0, fmt, ap);
	va_end(ap);
	if (n < 0)
		return err_set(e, MU_EBUG, "format '%s'", fmt);
	p = arena_take(a, (size_t)n + 1, 1);
	if (p == NULL)
		return err_set(e, MU_ELIMIT, "the job's %zu bytes are used up",
		    a->cap);
	va_start(ap, fmt);
	(void)vsnprintf(p, (size_t)n + 1, fmt, ap);
	va_end(ap);
	*out = str_of(p, (size_t)n);
	return MU_OK;
}
