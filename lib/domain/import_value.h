/* Values as files spell them, read strictly. */
#ifndef SM_DOMAIN_IMPORT_VALUE_H
#define SM_DOMAIN_IMPORT_VALUE_H

#include <stddef.h>
#include <stdint.h>

#include "base/status.h"

/* The largest amount taken from a file, in minor units.  Small enough that
 * the sum over all lines of a document cannot overflow. */
#define SM_IMPORT_AMOUNT_MAX INT64_C(10000000000000)

/* Read a decimal number ("12", "-0.50", "130.000") as an integer of SCALE
 * decimals, exactly: digits beyond SCALE must be zero.  SM_INVALID for
 * anything else or beyond SM_IMPORT_AMOUNT_MAX. */
enum sm_status sm_import_decimal(int64_t *out, const char *text, int scale)
    SM_MUSTCHECK;

/* Read a decimal number as millionths, for showing: digits beyond the sixth
 * are cut off.  SM_INVALID if it is not one or too large for 64 bits. */
enum sm_status sm_import_micro(int64_t *out, const char *text) SM_MUSTCHECK;

/* The decimals of an ISO 4217 currency code; -1 if it is not one. */
int sm_import_currency_scale(const char *currency);

/* A tax number in its one spelling, cut to OUT[SIZE]: capitals, no blanks,
 * dots or dashes, and without RO or BG before a number, so that a VAT id and
 * the company's number are the same. */
void sm_import_tax_id(char *out, size_t size, const char *text);

#endif
