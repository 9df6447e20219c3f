/* The receipt of a payment, as its page and its file show it. */
#ifndef SM_CGI_PAY_RECEIPT_ROW_H
#define SM_CGI_PAY_RECEIPT_ROW_H

#include <stdint.h>

#include "pay/attempt.h"
#include "web/request.h"

struct sm_receipt {
    const struct sm_rows *rows; /* of pay_receipt, one for each part */
    int parts;                  /* 0: not paid, and nothing else is filled */
    const char *number, *reference;
    const char *check_url; /* where anybody can check it, in this language */
    int64_t amount_minor, paid_us;
};

/* Load the receipt of ATTEMPT; strings live in the request's arena. */
enum sm_status sm_receipt_load(struct sm_receipt *out, struct sm_request *rq,
                               const struct sm_attempt *attempt) SM_MUSTCHECK;

#endif
