/* Rows in PostgreSQL's COPY text format, built in a buffer: one call a field,
 * sm_put_end() after the last. */
#ifndef SM_DOMAIN_IMPORT_ROW_H
#define SM_DOMAIN_IMPORT_ROW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/clock.h"

/* A text; NULL is SQL's null. */
void sm_put_text(struct sm_buf *buf, const char *text);

/* A text, where "" stands for null. */
void sm_put_optional(struct sm_buf *buf, const char *text);

/* Bytes; NULL is SQL's null. */
void sm_put_bytes(struct sm_buf *buf, const void *bytes, size_t len);

/* A number, SQL's null, a truth value. */
void sm_put_int(struct sm_buf *buf, int64_t number);
void sm_put_null(struct sm_buf *buf);
void sm_put_bool(struct sm_buf *buf, bool value);

/* A date; year 0 is null. */
void sm_put_date(struct sm_buf *buf, struct sm_date date);

/* Arrays of texts and of byte strings of LEN bytes each. */
void sm_put_texts(struct sm_buf *buf, const char *const *texts, size_t count);
void sm_put_hashes(struct sm_buf *buf, const uint8_t (*hashes)[32],
                   size_t count);

/* The row is complete. */
void sm_put_end(struct sm_buf *buf);

#endif
