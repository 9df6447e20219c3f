/* A growing byte string with a ceiling and a sticky failure: once an append
 * did not fit, later appends do nothing and the caller checks once, at the
 * end, with sm_buf_ok().  The content is always NUL-terminated. */
#ifndef SM_BASE_BUF_H
#define SM_BASE_BUF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/status.h"

struct sm_buf {
    char *data;  /* never NULL after init; "" when empty or failed */
    size_t len;  /* bytes before the NUL */
    size_t cap;  /* bytes allocated; 0 while data points to static "" */
    size_t max;  /* ceiling for len */
    bool failed; /* an append did not fit */
};

/* Make BUF empty with the ceiling MAX bytes.  No memory is taken yet. */
void sm_buf_init(struct sm_buf *buf, size_t max);

/* Release the memory; BUF is as after sm_buf_init with the same ceiling. */
void sm_buf_release(struct sm_buf *buf);

/* Make BUF empty but keep its memory for the next use. */
void sm_buf_clear(struct sm_buf *buf);

/* Append bytes, a string, one byte, a decimal number, formatted text. */
void sm_buf_add(struct sm_buf *buf, const void *bytes, size_t len);
void sm_buf_adds(struct sm_buf *buf, const char *text);
void sm_buf_addc(struct sm_buf *buf, char byte);
void sm_buf_addi(struct sm_buf *buf, int64_t number);
void sm_buf_addf(struct sm_buf *buf, const char *fmt, ...) SM_PRINTF(2, 3);

/* Append TEXT as the inside of a JSON string (quotes not included): control
 * bytes, quotes, backslash, U+2028/9 escaped, broken UTF-8 replaced. */
void sm_buf_add_json(struct sm_buf *buf, const char *text, size_t len);

/* Append TEXT percent-encoded for a URL query value or path segment. */
void sm_buf_add_url(struct sm_buf *buf, const char *text, size_t len);

/* True if every append since init or clear fitted. */
bool sm_buf_ok(const struct sm_buf *buf) SM_MUSTCHECK;

#endif
