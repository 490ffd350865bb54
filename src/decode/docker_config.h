/*
 * decode/docker_config.h: logins to container registries, as docker, podman and
 * the kubelet keep them.
 *
 * Source:   docker-login(1), "Credential stores"; containers-auth.json(5)
 * Floor:    decode. Pure.
 * Secrets:  what the base64 holds is wiped after its fingerprint is taken.
 * Fuzz:     fuzz/docker_config_fuzz.c
 */

#ifndef DECODE_DOCKER_CONFIG_H
#define DECODE_DOCKER_CONFIG_H

#include "decode/decode.h"

/* Longest file and most registries of one. */
#define DOCKER_CONFIG_BYTES_MAX 4194304
#define DOCKER_CONFIG_AUTHS_MAX 10000

extern const struct decoder decode_docker_config;

#endif
