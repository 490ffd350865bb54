-- id: MUS-INV-003
-- title: Unknown identity found and not yet confirmed
-- kinds: api_key token oauth_app service_account cloud_identity
--     cloud_access_key tls_cert client_cert ssh_key iot_credential
--     webhook_secret db_credential workload ai_agent
-- severity: medium
-- param: warn_days = 0 (days before it is raised)
-- param: fresh_days = 7 (one level more while it is this new)
-- baseline: count
-- trigger: It was found by an audit and nobody has said that it belongs here.
--     An SSH key that may log in is left to MUS-SSH-001.
-- why: It could be sprawl, or an attacker's foothold.
-- remedy: Ask whether someone on your team or your IT supplier made it. If
--     so, confirm it and name an owner. If nobody can explain it, treat it as
--     suspicious: disable it, and find out what it did.
-- verify: It is no longer listed as new by `muster list`.
-- maps: CE: CE-UAC-CREATE, CE-SC-ACC; CAF: A3.a, B2.d, C1.f; ICO:
--     UKGDPR-32(1)(b), ICO-ICS-AC; CIS: 5.1, 5.5, 6.1; PCI: 8.2.4, 10.2.1.5;
--     ISO: A.5.16, A.5.18; NHI: NHI1:2025; CSF: PR.AA-01, ID.RA-01; N53:
--     AC-2, AC-2(4); NCSC-CLOUD: P9
SELECT i.id AS identity_id, NULL AS credential_id, NULL AS sighting_id,
	i.first_seen AS since_at,
	(:now - i.first_seen) / 86400 AS value,
	'' AS detail
FROM live_identities i
WHERE i.kind IN ('api_key', 'token', 'oauth_app', 'service_account',
		'cloud_identity', 'cloud_access_key', 'tls_cert',
		'client_cert', 'ssh_key', 'iot_credential',
		'webhook_secret', 'db_credential', 'workload', 'ai_agent')
	AND i.state = 'new'
	AND i.first_seen <= :now - :warn_days * 86400
	AND NOT (i.kind = 'ssh_key' AND EXISTS (
		SELECT 1 FROM credentials c
		JOIN sightings s ON s.credential_id = c.id
		WHERE c.identity_id = i.id AND s.role = 'authorized'
			AND s.context = '' AND s.gone_at IS NULL))
ORDER BY i.id
