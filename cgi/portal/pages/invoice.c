/* One bill: what it is about, its lines and taxes, what was paid of it. */
#include <string.h>

#include "keys.h"
#include "money/money.h"
#include "pay/links.h"
#include "portal/bills.h"
#include "portal/login.h"
#include "sql/self_bills.h"

static const struct sm_input inputs[] = {
    {"id", SM_IN_ID, .required = true},
};

/* What the queries of one bill take. */
struct ask {
    struct sm_arg args[3];
};

static struct ask ask_of(const struct sm_request *rq)
{
    return (struct ask){{
        sm_login_session(rq),
        sm_arg_uuid(sm_in(rq, "id")->id),
        sm_arg_time(rq->now_us),
    }};
}

static void set_rate(struct sm_dict *row, int key, int64_t rate_bp)
{
    char text[48];
    int decimals = rate_bp % 100 == 0 ? 0 : 2;

    sm_format_number(text, sizeof(text), sm_dict_lang(row),
                     decimals ? rate_bp : rate_bp / 100, decimals);
    sm_setf(row, key, "%s %%", text);
}

static enum sm_status fill_lines(struct sm_dict *page, struct sm_request *rq,
                                 const char *currency)
{
    struct ask ask = ask_of(rq);
    struct sm_rows *rows = NULL;
    enum sm_status st =
        sm_request_query(&rows, rq, &sm_sql_self_invoice_lines, ask.args);

    for (int i = 0; st == SM_OK && i < sm_rows_count(rows); i++) {
        struct sm_dict *row = sm_section(page, K_LINES);

        sm_set(row, K_LINE_NAME,
               sm_row_text(rows, i, SELF_INVOICE_LINES__NAME));
        sm_bills_micro(row, K_QUANTITY,
                       sm_row_int(rows, i, SELF_INVOICE_LINES__QUANTITY_MICRO));
        sm_set(row, K_UNIT,
               sm_bills_unit(sm_row_text(rows, i, SELF_INVOICE_LINES__UNIT)));
        if (!sm_row_null(rows, i, SELF_INVOICE_LINES__PRICE_MICRO))
            sm_bills_micro(
                row, K_PRICE,
                sm_row_int(rows, i, SELF_INVOICE_LINES__PRICE_MICRO));
        sm_set_money(row, K_NET,
                     sm_row_int(rows, i, SELF_INVOICE_LINES__NET_MINOR),
                     currency);
        set_rate(row, K_RATE,
                 sm_row_int(rows, i, SELF_INVOICE_LINES__TAX_RATE_BP));
    }
    sm_show_if(page, K_HAS_LINES, st == SM_OK && sm_rows_count(rows) > 0);
    return st;
}

static enum sm_status fill_taxes(struct sm_dict *page, struct sm_request *rq,
                                 const char *currency)
{
    struct ask ask = ask_of(rq);
    struct sm_rows *rows = NULL;
    enum sm_status st =
        sm_request_query(&rows, rq, &sm_sql_self_invoice_taxes, ask.args);

    for (int i = 0; st == SM_OK && i < sm_rows_count(rows); i++) {
        struct sm_dict *row = sm_section(page, K_TAXES);

        set_rate(row, K_RATE, sm_row_int(rows, i, SELF_INVOICE_TAXES__RATE_BP));
        sm_set_money(row, K_BASE,
                     sm_row_int(rows, i, SELF_INVOICE_TAXES__BASE_MINOR),
                     currency);
        sm_set_money(row, K_TAX,
                     sm_row_int(rows, i, SELF_INVOICE_TAXES__TAX_MINOR),
                     currency);
    }
    return st;
}

static void fill_payment(struct sm_dict *page, const struct sm_request *rq,
                         const struct sm_rows *rows, int i,
                         const char *currency)
{
    struct sm_dict *row = sm_section(page, K_PAYMENTS);
    const char *how = sm_row_text(rows, i, SELF_INVOICE_PAYMENTS__HOW);

    sm_bills_how(row, how);
    sm_set_date(row, K_PAID_ON,
                sm_row_date(rows, i, SELF_INVOICE_PAYMENTS__PAID_ON));
    sm_set(row, K_REFERENCE,
           sm_row_text(rows, i, SELF_INVOICE_PAYMENTS__REFERENCE));
    sm_set_money(row, K_PAID,
                 sm_row_int(rows, i, SELF_INVOICE_PAYMENTS__AMOUNT_MINOR),
                 currency);
    if (!sm_row_null(rows, i, SELF_INVOICE_PAYMENTS__PAYMENT))
        sm_bills_receipt(row, rq,
                         sm_row_bytes(rows, i, SELF_INVOICE_PAYMENTS__PAYMENT));
}

