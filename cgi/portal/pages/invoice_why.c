/* Why a bill is what it is: each line, the meters, and the change against the
 * last bill and the same time last year, in parts that add up. */
#include <string.h>

#include "domain/explain.h"
#include "keys.h"
#include "money/money.h"
#include "portal/bill_load.h"
#include "portal/bills.h"
#include "portal/login.h"
#include "sql/self_bills.h"

static const struct sm_input inputs[] = {
    {"id", SM_IN_ID, .required = true},
};

static void fill_line(struct sm_dict *page, const struct sm_bill *bill,
                      const struct sm_bill_line *line)
{
    const struct sm_currency *currency = sm_currency_find(bill->currency);
    struct sm_dict *row = sm_section(page, K_LINES);
    int64_t product;
    enum sm_explain_fit fit =
        sm_explain_line(&product, line, currency ? currency->exponent : 2);

    sm_set(row, K_LINE_NAME, line->name);
    sm_bills_micro(row, K_QUANTITY, line->quantity_micro);
    sm_bills_unit(row, K_UNIT, line->unit);
    sm_bills_micro(row, K_PRICE, line->price_micro);
    sm_set_money(row, K_NET, line->net_minor, bill->currency);
    sm_show_if(row, K_PRODUCT,
               fit == SM_EXPLAIN_EXACT || fit == SM_EXPLAIN_ROUNDED);
    sm_show_if(row, K_SUM_ONLY,
               fit == SM_EXPLAIN_NO_PRICE || fit == SM_EXPLAIN_DIFFERS);
    sm_show_if(row, K_ROUNDED, fit == SM_EXPLAIN_ROUNDED);
    sm_show_if(row, K_DIFFERS, fit == SM_EXPLAIN_DIFFERS);
}

static const char *read_words(enum sm_bill_read read)
{
    switch (read) {
    case SM_BILL_MEASURED:
        return SM_N_("read by us");
    case SM_BILL_ESTIMATED:
        return SM_N_("estimated");
    case SM_BILL_SELF_READ:
        return SM_N_("sent by you");
    case SM_BILL_READ_UNKNOWN:
    default:
        return NULL;
    }
}

static void set_read(struct sm_dict *row, int key, enum sm_bill_read read)
{
    const char *words = read_words(read);

    sm_set(row, key, words ? sm_tr(sm_dict_lang(row), words) : "");
}

static void fill_register(struct sm_dict *page,
                          const struct sm_bill_register *one)
{
    struct sm_dict *row = sm_section(page, K_REGISTERS);

    sm_set(row, K_METER, one->meter);
    sm_set(row, K_REGISTER_NAME, one->name);
    sm_bills_micro(row, K_OLD_INDEX, one->old_milli * 1000);
    sm_bills_micro(row, K_NEW_INDEX, one->new_milli * 1000);
    set_read(row, K_OLD_READ, one->old_read);
    set_read(row, K_NEW_READ, one->new_read);
    sm_bills_micro(row, K_USED, one->quantity_milli * 1000);
    sm_bills_unit(row, K_UNIT, one->unit);
}

static void fill_change(struct sm_dict *page, const struct sm_bill *before,
                        const struct sm_explain_change *change, bool year)
{
    struct sm_dict *row = sm_section(page, K_CHANGES);
    const struct {
        int key;
        int64_t minor;
    } parts[] = {
        {K_BY_USE, change->consumption_minor},
        {K_BY_PRICE, change->price_minor},
        {K_BY_DAYS, change->days_minor},
        {K_BY_TAX, change->tax_minor},
        {K_BY_REST, change->other_minor},
        {K_DIFFERENCE, change->difference_minor},
        {K_BEFORE_VALUE, before->payable_minor},
    };

    sm_show_if(row, K_AGAINST_LAST, !year);
    sm_show_if(row, K_AGAINST_YEAR, year);
    sm_set(row, K_BEFORE_NUMBER, before->number);
    sm_show_if(row, K_MORE, change->difference_minor > 0);
    sm_show_if(row, K_LESS, change->difference_minor < 0);
    sm_show_if(row, K_EQUAL, change->difference_minor == 0);
    for (size_t i = 0; i < SM_COUNT(parts); i++)
        sm_set_money(row, parts[i].key, parts[i].minor, before->currency);
}

