/* Amounts: 64-bit whole numbers of minor units (bani, cents) with an ISO 4217
 * currency beside them.  There is no floating point; every sum is checked.
 * Turning an amount into words of a language is lib/view's work. */
#ifndef SM_MONEY_MONEY_H
#define SM_MONEY_MONEY_H

#include <stddef.h>
#include <stdint.h>

#include "base/status.h"

struct sm_currency {
    char code[4];     /* "RON" */
    uint8_t exponent; /* decimals of the minor unit: 2 for RON, 0 for JPY */
};

/* The currency with the upper-case CODE, or NULL.  Static. */
const struct sm_currency *sm_currency_find(const char *code);

/* *out = a + b, a - b, a * times.  SM_INVALID on overflow; *out is then
 * unchanged. */
enum sm_status sm_minor_add(int64_t *out, int64_t a, int64_t b) SM_MUSTCHECK;
enum sm_status sm_minor_sub(int64_t *out, int64_t a, int64_t b) SM_MUSTCHECK;
enum sm_status sm_minor_mul(int64_t *out, int64_t a, int64_t times)
    SM_MUSTCHECK;

/* Read what a person typed: "12", "12,5", "12.50", blanks around it.  No
 * sign, no thousands marks; not more decimals than EXPONENT, because
 * "12.500" may mean twelve thousand.  SM_INVALID. */
enum sm_status sm_amount_parse(int64_t *out, const char *text, int exponent)
    SM_MUSTCHECK;

/* Read an xs:decimal ("-12.5", "+.50", "12.5000") exactly: decimals beyond
 * EXPONENT must be zeros.  SM_INVALID, also on overflow. */
enum sm_status sm_decimal_parse(int64_t *out, const char *text, int exponent)
    SM_MUSTCHECK;

/* Write an amount as a plain decimal, "1234.50", "-0.05", for XML and CSV.
 * EXPONENT is 0 to 6. */
#define SM_DECIMAL_TEXT 24
void sm_decimal_format(char out[SM_DECIMAL_TEXT], int64_t minor, int exponent);

/* Split AMOUNT over COUNT open sums in their order (oldest first): paid[i]
 * takes at most open_minor[i], and what is left over goes to *rest.  The sum
 * of paid and rest is AMOUNT exactly.  SM_INVALID if anything is negative. */
enum sm_status sm_allocate(int64_t *paid, int64_t *rest,
                           const int64_t *open_minor, size_t count,
                           int64_t amount) SM_MUSTCHECK;

#endif
