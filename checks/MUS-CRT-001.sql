-- id: MUS-CRT-001
-- title: Certificate has expired
-- kinds: tls_cert client_cert iot_credential internal_ca
-- severity: high
-- needs: file.pem file.der
-- param: fail_days = 0 (days past its end at which it is raised)
-- trigger: The last day of the certificate is past, and it is still deployed:
--     served, configured, or in a file with no later one beside it.
-- why: It stops trade, teaches staff to click through warnings, and takes
--     away the proof of who is at the other end.
-- remedy: Renew it today (certbot renew, or the way your provider says),
--     restart the service and try it from outside; delete it where nothing
--     uses it any more. Then set up automatic renewal.
-- verify: openssl x509 -enddate -noout -in FILE shows a date to come, and the
--     service answers with it.
-- maps: CAF: B3.b, B5.a; ICO: UKGDPR-32(1)(b), UKGDPR-32(1)(a); CIS: 3.10;
--     PCI: 4.2.1; ISO: A.8.24, A.5.30; NHI: NHI4:2025; CSF: PR.DS-02; N53:
--     SC-17, SC-8; NCSC-CLOUD: P1
SELECT v.identity_id, v.credential_id,
	COALESCE((SELECT MIN(f.id) FROM live_sightings f
		WHERE f.credential_id = v.credential_id
			AND f.asset_id = v.asset_id AND f.role = 'public'
			AND f.context = ''), v.sighting_id) AS sighting_id,
	v.expires_at AS since_at,
	(:now - v.expires_at) / 86400 AS value,
	COALESCE((SELECT MIN(CASE u.detail WHEN '' THEN 'in use by a service'
			ELSE 'in use: ' || u.detail END)
		FROM live_sightings u WHERE u.credential_id = v.credential_id
			AND u.asset_id = v.asset_id AND u.role = 'in_use'
			AND u.context = ''),
		(SELECT MIN('in use: served now')
		FROM live_sightings u WHERE u.credential_id = v.credential_id
			AND u.asset_id = v.asset_id AND u.role = 'served'
			AND u.context = ''),
		'a relic: nothing was found that uses it') AS detail
FROM live_certs v
WHERE v.identity_kind IN ('tls_cert', 'client_cert', 'iot_credential',
		'internal_ca')
	AND v.role <> 'trusted'
	AND v.expires_at < :now - :fail_days * 86400
ORDER BY v.identity_id, v.credential_id, sighting_id
