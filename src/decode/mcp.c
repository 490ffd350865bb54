#include "decode/mcp.h"

#include "base/digest.h"
#include "base/mem.h"
#include "decode/json.h"
#include "decode/token.h"

/* Whose settings a file is, by the end of its path. */
static const struct product {
	const char *tail;
	const char *word; /* in the key */
	const char *name; /* for people */
} products[] = {
	/* clang-format off */
	{ "claude_desktop_config.json", "claude-desktop", "Claude Desktop" },
	{ "/.claude.json", "claude-code", "Claude Code" },
	{ "/.mcp.json", "claude-code", "Claude Code" },
	{ "/.claude/settings.json", "claude-code", "Claude Code" },
	{ "/.claude/settings.local.json", "claude-code", "Claude Code" },
	{ "/.cursor/mcp.json", "cursor", "Cursor" },
	{ "/.vscode/mcp.json", "vscode", "VS Code" },
	{ "/Code/User/mcp.json", "vscode", "VS Code" },
	{ "/Code/User/settings.json", "vscode", "VS Code" },
	{ "/windsurf/mcp_config.json", "windsurf", "Windsurf" },
	{ "cline_mcp_settings.json", "cline", "Cline" },
	{ "/mcp_settings.json", "roo-code", "Roo Code" },
	{ "/.roo/mcp.json", "roo-code", "Roo Code" },
	{ "/.copilot/mcp-config.json", "copilot-cli", "Copilot CLI" },
	{ "/.gemini/settings.json", "gemini-cli", "Gemini CLI" },
	{ "/zed/settings.json", "zed", "Zed" },
	{ "/opencode.json", "opencode", "opencode" },
	{ "/.lmstudio/mcp.json", "lm-studio", "LM Studio" },
	{ "/.kiro/settings/mcp.json", "kiro", "Kiro" },
	{ "/amazonq/mcp.json", "amazon-q", "Amazon Q" },
	{ "/.amazonq/mcp.json", "amazon-q", "Amazon Q" },
	{ "/.junie/mcp/mcp.json", "junie", "Junie" },
	{ "", "mcp", "AI agent" },
	/* clang-format on */
};

struct mcp {
	const struct decode_in *in;
	const struct product *product;
	const struct account *user; /* NULL: nobody we know */
	struct str agent;           /* its key, once it is put; else "" */
	struct str server;          /* name of the one at hand, cut short */
	struct token_url url;       /* where it is called, or all empty */
	struct str aws_id;          /* the public half of a pair, or "" */
	size_t n;                   /* number of the one at hand, from 1 */
};

static const struct product *
mcp_product(struct str path)
{
	size_t i;

	for (i = 0; i + 1 < MU_COUNT(products); i++)
		if (str_ends(path, str_from(products[i].tail)) ||
		    str_eq(path, str_skip(str_from(products[i].tail), 1)))
			break;
	return &products[i];
}

/* The agent, when the first server shows that there is one. */
static int
mcp_agent(struct mcp *m, struct err *e)
{
	const struct decode_in *in = m->in;
	struct rec r;

	if (m->agent.n != 0)
		return MU_OK;
	if (m->user != NULL)
		TRY(arena_fmt(in->job, &m->agent, e,
		    "agent:" STR_FMT ":" STR_FMT ":%s", STR_ARG(in->host->key),
		    STR_ARG(m->user->name), m->product->word));
	else
		TRY(arena_fmt(in->job, &m->agent, e,
		    "agent:" STR_FMT ":%lld:%s", STR_ARG(in->host->key),
		    (long long)in->file->uid, m->product->word));
	rec_init(&r, REC_IDENTITY);
	r.identity.key = m->agent;
	r.identity.kind = ID_AI_AGENT;
	r.identity.asset = in->host->key;
	r.identity.context = in->file->context;
	r.identity.name = str_from(m->product->name);
	if (m->user != NULL) {
		TRY(arena_fmt(in->job, &r.identity.name, e, "%s of " STR_FMT,
		    m->product->name, STR_ARG(token_short(m->user->name))));
		r.identity.owner = m->user->name;
		r.identity.owner_by = STR("the settings are this account's");
		r.identity.owner_pct = 40;
	}
	TRY(decode_put(in, &r, e));
	if (m->user == NULL)
		return MU_OK;
	rec_init(&r, REC_EDGE);
	r.edge.kind = EDGE_RUNS_AS;
	r.edge.src = m->agent;
	r.edge.dst = m->user->key;
	r.edge.evidence = STR("the settings are this account's");
	return decode_put(in, &r, e);
}

