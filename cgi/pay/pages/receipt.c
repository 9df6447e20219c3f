/* The receipt of a payment, made to be printed. */
#include "sql/receipt.h"
#include "keys.h"
#include "pay/attempt.h"
#include "pay/receipt_row.h"
#include "web/page.h"

static const struct sm_input inputs[] = {SM_ATTEMPT_INPUTS};

static void fill_parts(struct sm_dict *dict, const struct sm_receipt *receipt,
                       const char *currency)
{
    const struct sm_rows *rows = receipt->rows;
    int i;

    for (i = 0; i < receipt->parts; i++) {
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
    struct sm_attempt attempt;
    struct sm_receipt receipt;
    enum sm_status status;

    status = sm_attempt_load(&attempt, rq);
    if (status == SM_OK)
        status = sm_receipt_load(&receipt, rq, &attempt);
    if (status != SM_OK)
        return status;
    if (receipt.parts == 0) /* not paid: its state says what it is */
        return sm_attempt_see(rq, rp, &attempt);
    sm_set(rp->dict, K_ID, attempt.id_text);
    sm_show_if(rp->dict, K_HAS_KEY, attempt.key[0] != '\0');
    sm_set(rp->dict, K_KEY, attempt.key);
    sm_set(rp->dict, K_RECEIPT_NO, receipt.number);
    sm_set_instant(rp->dict, K_PAID_AT, receipt.paid_us);
    sm_set_money(rp->dict, K_PAID, receipt.amount_minor, attempt.currency);
    sm_set(rp->dict, K_CODE_HINT, attempt.code_hint);
    sm_show_if(rp->dict, K_ONE_CODE, attempt.code_count == 1);
    sm_set(rp->dict, K_REFERENCE, receipt.reference);
    sm_set(rp->dict, K_CHECK_URL, receipt.check_url);
    fill_parts(rp->dict, &receipt, attempt.currency);
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
