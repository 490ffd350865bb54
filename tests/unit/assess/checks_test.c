#include "world.h"

/*
 * One test or more for each check of checks/: what it raises, what it leaves
 * alone, and where it says that it could not look.
 */

#define RELIC "a relic: nothing was found that uses it"

/* Where the findings of a check were seen. */
static struct str
evidence(struct world *w, const char *check)
{

	return rows(w,
	    "SELECT s.locator FROM findings f JOIN sightings s"
	    " ON s.id = f.sighting_id WHERE f.check_id = :c"
	    " ORDER BY s.locator",
	    check);
}

static struct rec_credential *
cert(struct world *w, const char *key, const char *of, int64_t from, int64_t to)
{
	struct rec_credential *c = credential(w, key, of, CRED_X509);

	c->created = (struct when){ from, BY_IN_BAND };
	c->expires = (struct when){ to, BY_IN_BAND };
	c->alg = STR("rsa");
	c->bits = 2048;
	c->sig = STR("sha256WithRSAEncryption");
	return c;
}

static void
agt_001__a_token_in_a_readable_or_shared_file(void **state)
{
	struct world *w = *state;
	struct rec_sighting *s;
	size_t i;
	static const char *const keys[] = { "t:world", "t:home", "t:repo",
		"t:sync", "t:other" };
	static const char *const files[] = { "home/ada/.mcp/a",
		"home/ada/.claude.json", "srv/app/.mcp.json#1",
		"home/ada/Dropbox/x.json", "srv/app/.mcp.json#2" };

	audit(w, "h", NOW);
	identity(w, "agent:a", ID_AI_AGENT);
	for (i = 0; i < MU_COUNT(keys); i++) {
		identity(w, keys[i], ID_TOKEN);
		credential(w, keys[i], keys[i], CRED_TOKEN);
		s = sighting(w, keys[i], ROLE_PRIVATE, files[i]);
		if (i == 0)
			s->readers = READERS_WORLD;
		if (i != 4)
			edge(w, EDGE_CONSUMED_BY, keys[i], "agent:a");
	}
	cover_all(w);
	done(w);
	judge_at(w, NOW);
	assert_str(findings(w, "MUS-AGT-001"),
	    "t:repo|t:repo|high||in a project folder|open\n"
	    "t:sync|t:sync|high||in a synced folder|open\n"
	    "t:world|t:world|high||readable by every account on the machine|"
	    "open\n");
	assert_str(findings(w, "MUS-SEC-002"), "");
	assert_str(results(w, "MUS-AGT-001"), "h|fail||3|0\n");
}

static void
crt_001__expired_and_still_deployed(void **state)
{
	struct world *w = *state;

	audit(w, "h", NOW);
	identity(w, "tls:used", ID_TLS_CERT);
	cert(w, "x:used", "tls:used", NOW - 400 * DAY, NOW - 2 * DAY);
	sighting(w, "x:used", ROLE_IN_USE, "a");
	identity(w, "tls:file", ID_TLS_CERT);
	cert(w, "x:file", "tls:file", NOW - 400 * DAY, NOW - 1);
	sighting(w, "x:file", ROLE_PUBLIC, "b");
	identity(w, "tls:net", ID_CLIENT_CERT)->internet = TRI_YES;
	cert(w, "x:net", "tls:net", NOW - 400 * DAY, NOW - 9 * DAY);
	sighting(w, "x:net", ROLE_SERVED, "127.0.0.1:443");
	/* Made by openssl req -x509: it is its own authority, and served. */
	identity(w, "own", ID_INTERNAL_CA);
	cert(w, "x:own", "own", NOW - 400 * DAY, NOW - 3 * DAY);
	sighting(w, "x:own", ROLE_TRUSTED, "d");
	sighting(w, "x:own", ROLE_IN_USE, "d");
	done(w);
	judge_at(w, NOW);
	assert_str(findings(w, "MUS-CRT-001"),
	    "own|x:own|high|3|in use by a service|open\n"
	    "tls:file|x:file|high|0|" RELIC "|open\n"
	    "tls:net|x:net|critical|9|in use: served now|open\n"
	    "tls:used|x:used|high|2|in use by a service|open\n");
}

/* Which site it is in use for, whichever of its sightings is first; the file
 * that holds it is where to look. */