static int
mcp_edge(struct mcp *m, struct str key, struct str evidence, struct err *e)
{
	struct rec r;

	rec_init(&r, REC_EDGE);
	r.edge.kind = EDGE_CONSUMED_BY;
	r.edge.src = key;
	r.edge.dst = m->agent;
	r.edge.evidence = evidence;
	return decode_put(m->in, &r, e);
}

/*
 * What the file calls a value, where that can hold nothing of the value: a name
 * as variables, headers and long options have it, else a word of ours.
 */
static struct str
mcp_label(struct str label)
{
	static const char odd[] = "_-.";
	size_t i;
	char c;

	if (label.n > 64 || token_preview(label).n != 0)
		return STR("a value");
	for (i = 0; i < label.n; i++) {
		c = label.p[i];
		if (!(c >= 'a' && c <= 'z') && !(c >= 'A' && c <= 'Z') &&
		    !(c >= '0' && c <= '9') && c != ' ' &&
		    (c == '\0' || strchr(odd, c) == NULL))
			return STR("a value");
	}
	return label;
}

/* Whether ${label} is a key rather than a token, for the kind. */
static enum id_kind
mcp_kind(struct str label)
{
	size_t i;

	for (i = 0; i + 3 <= label.n; i++)
		if (str_eq_nocase(str_head(str_skip(label, i), 3), STR("key")))
			return ID_API_KEY;
	return ID_TOKEN;
}

/* AWS's pair: the secret half belongs to the id that stands beside it. */
static int
mcp_aws(struct mcp *m, struct token *t, struct err *e)
{

	if (m->aws_id.n == 0 ||
	    !str_eq_nocase(t->label, STR("AWS_SECRET_ACCESS_KEY")))
		return MU_OK;
	t->kind = ID_CLOUD_ACCESS_KEY;
	return arena_fmt(m->in->job, &t->identity, e, "aws:" STR_FMT,
	    STR_ARG(m->aws_id));
}

/* One secret: ${label} is what the file calls it. */
static int
mcp_secret(struct mcp *m, struct str label, struct str value, struct err *e)
{
	struct token t = { .value = value,
		.label = mcp_label(label),
		.kind = mcp_kind(label),
		.cred = CRED_TOKEN,
		.n = m->n };
	struct str key;

	TRY(arena_fmt(m->in->job, &t.detail, e,
	    STR_FMT " of MCP server " STR_FMT, STR_ARG(t.label),
	    STR_ARG(m->server)));
	t.name = t.detail;
	TRY(mcp_aws(m, &t, e));
	TRY(token_put(m->in, &t, &key, e));
	return mcp_edge(m, key, t.detail, e);
}

static int
mcp_login(struct mcp *m, struct str label, const struct token_url *u,
    struct err *e)
{
	struct token t = { .label = mcp_label(label), .n = m->n };
	struct str key;

	TRY(arena_fmt(m->in->job, &t.detail, e,
	    "password in " STR_FMT " of MCP server " STR_FMT, STR_ARG(t.label),
	    STR_ARG(m->server)));
	TRY(token_put_login(m->in, u, &t, &key, e));
	return mcp_edge(m, key, t.detail, e);
}

/* The secrets of a URL: its password, and parameters with a telling name. */
static int
mcp_url(struct mcp *m, struct str label, const struct token_url *u,
    struct err *e)
{
	struct str pair, rest = u->query, name, value;

	if (token_value(u->pass) || token_preview(u->user).n != 0)
		TRY(mcp_login(m, label, u, e));
	while (rest.n != 0) {
		(void)str_cut(rest, '&', &pair, &rest);
		if (str_cut(pair, '=', &name, &value) && token_named(name) &&
		    token_value(value))
			TRY(mcp_secret(m, name, value, e));
	}
	return MU_OK;
}

/*= RFC 7617: Basic and base64 of user, colon, password. */
static int
mcp_basic(struct mcp *m, struct str label, struct str coded, struct err *e)
{
	AUTO(buf) struct buf plain;
	struct token_url u = m->url;
	int code = MU_OK;

	buf_init(&plain, coded.n);
	if (!digest_unbase64(coded, &plain) ||
	    !str_cut(buf_str(&plain), ':', &u.user, &u.pass) || u.host.n == 0)
		code = mcp_secret(m, label, coded, e);
	else if (u.pass.n != 0)
		code = mcp_login(m, label, &u, e);
	if (plain.p != NULL)
		mem_wipe(plain.p, plain.n);
	return code;
}

