/* Logging out. */
#include "portal/login.h"
#include "sql/login.h"

static enum sm_status leave(struct sm_request *rq, struct sm_reply *rp)
{
    struct sm_rows *rows = NULL;
    enum sm_status st;

    if (!rq->inputs_ok)
        return sm_reply_see_other(rq, rp, "/home");

    const struct sm_arg args[] = {
        sm_login_session(rq),
        sm_arg_time(rq->now_us),
    };

    st = sm_login_run(&rows, rq, &sm_sql_auth_logout, args);
    if (st != SM_OK)
        return st;
    sm_session_forget(rp);
    return sm_reply_see_other(rq, rp, "/login?news=out");
}

const struct sm_page sm_page_logout = {
    .path = "/logout",
    .auth = SM_AUTH_CUSTOMER,
    .post = leave,
    .personal = true,
    .help = "Log out.",
};
