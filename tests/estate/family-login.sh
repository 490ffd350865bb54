# Logins and tokens in files of names and values; sourced by make.sh, whose
# functions it uses. The files have the shape that their programs' manuals give;
# values are openssl's; what is expected of a file is said by another reader of
# its format: Python's netrc and configparser, grep for the line.
# shellcheck shell=bash disable=SC2154

random() { openssl rand -hex 16; }
lay() { # lay LOCATOR MODE: standard input is the file
	mkdir -p "$root/$(dirname "$1")"
	cat >"$root/$1"
	chmod "$2" "$root/$1"
}
line_of() { grep -nF -- "$2" "$root/$1" | cut -d : -f 1; }
login() { # login KIND IDENTITY LOCATOR VALUE
	expect "$1" "$2" "$3" - -
	expect "$1" 'secret:*' "$3:$(line_of "$3" "$4")" private -
}
token() { # token KIND LOCATOR VALUE...
	local kind=$1 where=$2 value
	shift 2
	for value in "$@"; do
		expect "$kind" 'secret:*' "$where:$(line_of "$where" "$value")" private -
	done
}

# --- ini, and lines of their own ------------------------------------------------
lay home/ada/.aws/credentials 0600 <<END
[default]
aws_access_key_id = AKIAEXAMPLEESTATE001
aws_secret_access_key = $(random)

[backup]
aws_access_key_id=AKIAEXAMPLEESTATE002
aws_secret_access_key=$(random)
END
lay root/.s3cfg 0600 <<END
[default]
access_key = AKIAEXAMPLEESTATE003
secret_key = $(random)
gpg_passphrase =
END
lay root/.my.cnf 0600 <<END
[client]
user = backup
password = "$(random)"
host = db1.example.com

[mysqldump]
quick
END
lay var/lib/backup-agent/.config/rclone/rclone.conf 0600 <<END
[nas]
type = sftp
host = nas.example.com
user = backup
pass = $(random)

[offsite]
type = s3
access_key_id = AKIAEXAMPLEESTATE004
secret_access_key = $(random)
END
lay etc/grafana/grafana.ini 0640 <<END
[server]
http_port = 3000
[database]
type = postgres
host = 127.0.0.1
name = grafana
user = grafana
password = """$(random)"""
[security]
admin_user = admin
;admin_password = admin
END
python3 - "$root" >logins <<'END'
import configparser, sys
root = sys.argv[1]

def ini(path):
    c = configparser.ConfigParser(allow_no_value=True, interpolation=None)
    c.read(f"{root}/{path}")
    return c

def say(kind, key, path, value):
    print(kind, key, path, value.strip('"'), sep="\t")

path = "home/ada/.aws/credentials"
for s in ini(path).values():
    if s:
        say("cloud_access_key", "aws:" + s["aws_access_key_id"], path, s["aws_secret_access_key"])
path = "root/.s3cfg"
s = ini(path)["default"]
say("cloud_access_key", "aws:" + s["access_key"], path, s["secret_key"])
path = "root/.my.cnf"
s = ini(path)["client"]
say("db_credential", f"login:mysql://{s['user']}@{s['host']}", path, s["password"])
path = "var/lib/backup-agent/.config/rclone/rclone.conf"
c = ini(path)
s = c["nas"]
say("token", f"login:{s['type']}://{s['user']}@{s['host']}", path, s["pass"])
s = c["offsite"]
say("cloud_access_key", "aws:" + s["access_key_id"], path, s["secret_access_key"])
path = "etc/grafana/grafana.ini"
s = ini(path)["database"]
say("db_credential", f"login:{s['type']}://{s['user']}@{s['host']}/{s['name']}", path, s["password"])
END
while IFS=$'\t' read -r kind key where value; do
	login "$kind" "$key" "$where" "$value"
done <logins
lay home/grace/.netrc 0600 <<END
machine git.example.com login grace password $(random)
machine api.example.org
	login robot
	password $(random)
END
python3 - "$root/home/grace/.netrc" >logins <<'END'
import netrc, sys
for host, (user, _, password) in netrc.netrc(sys.argv[1]).hosts.items():
    print(user, host, password)
END
while read -r name server value; do
	login token "login:https://$name@$server" home/grace/.netrc "$value"
done <logins
p=$(random)
lay srv/deploy/.pgpass 0600 <<END
# host:port:database:user:password
db2.example.com:5432:shop:deploy:$p
END
login db_credential 'login:postgres://deploy@db2.example.com:5432/shop' srv/deploy/.pgpass "$p"
p=$(random)
lay opt/intranet/.env 0640 <<END
PORT=8080
MAIL_API_KEY=$p
LDAP_PASSWORD=\${LDAP_PASSWORD}
END
token api_key opt/intranet/.env "$p"

