/* Address and language of a log-in, and what is on file about its places. */
#include <string.h>

#include "keys.h"
#include "portal/profile.h"
#include "sql/profile.h"

static const struct sm_input inputs[] = {
    {"language", SM_IN_LANG, .required = true,
     .label = SM_N_("Language of e-mails")},
    {"news", SM_IN_CHOICE, .choices = "saved|asked|email|same"},
};

static void fill_place(struct sm_request *rq, struct sm_dict *page,
                       const struct sm_rows *rows, int i)
{
    struct sm_dict *one = sm_section(page, K_PROFILE_PLACES);
    const char *nickname = sm_row_text(rows, i, AUTH_PROFILE__NICKNAME);
    const char *address = sm_row_text(rows, i, AUTH_PROFILE__ADDRESS);
    const char *kind = sm_row_text(rows, i, AUTH_PROFILE__KIND);
    bool owner = sm_row_bool(rows, i, AUTH_PROFILE__OWNER);
    bool business = owner && strcmp(kind, "person") != 0;

    sm_profile_fill(rq, one, rows, i);
    sm_show_if(one, K_HAS_NICKNAME, *nickname != '\0');
    sm_show_if(one, K_HAS_NO_NICKNAME, *nickname == '\0');
    sm_set(one, K_NICKNAME, nickname);
    sm_show_if(one, K_OF_OWNER, owner);
    sm_show_if(one, K_OF_GUEST, !owner);
    sm_show_if(one, K_PAPERLESS, sm_row_bool(rows, i, AUTH_PROFILE__PAPERLESS));
    sm_show_if(one, K_ON_PAPER, !sm_row_bool(rows, i, AUTH_PROFILE__PAPERLESS));
    sm_show_if(one, K_HAS_LETTERS, *address != '\0');
    sm_show_if(one, K_HAS_NO_LETTERS, *address == '\0');
    sm_set(one, K_LETTERS, address);
    sm_show_if(one, K_ADDRESS_WAITS,
               sm_row_bool(rows, i, AUTH_PROFILE__ADDRESS_WAITS));
    sm_show_if(one, K_OF_BUSINESS, business);
    sm_set(one, K_HOLDER, sm_row_text(rows, i, AUTH_PROFILE__NAME));
    sm_show_if(one, K_BUSINESS_WAITS,
               sm_row_bool(rows, i, AUTH_PROFILE__BUSINESS_WAITS));
}

static enum sm_status show(struct sm_request *rq, struct sm_reply *rp)
{
    const int marks[SM_LANG__COUNT] = {
        [SM_LANG_RO] = K_MAIL_IN_RO,
        [SM_LANG_BG] = K_MAIL_IN_BG,
        [SM_LANG_EN] = K_MAIL_IN_EN,
    };
    const struct sm_arg args[] = {
        sm_login_session(rq),
        sm_arg_uuid(NULL),
        sm_arg_time(rq->now_us),
    };
    struct sm_rows *rows = NULL;
    enum sm_status st = sm_request_query(&rows, rq, &sm_sql_auth_profile, args);

    if (st != SM_OK)
        return st;
    sm_set(rp->dict, K_LOGIN_EMAIL, rq->customer->email);
    sm_show(rp->dict, marks[rq->customer->lang]);
    sm_show_if(rp->dict, K_HAS_PROFILE_PLACES, sm_rows_count(rows) > 0);
    for (int i = 0; i < sm_rows_count(rows); i++)
        fill_place(rq, rp->dict, rows, i);
    return SM_OK;
}

static enum sm_status save(struct sm_request *rq, struct sm_reply *rp)
{
    struct sm_rows *rows = NULL;
    enum sm_status st;

    if (!rq->inputs_ok) {
        st = show(rq, rp);
        return st == SM_OK ? SM_INVALID : st;
    }

    const struct sm_arg args[] = {
        sm_login_session(rq),
        sm_arg_text(sm_in(rq, "language")->text),
        sm_arg_time(rq->now_us),
    };

    st = sm_request_query(&rows, rq, &sm_sql_auth_language_set, args);
    return st == SM_OK
               ? sm_reply_see_other(rq, rp, "/settings/profile?news=saved")
               : st;
}

const struct sm_page sm_page_settings_profile = {
    .path = "/settings/profile",
    .auth = SM_AUTH_CUSTOMER,
    .inputs = inputs,
    .ninputs = SM_COUNT(inputs),
    .get = show,
    .post = save,
    .tpl = "settings_profile.tpl",
    .personal = true,
    .repeatable = true,
    .help = "Address and language of a log-in, and its places.",
};
