-- id: MUS-AGT-001
-- title: AI agent keeps a token in the open
-- kinds: ai_agent token api_key
-- severity: high
-- needs: agent.mcp
-- trigger: The settings of an agent or of an MCP server hold a token in plain
--     text, in a file that others can read, in a project folder, or in a
--     folder that is copied to the cloud.
-- why: The agent's token often carries a person's whole access, and such
--     files are copied freely.
-- remedy: Move the token to a vault, to an environment that only the agent
--     gets, or to the agent's own credential store; then make a new token,
--     since the old one may have been copied. Where others can read the file,
--     chmod 600 FILE closes it meanwhile.
-- verify: The file holds no token, and the old one no longer works.
-- maps: CIS: 3.11; ISO: A.5.17; NHI: NHI2:2025, NHI10:2025
SELECT o.identity_id, o.credential_id, o.sighting_id, o.since_at,
	NULL AS value, o.detail
FROM (SELECT c.identity_id AS identity_id, c.id AS credential_id,
		s.id AS sighting_id, c.first_seen AS since_at,
		CASE WHEN x.who IS NOT NULL THEN 'readable by ' || x.who
			WHEN replace(s.locator, '/.mcp.json', '') <> s.locator
			OR replace(s.locator, '/.vscode/mcp.json', '')
				<> s.locator
			THEN 'in a project folder'
			WHEN replace(s.locator, '/Dropbox/', '') <> s.locator
			OR replace(s.locator, '/OneDrive', '') <> s.locator
			OR replace(s.locator, '/Google Drive/', '')
				<> s.locator
			OR replace(s.locator, '/Nextcloud/', '') <> s.locator
			OR replace(s.locator, '/ownCloud/', '') <> s.locator
			OR replace(s.locator, '/Syncthing/', '') <> s.locator
			THEN 'in a synced folder' ELSE '' END AS detail
	FROM live_credentials c
	CROSS JOIN live_sightings s
	LEFT JOIN live_exposures x ON x.sighting_id = s.id
	WHERE s.credential_id = c.id AND s.role = 'private'
		AND c.kind IN ('password', 'token')
		AND s.context = ''
		AND (c.identity_kind = 'ai_agent' OR EXISTS (
			SELECT 1 FROM live_edges e
			WHERE e.src_id = c.identity_id
				AND e.kind = 'consumed_by'
				AND e.dst_kind = 'ai_agent'))) o
WHERE o.detail <> ''
ORDER BY o.identity_id, o.credential_id, o.sighting_id
