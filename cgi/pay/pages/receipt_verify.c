/* Anybody who holds a printed receipt can check that we issued it: the signed
 * address answers with number, day and sum, and nothing about the payer. */
#include "keys.h"
#include "pay/links.h"
#include "pay/pay_app.h"
#include "sql/receipt.h"
#include "web/page.h"
#include "web/reply.h"

static const struct sm_input inputs[] = {
    {.name = "token", .type = SM_IN_TOKEN, .required = true, .max = 43},
};

static enum sm_status not_ours(struct sm_reply *rp)
{
    rp->http = 404;
    sm_show(rp->dict, K_FALSE);
    return SM_OK;
}

static enum sm_status show(struct sm_request *rq, struct sm_reply *rp)
{
    uint8_t payment[SM_ID_BYTES];
    struct sm_rows *rows = NULL;
    enum sm_status status;

    if (sm_link_receipt_read(payment, &sm_pay_app(rq)->link,
                             sm_in(rq, "token")->text) != SM_OK)
        return not_ours(rp);
    status = sm_request_query(&rows, rq, &sm_sql_pay_receipt,
                              (const struct sm_arg[]){sm_arg_uuid(payment)});
    if (status != SM_OK)
        return status;
    if (sm_rows_count(rows) == 0)
        return not_ours(rp);
    sm_show(rp->dict, K_TRUE);
    sm_set(rp->dict, K_RECEIPT_NO,
           sm_row_text(rows, 0, PAY_RECEIPT__RECEIPT_NO));
    sm_set_instant(rp->dict, K_PAID_AT,
                   sm_row_time(rows, 0, PAY_RECEIPT__SETTLED_AT));
    sm_set_money(rp->dict, K_PAID,
                 sm_row_int(rows, 0, PAY_RECEIPT__AMOUNT_MINOR),
                 sm_row_text(rows, 0, PAY_RECEIPT__CURRENCY));
    return SM_OK;
}

const struct sm_page sm_page_receipt_verify = {
    .path = "/receipt/{token}",
    .auth = SM_AUTH_PUBLIC,
    .inputs = inputs,
    .ninputs = SM_COUNT(inputs),
    .get = show,
    .tpl = "receipt_verify.tpl",
    .instance = "pay",
    .help = "Check that a receipt is genuine.",
};
