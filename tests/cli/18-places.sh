# Goal of this test: the sample of each place that is read by rules alone, laid
# where its program keeps it, gives the secrets that its program's manual says
# it holds, by line and name, and no others; no value of one leaves the reader.
. "$(dirname "$0")/lib.sh" || exit 1

make_root "$tmp/root"
root=$tmp/root
# Place, file, sample, then LINE NAME of each secret, with semicolons between.
cat >"$tmp/table" <<'END'
agent.beats|etc/filebeat/filebeat.yml|yamlpick/beat|4 Elasticsearch login of a Beat
agent.datadog|etc/datadog-agent/datadog.yaml|yamlpick/datadog|2 API key of the Datadog agent
agent.newrelic|etc/newrelic-infra.yml|yamlpick/newrelic|1 Licence key of the New Relic agent
ai.aider|home/ada/.aider.conf.yml|yamlpick/aider|1 openai key of aider;3 gemini key of aider
ai.codex|home/ada/.codex/auth.json|jsonpick/codex.json|0 OpenAI key of Codex
ai.copilot|home/ada/.config/github-copilot/apps.json|jsonpick/copilot.json|0 Copilot token for github.com:Iv1.example
ai.litellm|etc/litellm/config.yaml|yamlpick/litellm|3 Model key of LiteLLM;9 Master key of LiteLLM
app.home_assistant|srv/homeassistant/secrets.yaml|yamlpick/home_assistant|3 mqtt_password of Home Assistant;4 camera_token of Home Assistant
app.rails|srv/shop/config/database.yml|yamlpick/rails|14 Database login of production
app.symfony|srv/web/config/parameters.yml|yamlpick/symfony|6 Database login of a Symfony application;9 Key of a Symfony application
backup.borgmatic|etc/borgmatic/config.yaml|yamlpick/borgmatic|3 Passphrase of a Borg repository;7 postgresql login of borgmatic
cloud.doctl|home/ada/.config/doctl/config.yaml|yamlpick/doctl|1 DigitalOcean token;3 DigitalOcean token of context work
cloud.rclone|root/.config/rclone/rclone.conf|ini/rclone.conf|5 rclone login of nas;10 rclone key of bucket;15 rclone passphrase of vault
cloud.s3cfg|root/.s3cfg|ini/s3cfg|3 Access key of s3cmd
container.compose|srv/app/docker-compose.yml|yamlpick/compose|6 POSTGRES_PASSWORD in srv/app/docker-compose.yml;9 STRIPE_API_KEY in srv/app/docker-compose.yml
dev.gem|home/ada/.gem/credentials|yamlpick/gem|2 RubyGems key;3 gem key for https://gems.example.com
dev.gh|home/ada/.config/gh/hosts.yml|yamlpick/gh|4 GitHub token for github.com;6 GitHub token for github.com;8 GitHub token for github.com
dev.glab|home/ada/.config/glab-cli/config.yml|yamlpick/glab|10 GitLab token for gitlab.com;13 GitLab token for git.example.com
dev.helm|home/ada/.config/helm/repositories.yaml|yamlpick/helm|6 Login to a Helm repository
dev.hub|home/ada/.config/hub|yamlpick/hub|3 GitHub token for github.com
dev.terraform|home/ada/.terraform.d/credentials.tfrc.json|jsonpick/terraform.json|0 Terraform token for app.terraform.io
dev.yarnrc|home/ada/.yarnrc.yml|yamlpick/yarnrc|6 npm token for https://npm.example.com;9 npm login of scope works
mon.alertmanager|etc/prometheus/alertmanager.yml|yamlpick/alertmanager|4 Mail login of Alertmanager;9 Slack address of Alertmanager;11 PagerDuty key of Alertmanager
mon.grafana|etc/grafana/grafana.ini|ini/grafana.ini|6 Database login of Grafana;10 Administrator of Grafana;15 Sign-in client auth.google of Grafana
mon.grafana_source|etc/grafana/provisioning/datasources/shop.yaml|yamlpick/grafana_source|8 Data source login of Grafana
mon.prometheus|etc/prometheus/prometheus.yml|yamlpick/prometheus|4 Scrape login of Prometheus;11 Remote token of Prometheus
net.netplan|etc/netplan/01-wifi.yaml|yamlpick/netplan|7 Wi-Fi password of wlp2s0;13 Wi-Fi login of wlp2s0
net.ngrok|home/ada/.config/ngrok/ngrok.yml|yamlpick/ngrok|3 ngrok token
END
while IFS='|' read -r _ file sample _; do
	mkdir -p "$root/$(dirname "$file")"
	cp "$top/tests/cases/$sample" "$root/$file"
done <"$tmp/table"
run 0 scan --root "$root" --as-of "$now"
cp "$out" "$tmp/scan"
while IFS='|' read -r place file _ want; do
	got=$(sed -n "s#.*\"type\":\"sighting\".*\"place\":\"$place\",\"locator\":\"$file:\\{0,1\\}\\([0-9]*\\)\",.*\"detail\":\"\\([^\"]*\\)\".*#\\1 \\2#p" \
		"$tmp/scan" | sed 's/^ /0 /' | tr '\n' ';')
	is "$place" "${got%;}" "$want"
done <"$tmp/table"

# Each place of these two families stands in the table.
for place in $(sed -n 's/^id: //p' "$top/places/developer.yaml" "$top/places/service.yaml"); do
	grep -q "^$place|" "$tmp/table" || wrong "no row for $place"
done

# The gap of the Rails file is the alias that could have held a password.
is 'gaps' "$(sed -n 's/.*"type":"gap".*"place":"\([^"]*\)","locator":"\([^"]*\)","reason":"\([^"]*\)".*/\1 \2 \3/p' "$tmp/scan")" \
	'app.rails srv/shop/config/database.yml:17 unsupported'

# No value of theirs is in a record.
while IFS='|' read -r _ _ sample _; do
	grep -oE '[A-Za-z0-9_./-]+-[0-9]{4,}|[a-zA-Z_]*[eE]xample[A-Za-z0-9]*[0-9]{6,}' \
		"$top/tests/cases/$sample"
done <"$tmp/table" | sort -u >"$tmp/values"
[ "$(wc -l <"$tmp/values")" -ge 20 ] || wrong 'too few values to look for'
! grep -qFf "$tmp/values" "$tmp/scan" || wrong "a value is in a record: $(grep -oFf "$tmp/values" "$tmp/scan" | head -n 3)"
