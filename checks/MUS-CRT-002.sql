-- id: MUS-CRT-002
-- title: Certificate expires soon
-- kinds: tls_cert client_cert iot_credential internal_ca
-- severity: medium
-- needs: file.pem file.der
-- param: warn_days = 30 (days left at which it is raised)
-- param: ca_warn_days = 365 (the same for a private authority)
-- param: high_days = 14 (days left at which it is high)
-- param: critical_days = 3 (days left at which it is critical)
-- trigger: Less than 30 days, or less than a third of its life, is left to
--     it, whichever is shorter; 365 days for a private authority. High under
--     14 days or a sixth of its life, critical under 3 days or a twelfth.
-- why: The limits shrink with the life of the certificate, so that one of 47
--     days does not alarm all the time. When it ends, what relies on it
--     stops.
-- remedy: If renewal is automatic, find out why it has not run (systemctl
--     list-timers; journalctl -u certbot). If it is by hand, renew now and
--     write down the steps.
-- verify: openssl x509 -enddate -noout -in FILE shows the new date.
-- maps: CAF: B3.b, B5.a; ICO: UKGDPR-32(1)(b); CIS: 3.10, 4.6; PCI: 4.2.1,
--     4.2.1.1; ISO: A.8.24, A.5.30; NHI: NHI4:2025; CSF: PR.DS-02, ID.AM-08;
--     N53: SC-17, SC-12; NCSC-CLOUD: P1
SELECT v.identity_id, v.credential_id,
	COALESCE((SELECT MIN(f.id) FROM live_sightings f
		WHERE f.credential_id = v.credential_id
			AND f.asset_id = v.asset_id AND f.role = 'public'
			AND f.context = ''), v.sighting_id) AS sighting_id,
	v.expires_at AS since_at,
	(v.expires_at - :now) / 86400 AS value,
	COALESCE((SELECT MIN(CASE u.detail WHEN '' THEN 'in use by a service'
			ELSE 'in use: ' || u.detail END)
		FROM live_sightings u WHERE u.credential_id = v.credential_id
			AND u.asset_id = v.asset_id AND u.role = 'in_use'
			AND u.context = ''),
		(SELECT MIN('in use: served now')
		FROM live_sightings u WHERE u.credential_id = v.credential_id
			AND u.asset_id = v.asset_id AND u.role = 'served'
			AND u.context = ''),
		CASE v.role WHEN 'trusted' THEN 'trusted here'
			ELSE 'in a file' END) AS detail
FROM live_certs v
WHERE v.identity_kind IN ('tls_cert', 'client_cert', 'iot_credential',
		'internal_ca')
	AND v.expires_at >= :now
	AND v.expires_at - :now < 86400 * CASE v.role
		WHEN 'trusted' THEN :ca_warn_days ELSE :warn_days END
	AND (v.created_at IS NULL
		OR 3 * (v.expires_at - :now) < v.expires_at - v.created_at)
ORDER BY v.identity_id, v.credential_id, sighting_id
