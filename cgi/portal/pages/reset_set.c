/* The mailed link that sets a new password.  Nobody is logged in by it. */
#include <string.h>

#include "keys.h"
#include "portal/login.h"
#include "sql/login.h"

static const struct sm_input inputs[] = {
    SM_LOGIN_TOKEN,
    {"password", SM_IN_PASSWORD, .required = true,
     .label = SM_N_("New password")},
    {"password_again", SM_IN_PASSWORD, .required = true,
     .label = SM_N_("The same password again")},
};

/* The address that the link was mailed to; NULL if it opens nothing. */
static enum sm_status open_link(const char **email, struct sm_request *rq,
                                uint8_t number[SM_HASH_BYTES])
{
    struct sm_rows *rows = NULL;
    enum sm_status st;

    *email = NULL;
    if (!sm_login_token(number, rq, "reset"))
        return SM_OK;

    const struct sm_arg args[] = {
        sm_arg_bytes(number, SM_HASH_BYTES),
        sm_arg_text("reset"),
        sm_arg_time(rq->now_us),
    };

    st = sm_db_read(&rows, rq->app->pool, rq->arena, &sm_sql_auth_token_open,
                    args, &rq->err);
    if (st == SM_OK && sm_rows_count(rows) == 1)
        *email = sm_row_text(rows, 0, AUTH_TOKEN_OPEN__EMAIL);
    return st;
}

static enum sm_status show(struct sm_request *rq, struct sm_reply *rp)
{
    uint8_t number[SM_HASH_BYTES];
    const char *email;
    enum sm_status st = open_link(&email, rq, number);

    if (st != SM_OK)
        return st;
    if (!email)
        return sm_login_bad_link(rp);
    rp->set_cookie = !rq->has_cookie;
    return SM_OK;
}

static enum sm_status save(struct sm_request *rq, struct sm_reply *rp)
{
    uint8_t number[SM_HASH_BYTES];
    char password[SM_PASSWORD_TEXT];
    struct sm_rows *rows = NULL;
    const char *email;
    enum sm_status st = open_link(&email, rq, number);

    if (st != SM_OK)
        return st;
    if (!email)
        return sm_login_bad_link(rp);
    st = sm_login_new_password(password, rq, email, NULL);
    if (st != SM_OK)
        return st;

    const struct sm_arg args[] = {
        sm_arg_bytes(number, sizeof(number)),
        sm_arg_text(password),
        sm_arg_bytes(rq->browser_hash, SM_HASH_BYTES),
        sm_arg_time(rq->now_us),
    };

    st = sm_db_run_once(&rows, rq->app->pool, rq->arena,
                        &sm_sql_auth_reset_take, args, &rq->err);
    if (st != SM_OK)
        return st;
    if (strcmp(sm_row_text(rows, 0, AUTH_RESET_TAKE__OUTCOME), "ok") != 0)
        return sm_login_bad_link(rp);
    sm_session_forget(rp);
    return sm_reply_see_other(rq, rp, "/login?news=reset");
}

const struct sm_page sm_page_reset_set = {
    .path = "/reset/{token}",
    .auth = SM_AUTH_PUBLIC,
    .inputs = inputs,
    .ninputs = SM_COUNT(inputs),
    .get = show,
    .post = save,
    .tpl = "reset_set.tpl",
    .limit = "lookup",
    .personal = true,
    .help = "Set a new password by the link that was mailed.",
};
