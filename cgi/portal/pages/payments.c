/* All payments of a customer, whichever way they came. */
#include <string.h>

#include "keys.h"
#include "pay/pay.h"
#include "portal/bills.h"
#include "portal/login.h"
#include "sql/self_bills.h"

static const struct sm_input inputs[] = {
    {.name = "page", .type = SM_IN_INT, .min = 1, .max = 10000},
};

static void fill_one(struct sm_dict *page, const struct sm_request *rq,
                     const struct sm_rows *rows, int i)
{
    struct sm_dict *row = sm_section(page, K_PAYMENTS);
    const char *currency = sm_row_text(rows, i, SELF_PAYMENTS__CURRENCY);
    bool settled =
        strcmp(sm_row_text(rows, i, SELF_PAYMENTS__STATE), "settled") == 0;
    int64_t refunded = sm_row_int(rows, i, SELF_PAYMENTS__REFUNDED_MINOR);

    sm_bills_how(row, sm_row_text(rows, i, SELF_PAYMENTS__HOW));
    sm_set_date(row, K_RECEIVED_ON,
                sm_row_date(rows, i, SELF_PAYMENTS__RECEIVED_ON));
    sm_show_if(row, K_IS_POSTED,
               settled && !sm_row_null(rows, i, SELF_PAYMENTS__POSTED_ON));
    sm_set_date(row, K_POSTED_ON,
                sm_row_date(rows, i, SELF_PAYMENTS__POSTED_ON));
    sm_show_if(row, K_IS_PROCESSING, !settled);
    sm_set(row, K_REFERENCE, sm_row_text(rows, i, SELF_PAYMENTS__REFERENCE));
    sm_set(row, K_CODE_HINT, sm_row_text(rows, i, SELF_PAYMENTS__CODE_HINT));
    sm_set_money(row, K_PAID, sm_row_int(rows, i, SELF_PAYMENTS__AMOUNT_MINOR),
                 currency);
    sm_show_if(row, K_HAS_BACK, refunded > 0);
    sm_set_money(row, K_BACK, refunded, currency);
    if (sm_row_null(rows, i, SELF_PAYMENTS__PAYMENT))
        return;
    if (settled)
        sm_bills_receipt(row, rq,
                         sm_row_bytes(rows, i, SELF_PAYMENTS__PAYMENT));
    else
        sm_bills_status(row, rq, sm_row_bytes(rows, i, SELF_PAYMENTS__PAYMENT));
}

static enum sm_status show(struct sm_request *rq, struct sm_reply *rp)
{
    const struct sm_value *number = sm_in(rq, "page");
    int64_t page = number->present ? number->number : 1, matches = 0;
    const struct sm_arg args[] = {
        sm_login_session(rq),
        sm_arg_int4(SM_BILLS_PAGE),
        sm_arg_int4((int32_t)((page - 1) * SM_BILLS_PAGE)),
        sm_arg_time(rq->now_us),
    };
    struct sm_rows *rows = NULL;
    enum sm_status st =
        sm_request_query(&rows, rq, &sm_sql_self_payments, args);

    if (st != SM_OK)
        return st;
    for (int i = 0; i < sm_rows_count(rows); i++)
        fill_one(rp->dict, rq, rows, i);
    if (sm_rows_count(rows) > 0)
        matches = sm_row_int(rows, 0, SELF_PAYMENTS__MATCHES);
    sm_show_if(rp->dict, K_PAYMENTS_NONE, sm_rows_count(rows) == 0);
    sm_show_if(rp->dict, K_PAYMENTS_SOME, sm_rows_count(rows) > 0);
    sm_bills_pages(rp->dict, page, matches, "");
    return SM_OK;
}

const struct sm_page sm_page_payments = {
    .path = "/payments",
    .auth = SM_AUTH_CUSTOMER,
    .inputs = inputs,
    .ninputs = SM_COUNT(inputs),
    .get = show,
    .tpl = "payments.tpl",
    .personal = true,
    .help = "All payments of a customer.",
};
