/*
 * placec: turn the files of places/ into the C table collect_places[].
 *
 *	placec SOURCE-ROOT FILE.yaml ... > places.c
 *
 * Run by the build alone. An error in a file of places, a decoder that is not
 * there or a sample folder that is missing stops the build.
 */

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "base/fd.h"
#include "collect/placefile.h"

#define PLACEC_PATH_MAX 4096

static const char *const kinds_c[ID_KINDS + 1] = {
	"ID_PERSON",
	"ID_TLS_CERT",
	"ID_CLIENT_CERT",
	"ID_SSH_KEY",
	"ID_HOST_KEY",
	"ID_API_KEY",
	"ID_TOKEN",
	"ID_OAUTH_APP",
	"ID_SERVICE_ACCOUNT",
	"ID_CLOUD_IDENTITY",
	"ID_CLOUD_ACCESS_KEY",
	"ID_IOT_CREDENTIAL",
	"ID_WEBHOOK_SECRET",
	"ID_DB_CREDENTIAL",
	"ID_WORKLOAD",
	"ID_AI_AGENT",
	"ID_INTERNAL_CA",
	"ID_SIGNING_KEY",
	"ID_VPN_PEER",
	"ID_NETWORK_SECRET",
	"ID_KINDS",
};

static const char *const rights_c[] = { "RIGHTS_ANY", "RIGHTS_OWNER",
	"RIGHTS_ROOT" };

/* A C string literal; bytes that are not plain ASCII in octal. */
static void
put_text(struct buf *b, const char *s)
{

	buf_addc(b, '"');
	for (; *s != '\0'; s++) {
		if (*s == '"' || *s == '\\' || *s == '?')
			buf_addf(b, "\\%c", *s);
		else if (*s >= ' ' && *s < 0x7f)
			buf_addc(b, *s);
		else
			buf_addf(b, "\\%03o", (unsigned)(unsigned char)*s);
	}
	buf_addc(b, '"');
}

static void
put_row(struct buf *b, const struct place *p, size_t i)
{
	const char *const texts[] = { p->id, p->row, p->title, p->sees };
	size_t k;

	buf_adds(b, "\t{ ");
	for (k = 0; k < MU_COUNT(texts); k++) {
		put_text(b, texts[k]);
		buf_adds(b, ", ");
	}
	buf_addf(b, "%s, ", rights_c[p->rights]);
	put_text(b, p->decoder);
	buf_addf(b, ", %s, globs_%zu, %s, ", kinds_c[p->kind], i,
	    p->live ? "true" : "false");
	if (p->picks != NULL)
		buf_addf(b, "picks_%zu },\n", i);
	else
		buf_adds(b, "NULL },\n");
}

static void
put_picks(struct buf *b, const struct place *p, size_t i)
{
	const struct pick *k;

	if (p->picks == NULL)
		return;
	buf_addf(b, "static const struct pick picks_%zu[] = {\n", i);
	for (k = p->picks; k->secret != NULL; k++) {
		const struct {
			const char *name, *text;
		} t[] = { { "secret", k->secret }, { "name", k->name },
			{ "scheme", k->scheme }, { "user", k->user },
			{ "host", k->host }, { "port", k->port },
			{ "db", k->db }, { "id", k->id },
			{ "id_prefix", k->id_prefix } };
		size_t n;

		buf_addf(b, "\t{ .kind = %s", kinds_c[k->kind]);
		for (n = 0; n < MU_COUNT(t); n++) {
			if (t[n].text == NULL)
				continue;
			buf_addf(b, ", .%s = ", t[n].name);
			put_text(b, t[n].text);
		}
		buf_adds(b, " },\n");
	}
	buf_adds(b, "\t{ .secret = NULL },\n};\n");
}

static void
put_globs(struct buf *b, const struct place *p, size_t i)
{
	size_t k;

	buf_addf(b, "static const char *const globs_%zu[] = { ", i);
	for (k = 0; p->globs[k] != NULL; k++) {
		put_text(b, p->globs[k]);
		buf_adds(b, ", ");
	}
	buf_adds(b, "NULL };\n");
}

static int
check_samples(const char *root, const struct placefile *p, struct err *e)
{
	char path[PLACEC_PATH_MAX];
	size_t i;

	for (i = 0; i < p->rows.n; i++) {
		if (p->rows.v[i].sample == NULL)
			continue;
		(void)snprintf(path, sizeof(path), "%s/%s", root,
		    p->rows.v[i].sample);
		if (access(path, R_OK) < 0)
			return err_sys(e, errno, "%s:%d: sample %s",
			    p->rows.v[i].file, p->rows.v[i].line,
			    p->rows.v[i].sample);
	}
	return MU_OK;
}

static int
compile(int argc, char **argv, struct buf *out, struct err *e)
{
	AUTO(placefile) struct placefile p;
	AUTO(buf) struct buf text;
	const char *base;
	size_t i;
	int k;

	placefile_init(&p);
	buf_init(&text, PLACEFILE_BYTES_MAX);
	for (k = 2; k < argc; k++) {
		buf_reset(&text);
		TRY(fd_read_file(AT_FDCWD, argv[k], &text, e));
		base = strrchr(argv[k], '/');
		TRY(placefile_add(&p, base != NULL ? base + 1 : argv[k],
		    buf_str(&text), e));
	}
	TRY(placefile_sort(&p, e));
	TRY(placefile_check(&p, e));
	TRY(check_samples(argv[1], &p, e));
	buf_adds(out, "/* Made by placec from the files of places/. */\n\n"
		      "#include \"collect/collect.h\"\n\n");
	for (i = 0; i < p.rows.n; i++) {
		put_globs(out, &p.rows.v[i].place, i);
		put_picks(out, &p.rows.v[i].place, i);
	}
	buf_adds(out, "\nconst struct place collect_places[] = {\n");
	for (i = 0; i < p.rows.n; i++)
		put_row(out, &p.rows.v[i].place, i);
	buf_adds(out, "\t{ .id = NULL },\n};\n");
	return buf_check(out, "the table of places", e);
}

int
main(int argc, char **argv)
{
	AUTO(buf) struct buf out;
	struct err e = { 0 };

	buf_init(&out, 16 * PLACEFILE_BYTES_MAX);
	if (argc < 2 || compile(argc, argv, &out, &e) < 0 ||
	    fd_write_all(STDOUT_FILENO, buf_str(&out), &e) < 0) {
		(void)fprintf(stderr, "placec: %s\n",
		    argc < 2 ? "usage: placec ROOT FILE..." : e.text);
		return 1;
	}
	return 0;
}
