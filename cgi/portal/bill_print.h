/* A bill as a PDF in the language of its reader, with the company's name and
 * colour on it. */
#ifndef SM_PORTAL_BILL_PRINT_H
#define SM_PORTAL_BILL_PRINT_H

#include "base/buf.h"
#include "domain/bill.h"
#include "web/request.h"

/* Its version: a hash over all that it shows; in the arena, NULL without
 * memory. */
const char *sm_bill_print_version(struct sm_request *rq,
                                  const struct sm_bill *bill);

/* Make it into OUT (give it SM_BILL_PDF_BYTES_MAX); the statuses of
 * sm_bill_pdf(). */
enum sm_status sm_bill_print(struct sm_buf *out, struct sm_request *rq,
                             const struct sm_bill *bill) SM_MUSTCHECK;

#endif
