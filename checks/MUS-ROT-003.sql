-- id: MUS-ROT-003
-- title: SSH key older than policy
-- kinds: ssh_key
-- severity: medium
-- needs: ssh.authorized_keys ssh.user_key
-- param: fail_days = 365 (age in days at which a key is too old)
-- trigger: The key was made, or was already there, more than a year ago.
-- why: SSH keys do not run out by themselves, and often give a whole machine.
-- remedy: Make a new key pair (ssh-keygen -t ed25519), add the new public
--     key, try the login, then remove the old line from every authorized_keys
--     that `muster show` lists.
-- verify: The old fingerprint is gone from every server at the next audit.
-- maps: CAF: B2.d, B2.c; ICO: UKGDPR-32(1)(b); CIS: 5.5, 4.6; PCI: 8.6.3;
--     ISO: A.5.17, A.8.24; NHI: NHI7:2025; CSF: PR.AA-01; N53: IA-5, IA-5(2),
--     SC-12
SELECT a.identity_id, a.credential_id, a.sighting_id, a.since_at,
	(:now - a.since_at) / 86400 AS value, a.detail
FROM (SELECT c.identity_id AS identity_id, c.id AS credential_id,
		s.id AS sighting_id,
		CASE WHEN c.created_at IS NULL OR c.first_seen < c.created_at
			THEN c.first_seen ELSE c.created_at END AS since_at,
		CASE WHEN c.created_at IS NULL OR c.first_seen < c.created_at
			THEN 'first seen'
			WHEN c.created_by IN ('mtime', 'birth')
			THEN 'by the date of the file'
			ELSE 'by its own date' END AS detail
	FROM live_credentials c
	CROSS JOIN live_sightings s
	WHERE s.credential_id = c.id
		AND c.identity_kind = 'ssh_key' AND c.kind = 'keypair'
		AND s.context = '' AND s.role IN ('private', 'authorized')) a
WHERE a.since_at < :now - :fail_days * 86400
ORDER BY a.identity_id, a.credential_id, a.sighting_id