static void
crt__one_in_use_is_told_from_a_relic(void **state)
{
	static const struct {
		const char *id, *cred;
	} c[] = { { "tls:a", "x:a" }, { "tls:b", "x:b" }, { "tls:c", "x:c" } };
	struct world *w = *state;
	size_t i;

	audit(w, "h", NOW);
	for (i = 0; i < MU_COUNT(c); i++) {
		identity(w, c[i].id, ID_TLS_CERT);
		cert(w, c[i].cred, c[i].id, NOW - 400 * DAY, NOW - 2 * DAY);
	}
	sighting(w, "x:a", ROLE_IN_USE, "etc/apache2/x.conf:3")->detail =
	    STR("nginx serves a.example.org on 443");
	sighting(w, "x:a", ROLE_PUBLIC, "etc/ssl/a.pem#1");
	sighting(w, "x:b", ROLE_PUBLIC, "etc/ssl/b.pem#1");
	/* What a package's own configuration names is its own affair. */
	sighting(w, "x:c", ROLE_PUBLIC, "etc/ssl/c.pem#1");
	sighting(w, "x:c", ROLE_IN_USE, "etc/httpd/conf.d/ssl.conf:9")
	    ->context = STR("package:mod_ssl");
	done(w);
	judge_at(w, NOW);
	assert_str(findings(w, "MUS-CRT-001"),
	    "tls:a|x:a|high|2|in use: nginx serves a.example.org on 443|open\n"
	    "tls:b|x:b|high|2|" RELIC "|open\n");
	assert_str(evidence(w, "MUS-CRT-001"),
	    "etc/ssl/a.pem#1\netc/ssl/b.pem#1\n");
	judge_at(w, NOW - 10 * DAY);
	assert_str(findings(w, "MUS-CRT-002"),
	    "tls:a|x:a|high|8|in use: nginx serves a.example.org on 443|open\n"
	    "tls:b|x:b|high|8|in a file|open\n");
}

static void
crt_001__not_a_root_a_sample_or_one_that_was_renewed(void **state)
{
	struct world *w = *state;

	audit(w, "h", NOW);
	/* Its last second counts as valid. */
	identity(w, "tls:last", ID_TLS_CERT);
	cert(w, "x:last", "tls:last", NOW - 400 * DAY, NOW);
	sighting(w, "x:last", ROLE_SERVED, "a");
	/* A trust anchor without identity, and one of a private CA. */
	cert(w, "x:root", "", NOW - 4000 * DAY, NOW - 9 * DAY);
	sighting(w, "x:root", ROLE_TRUSTED, "etc/ssl/certs/root.pem");
	identity(w, "ca", ID_INTERNAL_CA);
	cert(w, "x:ca", "ca", NOW - 4000 * DAY, NOW - 9 * DAY);
	sighting(w, "x:ca", ROLE_TRUSTED, "ca.pem");
	/* A package's own file. */
	identity(w, "tls:doc", ID_TLS_CERT);
	cert(w, "x:doc", "tls:doc", NOW - 400 * DAY, NOW - 9 * DAY);
	sighting(w, "x:doc", ROLE_PUBLIC, "usr/share/doc/x.pem")->context =
	    STR("package:doc");
	/* certbot's archive: the old file lies beside the new one. */
	identity(w, "tls:le", ID_TLS_CERT);
	cert(w, "x:le1", "tls:le", NOW - 100 * DAY, NOW - 10 * DAY);
	sighting(w, "x:le1", ROLE_PUBLIC, "archive/cert1.pem");
	cert(w, "x:le2", "tls:le", NOW - 10 * DAY, NOW + 80 * DAY);
	sighting(w, "x:le2", ROLE_PUBLIC, "archive/cert2.pem");
	cover_all(w);
	done(w);
	judge_at(w, NOW);
	assert_str(findings(w, "MUS-CRT-001"), "");
	assert_str(results(w, "MUS-CRT-001"), "h|pass||0|0\n");
}

/* The renewed file does not help a server that still serves the old one. */
static void
crt_001__renewed_but_the_old_one_is_served(void **state)
{
	struct world *w = *state;

	audit(w, "h", NOW);
	identity(w, "tls:le", ID_TLS_CERT);
	cert(w, "x:1", "tls:le", NOW - 100 * DAY, NOW - 10 * DAY);
	sighting(w, "x:1", ROLE_SERVED, "0.0.0.0:443");
	cert(w, "x:2", "tls:le", NOW - 10 * DAY, NOW + 80 * DAY);
	sighting(w, "x:2", ROLE_PUBLIC, "cert2.pem");
	done(w);
	judge_at(w, NOW);
	assert_str(findings(w, "MUS-CRT-001"),
	    "tls:le|x:1|high|10|in use: served now|open\n");
}

