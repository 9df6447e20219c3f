#include "base/metrics.h"
#include "base/buf.h"
#include "web/page.h"
#include "web/reply.h"

enum { METRICS_MAX = 1 << 20 };

static void release(void *buf)
{
    sm_buf_release(buf);
}

static enum sm_status show(struct sm_request *rq, struct sm_reply *rp)
{
    struct sm_buf *out = sm_arena_alloc(rq->arena, sizeof(*out));

    if (!out)
        return SM_INTERNAL;
    sm_buf_init(out, METRICS_MAX);
    if (!sm_arena_defer(rq->arena, release, out))
        return SM_INTERNAL;
    sm_metrics_print(out);
    if (!sm_buf_ok(out))
        return SM_INTERNAL;
    sm_reply_text(rp, 200, "text/plain; version=0.0.4; charset=utf-8",
                  out->data);
    return SM_OK;
}

const struct sm_page sm_page_metrics = {
    .path = "/metrics",
    .plain = true,
    .auth = SM_AUTH_LOOPBACK,
    .get = show,
    .help = "Figures of all programs for monitoring.",
};
