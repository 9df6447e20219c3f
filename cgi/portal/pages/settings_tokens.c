/* Tokens with which programs read what one sees: made, shown once, revoked. */
#include <string.h>

#include "auth/token.h"
#include "keys.h"
#include "portal/people.h"
#include "sql/data.h"

static const struct sm_input inputs[] = {
    {.name = "name",
     .type = SM_IN_TEXT,
     .max = 60,
     .label = SM_N_("What it is for")},
    {.name = "until",
     .type = SM_IN_TEXT,
     .max = 10,
     .label = SM_N_("Last day")},
    {.name = "token", .type = SM_IN_ID},
    {.name = "news", .type = SM_IN_CHOICE, .choices = "ended"},
};

static void fill_one(struct sm_dict *page, const struct sm_rows *rows, int i)
{
    struct sm_dict *one = sm_section(page, K_TOKENS);
    bool used = !sm_row_null(rows, i, AUTH_TOKENS__SEEN_AT);
    char id[SM_ID_TEXT];

    sm_id_format(id, sm_row_bytes(rows, i, AUTH_TOKENS__TOKEN));
    sm_set(one, K_API_TOKEN_ID, id);
    sm_set(one, K_API_TOKEN_NAME, sm_row_text(rows, i, AUTH_TOKENS__NAME));
    sm_set_instant(one, K_API_TOKEN_MADE,
                   sm_row_time(rows, i, AUTH_TOKENS__CREATED_AT));
    sm_set_date(one, K_API_TOKEN_UNTIL,
                sm_row_date(rows, i, AUTH_TOKENS__UNTIL));
    sm_show_if(one, K_API_TOKEN_NEVER, !used);
    sm_show_if(one, K_API_TOKEN_USED, used);
    if (used)
        sm_set_instant(one, K_API_TOKEN_SEEN,
                       sm_row_time(rows, i, AUTH_TOKENS__SEEN_AT));
}

static enum sm_status show(struct sm_request *rq, struct sm_reply *rp)
{
    const struct sm_arg args[] = {
        sm_login_session(rq),
        sm_arg_time(rq->now_us),
    };
    int64_t today = sm_date_to_days(sm_date_local(rq->now_us));
    struct sm_date last = sm_date_from_days(today + 365);
    struct sm_rows *rows = NULL;
    enum sm_status st = sm_request_query(&rows, rq, &sm_sql_auth_tokens, args);

    if (st != SM_OK)
        return st;
    sm_show_if(rp->dict, K_HAS_TOKENS, sm_rows_count(rows) > 0);
    sm_setf(rp->dict, K_API_TOKEN_LAST, "%04d-%02d-%02d", last.year, last.month,
            last.day);
    if (!rq->is_post)
        sm_setf(rp->dict, K_UNTIL_VALUE, "%04d-%02d-%02d", last.year,
                last.month, last.day);
    for (int i = 0; i < sm_rows_count(rows); i++)
        fill_one(rp->dict, rows, i);
    return SM_OK;
}

static enum sm_status show_again(struct sm_request *rq, struct sm_reply *rp)
{
    enum sm_status st = show(rq, rp);

    return st == SM_OK ? SM_INVALID : st;
}

static enum sm_status end(struct sm_request *rq, struct sm_reply *rp)
{
    const struct sm_arg args[] = {
        sm_login_session(rq),
        sm_arg_uuid(sm_in(rq, "token")->id),
        sm_arg_time(rq->now_us),
    };
    struct sm_rows *rows = NULL;
    enum sm_status st =
        sm_request_query(&rows, rq, &sm_sql_auth_token_end, args);

    return st == SM_OK
               ? sm_reply_see_other(rq, rp, "/settings/tokens?news=ended")
               : st;
}

static void refuse(struct sm_request *rq, const char *outcome)
{
    if (strcmp(outcome, "name") == 0)
        sm_in_refuse(rq, "name",
                     SM_N_("You have a token of this name. It was shown when "
                           "it was made; revoke it, or choose another "
                           "name."));
    else if (strcmp(outcome, "range") == 0)
        sm_in_refuse(rq, "until",
                     SM_N_("Choose a day from today on, within a year."));
    else
        sm_in_refuse(rq, NULL,
                     SM_N_("You have 20 tokens. Revoke one that is not needed "
                           "any more."));
}

/* Make one and show it, on this answer alone. */
static enum sm_status make(struct sm_request *rq, struct sm_reply *rp,
                           struct sm_date until)
{
    struct sm_token token;
    struct sm_rows *rows = NULL;
    const char *outcome;
    enum sm_status st;

    sm_token_new(&token, rq);

    const struct sm_arg args[] = {
        sm_login_session(rq),
        sm_arg_bytes(token.key, sizeof(token.key)),
        sm_arg_text(sm_in(rq, "name")->text),
        sm_arg_date(until),
        sm_arg_time(rq->now_us),
    };

    st = sm_request_query(&rows, rq, &sm_sql_auth_token_make, args);
    if (st != SM_OK)
        return st;
    outcome = sm_row_text(rows, 0, AUTH_TOKEN_MAKE__OUTCOME);
    if (strcmp(outcome, "confirm") == 0)
        return sm_reply_see_other(rq, rp, "/confirm?next=/settings/tokens");
    if (strcmp(outcome, "ok") != 0) {
        refuse(rq, outcome);
        return show_again(rq, rp);
    }
    rp->tpl = "settings_token.tpl";
    sm_set(rp->dict, K_API_TOKEN, token.text);
    sm_set(rp->dict, K_API_TOKEN_NAME, sm_in(rq, "name")->text);
    sm_set_date(rp->dict, K_API_TOKEN_UNTIL, until);
    sm_set(rp->dict, K_API_URL,
           sm_settings_str(rq->app->settings, "public_origin"));
    explicit_bzero(&token, sizeof(token));
    return SM_OK;
}

static enum sm_status save(struct sm_request *rq, struct sm_reply *rp)
{
    const struct sm_value *typed = sm_in(rq, "until");
    struct sm_date until = sm_people_day(typed->text);

    if (rq->inputs_ok && sm_in(rq, "token")->present)
        return end(rq, rp);
    if (!sm_in(rq, "name")->present && !sm_in(rq, "name")->error)
        sm_in_refuse(rq, "name",
                     SM_N_("Say in a few words what the token is for."));
    if (until.year == 0 && !typed->error)
        sm_in_refuse(rq, "until",
                     SM_N_("This is not a day. Write it like 31.12.2027."));
    return rq->inputs_ok ? make(rq, rp, until) : show_again(rq, rp);
}

const struct sm_page sm_page_settings_tokens = {
    .path = "/settings/tokens",
    .auth = SM_AUTH_CUSTOMER,
    .confirm = true,
    .inputs = inputs,
    .ninputs = SM_COUNT(inputs),
    .get = show,
    .post = save,
    .tpl = "settings_tokens.tpl",
    .personal = true,
    .repeatable = true,
    .help = "Tokens with which one's programs read: make, show once, revoke.",
};
