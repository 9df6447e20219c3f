/* The mailed link that opens a bill, once, by a button. */
#include <string.h>

#include "domain/mail_token.h"
#include "keys.h"
#include "portal/guest.h"
#include "sql/pay_step_up.h"

static const struct sm_input inputs[] = {
    {"token", SM_IN_TOKEN, .required = true, .max = SM_MAIL_TOKEN_TEXT - 1},
};

static enum sm_status bad_link(struct sm_reply *rp)
{
    rp->http = 404;
    rp->tpl = "paylink_bad.tpl";
    return SM_OK;
}

/* A button: mail programs follow links by themselves, people press. */
static enum sm_status show(struct sm_request *rq, struct sm_reply *rp)
{
    uint8_t number[SM_MAIL_TOKEN_BYTES];
    const char *token = sm_in(rq, "token")->text;

    if (sm_mail_token_read(number, &sm_portal(rq)->link, "step_up", token) !=
        SM_OK)
        return bad_link(rp);
    rp->set_cookie = !rq->has_cookie;
    sm_set(rp->dict, K_STEP_UP, token);
    return SM_OK;
}

static enum sm_status take(struct sm_request *rq, struct sm_reply *rp)
{
    uint8_t number[SM_MAIL_TOKEN_BYTES];
    struct sm_handle handle;
    struct sm_rows *rows = NULL;
    enum sm_status st;

    if (sm_mail_token_read(number, &sm_portal(rq)->link, "step_up",
                           sm_in(rq, "token")->text) != SM_OK)
        return bad_link(rp);
    if (!rq->inputs_ok) {
        st = show(rq, rp);
        return st == SM_OK ? SM_INVALID : st;
    }
    sm_handle_of(&handle, rq, number, sizeof(number));

    const struct sm_arg args[] = {
        sm_arg_bytes(number, sizeof(number)),
        sm_arg_bytes(handle.hash, SM_HASH_BYTES),
        sm_arg_bytes(rq->browser_hash, SM_HASH_BYTES),
        sm_arg_time(rq->now_us),
    };

    st = sm_request_query(&rows, rq, &sm_sql_step_up_take, args);
    if (st != SM_OK)
        return st;
    if (strcmp(sm_row_text(rows, 0, STEP_UP_TAKE__OUTCOME), "ok") != 0)
        return bad_link(rp);
    return sm_reply_see_other(rq, rp, "/pay/%s", handle.text);
}

const struct sm_page sm_page_pay_step_up = {
    .path = "/pay/step-up/{token}",
    .auth = SM_AUTH_PUBLIC,
    .inputs = inputs,
    .ninputs = SM_COUNT(inputs),
    .get = show,
    .post = take,
    .tpl = "pay_step_up.tpl",
    .limit = "lookup",
    .personal = true,
    .repeatable = true,
    .help = "Open a bill by the link that was mailed after too many tries.",
};
