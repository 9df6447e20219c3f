/* A log-in for who holds a bill: client code, number of a bill, address,
 * password.  The answer is the same whether or not the data are right. */
#include <string.h>

#include "keys.h"
#include "portal/login.h"
#include "sql/login.h"

static const struct sm_input inputs[] = {
    {"client_code", SM_IN_CLIENT_CODE, .required = true,
     .label = SM_N_("Client code")},
    SM_LOGIN_PROOF,
    {"email", SM_IN_EMAIL, .required = true, .label = SM_N_("E-mail address")},
    {"password", SM_IN_PASSWORD, .required = true,
     .label = SM_N_("New password")},
    {"password_again", SM_IN_PASSWORD, .required = true,
     .label = SM_N_("The same password again")},
    {"terms", SM_IN_BOOL, .required = true,
     .missing = SM_N_("Without agreeing to the terms of use no account can be "
                      "opened.")},
};

static enum sm_status show(struct sm_request *rq, struct sm_reply *rp)
{
    rp->set_cookie = !rq->has_cookie;
    sm_login_proof(rq, rp->dict);
    return SM_OK;
}

static enum sm_status ask(struct sm_rows **out, struct sm_request *rq,
                          const char *password)
{
    const char *email = sm_in(rq, "email")->text;
    uint8_t number[SM_HASH_BYTES];

    sm_random(number, sizeof(number));

    const struct sm_arg args[] = {
        sm_portal_hash(rq, "client_code", sm_in(rq, "client_code")->text),
        sm_arg_text(sm_in(rq, "invoice_no")->text),
        sm_arg_text(email),
        sm_login_key(rq, email),
        sm_login_mailbox(rq, email),
        sm_arg_text(password),
        sm_arg_text(sm_lang_code(rq->lang)),
        sm_arg_bytes(number, sizeof(number)),
        sm_arg_bytes(rq->address_hash, SM_HASH_BYTES),
        sm_login_limits(rq),
        sm_arg_time(rq->now_us),
    };

    return sm_login_run(out, rq, &sm_sql_auth_register, args);
}

static enum sm_status save(struct sm_request *rq, struct sm_reply *rp)
{
    char password[SM_PASSWORD_TEXT];
    struct sm_rows *rows = NULL;
    enum sm_status st;

    sm_login_proof(rq, rp->dict);
    st = sm_login_new_password(password, rq, sm_in(rq, "email")->text,
                               sm_in(rq, "client_code")->text);
    if (st == SM_OK)
        st = ask(&rows, rq, password);
    if (st != SM_OK)
        return st;
    if (strcmp(sm_row_text(rows, 0, AUTH_REGISTER__OUTCOME), "throttled") == 0)
        return sm_login_slow(rp,
                             sm_row_int(rows, 0, AUTH_REGISTER__RETRY_AFTER_S));
    return sm_reply_see_other(rq, rp, "/register/sent");
}

const struct sm_page sm_page_register = {
    .path = "/register",
    .auth = SM_AUTH_PUBLIC,
    .inputs = inputs,
    .ninputs = SM_COUNT(inputs),
    .get = show,
    .post = save,
    .tpl = "register.tpl",
    .limit = "lookup",
    .personal = true,
    .help = "Ask for a log-in.",
};
