/* Telephone numbers, brought to E.164 by the rules of Romania and Bulgaria. */
#ifndef SM_IDENT_PHONE_H
#define SM_IDENT_PHONE_H

#include <stdbool.h>

#include "base/status.h"

#define SM_PHONE_TEXT 17 /* +, 15 digits, NUL */

enum sm_country { SM_COUNTRY_RO, SM_COUNTRY_BG };

/* Read a number as people write it: blanks, dots, dashes, slashes and brackets
 * are dropped, 00 becomes +, a national number (0722 123 456) gets HOME's
 * prefix, and the 0 of "+40 0722..." goes.  Numbers of the two countries must
 * have a length that exists there; others 8 to 15 digits.  SM_INVALID. */
enum sm_status sm_phone_parse(char out[SM_PHONE_TEXT], const char *text,
                              enum sm_country home) SM_MUSTCHECK;

/* True if the parsed NUMBER is a mobile one of Romania or Bulgaria, to which
 * an SMS may be sent. */
bool sm_phone_is_mobile(const char *number);

#endif
