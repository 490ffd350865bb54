#include "collect/procfs.h"

#include "base/mem.h"
#include "decode/envname.h"

#define PROCFS_LISTEN      0x0a
#define PROCFS_WORD_DIGITS 8
#define PROCFS_ID_DIGITS   64
#define PROCFS_ID_SHOWN    12

static bool
procfs_digit(char c, unsigned *v)
{
	static const char digits[] = "0123456789abcdef";
	size_t at = str_chr(str_from(digits),
	    (char)(c >= 'A' && c <= 'F' ? c - 'A' + 'a' : c));

	*v = (unsigned)at;
	return at != SIZE_MAX;
}

/* All of ${s} in hexadecimal. */
static bool
procfs_hex(struct str s, uint32_t *out)
{
	unsigned v;
	size_t i;

	*out = 0;
	for (i = 0; i < s.n; i++) {
		if (!procfs_digit(s.p[i], &v))
			return false;
		*out = *out << 4 | v;
	}
	return s.n != 0 && s.n <= PROCFS_WORD_DIGITS;
}

/* Words of eight digits, each a number as this machine holds it in memory. */
static bool
procfs_address(struct str s, bool v6, unsigned char *out)
{
	size_t n = v6 ? 4 : 1, i;
	uint32_t word;

	if (s.n != n * PROCFS_WORD_DIGITS)
		return false;
	for (i = 0; i < n; i++) {
		if (!procfs_hex(str_head(str_skip(s, i * PROCFS_WORD_DIGITS),
				    PROCFS_WORD_DIGITS),
			&word))
			return false;
		mem_copy(out + i * sizeof(word),
		    TESTIMONY_ADDRESS_BYTES - i * sizeof(word), &word,
		    sizeof(word));
	}
	return true;
}

bool
procfs_listener(struct str line, bool v6, struct procfs_socket *out)
{
	struct procfs_socket s = { .v6 = v6 };
	struct str word[10], address, port;
	uint32_t state, number;
	int64_t inode;
	size_t i;

	for (i = 0; i < MU_COUNT(word); i++)
		if (!str_word(&line, &word[i]))
			return false;
	if (!str_cut(word[1], ':', &address, &port) ||
	    !procfs_address(address, v6, s.address) || port.n != 4 ||
	    !procfs_hex(port, &number) || !procfs_hex(word[3], &state) ||
	    state != PROCFS_LISTEN || !str_i64(word[9], 1, INT64_MAX, &inode))
		return false;
	s.port = (uint16_t)number;
	s.inode = (uint64_t)inode;
	*out = s;
	return true;
}

/* How many bytes at the start of ${p} are zero. */
static size_t
procfs_zeros(const unsigned char *p, size_t n)
{
	size_t i;

	for (i = 0; i < n && p[i] == 0; i++)
		continue;
	return i;
}

bool
procfs_loopback(const struct procfs_socket *s,
    unsigned char address[TESTIMONY_ADDRESS_BYTES])
{
	static const unsigned char v4[4] = { 127, 0, 0, 1 };
	size_t n = s->v6 ? TESTIMONY_ADDRESS_BYTES : sizeof(v4);
	size_t zeros = procfs_zeros(s->address, n);

	mem_copy(address, TESTIMONY_ADDRESS_BYTES, s->address,
	    TESTIMONY_ADDRESS_BYTES);
	if (zeros < n)
		return s->v6 ? zeros == n - 1 && s->address[zeros] == 1 :
			       s->address[0] == 127;
	if (s->v6)
		address[n - 1] = 1;
	else
		mem_copy(address, TESTIMONY_ADDRESS_BYTES, v4, sizeof(v4));
	return true;
}

bool
procfs_inode(struct str link, uint64_t *inode)
{
	int64_t v;

	if (!str_starts(link, STR("socket:[")) || !str_ends(link, STR("]")))
		return false;
	link = str_skip(link, sizeof("socket:[") - 1);
	if (!str_i64(str_head(link, link.n - 1), 1, INT64_MAX, &v))
		return false;
	*inode = (uint64_t)v;
	return true;
}

