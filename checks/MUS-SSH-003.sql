-- id: MUS-SSH-003
-- title: Automation key has an open-ended login, or logs in as root
-- kinds: ssh_key
-- severity: medium
-- needs: ssh.authorized_keys ssh.sshd_config
-- trigger: A key may log in as root, or to an account that is no person, or
--     is kept on this machine without a passphrase, and its line limits
--     neither the address it comes from nor the command it runs. For root,
--     limits do not excuse it.
-- why: A backup key should be able to run the backup and nothing else.
-- remedy: Put the limits before the key on its line, for example
--     from="192.0.2.10",command="/usr/local/bin/backup",restrict ssh-ed25519
--     ... and use an account of its own with a narrow sudo rule in place of
--     root.
-- verify: The line begins with from= and command=, and the file is not that
--     of root.
-- maps: CE: CE-UAC-LP, CE-UAC-SEP; CAF: B2.c, B2.a; ICO: UKGDPR-32(1)(b);
--     CIS: 5.4, 6.8; PCI: 7.2.5; ISO: A.8.2, A.5.15; NHI: NHI5:2025; CSF:
--     PR.AA-05; N53: AC-6, AC-17
SELECT g.identity_id AS identity_id, NULL AS credential_id,
	(SELECT MIN(s.id) FROM credentials c
		JOIN sightings s ON s.credential_id = c.id
		WHERE c.identity_id = g.identity_id AND s.gone_at IS NULL
			AND s.role = 'authorized' AND s.asset_id = g.asset_id
			AND s.locator = g.locator) AS sighting_id,
	g.first_seen AS since_at, NULL AS value,
	CASE WHEN a.uid = 0 THEN 'logs in as ' || a.name
		ELSE 'no limit at ' || a.name END AS detail
FROM live_grants g
JOIN identities a ON a.key = g.target
WHERE g.identity_kind = 'ssh_key'
	AND (a.uid = 0
		OR (g.from_limited = 1 AND g.command_limited = 1
			AND (a.kind <> 'person' OR EXISTS (
				SELECT 1 FROM live_credentials k
				JOIN live_sightings h ON h.credential_id = k.id
				WHERE k.identity_id = g.identity_id
					AND k.encrypted = 1 AND h.context = ''
					AND h.role = 'private'))))
ORDER BY g.identity_id, g.id
