/* For tests of pages that show bills: the schema, accounts and invoices. */
#ifndef SM_PAGES_BILLS_H
#define SM_PAGES_BILLS_H

#include <stdint.h>

/* Make the whole schema in the test's database, as `smetka migrate` does. */
void sm_bills_schema(void);

/* An account with the payment code CODE and no invoice. */
void sm_bills_account(const char *code);

/* An invoice (a credit note if MINOR is negative) of that account over MINOR
 * in CURRENCY, due in DAYS days (negative: past). */
void sm_bills_invoice(const char *code, const char *number, int64_t minor,
                      const char *currency, int days);

#endif
