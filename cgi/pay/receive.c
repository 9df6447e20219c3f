#include "pay/receive.h"

#include <string.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/metrics.h"
#include "crypto/crypto.h"
#include "pay/pay_app.h"

static const char *header(const void *ctx, const char *name)
{
    return sm_request_header(ctx, name);
}

/* Count a notification by what became of it. */
static void count(enum sm_status status, const char *applied)
{
    static const struct {
        const char *word;
        enum sm_metric metric;
    } outcomes[] = {
        {"applied", SM_METRIC_NOTIFY_APPLIED},
        {"duplicate", SM_METRIC_NOTIFY_DUPLICATE},
        {"ignored", SM_METRIC_NOTIFY_IGNORED},
        {"", SM_METRIC_NOTIFY_IGNORED},
        {"unmatched", SM_METRIC_NOTIFY_UNMATCHED},
    };
    size_t i;

    if (status == SM_DENIED)
        sm_metric_add(SM_METRIC_NOTIFY_FORGED, 1);
    for (i = 0; status == SM_OK && i < SM_COUNT(outcomes); i++)
        if (strcmp(applied, outcomes[i].word) == 0)
            sm_metric_add(outcomes[i].metric, 1);
}

static void log_event(const struct sm_pay_event *event, const char *applied)
{
    struct sm_log_line line;

    sm_log_begin(&line, SM_LOG_INFO, "processor_event");
    sm_log_str(&line, "type", event->type);
    sm_log_str(&line, "kind", sm_pay_kind_word(event->kind));
    sm_log_str(&line, "order_no", event->order_no);
    sm_log_str(&line, "applied", applied);
    sm_log_end(&line);
}

/* Keep each event; the worst that happened to one. */
static enum sm_status keep(struct sm_received *out, struct sm_request *rq,
                           const struct sm_processor *processor)
{
    struct sm_pay *pay = sm_pay_app(rq)->pay;
    enum sm_status worst = SM_OK;
    uint8_t body_hash[SM_HASH_BYTES];
    struct sm_pay_result result;
    size_t i;

    sm_sha256(body_hash, rq->body, rq->body_len);
    for (i = 0; i < out->count; i++) {
        struct sm_pay_event *event = &out->events[i];
        enum sm_status status = sm_pay_notify(&result, pay, processor,
                                              rq->arena, event, body_hash,
                                              rq->now_us, &rq->err);

        if (status == SM_OK)
            log_event(event, event->applied);
        else
            worst = status;
        count(status, event->applied);
        if (status == SM_OK && result.state[0] != '\0' && !out->has_payment) {
            out->has_payment = true;
            memcpy(out->payment, result.payment, sizeof(out->payment));
        }
    }
    return worst;
}

/* Read NOTICE as one of PROCESSOR's. */
static enum sm_status verify(struct sm_received *out, struct sm_request *rq,
                             const struct sm_processor *processor)
{
    const struct sm_pay_notice notice = {
        .body = rq->body, .len = rq->body_len, .header = header, .ctx = rq};

    return processor->ops->verify(&out->events, &out->count, processor,
                                  rq->arena, &notice, sm_clock_real_us(),
                                  &rq->err);
}

/* Keep what was read, and say what the processor is told; STATUS is how the
 * reading went. */
static void take(struct sm_received *out, struct sm_request *rq,
                 const struct sm_processor *processor, enum sm_status status,
                 int64_t start_us)
{
    if (status == SM_OK) {
        status = keep(out, rq, processor);
    } else {
        out->count = 0;
        count(status, "");
    }
    if (status != SM_OK)
        sm_log_error("notify_refused", status, &rq->err);
    sm_metric_time(SM_HISTOGRAM_POSTING, sm_clock_mono_us() - start_us);
    out->ack =
        sm_processor_ack(processor, rq->arena, out->events, out->count, status);
}

enum sm_status sm_receive(struct sm_received *out, struct sm_request *rq,
                          const char *name)
{
    const struct sm_processor *processor =
        sm_pay_processor_named(sm_pay_app(rq)->pay, name);
    int64_t start_us = sm_clock_mono_us();

    memset(out, 0, sizeof(*out));
    if (processor == NULL)
        return SM_NOT_FOUND;
    take(out, rq, processor, verify(out, rq, processor), start_us);
    return SM_OK;
}

void sm_receive_any(struct sm_received *out, struct sm_request *rq)
{
    const struct sm_pay *pay = sm_pay_app(rq)->pay;
    const struct sm_processor *processor = sm_pay_processor(pay), *next;
    int64_t start_us = sm_clock_mono_us();
    enum sm_status status;
    struct sm_error first;
    int i;

    memset(out, 0, sizeof(*out));
    status = verify(out, rq, processor);
    first = rq->err;
    for (i = 1;
         status == SM_DENIED && (next = sm_pay_processor_at(pay, i)) != NULL;
         i++) {
        processor = next;
        status = verify(out, rq, processor);
    }
    if (status == SM_DENIED) /* most likely the first one's, damaged */
        rq->err = first;
    take(out, rq, processor, status, start_us);
}
