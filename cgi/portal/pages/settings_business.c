/* Other data of a company, institution or association; a person of the
 * company that is asked looks at them first. */
#include <string.h>

#include "keys.h"
#include "portal/profile.h"
#include "sql/profile.h"

static const struct sm_input inputs[] = {
    {"account", SM_IN_ID, .required = true},
    {"name", SM_IN_TEXT, .required = true, .min = 1, .max = 200,
     .label = SM_N_("Name, as in the register")},
    {"seat", SM_IN_TEXT, .min = 5, .max = 200,
     .label = SM_N_("Registered seat")},
    {"vat_number", SM_IN_TEXT, .min = 2, .max = 20,
     .label = SM_N_("VAT number")},
};

static enum sm_status show(struct sm_request *rq, struct sm_reply *rp)
{
    struct sm_rows *rows = NULL;
    enum sm_status st = sm_profile_place(&rows, rq);

    if (st != SM_OK)
        return st;
    if (!sm_row_bool(rows, 0, AUTH_PROFILE__OWNER) ||
        strcmp(sm_row_text(rows, 0, AUTH_PROFILE__KIND), "person") == 0)
        return SM_NOT_FOUND;
    sm_profile_fill(rq, rp->dict, rows, 0);
    sm_profile_value(rq, rp->dict, K_NAME_VALUE, rows, AUTH_PROFILE__NAME);
    sm_profile_value(rq, rp->dict, K_SEAT_VALUE, rows, AUTH_PROFILE__SEAT);
    sm_profile_value(rq, rp->dict, K_VAT_NUMBER_VALUE, rows,
                     AUTH_PROFILE__VAT_NUMBER);
    sm_show_if(rp->dict, K_BUSINESS_WAITS,
               sm_row_bool(rows, 0, AUTH_PROFILE__BUSINESS_WAITS));
    return SM_OK;
}

static enum sm_status ask(struct sm_request *rq, struct sm_reply *rp)
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
        sm_arg_text(sm_in(rq, "name")->text),
        sm_profile_arg(rq, "seat"),
        sm_profile_arg(rq, "vat_number"),
        sm_arg_time(rq->now_us),
    };

    st = sm_request_query(&rows, rq, &sm_sql_auth_business_ask, args);
    if (st != SM_OK)
        return st;
    outcome = sm_row_text(rows, 0, AUTH_BUSINESS_ASK__OUTCOME);
    if (strcmp(outcome, "gone") == 0)
        return SM_NOT_FOUND;
    return sm_reply_see_other(rq, rp, "/settings/profile?news=%s",
                              strcmp(outcome, "asked") == 0 ? "asked" : "same");
}

const struct sm_page sm_page_settings_business = {
    .path = "/settings/business/{account}",
    .auth = SM_AUTH_CUSTOMER,
    .confirm = true,
    .inputs = inputs,
    .ninputs = SM_COUNT(inputs),
    .get = show,
    .post = ask,
    .tpl = "settings_business.tpl",
    .personal = true,
    .repeatable = true,
    .help = "Ask for other data of a company, institution, association.",
};
