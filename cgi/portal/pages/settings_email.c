/* Another e-mail address.  It takes effect when its mailbox confirms it; the
 * one of before can stop or undo it. */
#include <string.h>

#include "keys.h"
#include "portal/login.h"
#include "sql/profile.h"

static const struct sm_input inputs[] = {
    {"email", SM_IN_EMAIL, .required = true,
     .label = SM_N_("New e-mail address"),
     .missing = SM_N_("Type an e-mail address.")},
};

static enum sm_status show(struct sm_request *rq, struct sm_reply *rp)
{
    sm_set(rp->dict, K_LOGIN_EMAIL, rq->customer->email);
    return SM_OK;
}

static enum sm_status ask(struct sm_request *rq, struct sm_reply *rp)
{
    const char *email = sm_in(rq, "email")->text, *outcome;
    uint8_t number[SM_HASH_BYTES], cancel[SM_HASH_BYTES];
    struct sm_rows *rows = NULL;
    enum sm_status st;

    sm_set(rp->dict, K_LOGIN_EMAIL, rq->customer->email);
    if (!rq->inputs_ok)
        return SM_INVALID;
    sm_random(number, sizeof(number));
    sm_random(cancel, sizeof(cancel));

    const struct sm_arg args[] = {
        sm_login_session(rq),
        sm_arg_text(email),
        sm_login_key(rq, email),
        sm_login_mailbox(rq, email),
        sm_arg_bytes(number, sizeof(number)),
        sm_arg_bytes(cancel, sizeof(cancel)),
        sm_arg_time(rq->now_us),
    };

    st = sm_login_run(&rows, rq, &sm_sql_auth_email_ask, args);
    if (st != SM_OK)
        return st;
    outcome = sm_row_text(rows, 0, AUTH_EMAIL_ASK__OUTCOME);
    if (strcmp(outcome, "sent") == 0)
        return sm_reply_see_other(rq, rp, "/settings/profile?news=email");
    if (strcmp(outcome, "confirm") == 0)
        return sm_reply_see_other(rq, rp, "/settings/email");
    sm_in_refuse(rq, "email",
                 strcmp(outcome, "same") == 0
                     ? SM_N_("This is the address that you have now.")
                     : SM_N_("You have asked for five changes today. Go on "
                             "tomorrow."));
    return SM_INVALID;
}

const struct sm_page sm_page_settings_email = {
    .path = "/settings/email",
    .auth = SM_AUTH_CUSTOMER,
    .confirm = true,
    .inputs = inputs,
    .ninputs = SM_COUNT(inputs),
    .get = show,
    .post = ask,
    .tpl = "settings_email.tpl",
    .limit = "lookup",
    .personal = true,
    .help = "Ask for another e-mail address.",
};
