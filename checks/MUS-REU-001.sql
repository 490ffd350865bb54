-- id: MUS-REU-001
-- title: Same credential used by more than one system
-- kinds: api_key token oauth_app service_account cloud_identity
--     cloud_access_key tls_cert client_cert ssh_key iot_credential
--     webhook_secret db_credential
-- severity: medium
-- param: max_systems = 1 (systems that may hold one credential)
-- trigger: The same secret or private key is held on more than one machine,
--     or by more than one account of a machine.
-- why: One leak spreads to everything that shares it, and nobody can tell who
--     did what.
-- remedy: Give each system a key of its own. Start with the one that faces
--     the internet.
-- verify: The next audit lists one place for each fingerprint.
-- maps: CE: CE-UAC-UNIQUE; CAF: B2.a, B4.b; ICO: UKGDPR-32(1)(b),
--     ICO-AF-UNAUTH; CIS: 5.2; PCI: 8.2.2, 8.2.3; ISO: A.5.16, A.5.17; NHI:
--     NHI9:2025; CSF: PR.AA-01; N53: IA-4, IA-5
SELECT c.identity_id AS identity_id, c.id AS credential_id,
	s.id AS sighting_id, s.first_seen AS since_at,
	CAST(g.systems AS bigint) AS value,
	CASE g.hosts WHEN 1 THEN 'accounts of one machine'
		ELSE 'machines or accounts' END AS detail
FROM (SELECT h.k, SUM(CASE h.n WHEN 0 THEN 1 ELSE h.n END) AS systems,
		COUNT(*) AS hosts
	FROM (SELECT CASE WHEN c.fp <> '' AND COALESCE(c.length, 8) >= 8 THEN c.fp
				WHEN c.spki <> '' THEN c.spki ELSE c.key END AS k,
			s.asset_id, COUNT(DISTINCT CASE s.role
				WHEN 'private' THEN s.uid END) AS n
		FROM live_credentials c
		JOIN live_sightings s ON s.credential_id = c.id
		WHERE c.identity_kind IN ('api_key', 'token', 'oauth_app', 'service_account',
				'cloud_identity', 'cloud_access_key', 'tls_cert',
				'client_cert', 'ssh_key', 'iot_credential',
				'webhook_secret', 'db_credential')
			AND s.context = ''
			AND s.role IN ('private', 'in_use', 'served')
		GROUP BY 1, s.asset_id) h
	GROUP BY h.k
	HAVING SUM(CASE h.n WHEN 0 THEN 1 ELSE h.n END) > :max_systems) g
JOIN live_credentials c
	ON CASE WHEN c.fp <> '' AND COALESCE(c.length, 8) >= 8 THEN c.fp
		WHEN c.spki <> '' THEN c.spki ELSE c.key END = g.k
JOIN live_sightings s ON s.credential_id = c.id
WHERE c.identity_kind IN ('api_key', 'token', 'oauth_app', 'service_account',
		'cloud_identity', 'cloud_access_key', 'tls_cert',
		'client_cert', 'ssh_key', 'iot_credential',
		'webhook_secret', 'db_credential')
	AND s.context = '' AND s.role IN ('private', 'in_use', 'served')
ORDER BY c.identity_id, c.id, s.id
