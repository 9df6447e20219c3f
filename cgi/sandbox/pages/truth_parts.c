/* GET /truth/parts: refunds, disputes and payouts as the processor has them, a
 * line each, for checks that compare them with the merchant's books. */
#include "base/buf.h"
#include "sandbox/parts.h"
#include "web/page.h"
#include "web/reply.h"

static enum sm_status show(struct sm_request *rq, struct sm_reply *rp)
{
    struct sm_buf buf;
    enum sm_status st = SM_INTERNAL;
    const char *text;

    sm_buf_init(&buf, (size_t)4 << 20);
    sb_parts_lines(&buf);
    text = sm_arena_strndup(rq->arena, buf.data, buf.len);
    if (sm_buf_ok(&buf) && text != NULL) {
        sm_reply_text(rp, 200, "text/plain; charset=utf-8", text);
        st = SM_OK;
    }
    sm_buf_release(&buf);
    return st;
}

const struct sm_page sm_page_truth_parts = {
    .path = "/truth/parts",
    .plain = true,
    .auth = SM_AUTH_PUBLIC,
    .get = show,
    .personal = true,
    .help = "Refunds, disputes and payouts of the sandbox processor, as plain "
            "lines.",
};
