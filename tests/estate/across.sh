# shellcheck shell=bash
# Sourced by make.sh: what is spread over files, and what stands in commands.
across() {
	mkdir -p "$root"/etc/{billing,sudoers.d,systemd/system} \
		"$root"/etc/systemd/system/exporter.service.d \
		"$root"/usr/lib/systemd/system
	# An environment file: its secret lies there, and not in the unit.
	unit billing.service <<'EOF'
[Service]
User=deploy
EnvironmentFile=-/etc/billing/*.env
EnvironmentFile=-/etc/billing/absent
ExecStart=/opt/billing/run --token-file /etc/billing/token
EOF
	cat >"$root/etc/billing/live.env" <<'EOF'
# read by billing.service
BILLING_PORT=8081
BILLING_TOKEN="bt-4f1d9e7c2a6b48d0"
BILLING_TOKEN_FILE=/etc/billing/token
EOF
	chmod 0640 "$root/etc/billing/live.env"
	expect token 'secret:*' etc/billing/live.env:3 private -
	miss etc/billing/live.env:4 'where a token lies, and not what it is'
	# A drop-in that takes root away; one of a service that etc hides.
	cat >"$root/usr/lib/systemd/system/exporter.service" <<'EOF'
[Service]
ExecStart=/usr/bin/exporter
EOF
	printf '[Service]\nUser=deploy\n' \
		>"$root/etc/systemd/system/exporter.service.d/user.conf"
	expect workload "unit:$host:exporter.service" \
		usr/lib/systemd/system/exporter.service - -
	ln -s /dev/null "$root/etc/systemd/system/masked.service"
	printf '[Service]\nExecStart=/bin/x --token=mt-4f1d9e7c2a6b\n' \
		>"$root/usr/lib/systemd/system/masked.service"
	miss "unit:$host:masked.service" 'a service that is masked'
	miss usr/lib/systemd/system/masked.service:2 'a service that is masked'
	# Commands.
	printf '%s\n' \
		'5 4 * * * deploy mysqldump -pdump-7d3e9a shop >/srv/shop.sql' \
		'6 4 * * * deploy mysqldump -p"$DUMP_PW" shop >/srv/shop2.sql' \
		>"$root/etc/cron.d/dump"
	cron etc/cron.d/dump
	cron etc/cron.d/dump
	expect token 'secret:*' etc/cron.d/dump:1 private -
	miss etc/cron.d/dump:2 'a variable'
	# An alias of one file, used in another.
	echo '@includedir /etc/sudoers.d' >"$root/etc/sudoers"
	echo 'User_Alias RELEASE = deploy, !backup-agent' \
		>"$root/etc/sudoers.d/10-alias"
	echo 'RELEASE ALL = (root) NOPASSWD: ALL' \
		>"$root/etc/sudoers.d/20-release"
	echo 'backup-agent ALL = ALL' >"$root/etc/sudoers.d/30-old.bak"
	chmod 0440 "$root"/etc/sudoers "$root"/etc/sudoers.d/*
}
across
