/* Elements of a UBL document, appended to a buffer.  Internal to the UBL
 * writer.
 *
 * A text is written with its blanks collapsed and without what XML 1.0 forbids
 * or cannot keep: control characters count as blanks, broken UTF-8 and
 * U+FFFE/F become U+FFFD.  An element without a text is left out. */
#ifndef SM_DOMAIN_UBL_EMIT_H
#define SM_DOMAIN_UBL_EMIT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/clock.h"
#include "domain/ubl_write.h"

/* The words of a document, in the language of the seller's country. */
struct sm_ubl_words {
    const char *country;
    const char *place; /* in the note that names it */
    const char *terms; /* of a credit note (BT-20) */
    /* names of a register's properties (BT-160) */
    const char *meter, *name, *old_index, *old_read, *new_index, *new_read;
    const char *factor, *quantity;
    const char *read[3]; /* by enum sm_bill_read */
};

struct sm_ubl_emit {
    struct sm_buf *out;
    const struct sm_bill *bill;
    enum sm_ubl_profile profile;
    int scale; /* decimals of the currency */
    const struct sm_ubl_words *words;
};

/* The words for a seller of COUNTRY; English if it is not known.  Static. */
const struct sm_ubl_words *sm_ubl_words_of(const char *country);

/* Append the start tag or end tag NAME and a line feed. */
void sm_ubl_open(struct sm_ubl_emit *e, const char *name);
void sm_ubl_close(struct sm_ubl_emit *e, const char *name);

/* True if TEXT (may be NULL) has something that is written. */
bool sm_ubl_says(const char *text);

/* Append TEXT, at most MOST characters of it, escaped.  With OUT NULL they are
 * only counted.  Returns their number. */
size_t sm_ubl_put(struct sm_buf *out, const char *text, size_t most);

/* Append the element NAME with a text, a date, an amount of the document's
 * currency.  Nothing for an empty text and for the year 0. */
void sm_ubl_text(struct sm_ubl_emit *e, const char *name, const char *text);
void sm_ubl_date(struct sm_ubl_emit *e, const char *name, struct sm_date date);
void sm_ubl_amount(struct sm_ubl_emit *e, const char *name, int64_t minor);

/* Append NUMBER, an integer of 10^-DECIMALS (at most 6), without the zeros
 * that say nothing: "12.5", "0". */
void sm_ubl_number(struct sm_buf *out, int64_t number, int decimals);

/* Append the element NAME with a price in the document's currency (NUMBER as
 * above), with a quantity of UNIT in millionths. */
void sm_ubl_price(struct sm_ubl_emit *e, const char *name, int64_t number,
                  int decimals);
void sm_ubl_quantity(struct sm_ubl_emit *e, const char *name, const char *unit,
                     int64_t micro);

/* Append the VAT category (group NAME): BT-151 and BT-152, or with REASON (may
 * be NULL) those of the breakdown. */
void sm_ubl_category(struct sm_ubl_emit *e, const char *name,
                     const char *category, int rate_bp, bool breakdown,
                     const char *reason);

/* Append all lines, with the registers of the meters as properties of the
 * lines that they belong to.  False if memory is short. */
bool sm_ubl_lines(struct sm_ubl_emit *e) SM_MUSTCHECK;

#endif
