/* The owner's answer to somebody who asks to see their contract. */
#include <string.h>

#include "keys.h"
#include "portal/login.h"
#include "sql/login.h"

static const struct sm_input inputs[] = {
    SM_LOGIN_TOKEN,
    {"answer", SM_IN_CHOICE, .choices = "yes|no", .required = true},
};

static enum sm_status show(struct sm_request *rq, struct sm_reply *rp)
{
    uint8_t number[SM_HASH_BYTES];
    struct sm_rows *rows = NULL;
    enum sm_status st;

    if (!sm_login_token(number, rq, "agree"))
        return sm_login_bad_link(rp);

    const struct sm_arg args[] = {
        sm_arg_bytes(number, sizeof(number)),
        sm_arg_text("agree"),
        sm_arg_time(rq->now_us),
    };

    st = sm_request_query(&rows, rq, &sm_sql_auth_token_open, args);
    if (st != SM_OK)
        return st;
    if (sm_rows_count(rows) == 0)
        return sm_login_bad_link(rp);
    rp->set_cookie = !rq->has_cookie;
    sm_set(rp->dict, K_TOKEN_EMAIL,
           sm_row_text(rows, 0, AUTH_TOKEN_OPEN__EMAIL));
    sm_set(rp->dict, K_CODE_HINT, sm_row_text(rows, 0, AUTH_TOKEN_OPEN__HINT));
    return SM_OK;
}

static enum sm_status take(struct sm_request *rq, struct sm_reply *rp)
{
    uint8_t number[SM_HASH_BYTES];
    struct sm_rows *rows = NULL;
    bool yes = strcmp(sm_in(rq, "answer")->text, "yes") == 0;
    enum sm_status st;

    if (!sm_login_token(number, rq, "agree"))
        return sm_login_bad_link(rp);
    if (!rq->inputs_ok) {
        st = show(rq, rp);
        return st == SM_OK && rp->http == 0 ? SM_INVALID : st;
    }

    const struct sm_arg args[] = {
        sm_arg_bytes(number, sizeof(number)),
        sm_arg_bool(yes),
        sm_arg_time(rq->now_us),
    };

    st = sm_request_query(&rows, rq, &sm_sql_auth_agree, args);
    if (st != SM_OK)
        return st;
    if (strcmp(sm_row_text(rows, 0, AUTH_AGREE__OUTCOME), "ok") != 0)
        return sm_login_bad_link(rp);
    rp->tpl = "agree_done.tpl";
    sm_show_if(rp->dict, K_AGREED, yes);
    sm_show_if(rp->dict, K_REFUSED, !yes);
    return SM_OK;
}

const struct sm_page sm_page_agree = {
    .path = "/agree/{token}",
    .auth = SM_AUTH_PUBLIC,
    .inputs = inputs,
    .ninputs = SM_COUNT(inputs),
    .get = show,
    .post = take,
    .tpl = "agree.tpl",
    .limit = "lookup",
    .personal = true,
    .repeatable = true,
    .help = "Agree that somebody sees one's contract, or refuse.",
};
