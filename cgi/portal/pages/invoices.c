/* All bills of a customer, filtered, a page at a time. */
#include "keys.h"
#include "portal/bill_year.h"
#include "portal/bills.h"
#include "portal/login.h"
#include "sql/overview.h"
#include "sql/self_bills.h"

static const struct sm_input inputs[] = {SM_BILLS_INPUTS};

/* What rows of the list have besides their bill. */
struct list {
    bool several;  /* there is more than one place */
    bool choosing; /* there is something to choose for payment */
    bool all;      /* all of it is chosen */
};

static void fill_one(struct sm_dict *page, const struct sm_rows *rows, int i,
                     const struct list *list)
{
    struct sm_dict *row = sm_section(page, K_BILLS);
    const char *currency = sm_row_text(rows, i, SELF_INVOICES__CURRENCY);
    int64_t open = sm_row_int(rows, i, SELF_INVOICES__OPEN_MINOR);
    bool may_pay = sm_row_bool(rows, i, SELF_INVOICES__MAY_PAY);
    char id[SM_ID_TEXT];

    sm_id_format(id, sm_row_bytes(rows, i, SELF_INVOICES__INVOICE));
    sm_set(row, K_BILL_ID, id);
    sm_set(row, K_NUMBER, sm_row_text(rows, i, SELF_INVOICES__NUMBER));
    sm_show_if(row, K_CREDIT_NOTE,
               sm_row_bool(rows, i, SELF_INVOICES__CREDIT_NOTE));
    sm_show_if(row, K_SHOW_PLACE, list->several);
    sm_set(row, K_PLACE_ADDRESS, sm_row_text(rows, i, SELF_INVOICES__ADDRESS));
    sm_set(row, K_CODE_HINT, sm_row_text(rows, i, SELF_INVOICES__CODE_HINT));
    sm_set_date(row, K_ISSUED_ON,
                sm_row_date(rows, i, SELF_INVOICES__ISSUED_ON));
    sm_set_date(row, K_DUE_ON, sm_row_date(rows, i, SELF_INVOICES__DUE_ON));
    sm_set_money(row, K_VALUE, sm_row_int(rows, i, SELF_INVOICES__VALUE_MINOR),
                 currency);
    sm_show_if(row, K_MAY_CHOOSE, may_pay);
    sm_show_if(row, K_IS_CHOSEN, list->all);
    sm_show_if(row, K_NO_CHOICE, list->choosing && !may_pay);
    sm_show_if(row, K_HAS_OPEN, open > 0);
    sm_set_money(row, K_OPEN, open, currency);
    sm_bills_state(row, sm_row_text(rows, i, SELF_INVOICES__STATE),
                   sm_row_int(rows, i, SELF_INVOICES__DAYS));
}

/* The places to choose from, where there are several. */
static enum sm_status fill_places(bool *several, struct sm_dict *page,
                                  struct sm_request *rq)
{
    const struct sm_value *chosen = sm_in(rq, "place");
    const struct sm_arg args[] = {
        sm_login_session(rq),
        sm_arg_time(rq->now_us),
    };
    struct sm_rows *rows = NULL;
    enum sm_status st = sm_request_query(&rows, rq, &sm_sql_self_places, args);

    if (st == SM_OK)
        *several =
            sm_bills_places(page, rows, chosen->present ? chosen->id : NULL);
    return st;
}

/* The years as files, of the chosen place: a file of so many bills. */
static enum sm_status fill_years(struct sm_dict *page, struct sm_request *rq)
{
    const struct sm_value *place = sm_in(rq, "place");
    const struct sm_arg args[] = {
        sm_login_session(rq),
        sm_arg_uuid(place->present ? place->id : NULL),
        sm_arg_time(rq->now_us),
    };
    struct sm_rows *rows = NULL;
    enum sm_status st =
        sm_request_query(&rows, rq, &sm_sql_self_invoice_years, args);

