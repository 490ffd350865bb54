#include "decode/tlsflight.h"

#include "base/mem.h"

#define TLSFLIGHT_HEAD    5
#define TLSFLIGHT_ALERT   21
#define TLSFLIGHT_MESSAGE 22
/* RFC 5246, section 6.2.3: 2^14 and 2,048 for what a cipher may add. */
#define TLSFLIGHT_RECORD_MAX 18432

enum tlsflight_type {
	TLSFLIGHT_HELLO_REQUEST = 0,
	TLSFLIGHT_HELLO = 2,
	TLSFLIGHT_TICKET = 4,
	TLSFLIGHT_CERTIFICATE = 11,
	TLSFLIGHT_KEY = 12,
	TLSFLIGHT_REQUEST = 13,
	TLSFLIGHT_DONE = 14,
	TLSFLIGHT_STATUS = 22,
};

static size_t
tlsflight_number(struct str s, size_t at, size_t bytes)
{
	size_t v = 0, i;

	for (i = 0; i < bytes; i++)
		v = v << 8 | (unsigned char)s.p[at + i];
	return v;
}

static void
tlsflight_alert(struct tlsflight *f, struct str body)
{

	if (body.n >= 2)
		f->alert = (unsigned char)body.p[1];
}

/* Join the handshake bytes of all records in ${to}, which has room for them. */
static size_t
tlsflight_join(struct tlsflight *f, struct str s, char *to, size_t room)
{
	struct str body;
	size_t n, at = 0;

	while (s.n >= TLSFLIGHT_HEAD && f->fault == NULL && f->alert < 0) {
		n = tlsflight_number(s, 3, 2);
		if (s.p[1] != 3 || n == 0 || n > TLSFLIGHT_RECORD_MAX) {
			f->fault = "a record is none (RFC 5246, section 6.2.1)";
			break;
		}
		body = str_head(str_skip(s, TLSFLIGHT_HEAD), n);
		if (s.p[0] == TLSFLIGHT_ALERT) {
			tlsflight_alert(f, body);
		} else if (s.p[0] == TLSFLIGHT_MESSAGE) {
			mem_copy(to + at, room - at, body.p, body.n);
			at += body.n;
		} else {
			f->fault = "a record that is no handshake";
		}
		s = str_skip(s, TLSFLIGHT_HEAD + n);
	}
	return at;
}

/* RFC 5246, section 7.4.2: a list with its length, each entry with its own. */
static void
tlsflight_certs(struct tlsflight *f, struct str body)
{
	size_t n;

	if (body.n < 3 || tlsflight_number(body, 0, 3) != body.n - 3) {
		f->fault = "the length of its Certificate message is wrong";
		return;
	}
	body = str_skip(body, 3);
	while (body.n != 0) {
		n = body.n < 3 ? 0 : tlsflight_number(body, 0, 3);
		if (n == 0 || n > body.n - 3) {
			f->fault = "a certificate of its chain breaks off";
			return;
		}
		if (f->n == TLSFLIGHT_CERTS_MAX) {
			f->fault = "its chain has too many certificates";
			return;
		}
		f->certs[f->n++] = str_head(str_skip(body, 3), n);
		body = str_skip(body, 3 + n);
	}
}

static void
tlsflight_message(struct tlsflight *f, int type, struct str body)
{

	switch (type) {
	case TLSFLIGHT_HELLO:
		f->hello = true;
		break;
	case TLSFLIGHT_CERTIFICATE:
		if (f->n != 0)
			f->fault = "a second Certificate message";
		else
			tlsflight_certs(f, body);
		break;
	case TLSFLIGHT_DONE:
		f->done = true;
		break;
	case TLSFLIGHT_HELLO_REQUEST:
	case TLSFLIGHT_TICKET:
	case TLSFLIGHT_KEY:
	case TLSFLIGHT_REQUEST:
	case TLSFLIGHT_STATUS:
		break;
	default:
		f->fault = "a message that no server sends first";
		break;
	}
}

int
tlsflight_read(struct str bytes, struct arena *a, struct tlsflight *out,
    struct err *e)
{
	struct tlsflight f = { .alert = TLSFLIGHT_NO_ALERT };
	struct str m;
	size_t n;
	char *joined;

	if (bytes.n < 2 || bytes.p[1] != 3 ||
	    (bytes.p[0] != TLSFLIGHT_MESSAGE && bytes.p[0] != TLSFLIGHT_ALERT))
		return err_set(e, MU_EFORMAT,
		    "no TLS record as in RFC 5246, section 6.2.1");
	joined = arena_take(a, bytes.n, 1);
	f.certs = arena_take(a, TLSFLIGHT_CERTS_MAX, sizeof(*f.certs));
	if (joined == NULL || f.certs == NULL)
		return err_set(e, MU_ELIMIT, "too much of TLS at once");
	m = str_of(joined, tlsflight_join(&f, bytes, joined, bytes.n));
	while (m.n >= 4 && !f.done) {
		n = tlsflight_number(m, 1, 3);
		if (n > m.n - 4)
			break;
		tlsflight_message(&f, (unsigned char)m.p[0],
		    str_head(str_skip(m, 4), n));
		m = str_skip(m, 4 + n);
	}
	*out = f;
	return MU_OK;
}
