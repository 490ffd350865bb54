#include "decode/cmdline.h"

#include "fuzz.h"

static enum cmdword_style style;

static int
fuzz_line(const struct decode_in *in, struct err *e)
{
	const struct cmdline of = { style, STR("job"), STR("cron:x"), 1 };

	return cmdline_secrets(in, in->bytes, &of, e);
}

/* One command line, as systemd, a shell and cron read it. */
void
fuzz_one(struct str in)
{
	static const struct decoder d = {
		.name = "cmdline", .max_bytes = 1048576, .read = fuzz_line
	};

	for (style = CMDWORD_SYSTEMD; style <= CMDWORD_CRON; style++)
		fuzz_decoder(&d, in, "etc/crontab");
}
