/* What a customer sees first: each place, what is owed there and when it is
 * due, and when the index of its meters can be sent. */
#include "sql/overview.h"

#include <string.h>

#include "base/text.h"
#include "keys.h"
#include "money/money.h"
#include "sql/self_meters.h"
#include "web/page.h"
#include "web/reply.h"
#include "web/request.h"

enum { CURRENCIES = 8 };

/* What may be paid at once in one currency. */
struct due {
    const char *currency;
    int64_t minor, places, bills;
};

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

static bool is_payable(const struct sm_rows *rows, int i)
{
    return sm_row_bool(rows, i, SELF_PLACES__MAY_PAY) &&
           sm_row_int(rows, i, SELF_PLACES__OPEN_MINOR) > 0;
}

/* The button for all that is open at one place; quiet beside others. */
static void fill_button(struct sm_dict *place, const struct sm_rows *rows,
                        int i, bool alone)
{
    struct sm_dict *dict;

    if (!is_payable(rows, i))
        return;
    dict = sm_section(place, K_PAY_PLACE);
    sm_set(dict, K_CURRENCY, sm_row_text(rows, i, SELF_PLACES__CURRENCY));
    sm_show_if(dict, K_AMONG_OTHERS, !alone);
}

/* When the indexes of the meters of the place ID can be sent; WINDOWS has a
 * row for each place with meters that are read at set times. */
static void fill_meters(struct sm_dict *place, const struct sm_rows *windows,
                        const uint8_t *id)
{
    int i = 0;
    int64_t due;
    char meter[SM_ID_TEXT];

    while (i < sm_rows_count(windows) &&
           memcmp(sm_row_bytes(windows, i, SELF_METER_WINDOWS__PLACE), id,
                  SM_ID_BYTES) != 0)
        i++;
    if (i == sm_rows_count(windows))
        return;
    due = sm_row_int(windows, i, SELF_METER_WINDOWS__DUE);
    if (due > 0) {
        struct sm_dict *dict = sm_section(place, K_INDEX_DUE);
        bool may = sm_row_bool(windows, i, SELF_METER_WINDOWS__MAY_SEND);

        sm_set_plural(dict, K_DUE_METERS, due);
        sm_set_date(dict, K_CLOSES_ON,
                    sm_row_date(windows, i, SELF_METER_WINDOWS__CLOSES_ON));
        sm_set_plural(dict, K_DAYS_LEFT,
                      sm_row_int(windows, i, SELF_METER_WINDOWS__DAYS_LEFT));
        sm_id_format(meter,
                     sm_row_bytes(windows, i, SELF_METER_WINDOWS__METER));
        sm_set(dict, K_METER_ID, meter);
        sm_show_if(dict, K_SEND_ONE, may && due == 1);
        sm_show_if(dict, K_SEND_SOME, may && due > 1);
    } else if (sm_row_int(windows, i, SELF_METER_WINDOWS__SENT) > 0) {
        sm_show(place, K_INDEX_SENT);
    }
    if (due == 0 &&
        !sm_row_null(windows, i, SELF_METER_WINDOWS__NEXT_OPENS_ON)) {
        sm_show(place, K_INDEX_NEXT);
        sm_set_date(place, K_NEXT_OPENS_ON,
                    sm_row_date(windows, i, SELF_METER_WINDOWS__NEXT_OPENS_ON));
        sm_set_date(
            place, K_NEXT_CLOSES_ON,
            sm_row_date(windows, i, SELF_METER_WINDOWS__NEXT_CLOSES_ON));
    }
}

/* What was asked for the place ID and is still looked at. */
static void fill_waiting(struct sm_dict *place, const struct sm_rows *waiting,
                         const uint8_t *id)
{
    int shown = 0;

    for (int i = 0; i < sm_rows_count(waiting); i++) {
        const char *kind = sm_row_text(waiting, i, SELF_WAITING__KIND);
        struct sm_dict *one;

        if (memcmp(sm_row_bytes(waiting, i, SELF_WAITING__PLACE), id,
                   SM_ID_BYTES) != 0)
            continue;
        one = sm_section(place, K_WAITING);
        sm_show_if(one, K_IS_MORE, shown++ > 0);
        sm_show_if(one, K_IS_READING, strcmp(kind, "reading") == 0);
        sm_show_if(one, K_IS_PAYMENT, strcmp(kind, "missing_payment") == 0);
        sm_show_if(one, K_IS_ADDRESS, strcmp(kind, "address") == 0);
        sm_show_if(one, K_IS_BUSINESS, strcmp(kind, "business_data") == 0);
    }
    sm_show_if(place, K_HAS_WAITING, shown > 0);
}