/* The change against the bill of row BEFORE; nothing where the two cannot be
 * compared. */
static enum sm_status compare(struct sm_dict *page, struct sm_request *rq,
                              const struct sm_bill *now,
                              const struct sm_rows *rows, int before, bool year)
{
    struct sm_explain_change change;
    struct sm_bill_loaded *bill;
    enum sm_status st = sm_bill_load(
        &bill, rq, sm_row_bytes(rows, before, SELF_INVOICE_LIKE__INVOICE));

    if (st == SM_OK)
        st = sm_explain_change(&change, now, &bill->bill, &rq->err);
    if (st == SM_OK)
        fill_change(page, &bill->bill, &change, year);
    return st == SM_CONFLICT || st == SM_NOT_FOUND ? SM_OK : st;
}

static enum sm_status fill_changes(struct sm_dict *page, struct sm_request *rq,
                                   const struct sm_bill *now)
{
    const struct sm_arg args[] = {
        sm_login_session(rq),
        sm_arg_uuid(sm_in(rq, "id")->id),
        sm_arg_time(rq->now_us),
    };
    struct sm_rows *rows = NULL;
    struct sm_period *periods;
    int own = -1, last, year;
    enum sm_status st =
        sm_request_query(&rows, rq, &sm_sql_self_invoice_like, args);

    if (st != SM_OK)
        return st;
    periods = sm_arena_calloc(rq->arena, (size_t)sm_rows_count(rows) + 1,
                              sizeof(*periods));
    if (!periods)
        return SM_FAIL(&rq->err, SM_INTERNAL, "periods: no memory");
    for (int i = 0; i < sm_rows_count(rows); i++) {
        periods[i].from = sm_row_date(rows, i, SELF_INVOICE_LIKE__PERIOD_FROM);
        periods[i].to = sm_row_date(rows, i, SELF_INVOICE_LIKE__PERIOD_TO);
        if (sm_row_bool(rows, i, SELF_INVOICE_LIKE__OWN))
            own = i;
    }
    if (own < 0) {
        sm_show(page, K_CHANGES_NONE);
        return SM_OK;
    }
    last = sm_explain_last_period(periods, (size_t)sm_rows_count(rows),
                                  (size_t)own);
    year =
        sm_explain_last_year(periods, (size_t)sm_rows_count(rows), (size_t)own);
    if (last >= 0)
        st = compare(page, rq, now, rows, last, false);
    if (st == SM_OK && year >= 0 && year != last)
        st = compare(page, rq, now, rows, year, true);
    sm_show_if(page, K_CHANGES_NONE, last < 0 && year < 0);
    return st;
}

static enum sm_status show(struct sm_request *rq, struct sm_reply *rp)
{
    struct sm_bill_loaded *loaded;
    const struct sm_bill *bill;
    char id[SM_ID_TEXT];
    int days;
    enum sm_status st = sm_bill_load(&loaded, rq, sm_in(rq, "id")->id);

    if (st != SM_OK)
        return st;
    bill = &loaded->bill;
    if (bill->credit_note)
        return SM_NOT_FOUND;
    sm_id_format(id, sm_in(rq, "id")->id);
    sm_set(rp->dict, K_BILL_ID, id);
    sm_set(rp->dict, K_NUMBER, bill->number);
    sm_set_money(rp->dict, K_VALUE, bill->payable_minor, bill->currency);
    days = sm_period_days((struct sm_period){bill->from, bill->to});
    sm_show_if(rp->dict, K_HAS_DAYS, days > 0);
    sm_set_plural(rp->dict, K_DAYS_NOW, days);
    for (size_t i = 0; i < bill->nlines; i++)
        fill_line(rp->dict, bill, &bill->lines[i]);
    sm_show_if(rp->dict, K_HAS_REGISTERS, bill->nregisters > 0);
    for (size_t i = 0; i < bill->nregisters; i++)
        fill_register(rp->dict, &bill->registers[i]);
    return fill_changes(rp->dict, rq, bill);
}

const struct sm_page sm_page_invoice_why = {
    .path = "/invoices/{id}/why",
    .auth = SM_AUTH_CUSTOMER,
    .inputs = inputs,
    .ninputs = SM_COUNT(inputs),
    .get = show,
    .tpl = "invoice_why.tpl",
    .personal = true,
    .help = "Why a bill is what it is, against earlier ones.",
};
