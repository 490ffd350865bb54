-- id: MUS-CRT-004
-- title: Weak key or signature on a certificate
-- kinds: tls_cert client_cert iot_credential internal_ca
-- severity: high
-- needs: file.pem file.der
-- param: rsa_min_bits = 2048 (smallest RSA key)
-- param: ec_min_bits = 256 (smallest elliptic key)
-- trigger: The key is RSA under 2048 bits, elliptic under 256 bits or DSA, or
--     the signature uses MD5 or SHA-1. The signature of a private root on
--     itself does not count.
-- why: With known methods, others can pass for this identity.
-- remedy: Issue it anew with at least RSA 2048 or EC P-256, and SHA-256.
--     Renewal tools do this by themselves; by hand: openssl req -newkey
--     rsa:3072 -sha256.
-- verify: openssl x509 -text -noout -in FILE shows the new key and signature.
-- maps: CAF: B3.b, B3.c; ICO: UKGDPR-32(1)(a); CIS: 3.10; PCI: 4.2.1, 12.3.3;
--     ISO: A.8.24; NHI: NHI4:2025; CSF: PR.DS-02; N53: SC-13, SC-12;
--     NCSC-CLOUD: P1
SELECT v.identity_id, v.credential_id,
	COALESCE((SELECT MIN(f.id) FROM live_sightings f
		WHERE f.credential_id = v.credential_id
			AND f.asset_id = v.asset_id AND f.role = 'public'
			AND f.context = ''), v.sighting_id) AS sighting_id,
	v.created_at AS since_at, v.bits AS value,
	CASE WHEN (v.alg = 'rsa' AND v.bits < :rsa_min_bits)
		OR (v.alg = 'ec' AND v.bits < :ec_min_bits) OR v.alg = 'dsa'
		THEN v.alg || ' key' ELSE v.sig END
	|| COALESCE((SELECT MIN('; in use: ' || u.detail)
		FROM live_sightings u WHERE u.credential_id = v.credential_id
			AND u.asset_id = v.asset_id AND u.role = 'in_use'
			AND u.context = '' AND u.detail <> ''), '') AS detail
FROM live_certs v
WHERE v.identity_kind IN ('tls_cert', 'client_cert', 'iot_credential',
		'internal_ca')
	AND ((v.alg = 'rsa' AND v.bits < :rsa_min_bits)
		OR (v.alg = 'ec' AND v.bits < :ec_min_bits) OR v.alg = 'dsa'
		OR ((v.identity_kind <> 'internal_ca' OR v.self_signed <> 2)
			AND (replace(lower(v.sig), 'sha1', '') <> lower(v.sig)
			OR replace(lower(v.sig), 'md5', '') <> lower(v.sig)
			OR replace(lower(v.sig), 'md4', '') <> lower(v.sig)
			OR replace(lower(v.sig), 'md2', '')
				<> lower(v.sig))))
ORDER BY v.identity_id, v.credential_id, sighting_id
