/* The statements of a payment's life, each a transaction of its own. */
#include <string.h>

#include "base/log.h"
#include "base/metrics.h"
#include "pay/pay_impl.h"
#include "sql/pay_attempt.h"

void sm_pay_result_clear(struct sm_pay_result *out)
{
    memset(out, 0, sizeof(*out));
    out->state = out->applied = out->currency = out->redirect_url = "";
}

enum sm_status sm_pay_run(struct sm_rows **rows, struct sm_pay *pay,
                          struct sm_arena *arena, const struct sm_stmt *stmt,
                          const struct sm_arg *args, struct sm_error *err)
{
    enum sm_status status = sm_db_run(rows, pay->pool, arena, stmt, args, err);

    return status == SM_CONFLICT ? SM_BUSY : status;
}

void sm_pay_order_read(struct sm_pay_order *order, const struct sm_rows *rows,
                       const uint8_t payment[SM_ID_BYTES])
{
    memcpy(order->payment, payment, SM_ID_BYTES);
    order->order_no = sm_row_text(rows, 0, PAY_ASKED__ORDER_NO);
    order->idempotency_key = sm_row_text(rows, 0, PAY_ASKED__IDEMPOTENCY_KEY);
    order->processor_ref = sm_row_text(rows, 0, PAY_ASKED__PROCESSOR_REF);
    order->capture_ref = sm_row_text(rows, 0, PAY_ASKED__CAPTURE_REF);
    order->amount_minor = sm_row_int(rows, 0, PAY_ASKED__AMOUNT_MINOR);
    order->currency = sm_row_text(rows, 0, PAY_ASKED__CURRENCY);
    order->email = sm_row_text(rows, 0, PAY_ASKED__EMAIL);
    order->lang = sm_row_text(rows, 0, PAY_ASKED__LANG);
    order->hint = sm_row_text(rows, 0, PAY_ASKED__DESCRIPTION_HINT);
    order->created_us = sm_row_time(rows, 0, PAY_ASKED__CREATED_AT);
    order->expires_us = sm_row_time(rows, 0, PAY_ASKED__EXPIRES_AT);
}

/* What makes an event one of a kind.  An answer to a question of ours is one
 * by when it was asked: the same answer later is news, it moves the schedule
 * of asking on. */
static const char *event_key(struct sm_arena *arena,
                             const struct sm_pay_event *event,
                             const char *source, int64_t now_us)
{
    if (event->key[0] != '\0')
        return event->key;
    /* one comparison may find an order paid twice: the reference tells */
    return sm_arena_printf(arena, "%s:%s:%.100s:%.100s:%s:%lld", source,
                           event->order_no, event->processor_ref,
                           event->part_ref, sm_pay_kind_word(event->kind),
                           (long long)now_us);
}

static struct sm_arg text_or_null(const char *text)
{
    return sm_arg_text(text[0] != '\0' ? text : NULL);
}

static struct sm_arg hash_or_null(const uint8_t *hash)
{
    return hash != NULL ? sm_arg_bytes(hash, 32) : sm_arg_null(SM_TYPE_BYTEA);
}

/* A sum that the message may leave out. */
static struct sm_arg minor_or_null(int64_t minor)
{
    return minor > 0 ? sm_arg_int8(minor) : sm_arg_null(SM_TYPE_INT8);
}

/* What pay.refund_apply() or pay.dispute_apply() says; both answer alike. */
static enum sm_status read_part(struct sm_pay_result *out,
                                const struct sm_rows *rows,
                                struct sm_error *err)
{
    out->applied = sm_row_text(rows, 0, PAY_DISPUTE_APPLY__OUTCOME);
    if (strcmp(out->applied, "early") == 0)
        return SM_FAIL(err, SM_UNAVAILABLE,
                       "its payment is not known to be paid yet");
    if (!sm_row_null(rows, 0, PAY_DISPUTE_APPLY__PAYMENT_ID))
        memcpy(out->payment,
               sm_row_bytes(rows, 0, PAY_DISPUTE_APPLY__PAYMENT_ID),
               SM_ID_BYTES);
    return SM_OK;
}

