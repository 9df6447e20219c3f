/* Numbers that the states give to persons and firms.  A person's number is
 * personal data: it is stored hashed or sealed and never logged. */
#ifndef SM_IDENT_HOLDER_H
#define SM_IDENT_HOLDER_H

#include <stdbool.h>

#include "base/status.h"

#define SM_HOLDER_TEXT 14 /* the longest number, and the NUL */

/* Each reads one kind, drops blanks, dots and dashes, and checks its digits;
 * SM_INVALID. */

/* Romania, persons: CNP, 13 digits. */
enum sm_status sm_cnp_parse(char out[SM_HOLDER_TEXT], const char *text)
    SM_MUSTCHECK;

/* Romania, firms: CUI, 2 to 10 digits.  *VAT (may be NULL) tells if it was
 * written with RO, as payers of the tax do; OUT is without it. */
enum sm_status sm_cui_parse(char out[SM_HOLDER_TEXT], bool *vat,
                            const char *text) SM_MUSTCHECK;

/* Bulgaria, persons: EGN, 10 digits. */
enum sm_status sm_egn_parse(char out[SM_HOLDER_TEXT], const char *text)
    SM_MUSTCHECK;

/* Bulgaria, foreigners: LNCh, 10 digits. */
enum sm_status sm_lnch_parse(char out[SM_HOLDER_TEXT], const char *text)
    SM_MUSTCHECK;

/* Bulgaria, firms: EIK, 9 or 13 digits.  *VAT as above, for BG. */
enum sm_status sm_eik_parse(char out[SM_HOLDER_TEXT], bool *vat,
                            const char *text) SM_MUSTCHECK;

#endif
