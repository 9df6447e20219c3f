/* The reader of multipart/form-data (RFC 7578): how a browser sends a form
 * that has a file field.  Strict and bounded, like the reader of usual forms:
 * no preamble, no parts within parts, SM_FORM_FIELDS parts at most, and what
 * is not a file is UTF-8 without NUL. */
#ifndef SM_WEB_MULTIPART_H
#define SM_WEB_MULTIPART_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/form.h"
#include "base/status.h"

/* True if CONTENT_TYPE, as it came, says multipart/form-data. */
bool sm_multipart_is(const char *content_type);

/* Read the LEN bytes at BODY into fields; those that came as files have .file
 * and hold any bytes.  Values are BODY's own bytes, each ended with a NUL in
 * place, so BODY is changed and must live as long as OUT; names lie in ARENA.
 * SM_INVALID for a broken body or too many parts, SM_INTERNAL without
 * memory. */
enum sm_status sm_multipart_parse(struct sm_form *out, struct sm_arena *arena,
                                  const char *content_type, char *body,
                                  size_t len) SM_MUSTCHECK;

#endif
