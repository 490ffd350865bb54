#include "decode/mcp.h"

#include "seen.h"

#define PASSWD                                      \
	"root:x:0:0::/root:/bin/bash\n"             \
	"ada:x:1000:1000:Ada:/home/ada:/bin/bash\n" \
	"deploy:x:998:998::/srv/app:/usr/sbin/nologin\n"
#define AGENT(user, product) "agent:host:name:box:" user ":" product

/* Fingerprints are openssl's, under the key of seen_read():
 * printf 'muster/secret/1\0VALUE' | openssl dgst -sha256 -mac HMAC ... */
#define FP_TICKETS \
	"995558ae916af9cc0a6b07c54a17296cf145dee5e7b60e4c4a02626c17372368"
#define FP_GITHUB \
	"586522a9dff23c511e3363cc8c849c9052efc007aabcc10133ad3a02735a6576"
#define FP_LEDGER \
	"77b411a010cbc0ed5766aacb3481b76f28b0f513e45dd9408c862b33dfbbca7d"
#define FP_MAIL \
	"c4f0dfee8946d73fdb6d7840963f64638c9902f454f8e24aaf655a216d6f61a9"
#define FP_WIKI \
	"87e442bb2246519c45ab6aa55691dc9022b708cc391ef01f58688758f394080d"
#define FP_CRM \
	"962a50e2a4f56be7836936bde4b3bd4f9592d674ebc996553ef48b9dc419ca46"
#define FP_PAY_KEY \
	"48140cf01f2e99d668edece066b7947551630c1e4295d1c27fba44376e837975"
#define FP_PAY_BEARER \
	"e54dc794a985d18932dcfba963c073ef8c019ac813eeb9023461cfaf440b0c8b"
#define FP_AWS \
	"15d14ec77c66cb1e240bc4d85db051577cd5f122263de981e6682e66920f9737"

static int
read_as(struct seen *s, const char *sample, const char *path)
{
	char name[128];

	seen_init(s, PASSWD, NULL, "");
	s->file.path = str_from(path);
	s->file.mode = 0644;
	s->file.uid = 1000;
	(void)snprintf(name, sizeof(name), "mcp/%s", sample);
	return seen_read(s, decode_find(STR("mcp")), seen_case(s, name));
}

static void
mcp__finds_the_agent_and_its_token(void **state)
{
	struct seen s;

	(void)state;
	assert_ok(read_as(&s, "cursor.json", "home/ada/.cursor/mcp.json"),
	    &s.e);
	assert_record(&s,
	    "{\"type\":\"identity\",\"key\":\"" AGENT("ada",
		"cursor") "\",\"kind\":\"ai_agent\",\"name\":\"Cursor of ada\","
			  "\"asset\":\"host:name:box\",\"owner\":\"ada\","
			  "\"owner_by\":\"the settings are this account's\","
			  "\"owner_pct\":40}");
	assert_record(&s,
	    "{\"type\":\"edge\",\"kind\":\"runs_as\",\"src\":\"" AGENT("ada",
		"cursor") "\",\"dst\":\"account:host:name:box:ada\","
			  "\"evidence\":\"the settings are this account's\"}");
	assert_record(&s, "{\"type\":\"identity\",\"key\":\"secret:" FP_TICKETS
			  "\",\"kind\":\"token\","
			  "\"name\":\"TICKETS_TOKEN of MCP server tickets\","
			  "\"asset\":\"host:name:box\"}");
	assert_record(&s,
	    "{\"type\":\"credential\",\"key\":\"secret:" FP_TICKETS
	    "\",\"identity\":\"secret:" FP_TICKETS
	    "\",\"kind\":\"token\",\"fp\":\"" FP_TICKETS "\",\"length\":23}");
	assert_record(&s, "{\"type\":\"edge\",\"kind\":\"consumed_by\",\"src\":"
			  "\"secret:" FP_TICKETS "\",\"dst\":\"" AGENT("ada",
			      "cursor") "\",\"evidence\":\"TICKETS_TOKEN of "
					"MCP server tickets\"}");
	assert_count(&s, "\"locator\":\"home/ada/.cursor/mcp.json#1\"", 1);
	assert_count(&s, "\"readers\":\"world\"", 1);
	assert_count(&s, "\"type\":\"credential\"", 1);
	assert_count(&s, "5b1f0c9e", 0);
	seen_free(&s);
}

