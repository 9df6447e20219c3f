/* What happened to one's own account, chained so that it can be checked. */
#include "keys.h"
#include "portal/events.h"
#include "sql/data.h"

enum { PAGE_ROWS = 50, HASH_SHOWN = 12 };

static const struct sm_input inputs[] = {
    {.name = "before", .type = SM_IN_INT, .min = 2, .max = 2000000000},
};

static void fill_one(struct sm_request *rq, struct sm_dict *page,
                     const struct sm_rows *rows, int i)
{
    struct sm_dict *row = sm_section(page, K_EVENTS);
    const char *kind = sm_row_text(rows, i, AUTH_EVENTS__KIND);
    const char *detail = sm_row_text(rows, i, AUTH_EVENTS__DETAIL);
    const char *words = sm_events_words(kind);
    char hash[2 * SM_HASH_BYTES + 1];

    sm_hex(hash, sm_row_bytes(rows, i, AUTH_EVENTS__HASH), SM_HASH_BYTES);
    sm_set_int(row, K_EVENT_NO, sm_row_int(rows, i, AUTH_EVENTS__SEQ));
    sm_set_instant(row, K_EVENT_AT, sm_row_time(rows, i, AUTH_EVENTS__AT));
    if (words)
        sm_set(row, K_EVENT_WHAT, sm_tr(rq->lang, words));
    else
        sm_setf(row, K_EVENT_WHAT, "%s (%s)",
                sm_tr(rq->lang, SM_N_("Something else")), kind);
    sm_show_if(row, K_HAS_DETAIL, *detail && sm_events_detailed(kind));
    sm_set(row, K_EVENT_DETAIL, detail);
    sm_setn(row, K_EVENT_HASH, hash, HASH_SHOWN);
}

static enum sm_status show(struct sm_request *rq, struct sm_reply *rp)
{
    const struct sm_value *before = sm_in(rq, "before");
    struct sm_rows *rows = NULL;
    enum sm_status st = sm_events_read(
        &rows, rq, rq->arena, before->present ? before->number : 0, PAGE_ROWS);
    int count;

    if (st != SM_OK)
        return st;
    count = sm_rows_count(rows);
    for (int i = 0; i < count; i++)
        fill_one(rq, rp->dict, rows, i);
    sm_show_if(rp->dict, K_EVENTS_SOME, count > 0);
    sm_show_if(rp->dict, K_EVENTS_NONE, count == 0);
    sm_show_if(rp->dict, K_HAS_NEWER, before->present);
    if (count == PAGE_ROWS &&
        sm_row_int(rows, count - 1, AUTH_EVENTS__SEQ) > 1) {
        sm_show(rp->dict, K_HAS_OLDER);
        sm_set_int(rp->dict, K_OLDER_BEFORE,
                   sm_row_int(rows, count - 1, AUTH_EVENTS__SEQ));
    }
    return SM_OK;
}

const struct sm_page sm_page_settings_log = {
    .path = "/settings/log",
    .auth = SM_AUTH_CUSTOMER,
    .inputs = inputs,
    .ninputs = SM_COUNT(inputs),
    .get = show,
    .tpl = "settings_log.tpl",
    .personal = true,
    .help = "What happened to one's account, newest first, and how to check "
            "that nothing is missing.",
};
