/* The password once more, before something dangerous is changed. */
#include <string.h>

#include "keys.h"
#include "portal/login.h"
#include "sql/login.h"

static const struct sm_input inputs[] = {
    {"password", SM_IN_PASSWORD, .required = true, .label = SM_N_("Password")},
    SM_LOGIN_NEXT,
    {.name = "undone", .type = SM_IN_BOOL},
};

static enum sm_status show(struct sm_request *rq, struct sm_reply *rp)
{
    (void)rq;
    (void)rp;
    return SM_OK;
}

static enum sm_status enter(struct sm_request *rq, struct sm_reply *rp)
{
    struct sm_session next;
    struct sm_rows *rows = NULL;
    enum sm_status st;

    if (!rq->inputs_ok)
        return SM_INVALID;
    st = sm_login_same(rq, rp, "password");
    if (st != SM_OK)
        return st == SM_DENIED ? SM_OK : st;
    sm_session_next(&next, rq);

    const struct sm_arg args[] = {
        sm_login_session(rq),
        sm_arg_bytes(next.key, sizeof(next.key)),
        sm_arg_bytes(rq->address_hash, SM_HASH_BYTES),
        sm_arg_bytes(rq->browser_hash, SM_HASH_BYTES),
        sm_arg_time(rq->now_us),
    };

    st = sm_login_run(&rows, rq, &sm_sql_auth_confirm, args);
    if (st != SM_OK)
        return st;
    if (!sm_row_bool(rows, 0, AUTH_CONFIRM__DONE))
        return sm_reply_see_other(rq, rp, "/login");
    st = sm_session_give(rq, rp, &next, rq->customer->kept);
    return st == SM_OK ? sm_reply_see_other(rq, rp, "%s",
                                            sm_login_next(rq, "/settings"))
                       : st;
}

const struct sm_page sm_page_confirm = {
    .path = "/confirm",
    .auth = SM_AUTH_CUSTOMER,
    .inputs = inputs,
    .ninputs = SM_COUNT(inputs),
    .get = show,
    .post = enter,
    .tpl = "confirm.tpl",
    .limit = "lookup",
    .personal = true,
    .help = "Type the password before a dangerous change.",
};
