/* The second step of logging in: on, off. */
#include <string.h>

#include "auth/totp.h"
#include "keys.h"
#include "portal/login.h"
#include "portal/second.h"
#include "sql/login.h"

static const struct sm_input inputs[] = {
    {"code", SM_IN_TEXT, .min = 6, .max = 9, .label = SM_N_("Code"),
     .bad = SM_N_("The code has six digits.")},
    {.name = "off", .type = SM_IN_BOOL},
};

static enum sm_status show(struct sm_request *rq, struct sm_reply *rp)
{
    uint8_t secret[SM_TOTP_SECRET_BYTES];
    char text[SM_TOTP_SECRET_TEXT];

    sm_show_if(rp->dict, K_SECOND_ON, rq->customer->second);
    sm_show_if(rp->dict, K_SECOND_OFF, !rq->customer->second);
    if (!rq->customer->second) {
        sm_second_offer(secret, rq);
        sm_totp_secret_format(text, secret);
        sm_set(rp->dict, K_SECRET, text);
        explicit_bzero(secret, sizeof(secret));
        explicit_bzero(text, sizeof(text));
    }
    return SM_OK;
}

/* Keep SECRET (NULL: switch off), used up to STEP. */
static enum sm_status set(struct sm_request *rq, struct sm_reply *rp,
                          const uint8_t *secret, int64_t step)
{
    uint8_t sealed[SM_TOTP_SECRET_BYTES + SM_SEAL_OVERHEAD];
    struct sm_rows *rows = NULL;
    enum sm_status st;

    if (secret && sm_second_seal(sealed, sizeof(sealed), rq, secret) != SM_OK)
        return SM_FAIL(&rq->err, SM_INTERNAL, "the secret was not sealed");

    const struct sm_arg args[] = {
        sm_login_session(rq),
        secret ? sm_arg_bytes(sealed, sizeof(sealed))
               : sm_arg_null(SM_TYPE_BYTEA),
        sm_arg_int8(step),
        sm_arg_time(rq->now_us),
    };

    st = sm_login_run(&rows, rq, &sm_sql_auth_totp_set, args);
    if (st != SM_OK)
        return st;
    if (strcmp(sm_row_text(rows, 0, AUTH_TOTP_SET__OUTCOME), "confirm") == 0)
        return sm_reply_see_other(rq, rp, "/confirm?next=/settings/code");
    return sm_reply_see_other(rq, rp, "/settings?news=%s",
                              secret ? "code_on" : "code_off");
}

static enum sm_status save(struct sm_request *rq, struct sm_reply *rp)
{
    uint8_t secret[SM_TOTP_SECRET_BYTES];
    int64_t step = 0;
    enum sm_status st = show(rq, rp);

    if (st != SM_OK || !rq->inputs_ok)
        return st == SM_OK ? SM_INVALID : st;
    if (rq->customer->second)
        return sm_in(rq, "off")->present
                   ? set(rq, rp, NULL, SM_TOTP_NEVER)
                   : sm_reply_see_other(rq, rp, "/settings/code");
    sm_second_offer(secret, rq);
    if (sm_totp_verify(&step, secret, sm_in(rq, "code")->text, rq->now_us,
                       SM_TOTP_NEVER) != SM_OK)
        st = sm_second_refuse(rq);
    else
        st = set(rq, rp, secret, step);
    explicit_bzero(secret, sizeof(secret));
    return st;
}

const struct sm_page sm_page_settings_code = {
    .path = "/settings/code",
    .auth = SM_AUTH_CUSTOMER,
    .confirm = true,
    .inputs = inputs,
    .ninputs = SM_COUNT(inputs),
    .get = show,
    .post = save,
    .tpl = "settings_code.tpl",
    .limit = "lookup",
    .personal = true,
    .help = "Switch the second step of logging in on or off.",
};
