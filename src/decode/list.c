#include "decode/authorized_keys.h"
#include "decode/group.h"
#include "decode/known_hosts.h"
#include "decode/passwd.h"
#include "decode/pem.h"
#include "decode/ppk.h"
#include "decode/shadow.h"
#include "decode/ssh_public.h"
#include "decode/sshd_config.h"
#include "decode/sudoers.h"

const struct decoder *const decode_list[] = {
	&decode_authorized_keys,
	&decode_group,
	&decode_known_hosts,
	&decode_passwd,
	&decode_pem,
	&decode_ppk,
	&decode_shadow,
	&decode_ssh_public,
	&decode_sshd_config,
	&decode_sudoers,
	NULL,
};