static void
crt_002__limits_shrink_with_the_life(void **state)
{
	static const struct {
		const char *key;
		int64_t life, left; /* days */
	} c[] = {
		{ "a-90-30", 90, 30 },   /* not under 30 */
		{ "b-90-29", 90, 29 },   /* medium */
		{ "c-90-13", 90, 13 },   /* high: under 14 and 15 */
		{ "d-90-2", 90, 2 },     /* critical */
		{ "e-47-16", 47, 16 },   /* not under a third */
		{ "f-47-15", 47, 15 },   /* medium */
		{ "g-47-7", 47, 7 },     /* high: under 47/6 */
		{ "h-6-1", 6, 1 },       /* medium: 6/6 is not under it */
		{ "i-365-14", 365, 14 }, /* medium */
	};
	struct world *w = *state;
	size_t i;

	audit(w, "h", NOW);
	for (i = 0; i < MU_COUNT(c); i++) {
		identity(w, c[i].key, ID_TLS_CERT);
		cert(w, c[i].key, c[i].key, NOW + (c[i].left - c[i].life) * DAY,
		    NOW + c[i].left * DAY);
		sighting(w, c[i].key, ROLE_IN_USE, c[i].key);
	}
	done(w);
	judge_at(w, NOW);
	assert_str(rows(w,
		       "SELECT i.key, f.severity, f.value, f.reasons"
		       " FROM findings f JOIN identities i"
		       " ON i.id = f.identity_id WHERE f.check_id ="
		       " 'MUS-CRT-002' ORDER BY i.key",
		       ""),
	    "b-90-29|medium|29|not known: personal data\n"
	    "c-90-13|high|13|graded high; not known: personal data\n"
	    "d-90-2|critical|2|graded critical; not known: personal data\n"
	    "f-47-15|medium|15|not known: personal data\n"
	    "g-47-7|high|7|graded high; not known: personal data\n"
	    "h-6-1|medium|1|not known: personal data\n"
	    "i-365-14|medium|14|not known: personal data\n");
}

static void
crt_002__a_private_authority_has_a_year(void **state)
{
	struct world *w = *state;

	audit(w, "h", NOW);
	identity(w, "ca:near", ID_INTERNAL_CA);
	cert(w, "x:near", "ca:near", NOW - 3000 * DAY, NOW + 364 * DAY);
	sighting(w, "x:near", ROLE_TRUSTED, "a");
	identity(w, "ca:far", ID_INTERNAL_CA);
	cert(w, "x:far", "ca:far", NOW - 3000 * DAY, NOW + 366 * DAY);
	sighting(w, "x:far", ROLE_TRUSTED, "b");
	identity(w, "tls", ID_TLS_CERT);
	cert(w, "x:tls", "tls", NOW - 3000 * DAY, NOW + 364 * DAY);
	sighting(w, "x:tls", ROLE_PUBLIC, "c");
	done(w);
	judge_at(w, NOW);
	assert_str(findings(w, "MUS-CRT-002"),
	    "ca:near|x:near|medium|364|trusted here|open\n");
}

static void
crt_004__weak_keys_and_signatures(void **state)
{
	static const struct {
		const char *key, *alg, *sig;
		int64_t bits;
	} c[] = {
		{ "a", "rsa", "sha256WithRSAEncryption", 1024 },
		{ "b", "rsa", "sha256WithRSAEncryption", 2048 },
		{ "c", "ec", "ecdsa-with-SHA256", 192 },
		{ "d", "ec", "ecdsa-with-SHA256", 256 },
		{ "e", "rsa", "sha1WithRSAEncryption", 4096 },
		{ "f", "ec", "ecdsa-with-SHA1", 256 },
		{ "g", "rsa", "md5WithRSAEncryption", 4096 },
		{ "h", "ed25519", "ED25519", 256 },
		{ "i", "dsa", "dsa_with_SHA256", 2048 },
		{ "j", "rsa", "sha512WithRSAEncryption", 3072 },
	};
	struct world *w = *state;
	struct rec_credential *r;
	size_t i;

	audit(w, "h", NOW);
	for (i = 0; i < MU_COUNT(c); i++) {
		identity(w, c[i].key, ID_TLS_CERT);
		r = cert(w, c[i].key, c[i].key, NOW - DAY, NOW + 300 * DAY);
		r->alg = str_from(c[i].alg);
		r->sig = str_from(c[i].sig);
		r->bits = c[i].bits;
		sighting(w, c[i].key, ROLE_PUBLIC, c[i].key);
	}
	/* A private root's signature on itself proves nothing either way. */
	identity(w, "k", ID_INTERNAL_CA);
	r = cert(w, "k", "k", NOW - DAY, NOW + 3000 * DAY);
	r->sig = STR("sha1WithRSAEncryption");
	r->self_signed = TRI_YES;
	sighting(w, "k", ROLE_TRUSTED, "k");
	done(w);
	judge_at(w, NOW);
	assert_str(findings(w, "MUS-CRT-004"),
	    "a|a|high|1024|rsa key|open\n"
	    "c|c|high|192|ec key|open\n"
	    "e|e|high|4096|sha1WithRSAEncryption|open\n"
	    "f|f|high|256|ecdsa-with-SHA1|open\n"
	    "g|g|high|4096|md5WithRSAEncryption|open\n"
	    "i|i|high|2048|dsa key|open\n");
}

