#include "pay/receipt_row.h"

#include <string.h>

#include "pay/links.h"
#include "pay/pay_app.h"
#include "sql/receipt.h"

enum sm_status sm_receipt_load(struct sm_receipt *out, struct sm_request *rq,
                               const struct sm_attempt *attempt)
{
    char token[SM_LINK_CHECK];
    struct sm_rows *rows = NULL;
    enum sm_status status;

    memset(out, 0, sizeof(*out));
    status =
        sm_request_query(&rows, rq, &sm_sql_pay_receipt,
                         (const struct sm_arg[]){sm_arg_uuid(attempt->id)});
    if (status != SM_OK || sm_rows_count(rows) == 0)
        return status;
    sm_link_receipt(token, &sm_pay_app(rq)->link, attempt->id);
    out->rows = rows;
    out->parts = sm_rows_count(rows);
    out->number = sm_row_text(rows, 0, PAY_RECEIPT__RECEIPT_NO);
    out->reference = sm_row_text(rows, 0, PAY_RECEIPT__PROCESSOR_REF);
    out->amount_minor = sm_row_int(rows, 0, PAY_RECEIPT__AMOUNT_MINOR);
    out->paid_us = sm_row_time(rows, 0, PAY_RECEIPT__SETTLED_AT);
    out->check_url =
        sm_arena_printf(rq->arena, "%s/%s/receipt/%s",
                        sm_settings_str(rq->app->settings, "public_origin"),
                        sm_lang_code(rq->lang), token);
    return out->check_url != NULL
               ? SM_OK
               : SM_FAIL(&rq->err, SM_INTERNAL, "out of memory");
}
