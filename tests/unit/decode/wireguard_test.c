/*
 * WireGuard: keys were made by `wg genkey`, their public halves by `wg pubkey`;
 * the hashes are `openssl pkey -pubin -pubout -outform DER | sha256sum` over
 * RFC 8410's twelve bytes and the public half, and openssl's HMAC over the
 * preshared key's bytes.
 */

#include "decode/wireguard.h"

#include "seen.h"

#define OFFICE                             \
	"spki:"                            \
	"94128095975e3fd9ac6fdb8fa361311a" \
	"202a65c43ab63f7803281599ef9ee2be"
#define ALICE                              \
	"spki:"                            \
	"f5149caa55aa6a9f39b9f047c59ea704" \
	"564ee669abc678d842642f938bf28e4c"
#define BOB                                \
	"spki:"                            \
	"48a45261b0a96656133beb03e2ce179a" \
	"4896cd602947c8e9e6a9ff05cb87fca1"
#define FAR                                \
	"spki:"                            \
	"9a07b29e3b1fd7a89542f4c7e2153fc8" \
	"f4ac092090eeb49a1755fe7539c1006d"
#define PSK                                \
	"68146d2d21ba808b1bddc707c225fc71" \
	"1de3a1be4e95768b91081725354cf971"

#define OFFICE_KEY "0F9ZPFy54p+aZhJUVu2B5MBoHFJnCEPS6QpXqXPdZWw="
#define PSK_TEXT   "D7/cupbEZtpAAkTctbRHaj3lc5OZhbqiuzc1hQScNMQ="

#define PEER(key, name)                                                     \
	"{\"type\":\"identity\",\"key\":\"" key "\",\"kind\":\"vpn_peer\"," \
	"\"name\":\"" name "\",\"asset\":\"host:name:box\"}"

static void
start(struct seen *s, const char *path)
{

	seen_init(s, "root:x:0:0::/root:/bin/sh\n", NULL, NULL);
	s->file.path = str_from(path);
}

/* No byte of a key in any record, in any of its spellings. */
static void
assert_kept(const struct seen *s)
{

	assert_count(s, "0F9ZPFy54p", 0);
	assert_count(s, "D7/cupbEZtpA", 0);
	assert_count(s, "SP6zFfQ9cy5", 0);
}

static void
wireguard__joins_this_end_and_its_peers_by_their_public_keys(void **state)
{
	struct seen s;

	(void)state;
	start(&s, "etc/wireguard/wg0.conf");
	assert_ok(seen_read(&s, &decode_wireguard,
		      seen_case(&s, "wireguard/wg0.conf")),
	    &s.e);
	assert_count(&s, "\"type\":\"identity\"", 5);
	assert_count(&s, "\"type\":\"gap\"", 0);
	assert_record(&s, PEER(OFFICE, "WireGuard wg0 on box"));
	assert_record(&s, PEER(ALICE, "WireGuard peer alice-laptop"));
	assert_record(&s, PEER(BOB, "WireGuard peer bob phone"));
	assert_record(&s, PEER(FAR, "WireGuard peer vpn.example.net:51820"));
	assert_count(&s, "\"alg\":\"x25519\"", 4);
	assert_count(&s, "\"role\":\"private\"", 2);
	assert_count(&s, "\"role\":\"authorized\"", 3);
	assert_count(&s, "\"locator\":\"etc/wireguard/wg0.conf:5\"", 1);
	assert_count(&s, "may use 10.8.0.3/32,fd00::3/128", 1);
	assert_record(&s,
	    "{\"type\":\"edge\",\"kind\":\"trusts\",\"src\":\"" OFFICE
	    "\",\"dst\":\"" ALICE
	    "\",\"evidence\":\"etc/wireguard/wg0.conf:10\"}");
	assert_count(&s, "unit:host:name:box:wg-quick@.service", 1);
	assert_kept(&s);
	seen_free(&s);
}

static void
wireguard__fingerprints_a_preshared_key_as_bytes(void **state)
{
	struct seen s;

	(void)state;
	start(&s, "etc/wireguard/wg0.conf");
	assert_ok(seen_read(&s, &decode_wireguard,
		      seen_case(&s, "wireguard/wg0.conf")),
	    &s.e);
	assert_record(&s,
	    "{\"type\":\"identity\",\"key\":\"secret:" PSK
	    "\",\"kind\":\"network_secret\",\"name\":\"preshared key of "
	    "WireGuard peer alice-laptop\",\"asset\":\"host:name:box\"}");
	assert_count(&s, "\"fp\":\"" PSK "\",\"length\":32", 1);
	seen_free(&s);
}

