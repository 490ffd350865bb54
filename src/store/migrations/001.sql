-- Store version 1: the nouns of docs/architecture.md as tables.
--
-- The same text runs on SQLite and PostgreSQL: bigint ids given by Muster,
-- text, smallint; no default, no sequence, no blob, no trigger. Numbers for
-- yes and no: 0 unknown, 1 no, 2 yes (tri); 0 and 1 where nothing is unknown.
-- Times are seconds UTC in *_at; the kind of evidence stands in *_by. run_id is
-- the run that saw a row last; 0 means that no run did. A column of a
-- closed list always holds a word of it: weak 'none', readers 'unknown',
-- created_by 'none'. Other texts are '' where nothing is known. The keys of the
-- five nouns are indices with names, so that a first import can make them last.

CREATE TABLE meta (
	key text NOT NULL PRIMARY KEY,
	value text NOT NULL
);

CREATE TABLE assets (
	id bigint NOT NULL PRIMARY KEY,
	key text NOT NULL UNIQUE,
	kind text NOT NULL,
	name text NOT NULL,
	os text NOT NULL,
	first_seen bigint NOT NULL,
	last_seen bigint NOT NULL,
	extra text NOT NULL
);

CREATE TABLE runs (
	id bigint NOT NULL PRIMARY KEY,
	run text NOT NULL,
	tool text NOT NULL,
	asset_id bigint NOT NULL,
	root text NOT NULL,
	at bigint NOT NULL,
	euid bigint NOT NULL,
	fp_key text NOT NULL,
	ephemeral smallint NOT NULL,
	sources text NOT NULL,
	ended_at bigint,
	partial smallint NOT NULL,
	baseline smallint NOT NULL,
	extra text NOT NULL
);

CREATE TABLE identities (
	id bigint NOT NULL PRIMARY KEY,
	key text NOT NULL,
	shown text NOT NULL,
	kind text NOT NULL,
	name text NOT NULL,
	asset_id bigint,
	context text NOT NULL,
	derived text NOT NULL,
	purpose text NOT NULL,
	owner text NOT NULL,
	owner_by text NOT NULL,
	owner_pct bigint,
	privileged smallint NOT NULL,
	internet smallint NOT NULL,
	uid bigint,
	state text NOT NULL,
	same_as bigint NOT NULL,
	baseline smallint NOT NULL,
	run_id bigint NOT NULL,
	first_seen bigint NOT NULL,
	last_seen bigint NOT NULL,
	gone_at bigint,
	extra text NOT NULL
);
CREATE UNIQUE INDEX identities_key ON identities (key);
CREATE INDEX identities_same_as ON identities (same_as);

CREATE TABLE credentials (
	id bigint NOT NULL PRIMARY KEY,
	key text NOT NULL,
	identity_id bigint,
	kind text NOT NULL,
	alg text NOT NULL,
	bits bigint,
	spki text NOT NULL,
	ssh_fp text NOT NULL,
	fp text NOT NULL,
	subject text NOT NULL,
	issuer text NOT NULL,
	serial text NOT NULL,
	sig text NOT NULL,
	usage text NOT NULL,
	preview text NOT NULL,
	hash text NOT NULL,
	names text NOT NULL,
	ca smallint NOT NULL,
	self_signed smallint NOT NULL,
	encrypted smallint NOT NULL,
	weak text NOT NULL,
	length bigint,
	created_at bigint,
	created_by text NOT NULL,
	expires_at bigint,
	expires_by text NOT NULL,
	changed_at bigint,
	changed_by text NOT NULL,
	last_used_at bigint,
	last_used_by text NOT NULL,
	run_id bigint NOT NULL,
	first_seen bigint NOT NULL,
	last_seen bigint NOT NULL,
	gone_at bigint,
	extra text NOT NULL
);
CREATE UNIQUE INDEX credentials_key ON credentials (key);
CREATE INDEX credentials_identity ON credentials (identity_id);
CREATE INDEX credentials_spki ON credentials (spki);