# --- YAML -------------------------------------------------------------------------
p=$(random) q=$(random)
lay home/ada/.config/glab-cli/config.yml 0600 <<END
git_protocol: ssh
hosts:
    gitlab.com:
        api_protocol: https
        token: !!null glpat-$p
        user: ada
    git.example.com:
        token: "$q"
        user: ada.admin
    old.example.com:
        token:
END
login token login:https://ada@gitlab.com home/ada/.config/glab-cli/config.yml "$p"
login token login:https://ada.admin@git.example.com home/ada/.config/glab-cli/config.yml "$q"
p=$(random)
lay home/grace/.config/gh/hosts.yml 0600 <<END
github.com:
    users:
        grace:
    git_protocol: https
    oauth_token: gho_$p
    user: grace
END
token token home/grace/.config/gh/hosts.yml "gho_$p"
p=$(random)
lay opt/ci/.config/hub 0600 <<END
github.com:
- user: example-bot
  oauth_token: $p
  protocol: https
END
mkdir -p "$root/opt/ci"
token token opt/ci/.config/hub "$p"
p=$(random)
lay srv/shop/config/database.yml 0640 <<END
production:
  adapter: postgresql
  host: DB3.example.com
  port: 5432
  database: shop
  username: shop
  password: $p
test:
  adapter: sqlite3
  database: db/test.sqlite3
staging:
  adapter: postgresql
  password: <%= ENV["STAGING_PASSWORD"] %>
END
login db_credential login:db://shop@db3.example.com:5432/shop srv/shop/config/database.yml "$p"
p=$(random) q=$(random)
lay srv/stack/docker-compose.yml 0644 <<END
services:
  db:
    image: postgres:16
    environment:
      POSTGRES_USER: app
      POSTGRES_PASSWORD: $p
  web:
    environment:
      - PAYMENT_API_KEY=$q
      - SESSION_SECRET=\${SESSION_SECRET:?}
      - MAIL_PASSWORD_FILE=/run/secrets/mail
END
token token srv/stack/docker-compose.yml "$p"
token api_key srv/stack/docker-compose.yml "$q"
p=$(random)
lay etc/prometheus/prometheus.yml 0640 <<END
global: {scrape_interval: 15s}
scrape_configs:
  - job_name: node
    basic_auth: {username: scraper, password: $p}
    static_configs: [{targets: ['127.0.0.1:9100']}]
  - job_name: vault
    authorization: {credentials_file: /etc/prometheus/vault.token}
END
token token etc/prometheus/prometheus.yml "$p"
p=$(random)
lay etc/borgmatic/config.yaml 0600 <<END
repositories:
    - path: ssh://borg@backup.example.com/./web1
encryption_passphrase: "$p"
END
token token etc/borgmatic/config.yaml "$p"
p=$(random)
lay etc/netplan/50-wifi.yaml 0600 <<END
network:
  version: 2
  wifis:
    wlan0: {access-points: {"Example Works": {password: "$p"}}}
END
token network_secret etc/netplan/50-wifi.yaml "$p"

# --- near misses --------------------------------------------------------------------
near home/linus/.config/gh/hosts.yml 'its token is in the keyring' <<'END'
github.com:
    git_protocol: https
    users:
        linus:
    user: linus
END
near home/linus/.config/glab-cli/config.yml 'an empty token' <<'END'
hosts:
    gitlab.com:
        token:
        user: linus
END
near srv/lab/docker-compose.yml 'variables that are set elsewhere' <<'END'
services:
  db:
    environment:
      POSTGRES_PASSWORD: ${DB_PASSWORD}
      TZ: Europe/London
END
near srv/lab/config/database.yml 'no password, or one from the environment' <<'END'
production:
  adapter: mysql2
  username: lab
  password: <%= ENV.fetch("DB_PASSWORD") %>
development:
  adapter: sqlite3
  password:
END
near etc/alertmanager/alertmanager.yml 'passwords in files of their own' <<'END'
global:
  smtp_auth_password_file: /etc/alertmanager/smtp
receivers:
  - name: ops
    slack_configs: [{channel: '#ops', api_url_file: /etc/alertmanager/slack}]
END
near home/linus/.aws/config 'settings without a key' <<'END'
[profile work]
region = eu-west-2
role_arn = arn:aws:iam::123456789012:role/work
source_profile = sso
END
near opt/report/.env 'references, and nothing else' <<'END'
API_TOKEN=
DB_PASSWORD=${VAULT_DB_PASSWORD}
END
near srv/notes/secrets.yaml 'YAML that no program of a place reads' <<'END'
note: the password is in the safe
password: in the safe
END
near etc/netplan/01-lan.yaml 'a network without a secret' <<'END'
network: {version: 2, ethernets: {eth0: {dhcp4: true}}}
END
unset p q