/* A value that stands under the name ${label}. */
static int
mcp_named(struct mcp *m, struct str label, struct str value, struct err *e)
{
	static const char *const schemes[] = { "Bearer", "token", "ApiKey",
		"Api-Key" };
	struct token_url u;
	struct str word, rest = value;
	size_t i;

	if (token_url(str_trim(value), &u))
		return mcp_url(m, label, &u, e);
	if (token_preview(value).n == 0 && !token_named(label))
		return MU_OK;
	(void)str_word(&rest, &word);
	rest = str_trim(rest);
	if (str_eq_nocase(word, STR("Basic")) && token_value(rest))
		return mcp_basic(m, label, rest, e);
	for (i = 0; i < MU_COUNT(schemes) && rest.n != 0; i++)
		if (str_eq_nocase(word, str_from(schemes[i])))
			value = rest;
	return token_value(value) ? mcp_secret(m, label, value, e) : MU_OK;
}

/* Every text member of ${v}: environments and headers. */
static int
mcp_pairs(struct mcp *m, struct json_val v, struct err *e)
{
	struct json_iter it = json_each(v);
	struct json_val value;
	struct str name, s;
	size_t n = 0;

	for (; it.named && n < MCP_ITEMS_MAX && json_next(&it, &name, &value);
	     n++)
		if (json_str(value, &s))
			TRY(mcp_named(m, name, s, e));
	return MU_OK;
}

/* "-H" and "--api-key" name what comes next; "-pSECRET" names nothing. */
static bool
mcp_option(struct str s)
{
	size_t i;

	if (s.n == 2)
		return s.p[0] == '-';
	if (!str_starts(s, STR("--")))
		return false;
	for (i = 2; i < s.n; i++)
		if (!(s.p[i] >= 'a' && s.p[i] <= 'z') &&
		    !(s.p[i] >= 'A' && s.p[i] <= 'Z') && s.p[i] != '-' &&
		    s.p[i] != '_')
			return false;
	return true;
}

/*
 * One argument: "--api-key=X", "-e KEY=X", "Authorization: Bearer X", a URL, or
 * a value that the option before it names.
 */
static int
mcp_argument(struct mcp *m, struct str before, struct str arg, struct err *e)
{
	struct str label = mcp_option(before) ? before : STR("an argument");
	struct token_url u;
	struct str name, value;
	size_t n;

	if (token_url(arg, &u))
		return mcp_url(m, label, &u, e);
	if (mcp_option(arg))
		return MU_OK;
	for (n = 0; n < arg.n && arg.p[n] != '=' && arg.p[n] != ':'; n++)
		;
	name = str_trim(str_head(arg, n));
	value = str_skip(arg, n + 1);
	if (n != 0 && n < arg.n && token_preview(arg).n == 0 &&
	    (token_named(name) || token_preview(str_trim(value)).n != 0 ||
		token_url(value, &u)))
		return mcp_named(m, name, value, e);
	return mcp_named(m, label, arg, e);
}

static int
mcp_arguments(struct mcp *m, struct json_val v, struct err *e)
{
	struct json_iter it = json_each(v);
	struct json_val item;
	struct str s, before = STR_NONE;
	size_t n;

	if (json_kind_of(v) != JSON_ARR)
		return MU_OK;
	for (n = 0; n < MCP_ITEMS_MAX && json_next(&it, NULL, &item); n++) {
		if (!json_str(item, &s))
			continue;
		TRY(mcp_argument(m, before, s, e));
		before = s;
	}
	return MU_OK;
}

/* Where a server is called; its address is known before its headers are. */
static int
mcp_address(struct mcp *m, struct json_val server, struct err *e)
{
	static const char *const names[] = { "url", "serverUrl", "httpUrl",
		"uri", "endpoint" };
	struct str s;
	size_t i;

	for (i = 0; i < MU_COUNT(names); i++) {
		s = json_text(server, names[i]);
		if (s.n != 0 && token_url(s, &m->url))
			return mcp_url(m, str_from(names[i]), &m->url, e);
	}
	return MU_OK;
}

static int
mcp_server_parts(struct mcp *m, struct json_val server, struct err *e)
{
	static const struct part {
		const char *name;
		int (*read)(struct mcp *m, struct json_val v, struct err *e);
	} parts[] = { { "env", mcp_pairs }, { "environment", mcp_pairs },
		{ "headers", mcp_pairs }, { "http_headers", mcp_pairs },
		{ "args", mcp_arguments }, { "command", mcp_arguments } };
	struct json_iter it = json_each(server);
	struct json_val v;
	struct str name;
	size_t i;

	while (it.named && json_next(&it, &name, &v))
		for (i = 0; i < MU_COUNT(parts); i++)
			if (str_eq(name, str_from(parts[i].name)))
				TRY(parts[i].read(m, v, e));
	return MU_OK;
}

