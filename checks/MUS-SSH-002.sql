-- id: MUS-SSH-002
-- title: Weak SSH key
-- kinds: ssh_key host_key
-- severity: medium
-- needs: ssh.authorized_keys ssh.user_key ssh.host_public
-- param: warn_below = 3072 (RSA bits under which a key is raised)
-- param: high_below = 2048 (bits under which it is high)
-- trigger: The key is DSA, or RSA under 3072 bits; high for DSA and for RSA
--     under 2048 bits.
-- why: Modern servers refuse such keys, and the smallest can be broken.
-- remedy: Make an Ed25519 key (ssh-keygen -t ed25519) and put it in the place
--     of the old one everywhere it is listed. For a server: ssh-keygen -A
--     makes the missing host keys; take the old HostKey line out of
--     sshd_config.
-- verify: ssh-keygen -lf FILE shows the new type and size.
-- maps: CAF: B2.a, B3.b; ICO: UKGDPR-32(1)(a); CIS: 12.6; PCI: 12.3.3, 2.2.7;
--     ISO: A.8.24; NHI: NHI4:2025; CSF: PR.AA-03; N53: SC-13, IA-5(2)
SELECT c.identity_id AS identity_id, c.id AS credential_id,
	s.id AS sighting_id,
	COALESCE(c.created_at, c.first_seen) AS since_at,
	CASE c.alg WHEN 'dsa' THEN 1024 ELSE c.bits END AS value,
	c.alg AS detail
FROM live_credentials c
CROSS JOIN live_sightings s
WHERE s.credential_id = c.id AND c.kind = 'keypair'
	AND c.identity_kind IN ('ssh_key', 'host_key')
	AND s.context = ''
	AND s.role IN ('private', 'authorized', 'in_use', 'served')
	AND (c.alg = 'dsa' OR (c.alg = 'rsa' AND c.bits < :warn_below))
ORDER BY c.identity_id, c.id, s.id
