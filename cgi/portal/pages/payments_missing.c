/* A payment that a customer made and does not find: first what is known of it,
 * then a person looks. */
#include <string.h>

#include "base/clock.h"
#include "base/text.h"
#include "keys.h"
#include "portal/login.h"
#include "portal/payments.h"
#include "sql/overview.h"
#include "sql/self_payments.h"

/* How long ago a payment may be that is looked for. */
enum { DAYS_BACK = 400 };

static const struct sm_input inputs[] = {
    {"place", SM_IN_ID, .required = true, .label = SM_N_("Place")},
    {"date", SM_IN_TEXT, .required = true, .max = 10,
     .label = SM_N_("When did you pay?")},
    {"amount", SM_IN_AMOUNT, .required = true, .min = 1,
     .max = INT64_C(100000000000), .label = SM_N_("How much did you pay?")},
    {"currency", SM_IN_CHOICE, .required = true, .choices = "RON|EUR|BGN",
     .label = SM_N_("Currency")},
    {"how", SM_IN_CHOICE, .required = true, .choices = "bank|desk|post|card",
     .label = SM_N_("How did you pay?")},
    {"reference", SM_IN_TEXT, .max = 60, .label = SM_N_("Reference")},
    {"note", SM_IN_TEXT, .max = 500,
     .label = SM_N_("What else helps to find it?")},
    {.name = "anyway", .type = SM_IN_BOOL},
    {.name = "news", .type = SM_IN_CHOICE, .choices = "filed|same"},
};

static void fill_place(struct sm_dict *page, const struct sm_request *rq,
                       const struct sm_rows *rows, int i)
{
    const uint8_t *id = sm_row_bytes(rows, i, SELF_PLACES__ACCOUNT);
    const struct sm_value *chosen = sm_in(rq, "place");
    struct sm_dict *option = sm_section(page, K_PLACE_OPTIONS);
    char text[SM_ID_TEXT];

    sm_id_format(text, id);
    sm_set(option, K_OPTION_ID, text);
    sm_setf(option, K_OPTION_NAME, "%s (…%s)",
            sm_row_text(rows, i, SELF_PLACES__ADDRESS),
            sm_row_text(rows, i, SELF_PLACES__CODE_HINT));
    sm_show_if(option, K_OPTION_CHOSEN,
               chosen->present && memcmp(chosen->id, id, SM_ID_BYTES) == 0);
}

/* The places that one may have paid for: a row for each of its currencies. */
static enum sm_status fill_places(struct sm_dict *page, struct sm_request *rq)
{
    const struct sm_arg args[] = {
        sm_login_session(rq),
        sm_arg_time(rq->now_us),
    };
    struct sm_rows *rows = NULL;
    const uint8_t *last = NULL;
    enum sm_status st = sm_request_query(&rows, rq, &sm_sql_self_places, args);

    for (int i = 0; st == SM_OK && i < sm_rows_count(rows); i++) {
        const uint8_t *id = sm_row_bytes(rows, i, SELF_PLACES__ACCOUNT);

        if (!last || memcmp(last, id, SM_ID_BYTES) != 0)
            fill_place(page, rq, rows, i);
        last = id;
    }
    return st;
}

static void fill_currencies(struct sm_dict *page, const struct sm_request *rq)
{
    static const char *const codes[] = {"RON", "EUR", "BGN"};
    const struct sm_value *typed = sm_in(rq, "currency");
    const char *chosen =
        typed->present ? typed->text
                       : sm_settings_str(rq->app->settings, "company.currency");

    for (size_t i = 0; i < SM_COUNT(codes); i++) {
        struct sm_dict *option = sm_section(page, K_CURRENCY_OPTIONS);

        sm_set(option, K_OPTION_ID, codes[i]);
        sm_show_if(option, K_OPTION_CHOSEN, strcmp(chosen, codes[i]) == 0);
    }
}

static void fill_filed(struct sm_dict *page, const struct sm_rows *rows, int i)
{
    struct sm_dict *row = sm_section(page, K_FILED);
    const char *state = sm_row_text(rows, i, AUTH_MISSING_LIST__STATE);

    sm_set(row, K_NUMBER, sm_row_text(rows, i, AUTH_MISSING_LIST__NUMBER));
    sm_set(row, K_CODE_HINT,
           sm_row_text(rows, i, AUTH_MISSING_LIST__CODE_HINT));
    sm_set_date(row, K_TOLD_ON,
                sm_row_date(rows, i, AUTH_MISSING_LIST__TOLD_ON));
    sm_set_date(row, K_PAID_ON,
                sm_row_date(rows, i, AUTH_MISSING_LIST__PAID_ON));
    sm_set_money(row, K_PAID,
                 sm_row_int(rows, i, AUTH_MISSING_LIST__AMOUNT_MINOR),
                 sm_row_text(rows, i, AUTH_MISSING_LIST__CURRENCY));
    sm_show_if(row, K_IS_SOUGHT, strcmp(state, "open") == 0);
    sm_show_if(row, K_IS_FOUND, strcmp(state, "approved") == 0);
    sm_show_if(row, K_IS_NOT_FOUND, strcmp(state, "refused") == 0);
    sm_set(row, K_ANSWER, sm_row_text(rows, i, AUTH_MISSING_LIST__NOTE));
}

