#include "decode/certuse.h"

#include "decode/blocks.h"
#include "decode/inuse.h"
#include "decode/pick.h"

/* Whose settings lie where, and the setting that names its certificate. A
 * relative path is one of the file's own folder. */
static const struct row {
	const char *glob, *setting, *unit;
} rows[] = {
	{ "etc/dovecot/**", "ssl_cert", "dovecot.service" },
	{ "etc/dovecot/**", "ssl_server_cert_file", "dovecot.service" },
	{ "etc/freeradius/**", "certificate_file", "freeradius.service" },
	{ "etc/raddb/**", "certificate_file", "radiusd.service" },
	{ "etc/mosquitto/**", "certfile", "mosquitto.service" },
	{ "etc/mosquitto/**", "bridge_certfile", "mosquitto.service" },
	{ "etc/redis/*", "tls-cert-file", "redis-server.service" },
	{ "etc/mysql/**", "ssl_cert", "mariadb.service" },
	{ "etc/mysql/**", "ssl-cert", "mariadb.service" },
	{ "etc/my.cnf.d/*", "ssl-cert", "mariadb.service" },
	{ "etc/my.cnf.d/*", "ssl_cert", "mariadb.service" },
	{ "etc/postgresql/*/*/*", "ssl_cert_file", "postgresql@.service" },
	{ "etc/vsftpd*", "rsa_cert_file", "vsftpd.service" },
	{ "etc/proftpd/**", "TLSRSACertificateFile", "proftpd.service" },
	{ "etc/proftpd/**", "TLSECCertificateFile", "proftpd.service" },
	{ "etc/exim4/**", "tls_certificate", "exim4.service" },
	{ "etc/exim4/**", "MAIN_TLS_CERTIFICATE", "exim4.service" },
	{ "etc/ldap/slapd.d/**", "olcTLSCertificateFile:", "slapd.service" },
	{ "etc/ldap/slapd.conf", "TLSCertificateFile", "slapd.service" },
	{ "etc/stunnel/*", "cert", "stunnel4.service" },
	{ "etc/turnserver.conf", "cert", "coturn.service" },
	{ "etc/hostapd/*", "server_cert", "hostapd.service" },
	{ "etc/hostapd/*", "client_cert", "hostapd.service" },
	{ "etc/zabbix/*", "TLSCertFile", "zabbix-agent.service" },
	{ "etc/grafana/*", "cert_file", "grafana-server.service" },
	{ "etc/rabbitmq/*", "ssl_options.certfile", "rabbitmq-server.service" },
	{ "etc/webmin/miniserv.conf", "keyfile", "webmin.service" },
	{ "etc/cups/cups-files.conf", "ServerCertificate", "cups.service" },
	{ "etc/mumble-server.ini", "sslCert", "mumble-server.service" },
	{ "etc/inspircd/*", "certfile", "inspircd.service" },
};

/* What stands after the last separator of a path. */
static struct str
certuse_last(struct str path)
{
	size_t at = str_rchr(path, PICK_SEP);

	return at == SIZE_MAX ? path : str_skip(path, at + 1);
}

/* Dovecot's "</etc/ssl/x.pem" is the file's content; FreeRADIUS' ${certdir} is
 * its folder of certificates. */
static int
certuse_path(const struct decode_in *in, struct str v, struct str *out,
    struct err *e)
{
	static const char *const vars[] = { "${certdir}/", "$certdir/",
		"${cadir}/" };
	struct str dir = in->file->path;
	size_t i;

	*out = v;
	if (str_starts(v, STR("<")))
		*out = str_trim(str_skip(v, 1));
	for (i = 0; i < MU_COUNT(vars); i++)
		if (str_starts(v, str_from(vars[i])))
			return arena_fmt(in->job, out, e,
			    "/" STR_FMT "/certs/" STR_FMT,
			    STR_ARG(str_head(dir,
				str_find(dir, STR("/mods-")))),
			    STR_ARG(str_skip(v, strlen(vars[i]))));
	return MU_OK;
}

static int
certuse_item(void *cookie, const struct blocks_item *item, struct err *e)
{
	const struct decode_in *in = cookie;
	struct str unit, path, name = certuse_last(item->path);
	size_t i;

	for (i = 0; i < MU_COUNT(rows); i++)
		if (str_eq(name, str_from(rows[i].setting)) &&
		    str_glob(str_from(rows[i].glob), in->file->path))
			break;
	if (i == MU_COUNT(rows))
		return MU_OK;
	TRY(certuse_path(in, item->value, &path, e));
	if (path.n == 0 || path.p[0] == '$')
		return MU_OK;
	TRY(inuse_unit(in, rows[i].unit, &unit, e));
	return inuse_cert(in, path, unit, item->line,
	    "the certificate of a service", e);
}

static int
certuse_read(const struct decode_in *in, struct err *e)
{
	struct decode_in mine = *in;

	return blocks_each(in, certuse_item, &mine, e);
}

const struct decoder decode_certuse = {
	.name = "certuse",
	.place = NULL,
	.sees = "Which certificates services are configured with",
	.source = "the manuals of the services",
	.max_bytes = (size_t)4 << 20,
	.read = certuse_read,
};