    for (int i = 0; st == SM_OK && i < sm_rows_count(rows); i++) {
        struct sm_dict *row = sm_section(page, K_YEARS);
        int64_t bills = sm_row_int(rows, i, SELF_INVOICE_YEARS__BILLS);
        int64_t parts = (bills + SM_YEAR_PART - 1) / SM_YEAR_PART;

        sm_set_int(row, K_YEAR, sm_row_int(rows, i, SELF_INVOICE_YEARS__YEAR));
        sm_set_plural(row, K_YEAR_BILLS, bills);
        sm_show_if(row, K_YEAR_TOO_MANY, parts > SM_YEAR_PARTS);
        for (int64_t no = 1; parts <= SM_YEAR_PARTS && no <= parts; no++) {
            struct sm_dict *part = sm_section(row, K_YEAR_FILES);

            sm_set_int(part, K_PART_NO, no);
            sm_show_if(part, K_IS_PART, parts > 1);
            sm_show_if(part, K_IS_WHOLE, parts == 1);
            sm_show_if(part, K_OF_PLACE, place->present);
            sm_set(part, K_PLACE_ID, place->text);
        }
    }
    return st;
}

/* The way to a list of what can be paid, all of it chosen, and back. */
static void fill_choice(struct sm_dict *page, struct sm_request *rq,
                        const struct list *list, const char *query)
{
    bool any_state = *sm_in(rq, "state")->text == '\0';

    sm_show_if(page, K_CHOOSING, list->choosing);
    sm_show_if(page, K_CHOOSE_ALL, list->choosing && !list->all);
    sm_show_if(page, K_CHOOSE_NONE, list->choosing && list->all);
    sm_setf(page, K_CHOOSE_QUERY, "%s%s%sall=1", query, *query ? "&" : "",
            any_state ? "state=open&" : "");
}

static enum sm_status show(struct sm_request *rq, struct sm_reply *rp)
{
    const struct sm_value *number = sm_in(rq, "page");
    int64_t page = number->present ? number->number : 1;
    const char *query = sm_bills_query(rq);
    struct list list = {.all = sm_in(rq, "all")->number != 0};
    int size = list.all ? SM_BILLS_CHOICE : SM_BILLS_PAGE, count;
    struct sm_rows *rows = NULL;
    enum sm_status st;

    if (!query)
        return SM_FAIL(&rq->err, SM_INTERNAL, "the filter: no memory");
    st = sm_bills_list(&rows, rq, size, (int)((page - 1) * size));
    if (st == SM_OK)
        st = fill_places(&list.several, rp->dict, rq);
    if (st == SM_OK)
        st = fill_years(rp->dict, rq);
    if (st != SM_OK)
        return st;
    count = sm_rows_count(rows);
    for (int i = 0; i < count; i++)
        list.choosing |= sm_row_bool(rows, i, SELF_INVOICES__MAY_PAY);
    for (int i = 0; i < count; i++)
        fill_one(rp->dict, rows, i, &list);
    fill_choice(rp->dict, rq, &list, query);
    sm_show_if(rp->dict, K_BILLS_NONE, count == 0);
    sm_show_if(rp->dict, K_BILLS_SOME, count > 0);
    sm_show_if(rp->dict, K_FILTERED, *query != '\0');
    sm_show_if(rp->dict, K_NOT_FILTERED, *query == '\0');
    sm_bills_pages(rp->dict, page, size,
                   count > 0 ? sm_row_int(rows, 0, SELF_INVOICES__MATCHES) : 0,
                   query);
    return SM_OK;
}

const struct sm_page sm_page_invoices = {
    .path = "/invoices",
    .auth = SM_AUTH_CUSTOMER,
    .inputs = inputs,
    .ninputs = SM_COUNT(inputs),
    .get = show,
    .tpl = "invoices.tpl",
    .personal = true,
    .help = "All bills of a customer, with filter and pages.",
};