static enum sm_status show(struct sm_request *rq, struct sm_reply *rp)
{
    const struct sm_arg args[] = {
        sm_login_session(rq),
        sm_arg_time(rq->now_us),
    };
    struct sm_rows *rows = NULL;
    enum sm_status st = fill_places(rp->dict, rq);

    if (st == SM_OK)
        st = sm_request_query(&rows, rq, &sm_sql_auth_missing_list, args);
    if (st != SM_OK)
        return st;
    fill_currencies(rp->dict, rq);
    for (int i = 0; i < sm_rows_count(rows); i++)
        fill_filed(rp->dict, rows, i);
    sm_show_if(rp->dict, K_FILED_SOME, sm_rows_count(rows) > 0);
    if (sm_rows_count(rows) > 0)
        sm_set(rp->dict, K_NEWEST_NUMBER,
               sm_row_text(rows, 0, AUTH_MISSING_LIST__NUMBER));
    return SM_OK;
}

/* The day of the payment; false, and a sentence, if it cannot be one. */
static bool read_day(struct sm_date *out, struct sm_request *rq)
{
    int64_t ago;

    if (sm_parse_date(out, sm_in(rq, "date")->text) != SM_OK) {
        sm_in_refuse(rq, "date", SM_N_("This is not a date."));
        return false;
    }
    ago = sm_date_to_days(sm_date_local(rq->now_us)) - sm_date_to_days(*out);
    if (ago >= 0 && ago <= DAYS_BACK)
        return true;
    sm_in_refuse(rq, "date",
                 SM_N_("The day is after today, or more than 400 days ago. "
                       "Call us about an older payment."));
    return false;
}

/* Show what is known of such a payment; false if something is. */
static enum sm_status look(bool *known, struct sm_request *rq,
                           struct sm_reply *rp, struct sm_date day)
{
    const struct sm_arg args[] = {
        sm_login_session(rq),
        sm_arg_date(day),
        sm_arg_int8(sm_in(rq, "amount")->number),
        sm_arg_text(sm_in(rq, "currency")->text),
        sm_arg_time(rq->now_us),
    };
    struct sm_rows *rows = NULL;
    enum sm_status st =
        sm_request_query(&rows, rq, &sm_sql_self_payments_like, args);

    *known = st == SM_OK && sm_rows_count(rows) > 0;
    for (int i = 0; *known && i < sm_rows_count(rows); i++)
        sm_payments_fill(sm_section(rp->dict, K_KNOWN), rq, rows, i);
    sm_show_if(rp->dict, K_KNOWN_SOME, *known);
    return st;
}

static enum sm_status file(struct sm_request *rq, struct sm_reply *rp,
                           struct sm_date day)
{
    const struct sm_arg args[] = {
        sm_login_session(rq),
        sm_arg_uuid(sm_in(rq, "place")->id),
        sm_arg_date(day),
        sm_arg_int8(sm_in(rq, "amount")->number),
        sm_arg_text(sm_in(rq, "currency")->text),
        sm_arg_text(sm_in(rq, "how")->text),
        sm_arg_text(sm_in(rq, "reference")->text),
        sm_arg_text(sm_in(rq, "note")->text),
        sm_arg_time(rq->now_us),
    };
    struct sm_rows *rows = NULL;
    const char *outcome;
    enum sm_status st =
        sm_request_query(&rows, rq, &sm_sql_auth_missing_file, args);

    if (st != SM_OK)
        return st;
    outcome = sm_row_text(rows, 0, AUTH_MISSING_FILE__OUTCOME);
    if (strcmp(outcome, "denied") == 0)
        sm_in_refuse(rq, "place",
                     SM_N_("You cannot ask for this place. Its holder can, or "
                           "can let you under Settings, People."));
    else if (strcmp(outcome, "many") == 0)
        sm_in_refuse(rq, "amount",
                     SM_N_("You have told us of five payments today. We look "
                           "for them; tell us of the next one tomorrow, or "
                           "call us."));
    else
        return sm_reply_see_other(
            rq, rp, "/payments/missing?news=%s",
            rq->again || strcmp(outcome, "filed") == 0 ? "filed" : "same");
    return SM_INVALID;
}

static enum sm_status ask(struct sm_request *rq, struct sm_reply *rp)
{
    struct sm_date day;
    bool known = false;
    enum sm_status st = show(rq, rp);

    if (st == SM_OK && (!rq->inputs_ok || !read_day(&day, rq)))
        st = SM_INVALID;
    if (st == SM_OK && !sm_in(rq, "anyway")->present)
        st = look(&known, rq, rp, day);
    if (st != SM_OK)
        return st;
    if (!known)
        return file(rq, rp, day);
    sm_in_refuse(rq, "anyway",
                 SM_N_("We know a payment like this. See whether it is the "
                       "one that you miss."));
    return SM_INVALID;
}

const struct sm_page sm_page_payments_missing = {
    .path = "/payments/missing",
    .auth = SM_AUTH_CUSTOMER,
    .inputs = inputs,
    .ninputs = SM_COUNT(inputs),
    .get = show,
    .post = ask,
    .tpl = "payments_missing.tpl",
    .limit = "lookup",
    .personal = true,
    .repeatable = true,
    .help = "Tell the company of a payment that is not found.",
};
