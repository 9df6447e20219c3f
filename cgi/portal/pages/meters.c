/* All meters of a customer: what each showed last, and when its index may be
 * sent. */
#include <string.h>

#include "base/buf.h"
#include "base/text.h"
#include "keys.h"
#include "portal/bills.h"
#include "portal/login.h"
#include "portal/meters.h"
#include "sql/overview.h"
#include "sql/self_meters.h"

static const struct sm_input inputs[] = {
    {.name = "place", .type = SM_IN_ID},
    {.name = "q", .type = SM_IN_TEXT, .max = 60},
    {.name = "page", .type = SM_IN_INT, .min = 1, .max = 10000},
};

/* Rows of one meter lie behind each other: a row of the table. */
static void fill_rows(struct sm_dict *page, const struct sm_request *rq,
                      const struct sm_rows *rows)
{
    struct sm_dict *meter = NULL;

    for (int i = 0; i < sm_rows_count(rows); i++) {
        if (i == 0 || !sm_meters_same(rows, i - 1, i)) {
            meter = sm_section(page, K_METERS);
            sm_meters_fill(meter, rq, rows, i);
        }
        sm_meters_fill_register(sm_section(meter, K_REGISTERS), rows, i);
    }
}

/* The places to choose from, where there are several. */
static enum sm_status fill_places(struct sm_dict *page, struct sm_request *rq)
{
    const struct sm_value *chosen = sm_in(rq, "place");
    const struct sm_arg args[] = {
        sm_login_session(rq),
        sm_arg_time(rq->now_us),
    };
    struct sm_rows *rows = NULL;
    enum sm_status st = sm_request_query(&rows, rq, &sm_sql_self_places, args);

    if (st == SM_OK)
        sm_bills_places(page, rows, chosen->present ? chosen->id : NULL);
    return st;
}

/* The filter as a query; in the arena, NULL without memory. */
static const char *filter_of(struct sm_request *rq)
{
    const char *place = sm_in(rq, "place")->text, *find = sm_in(rq, "q")->text;
    const char *copy;
    struct sm_buf query;

    sm_buf_init(&query, 512);
    if (*place)
        sm_buf_addf(&query, "place=%s", place);
    if (*find) {
        sm_buf_addf(&query, "%sq=", *place ? "&" : "");
        sm_buf_add_url(&query, find, strlen(find));
    }
    copy = sm_buf_ok(&query)
               ? sm_arena_strndup(rq->arena, query.data ? query.data : "",
                                  query.len)
               : NULL;
    sm_buf_release(&query);
    return copy;
}

static enum sm_status show(struct sm_request *rq, struct sm_reply *rp)
{
    const struct sm_value *number = sm_in(rq, "page");
    int64_t page = number->present ? number->number : 1;
    const char *filter = filter_of(rq);
    struct sm_rows *rows = NULL;
    enum sm_status st;
    bool any;

    if (!filter)
        return SM_FAIL(&rq->err, SM_INTERNAL, "the filter: no memory");
    st = sm_meters_load(&rows, rq, NULL, SM_METERS_PAGE,
                        (int)((page - 1) * SM_METERS_PAGE));
    if (st == SM_OK)
        st = fill_places(rp->dict, rq);
    if (st != SM_OK)
        return st;
    any = sm_rows_count(rows) > 0;
    fill_rows(rp->dict, rq, rows);
    sm_show_if(rp->dict, K_METERS_SOME, any);
    sm_show_if(rp->dict, K_METERS_NONE, !any);
    sm_show_if(rp->dict, K_FILTERED, *filter != '\0');
    sm_show_if(rp->dict, K_NOT_FILTERED, *filter == '\0');
    sm_bills_pages(rp->dict, page, SM_BILLS_PAGE,
                   any ? sm_row_int(rows, 0, SELF_METERS__MATCHES) : 0, filter);
    return SM_OK;
}

const struct sm_page sm_page_meters = {
    .path = "/meters",
    .auth = SM_AUTH_CUSTOMER,
    .inputs = inputs,
    .ninputs = SM_COUNT(inputs),
    .get = show,
    .tpl = "meters.tpl",
    .personal = true,
    .help = "All meters of a customer, and when an index may be sent.",
};
