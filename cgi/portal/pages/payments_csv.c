/* The list of payments as a file for a spreadsheet. */
#include "domain/csv_write.h"
#include "portal/bills.h"
#include "portal/login.h"
#include "sql/self_payments.h"

#define FILE_MAX ((size_t)4 << 20)

static void add(struct sm_buf *out, const struct sm_rows *rows, int i)
{
    const char *currency = sm_row_text(rows, i, SELF_PAYMENTS__CURRENCY);

    sm_csv_date(out, sm_row_date(rows, i, SELF_PAYMENTS__RECEIVED_ON));
    sm_csv_date(out, sm_row_date(rows, i, SELF_PAYMENTS__POSTED_ON));
    sm_csv_money(out, sm_row_int(rows, i, SELF_PAYMENTS__AMOUNT_MINOR),
                 currency);
    sm_csv_money(out, sm_row_int(rows, i, SELF_PAYMENTS__REFUNDED_MINOR),
                 currency);
    sm_csv_text(out, currency);
    sm_csv_text(out, sm_row_text(rows, i, SELF_PAYMENTS__HOW));
    sm_csv_text(out, sm_row_text(rows, i, SELF_PAYMENTS__CODE_HINT));
    sm_csv_text(out, sm_row_text(rows, i, SELF_PAYMENTS__REFERENCE));
    sm_csv_text(out, sm_row_text(rows, i, SELF_PAYMENTS__RECEIPT_NO));
    sm_csv_text(out, sm_row_text(rows, i, SELF_PAYMENTS__STATE));
    sm_csv_end(out);
}

static enum sm_status send(struct sm_request *rq, struct sm_reply *rp)
{
    const struct sm_arg args[] = {
        sm_login_session(rq),
        sm_arg_int4(SM_BILLS_FILE),
        sm_arg_int4(0),
        sm_arg_time(rq->now_us),
    };
    struct sm_rows *rows = NULL;
    struct sm_buf out;
    enum sm_status st =
        sm_request_query(&rows, rq, &sm_sql_self_payments, args);

    if (st != SM_OK)
        return st;
    sm_buf_init(&out, FILE_MAX);
    sm_csv_begin(&out, "received_on,posted_on,amount,given_back,currency,how,"
                       "code_ending,reference,receipt,state");
    for (int i = 0; i < sm_rows_count(rows); i++)
        add(&out, rows, i);
    return sm_reply_written(rq, rp, &out, "text/csv; charset=utf-8",
                            "payments.csv");
}

const struct sm_page sm_page_payments_csv = {
    .path = "/payments/csv",
    .auth = SM_AUTH_CUSTOMER,
    .get = send,
    .personal = true,
    .help = "The list of payments as a file.",
};
