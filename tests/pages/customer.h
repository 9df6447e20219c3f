/* For tests of pages of customers: somebody who is logged in. */
#ifndef SM_PAGES_CUSTOMER_H
#define SM_PAGES_CUSTOMER_H

#include "harness.h"

/* Make a log-in NAME with a session that BROWSER carries, and give it the
 * accounts with the payment codes CODES (ended by NULL) as their holder. */
void sm_customer(struct sm_browser *browser, const char *name,
                 const char *const *codes);

/* The public id of the document NUMBER, as addresses have it. */
void sm_customer_bill(char out[27], const char *number);

#endif