static enum sm_status fill_payments(struct sm_dict *page, struct sm_request *rq,
                                    const char *currency)
{
    struct ask ask = ask_of(rq);
    struct sm_rows *rows = NULL;
    enum sm_status st =
        sm_request_query(&rows, rq, &sm_sql_self_invoice_payments, ask.args);

    for (int i = 0; st == SM_OK && i < sm_rows_count(rows); i++)
        fill_payment(page, rq, rows, i, currency);
    sm_show_if(page, K_HAS_PAYMENTS, st == SM_OK && sm_rows_count(rows) > 0);
    return st;
}

static void fill_head(struct sm_dict *page, const struct sm_rows *rows,
                      const char *currency)
{
    bool note = sm_row_bool(rows, 0, SELF_INVOICE__CREDIT_NOTE);
    int64_t open = sm_row_int(rows, 0, SELF_INVOICE__OPEN_MINOR);

    sm_show_if(page, K_CREDIT_NOTE, note);
    sm_show_if(page, K_ORDINARY, !note);
    sm_set(page, K_NUMBER, sm_row_text(rows, 0, SELF_INVOICE__NUMBER));
    sm_set(page, K_HOLDER, sm_row_text(rows, 0, SELF_INVOICE__HOLDER));
    sm_set(page, K_CODE_HINT, sm_row_text(rows, 0, SELF_INVOICE__CODE_HINT));
    sm_set(page, K_PLACE_ADDRESS, sm_row_text(rows, 0, SELF_INVOICE__ADDRESS));
    sm_set(page, K_CONTRACT, sm_row_text(rows, 0, SELF_INVOICE__CONTRACT));
    sm_set(page, K_SELLER, sm_row_text(rows, 0, SELF_INVOICE__SELLER));
    sm_set(page, K_SELLER_TAX, sm_row_text(rows, 0, SELF_INVOICE__SELLER_TAX));
    sm_set_date(page, K_ISSUED_ON,
                sm_row_date(rows, 0, SELF_INVOICE__ISSUED_ON));
    sm_set_date(page, K_DUE_ON, sm_row_date(rows, 0, SELF_INVOICE__DUE_ON));
    sm_show_if(page, K_HAS_PERIOD,
               !sm_row_null(rows, 0, SELF_INVOICE__PERIOD_FROM));
    sm_set_date(page, K_PERIOD_FROM,
                sm_row_date(rows, 0, SELF_INVOICE__PERIOD_FROM));
    sm_set_date(page, K_PERIOD_TO,
                sm_row_date(rows, 0, SELF_INVOICE__PERIOD_TO));
    sm_set_money(page, K_NET, sm_row_int(rows, 0, SELF_INVOICE__NET_MINOR),
                 currency);
    sm_set_money(page, K_TAX, sm_row_int(rows, 0, SELF_INVOICE__TAX_MINOR),
                 currency);
    sm_set_money(page, K_TOTAL, sm_row_int(rows, 0, SELF_INVOICE__TOTAL_MINOR),
                 currency);
    sm_set_money(page, K_VALUE, sm_row_int(rows, 0, SELF_INVOICE__VALUE_MINOR),
                 currency);
    sm_show_if(page, K_HAS_OPEN, open > 0);
    sm_show_if(page, K_NO_OPEN, open == 0);
    sm_set_money(page, K_OPEN, open, currency);
    sm_show_if(page, K_HAS_XML,
               sm_row_bool(rows, 0, SELF_INVOICE__HAS_ORIGINAL));
    sm_bills_state(page, sm_row_text(rows, 0, SELF_INVOICE__STATE),
                   sm_row_int(rows, 0, SELF_INVOICE__DAYS));
}

static enum sm_status show(struct sm_request *rq, struct sm_reply *rp)
{
    struct ask ask = ask_of(rq);
    struct sm_rows *rows = NULL;
    const char *currency;
    char id[SM_ID_TEXT];
    enum sm_status st =
        sm_request_query(&rows, rq, &sm_sql_self_invoice, ask.args);

    if (st != SM_OK)
        return st;
    if (sm_rows_count(rows) == 0)
        return SM_NOT_FOUND; /* another's is as unknown as none */
    sm_id_format(id, sm_in(rq, "id")->id);
    sm_set(rp->dict, K_BILL_ID, id);
    currency = sm_row_text(rows, 0, SELF_INVOICE__CURRENCY);
    fill_head(rp->dict, rows, currency);
    st = fill_lines(rp->dict, rq, currency);
    if (st == SM_OK)
        st = fill_taxes(rp->dict, rq, currency);
    return st == SM_OK ? fill_payments(rp->dict, rq, currency) : st;
}

const struct sm_page sm_page_invoice = {
    .path = "/invoices/{id}",
    .auth = SM_AUTH_CUSTOMER,
    .inputs = inputs,
    .ninputs = SM_COUNT(inputs),
    .get = show,
    .tpl = "invoice.tpl",
    .personal = true,
    .help = "One bill: lines, taxes, what was paid of it.",
};