/* What the places are shown with. */
struct parts {
    const struct sm_rows *places, *windows, *waiting;
    bool alone; /* one of them alone can be paid */
};

static void fill_place(struct sm_dict *page, const struct parts *parts, int i)
{
    const struct sm_rows *rows = parts->places;
    struct sm_dict *place = sm_section(page, K_PLACES);
    const char *address = sm_row_text(rows, i, SELF_PLACES__ADDRESS);
    const char *nickname = sm_row_text(rows, i, SELF_PLACES__NICKNAME);
    char id[SM_ID_TEXT];

    sm_id_format(id, sm_row_bytes(rows, i, SELF_PLACES__ACCOUNT));
    sm_set(place, K_PLACE_ID, id);
    sm_set(place, K_CODE_HINT, sm_row_text(rows, i, SELF_PLACES__CODE_HINT));
    sm_set(place, K_HOLDER, sm_row_text(rows, i, SELF_PLACES__HOLDER));
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
    fill_button(place, rows, i, parts->alone);
    fill_meters(place, parts->windows,
                sm_row_bytes(rows, i, SELF_PLACES__ACCOUNT));
    fill_waiting(place, parts->waiting,
                 sm_row_bytes(rows, i, SELF_PLACES__ACCOUNT));
}

static struct due *find_due(struct due *due, size_t *count,
                            const char *currency)
{
    for (size_t i = 0; i < *count; i++) {
        if (strcmp(due[i].currency, currency) == 0)
            return &due[i];
    }
    if (*count == CURRENCIES)
        return NULL;
    due[*count] = (struct due){.currency = currency};
    return &due[(*count)++];
}

/* All places of a currency at once; how many rows may be paid. */
static enum sm_status fill_all(int *payable, struct sm_request *rq,
                               struct sm_dict *page, const struct sm_rows *rows)
{
    struct due due[CURRENCIES];
    size_t count = 0;

    *payable = 0;
    for (int i = 0; i < sm_rows_count(rows); i++) {
        struct due *of =
            find_due(due, &count, sm_row_text(rows, i, SELF_PLACES__CURRENCY));

        if (!is_payable(rows, i) || !of)
            continue;
        ++*payable;
        of->places++;
        of->bills += sm_row_int(rows, i, SELF_PLACES__OPEN_COUNT);
        if (sm_minor_add(&of->minor, of->minor,
                         sm_row_int(rows, i, SELF_PLACES__OPEN_MINOR)) != SM_OK)
            return SM_FAIL(&rq->err, SM_INTERNAL, "a sum is too large");
    }
    for (size_t i = 0; i < count; i++) {
        struct sm_dict *dict;

        if (due[i].places < 2)
            continue;
        dict = sm_section(page, K_ALL_PLACES);
        sm_set_money(dict, K_ALL_SUM, due[i].minor, due[i].currency);
        sm_set(dict, K_CURRENCY, due[i].currency);
        sm_set_plural(dict, K_ALL_BILLS, due[i].bills);
        sm_show_if(dict, K_PAY_ALL, due[i].bills <= SM_MANY_MAX);
        sm_show_if(dict, K_PAY_PARTS, due[i].bills > SM_MANY_MAX);
    }
    return SM_OK;
}

static enum sm_status show(struct sm_request *rq, struct sm_reply *rp)
{
    const struct sm_arg args[] = {
        sm_arg_bytes(rq->customer->session, sizeof(rq->customer->session)),
        sm_arg_time(rq->now_us),
    };
    struct sm_rows *rows = NULL, *windows = NULL, *waiting = NULL;
    struct parts parts;
    int payable = 0;
    enum sm_status st = sm_request_query(&rows, rq, &sm_sql_self_places, args);

    if (st == SM_OK)
        st = sm_request_query(&windows, rq, &sm_sql_self_meter_windows, args);
    if (st == SM_OK)
        st = sm_request_query(&waiting, rq, &sm_sql_self_waiting, args);
    if (st == SM_OK)
        st = fill_all(&payable, rq, rp->dict, rows);
    if (st != SM_OK)
        return st;
    sm_show_if(rp->dict, K_PLACES_NONE, sm_rows_count(rows) == 0);
    sm_show_if(rp->dict, K_PLACES_SOME, sm_rows_count(rows) > 0);
    parts = (struct parts){rows, windows, waiting, payable == 1};
    for (int i = 0; i < sm_rows_count(rows); i++)
        fill_place(rp->dict, &parts, i);
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
