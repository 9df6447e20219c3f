/* When bills are due and readings may be sent, for a calendar. */
#include <string.h>

#include "base/text.h"
#include "domain/ics.h"
#include "portal/login.h"
#include "shared/layout.h"
#include "sql/dates.h"

#define FILE_MAX ((size_t)4 << 20)

enum { REMIND_DAYS = 3 };

/* The address of the site, and its host, which ids end with. */
struct place {
    const char *origin, *host;
};

static void add_bill(struct sm_buf *out, struct sm_request *rq,
                     const struct place *at, const struct sm_rows *rows, int i)
{
    char money[64], id[SM_ID_TEXT];

    sm_id_format(id, sm_row_bytes(rows, i, SELF_DATES__ID));
    sm_format_money(money, sizeof(money), rq->lang,
                    sm_row_int(rows, i, SELF_DATES__OPEN_MINOR),
                    sm_row_text(rows, i, SELF_DATES__CURRENCY));

    const struct sm_ics_event event = {
        .uid = sm_arena_printf(rq->arena, "due-%s@%s", id, at->host),
        .from = sm_row_date(rows, i, SELF_DATES__FROM_ON),
        .to = sm_row_date(rows, i, SELF_DATES__TO_ON),
        .summary = sm_arena_printf(
            rq->arena, "%s: %s, %s", sm_tr(rq->lang, SM_N_("Bill due")),
            sm_row_text(rows, i, SELF_DATES__NUMBER), money),
        .description = sm_row_text(rows, i, SELF_DATES__PLACE),
        .url = sm_arena_printf(rq->arena, "%s/%s/invoices/%s", at->origin,
                               sm_lang_code(rq->lang), id),
        .remind_days = REMIND_DAYS,
    };

    if (event.uid && event.summary)
        sm_ics_event(out, &event, rq->now_us / 1000000);
}

static void add_window(struct sm_buf *out, struct sm_request *rq,
                       const struct place *at, const struct sm_rows *rows,
                       int i)
{
    struct sm_date from = sm_row_date(rows, i, SELF_DATES__FROM_ON);
    char id[SM_ID_TEXT];

    sm_id_format(id, sm_row_bytes(rows, i, SELF_DATES__ID));

    const struct sm_ics_event event = {
        .uid = sm_arena_printf(rq->arena, "read-%s-%04d%02d%02d@%s", id,
                               from.year, from.month, from.day, at->host),
        .from = from,
        .to = sm_row_date(rows, i, SELF_DATES__TO_ON),
        .summary = sm_arena_printf(rq->arena, "%s: %s",
                                   sm_tr(rq->lang, SM_N_("Send what the meter "
                                                         "shows")),
                                   sm_row_text(rows, i, SELF_DATES__PLACE)),
    };

    if (event.uid && event.summary)
        sm_ics_event(out, &event, rq->now_us / 1000000);
}

static enum sm_status write_out(struct sm_request *rq, struct sm_reply *rp,
                                const struct sm_rows *rows)
{
    struct place at = {
        .origin = sm_settings_str(rq->app->settings, "public_origin")};
    const char *host = strstr(at.origin, "://");
    struct sm_buf out;

    at.host = host ? host + 3 : at.origin;
    sm_buf_init(&out, FILE_MAX);
    sm_ics_begin(&out, sm_layout_text(rq, "company.name"));
    for (int i = 0; i < sm_rows_count(rows); i++)
        if (sm_row_bool(rows, i, SELF_DATES__BILL))
            add_bill(&out, rq, &at, rows, i);
        else
            add_window(&out, rq, &at, rows, i);
    sm_ics_end(&out);
    return sm_reply_written(rq, rp, &out, "text/calendar; charset=utf-8",
                            "dates.ics");
}

static enum sm_status send(struct sm_request *rq, struct sm_reply *rp)
{
    const struct sm_arg args[] = {
        sm_login_session(rq),
        sm_arg_time(rq->now_us),
    };
    struct sm_rows *rows = NULL;
    enum sm_status st = sm_request_query(&rows, rq, &sm_sql_self_dates, args);

    return st == SM_OK ? write_out(rq, rp, rows) : st;
}

const struct sm_page sm_page_overview_dates = {
    .path = "/home/dates",
    .auth = SM_AUTH_CUSTOMER,
    .get = send,
    .personal = true,
    .help = "Due dates and reading windows as a calendar file.",
};
