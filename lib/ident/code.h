/* What stands printed on a bill: payment code, client code, invoice number.
 * The rules of a company come from its settings; nothing is looked up. */
#ifndef SM_IDENT_CODE_H
#define SM_IDENT_CODE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/status.h"

enum sm_code_check {
    SM_CODE_CHECK_NONE,
    SM_CODE_CHECK_LUHN, /* the code is digits, the last one checks */
    SM_CODE_CHECK_MOD97 /* ISO 7064 mod 97-10, the last two are digits */
};

/* How a company's codes look. */
struct sm_code_rule {
    int min, max; /* characters; max below SM_CODE_TEXT */
    bool digits;  /* no letters */
    enum sm_code_check check;
};

#define SM_CODE_TEXT 33 /* with the NUL */

/* A client code unless the company says otherwise: 6 to 12 digits. */
extern const struct sm_code_rule sm_client_code_rule;

/* Read "none", "luhn" or "mod97" of the settings.  SM_INVALID. */
enum sm_status sm_code_check_parse(enum sm_code_check *out, const char *word)
    SM_MUSTCHECK;

/* Bring a payment or client code to its one form: without blanks, dots and
 * dashes, in upper case.  SM_INVALID if it then breaks RULE. */
enum sm_status sm_code_parse(char out[SM_CODE_TEXT], const char *text,
                             const struct sm_code_rule *rule) SM_MUSTCHECK;

/* Make a payment code from RANDOM: 12 or more symbols of 32 (60 bits; no I, L,
 * O, U) and two check digits, or with Luhn 19 or more digits and one.
 * SM_INVALID if RULE leaves no room for that. */
#define SM_CODE_RANDOM 32
enum sm_status sm_code_make(char out[SM_CODE_TEXT],
                            const uint8_t random[SM_CODE_RANDOM],
                            const struct sm_code_rule *rule) SM_MUSTCHECK;

/* The last four characters, for "code ending in". OUT holds 5. */
void sm_code_hint(char out[5], const char *code);

/* True if TEXT is a reference as ops.reference() makes them: eight characters
 * of 31 that do not look alike, the last of which checks. */
bool sm_reference_valid(const char *text);

/* Bring an invoice number to its one form: without blanks, in upper case, 1 to
 * 30 of A-Z 0-9 / -.  SM_INVALID. */
#define SM_INVOICE_NO_TEXT 31
enum sm_status sm_invoice_no_parse(char out[SM_INVOICE_NO_TEXT],
                                   const char *text) SM_MUSTCHECK;

#endif
