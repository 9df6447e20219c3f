/* A new password for who forgot theirs: a link by mail. */
#include <string.h>

#include "portal/login.h"
#include "sql/login.h"

static const struct sm_input inputs[] = {
    {"email", SM_IN_EMAIL, .required = true, .label = SM_N_("E-mail address")},
};

static enum sm_status show(struct sm_request *rq, struct sm_reply *rp)
{
    rp->set_cookie = !rq->has_cookie;
    return SM_OK;
}

static enum sm_status ask(struct sm_request *rq, struct sm_reply *rp)
{
    const char *email = sm_in(rq, "email")->text;
    uint8_t number[SM_HASH_BYTES];
    struct sm_rows *rows = NULL;
    enum sm_status st;

    if (!rq->inputs_ok)
        return SM_INVALID;
    sm_random(number, sizeof(number));

    const struct sm_arg args[] = {
        sm_login_key(rq, email),
        sm_arg_bytes(rq->address_hash, SM_HASH_BYTES),
        sm_login_mailbox(rq, email),
        sm_arg_bytes(number, sizeof(number)),
        sm_arg_text(sm_lang_code(rq->lang)),
        sm_login_limits(rq),
        sm_arg_time(rq->now_us),
    };

    st = sm_login_run(&rows, rq, &sm_sql_auth_reset_ask, args);
    if (st != SM_OK)
        return st;
    if (strcmp(sm_row_text(rows, 0, AUTH_RESET_ASK__OUTCOME), "throttled") == 0)
        return sm_login_slow(
            rp, sm_row_int(rows, 0, AUTH_RESET_ASK__RETRY_AFTER_S));
    return sm_reply_see_other(rq, rp, "/reset/sent");
}

const struct sm_page sm_page_reset = {
    .path = "/reset",
    .auth = SM_AUTH_PUBLIC,
    .inputs = inputs,
    .ninputs = SM_COUNT(inputs),
    .get = show,
    .post = ask,
    .tpl = "reset.tpl",
    .limit = "lookup",
    .personal = true,
    .help = "Ask for a link that sets a new password.",
};
