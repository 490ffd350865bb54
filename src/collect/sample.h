/*
 * collect/sample.h: files that a software package brought as examples, by
 * their path: keys in them are nobody's identity.
 *
 * Floor:    collect. Pure.
 */

#ifndef COLLECT_SAMPLE_H
#define COLLECT_SAMPLE_H

#include "base/str.h"

/**
 * sample_why(path):
 * The folder that makes ${path} a sample ("testdata"), "" where it is none.
 * Trees of language packages (node_modules, site-packages, module caches) and
 * inputs of tests (tests/cases, fuzz/corpus) are samples wherever they lie; folders of tests and examples, and files named
 * as tests ("x509_test.go", "test_ssl.py": "test file"), are so below usr/,
 * opt/, a language's library or such a tree alone: a firm's own are its own.
 */
struct str sample_why(struct str path);

#endif
