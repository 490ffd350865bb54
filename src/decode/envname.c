#include "decode/envname.h"

#include "base/buf.h"

static char
envname_upper(char c)
{

	return (char)(c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c);
}

bool
envname_secret(struct str name)
{
	static const char *const words[] = { "PASSWORD", "PASSWD", "PASSPHRASE",
		"TOKEN", "SECRET", "KEY" };
	static const char *const ends[] = { "_FILE", "_PATH", "_DIR", "_URL",
		"_ID", "_NAME", "_TTL", "_TYPE" };
	char upper[ENVNAME_MAX] = { 0 };
	struct str s = str_of(upper, name.n);
	bool yes = false;
	size_t i;

	if (name.n > sizeof(upper) || !str_utf8(name))
		return false;
	for (i = 0; i < name.n; i++)
		upper[i] = envname_upper(name.p[i]);
	for (i = 0; i < MU_COUNT(words); i++)
		yes = yes || str_find(s, str_from(words[i])) != SIZE_MAX;
	for (i = 0; i < MU_COUNT(ends); i++)
		yes = yes && !str_ends(s, str_from(ends[i]));
	return yes;
}

bool
envname_plain(struct str name)
{
	size_t i;
	char c;

	if (name.n == 0 || name.n > ENVNAME_MAX)
		return false;
	for (i = 0; i < name.n; i++) {
		c = envname_upper(name.p[i]);
		if (!(c >= 'A' && c <= 'Z') && c != '_' &&
		    (i == 0 || c < '0' || c > '9'))
			return false;
	}
	return true;
}
