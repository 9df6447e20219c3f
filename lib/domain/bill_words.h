/* What a bill's codes and numbers are called in a language: for pages, prints
 * and PDFs alike.  Each writes a NUL-terminated text, cut to SIZE. */
#ifndef SM_DOMAIN_BILL_WORDS_H
#define SM_DOMAIN_BILL_WORDS_H

#include <stddef.h>
#include <stdint.h>

#include "domain/bill.h"
#include "view/lang.h"

/* "1-31 August 2026"; what is known of it where an end is not. */
void sm_bill_period(char *text, size_t size, enum sm_lang lang,
                    struct sm_date from, struct sm_date to);

/* "kWh", "days"; the code itself where no word is known.  Static. */
const char *sm_bill_unit_name(enum sm_lang lang, const char *unit);

/* "200,5": NUMBER counts units of 10^-DECIMALS (0 to 6); zeros at the end are
 * left out, but for LEAST decimals. */
void sm_bill_number(char *text, size_t size, enum sm_lang lang, int64_t number,
                    int decimals, int least);

/* "21 %" of hundredths of a percent. */
void sm_bill_rate(char *text, size_t size, enum sm_lang lang, int rate_bp);

/* "estimated"; "" if it is not known.  Static. */
const char *sm_bill_read_name(enum sm_lang lang, enum sm_bill_read read);

/* "Card, on the internet" for struct sm_bill_payment's how.  Static. */
const char *sm_bill_how_name(enum sm_lang lang, const char *how);

#endif
