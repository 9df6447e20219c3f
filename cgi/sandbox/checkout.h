/* What a card does at the hosted page; shared by its two steps. */
#ifndef SM_SANDBOX_CHECKOUT_H
#define SM_SANDBOX_CHECKOUT_H

#include "sandbox/store.h"
#include "web/reply.h"

/* Take the money of session ID, notify, and send the payer back to the
 * merchant.  SM_NOT_FOUND; SM_CONFLICT when the page is no longer open (the
 * reply then says so). */
enum sm_status sb_checkout_pay(struct sm_request *rq, struct sm_reply *rp,
                               const char *id);

/* Note a refused try and notify; the session stays payable. */
enum sm_status sb_checkout_decline(const char *id);

/* 303 to URL, the merchant's own, with {CHECKOUT_SESSION_ID} filled in. */
enum sm_status sb_checkout_back(struct sm_request *rq, struct sm_reply *rp,
                                const char *url, const char *id);

#endif
