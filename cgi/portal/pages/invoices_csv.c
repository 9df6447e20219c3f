/* The same list as a file for a spreadsheet. */
#include <string.h>

#include "domain/csv_write.h"
#include "portal/bills.h"
#include "sql/self_bills.h"

#define FILE_MAX ((size_t)4 << 20)

static const struct sm_input inputs[] = {SM_BILLS_INPUTS};

static void add(struct sm_buf *out, const struct sm_rows *rows, int i)
{
    const char *currency = sm_row_text(rows, i, SELF_INVOICES__CURRENCY);

    sm_csv_text(out, sm_row_text(rows, i, SELF_INVOICES__NUMBER));
    sm_csv_text(out, sm_row_bool(rows, i, SELF_INVOICES__CREDIT_NOTE)
                         ? "credit_note"
                         : "invoice");
    sm_csv_text(out, sm_row_text(rows, i, SELF_INVOICES__ADDRESS));
    sm_csv_text(out, sm_row_text(rows, i, SELF_INVOICES__CODE_HINT));
    sm_csv_date(out, sm_row_date(rows, i, SELF_INVOICES__ISSUED_ON));
    sm_csv_date(out, sm_row_date(rows, i, SELF_INVOICES__DUE_ON));
    sm_csv_date(out, sm_row_date(rows, i, SELF_INVOICES__PERIOD_FROM));
    sm_csv_date(out, sm_row_date(rows, i, SELF_INVOICES__PERIOD_TO));
    sm_csv_money(out, sm_row_int(rows, i, SELF_INVOICES__VALUE_MINOR),
                 currency);
    sm_csv_money(out, sm_row_int(rows, i, SELF_INVOICES__OPEN_MINOR), currency);
    sm_csv_text(out, currency);
    sm_csv_text(out, sm_row_text(rows, i, SELF_INVOICES__STATE));
    sm_csv_end(out);
}

static enum sm_status send(struct sm_request *rq, struct sm_reply *rp)
{
    struct sm_rows *rows = NULL;
    struct sm_buf out;
    enum sm_status st = sm_bills_list(&rows, rq, SM_BILLS_FILE, 0);

    if (st != SM_OK)
        return st;
    sm_buf_init(&out, FILE_MAX);
    sm_csv_begin(&out, "number,kind,place,code_ending,issued_on,due_on,"
                       "period_from,period_to,value,remaining,currency,state");
    for (int i = 0; i < sm_rows_count(rows); i++)
        add(&out, rows, i);
    return sm_reply_written(rq, rp, &out, "text/csv; charset=utf-8",
                            "bills.csv");
}

const struct sm_page sm_page_invoices_csv = {
    .path = "/invoices/csv",
    .auth = SM_AUTH_CUSTOMER,
    .inputs = inputs,
    .ninputs = SM_COUNT(inputs),
    .get = send,
    .personal = true,
    .help = "The list of bills as a file.",
};
