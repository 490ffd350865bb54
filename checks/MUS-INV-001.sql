-- id: MUS-INV-001
-- title: No named owner
-- kinds: api_key token oauth_app service_account cloud_identity
--     cloud_access_key tls_cert client_cert ssh_key iot_credential
--     webhook_secret db_credential workload ai_agent
-- severity: medium
-- param: grace_days_new = 14 (days that a new identity may wait for its
--     owner)
-- param: grace_days_privileged = 0 (the same for a privileged one)
-- trigger: Nobody is recorded as the owner, 14 days after it was first seen,
--     or at once where it is privileged. The account root does not count.
-- why: An identity that nobody owns is never changed, reviewed or switched
--     off.
-- remedy: Ask who would be phoned if this stopped working, and put that one
--     person's name against it, with a deputy. If nobody claims it in 14
--     days, disable it for a week, listen for what breaks, then delete it.
-- verify: The owner stands in `muster show`, with the evidence for it.
-- maps: CE: CE-UAC-CREATE, CE-UAC-3P; CAF: A3.a, B2.d; ICO: UKGDPR-5(2),
--     ICO-ICS-AC, ICO-ACC-RMS; CIS: 5.1, 5.5; PCI: 7.2.5; ISO: A.5.9, A.5.16;
--     NHI: NHI1:2025; CSF: PR.AA-01, GV.RR-02; N53: AC-2, IA-4; NCSC-CLOUD:
--     P9
SELECT i.id AS identity_id, NULL AS credential_id, NULL AS sighting_id,
	i.first_seen AS since_at,
	(:now - i.first_seen) / 86400 AS value,
	CASE i.privileged WHEN 2 THEN 'privileged' ELSE '' END AS detail
FROM live_identities i
WHERE i.kind IN ('api_key', 'token', 'oauth_app', 'service_account',
		'cloud_identity', 'cloud_access_key', 'tls_cert',
		'client_cert', 'ssh_key', 'iot_credential',
		'webhook_secret', 'db_credential', 'workload', 'ai_agent')
	AND i.owner = '' AND i.state <> 'retired'
	AND NOT (i.kind = 'service_account' AND i.name = 'root'
		AND COALESCE(i.uid, 0) = 0)
	AND ((i.privileged = 2
		AND i.first_seen <= :now - :grace_days_privileged * 86400)
		OR i.first_seen <= :now - :grace_days_new * 86400)
ORDER BY i.id
