/* Numbers of banks: IBAN (ISO 13616) and RF creditor reference (ISO 11649). */
#ifndef SM_IDENT_BANK_H
#define SM_IDENT_BANK_H

#include "base/status.h"

/* Read an IBAN: blanks dropped, upper case, the length of its country, mod
 * 97.  For Romania and Bulgaria the shape inside is checked too.
 * SM_INVALID. */
#define SM_IBAN_TEXT 35
enum sm_status sm_iban_parse(char out[SM_IBAN_TEXT], const char *text)
    SM_MUSTCHECK;

/* Read a reference: RF, two check digits, 1 to 21 of A-Z 0-9.  SM_INVALID. */
#define SM_RF_TEXT 26
enum sm_status sm_rf_parse(char out[SM_RF_TEXT], const char *text) SM_MUSTCHECK;

/* Make a reference of BODY, 1 to 21 of A-Z 0-9.  SM_INVALID. */
enum sm_status sm_rf_make(char out[SM_RF_TEXT], const char *body) SM_MUSTCHECK;

#endif