static void
inv_001__nobody_after_fourteen_days_or_at_once(void **state)
{
	struct world *w = *state;
	struct rec_identity *i;

	audit(w, "h", NOW);
	identity(w, "owned", ID_TOKEN);
	identity(w, "bare", ID_TOKEN)->owner = STR_NONE;
	i = identity(w, "root-job", ID_WORKLOAD);
	i->owner = STR_NONE;
	i->privileged = TRI_YES;
	identity(w, "person", ID_PERSON)->owner = STR_NONE;
	i = identity(w, "root", ID_SERVICE_ACCOUNT);
	i->owner = STR_NONE;
	i->privileged = TRI_YES;
	i->uid = 0;
	done(w);
	judge_at(w, NOW);
	assert_str(findings(w, "MUS-INV-001"),
	    "root-job||high|0|privileged|open\n");
	judge_at(w, NOW + 14 * DAY);
	assert_str(findings(w, "MUS-INV-001"),
	    "bare||medium|14||open\n"
	    "root-job||high|14|privileged|open\n");
}

static void
inv_003__the_first_audit_is_one_line(void **state)
{
	struct world *w = *state;
	int again;

	for (again = 0; again < 2; again++) {
		audit(w, "h", NOW + again * 30 * DAY);
		identity(w, "a", ID_TOKEN);
		identity(w, "b", ID_SERVICE_ACCOUNT);
		identity(w, "key", ID_SSH_KEY);
		credential(w, "k", "key", CRED_KEYPAIR);
		sighting(w, "k", ROLE_AUTHORIZED, "x");
		if (again)
			identity(w, "c", ID_TOKEN);
		cover_all(w);
		done(w);
		judge_at(w, NOW + again * 30 * DAY);
		if (!again) {
			assert_str(findings(w, "MUS-INV-003"), "");
			assert_str(results(w, "MUS-INV-003"), "h|fail||0|2\n");
			assert_int_equal(w->sum.unconfirmed, 2);
		}
	}
	/* New, so one level more for the first week. */
	assert_str(findings(w, "MUS-INV-003"), "c||high|0||open\n");
	assert_str(results(w, "MUS-INV-003"), "h|fail||1|2\n");
	judge_at(w, NOW + 38 * DAY);
	assert_str(findings(w, "MUS-INV-003"), "c||medium|8||open\n");
}

static void
lif_001__says_nothing_without_logs(void **state)
{
	static const enum cover_state covers[] = { COVER_ABSENT, COVER_PARTLY,
		COVER_READ };
	struct world *w = *state;
	struct rec_credential *c;
	int again;

	for (again = 0; again < 4; again++) {
		audit(w, "h", NOW + again);
		identity(w, "old", ID_SSH_KEY);
		c = credential(w, "old", "old", CRED_KEYPAIR);
		c->last_used = (struct when){ NOW - 91 * DAY, BY_IN_BAND };
		sighting(w, "old", ROLE_AUTHORIZED, "x");
		identity(w, "never", ID_SSH_KEY);
		c = credential(w, "never", "never", CRED_KEYPAIR);
		c->created = (struct when){ NOW - 31 * DAY, BY_MTIME };
		sighting(w, "never", ROLE_AUTHORIZED, "y");
		identity(w, "tls", ID_TLS_CERT);
		cert(w, "tls", "tls", NOW - 31 * DAY, NOW + 300 * DAY);
		sighting(w, "tls", ROLE_PUBLIC, "z");
		/* It may be used elsewhere; a password is in no such line. */
		identity(w, "own", ID_SSH_KEY);
		c = credential(w, "own", "own", CRED_KEYPAIR);
		c->created = (struct when){ NOW - 31 * DAY, BY_MTIME };
		sighting(w, "own", ROLE_PRIVATE, "o");
		identity(w, "svc", ID_SERVICE_ACCOUNT);
		c = credential(w, "svc", "svc", CRED_PASSWORD);
		c->created = (struct when){ NOW - 31 * DAY, BY_MTIME };
		sighting(w, "svc", ROLE_STORED, "v");
		if (again != 0)
			cover(w, "log.auth", covers[again - 1]);
		done(w);
		judge_at(w, NOW + again);
		if (again < 3) {
			assert_str(findings(w, "MUS-LIF-001"), "");
			assert_str(results(w, "MUS-LIF-001"),
			    "h|not_assessed|log.auth|0|0\n");
		}
	}
	assert_str(findings(w, "MUS-LIF-001"),
	    "never|never|medium|31|never used|open\n"
	    "old|old|medium|91|last use|open\n");
}

