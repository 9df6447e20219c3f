/* The bills of a year as one ZIP, in parts. */
#ifndef SM_PORTAL_BILL_YEAR_H
#define SM_PORTAL_BILL_YEAR_H

#include "web/reply.h"
#include "web/request.h"

enum {
    SM_YEAR_PART = 24,       /* bills of one file */
    SM_YEAR_PARTS = 12,      /* parts that the list leads to */
    SM_YEAR_BYTES = 64 << 20 /* of one file, before it is packed */
};

/* Answer with part NO (from 1) of YEAR's bills, of the account PLACE alone
 * unless it is NULL: the PDF of each, and its e-invoice if there is one.  The
 * same bills are the same bytes.  A process makes one at a time, so that its
 * memory is bounded and PDFs of others are made in between.
 * SM_NOT_FOUND  there is no such part
 * SM_BUSY       another one is being made, or too many PDFs are
 * SM_DECLINED   there is more than SM_YEAR_BYTES */
enum sm_status sm_bill_year(struct sm_request *rq, struct sm_reply *rp,
                            int year, const uint8_t *place, int no)
    SM_MUSTCHECK;

#endif
