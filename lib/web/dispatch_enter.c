/* Pages for who is logged in: who may enter, and where the others go. */
#include <string.h>

#include "base/buf.h"
#include "web/dispatch_impl.h"

/* How long dangerous changes are open after the password was typed; auth.sql
 * has the same figure. */
#define CONFIRM_US (INT64_C(15) * 60 * 1000000)

/* Send the browser to PLACE, and from there back to this page.  After a POST
 * nothing was done: the way back is the page that its form stands on. */
static enum sm_status send_to(struct sm_call *call, const char *place)
{
    struct sm_request *rq = &call->rq;
    struct sm_buf next;
    enum sm_status st;

    sm_buf_init(&next, 1024);
    if (rq->page->get)
        sm_buf_add_url(&next, call->match.rest, strlen(call->match.rest));
    st = sm_buf_ok(&next) && next.len > 0
             ? sm_reply_see_other(
                   rq, &call->rp, "%s%s%s", place,
                   rq->is_post ? "?undone=1&next=" : "?next=", next.data)
             : sm_reply_see_other(rq, &call->rp, "%s%s", place,
                                  rq->is_post ? "?undone=1" : "");
    sm_buf_release(&next);
    return st;
}

enum sm_status sm_call_enter(struct sm_call *call)
{
    struct sm_request *rq = &call->rq;
    const struct sm_guard *guard = call->web->app.guard;
    const char *wanted = rq->page->stage ? rq->page->stage : "in";
    enum sm_status st;

    if (!guard->enter)
        return SM_FAIL(&rq->err, SM_INTERNAL, "a program without customers");
    st = guard->enter(rq, call->params.cookie);
    if (st != SM_OK)
        return st;
    if (!rq->customer)
        return send_to(call, "/login");
    if (strcmp(rq->customer->stage, wanted) != 0) {
        if (strcmp(rq->customer->stage, "code") == 0)
            return sm_reply_see_other(rq, &call->rp, "/login/code");
        if (strcmp(rq->customer->stage, "change") == 0)
            return sm_reply_see_other(rq, &call->rp, "/login/change");
        return sm_reply_see_other(rq, &call->rp, "/home");
    }
    if (rq->page->confirm &&
        rq->now_us - rq->customer->confirmed_us > CONFIRM_US)
        return send_to(call, "/confirm");
    return SM_OK;
}

enum sm_status sm_call_enter_token(struct sm_call *call)
{
    struct sm_request *rq = &call->rq;
    const struct sm_guard *guard = call->web->app.guard;
    enum sm_status st;

    if (!guard->enter_token)
        return SM_FAIL(&rq->err, SM_INTERNAL, "a program without tokens");
    st = guard->enter_token(rq, &call->rp.retry_after_s,
                            call->params.authorization);
    if (st != SM_OK)
        return st;
    if (!rq->customer) {
        call->rp.http = 401;
        /* lint-ok: c-text a header of the protocol */
        call->head.challenge = "Bearer realm=\"api\"";
        return SM_DENIED;
    }
    if (call->rp.retry_after_s > 0) {
        call->rp.http = 429;
        return SM_DENIED;
    }
    return SM_OK;
}
