/* A bill as a PDF: one page for an ordinary bill, as many as it takes for a
 * long one.  Selectable, tagged text in the reader's language; see
 * lib/pdf/pdf.h.  The same bill with the same options is the same bytes. */
#ifndef SM_DOMAIN_BILL_PDF_H
#define SM_DOMAIN_BILL_PDF_H

#include <stdint.h>

#include "base/buf.h"
#include "base/status.h"
#include "domain/bill.h"
#include "view/lang.h"

/* A number for an ETag or a cache: another one when the file looks
 * otherwise. */
enum { SM_BILL_PDF_LAYOUT = 1, SM_BILL_PDF_BYTES_MAX = 4 << 20 };

/* Texts are UTF-8, "" where there is none, never NULL. */
struct sm_bill_pdf_options {
    enum sm_lang lang;
    const char *company; /* stands on top of each page; "": the seller */
    const char *pay_url; /* signed pay link, at most 300 bytes; "" */
    const char *note;    /* small print at the end: where to ask, complain */
    uint32_t accent;     /* 0xRRGGBB */
};

/* Make BILL into OUT (give it SM_BILL_PDF_BYTES_MAX), which is empty unless
 * SM_OK.  As long as something is open on it, it has a code for a bank's app
 * (in euro, to an IBAN of the seller's) and one that opens pay_url.  The texts
 * of sm_tr() must be open for a language other than English.
 * SM_BUSY      two documents are being made already
 * SM_INTERNAL  pay_url is too long, no memory, or OUT is too small */
enum sm_status sm_bill_pdf(struct sm_buf *out, const struct sm_bill *bill,
                           const struct sm_bill_pdf_options *options,
                           struct sm_error *err) SM_MUSTCHECK;

#endif
