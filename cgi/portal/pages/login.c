/* Logging in.  Where there is no such log-in the same work is done, and one
 * sentence says that something is wrong, not what. */
#include "portal/login.h"

#include <string.h>

#include "keys.h"
#include "sql/login.h"

static const struct sm_input inputs[] = {
    {"email", SM_IN_TEXT, .required = true, .min = 1, .max = 254,
     .label = SM_N_("E-mail address"),
     .missing = SM_N_("Type an e-mail address.")},
    {"password", SM_IN_PASSWORD, .required = true, .label = SM_N_("Password")},
    {.name = "keep", .type = SM_IN_BOOL},
    SM_LOGIN_NEXT,
    {"news", SM_IN_CHOICE, .choices = "activated|asked|reset|out"},
    {.name = "undone", .type = SM_IN_BOOL},
};

static enum sm_status show(struct sm_request *rq, struct sm_reply *rp)
{
    rp->set_cookie = !rq->has_cookie;
    return SM_OK;
}

/* What is kept of the password; "" if there is no such log-in. */
static enum sm_status find(struct sm_rows **out, struct sm_request *rq)
{
    const struct sm_arg args[] = {
        sm_login_key(rq, sm_in(rq, "email")->text),
        sm_arg_bytes(rq->address_hash, SM_HASH_BYTES),
        sm_arg_bytes(rq->browser_hash, SM_HASH_BYTES),
        sm_login_limits(rq),
        sm_arg_time(rq->now_us),
    };

    return sm_login_run(out, rq, &sm_sql_auth_login_find, args);
}

/* Compare, and where it is kept with another cost, make what replaces it. */
static enum sm_status compare(char renewed[SM_PASSWORD_TEXT],
                              struct sm_request *rq, const struct sm_rows *rows)
{
    const struct sm_value *typed = sm_in(rq, "password");
    const char *kept = sm_row_text(rows, 0, AUTH_LOGIN_FIND__PASSWORD);
    bool renew = false;
    enum sm_status st;

    renewed[0] = '\0';
    st = sm_password_verify(&renew, sm_portal(rq)->hasher, *kept ? kept : NULL,
                            typed->text, typed->len, &rq->err);
    if (st == SM_OK && renew)
        st = sm_password_hash(renewed, sm_portal(rq)->hasher, typed->text,
                              typed->len, &rq->err);
    return st;
}

static enum sm_status wrong(struct sm_request *rq)
{
    sm_in_refuse(rq, "password",
                 SM_N_("Address and password do not belong together. Mind "
                       "capital letters and the language of the keyboard."));
    return SM_INVALID;
}

static enum sm_status begin(struct sm_request *rq, struct sm_reply *rp,
                            const char *renewed)
{
    struct sm_session session;
    struct sm_rows *rows = NULL;
    bool kept = sm_in(rq, "keep")->present;
    char agent[64];
    const char *stage, *next = sm_login_next(rq, "/home");
    enum sm_status st;

    sm_session_new(&session, rq);
    sm_session_agent(agent, sizeof(agent), rq->user_agent);

    const struct sm_arg args[] = {
        sm_login_key(rq, sm_in(rq, "email")->text),
        sm_arg_bytes(rq->address_hash, SM_HASH_BYTES),
        sm_arg_bytes(rq->browser_hash, SM_HASH_BYTES),
        sm_arg_bytes(session.key, sizeof(session.key)),
        sm_arg_text(agent),
        sm_arg_bool(kept),
        sm_arg_text(*renewed ? renewed : NULL),
        sm_login_limits(rq),
        sm_arg_time(rq->now_us),
    };

    st = sm_login_run(&rows, rq, &sm_sql_auth_login_done, args);
    if (st != SM_OK)
        return st;
    stage = sm_row_text(rows, 0, AUTH_LOGIN_DONE__STAGE);
    if (strcmp(stage, "gone") == 0)
        return wrong(rq);
    st = sm_session_give(rq, rp, &session, kept);
    if (st != SM_OK)
        return st;
    if (strcmp(stage, "code") == 0)
        return sm_reply_see_other(rq, rp, "/login/code?next=%s", next);
    if (strcmp(stage, "change") == 0)
        return sm_reply_see_other(rq, rp, "/login/change");
    return sm_reply_see_other(rq, rp, "%s", next);
}

static enum sm_status enter(struct sm_request *rq, struct sm_reply *rp)
{
    char renewed[SM_PASSWORD_TEXT];
    struct sm_rows *rows = NULL;
    enum sm_status st;

    if (!rq->inputs_ok)
        return SM_INVALID;
    st = find(&rows, rq);
    if (st != SM_OK)
        return st;
    if (strcmp(sm_row_text(rows, 0, AUTH_LOGIN_FIND__VERDICT), "slow") == 0)
        return sm_login_slow(
            rp, sm_row_int(rows, 0, AUTH_LOGIN_FIND__RETRY_AFTER_S));
    st = compare(renewed, rq, rows);
    if (st == SM_DENIED)
        return wrong(rq);
    return st == SM_OK ? begin(rq, rp, renewed) : st;
}

const struct sm_page sm_page_login = {
    .path = "/login",
    .auth = SM_AUTH_PUBLIC,
    .inputs = inputs,
    .ninputs = SM_COUNT(inputs),
    .get = show,
    .post = enter,
    .tpl = "login.tpl",
    .limit = "lookup",
    .personal = true,
    .help = "Log in.",
};
