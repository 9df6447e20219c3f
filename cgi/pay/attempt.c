#include "pay/attempt.h"

#include <string.h>

#include "base/log.h"
#include "keys.h"
#include "pay/links.h"
#include "pay/pay_app.h"
#include "sql/status.h"

struct sm_pay_app *sm_pay_app(const struct sm_request *rq)
{
    return rq->app->data;
}

static void read_row(struct sm_attempt *out, const struct sm_rows *rows)
{
    out->mine = sm_row_bool(rows, 0, PAY_STATUS__MINE);
    out->shown = sm_row_text(rows, 0, PAY_STATUS__SHOWN);
    out->state = sm_row_text(rows, 0, PAY_STATUS__STATE);
    out->reason = sm_row_text(rows, 0, PAY_STATUS__REASON);
    out->amount_minor = sm_row_int(rows, 0, PAY_STATUS__AMOUNT_MINOR);
    out->settled_minor = sm_row_int(rows, 0, PAY_STATUS__SETTLED_MINOR);
    out->currency = sm_row_text(rows, 0, PAY_STATUS__CURRENCY);
    out->email = sm_row_text(rows, 0, PAY_STATUS__EMAIL);
    out->redirect_url = sm_row_text(rows, 0, PAY_STATUS__REDIRECT_URL);
    out->processor_ref = sm_row_text(rows, 0, PAY_STATUS__PROCESSOR_REF);
    out->receipt_no = sm_row_text(rows, 0, PAY_STATUS__RECEIPT_NO);
    out->code_hint = sm_row_text(rows, 0, PAY_STATUS__CODE_HINT);
    out->created_us = sm_row_time(rows, 0, PAY_STATUS__CREATED_AT);
    out->final_us = sm_row_time(rows, 0, PAY_STATUS__FINAL_AT);
    out->ask_by_us = sm_row_time(rows, 0, PAY_STATUS__ASK_BY);
    out->duplicate = sm_row_bool(rows, 0, PAY_STATUS__DUPLICATE);
    out->refundable_minor = sm_row_int(rows, 0, PAY_STATUS__REFUNDABLE_MINOR);
    out->refunding_minor = sm_row_int(rows, 0, PAY_STATUS__REFUNDING_MINOR);
    out->refunded_minor = sm_row_int(rows, 0, PAY_STATUS__REFUNDED_MINOR);
    out->refunded_us = sm_row_time(rows, 0, PAY_STATUS__REFUNDED_AT);
    out->refund_failed = sm_row_bool(rows, 0, PAY_STATUS__REFUND_FAILED);
    out->disputed_minor = sm_row_int(rows, 0, PAY_STATUS__DISPUTED_MINOR);
    out->processor = sm_row_text(rows, 0, PAY_STATUS__PROCESSOR);
    out->selected = sm_row_bool(rows, 0, PAY_STATUS__SELECTED);
    out->code_count = sm_row_int(rows, 0, PAY_STATUS__CODE_COUNT);
}

enum sm_status sm_attempt_load(struct sm_attempt *out, struct sm_request *rq)
{
    const struct sm_value *payment = sm_in(rq, "payment");
    const struct sm_value *key = sm_in(rq, "k");
    struct sm_rows *rows = NULL;
    enum sm_status status;
    bool by_link;

    memset(out, 0, sizeof(*out));
    out->key = "";
    if (payment->error != NULL || !payment->present)
        return SM_NOT_FOUND;
    memcpy(out->id, payment->id, SM_ID_BYTES);
    sm_id_format(out->id_text, out->id);
    by_link = key->present &&
              sm_link_status_ok(&sm_pay_app(rq)->link, out->id, key->text);
    if (by_link)
        out->key = key->text;
    status = sm_request_query(
        &rows, rq, &sm_sql_pay_status,
        (const struct sm_arg[]){sm_arg_uuid(out->id),
                                sm_arg_bytes(rq->browser_hash, 32),
                                sm_arg_bool(by_link), sm_arg_time(rq->now_us)});
    if (status != SM_OK)
        return status;
    if (sm_rows_count(rows) == 0)
        return SM_NOT_FOUND;
    read_row(out, rows);
    return SM_OK;
}

void sm_attempt_ask(struct sm_request *rq, const struct sm_attempt *attempt,
                    int budget_ms, const char *what)
{
    struct sm_pay_result result;
    enum sm_status status;

    sm_request_db_release(rq);
    if (sm_pay_is_final(attempt->state))
        return;
    status = sm_pay_ask(&result, sm_pay_app(rq)->pay, rq->arena, attempt->id,
                        budget_ms, rq->now_us, &rq->err);
    if (status != SM_OK)
        sm_log_error(what, status, &rq->err);
}

enum sm_status sm_attempt_see(struct sm_request *rq, struct sm_reply *rp,
                              const struct sm_attempt *attempt)
{
    if (attempt->key[0] != '\0')
        return sm_reply_see_other(rq, rp, "/pay/status/%s?k=%s",
                                  attempt->id_text, attempt->key);
    return sm_reply_see_other(rq, rp, "/pay/status/%s", attempt->id_text);
}

bool sm_attempt_by_form(const struct sm_request *rq, const char *name)
{
    const struct sm_processor *processor =
        sm_pay_processor_named(sm_pay_app(rq)->pay, name);

    return processor == NULL || processor->ops->form != NULL;
}

bool sm_attempt_fill_go(struct sm_dict *dict, struct sm_request *rq,
                        const uint8_t payment[SM_ID_BYTES], const char *url)
{
    struct sm_pay_field *fields = NULL;
    enum sm_status status;
    struct sm_dict *go;
    size_t count = 0, i;

    if (url[0] == '\0' || !sm_reply_is_processor(rq, url))
        return false;
    sm_request_db_release(rq);
    status = sm_pay_form(&fields, &count, sm_pay_app(rq)->pay, rq->arena,
                         payment, rq->now_us, &rq->err);
    if (status != SM_OK) {
        sm_log_error("pay_form", status, &rq->err);
        return false;
    }
    if (count == 0)
        return false;
    go = sm_section(dict, K_GO);
    sm_set(go, K_GO_URL, url);
    for (i = 0; i < count; i++) {
        struct sm_dict *row = sm_section(go, K_GO_FIELDS);

        sm_set(row, K_GO_NAME, fields[i].name);
        sm_set(row, K_GO_VALUE, fields[i].value);
    }
    return true;
}

const char *sm_attempt_mask(struct sm_request *rq, const char *email)
{
    const char *at = strrchr(email, '@'), *masked;
    size_t letter = 1;

    if (at == NULL || at == email)
        return "";
    while (((unsigned char)email[letter] & 0xc0) == 0x80)
        letter++;
    masked = sm_arena_printf(rq->arena, "%.*s***%s", (int)letter, email, at);
    return masked != NULL ? masked : "";
}
