/*
 * decode/wireguard.h: tunnels of WireGuard: this end's key, and who may come.
 *
 * A key here is 32 bytes in base64. Its public half is told as any other key
 * pair's, so that a machine and the peer that it is elsewhere are one.
 *
 * Source:   wg(8), CONFIGURATION FILE FORMAT; wg-quick(8); systemd.netdev(5);
 *           nm-settings-nmcli(5), wireguard; RFC 7748 for the keys, RFC 8410
 *           for their SubjectPublicKeyInfo.
 * Floor:    decode. Pure.
 * Memory:   all in ${in}->job, no private byte among it.
 * Secrets:  a private key leaves as its public half, a preshared one as its
 *           fingerprint.
 * Fuzz:     fuzz/wireguard_fuzz.c
 *
 * Records:  for a private key an identity vpn_peer, its key pair and a private
 *           sighting; for a peer the same with the role authorized, named by
 *           the comment that stands over it, and an edge trusts from this end;
 *           for a preshared key an identity network_secret.
 */

#ifndef DECODE_WIREGUARD_H
#define DECODE_WIREGUARD_H

#include "decode/decode.h"

/* Most peers of one file. */
#define WIREGUARD_PEERS_MAX 4096

extern const struct decoder decode_wireguard;

#endif