static void
mcp__reads_environments_and_urls_in_arguments(void **state)
{
	struct seen s;

	(void)state;
	assert_ok(read_as(&s, "claude_desktop_config.json",
		      "home/ada/.config/Claude/claude_desktop_config.json"),
	    &s.e);
	assert_count(&s, AGENT("ada", "claude-desktop"), 4);
	assert_count(&s, "\"fp\":\"" FP_GITHUB "\"", 1);
	assert_count(&s, "\"preview\":\"ghp_\"", 1);
	assert_record(&s,
	    "{\"type\":\"identity\",\"key\":"
	    "\"login:postgresql://ledger@db.example.com:5432/books\","
	    "\"kind\":\"db_credential\",\"name\":\"ledger@db.example.com\","
	    "\"asset\":\"host:name:box\"}");
	assert_count(&s, "\"fp\":\"" FP_LEDGER "\"", 1);
	assert_count(&s, "_config.json#3\"", 1);
	assert_count(&s, "\"type\":\"credential\"", 2);
	assert_count(&s, "16C7e42F", 0);
	assert_count(&s, "bl%40nk", 0);
	seen_free(&s);
}

static void
mcp__reads_headers(void **state)
{
	struct seen s;

	(void)state;
	assert_ok(read_as(&s, "vscode.json", "srv/app/.vscode/mcp.json"), &s.e);
	assert_count(&s, AGENT("deploy", "vscode"), 4);
	assert_count(&s, "\"fp\":\"" FP_MAIL "\"", 1);
	assert_count(&s, "\"name\":\"Authorization of MCP server mail\"", 1);
	assert_count(&s,
	    "\"identity\":\"login:https://wiki-bot@wiki.example.com"
	    "\",\"kind\":\"password\",\"fp\":\"" FP_WIKI "\"",
	    1);
	assert_count(&s, "\"type\":\"credential\"", 2);
	seen_free(&s);
}

static void
mcp__reads_the_projects_of_claude_code(void **state)
{
	struct seen s;

	(void)state;
	assert_ok(read_as(&s, "claude_code.json", "home/ada/.claude.json"),
	    &s.e);
	assert_count(&s, "\"kind\":\"ai_agent\"", 1);
	assert_count(&s, "\"fp\":\"" FP_CRM "\"", 1);
	assert_count(&s, "\"name\":\"api_key of MCP server crm\"", 1);
	assert_count(&s, "\"fp\":\"" FP_PAY_KEY "\"", 1);
	assert_count(&s, "\"name\":\"--api-key of MCP server pay\"", 1);
	assert_count(&s, "\"fp\":\"" FP_PAY_BEARER "\"", 1);
	assert_count(&s, "\"kind\":\"api_key\"", 2);
	assert_count(&s, "\"type\":\"credential\"", 3);
	seen_free(&s);
}

static void
mcp__knows_the_shapes_of_other_agents(void **state)
{
	static const struct {
		const char *sample, *path, *agent, *name;
	} t[] = {
		{ "zed.json", "home/ada/.config/zed/settings.json",
		    AGENT("ada", "zed"), "PGPASSWORD of MCP server pg" },
		{ "opencode.json", "home/ada/.config/opencode/opencode.json",
		    AGENT("ada", "opencode"),
		    "JIRA_API_TOKEN of MCP server jira" },
		{ "vscode_settings.json",
		    "home/ada/.config/Code/User/settings.json",
		    AGENT("ada", "vscode"), "X_SECRET of MCP server x" },
		{ "cursor.json", "opt/tool/some.json", AGENT("ada", "mcp"),
		    "TICKETS_TOKEN of MCP server tickets" },
		{ "cursor.json", "root/.codeium/windsurf/mcp_config.json",
		    AGENT("root", "windsurf"),
		    "TICKETS_TOKEN of MCP server tickets" },
	};
	struct seen s;
	size_t i;

	(void)state;
	for (i = 0; i < MU_COUNT(t); i++) {
		assert_ok(read_as(&s, t[i].sample, t[i].path), &s.e);
		/* The identity, runs_as, consumed_by. */
		assert_count(&s, t[i].agent, 3);
		assert_count(&s, t[i].name, 3);
		assert_count(&s, "\"type\":\"credential\"", 1);
		seen_free(&s);
	}
}

static void
mcp__joins_an_aws_pair_by_its_public_half(void **state)
{
	struct seen s;

	(void)state;
	assert_ok(read_as(&s, "aws.json", "home/ada/.cursor/mcp.json"), &s.e);
	assert_count(&s,
	    "\"key\":\"aws:AKIA2OGYBAH6QZ7RTLJB\","
	    "\"kind\":\"cloud_access_key\"",
	    1);
	assert_count(&s, "\"identity\":\"aws:AKIA2OGYBAH6QZ7RTLJB\"", 1);
	assert_count(&s, "\"fp\":\"" FP_AWS "\"", 1);
	assert_count(&s, "\"type\":\"credential\"", 1);
	seen_free(&s);
}

