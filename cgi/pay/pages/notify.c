/* Notifications of the processor: raw bytes, a signature, one transaction. */
#include <string.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/metrics.h"
#include "crypto/crypto.h"
#include "pay/pay_app.h"
#include "web/page.h"
#include "web/reply.h"

static const struct sm_input inputs[] = {
    {.name = "processor", .type = SM_IN_TOKEN, .required = true, .max = 20},
};

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

static enum sm_status receive(struct sm_request *rq, struct sm_reply *rp)
{
    struct sm_pay *pay = sm_pay_app(rq)->pay;
    const struct sm_processor *processor = sm_pay_processor(pay);
    const struct sm_pay_notice notice = {
        .body = rq->body, .len = rq->body_len, .header = header, .ctx = rq};
    uint8_t body_hash[SM_HASH_BYTES];
    struct sm_pay_result result = {.applied = ""};
    int64_t start_us = sm_clock_mono_us();
    struct sm_pay_event event;
    enum sm_status status;
    struct sm_pay_ack ack;

    if (strcmp(sm_in(rq, "processor")->text, processor->name) != 0)
        return SM_NOT_FOUND;
    status = processor->ops->verify(&event, processor, rq->arena, &notice,
                                    sm_clock_real_us(), &rq->err);
    if (status == SM_OK) {
        sm_sha256(body_hash, rq->body, rq->body_len);
        status = sm_pay_notify(&result, pay, rq->arena, &event, body_hash,
                               rq->now_us, &rq->err);
    }
    if (status == SM_OK)
        log_event(&event, result.applied);
    else
        sm_log_error("notify_refused", status, &rq->err);
    count(status, result.applied);
    sm_metric_time(SM_HISTOGRAM_POSTING, sm_clock_mono_us() - start_us);
    ack = processor->ops->ack(processor, status);
    sm_reply_text(rp, ack.http, ack.type, ack.body);
    return SM_OK;
}

const struct sm_page sm_page_notify = {
    .path = "/gw/notify/{processor}",
    .plain = true,
    .auth = SM_AUTH_SIGNED,
    .inputs = inputs,
    .ninputs = SM_COUNT(inputs),
    .post = receive,
    .limit = "notify",
    .instance = "notify",
    .help = "Signed notifications of the payment processor.",
};
