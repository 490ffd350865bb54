#include "decode/cmdopt.h"

#include "decode/cmdword.h"
#include "decode/token.h"

static bool
cmdopt_in(const char *const *list, size_t n, struct str s)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (str_eq(s, str_from(list[i])))
			return true;
	return false;
}

/* Whether ${s} is what the program would get, and nothing to be filled in. */
bool
cmdopt_value(struct str s)
{
	static const char *const files[] = { ".pem", ".key", ".crt", ".txt",
		".json", ".yaml", ".yml", ".conf", ".env", ".p12", ".ini",
		".toml", ".sh", ".cfg" };
	size_t i;

	for (i = 0; i < MU_COUNT(files); i++)
		if (str_ends(s, str_from(files[i])))
			return false;
	return s.n > 1 && str_chr(s, CMDWORD_HOLE) == SIZE_MAX &&
	       !str_starts(s, STR("@")) && !str_starts(s, STR("fd:")) &&
	       !str_has_nul(s) && token_value(s);
}

/* "--api-key", "-password" and the like: an option whose value is a secret.
 * A "key" alone is a file or a name more often than not. */
bool
cmdopt_telling(struct str option)
{
	static const char *const ends[] = { "password", "passwd", "passphrase",
		"token", "secret", "apikey", "secretkey", "authkey",
		"accountkey", "sharedkey", "secretaccesskey", "masterkey" };
	static const char *const never[] = { "next", "starting", "page",
		"continuation", "ask", "prompt", "without", "idempotency",
		"request", "use" };
	char flat[CMDOPT_NAME_MAX];
	struct str s;
	size_t i, n = 0;

	if (option.n > CMDOPT_NAME_MAX || !token_named(option))
		return false;
	for (i = 0; i < option.n; i++)
		if (option.p[i] != '-' && option.p[i] != '_' &&
		    option.p[i] != '.')
			flat[n++] =
			    (char)(option.p[i] >= 'A' && option.p[i] <= 'Z' ?
				       option.p[i] - 'A' + 'a' :
				       option.p[i]);
	s = str_of(flat, n);
	for (i = 0; i < MU_COUNT(never); i++)
		if (str_find(s, str_from(never[i])) != SIZE_MAX)
			return false;
	for (i = 0; i < MU_COUNT(ends); i++)
		if (str_ends(s, str_from(ends[i])))
			return true;
	return str_eq(s, STR("pass"));
}

/* An option's name alone: dashes, then letters, digits and "-_.:". */
bool
cmdopt_name(struct str s, struct str *name)
{
	size_t i, dashes = str_starts(s, STR("--")) ? 2 : 1;

	if (!str_starts(s, STR("-")) || s.n < dashes + 2)
		return false;
	*name = str_skip(s, dashes);
	for (i = 0; i < name->n; i++)
		if (!(name->p[i] >= 'a' && name->p[i] <= 'z') &&
		    !(name->p[i] >= 'A' && name->p[i] <= 'Z') &&
		    !(name->p[i] >= '0' && name->p[i] <= '9') &&
		    str_chr(STR("-_.:"), name->p[i]) == SIZE_MAX)
			return false;
	return true;
}

/* Programs whose long option is a flag, or names a secret kept elsewhere. */
bool
cmdopt_flag(struct str program, struct str option)
{
	static const char *const flags[] = { "psql", "pg_dump", "pg_dumpall",
		"pg_restore", "pg_basebackup", "createdb", "dropdb",
		"createuser", "dropuser", "vacuumdb", "reindexdb", "clusterdb",
		"pg_isready", "pg_receivewal", "mysql", "mysqldump",
		"mysqladmin", "mysqlcheck", "mysqlimport", "mysqlshow",
		"mariadb", "mariadb-dump", "mariadb-admin", "mariadb-check" };
	static const char *const named[] = { "docker", "podman", "buildah",
		"nerdctl", "kubectl", "oc", "systemd-creds" };

	if (cmdopt_in(flags, MU_COUNT(flags), program))
		return true;
	return str_eq_nocase(option, STR("secret")) &&
	       cmdopt_in(named, MU_COUNT(named), program);
}

