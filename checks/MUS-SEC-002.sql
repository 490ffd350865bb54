-- id: MUS-SEC-002
-- title: Secret in plain text that others can read
-- kinds: api_key token oauth_app cloud_access_key webhook_secret
--     db_credential service_account network_secret iot_credential workload
--     ai_agent
-- severity: high
-- needs: agent.beats agent.datadog agent.newrelic ai.aider ai.codex
--     ai.copilot ai.litellm app.env app.home_assistant app.php_settings
--     app.rails app.symfony app.wordpress backup.borgmatic
--     cloud.aws_credentials cloud.doctl cloud.rclone cloud.s3cfg
--     container.compose db.erlang_cookie db.my_cnf db.pg_service
--     db.pgbouncer_users db.pgpass db.redis dev.gem dev.gh dev.glab
--     dev.helm dev.hub dev.netrc dev.npmrc dev.pypirc dev.terraform
--     dev.yarnrc dir.ldap dir.ldap_secret dir.samba dir.sssd
--     docker.config mail.dovecot_ldap mail.exim_client mail.msmtp
--     mail.postfix mail.ssmtp mesh.cloudflared mesh.netbird
--     mesh.tailscale mesh.zerotier mon.alertmanager mon.grafana
--     mon.grafana_source mon.prometheus monitor.icinga_api
--     monitor.osquery monitor.supervisor monitor.wazuh
--     monitor.wazuh_enrol monitor.zabbix_psk monitor.zabbix_server
--     mq.mosquitto net.dyndns net.hostapd net.keepalived net.netplan
--     net.networkmanager net.ngrok net.ppp net.radius_clients
--     net.radius_modules net.snmp net.tacacs net.wpa_supplicant os.cron
--     os.unit phone.asterisk_manager phone.asterisk_pjsip
--     phone.asterisk_sip proxy.haproxy storage.davfs storage.fstab
--     storage.rsyncd storage.s3fs storage.smb_credentials tls.acme_sh
--     vpn.ipsec_secrets vpn.openvpn vpn.swanctl vpn.wireguard
--     web.apache web.nginx
-- trigger: A password, key or token lies in a file that other accounts of the
--     machine can read. What an AI agent's own settings hold is left to
--     MUS-AGT-001.
-- why: Every account on that machine can read it, and so can any malware that
--     runs as one.
-- remedy: Tighten the file today so that only its service can read it: chmod
--     600 FILE. Then move the secret to a vault or to the credential store of
--     the system, and change it, since it may have been read.
-- verify: stat -c %a FILE says 600, and the secret has a new fingerprint at
--     the next audit.
-- maps: CE: CE-PW-STORE; CAF: B3.c, B4.b; ICO: UKGDPR-32(1)(a),
--     UKGDPR-32(1)(b), ICO-AF-UNAUTH; CIS: 3.3, 3.11; PCI: 8.6.2, 8.3.2; ISO:
--     A.5.17, A.8.12; NHI: NHI2:2025; CSF: PR.DS-01; N53: IA-5(6), IA-5(7),
--     SC-28
SELECT c.identity_id AS identity_id, c.id AS credential_id,
	x.sighting_id AS sighting_id, c.first_seen AS since_at,
	NULL AS value, x.who AS detail
FROM live_exposures x
JOIN live_credentials c ON c.id = x.credential_id
WHERE c.identity_kind IN ('api_key', 'token', 'oauth_app', 'cloud_access_key',
		'webhook_secret', 'db_credential', 'service_account',
		'network_secret', 'iot_credential', 'workload', 'ai_agent')
	AND c.kind IN ('password', 'token') AND c.identity_kind <> 'ai_agent'
	AND NOT EXISTS (SELECT 1 FROM live_edges e
		WHERE e.src_id = c.identity_id AND e.kind = 'consumed_by'
			AND e.dst_kind = 'ai_agent')
ORDER BY c.identity_id, c.id, x.sighting_id
