/* By what a bill is paid: its payment code, and a signed link for a code on
 * paper. */
#ifndef SM_PORTAL_BILL_CODE_H
#define SM_PORTAL_BILL_CODE_H

#include "domain/bill.h"
#include "web/request.h"

struct sm_bill_code {
    const char *code;    /* payment code; "" where only its hash is known */
    const char *pay_url; /* "" without a key, or with nothing left to pay */
};

/* How BILL, which the public ID opens, is paid; the texts live in the arena.
 * The link is the same one as long as the bill is the same: it opens all that
 * is owed then, and ends three years after the bill was issued, when what is
 * owed is barred (in Romania and in Bulgaria).  SM_NOT_FOUND if the bill is
 * another's. */
enum sm_status sm_bill_code(struct sm_bill_code *out, struct sm_request *rq,
                            const struct sm_bill *bill, const uint8_t id[16])
    SM_MUSTCHECK;

#endif
