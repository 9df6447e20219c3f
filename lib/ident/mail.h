/* E-mail addresses, as far as they can be judged without the network. */
#ifndef SM_IDENT_MAIL_H
#define SM_IDENT_MAIL_H

#include <stdbool.h>
#include <stddef.h>

#include "base/status.h"

#define SM_EMAIL_TEXT 255 /* with the NUL */

/* Bring an address to its one form: trimmed, the domain in lower case and as
 * A-labels (.бг becomes .xn--90ae).  The part before the @ stays as it is: at
 * most 64 of the characters of RFC 5321's dot-string.  SM_INVALID, always for
 * a line break or another control character. */
enum sm_status sm_email_parse(char out[SM_EMAIL_TEXT], const char *text)
    SM_MUSTCHECK;

/* True if the parsed ADDRESS looks like a slip of a common provider's domain
 * ("gmial.com"); OUT is then the address that was probably meant. */
bool sm_email_hint(char out[SM_EMAIL_TEXT], const char *address);

/* The parsed ADDRESS for showing: "a***@gmail.com". */
void sm_email_mask(char out[SM_EMAIL_TEXT + 4], const char *address);

#endif
