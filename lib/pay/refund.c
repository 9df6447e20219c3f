/* Giving money back: the request to the processor and its answer.  A refund
 * is a row before it is asked for (pay.refund_request), its id is the key
 * under which it can be asked for any number of times. */
#include <string.h>

#include "base/log.h"
#include "pay/pay_impl.h"
#include "sql/pay_refund.h"

/* What the request is a pure function of. */
struct wanted {
    struct sm_pay_order order;
    struct sm_pay_refund refund;
    char key[SM_ID_TEXT];
};

static void read_wanted(struct wanted *out, const struct sm_rows *rows,
                        const uint8_t id[SM_ID_BYTES])
{
    sm_id_format(out->key, id);
    out->order = (struct sm_pay_order){
        .order_no = sm_row_text(rows, 0, PAY_REFUND_ASKED__ORDER_NO),
        .idempotency_key = "",
        .processor_ref = sm_row_text(rows, 0, PAY_REFUND_ASKED__PROCESSOR_REF),
        .capture_ref = sm_row_text(rows, 0, PAY_REFUND_ASKED__CAPTURE_REF),
        .amount_minor = sm_row_int(rows, 0, PAY_REFUND_ASKED__SETTLED_MINOR),
        .currency = sm_row_text(rows, 0, PAY_REFUND_ASKED__CURRENCY),
        .email = "",
        .lang = sm_row_text(rows, 0, PAY_REFUND_ASKED__LANG),
        .hint = "",
        .created_us = sm_row_time(rows, 0, PAY_REFUND_ASKED__STARTED_AT),
    };
    memcpy(out->order.payment,
           sm_row_bytes(rows, 0, PAY_REFUND_ASKED__PAYMENT_ID), SM_ID_BYTES);
    out->refund = (struct sm_pay_refund){
        .key = out->key,
        .ref = sm_row_text(rows, 0, PAY_REFUND_ASKED__REFUND_REF),
        .amount_minor = sm_row_int(rows, 0, PAY_REFUND_ASKED__REFUND_MINOR),
        .currency = sm_row_text(rows, 0, PAY_REFUND_ASKED__CURRENCY),
        .asked_us = sm_row_time(rows, 0, PAY_REFUND_ASKED__ASKED_AT),
        .others = sm_row_int(rows, 0, PAY_REFUND_ASKED__OTHERS),
        .others_minor = sm_row_int(rows, 0, PAY_REFUND_ASKED__OTHERS_MINOR),
    };
    memcpy(out->refund.id, id, SM_ID_BYTES);
}

/* The first time the refund is asked for, then it is asked about, which
 * repeats the request while nothing is known of it.  One that the processor
 * has MADE, at its own desk perhaps, is never asked for: that would give the
 * money back twice. */
static enum sm_status put(struct sm_pay_event *out,
                          const struct sm_processor *processor,
                          struct sm_arena *arena, const struct wanted *wanted,
                          bool made, int asked, int budget_ms, int64_t now_us,
                          struct sm_error *err)
{
    const struct sm_processor_ops *ops = processor->ops;

    if (made ? ops->refund_query == NULL : ops->refund == NULL)
        return SM_FAIL(err, SM_UNAVAILABLE,
                       "%s: refunds are made at its own desk", processor->name);
    if (!made && (asked <= 1 || ops->refund_query == NULL))
        return ops->refund(out, processor, arena, &wanted->order,
                           &wanted->refund, budget_ms, err);
    return ops->refund_query(out, processor, arena, &wanted->order,
                             &wanted->refund, now_us, budget_ms, err);
}

static void note_failure(struct sm_pay *pay, struct sm_arena *arena,
                         const uint8_t id[SM_ID_BYTES], int64_t now_us)
{
    struct sm_error err = {.message = ""};
    struct sm_rows *rows = NULL;
    enum sm_status status;

    status = sm_pay_run(
        &rows, pay, arena, &sm_sql_pay_refund_ask_failed,
        (const struct sm_arg[]){sm_arg_uuid(id), sm_arg_time(now_us)}, &err);
    if (status != SM_OK)
        sm_log_error("refund_ask_failed", status, &err);
}

enum sm_status sm_pay_refund_send(struct sm_pay_result *out, struct sm_pay *pay,
                                  struct sm_arena *arena,
                                  const uint8_t id[SM_ID_BYTES], int asked,
                                  int budget_ms, int64_t now_us,
                                  struct sm_error *err)
{
    struct sm_pay_event event = sm_pay_event_none();
    const struct sm_processor *processor = NULL;
    int64_t start_us = sm_clock_mono_us();
    struct sm_rows *rows = NULL;
    struct wanted wanted;
    enum sm_status status;

    sm_pay_result_clear(out);
    status = sm_pay_run(&rows, pay, arena, &sm_sql_pay_refund_asked,
                        (const struct sm_arg[]){sm_arg_uuid(id)}, err);
    if (status == SM_OK && sm_rows_count(rows) == 0)
        status = SM_FAIL(err, SM_NOT_FOUND, "no such refund of a payment");
    if (status != SM_OK)
        return status;
    out->state = sm_row_text(rows, 0, PAY_REFUND_ASKED__STATE);
    read_wanted(&wanted, rows, id);
    status = sm_pay_processor_of(
        &processor, pay, sm_row_text(rows, 0, PAY_REFUND_ASKED__PROCESSOR),
        err);
    if (status == SM_OK) {
        status = put(&event, processor, arena, &wanted,
                     strcmp(out->state, "requested") != 0, asked, budget_ms,
                     now_us, err);
        sm_pay_count_call(status, start_us);
    }
    if (status != SM_OK) {
        note_failure(pay, arena, id, now_us);
        return status;
    }
    event.has_refund = true;
    memcpy(event.refund, id, SM_ID_BYTES);
    out->state = event.part_state;
    return sm_pay_apply(out, pay, processor, arena, &event,
                        wanted.order.payment, "query", NULL, now_us, err);
}
