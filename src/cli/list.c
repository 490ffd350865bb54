#include "cli/list.h"

#define LIST_MAX 64

extern const struct cmd cmd_audit, cmd_changes, cmd_check, cmd_completion,
    cmd_doctor, cmd_explain, cmd_export, cmd_gaps, cmd_import, cmd_list,
    cmd_places, cmd_scan, cmd_show, cmd_version;

const struct cmd *const list_cmds[] = {
	&cmd_audit,
	&cmd_changes,
	&cmd_check,
	&cmd_completion,
	&cmd_doctor,
	&cmd_explain,
	&cmd_export,
	&cmd_gaps,
	&cmd_import,
	&cmd_list,
	&cmd_places,
	&cmd_scan,
	&cmd_show,
	&cmd_version,
	NULL,
};

const struct cmd *
list_find(struct str name)
{
	size_t i;

	for (i = 0; list_cmds[i] != NULL; i++)
		if (str_eq(name, str_from(list_cmds[i]->name)))
			return list_cmds[i];
	return NULL;
}

const char *
list_near(struct str name)
{
	const char *names[LIST_MAX];
	size_t n;

	_Static_assert(MU_COUNT(list_cmds) <= LIST_MAX, "room for all");
	for (n = 0; list_cmds[n] != NULL; n++)
		names[n] = list_cmds[n]->name;
	names[n++] = "help";
	return opt_near(name, names, n);
}
