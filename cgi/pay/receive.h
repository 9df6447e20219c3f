/* What a processor says about payments, in whichever way its words reach us:
 * its own servers' notifications, or a signed form that the payer's browser
 * carries back. */
#ifndef SM_CGI_PAY_RECEIVE_H
#define SM_CGI_PAY_RECEIVE_H

#include "pay/processor.h"
#include "web/request.h"

struct sm_received {
    struct sm_pay_ack ack;        /* the processor's answer */
    struct sm_pay_event *events;  /* what was said; in the arena */
    size_t count;                 /* 0 if it was not authentic */
    bool has_payment;             /* an attempt of ours was named */
    uint8_t payment[SM_ID_BYTES]; /* the first such */
};

/* Verify the raw body of RQ as a message of the processor NAME and keep
 * each event in it, in a transaction of its own.  Counts and logs.
 * SM_OK also for a message that is refused: out->ack says so;
 * SM_NOT_FOUND if NAME is not an open processor. */
enum sm_status sm_receive(struct sm_received *out, struct sm_request *rq,
                          const char *name) SM_MUSTCHECK;

/* The same where the address names no processor: the one whose signature it
 * is, be it of new payments or of earlier ones. */
void sm_receive_any(struct sm_received *out, struct sm_request *rq);

#endif
