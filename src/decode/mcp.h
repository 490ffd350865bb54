/*
 * decode/mcp.h: the settings of AI agents: which tool servers (MCP) they start
 * or call, and the tokens that stand there.
 *
 * Source:   modelcontextprotocol.io, "Connect to local servers"; the settings
 *           references of Claude Desktop, Claude Code, Cursor, VS Code,
 *           Windsurf, Cline, Gemini CLI, Zed, opencode. All of them JSON, most
 *           with comments.
 * Floor:    decode. Pure.
 * Fuzz:     fuzz/mcp_fuzz.c
 */

#ifndef DECODE_MCP_H
#define DECODE_MCP_H

#include "decode/decode.h"

/* Longest file, bytes: Claude Code keeps its history beside its settings. */
#define MCP_BYTES_MAX 33554432

/* Most servers of one file, and members or arguments looked at in one. */
#define MCP_SERVERS_MAX 1000
#define MCP_ITEMS_MAX   1000

extern const struct decoder decode_mcp;

#endif
