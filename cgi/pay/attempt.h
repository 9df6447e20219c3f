/* One payment as its pages show it. */
#ifndef SM_CGI_PAY_ATTEMPT_H
#define SM_CGI_PAY_ATTEMPT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/text.h"
#include "web/reply.h"
#include "web/request.h"

/* Inputs of every page about one payment: who has no cookie of the starter
 * shows the token of the mailed link. */
#define SM_ATTEMPT_INPUTS                                                      \
    {.name = "payment", .type = SM_IN_ID, .required = true},                   \
    {                                                                          \
        .name = "k", .type = SM_IN_TOKEN, .max = 22                            \
    }

struct sm_attempt {
    uint8_t id[SM_ID_BYTES];
    char id_text[SM_ID_TEXT];
    const char *key;   /* the good k= it was opened with; else "" */
    bool mine;         /* started in this browser */
    const char *shown; /* contract word of data-payment-state */
    const char *state, *reason;
    int64_t amount_minor, settled_minor;
    const char *currency, *email, *redirect_url, *processor, *processor_ref,
        *receipt_no, *code_hint;
    int64_t created_us, final_us, ask_by_us; /* 0: none */
    bool duplicate;           /* its invoices had been paid by another */
    int64_t refundable_minor; /* surplus that its payer may have back */
    int64_t refunding_minor;  /* on its way, not accepted yet */
    int64_t refunded_minor, refunded_us;
    bool refund_failed;
    int64_t disputed_minor;
    bool selected;      /* of bills that a customer chose, logged in */
    int64_t code_count; /* of payment codes; code_hint is the first one's */
};

/* Load the payment that the request names, if its browser started it or the
 * link's token is good.  SM_NOT_FOUND otherwise; both look the same. */
enum sm_status sm_attempt_load(struct sm_attempt *out, struct sm_request *rq)
    SM_MUSTCHECK;

/* Ask the processor within BUDGET_MS how the payment stands, unless it has
 * ended; gives the database connection back first.  Not being able to ask is
 * no failure of the page: it is logged as WHAT, and the status says so. */
void sm_attempt_ask(struct sm_request *rq, const struct sm_attempt *attempt,
                    int budget_ms, const char *what);

/* Answer 303 to the status page, keeping the link's token. */
enum sm_status sm_attempt_see(struct sm_request *rq, struct sm_reply *rp,
                              const struct sm_attempt *attempt) SM_MUSTCHECK;

/* Fill the form of template _go for the page URL of PAYMENT at the processor.
 * False, with nothing filled, if that page is reached by a plain address, lies
 * outside the processor's origins, or the form could not be made. */
bool sm_attempt_fill_go(struct sm_dict *dict, struct sm_request *rq,
                        const uint8_t payment[SM_ID_BYTES], const char *url);

/* True if the page of the processor NAME is reached by a form alone: its plain
 * address leads nowhere. */
bool sm_attempt_by_form(const struct sm_request *rq, const char *name);

/* "a***@example.com"; "" for "".  In the arena. */
const char *sm_attempt_mask(struct sm_request *rq, const char *email);

#endif