static void
prv_007__a_service_with_root(void **state)
{
	struct world *w = *state;
	struct rec_identity *i;
	struct rec_grant *g;

	audit(w, "h", NOW);
	i = identity(w, "root", ID_SERVICE_ACCOUNT);
	i->privileged = TRI_YES;
	i->uid = 0;
	i = identity(w, "toor", ID_SERVICE_ACCOUNT);
	i->privileged = TRI_YES;
	i->uid = 0;
	identity(w, "deploy", ID_SERVICE_ACCOUNT)->privileged = TRI_YES;
	g = grant(w, "deploy", "root");
	g->capability = CAP_DATA_ADMIN;
	g->place = STR("os.sudoers");
	g->locator = STR("etc/sudoers.d/deploy:1");
	identity(w, "member", ID_SERVICE_ACCOUNT)->privileged = TRI_YES;
	g = grant(w, "member", "account:h:gone");
	g->capability = CAP_DATA_ADMIN;
	g->place = STR("os.group");
	g->locator = STR("etc/group:21");
	identity(w, "unit:plain", ID_WORKLOAD);
	identity(w, "unit:own", ID_WORKLOAD)->privileged = TRI_YES;
	identity(w, "unit:root", ID_WORKLOAD)->privileged = TRI_YES;
	edge(w, EDGE_RUNS_AS, "unit:root", "root");
	edge(w, EDGE_CONSUMED_BY, "unit:own", "root");
	i = identity(w, "unit:dist", ID_WORKLOAD);
	i->privileged = TRI_YES;
	i->context = STR("package:cron");
	identity(w, "key", ID_SSH_KEY)->privileged = TRI_YES;
	done(w);
	judge_at(w, NOW);
	assert_str(findings(w, "MUS-PRV-007"),
	    "deploy||medium||can become root by sudo, "
	    "/etc/sudoers.d/deploy:1|open\n"
	    "member||medium||can become account:h:gone by a group, "
	    "/etc/group:21|open\n"
	    "toor||medium|0|user id 0|open\n"
	    "unit:own||medium|||open\n"
	    "unit:root||medium||runs as root|open\n");
}

static void
reu_001__one_secret_in_two_hands(void **state)
{
	struct world *w = *state;
	struct rec_credential *c;

	audit(w, "h", NOW);
	/* Two accounts of one machine hold one key. */
	identity(w, "key", ID_SSH_KEY);
	credential(w, "key", "key", CRED_KEYPAIR)->spki = STR("aa");
	sighting(w, "key", ROLE_PRIVATE, "a")->uid = 1000;
	sighting(w, "key", ROLE_PRIVATE, "b")->uid = 1001;
	sighting(w, "key", ROLE_PRIVATE, "b2")->uid = 1001;
	/* One password in two logins: the fingerprint joins them. */
	identity(w, "l:1", ID_DB_CREDENTIAL);
	c = credential(w, "p:1", "l:1", CRED_PASSWORD);
	c->fp = STR("ff");
	c->length = 12;
	sighting(w, "p:1", ROLE_PRIVATE, "c")->uid = 33;
	identity(w, "l:2", ID_DB_CREDENTIAL);
	c = credential(w, "p:2", "l:2", CRED_PASSWORD);
	c->fp = STR("ff");
	c->length = 12;
	sighting(w, "p:2", ROLE_PRIVATE, "d")->uid = 0;
	/* A certificate and its key, in one hand; served as well. */
	identity(w, "tls", ID_TLS_CERT);
	cert(w, "x", "tls", NOW, NOW + 300 * DAY)->spki = STR("bb");
	sighting(w, "x", ROLE_IN_USE, "e");
	sighting(w, "x", ROLE_SERVED, "f")->uid = REC_NO_INT;
	credential(w, "xk", "tls", CRED_KEYPAIR)->spki = STR("bb");
	sighting(w, "xk", ROLE_PRIVATE, "g")->uid = 33;
	/* Values that are too short are never joined. */
	identity(w, "l:3", ID_DB_CREDENTIAL);
	c = credential(w, "p:3", "l:3", CRED_PASSWORD);
	c->fp = STR("ee");
	c->length = 7;
	sighting(w, "p:3", ROLE_PRIVATE, "h")->uid = 33;
	identity(w, "l:4", ID_DB_CREDENTIAL);
	c = credential(w, "p:4", "l:4", CRED_PASSWORD);
	c->fp = STR("ee");
	c->length = 7;
	sighting(w, "p:4", ROLE_PRIVATE, "i")->uid = 0;
	/* One public key that may log in everywhere is no shared secret. */
	identity(w, "pub", ID_SSH_KEY);
	credential(w, "pub", "pub", CRED_KEYPAIR)->spki = STR("dd");
	sighting(w, "pub", ROLE_AUTHORIZED, "j")->uid = 1000;
	sighting(w, "pub", ROLE_AUTHORIZED, "k")->uid = 1001;
	done(w);
	judge_at(w, NOW);
	assert_str(findings(w, "MUS-REU-001"),
	    "key|key|medium|2|accounts of one machine|open\n"
	    "l:1|p:1|medium|2|accounts of one machine|open\n"
	    "l:2|p:2|medium|2|accounts of one machine|open\n");
}