CREATE TABLE sightings (
	id bigint NOT NULL PRIMARY KEY,
	credential_id bigint NOT NULL,
	asset_id bigint NOT NULL,
	place text NOT NULL,
	locator text NOT NULL,
	role text NOT NULL,
	readers text NOT NULL,
	mode bigint,
	uid bigint,
	gid bigint,
	owner text NOT NULL,
	grp text NOT NULL,
	context text NOT NULL,
	account text NOT NULL,
	detail text NOT NULL,
	mtime_at bigint,
	mtime_by text NOT NULL,
	run_id bigint NOT NULL,
	first_seen bigint NOT NULL,
	last_seen bigint NOT NULL,
	gone_at bigint,
	extra text NOT NULL
);
CREATE UNIQUE INDEX sightings_key
	ON sightings (credential_id, asset_id, locator, role, place);

CREATE TABLE grants (
	id bigint NOT NULL PRIMARY KEY,
	identity_id bigint NOT NULL,
	target text NOT NULL,
	asset_id bigint NOT NULL,
	place text NOT NULL,
	locator text NOT NULL,
	capability text NOT NULL,
	from_limited smallint NOT NULL,
	command_limited smallint NOT NULL,
	run_id bigint NOT NULL,
	first_seen bigint NOT NULL,
	last_seen bigint NOT NULL,
	gone_at bigint,
	extra text NOT NULL
);
CREATE UNIQUE INDEX grants_key
	ON grants (identity_id, target, asset_id, locator, place);

CREATE TABLE edges (
	id bigint NOT NULL PRIMARY KEY,
	kind text NOT NULL,
	src_id bigint NOT NULL,
	dst_id bigint NOT NULL,
	evidence text NOT NULL,
	run_id bigint NOT NULL,
	first_seen bigint NOT NULL,
	last_seen bigint NOT NULL,
	gone_at bigint,
	extra text NOT NULL
);
CREATE UNIQUE INDEX edges_key ON edges (src_id, dst_id, kind);

CREATE TABLE coverage (
	id bigint NOT NULL PRIMARY KEY,
	run_id bigint NOT NULL,
	asset_id bigint NOT NULL,
	place text NOT NULL,
	state text NOT NULL,
	files bigint NOT NULL,
	gaps bigint NOT NULL,
	extra text NOT NULL,
	UNIQUE (asset_id, place)
);

CREATE TABLE gaps (
	id bigint NOT NULL PRIMARY KEY,
	run_id bigint NOT NULL,
	asset_id bigint NOT NULL,
	place text NOT NULL,
	locator text NOT NULL,
	reason text NOT NULL,
	detail text NOT NULL,
	extra text NOT NULL
);
CREATE INDEX gaps_asset ON gaps (asset_id);

CREATE TABLE changes (
	id bigint NOT NULL PRIMARY KEY,
	run_id bigint NOT NULL,
	at bigint NOT NULL,
	noun text NOT NULL,
	noun_id bigint NOT NULL,
	what text NOT NULL,
	field text NOT NULL,
	old_value text NOT NULL,
	new_value text NOT NULL
);
CREATE INDEX changes_run ON changes (run_id);

CREATE TABLE findings (
	id bigint NOT NULL PRIMARY KEY,
	fid text NOT NULL UNIQUE,
	check_id text NOT NULL,
	identity_id bigint NOT NULL,
	credential_id bigint,
	sighting_id bigint,
	severity text NOT NULL,
	base_severity text NOT NULL,
	reasons text NOT NULL,
	since_at bigint,
	value bigint,
	detail text NOT NULL,
	state text NOT NULL,
	first_at bigint NOT NULL,
	last_at bigint NOT NULL,
	fixed_at bigint
);
CREATE INDEX findings_identity ON findings (identity_id);

CREATE TABLE check_results (
	check_id text NOT NULL,
	asset_id bigint NOT NULL,
	state text NOT NULL,
	missing text NOT NULL,
	offenders bigint NOT NULL,
	unconfirmed bigint NOT NULL,
	PRIMARY KEY (check_id, asset_id)
);

CREATE TABLE risks (
	identity_id bigint NOT NULL PRIMARY KEY,
	score bigint NOT NULL,
	pinned smallint NOT NULL,
	parts text NOT NULL,
	ordinal bigint NOT NULL
);

