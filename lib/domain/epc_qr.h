/* What a bank's app reads from a QR code to fill in a transfer: EPC069-12,
 * version 002, "Quick Response Code: Guidelines to enable data capture for the
 * initiation of a SEPA credit transfer".  Euro only.  The code is made with
 * error correction M and is then at most version 13. */
#ifndef SM_DOMAIN_EPC_QR_H
#define SM_DOMAIN_EPC_QR_H

#include <stdbool.h>
#include <stdint.h>

#include "base/status.h"

#define SM_EPC_BYTES 332 /* 331 and the NUL */

/* A transfer.  Texts are UTF-8, never NULL. */
struct sm_epc {
    const char *name;       /* who is paid; cut to 70 characters */
    const char *iban;       /* where */
    int64_t amount_minor;   /* cents, 1 to 99,999,999,999 */
    const char *remittance; /* what for: an ISO 11649 reference ("RF...") goes
                               into its own field; anything else is a text, cut
                               to 140 characters and to what fits; may be "" */
};

/* Write the payload of TRANSFER.  Control characters count as blanks.
 * SM_INVALID  no name, not an IBAN, or the amount is out of bounds. */
enum sm_status sm_epc_payload(char out[SM_EPC_BYTES],
                              const struct sm_epc *transfer) SM_MUSTCHECK;

/* True if TEXT is a reference of ISO 11649. */
bool sm_epc_is_reference(const char *text);

#endif