/* Short options that take a secret. */
static const struct cmdopt_short_row {
	const char *programs; /* with blanks around each */
	const char *option;
	bool glued, apart, login; /* "-pX", "-p X"; login: of "user:X" */
} cmdopt_rows[] = {
	{ " mysql mysqldump mysqladmin mysqlcheck mysqlimport mysqlshow "
	  "mysqlpump "
	  "mariadb mariadb-dump mariadb-admin mariadb-check mariadb-import "
	  "xtrabackup mariabackup ",
	    "-p", true, false, false },
	{ " sshpass ", "-p", true, true, false },
	{ " redis-cli valkey-cli ", "-a", false, true, false },
	{ " ldapsearch ldapadd ldapmodify ldapdelete ldapwhoami ldappasswd ",
	    "-w", true, true, false },
	{ " mosquitto_pub mosquitto_sub mosquitto_rr ", "-P", false, true,
	    false },
	{ " mongo mongosh mongodump mongorestore mongoexport mongoimport ",
	    "-p", false, true, false },
	{ " curl ", "-u", true, true, true },
	{ " curl ", "--user", false, true, true },
	{ " curl ", "-U", true, true, true },
	{ " curl ", "--proxy-user", false, true, true },
};

static bool
cmdopt_has(const char *programs, struct str program)
{
	struct str all = str_from(programs);
	size_t at = str_find(all, program);

	return program.n != 0 && at != SIZE_MAX && at != 0 &&
	       all.p[at - 1] == ' ' && all.p[at + program.n] == ' ';
}

/* "NAME=value", where the name of a variable tells of a secret. */
bool
cmdopt_assigns(struct str word, struct str *name, struct str *value)
{
	size_t i;

	if (!str_cut(word, '=', name, value) || name->n == 0)
		return false;
	for (i = 0; i < name->n; i++)
		if (!(name->p[i] >= 'A' && name->p[i] <= 'Z') &&
		    name->p[i] != '_' &&
		    !(i != 0 && name->p[i] >= '0' && name->p[i] <= '9'))
			return false;
	return true;
}

/* Programs that run the one named after their own options. */
bool
cmdopt_wraps(struct str program)
{
	static const char *const words[] = { "env", "sudo", "nice", "ionice",
		"nohup", "timeout", "exec", "time", "setsid", "chronic",
		"flock", "sshpass", "ssh", "su", "runuser", "chroot", "stdbuf",
		"taskset", "chrt", "xargs", "docker", "podman", "kubectl",
		"systemd-run", "systemd-cat", "command", "unshare", "nsenter",
		"proxychains", "torsocks", "if", "then", "else", "elif",
		"while", "until", "do", "!", "{" };

	return cmdopt_in(words, MU_COUNT(words), program);
}

bool
cmdopt_shell(struct str program)
{
	static const char *const words[] = { "sh", "bash", "dash", "ash", "ksh",
		"zsh", "su", "runuser", "flock" };

	return cmdopt_in(words, MU_COUNT(words), program);
}

bool
cmdopt_known(struct str program)
{
	size_t i;

	for (i = 0; i < MU_COUNT(cmdopt_rows); i++)
		if (cmdopt_has(cmdopt_rows[i].programs, program))
			return true;
	return cmdopt_wraps(program) || cmdopt_shell(program) ||
	       str_eq(program, STR("openssl")) ||
	       cmdopt_flag(program, STR("secret"));
}

bool
cmdopt_short(struct str program, struct str word, struct str next,
    struct str *option, struct str *value, bool *login)
{
	const struct cmdopt_short_row *s;
	size_t i;

	for (i = 0; i < MU_COUNT(cmdopt_rows); i++) {
		s = &cmdopt_rows[i];
		*option = str_from(s->option);
		if (!cmdopt_has(s->programs, program) ||
		    !str_starts(word, *option))
			continue;
		*login = s->login;
		*value = str_skip(word, option->n);
		if (value->n == 0 && s->apart) {
			*value = next;
			return true;
		}
		if (str_starts(*option, STR("--")) &&
		    str_starts(*value, STR("="))) {
			*value = str_skip(*value, 1);
			return true;
		}
		if (value->n != 0 && s->glued)
			return true;
	}
	return false;
}
