-- id: MUS-REU-001
-- title: Same credential used by more than one system
-- kinds: api_key token oauth_app service_account cloud_identity
--     cloud_access_key tls_cert client_cert ssh_key iot_credential
--     webhook_secret db_credential
-- severity: medium
-- needs: file.pem ssh.user_key
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
FROM live_credentials c
CROSS JOIN (SELECT h.k AS k, COUNT(*) AS hosts,
		SUM(CASE h.n WHEN 0 THEN 1 ELSE h.n END) AS systems
	FROM (SELECT CASE WHEN b.fp <> '' AND COALESCE(b.length, 8) >= 8
				THEN b.fp WHEN b.spki <> '' THEN b.spki
				ELSE b.key END AS k,
			d.asset_id AS asset_id, COUNT(DISTINCT d.uid) AS n
		FROM (SELECT DISTINCT c.id AS id, s.asset_id AS asset_id,
				CASE s.role WHEN 'private' THEN s.uid END AS uid
			FROM live_credentials c
			CROSS JOIN live_sightings s
			WHERE s.credential_id = c.id AND s.context = ''
				AND s.role IN ('private', 'in_use', 'served')
				AND c.identity_kind IN ('api_key', 'token', 'oauth_app',
				'service_account', 'cloud_identity',
				'cloud_access_key', 'tls_cert', 'client_cert',
				'ssh_key', 'iot_credential', 'webhook_secret',
				'db_credential')) d
		JOIN credentials b ON b.id = d.id
		GROUP BY 1, d.asset_id) h
	GROUP BY h.k
	HAVING SUM(CASE h.n WHEN 0 THEN 1 ELSE h.n END) > :max_systems) g
CROSS JOIN live_sightings s
WHERE CASE WHEN c.fp <> '' AND COALESCE(c.length, 8) >= 8 THEN c.fp
		WHEN c.spki <> '' THEN c.spki ELSE c.key END = g.k
	AND s.credential_id = c.id AND s.context = ''
	AND s.role IN ('private', 'in_use', 'served')
	AND c.identity_kind IN ('api_key', 'token', 'oauth_app',
		'service_account', 'cloud_identity',
		'cloud_access_key', 'tls_cert', 'client_cert',
		'ssh_key', 'iot_credential', 'webhook_secret',
		'db_credential')
ORDER BY c.identity_id, c.id, s.id
