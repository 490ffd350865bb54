#include "base/err.h"

#include <errno.h>
#include <stdarg.h>

/* Cut a text that filled its room at the end of a UTF-8 character. */
static void
err_trim(char *text, size_t room, int wanted)
{
	size_t n;

	if (wanted < 0) {
		text[0] = '\0';
		return;
	}
	if ((size_t)wanted < room)
		return;
	n = room - 1;
	while (n > 0 && ((unsigned char)text[n - 1] & 0xc0) == 0x80)
		n--;
	if (n > 0 && ((unsigned char)text[n - 1] & 0xc0) == 0xc0)
		n--;
	text[n] = '\0';
}

static void
err_fill(struct err *e, enum mu_code code, int sys, const char *file, int line)
{

	e->code = code;
	e->sys = sys;
	e->file = file;
	e->line = line;
}

int
err_at(struct err *e, enum mu_code code, int sys, const char *file, int line,
    const char *fmt, ...)
{
	va_list ap;

	if (e == NULL)
		return code;
	err_fill(e, code, sys, file, line);
	va_start(ap, fmt);
	err_trim(e->text, sizeof(e->text),
	    vsnprintf(e->text, sizeof(e->text), fmt, ap));
	va_end(ap);
	return code;
}

static enum mu_code
err_code_of(int no)
{

	switch (no) {
	case EACCES:
	case EPERM:
		return MU_EDENIED;
	case ENOENT:
	case ENOTDIR:
		return MU_ENOTFOUND;
	default:
		return MU_ESYSTEM;
	}
}

int
err_sys_at(struct err *e, int no, const char *file, int line, const char *fmt,
    ...)
{
	char words[ERR_TEXT_BYTES];
	va_list ap;

	if (e == NULL)
		return err_code_of(no);
	va_start(ap, fmt);
	err_trim(words, sizeof(words),
	    vsnprintf(words, sizeof(words), fmt, ap));
	va_end(ap);
	return err_at(e, err_code_of(no), no, file, line, "%s: %s", words,
	    strerror(no));
}

int
err_wrap(struct err *e, const char *fmt, ...)
{
	char inner[ERR_TEXT_BYTES], outer[ERR_TEXT_BYTES];
	va_list ap;

	if (e == NULL)
		return MU_EBUG;
	(void)snprintf(inner, sizeof(inner), "%s", e->text);
	va_start(ap, fmt);
	err_trim(outer, sizeof(outer),
	    vsnprintf(outer, sizeof(outer), fmt, ap));
	va_end(ap);
	err_trim(e->text, sizeof(e->text),
	    snprintf(e->text, sizeof(e->text), "%s: %s", outer, inner));
	return e->code;
}

const char *
err_word(enum mu_code code)
{

	switch (code) {
	case MU_OK:
		return "ok";
	case MU_EFORMAT:
		return "format";
	case MU_ELIMIT:
		return "limit";
	case MU_ENOTFOUND:
		return "not-found";
	case MU_EDENIED:
		return "denied";
	case MU_ECONFLICT:
		return "conflict";
	case MU_ERETRY:
		return "retry";
	case MU_EUNSUPPORTED:
		return "unsupported";
	case MU_ESYSTEM:
		return "system";
	case MU_EBUG:
		return "bug";
	}
	return "bug";
}
