-- id: MUS-LIF-001
-- title: Dormant or never used
-- kinds: api_key token oauth_app service_account cloud_identity
--     cloud_access_key tls_cert client_cert ssh_key iot_credential
--     webhook_secret db_credential workload ai_agent
-- severity: medium
-- needs: log.auth
-- param: fail_days = 90 (days without use)
-- param: never_used_days = 30 (days after which a key that was never used is
--     dormant)
-- trigger: No use was recorded for 90 days, or an SSH key that may log in is
--     older than 30 days and no use was ever recorded. Only where the logs were
--     read and reach back 90 days without a hole: no log is no evidence.
-- why: Access that nobody uses is risk without benefit. A key can sleep for
--     two years before a thief wakes it.
-- remedy: If nobody needs it, switch it off now and delete it in a month. If
--     it is a yearly job, record that, so that it is not asked again.
-- verify: The identity is gone or disabled at the next audit.
-- maps: CE: CE-UAC-REMOVE, CE-SC-ACC; CAF: B2.a, B2.d, B4.b; ICO:
--     UKGDPR-5(1)(f), UKGDPR-32(1)(b), ICO-ICS-AC; CIS: 5.3, 6.2; PCI: 8.2.6;
--     ISO: A.5.16, A.5.18; NHI: NHI1:2025; CSF: PR.AA-01, PR.AA-05; N53:
--     AC-2(3); NCSC-CLOUD: P9
SELECT c.identity_id AS identity_id, c.id AS credential_id,
	s.id AS sighting_id,
	COALESCE(c.last_used_at, c.created_at, c.first_seen) AS since_at,
	(:now - COALESCE(c.last_used_at, c.created_at, c.first_seen)) / 86400
		AS value,
	CASE WHEN c.last_used_at IS NULL THEN 'never used'
		ELSE 'last use' END AS detail
FROM coverage v
CROSS JOIN live_credentials c
CROSS JOIN live_sightings s
WHERE v.place = 'log.auth' AND v.state = 'read'
	AND s.credential_id = c.id AND s.asset_id = v.asset_id
	AND c.identity_kind IN ('api_key', 'token', 'oauth_app', 'service_account',
		'cloud_identity', 'cloud_access_key', 'tls_cert',
		'client_cert', 'ssh_key', 'iot_credential',
		'webhook_secret', 'db_credential', 'workload', 'ai_agent')
	AND s.context = '' AND s.role <> 'trusted'
	AND (c.last_used_at < :now - :fail_days * 86400
		OR (c.last_used_at IS NULL
			AND c.identity_kind = 'ssh_key'
			AND s.role = 'authorized'
			AND COALESCE(c.created_at, c.first_seen)
				< :now - :never_used_days * 86400))
ORDER BY c.identity_id, c.id, s.id