static enum sm_status apply_refund(struct sm_pay_result *out,
                                   struct sm_pay *pay,
                                   const struct sm_processor *processor,
                                   struct sm_arena *arena,
                                   const struct sm_pay_event *event,
                                   const uint8_t *payment, const char *key,
                                   const char *source, const uint8_t *body_hash,
                                   int64_t now_us, struct sm_error *err)
{
    const struct sm_arg args[] = {
        sm_arg_text(processor->name),
        sm_arg_text(key),
        sm_arg_uuid(event->has_refund ? event->refund : NULL),
        sm_arg_uuid(payment),
        text_or_null(event->order_no),
        text_or_null(event->processor_ref),
        text_or_null(event->capture_ref),
        text_or_null(event->part_ref),
        sm_arg_text(event->part_state),
        minor_or_null(event->amount_minor),
        text_or_null(event->currency),
        text_or_null(event->reason),
        sm_arg_text(source),
        hash_or_null(body_hash),
        sm_arg_time(now_us),
    };
    struct sm_rows *rows = NULL;
    enum sm_status status;

    status = sm_pay_run(&rows, pay, arena, &sm_sql_pay_refund_apply, args, err);
    return status == SM_OK ? read_part(out, rows, err) : status;
}

static enum sm_status apply_dispute(
    struct sm_pay_result *out, struct sm_pay *pay,
    const struct sm_processor *processor, struct sm_arena *arena,
    const struct sm_pay_event *event, const uint8_t *payment, const char *key,
    const char *source, const uint8_t *body_hash, int64_t now_us,
    struct sm_error *err)
{
    const struct sm_arg args[] = {
        sm_arg_text(processor->name),
        sm_arg_text(key),
        sm_arg_uuid(payment),
        text_or_null(event->order_no),
        text_or_null(event->processor_ref),
        text_or_null(event->capture_ref),
        sm_arg_text(event->part_ref),
        sm_arg_text(event->part_state),
        minor_or_null(event->amount_minor),
        minor_or_null(event->fee_minor),
        text_or_null(event->currency),
        sm_arg_text(source),
        hash_or_null(body_hash),
        sm_arg_time(now_us),
    };
    struct sm_rows *rows = NULL;
    enum sm_status status;

    status =
        sm_pay_run(&rows, pay, arena, &sm_sql_pay_dispute_apply, args, err);
    return status == SM_OK ? read_part(out, rows, err) : status;
}

static enum sm_status apply_order(struct sm_pay_result *out, struct sm_pay *pay,
                                  const struct sm_processor *processor,
                                  struct sm_arena *arena,
                                  const struct sm_pay_event *event,
                                  const uint8_t *payment, const char *key,
                                  const char *source, const uint8_t *body_hash,
                                  int64_t now_us, struct sm_error *err)
{
    const struct sm_arg args[] = {
        sm_arg_text(processor->name),
        sm_arg_text(key),
        sm_arg_uuid(payment),
        text_or_null(event->order_no),
        text_or_null(event->processor_ref),
        sm_arg_text(sm_pay_kind_word(event->kind)),
        event->kind == SM_PAY_CAPTURED ? sm_arg_int8(event->amount_minor)
                                       : sm_arg_null(SM_TYPE_INT8),
        text_or_null(event->currency),
        text_or_null(event->reason),
        text_or_null(event->redirect_url),
        event->expires_us > 0 ? sm_arg_time(event->expires_us)
                              : sm_arg_null(SM_TYPE_TIME),
        sm_arg_text(source),
        hash_or_null(body_hash),
        sm_arg_time(now_us),
        text_or_null(event->capture_ref),
    };
    struct sm_rows *rows = NULL;
    enum sm_status status;

    status = sm_pay_run(&rows, pay, arena, &sm_sql_pay_apply, args, err);
    if (status != SM_OK)
        return status;
    out->applied = sm_row_text(rows, 0, PAY_APPLY__OUTCOME);
    out->state = sm_row_text(rows, 0, PAY_APPLY__STATE);
    if (!sm_row_null(rows, 0, PAY_APPLY__PAYMENT_ID))
        memcpy(out->payment, sm_row_bytes(rows, 0, PAY_APPLY__PAYMENT_ID),
               SM_ID_BYTES);
    if (strcmp(out->state, "open") == 0)
        out->redirect_url = event->redirect_url;
    if (event->kind == SM_PAY_CAPTURED && strcmp(out->applied, "applied") == 0)
        sm_metric_add(SM_METRIC_PAYMENTS_SETTLED, 1);
    return SM_OK;
}