static void
reu_001__three_machines_are_worse(void **state)
{
	static const char *const hosts[] = { "h1", "h2", "h3" };
	struct world *w = *state;
	size_t i;

	for (i = 0; i < MU_COUNT(hosts); i++) {
		audit(w, hosts[i], NOW);
		identity(w, "tls:star", ID_TLS_CERT)->asset = STR_NONE;
		cert(w, "x", "tls:star", NOW, NOW + 300 * DAY);
		sighting(w, "x", ROLE_SERVED, "0.0.0.0:443");
		cover_all(w);
		done(w);
	}
	judge_at(w, NOW);
	assert_str(findings(w, "MUS-REU-001"),
	    "tls:star|x|high|3|machines or accounts|open\n");
	assert_str(results(w, "MUS-REU-001"),
	    "h1|fail||1|0\nh2|fail||1|0\nh3|fail||1|0\n");
}

static void
rot_003__by_its_date_or_by_when_it_was_seen(void **state)
{
	struct world *w = *state;
	struct rec_credential *c;
	int again;

	for (again = 0; again < 2; again++) {
		audit(w, "h", NOW + again * 366 * DAY);
		identity(w, "dated", ID_SSH_KEY);
		c = credential(w, "dated", "dated", CRED_KEYPAIR);
		c->created = (struct when){ NOW - 366 * DAY, BY_MTIME };
		sighting(w, "dated", ROLE_AUTHORIZED, "a");
		identity(w, "young", ID_SSH_KEY);
		c = credential(w, "young", "young", CRED_KEYPAIR);
		c->created = (struct when){ NOW + again * 360 * DAY, BY_MTIME };
		sighting(w, "young", ROLE_PRIVATE, "b");
		identity(w, "undated", ID_SSH_KEY);
		credential(w, "undated", "undated", CRED_KEYPAIR);
		sighting(w, "undated", ROLE_PRIVATE, "c");
		identity(w, "host", ID_HOST_KEY);
		c = credential(w, "host", "host", CRED_KEYPAIR);
		c->created = (struct when){ NOW - 366 * DAY, BY_MTIME };
		sighting(w, "host", ROLE_PRIVATE, "d");
		cover_all(w);
		done(w);
		judge_at(w, NOW + again * 366 * DAY);
		if (!again)
			assert_str(findings(w, "MUS-ROT-003"),
			    "dated|dated|medium|366|by the date of the file|"
			    "open\n");
	}
	assert_str(findings(w, "MUS-ROT-003"),
	    "dated|dated|medium|732|by the date of the file|open\n"
	    "undated|undated|medium|366|first seen|open\n"
	    "young|young|medium|366|first seen|open\n");
}

static void
ssh_001__is_not_assessed_where_homes_were_not_read(void **state)
{
	struct world *w = *state;

	audit(w, "h", NOW);
	identity(w, "key", ID_SSH_KEY);
	cover(w, "ssh.authorized_keys", COVER_PARTLY);
	done(w);
	audit(w, "no-ssh", NOW);
	cover(w, "ssh.authorized_keys", COVER_ABSENT);
	done(w);
	audit(w, "saas", NOW);
	done(w);
	judge_at(w, NOW);
	assert_str(results(w, "MUS-SSH-001"),
	    "h|not_assessed|ssh.authorized_keys ssh.sshd_config|0|0\n"
	    "no-ssh|na||0|0\n"
	    "saas|na||0|0\n");
}

