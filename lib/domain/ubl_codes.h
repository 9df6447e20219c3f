/* The code lists of EN 16931 that our documents use, as its validation
 * artefacts 1.3.16 have them.  Internal to the UBL writer and its rules. */
#ifndef SM_DOMAIN_UBL_CODES_H
#define SM_DOMAIN_UBL_CODES_H

#include <stdbool.h>

/* True if CODE is a country: ISO 3166-1, two capitals (BR-CL-14). */
bool sm_ubl_is_country(const char *code);

/* True if CODE is a unit: "KWH", "MTQ" (BR-CL-23). */
bool sm_ubl_is_unit(const char *code);

/* True if CODE is a type of an invoice or of a credit note (BR-CL-01). */
bool sm_ubl_is_type(const char *code, bool credit_note);

/* True if CODE is a county of Romania or Bucharest: "RO-CJ", "RO-B". */
bool sm_ubl_is_county(const char *code);

/* True if CODE is a currency that an invoice may have today (BR-CL-04). */
bool sm_ubl_is_currency(const char *code);

#endif