static void
wireguard__reads_networkd_and_the_files_that_it_names(void **state)
{
	struct seen s;

	(void)state;
	start(&s, "etc/systemd/network/wg1.netdev");
	s.tree[0] = (struct seen_file){ "etc/systemd/network/site.key",
		OFFICE_KEY "\n" };
	s.tree[1] =
	    (struct seen_file){ "etc/systemd/network/site.psk", PSK_TEXT "\n" };
	assert_ok(seen_read(&s, &decode_wireguard,
		      seen_case(&s, "wireguard/wg1.netdev")),
	    &s.e);
	assert_record(&s, PEER(OFFICE, "WireGuard site on box"));
	assert_count(&s, "\"locator\":\"etc/systemd/network/site.key:1\"", 1);
	assert_count(&s, "\"locator\":\"etc/systemd/network/site.psk:1\"", 1);
	/* The peer is this very key: the two ends join. */
	assert_count(&s, "\"key\":\"" OFFICE "\",\"kind\":\"vpn_peer\"", 2);
	assert_count(&s, "\"fp\":\"" PSK "\"", 1);
	assert_kept(&s);
	s.tree[0].bytes = NULL;
	assert_ok(seen_read(&s, &decode_wireguard,
		      seen_case(&s, "wireguard/wg1.netdev")),
	    &s.e);
	assert_count(&s, "\"reason\":\"denied\"", 1);
	seen_free(&s);
}

static void
wireguard__reads_connections_of_networkmanager(void **state)
{
	struct seen s;

	(void)state;
	start(&s, "etc/NetworkManager/system-connections/office.nmconnection");
	assert_ok(seen_read(&s, &decode_wireguard,
		      seen_case(&s, "wireguard/office.nmconnection")),
	    &s.e);
	assert_count(&s, "\"type\":\"identity\"", 3);
	assert_record(&s, PEER(OFFICE, "WireGuard wg-office on box"));
	assert_record(&s, PEER(ALICE, "WireGuard peer vpn.example.net:51820"));
	assert_count(&s, "\"fp\":\"" PSK "\"", 1);
	assert_count(&s, "\"type\":\"gap\"", 0);
	assert_kept(&s);
	seen_free(&s);
}

static void
wireguard__reads_a_file_that_is_one_key(void **state)
{
	struct seen s;

	(void)state;
	start(&s, "etc/wireguard/privatekey");
	assert_ok(seen_read(&s, &decode_wireguard, STR(OFFICE_KEY "\n")), &s.e);
	assert_record(&s, PEER(OFFICE, "WireGuard privatekey on box"));
	s.file.path = STR("etc/wireguard/publickey");
	assert_ok(seen_read(&s, &decode_wireguard, STR(OFFICE_KEY "\n")), &s.e);
	assert_int_equal(s.text.n, 0);
	s.file.path = STR("etc/wireguard/wg0.psk");
	assert_ok(seen_read(&s, &decode_wireguard, STR(PSK_TEXT "\n")), &s.e);
	assert_count(&s, "\"kind\":\"network_secret\"", 1);
	assert_kept(&s);
	seen_free(&s);
}

static void
wireguard__takes_no_placeholder_for_a_key(void **state)
{
	struct seen s;

	(void)state;
	start(&s, "etc/wireguard/wg0.conf");
	assert_ok(seen_read(&s, &decode_wireguard,
		      seen_case(&s, "wireguard/placeholders")),
	    &s.e);
	assert_int_equal(s.text.n, 0);
	assert_ok(seen_read(&s, &decode_wireguard,
		      seen_case(&s, "wireguard/wicked")),
	    &s.e);
	assert_count(&s, "\"type\":\"identity\"", 0);
	assert_count(&s, "\"reason\":\"malformed\"", 4);
	seen_free(&s);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(
		    wireguard__joins_this_end_and_its_peers_by_their_public_keys),
		TEST(wireguard__fingerprints_a_preshared_key_as_bytes),
		TEST(wireguard__reads_networkd_and_the_files_that_it_names),
		TEST(wireguard__reads_connections_of_networkmanager),
		TEST(wireguard__reads_a_file_that_is_one_key),
		TEST(wireguard__takes_no_placeholder_for_a_key),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
