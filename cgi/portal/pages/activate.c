/* The mailed link that makes a log-in, by a button: mail programs follow links
 * by themselves, people press. */
#include <string.h>

#include "keys.h"
#include "portal/login.h"
#include "sql/login.h"

static const struct sm_input inputs[] = {SM_LOGIN_TOKEN};

static enum sm_status show(struct sm_request *rq, struct sm_reply *rp)
{
    uint8_t number[SM_HASH_BYTES];
    struct sm_rows *rows = NULL;
    enum sm_status st;

    if (!sm_login_token(number, rq, "activate"))
        return sm_login_bad_link(rp);

    const struct sm_arg args[] = {
        sm_arg_bytes(number, sizeof(number)),
        sm_arg_text("activate"),
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
    return SM_OK;
}

static enum sm_status take(struct sm_request *rq, struct sm_reply *rp)
{
    uint8_t number[SM_HASH_BYTES];
    struct sm_rows *rows = NULL;
    const char *outcome;
    enum sm_status st;

    if (!sm_login_token(number, rq, "activate"))
        return sm_login_bad_link(rp);
    if (!rq->inputs_ok) {
        st = show(rq, rp);
        return st == SM_OK && rp->http == 0 ? SM_INVALID : st;
    }

    const struct sm_arg args[] = {
        sm_arg_bytes(number, sizeof(number)),
        sm_arg_time(rq->now_us),
    };

    st = sm_request_query(&rows, rq, &sm_sql_auth_activate, args);
    if (st != SM_OK)
        return st;
    outcome = sm_row_text(rows, 0, AUTH_ACTIVATE__OUTCOME);
    if (strcmp(outcome, "gone") == 0)
        return sm_login_bad_link(rp);
    return sm_reply_see_other(rq, rp, "/login?news=%s",
                              strcmp(outcome, "asked") == 0 ? "asked"
                                                            : "activated");
}

const struct sm_page sm_page_activate = {
    .path = "/activate/{token}",
    .auth = SM_AUTH_PUBLIC,
    .inputs = inputs,
    .ninputs = SM_COUNT(inputs),
    .get = show,
    .post = take,
    .tpl = "activate.tpl",
    .limit = "lookup",
    .personal = true,
    .repeatable = true,
    .help = "Make a log-in by the link that was mailed.",
};