static void
ssh_001__later_keys_and_later_logins_are_raised(void **state)
{
	struct world *w = *state;
	struct rec_identity *i;
	int again;

	for (again = 0; again < 2; again++) {
		audit(w, "h", NOW + again * 8 * DAY);
		i = identity(w, "account:h:root", ID_SERVICE_ACCOUNT);
		i->name = STR("root");
		i->uid = 0;
		identity(w, "k1", ID_SSH_KEY);
		credential(w, "c1", "k1", CRED_KEYPAIR);
		sighting(w, "c1", ROLE_AUTHORIZED, "a:1");
		if (again) {
			sighting(w, "c1", ROLE_AUTHORIZED, "b:1")->account =
			    STR("account:h:root");
			grant(w, "k1", "account:h:root");
			identity(w, "k2", ID_SSH_KEY);
			credential(w, "c2", "k2", CRED_KEYPAIR);
			sighting(w, "c2", ROLE_AUTHORIZED, "a:2");
		}
		cover_all(w);
		done(w);
		judge_at(w, NOW + again * 8 * DAY);
		if (!again) {
			assert_str(findings(w, "MUS-SSH-001"), "");
			assert_str(results(w, "MUS-SSH-001"), "h|fail||0|1\n");
		}
	}
	/* High: fresh, and k1 reaches root besides, which is as far as it
	 * goes. */
	assert_str(findings(w, "MUS-SSH-001"),
	    "k1|c1|critical|0|may log in as root|open\n"
	    "k2|c2|critical|0||open\n");
	assert_str(results(w, "MUS-SSH-001"), "h|fail||2|1\n");
	judge_at(w, NOW + 16 * DAY);
	assert_str(findings(w, "MUS-SSH-001"),
	    "k1|c1|critical|8|may log in as root|open\n"
	    "k2|c2|high|8||open\n");
}

static void
ssh_002__dsa_and_short_rsa(void **state)
{
	static const struct {
		const char *key, *alg;
		int64_t bits;
		enum role role;
	} k[] = {
		{ "a", "dsa", REC_NO_INT, ROLE_AUTHORIZED },
		{ "b", "rsa", 1024, ROLE_PRIVATE },
		{ "c", "rsa", 2048, ROLE_PRIVATE },
		{ "d", "rsa", 3072, ROLE_PRIVATE },
		{ "e", "ed25519", 256, ROLE_AUTHORIZED },
		{ "f", "ec", 256, ROLE_AUTHORIZED },
		{ "g", "rsa", 1024, ROLE_PUBLIC },
	};
	struct world *w = *state;
	struct rec_credential *c;
	size_t i;

	audit(w, "h", NOW);
	for (i = 0; i < MU_COUNT(k); i++) {
		identity(w, k[i].key, i == 1 ? ID_HOST_KEY : ID_SSH_KEY);
		c = credential(w, k[i].key, k[i].key, CRED_KEYPAIR);
		c->alg = str_from(k[i].alg);
		c->bits = k[i].bits;
		sighting(w, k[i].key, k[i].role, k[i].key);
	}
	done(w);
	judge_at(w, NOW);
	assert_str(findings(w, "MUS-SSH-002"), "a|a|high|1024|dsa|open\n"
					       "b|b|high|1024|rsa|open\n"
					       "c|c|medium|2048|rsa|open\n");
}

static void
ssh_003__root_and_open_ended_automation(void **state)
{
	static const struct {
		const char *key, *target;
		enum tri from, command;
	} k[] = {
		{ "a:root", "account:h:root", TRI_YES, TRI_YES },
		{ "b:open", "account:h:backup", TRI_NO, TRI_NO },
		{ "c:from", "account:h:backup", TRI_YES, TRI_NO },
		{ "d:command", "account:h:backup", TRI_NO, TRI_YES },
		{ "e:person", "account:h:ada", TRI_NO, TRI_NO },
		{ "f:unknown", "account:h:backup", TRI_UNKNOWN, TRI_UNKNOWN },
		{ "g:bare", "account:h:ada", TRI_NO, TRI_NO },
	};
	struct world *w = *state;
	struct rec_identity *i;
	struct rec_grant *g;
	size_t n;

	audit(w, "h", NOW);
	i = identity(w, "account:h:root", ID_SERVICE_ACCOUNT);
	i->uid = 0;
	i->name = STR("root");
	identity(w, "account:h:backup", ID_SERVICE_ACCOUNT)->name =
	    STR("backup");
	identity(w, "account:h:ada", ID_PERSON)->name = STR("ada");
	for (n = 0; n < MU_COUNT(k); n++) {
		identity(w, k[n].key, ID_SSH_KEY);
		credential(w, k[n].key, k[n].key, CRED_KEYPAIR)->encrypted =
		    n == 6 ? TRI_NO : TRI_UNKNOWN;
		sighting(w, k[n].key, ROLE_AUTHORIZED,
		    "root/.ssh/authorized_keys:1");
		if (n == 6)
			sighting(w, k[n].key, ROLE_PRIVATE, "opt/job/key");
		g = grant(w, k[n].key, k[n].target);
		g->from_limited = k[n].from;
		g->command_limited = k[n].command;
	}
	cover_all(w);
	done(w);
	judge_at(w, NOW);
	assert_str(findings(w, "MUS-SSH-003"),
	    "a:root||high||logs in as root|open\n"
	    "b:open||medium||no limit at backup|open\n"
	    "g:bare||medium||no limit at ada|open\n");
	assert_str(rows(w,
		       "SELECT s.locator FROM findings f JOIN sightings s"
		       " ON s.id = f.sighting_id WHERE f.check_id ="
		       " 'MUS-SSH-003' AND f.detail = 'logs in as root'",
		       ""),
	    "root/.ssh/authorized_keys:1\n");
}