static void
mcp__takes_no_near_miss_for_a_secret(void **state)
{
	struct seen s;

	(void)state;
	assert_ok(read_as(&s, "near-misses.json", "home/ada/.cursor/mcp.json"),
	    &s.e);
	assert_count(&s, "\"kind\":\"ai_agent\"", 1);
	assert_count(&s, "\"type\":\"credential\"", 0);
	assert_count(&s, "\"type\":\"gap\"", 0);
	seen_free(&s);
}

static void
mcp__sees_no_agent_where_no_server_is(void **state)
{
	static const char *const t[] = { "no-servers.json", "blank.json",
		"wicked-bom-empty.json" };
	struct seen s;
	size_t i;

	(void)state;
	for (i = 0; i < 2; i++) {
		assert_ok(read_as(&s, t[i], "home/ada/.cursor/mcp.json"), &s.e);
		assert_int_equal(s.text.n, 0);
		seen_free(&s);
	}
}

static void
mcp__refuses_what_is_no_settings_file(void **state)
{
	static const char *const t[] = { "wicked-array.json",
		"wicked-cut.json" };
	struct seen s;
	size_t i;

	(void)state;
	for (i = 0; i < MU_COUNT(t); i++) {
		assert_int_equal(read_as(&s, t[i], "home/ada/.cursor/mcp.json"),
		    MU_EFORMAT);
		seen_free(&s);
	}
}

static void
mcp__puts_no_value_into_a_label(void **state)
{
	struct seen s;

	(void)state;
	assert_ok(read_as(&s, "wicked-label.json", "home/ada/.cursor/mcp.json"),
	    &s.e);
	assert_count(&s, "16C7e42F", 0);
	assert_count(&s, "0123456789abcdef\"", 0);
	assert_count(&s, "hush", 0);
	assert_count(&s, "sk-secret", 0);
	assert_true(seen_count(&s, "a value of MCP server a") > 0);
	seen_free(&s);
}

static void
mcp__reads_both_of_two_members_with_one_name(void **state)
{
	struct seen s;

	(void)state;
	assert_ok(read_as(&s, "wicked-twice.json", "home/ada/.cursor/mcp.json"),
	    &s.e);
	assert_count(&s, "\"type\":\"credential\"", 3);
	seen_free(&s);
}

static void
mcp__survives_wicked_members(void **state)
{
	static const char *const t[] = { "wicked-types.json", "wicked-nul.json",
		"wicked-urls.json", "wicked-long.json", "wicked-basic.json" };
	struct seen s;
	size_t i;

	(void)state;
	for (i = 0; i < MU_COUNT(t); i++) {
		assert_ok(read_as(&s, t[i], "home/ada/.cursor/mcp.json"), &s.e);
		assert_count(&s, "\\u0000", 0);
		seen_free(&s);
	}
}

static void
mcp__names_nobody_where_the_user_is_the_token(void **state)
{
	struct seen s;

	(void)state;
	assert_ok(read_as(&s, "user-token.json", "home/ada/.cursor/mcp.json"),
	    &s.e);
	/* Two ways of writing one token, which is one secret. */
	assert_count(&s, "\"fp\":\"" FP_GITHUB "\"", 2);
	assert_count(&s, "\"key\":\"login:https://git.example.com\"", 2);
	assert_count(&s, "\"key\":\"login:https://bot@hooks.example.com\"", 1);
	assert_count(&s, "16C7e42F", 0);
	assert_count(&s, "T00PATH", 0);
	seen_free(&s);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(mcp__finds_the_agent_and_its_token),
		TEST(mcp__reads_environments_and_urls_in_arguments),
		TEST(mcp__reads_headers),
		TEST(mcp__reads_the_projects_of_claude_code),
		TEST(mcp__knows_the_shapes_of_other_agents),
		TEST(mcp__joins_an_aws_pair_by_its_public_half),
		TEST(mcp__takes_no_near_miss_for_a_secret),
		TEST(mcp__sees_no_agent_where_no_server_is),
		TEST(mcp__refuses_what_is_no_settings_file),
		TEST(mcp__puts_no_value_into_a_label),
		TEST(mcp__reads_both_of_two_members_with_one_name),
		TEST(mcp__names_nobody_where_the_user_is_the_token),
		TEST(mcp__survives_wicked_members),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
