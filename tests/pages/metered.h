/* For tests of meters: accounts with meters, and what their forms post. */
#ifndef SM_PAGES_METERED_H
#define SM_PAGES_METERED_H

#include "harness.h"

/* The schema, two accounts of ana@example.org (codes ending in 1111, 2222),
 * one of bob@example.org (3333), and eye@example.org, who may see the first,
 * with sessions in the browsers given.  Routes with a window that is open (6
 * days are left), one to come, one that keeps all, and meters of 5 digits: E1
 * open (100 a month, 2000 ten days ago), D1 day and night, N1 not yet, K1
 * keeps, W1 with decimals; B1 is Bob's.  t.meter() makes more. */
void sm_metered(struct sm_browser *ana, struct sm_browser *bob,
                struct sm_browser *eye);

/* Write the address of the meter SERIAL into OUT, and return it. */
const char *sm_metered_path(char out[64], const char *serial);

/* The value of the hidden field NAME of a page. */
void sm_metered_hidden(char *out, size_t size, const struct sm_answer *answer,
                       const char *name);

/* Open the page of the meter SERIAL and post FIELDS with the key of its
 * form. */
void sm_metered_post(struct sm_answer *out, struct sm_browser *who,
                     const char *serial, const char *fields);

/* There are WANT submissions of the meter SERIAL. */
void sm_metered_sent(const char *serial, const char *want);

#endif
