/* A bill of who is logged in, whole, for what is made of all of it. */
#ifndef SM_PORTAL_BILL_LOAD_H
#define SM_PORTAL_BILL_LOAD_H

#include "domain/bill.h"
#include "web/request.h"

/* A bill, and what its pages show besides. */
struct sm_bill_loaded {
    struct sm_bill bill;
    const char *state;    /* as self.document_state() names it */
    int64_t days;         /* until it is due; below zero: since */
    const uint8_t *place; /* public id of its account */
    const char *code_hint;
    bool may_pay;      /* it is open, and its reader may pay */
    bool has_original; /* it came as an e-invoice */
    /* of each of bill.payments the payment whose receipt may be shown; NULL
     * where there is none */
    const uint8_t **paid;
};

/* Read the bill with the public ID; it lives in the arena.  SM_NOT_FOUND if
 * there is none, or it is another's. */
enum sm_status sm_bill_load(struct sm_bill_loaded **out, struct sm_request *rq,
                            const uint8_t id[16]) SM_MUSTCHECK;

#endif