/* Field ${n} of the line that begins with ${head}, from 0. */
static bool
procfs_field(struct str text, const char *head, size_t n, uint32_t *out)
{
	struct str line, word = STR_NONE;
	int64_t v;
	size_t i;

	while (str_line(&text, &line)) {
		if (!str_starts(line, str_from(head)))
			continue;
		line = str_skip(line, strlen(head));
		for (i = 0; i <= n; i++)
			if (!str_word(&line, &word))
				return false;
		if (!str_i64(word, 0, UINT32_MAX, &v))
			return false;
		*out = (uint32_t)v;
		return true;
	}
	return false;
}

/* "Name:" is the first line; a program can put no line end into it. */
bool
procfs_status(struct str text, struct procfs_status *out)
{

	return procfs_field(text, "PPid:", 0, &out->parent) &&
	       procfs_field(text, "Uid:", 1, &out->uid);
}

static bool
procfs_is_id(struct str s)
{
	unsigned v;
	size_t i;

	for (i = 0; i < s.n; i++)
		if (!procfs_digit(s.p[i], &v))
			return false;
	return s.n == PROCFS_ID_DIGITS;
}

/* "docker-ID.scope", "cri-containerd:ID", "ID": how engines name a container. */
static bool
procfs_container(struct str part, struct str *id)
{
	size_t i;

	if (str_ends(part, STR(".scope")))
		part.n -= sizeof(".scope") - 1;
	for (i = part.n; i > 0; i--)
		if (part.p[i - 1] == '-' || part.p[i - 1] == ':')
			break;
	part = str_skip(part, i);
	*id = str_head(part, PROCFS_ID_SHOWN);
	return procfs_is_id(part);
}

/*
 * The innermost container counts, else the outermost service: what runs below
 * user@1000.service belongs to it.
 */
static enum testimony_kind
procfs_group(struct str path, struct str *name)
{
	enum testimony_kind kind = TESTIMONY_PROGRAM;
	struct str part, id;

	while (path.n != 0) {
		(void)str_cut(path, '/', &part, &path);
		if (procfs_container(part, &id)) {
			kind = TESTIMONY_CONTAINER;
			*name = id;
		} else if (kind == TESTIMONY_PROGRAM &&
			   part.n <= TESTIMONY_NAME_MAX &&
			   part.n > sizeof(".service") - 1 &&
			   str_ends(part, STR(".service"))) {
			kind = TESTIMONY_UNIT;
			*name = part;
		}
	}
	return kind;
}

/* Lines are "number:controllers:path"; those of version 2 and of systemd. */
enum testimony_kind
procfs_workload(struct str text, struct str *name)
{
	enum testimony_kind kind = TESTIMONY_PROGRAM, got;
	struct str line, number, what, found = STR_NONE;

	*name = STR_NONE;
	while (str_line(&text, &line)) {
		if (!str_cut(line, ':', &number, &line) ||
		    !str_cut(line, ':', &what, &line))
			continue;
		got = procfs_group(line, &found);
		if (got == TESTIMONY_PROGRAM ||
		    (got == TESTIMONY_UNIT && what.n != 0 &&
			!str_eq(what, STR("name=systemd"))))
			continue;
		if (kind == TESTIMONY_PROGRAM || got == TESTIMONY_CONTAINER) {
			kind = got;
			*name = found;
		}
	}
	return kind;
}

bool
procfs_variable(struct str *rest, struct str *name)
{
	struct str one, value;

	while (rest->n != 0) {
		(void)str_cut(*rest, '\0', &one, rest);
		if (!str_cut(one, '=', name, &value))
			continue;
		if (value.n != 0 && value.p[0] != '/' && envname_plain(*name) &&
		    envname_secret(*name))
			return true;
	}
	return false;
}

void
procfs_print(struct str s, struct buf *out)
{
	size_t i;

	for (i = 0; i < s.n && i < TESTIMONY_NAME_MAX; i++)
		buf_addc(out, s.p[i] > ' ' && s.p[i] <= '~' ? s.p[i] : '?');
}

void
procfs_program(struct str link, struct str comm, struct buf *out)
{
	size_t cut;

	/* What was replaced while it ran: an upgrade without a restart. */
	if (str_ends(link, STR(" (deleted)")))
		link.n -= sizeof(" (deleted)") - 1;
	cut = str_rchr(link, '/');
	if (cut != SIZE_MAX)
		link = str_skip(link, cut + 1);
	procfs_print(link.n != 0 ? link : str_trim(comm), out);
}
