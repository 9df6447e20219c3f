/* What a mailed invitation is about.  Who has a log-in goes on to use it; for
 * who has none the link is the proof that the mailbox is theirs. */
#include <string.h>

#include "keys.h"
#include "portal/people.h"
#include "sql/people.h"

static const struct sm_input inputs[] = {
    SM_LOGIN_TOKEN,
    {"password", SM_IN_PASSWORD, .required = true,
     .label = SM_N_("New password")},
    {"password_again", SM_IN_PASSWORD, .required = true,
     .label = SM_N_("The same password again")},
    {"terms", SM_IN_BOOL, .required = true,
     .missing = SM_N_("Without agreeing to the terms of use no account can be "
                      "opened.")},
};

static void fill(struct sm_request *rq, struct sm_reply *rp,
                 const struct sm_rows *rows)
{
    bool known = sm_row_bool(rows, 0, AUTH_INVITE_OPEN__HAS_LOGIN);

    rp->set_cookie = !rq->has_cookie;
    sm_people_fill_invite(rq, rp->dict, rows);
    sm_show_if(rp->dict, K_HAS_LOGIN, known);
    sm_show_if(rp->dict, K_HAS_NO_LOGIN, !known);
}

static enum sm_status show(struct sm_request *rq, struct sm_reply *rp)
{
    uint8_t number[SM_HASH_BYTES];
    struct sm_rows *rows = NULL;
    enum sm_status st = sm_people_invite(&rows, number, rq);

    if (st != SM_OK)
        return st;
    if (!rows || sm_rows_count(rows) == 0)
        return sm_login_bad_link(rp);
    fill(rq, rp, rows);
    return SM_OK;
}

static enum sm_status join(struct sm_request *rq, struct sm_reply *rp)
{
    uint8_t number[SM_HASH_BYTES];
    char password[SM_PASSWORD_TEXT];
    struct sm_rows *rows = NULL;
    const char *outcome;
    enum sm_status st = sm_people_invite(&rows, number, rq);

    if (st != SM_OK)
        return st;
    if (!rows || sm_rows_count(rows) == 0)
        return sm_login_bad_link(rp);
    fill(rq, rp, rows);
    st = sm_login_new_password(
        password, rq, sm_row_text(rows, 0, AUTH_INVITE_OPEN__EMAIL), NULL);
    if (st != SM_OK)
        return st;

    const struct sm_arg args[] = {
        sm_arg_bytes(number, sizeof(number)),
        sm_arg_text(password),
        sm_arg_text(sm_lang_code(rq->lang)),
        sm_arg_time(rq->now_us),
    };

    st = sm_db_run_once(&rows, rq->app->pool, rq->arena,
                        &sm_sql_auth_invite_join, args, &rq->err);
    if (st != SM_OK)
        return st;
    outcome = sm_row_text(rows, 0, AUTH_INVITE_JOIN__OUTCOME);
    if (strcmp(outcome, "gone") == 0)
        return sm_login_bad_link(rp);
    if (strcmp(outcome, "login") == 0)
        return sm_reply_see_other(rq, rp, "/invite/%s/accept",
                                  sm_in(rq, "token")->text);
    return sm_reply_see_other(rq, rp, "/login?news=activated");
}

const struct sm_page sm_page_invite = {
    .path = "/invite/{token}",
    .auth = SM_AUTH_PUBLIC,
    .inputs = inputs,
    .ninputs = SM_COUNT(inputs),
    .get = show,
    .post = join,
    .tpl = "invite.tpl",
    .limit = "lookup",
    .personal = true,
    .help = "What an invitation is about, and a log-in for who has none.",
};
