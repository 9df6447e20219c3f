/* What a customer sees first: each place, what is owed there, when it is
 * due. */
#include "sql/overview.h"
#include "base/text.h"
#include "keys.h"
#include "web/page.h"
#include "web/reply.h"
#include "web/request.h"

/* What is owed, what is left over, or that nothing is. */
static void fill_sum(struct sm_dict *place, const struct sm_rows *rows, int i)
{
    int64_t open = sm_row_int(rows, i, SELF_PLACES__OPEN_MINOR);
    int64_t overdue = sm_row_int(rows, i, SELF_PLACES__OVERDUE_MINOR);
    int64_t credit = sm_row_int(rows, i, SELF_PLACES__CREDIT_MINOR);
    const char *currency = sm_row_text(rows, i, SELF_PLACES__CURRENCY);

    sm_show_if(place, K_OWES, open > 0);
    sm_show_if(place, K_OWES_NOTHING, open == 0 && credit == 0);
    sm_show_if(place, K_HAS_CREDIT, open == 0 && credit > 0);
    sm_show_if(place, K_HAS_OVERDUE, overdue > 0);
    sm_set_money(place, K_OPEN, open, currency);
    sm_set_money(place, K_OVERDUE, overdue, currency);
    sm_set_money(place, K_CREDIT, credit, currency);
    sm_set_plural(place, K_OPEN_COUNT,
                  sm_row_int(rows, i, SELF_PLACES__OPEN_COUNT));
    sm_show_if(place, K_HAS_NEXT_DUE,
               !sm_row_null(rows, i, SELF_PLACES__NEXT_DUE_ON));
    sm_set_date(place, K_NEXT_DUE_ON,
                sm_row_date(rows, i, SELF_PLACES__NEXT_DUE_ON));
}

static void fill_place(struct sm_dict *page, const struct sm_rows *rows, int i)
{
    struct sm_dict *place = sm_section(page, K_PLACES);
    const char *address = sm_row_text(rows, i, SELF_PLACES__ADDRESS);
    const char *nickname = sm_row_text(rows, i, SELF_PLACES__NICKNAME);
    char id[SM_ID_TEXT];

    sm_id_format(id, sm_row_bytes(rows, i, SELF_PLACES__ACCOUNT));
    sm_set(place, K_PLACE_ID, id);
    sm_set(place, K_CODE_HINT, sm_row_text(rows, i, SELF_PLACES__CODE_HINT));
    sm_set(place, K_HOLDER, sm_row_text(rows, i, SELF_PLACES__HOLDER));
    sm_show_if(place, K_MAY_PAY, sm_row_bool(rows, i, SELF_PLACES__MAY_PAY));
    sm_show_if(place, K_HAS_NICKNAME, *nickname != '\0');
    sm_show_if(place, K_HAS_PLACE_ADDRESS, !*nickname && *address != '\0');
    sm_show_if(place, K_NO_PLACE_ADDRESS, !*nickname && *address == '\0');
    sm_set(place, K_NICKNAME, nickname);
    sm_set(place, K_PLACE_ADDRESS, address);
    sm_show_if(place, K_HAS_LAST_PAYMENT,
               !sm_row_null(rows, i, SELF_PLACES__LAST_PAYMENT_ON));
    sm_set_date(place, K_LAST_PAYMENT_ON,
                sm_row_date(rows, i, SELF_PLACES__LAST_PAYMENT_ON));
    fill_sum(place, rows, i);
}

static enum sm_status show(struct sm_request *rq, struct sm_reply *rp)
{
    const struct sm_arg args[] = {
        sm_arg_bytes(rq->customer->session, sizeof(rq->customer->session)),
        sm_arg_time(rq->now_us),
    };
    struct sm_rows *rows = NULL;
    enum sm_status st = sm_request_query(&rows, rq, &sm_sql_self_places, args);

    if (st != SM_OK)
        return st;
    sm_show_if(rp->dict, K_PLACES_NONE, sm_rows_count(rows) == 0);
    for (int i = 0; i < sm_rows_count(rows); i++)
        fill_place(rp->dict, rows, i);
    if (sm_rows_count(rows) > 0 && !sm_row_null(rows, 0, SELF_PLACES__AS_OF)) {
        sm_show(rp->dict, K_HAS_AS_OF);
        sm_set_instant(rp->dict, K_AS_OF,
                       sm_row_time(rows, 0, SELF_PLACES__AS_OF));
    }
    return SM_OK;
}

const struct sm_page sm_page_overview = {
    .path = "/home",
    .auth = SM_AUTH_CUSTOMER,
    .get = show,
    .tpl = "overview.tpl",
    .personal = true,
    .help = "Each place of a customer, what is owed and when it is due.",
};