/* A file of ${key}, with who can read it. */
static void
file(struct world *w, const char *key, enum readers readers, const char *owner,
    const char *group)
{
	struct rec_sighting *s = sighting(w, key, ROLE_PRIVATE, key);

	s->readers = readers;
	s->owner = str_from(owner);
	s->group = str_from(group);
}

static void
sec_002__plain_text_that_others_can_read(void **state)
{
	struct world *w = *state;
	static const char *const keys[] = { "a", "b", "c", "d", "e", "f" };
	size_t i;

	audit(w, "h", NOW);
	for (i = 0; i < MU_COUNT(keys); i++) {
		identity(w, keys[i], ID_DB_CREDENTIAL);
		credential(w, keys[i], keys[i], CRED_PASSWORD);
	}
	file(w, "a", READERS_WORLD, "www-data", "www-data");
	file(w, "b", READERS_GROUP, "root", "www-data");
	file(w, "c", READERS_OWNER, "root", "root");
	file(w, "d", READERS_GROUP, "ada", "ada");
	file(w, "e", READERS_UNKNOWN, "", "");
	file(w, "f", READERS_WORLD, "root", "root");
	w->r.sighting.context = STR("sample:the manual's own");
	done(w);
	judge_at(w, NOW);
	assert_str(findings(w, "MUS-SEC-002"),
	    "a|a|high||every account on the machine|open\n"
	    "b|b|high||the group www-data|open\n");
}

static void
sec_004__private_keys_that_others_can_read(void **state)
{
	struct world *w = *state;
	static const char *const keys[] = { "a", "b", "c", "d", "e" };
	size_t i;

	audit(w, "h", NOW);
	for (i = 0; i < MU_COUNT(keys); i++) {
		identity(w, keys[i], i == 1 ? ID_TLS_CERT : ID_SSH_KEY);
		credential(w, keys[i], keys[i], CRED_KEYPAIR)->encrypted =
		    i == 0 ? TRI_YES : TRI_NO;
	}
	file(w, "a", READERS_WORLD, "ada", "ada");
	file(w, "b", READERS_GROUP, "root", "staff");
	file(w, "c", READERS_GROUP, "root", "ssl-cert");
	file(w, "d", READERS_OWNER, "ada", "ada");
	file(w, "e", READERS_WORLD, "ada", "ada");
	w->r.sighting.role = ROLE_PUBLIC;
	cover_all(w);
	done(w);
	judge_at(w, NOW);
	assert_str(findings(w, "MUS-SEC-004"),
	    "a|a|high||every account on the machine, under a passphrase|open\n"
	    "b|b|high||the group staff|open\n");
	assert_str(results(w, "MUS-SEC-004"), "h|fail||2|0\n");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		WORLD_TEST(agt_001__a_token_in_a_readable_or_shared_file),
		WORLD_TEST(crt_001__expired_and_still_deployed),
		WORLD_TEST(crt__one_in_use_is_told_from_a_relic),
		WORLD_TEST(
		    crt_001__not_a_root_a_sample_or_one_that_was_renewed),
		WORLD_TEST(crt_001__renewed_but_the_old_one_is_served),
		WORLD_TEST(crt_002__limits_shrink_with_the_life),
		WORLD_TEST(crt_002__a_private_authority_has_a_year),
		WORLD_TEST(crt_004__weak_keys_and_signatures),
		WORLD_TEST(inv_001__nobody_after_fourteen_days_or_at_once),
		WORLD_TEST(inv_003__the_first_audit_is_one_line),
		WORLD_TEST(lif_001__says_nothing_without_logs),
		WORLD_TEST(prv_007__a_service_with_root),
		WORLD_TEST(reu_001__one_secret_in_two_hands),
		WORLD_TEST(reu_001__three_machines_are_worse),
		WORLD_TEST(rot_003__by_its_date_or_by_when_it_was_seen),
		WORLD_TEST(ssh_001__is_not_assessed_where_homes_were_not_read),
		WORLD_TEST(ssh_001__later_keys_and_later_logins_are_raised),
		WORLD_TEST(ssh_002__dsa_and_short_rsa),
		WORLD_TEST(ssh_003__root_and_open_ended_automation),
		WORLD_TEST(sec_002__plain_text_that_others_can_read),
		WORLD_TEST(sec_004__private_keys_that_others_can_read),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
