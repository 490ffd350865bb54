-- id: MUS-SEC-004
-- title: Private key file exposed
-- kinds: ssh_key tls_cert client_cert host_key internal_ca signing_key
--     vpn_peer
-- severity: high
-- needs: file.pem file.der file.jks file.pkcs12 mail.dkim ssh.host_key
--     ssh.putty_key ssh.user_key tls.traefik vpn.openvpn vpn.wireguard
-- trigger: A private key lies in a file that others than its owner can read.
--     The groups that exist to read keys (ssl-cert, ssh_keys) do not count.
-- why: Whoever copies the key becomes the server, or the administrator.
-- remedy: Set the file so that only the service can read it: chmod 600 FILE.
--     If others could have copied it, make a new key and certificate, and
--     revoke the old one.
-- verify: stat -c %a FILE says 600, and the new key has another fingerprint.
-- maps: CE: CE-PW-STORE; CAF: B3.c, B4.b; ICO: UKGDPR-32(1)(a),
--     UKGDPR-32(1)(b); CIS: 3.3, 3.11; PCI: 3.6.1, 8.3.2; ISO: A.8.24,
--     A.5.17; NHI: NHI2:2025; CSF: PR.DS-01; N53: IA-5(2), SC-12
SELECT c.identity_id AS identity_id, c.id AS credential_id,
	x.sighting_id AS sighting_id, c.first_seen AS since_at,
	NULL AS value,
	CASE c.encrypted WHEN 2 THEN x.who || ', under a passphrase'
		ELSE x.who END AS detail
FROM live_exposures x
JOIN live_credentials c ON c.id = x.credential_id
WHERE c.identity_kind IN ('ssh_key', 'tls_cert', 'client_cert', 'host_key',
		'internal_ca', 'signing_key', 'vpn_peer')
	AND c.kind = 'keypair'
ORDER BY c.identity_id, c.id, x.sighting_id
