/* One payment: how and when it came, and which bills it paid. */
#include "keys.h"
#include "portal/login.h"
#include "portal/payments.h"
#include "sql/self_payments.h"

static const struct sm_input inputs[] = {
    {"id", SM_IN_ID, .required = true},
};

/* The bills, and what is left of the PAID_MINOR. */
static enum sm_status fill_parts(struct sm_dict *page, struct sm_request *rq,
                                 const struct sm_arg *args, int64_t paid_minor,
                                 const char *currency)
{
    struct sm_rows *rows = NULL;
    int64_t rest = paid_minor;
    enum sm_status st =
        sm_request_query(&rows, rq, &sm_sql_self_payment_parts, args);

    for (int i = 0; st == SM_OK && i < sm_rows_count(rows); i++) {
        int64_t part = sm_row_int(rows, i, SELF_PAYMENT_PARTS__AMOUNT_MINOR);
        struct sm_dict *row = sm_section(page, K_PARTS);
        char id[SM_ID_TEXT];

        sm_id_format(id, sm_row_bytes(rows, i, SELF_PAYMENT_PARTS__INVOICE));
        sm_set(row, K_BILL_ID, id);
        sm_set(row, K_NUMBER, sm_row_text(rows, i, SELF_PAYMENT_PARTS__NUMBER));
        sm_set(row, K_CODE_HINT,
               sm_row_text(rows, i, SELF_PAYMENT_PARTS__CODE_HINT));
        sm_set_money(row, K_PART, part, currency);
        rest -= part;
    }
    sm_show_if(page, K_HAS_PARTS,
               st == SM_OK && (sm_rows_count(rows) > 0 || rest > 0));
    sm_show_if(page, K_HAS_REST, rest > 0);
    sm_set_money(page, K_REST, rest, currency);
    return st;
}

static enum sm_status show(struct sm_request *rq, struct sm_reply *rp)
{
    const struct sm_arg args[] = {
        sm_login_session(rq),
        sm_arg_uuid(sm_in(rq, "id")->id),
        sm_arg_time(rq->now_us),
    };
    struct sm_rows *rows = NULL;
    enum sm_status st = sm_request_query(&rows, rq, &sm_sql_self_payment, args);
    int64_t paid;

    if (st != SM_OK)
        return st;
    if (sm_rows_count(rows) == 0)
        return SM_NOT_FOUND; /* another's is as unknown as none */
    sm_payments_fill(rp->dict, rq, rows, 0);
    if (sm_row_null(rows, 0, SELF_PAYMENT__POSTED_ON))
        return SM_OK;
    paid = sm_row_int(rows, 0, SELF_PAYMENT__AMOUNT_MINOR) -
           sm_row_int(rows, 0, SELF_PAYMENT__REFUNDED_MINOR);
    return fill_parts(rp->dict, rq, args, paid,
                      sm_row_text(rows, 0, SELF_PAYMENT__CURRENCY));
}

const struct sm_page sm_page_payment = {
    .path = "/payments/{id}",
    .auth = SM_AUTH_CUSTOMER,
    .inputs = inputs,
    .ninputs = SM_COUNT(inputs),
    .get = show,
    .tpl = "payment.tpl",
    .personal = true,
    .help = "One payment: how and when it came, which bills it paid.",
};
