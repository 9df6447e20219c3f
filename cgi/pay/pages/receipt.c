/* The receipt of a payment, made to be printed. */
#include "sql/receipt.h"
#include "keys.h"
#include "pay/attempt.h"
#include "pay/links.h"
#include "pay/pay_app.h"
#include "web/page.h"

static const struct sm_input inputs[] = {SM_ATTEMPT_INPUTS};

static void fill_rows(struct sm_dict *dict, const struct sm_rows *rows,
                      const char *currency)
{
    int i;

    for (i = 0; i < sm_rows_count(rows); i++) {
        struct sm_dict *row = sm_section(dict, K_PARTS);
        bool credit = sm_row_null(rows, i, PAY_RECEIPT__DOCUMENT_NUMBER);

        sm_show_if(row, K_PART_INVOICE, !credit);
        sm_show_if(row, K_PART_CREDIT, credit);
        sm_set(row, K_PART_NUMBER,
               sm_row_text(rows, i, PAY_RECEIPT__DOCUMENT_NUMBER));
        sm_set(row, K_PART_HINT,
               sm_row_text(rows, i, PAY_RECEIPT__ACCOUNT_HINT));
        sm_set_money(row, K_PART_SUM,
                     sm_row_int(rows, i, PAY_RECEIPT__ALLOCATED_MINOR),
                     currency);
    }
}

static enum sm_status show(struct sm_request *rq, struct sm_reply *rp)
{
    char token[SM_LINK_CHECK];
    struct sm_rows *rows = NULL;
    struct sm_attempt attempt;
    enum sm_status status;

    status = sm_attempt_load(&attempt, rq);
    if (status != SM_OK)
        return status;
    status = sm_request_query(&rows, rq, &sm_sql_pay_receipt,
                              (const struct sm_arg[]){sm_arg_uuid(attempt.id)});
    if (status != SM_OK)
        return status;
    if (sm_rows_count(rows) == 0) /* not paid: its state says what it is */
        return sm_attempt_see(rq, rp, &attempt);
    sm_link_receipt(token, &sm_pay_app(rq)->link, attempt.id);
    sm_set(rp->dict, K_ID, attempt.id_text);
    sm_show_if(rp->dict, K_HAS_KEY, attempt.key[0] != '\0');
    sm_set(rp->dict, K_KEY, attempt.key);
    sm_set(rp->dict, K_RECEIPT_NO,
           sm_row_text(rows, 0, PAY_RECEIPT__RECEIPT_NO));
    sm_set_instant(rp->dict, K_PAID_AT,
                   sm_row_time(rows, 0, PAY_RECEIPT__SETTLED_AT));
    sm_set_money(rp->dict, K_PAID,
                 sm_row_int(rows, 0, PAY_RECEIPT__AMOUNT_MINOR),
                 attempt.currency);
    sm_set(rp->dict, K_CODE_HINT, attempt.code_hint);
    sm_show_if(rp->dict, K_ONE_CODE, attempt.code_count == 1);
    sm_set(rp->dict, K_REFERENCE,
           sm_row_text(rows, 0, PAY_RECEIPT__PROCESSOR_REF));
    sm_setf(rp->dict, K_CHECK_URL, "%s/%s/receipt/%s",
            sm_settings_str(rq->app->settings, "public_origin"),
            sm_lang_code(rq->lang), token);
    fill_rows(rp->dict, rows, attempt.currency);
    return SM_OK;
}

const struct sm_page sm_page_receipt = {
    .path = "/pay/receipt/{payment}",
    .auth = SM_AUTH_PUBLIC,
    .inputs = inputs,
    .ninputs = SM_COUNT(inputs),
    .get = show,
    .tpl = "receipt.tpl",
    .personal = true,
    .instance = "pay",
    .help = "The receipt of a payment, for printing.",
};