enum sm_status sm_pay_apply(struct sm_pay_result *out, struct sm_pay *pay,
                            const struct sm_processor *processor,
                            struct sm_arena *arena,
                            const struct sm_pay_event *event,
                            const uint8_t *payment, const char *source,
                            const uint8_t *body_hash, int64_t now_us,
                            struct sm_error *err)
{
    const char *key = event_key(arena, event, source, now_us);

    if (key == NULL)
        return SM_FAIL(err, SM_INTERNAL, "out of memory");
    if (event->kind == SM_PAY_REFUND)
        return apply_refund(out, pay, processor, arena, event, payment, key,
                            source, body_hash, now_us, err);
    if (event->kind == SM_PAY_DISPUTE)
        return apply_dispute(out, pay, processor, arena, event, payment, key,
                             source, body_hash, now_us, err);
    return apply_order(out, pay, processor, arena, event, payment, key, source,
                       body_hash, now_us, err);
}

enum sm_status sm_pay_money(struct sm_pay *pay,
                            const struct sm_processor *processor,
                            struct sm_arena *arena, struct sm_pay_event *event,
                            struct sm_error *err)
{
    struct sm_rows *rows = NULL;
    enum sm_status status;

    status = sm_pay_run(&rows, pay, arena, &sm_sql_pay_order_money,
                        (const struct sm_arg[]){sm_arg_text(processor->name),
                                                sm_arg_text(event->order_no)},
                        err);
    if (status != SM_OK)
        return status;
    if (sm_rows_count(rows) == 0) {
        event->kind = SM_PAY_PENDING;
        return SM_OK;
    }
    event->currency = sm_row_text(rows, 0, PAY_ORDER_MONEY__CURRENCY);
    if (event->amount_minor == 0)
        event->amount_minor =
            sm_row_int(rows, 0, PAY_ORDER_MONEY__AMOUNT_MINOR);
    return SM_OK;
}

void sm_pay_note_failure(struct sm_pay *pay, struct sm_arena *arena,
                         const uint8_t payment[SM_ID_BYTES], int64_t now_us)
{
    struct sm_rows *rows = NULL;
    struct sm_error err = {.message = ""};
    enum sm_status status;

    status = sm_pay_run(
        &rows, pay, arena, &sm_sql_pay_ask_failed,
        (const struct sm_arg[]){sm_arg_uuid(payment), sm_arg_time(now_us)},
        &err);
    if (status != SM_OK)
        sm_log_error("pay_ask_failed", status, &err);
}

void sm_pay_want_ask(struct sm_pay *pay, struct sm_arena *arena,
                     const uint8_t payment[SM_ID_BYTES], int64_t now_us)
{
    struct sm_rows *rows = NULL;
    struct sm_error err = {.message = ""};
    enum sm_status status;

    status = sm_pay_run(
        &rows, pay, arena, &sm_sql_pay_want_ask,
        (const struct sm_arg[]){sm_arg_uuid(payment), sm_arg_time(now_us)},
        &err);
    if (status != SM_OK)
        sm_log_error("pay_want_ask", status, &err);
}
