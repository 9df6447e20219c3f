/* What a place is called, whether its bill comes on paper, where letters
 * go. */
#include <string.h>

#include "keys.h"
#include "portal/profile.h"
#include "sql/profile.h"

static const struct sm_input inputs[] = {
    {"account", SM_IN_ID, .required = true},
    {"nickname", SM_IN_TEXT, .min = 1, .max = 60,
     .label = SM_N_("What you call it")},
    {"paper", SM_IN_CHOICE, .choices = "paper|electronic",
     .label = SM_N_("How does the bill come?")},
    {"address", SM_IN_TEXT, .min = 5, .max = 200,
     .label = SM_N_("Where do letters go?")},
};

static enum sm_status show(struct sm_request *rq, struct sm_reply *rp)
{
    struct sm_rows *rows = NULL;
    enum sm_status st = sm_profile_place(&rows, rq);
    bool less;

    if (st != SM_OK)
        return st;
    less = rq->is_post ? sm_in(rq, "paper")->number == 1
                       : sm_row_bool(rows, 0, AUTH_PROFILE__PAPERLESS);
    sm_profile_fill(rq, rp->dict, rows, 0);
    sm_profile_value(rq, rp->dict, K_NICKNAME_VALUE, rows,
                     AUTH_PROFILE__NICKNAME);
    sm_profile_value(rq, rp->dict, K_ADDRESS_VALUE, rows,
                     AUTH_PROFILE__ADDRESS);
    sm_show_if(rp->dict, K_OF_OWNER, sm_row_bool(rows, 0, AUTH_PROFILE__OWNER));
    sm_show_if(rp->dict, K_ADDRESS_WAITS,
               sm_row_bool(rows, 0, AUTH_PROFILE__ADDRESS_WAITS));
    sm_show_if(rp->dict, K_PAPERLESS, less);
    sm_show_if(rp->dict, K_ON_PAPER, !less);
    return SM_OK;
}

static enum sm_status save(struct sm_request *rq, struct sm_reply *rp)
{
    struct sm_rows *rows = NULL;
    const char *outcome;
    enum sm_status st;

    if (!rq->inputs_ok) {
        st = show(rq, rp);
        return st == SM_OK ? SM_INVALID : st;
    }

    const struct sm_arg args[] = {
        sm_login_session(rq),
        sm_arg_uuid(sm_in(rq, "account")->id),
        sm_profile_arg(rq, "nickname"),
        sm_arg_bool(strcmp(sm_in(rq, "paper")->text, "electronic") == 0),
        sm_profile_arg(rq, "address"),
        sm_arg_time(rq->now_us),
    };

    st = sm_request_query(&rows, rq, &sm_sql_auth_place_set, args);
    if (st != SM_OK)
        return st;
    outcome = sm_row_text(rows, 0, AUTH_PLACE_SET__OUTCOME);
    if (strcmp(outcome, "gone") == 0)
        return SM_NOT_FOUND;
    return sm_reply_see_other(rq, rp, "/settings/profile?news=%s",
                              strcmp(outcome, "asked") == 0 ? "asked"
                                                            : "saved");
}

const struct sm_page sm_page_settings_place = {
    .path = "/settings/place/{account}",
    .auth = SM_AUTH_CUSTOMER,
    .confirm = true,
    .inputs = inputs,
    .ninputs = SM_COUNT(inputs),
    .get = show,
    .post = save,
    .tpl = "settings_place.tpl",
    .personal = true,
    .repeatable = true,
    .help = "What a place is called, paper or electronic bill, letters.",
};
