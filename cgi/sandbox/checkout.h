/* What a payer does at the hosted page; shared by its two steps. */
#ifndef SM_SANDBOX_CHECKOUT_H
#define SM_SANDBOX_CHECKOUT_H

#include "sandbox/store.h"
#include "web/reply.h"

/* Take the money of session ID as the behaviour says, notify, and send the
 * payer back to the merchant; an order that is not open any more takes
 * nothing.  SM_NOT_FOUND. */
enum sm_status sb_checkout_pay(struct sm_request *rq, struct sm_reply *rp,
                               const char *id);

/* Note a refused try and notify.  Where that ends the order, *ENDED is true and
 * the payer is sent back; else the session stays payable. */
enum sm_status sb_checkout_decline(bool *ended, struct sm_request *rq,
                                   struct sm_reply *rp, const char *id);

/* The payer goes back without paying, which ends some protocols' orders. */
enum sm_status sb_checkout_leave(struct sm_request *rq, struct sm_reply *rp,
                                 const char *id);

#endif
