/* A bill as a PDF in the language of its reader, with the company's name and
 * colour on it, and, with a key to sign it, a link to pay it by: the same one
 * as long as the bill is the same.  The link opens all that is owed then, and
 * ends three years after the bill was issued, when what is owed is barred (in
 * Romania and in Bulgaria). */
#ifndef SM_PORTAL_BILL_PRINT_H
#define SM_PORTAL_BILL_PRINT_H

#include "base/buf.h"
#include "portal/bill_load.h"
#include "web/request.h"

/* Its version: a hash over all that it shows; in the arena, NULL without
 * memory. */
const char *sm_bill_print_version(struct sm_request *rq,
                                  const struct sm_bill_loaded *loaded);

/* Make it into OUT (give it SM_BILL_PDF_BYTES_MAX); the statuses of
 * sm_bill_pdf(). */
enum sm_status sm_bill_print(struct sm_buf *out, struct sm_request *rq,
                             const struct sm_bill_loaded *loaded) SM_MUSTCHECK;

#endif
