/* GET /truth: the processor's own truth, a session a line, for checks that
 * compare it with the merchant's books. */
#include <inttypes.h>
#include <stdlib.h>

#include "base/buf.h"
#include "sandbox/store.h"
#include "web/page.h"
#include "web/reply.h"

#define MOST 5000

static enum sm_status show(struct sm_request *rq, struct sm_reply *rp)
{
    static const char *const words[] = {"open", "complete", "expired"};
    /* more than a request's arena holds */
    struct sb_session *all = calloc(MOST, sizeof(*all));
    struct sm_buf buf;
    enum sm_status st = SM_INTERNAL;
    const char *text;
    size_t n;

    if (all == NULL)
        return SM_INTERNAL;
    sm_buf_init(&buf, (size_t)4 << 20);
    n = sb_store_list(all, MOST);
    for (size_t i = 0; i < n; i++)
        sm_buf_addf(&buf, "%s %s %s %" PRId64 " %s %" PRId64 "\n", all[i].id,
                    words[all[i].status],
                    all[i].paid == SB_PAID ? "paid" : "unpaid", all[i].amount,
                    all[i].currency, all[i].refunded);
    text = sm_arena_strndup(rq->arena, buf.data, buf.len);
    if (sm_buf_ok(&buf) && text != NULL) {
        sm_reply_text(rp, 200, "text/plain; charset=utf-8", text);
        st = SM_OK;
    }
    sm_buf_release(&buf);
    free(all);
    return st;
}

const struct sm_page sm_page_truth = {
    .path = "/truth",
    .plain = true,
    .auth = SM_AUTH_PUBLIC,
    .get = show,
    .personal = true,
    .help = "Every session of the sandbox processor, as plain lines.",
};
