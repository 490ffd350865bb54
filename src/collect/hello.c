#include "collect/hello.h"

#include "base/digest.h"

#define HELLO_RANDOM_BYTES 32

/* Every kind of certificate that servers have, each with several ciphers. */
static const uint16_t ciphers[] = {
	/* clang-format off */
	0xc02b, 0xc02c, 0xcca9, 0xc009, 0xc00a, 0xc023, 0xc024, /* ECDHE ECDSA */
	0xc02f, 0xc030, 0xcca8, 0xc013, 0xc014, 0xc027, 0xc028, /* ECDHE RSA */
	0x009e, 0x009f, 0xccaa, 0x0033, 0x0039, 0x0067, 0x006b, /* DHE RSA */
	0x009c, 0x009d, 0x002f, 0x0035, 0x003c, 0x003d, 0x000a, /* RSA */
	0x00ff, /* RFC 5746, section 3.3 */
	/* clang-format on */
};

/* x25519, P-256, P-384, P-521, x448, ffdhe2048 */
static const uint16_t groups[] = { 0x001d, 0x0017, 0x0018, 0x0019, 0x001e,
	0x0100 };

/* RFC 8446, section 4.2.3, and SHA-1, which old servers alone have. */
static const uint16_t signatures[] = { 0x0403, 0x0503, 0x0603, 0x0807, 0x0808,
	0x0804, 0x0805, 0x0806, 0x0809, 0x080a, 0x080b, 0x0401, 0x0501, 0x0601,
	0x0203, 0x0201 };

static void
put16(struct buf *b, size_t v)
{

	buf_addc(b, (char)(v >> 8));
	buf_addc(b, (char)v);
}

static void
put_list(struct buf *b, const uint16_t *list, size_t n)
{
	size_t i;

	put16(b, 2 * n);
	for (i = 0; i < n; i++)
		put16(b, list[i]);
}

/* An extension that is one list: type, length, list. */
static void
put_extension(struct buf *b, uint16_t type, const uint16_t *list, size_t n)
{

	put16(b, type);
	put16(b, 2 + 2 * n);
	put_list(b, list, n);
}

static void
put_extensions(struct buf *b)
{

	put_extension(b, 10, groups, MU_COUNT(groups));
	put_extension(b, 13, signatures, MU_COUNT(signatures));
	buf_add(b, STR("\0\x0b\0\2\1\0")); /* uncompressed points */
	buf_add(b, STR("\0\x17\0\0"));     /* extended master secret */
}

void
hello_write(struct buf *out)
{
	AUTO(buf) struct buf ext = { 0 };
	AUTO(buf) struct buf body = { 0 };
	unsigned char random[HELLO_RANDOM_BYTES];

	buf_init(&ext, HELLO_BYTES_MAX);
	buf_init(&body, HELLO_BYTES_MAX);
	digest_random(random, sizeof(random));
	put_extensions(&ext);
	buf_add(&body, STR("\3\3"));
	buf_add(&body, str_of(random, sizeof(random)));
	buf_addc(&body, 0); /* no session */
	put_list(&body, ciphers, MU_COUNT(ciphers));
	buf_add(&body, STR("\1\0")); /* no compression */
	put16(&body, ext.n);
	buf_add(&body, buf_str(&ext));
	buf_add(out, STR("\x16\3\1"));
	put16(out, body.n + 4);
	buf_add(out, STR("\1\0"));
	put16(out, body.n);
	buf_add(out, buf_str(&body));
}
