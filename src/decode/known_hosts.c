#include "decode/known_hosts.h"

#include "decode/sshline.h"
#include "decode/sshput.h"

/* What may stand before the hosts, and what is said of it. */
static const struct marker {
	const char *word, *says;
	enum role role;
} markers[] = {
	{ "@cert-authority", "authority for ", ROLE_TRUSTED },
	/* A key that must not be trusted is seen, and no more than that. */
	{ "@revoked", "revoked for ", ROLE_PUBLIC },
};

static const struct marker *
known_hosts_marker(struct str *line)
{
	struct str rest = *line, word;
	size_t i;

	(void)str_word(&rest, &word);
	for (i = 0; i < MU_COUNT(markers); i++) {
		if (!str_eq(word, str_from(markers[i].word)))
			continue;
		*line = rest;
		return &markers[i];
	}
	return NULL;
}

/*= sshd(8): hashed names start with a '|' character. */
static int
known_hosts_detail(const struct marker *m, struct str hosts, struct arena *a,
    struct str *out, struct err *e)
{

	if (str_starts(hosts, STR("|")))
		hosts = STR("a hashed name");
	return arena_fmt(a, out, e, "%s" STR_FMT, m != NULL ? m->says : "",
	    STR_ARG(str_head(hosts, KNOWN_HOSTS_NAMES_MAX)));
}

static int
known_hosts_line(struct sshline *l, struct str line, struct err *e)
{
	const struct marker *m = known_hosts_marker(&line);
	struct sshput what = { .role = m != NULL ? m->role : ROLE_TRUSTED,
		.mark = ':',
		.n = l->lines.at,
		.expires = WHEN_NONE };
	struct sshkey key;
	struct str hosts;
	struct err why = { 0 };

	if (!str_word(&line, &hosts) || !sshline_key(&line, &l->blob))
		return lines_gap(&l->lines, l->lines.at, GAP_MALFORMED,
		    "no host with an SSH public key stands on the line", e);
	if (sshkey_blob(buf_str(&l->blob), l->job, &key, &why) < 0)
		return sshline_fault(l, &why, e);
	what.key = &key;
	TRY(known_hosts_detail(m, hosts, l->job, &what.detail, e));
	TRY(sshput_credential(&l->in, &what, STR_NONE, e));
	return sshput_sighting(&l->in, &what, key.key, e);
}

static int
known_hosts_read(const struct decode_in *in, struct err *e)
{

	return sshline_each(in, known_hosts_line, NULL, e);
}

const struct decoder decode_known_hosts = {
	.name = "known_hosts",
	.place = "ssh.known_hosts",
	.sees = "Keys of SSH servers that are trusted",
	.source = "sshd(8), SSH_KNOWN_HOSTS FILE FORMAT",
	.max_bytes = SSHLINE_FILE_MAX,
	.read = known_hosts_read,
};
