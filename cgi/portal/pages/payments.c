/* All payments of a customer, whichever way they came. */
#include "portal/payments.h"
#include "keys.h"
#include "portal/bills.h"
#include "portal/login.h"
#include "sql/self_payments.h"

static const struct sm_input inputs[] = {
    {.name = "page", .type = SM_IN_INT, .min = 1, .max = 10000},
};

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
        sm_payments_fill(sm_section(rp->dict, K_PAYMENTS), rq, rows, i);
    if (sm_rows_count(rows) > 0)
        matches = sm_row_int(rows, 0, SELF_PAYMENTS__MATCHES);
    sm_show_if(rp->dict, K_PAYMENTS_NONE, sm_rows_count(rows) == 0);
    sm_show_if(rp->dict, K_PAYMENTS_SOME, sm_rows_count(rows) > 0);
    sm_bills_pages(rp->dict, page, SM_BILLS_PAGE, matches, "");
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