-- What checks read. An identity is live while it is not gone, is not another
-- one under a second key, is no person, and is no mere context.
CREATE VIEW live_identities AS
SELECT id, key, kind, name, asset_id, purpose, owner, owner_by, owner_pct,
	privileged, internet, uid, state, baseline, first_seen, last_seen
FROM identities
WHERE gone_at IS NULL AND same_as = id AND kind <> 'person'
	AND context = '' AND derived = '';

CREATE VIEW live_credentials AS
SELECT c.id, c.key, l.id AS identity_id, l.kind AS identity_kind, c.kind,
	c.alg, c.bits, c.spki, c.ssh_fp, c.fp, c.subject, c.issuer, c.serial,
	c.sig, c.usage, c.names, c.ca, c.self_signed, c.encrypted, c.weak,
	c.hash, c.length, c.created_at, c.created_by, c.expires_at,
	c.changed_at, c.changed_by, c.last_used_at, c.first_seen
FROM credentials c
JOIN identities i ON i.id = c.identity_id
JOIN live_identities l ON l.id = i.same_as
WHERE c.gone_at IS NULL;

CREATE VIEW live_sightings AS
SELECT s.id, s.credential_id, s.asset_id, s.place, s.locator, s.role,
	s.readers, s.mode, s.uid, s.gid, s.owner, s.grp, s.context, s.account,
	s.detail, s.mtime_at, s.first_seen
FROM sightings s
WHERE s.gone_at IS NULL;

-- Certificates that are deployed: configured, served, or lying in a file while
-- no later one of the same identity is on the same asset. Of a private CA, the
-- copies that are trusted count too.
CREATE VIEW live_certs AS
SELECT c.id AS credential_id, c.identity_id, c.identity_kind, c.alg, c.bits,
	c.sig, c.self_signed, c.created_at, c.expires_at, s.id AS sighting_id,
	s.asset_id, s.role
FROM live_credentials c
CROSS JOIN live_sightings s
WHERE s.credential_id = c.id AND c.kind = 'x509' AND s.context = ''
	AND (s.role IN ('public', 'in_use', 'served')
		OR (s.role = 'trusted' AND c.identity_kind = 'internal_ca'))
	AND (s.role IN ('in_use', 'served') OR NOT EXISTS (
		SELECT 1 FROM live_credentials n
		JOIN live_sightings t ON t.credential_id = n.id
		WHERE n.identity_id = c.identity_id AND n.kind = 'x509'
			AND n.expires_at > c.expires_at
			AND t.asset_id = s.asset_id AND t.context = ''));

-- Secrets in files that others than the owner can read, and who they are.
-- A group of the owner's own name, root's group, and the groups that exist to
-- read keys (Debian's ssl-cert, Red Hat's ssh_keys) are no strangers.
CREATE VIEW live_exposures AS
SELECT s.id AS sighting_id, s.credential_id, s.asset_id, s.locator,
	CASE s.readers WHEN 'world' THEN 'every account on the machine'
		ELSE 'the group ' || s.grp END AS who
FROM live_sightings s
WHERE s.role = 'private' AND s.context = ''
	AND (s.readers = 'world' OR (s.readers = 'group' AND s.grp <> s.owner
		AND s.grp NOT IN ('root', 'ssl-cert', 'ssh_keys')));

CREATE VIEW live_grants AS
SELECT g.id, l.id AS identity_id, l.kind AS identity_kind, g.target,
	g.asset_id, g.place, g.locator, g.capability, g.from_limited,
	g.command_limited, g.first_seen
FROM grants g
JOIN identities i ON i.id = g.identity_id
JOIN live_identities l ON l.id = i.same_as
WHERE g.gone_at IS NULL;

CREATE VIEW live_edges AS
SELECT e.id, e.kind, a.id AS src_id, a.kind AS src_kind, b.id AS dst_id,
	b.kind AS dst_kind, e.evidence
FROM edges e
JOIN identities x ON x.id = e.src_id
JOIN live_identities a ON a.id = x.same_as
JOIN identities y ON y.id = e.dst_id
JOIN live_identities b ON b.id = y.same_as
WHERE e.gone_at IS NULL;
