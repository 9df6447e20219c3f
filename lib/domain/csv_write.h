/* Writing comma separated files: RFC 4180 in UTF-8 with a byte order mark, so
 * that spreadsheets know the letters.  A text that a spreadsheet would take
 * for a formula gets an apostrophe before it. */
#ifndef SM_DOMAIN_CSV_WRITE_H
#define SM_DOMAIN_CSV_WRITE_H

#include <stdint.h>

#include "base/buf.h"
#include "base/clock.h"

/* Begin a file in OUT with its HEADER, a line without its end. */
void sm_csv_begin(struct sm_buf *out, const char *header);

/* Append a field to the record: a text, a sum of minor units of CURRENCY as a
 * plain decimal, a NUMBER of 10^-DECIMALS (0 to 6), a date (nothing for year
 * 0), or nothing. */
void sm_csv_text(struct sm_buf *out, const char *text);
void sm_csv_money(struct sm_buf *out, int64_t minor, const char *currency);
void sm_csv_number(struct sm_buf *out, int64_t number, int decimals);
void sm_csv_none(struct sm_buf *out);
void sm_csv_date(struct sm_buf *out, struct sm_date date);

/* Append a number of thousandths, shown with DECIMALS (0 to 3). */
void sm_csv_milli(struct sm_buf *out, int64_t milli, int decimals);

/* End the record. */
void sm_csv_end(struct sm_buf *out);

#endif