static bool
mcp_is_server(struct json_val v)
{
	static const char *const has[] = { "command", "url", "serverUrl",
		"httpUrl", "uri", "endpoint" };
	struct json_val x;
	size_t i;

	for (i = 0; i < MU_COUNT(has); i++)
		if (json_get(v, str_from(has[i]), &x))
			return true;
	return false;
}

static int
mcp_server(struct mcp *m, struct str name, struct json_val server,
    struct err *e)
{
	struct json_val inner;

	if (!mcp_is_server(server))
		return MU_OK;
	if (m->n == MCP_SERVERS_MAX)
		return err_set(e, MU_ELIMIT, "more than %d MCP servers",
		    MCP_SERVERS_MAX);
	m->n++;
	m->server = token_short(name);
	m->url = (struct token_url){ .scheme = STR_NONE };
	m->aws_id = STR_NONE;
	if (json_get(server, STR("env"), &inner))
		m->aws_id = json_text(inner, "AWS_ACCESS_KEY_ID");
	if (m->aws_id.n != 20 || str_has_nul(m->aws_id) ||
	    token_preview(m->aws_id).n == 0)
		m->aws_id = STR_NONE;
	TRY(mcp_agent(m, e));
	TRY(mcp_address(m, server, e));
	TRY(mcp_server_parts(m, server, e));
	/* Zed: "command": {"path", "args", "env"}. */
	if (json_get(server, STR("command"), &inner) &&
	    json_kind_of(inner) == JSON_OBJ)
		return mcp_server_parts(m, inner, e);
	return MU_OK;
}

static int
mcp_servers(struct mcp *m, struct json_val map, struct err *e)
{
	struct json_iter it = json_each(map);
	struct json_val server;
	struct str name;

	while (it.named && json_next(&it, &name, &server))
		TRY(mcp_server(m, name, server, e));
	return MU_OK;
}

/* Every member of ${v} that is a map of servers by its name. */
static int
mcp_maps(struct mcp *m, struct json_val v, struct err *e)
{
	static const char *const names[] = { "mcpServers", "servers",
		"context_servers", "mcp", "mcp.servers", "amp.mcpServers" };
	struct json_iter it = json_each(v);
	struct json_val map;
	struct str name;
	size_t i;

	while (it.named && json_next(&it, &name, &map))
		for (i = 0; i < MU_COUNT(names); i++)
			if (str_eq(name, str_from(names[i])))
				TRY(mcp_servers(m, map, e));
	return MU_OK;
}

static int
mcp_root(struct mcp *m, struct json_val root, struct err *e)
{
	struct json_iter it;
	struct json_val v, project;

	TRY(mcp_maps(m, root, e));
	/* VS Code's settings.json: "mcp": {"servers": {...}}. */
	if (json_get(root, STR("mcp"), &v))
		TRY(mcp_maps(m, v, e));
	/* Claude Code: "projects": {"/a/path": {"mcpServers": {...}}}. */
	if (!json_get(root, STR("projects"), &v))
		return MU_OK;
	for (it = json_each(v); it.named && json_next(&it, NULL, &project);)
		TRY(mcp_maps(m, project, e));
	return MU_OK;
}

static int
mcp_read(const struct decode_in *in, struct err *e)
{
	AUTO(json) struct json *p = json_new(MCP_BYTES_MAX);
	struct mcp m = { .in = in, .product = mcp_product(in->file->path) };
	struct json_val root;

	if (str_trim(in->bytes).n == 0)
		return MU_OK;
	TRY(json_parse_lax(p, in->bytes, &root, e));
	if (json_kind_of(root) != JSON_OBJ)
		return err_set(e, MU_EFORMAT, "the settings are no object");
	m.user = host_home(in->host, in->file->path);
	if (m.user == NULL)
		m.user = host_user(in->host, in->file->uid);
	return mcp_root(&m, root, e);
}

const struct decoder decode_mcp = {
	.name = "mcp",
	.place = "agent.mcp",
	.sees = "AI agents, and the tokens that their tool servers are given",
	.source =
	    "modelcontextprotocol.io; the settings references of the agents",
	.max_bytes = MCP_BYTES_MAX,
	.read = mcp_read,
};
