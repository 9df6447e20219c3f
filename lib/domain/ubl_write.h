/* The e-invoice of a document that came without one: UBL 2.1 Invoice or
 * CreditNote as EN 16931 profiles it, made of a bill.  The same bill gives the
 * same bytes, always.  docs/EINVOICE.md says what goes where.
 *
 * Whether it may be shown is decided elsewhere: domain/ubl_rules.h. */
#ifndef SM_DOMAIN_UBL_WRITE_H
#define SM_DOMAIN_UBL_WRITE_H

#include "base/buf.h"
#include "base/status.h"
#include "domain/bill.h"
#include "domain/ubl.h"

enum sm_ubl_profile {
    SM_UBL_EN16931, /* the European norm as it is */
    SM_UBL_CIUS_RO  /* what Romania's e-Factura wants on top, 1.0.1 */
};

/* Quantities, prices and indexes beyond this are refused. */
#define SM_UBL_NUMBER_MAX INT64_C(1000000000000000000)

/* The profile for what SELLER issues: CIUS_RO if its country is RO. */
enum sm_ubl_profile sm_ubl_profile_of(const struct sm_bill_party *seller);

/* Write BILL into OUT, which is cleared first and keeps its ceiling (give it
 * SM_UBL_BYTES_MAX).  What is written is as the document was issued: what was
 * paid since does not show.  OUT is empty unless SM_OK.
 * SM_INVALID  the bill cannot be written (an unknown currency, a number out of
 *             bounds, more to pay than billed, too large); PROBLEM says which
 *             rule and where. */
enum sm_status sm_ubl_write(struct sm_buf *out, const struct sm_bill *bill,
                            enum sm_ubl_profile profile,
                            struct sm_ubl_problem *problem,
                            struct sm_error *err) SM_MUSTCHECK;

#endif
