-- id: MUS-SSH-001
-- title: Unknown SSH key can log in
-- kinds: ssh_key
-- severity: high
-- needs: ssh.authorized_keys ssh.sshd_config
-- param: fresh_days = 7 (one level more while it is this new)
-- baseline: count
-- trigger: A key may log in to an account and nobody has said that it belongs
--     here.
-- why: Attackers plant keys to come back after passwords were changed.
-- remedy: If nobody recognises it, remove its line from the file and look
--     through the login history for its fingerprint (journalctl -u ssh | grep
--     SHA256). If it is yours, confirm it and name the owner.
-- verify: The line is gone, or the key is confirmed, at the next audit.
-- maps: CE: CE-UAC-CREATE, CE-SC-ACC; CAF: B2.d, C1.c; ICO: UKGDPR-32(1)(b);
--     CIS: 5.1, 5.5; PCI: 8.2.4, 10.2.1.5; ISO: A.5.18, A.8.16; NHI:
--     NHI1:2025; CSF: PR.AA-01, DE.CM-09; N53: AC-2, SI-4
SELECT g.identity_id, g.credential_id, g.sighting_id, g.since_at,
	(:now - g.since_at) / 86400 AS value,
	COALESCE('may log in as ' || a.name, '') AS detail
FROM (SELECT c.identity_id AS identity_id, c.id AS credential_id,
		MIN(s.id) AS sighting_id, s.first_seen AS since_at
	FROM live_identities i
	CROSS JOIN live_credentials c
	CROSS JOIN live_sightings s
	WHERE i.kind = 'ssh_key' AND i.state = 'new'
		AND c.identity_id = i.id AND s.credential_id = c.id
		AND s.role = 'authorized' AND s.context = ''
	GROUP BY c.identity_id, c.id, s.asset_id, s.first_seen) g
JOIN sightings s ON s.id = g.sighting_id
LEFT JOIN identities a ON a.key = s.account AND s.account <> ''
ORDER BY g.identity_id, g.credential_id, g.sighting_id
