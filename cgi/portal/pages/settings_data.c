/* One's data: taken along, what can be erased and what must stay, and the end
 * of the account. */
#include <string.h>

#include "base/clock.h"
#include "crypto/crypto.h"
#include "keys.h"
#include "portal/export.h"
#include "portal/login.h"
#include "sql/data.h"
#include "sql/self_bills.h"

static const struct sm_input inputs[] = {
    {"do", SM_IN_CHOICE, .choices = "export|close|keep", .required = true},
    {.name = "sure", .type = SM_IN_BOOL},
    {.name = "news", .type = SM_IN_CHOICE, .choices = "closing|kept"},
};

/* Until when accounting law keeps the newest bill. */
static enum sm_status fill_kept(struct sm_request *rq, struct sm_dict *dict)
{
    const struct sm_arg args[] = {
        sm_login_session(rq),
        sm_arg_uuid(NULL),
        sm_arg_int4(1),
        sm_arg_time(rq->now_us),
    };
    int64_t years =
        sm_settings_int(rq->app->settings, "company.retention_years");
    struct sm_rows *rows = NULL;
    struct sm_date newest, last = {.month = 12, .day = 31};
    enum sm_status st = sm_db_read(&rows, rq->app->pool, rq->arena,
                                   &sm_sql_self_invoices_after, args, &rq->err);

    if (st != SM_OK)
        return st;
    sm_set_plural(dict, K_RETENTION_YEARS, years);
    if (sm_rows_count(rows) == 0)
        return SM_OK;
    newest = sm_row_date(rows, 0, SELF_INVOICES_AFTER__ISSUED_ON);
    last.year = newest.year + (int)years;
    sm_show(dict, K_HAS_KEPT_UNTIL);
    sm_set_date(dict, K_NEWEST_ON, newest);
    sm_set_date(dict, K_KEPT_UNTIL, last);
    return SM_OK;
}

static enum sm_status show(struct sm_request *rq, struct sm_reply *rp)
{
    const struct sm_customer *who = rq->customer;

    sm_show_if(rp->dict, K_IS_CLOSING, who->closes_us > 0);
    sm_show_if(rp->dict, K_IS_STAYING, who->closes_us == 0);
    if (who->closes_us > 0)
        sm_set_date(rp->dict, K_CLOSES_ON, sm_date_local(who->closes_us));
    return fill_kept(rq, rp->dict);
}

static enum sm_status show_again(struct sm_request *rq, struct sm_reply *rp)
{
    enum sm_status st = show(rq, rp);

    return st == SM_OK ? SM_INVALID : st;
}

/* Run a statement of the session and now, of one word. */
static enum sm_status run(const char **outcome, struct sm_request *rq,
                          const struct sm_stmt *stmt)
{
    const struct sm_arg args[] = {
        sm_login_session(rq),
        sm_arg_time(rq->now_us),
    };
    struct sm_rows *rows = NULL;
    enum sm_status st = sm_login_run(&rows, rq, stmt, args);

    if (st == SM_OK)
        *outcome = sm_row_text(rows, 0, 0);
    return st;
}

static enum sm_status export_all(struct sm_request *rq, struct sm_reply *rp)
{
    const char *outcome = "";
    enum sm_status st = run(&outcome, rq, &sm_sql_auth_export_ask);

    if (st != SM_OK)
        return st;
    if (strcmp(outcome, "confirm") == 0)
        return sm_reply_see_other(rq, rp, "/confirm?next=/settings/data");
    if (strcmp(outcome, "many") == 0)
        sm_in_refuse(rq, NULL,
                     SM_N_("Your data were saved ten times today. Do it again "
                           "tomorrow."));
    else
        st = sm_export(rq, rp);
    if (st == SM_DECLINED)
        sm_in_refuse(rq, NULL,
                     SM_N_("You have more data than this page can pack. Call "
                           "us, and we send them to you."));
    return rq->inputs_ok ? st : show_again(rq, rp);
}

static enum sm_status close_account(struct sm_request *rq, struct sm_reply *rp)
{
    uint8_t number[SM_HASH_BYTES];
    struct sm_rows *rows = NULL;
    enum sm_status st;

    if (sm_in(rq, "sure")->number == 0) {
        sm_in_refuse(rq, "sure",
                     SM_N_("Tick the box if the account is to be closed."));
        return show_again(rq, rp);
    }
    sm_random(number, sizeof(number));

    const struct sm_arg args[] = {
        sm_login_session(rq),
        sm_arg_bytes(number, sizeof(number)),
        sm_arg_time(rq->now_us),
    };

    st = sm_login_run(&rows, rq, &sm_sql_auth_close_ask, args);
    if (st != SM_OK)
        return st;
    if (strcmp(sm_row_text(rows, 0, AUTH_CLOSE_ASK__OUTCOME), "confirm") == 0)
        return sm_reply_see_other(rq, rp, "/confirm?next=/settings/data");
    return sm_reply_see_other(rq, rp, "/settings/data?news=closing");
}

static enum sm_status save(struct sm_request *rq, struct sm_reply *rp)
{
    const char *what = sm_in(rq, "do")->text, *outcome = "";
    enum sm_status st;

    if (!rq->inputs_ok)
        return show_again(rq, rp);
    if (strcmp(what, "export") == 0)
        return export_all(rq, rp);
    if (strcmp(what, "close") == 0)
        return close_account(rq, rp);
    st = run(&outcome, rq, &sm_sql_auth_close_keep);
    return st == SM_OK ? sm_reply_see_other(rq, rp, "/settings/data?news=kept")
                       : st;
}

const struct sm_page sm_page_settings_data = {
    .path = "/settings/data",
    .auth = SM_AUTH_CUSTOMER,
    .confirm = true,
    .inputs = inputs,
    .ninputs = SM_COUNT(inputs),
    .get = show,
    .post = save,
    .tpl = "settings_data.tpl",
    .limit = "lookup",
    .personal = true,
    .help = "One's data as a file, what is erased and what must stay, closing "
            "the account.",
};
