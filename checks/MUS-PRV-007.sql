-- id: MUS-PRV-007
-- title: A service has root or its equivalent on a host
-- kinds: service_account workload
-- severity: medium
-- needs: os.passwd os.group os.sudoers
-- trigger: An account or unit that is no person runs as root without
--     confinement, may do everything by sudo, or is in a group that is as
--     good as root (docker, lxd, disk). The account root itself and the
--     distribution's own units do not count.
-- why: Whoever takes the service takes the machine.
-- remedy: Give the service an account of its own and only the rights it uses:
--     User= and a CapabilityBoundingSet= in its unit (systemctl edit NAME), a
--     sudo rule for one command in place of ALL, and no docker group.
-- verify: systemctl show -p User NAME no longer says root; sudo -l -U ACCOUNT
--     lists single commands.
-- maps: CE: CE-UAC-ADMIN, CE-UAC-LP; CAF: B2.c, B4.b, B4.c; ICO:
--     UKGDPR-5(1)(f), UKGDPR-32(1)(b), ICO-ICS-AC; CIS: 5.4, 6.8; PCI: 7.2.5,
--     7.2.1; ISO: A.8.2, A.5.3; NHI: NHI5:2025; CSF: PR.AA-05; N53: AC-6,
--     AC-6(5), AC-2(7); NCSC-CLOUD: P9, P12
SELECT i.id AS identity_id, NULL AS credential_id, NULL AS sighting_id,
	i.first_seen AS since_at, i.uid AS value,
	COALESCE((SELECT MIN('can become '
			|| COALESCE(NULLIF(t.name, ''), g.target)
			|| CASE g.place WHEN 'os.group' THEN ' by a group'
				WHEN 'os.sudoers' THEN ' by sudo' ELSE '' END
			|| ', /' || g.locator)
		FROM live_grants g
		LEFT JOIN identities t ON t.key = g.target
		WHERE g.identity_id = i.id AND g.capability = 'data_admin'),
		(SELECT MIN('runs as ' || t.name)
		FROM live_edges e
		JOIN identities t ON t.id = e.dst_id
		WHERE e.src_id = i.id AND e.kind = 'runs_as'),
		CASE WHEN i.uid = 0 THEN 'user id 0' ELSE '' END) AS detail
FROM live_identities i
WHERE i.kind IN ('service_account', 'workload') AND i.privileged = 2
	AND i.state <> 'retired'
	AND NOT (i.kind = 'service_account' AND i.name = 'root'
		AND COALESCE(i.uid, 0) = 0)
ORDER BY i.id
