#include "decode/anchors.h"
#include "decode/apache.h"
#include "decode/authlog.h"
#include "decode/authorized_keys.h"
#include "decode/blocks.h"
#include "decode/caindex.h"
#include "decode/certuse.h"
#include "decode/colons.h"
#include "decode/columns.h"
#include "decode/crontab.h"
#include "decode/der.h"
#include "decode/dkim.h"
#include "decode/docker_config.h"
#include "decode/fstab.h"
#include "decode/group.h"
#include "decode/haproxy.h"
#include "decode/htpasswd.h"
#include "decode/ini.h"
#include "decode/ipsec_secrets.h"
#include "decode/jks.h"
#include "decode/jsonpick.h"
#include "decode/keytab.h"
#include "decode/keyval.h"
#include "decode/known_hosts.h"
#include "decode/lone.h"
#include "decode/mcp.h"
#include "decode/netrc.h"
#include "decode/nginx.h"
#include "decode/openvpn.h"
#include "decode/passwd.h"
#include "decode/pem.h"
#include "decode/pgpass.h"
#include "decode/phpset.h"
#include "decode/pkcs12.h"
#include "decode/postfix.h"
#include "decode/ppk.h"
#include "decode/renewal.h"
#include "decode/samba.h"
#include "decode/shadow.h"
#include "decode/ssh_public.h"
#include "decode/sshd_config.h"
#include "decode/sudoers.h"
#include "decode/testimony.h"
#include "decode/traefik.h"
#include "decode/unit.h"
#include "decode/wireguard.h"
#include "decode/yamlpick.h"

const struct decoder *const decode_list[] = {
	&decode_anchors,
	&decode_apache,
	&decode_authlog,
	&decode_authorized_keys,
	&decode_blocks,
	&decode_caindex,
	&decode_certuse,
	&decode_colons,
	&decode_columns,
	&decode_crontab,
	&decode_der,
	&decode_dkim,
	&decode_docker_config,
	&decode_fstab,
	&decode_group,
	&decode_haproxy,
	&decode_htpasswd,
	&decode_ini,
	&decode_ipsec_secrets,
	&decode_jks,
	&decode_jsonpick,
	&decode_keytab,
	&decode_keyval,
	&decode_known_hosts,
	&decode_lone,
	&decode_mcp,
	&decode_netrc,
	&decode_nginx,
	&decode_openvpn,
	&decode_passwd,
	&decode_pem,
	&decode_pgpass,
	&decode_phpset,
	&decode_pkcs12,
	&decode_postfix,
	&decode_ppk,
	&decode_renewal,
	&decode_samba,
	&decode_shadow,
	&decode_ssh_public,
	&decode_sshd_config,
	&decode_sudoers,
	&decode_testimony,
	&decode_traefik,
	&decode_unit,
	&decode_wireguard,
	&decode_yamlpick,
	NULL,
};
