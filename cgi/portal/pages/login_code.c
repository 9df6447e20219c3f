/* The second step of logging in: the code of a telephone. */
#include <string.h>

#include "auth/totp.h"
#include "keys.h"
#include "portal/login.h"
#include "portal/second.h"
#include "sql/login.h"

static const struct sm_input inputs[] = {
    {"code", SM_IN_TEXT, .required = true, .min = 6, .max = 9,
     .label = SM_N_("Code"), .missing = SM_N_("Type the six digits."),
     .bad = SM_N_("The code has six digits.")},
    {.name = "trust", .type = SM_IN_BOOL},
    SM_LOGIN_NEXT,
};

static enum sm_status show(struct sm_request *rq, struct sm_reply *rp)
{
    (void)rq;
    (void)rp;
    return SM_OK;
}

static enum sm_status done(struct sm_request *rq, struct sm_reply *rp,
                           int64_t step)
{
    struct sm_session next;
    struct sm_rows *rows = NULL;
    const char *outcome;
    enum sm_status st;

    sm_session_next(&next, rq);

    const struct sm_arg args[] = {
        sm_login_session(rq),
        sm_arg_bytes(next.key, sizeof(next.key)),
        sm_arg_bytes(rq->browser_hash, SM_HASH_BYTES),
        sm_arg_int8(step),
        sm_arg_bool(sm_in(rq, "trust")->present),
        sm_login_limits(rq),
        sm_arg_time(rq->now_us),
    };

    st = sm_login_run(&rows, rq, &sm_sql_auth_totp_done, args);
    if (st != SM_OK)
        return st;
    outcome = sm_row_text(rows, 0, AUTH_TOTP_DONE__OUTCOME);
    if (strcmp(outcome, "used") == 0)
        return sm_second_refuse(rq);
    if (strcmp(outcome, "gone") == 0)
        return sm_reply_see_other(rq, rp, "/login");
    st = sm_session_give(rq, rp, &next, rq->customer->kept);
    return st == SM_OK
               ? sm_reply_see_other(rq, rp, "%s", sm_login_next(rq, "/home"))
               : st;
}

static enum sm_status enter(struct sm_request *rq, struct sm_reply *rp)
{
    uint8_t secret[SM_TOTP_SECRET_BYTES];
    int64_t used = 0, step = 0;
    enum sm_status st;

    if (!rq->inputs_ok)
        return SM_INVALID;
    st = sm_second_kept(secret, &used, rq, rp);
    if (st == SM_DENIED)
        return SM_OK; /* answered */
    if (st != SM_OK)
        return st;
    st = sm_totp_verify(&step, secret, sm_in(rq, "code")->text, rq->now_us,
                        used);
    explicit_bzero(secret, sizeof(secret));
    return st == SM_OK ? done(rq, rp, step) : sm_second_refuse(rq);
}

const struct sm_page sm_page_login_code = {
    .path = "/login/code",
    .auth = SM_AUTH_CUSTOMER,
    .stage = "code",
    .inputs = inputs,
    .ninputs = SM_COUNT(inputs),
    .get = show,
    .post = enter,
    .tpl = "login_code.tpl",
    .limit = "lookup",
    .personal = true,
    .help = "The second step of logging in.",
};
