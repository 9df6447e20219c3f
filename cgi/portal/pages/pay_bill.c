/* The bill of a guest: what is owed, whether it is the right bill, one Pay
 * button.  It never names a person, an address or a contract. */
#include <string.h>

#include "keys.h"
#include "money/money.h"
#include "portal/guest.h"
#include "sql/pay_bill.h"

enum { CURRENCIES = 8, CODES_MAX = 5 };

/* What can be paid in one currency, over all codes of the page. */
struct due {
    const char *currency;
    int64_t total_minor;
    int64_t current_minor;
};

struct bill {
    const struct sm_rows *rows;
    int count;
    struct due due[CURRENCIES];
    size_t ndue;
    bool own, other, compare;
    const char *email;
};

static const struct sm_input inputs[] = {
    {"handle", SM_IN_ID, .required = true},
};

/* An account without documents has no currency of its own. */
static const char *currency_of(const struct sm_request *rq,
                               const struct bill *bill, int row)
{
    const char *currency = sm_row_text(bill->rows, row, GUEST_BILL__CURRENCY);

    return *currency ? currency
                     : sm_settings_str(rq->app->settings, "company.currency");
}

static struct due *find_due(struct bill *bill, const char *currency)
{
    for (size_t i = 0; i < bill->ndue; i++) {
        if (strcmp(bill->due[i].currency, currency) == 0)
            return &bill->due[i];
    }
    if (bill->ndue == CURRENCIES)
        return NULL;
    bill->due[bill->ndue].currency = currency;
    return &bill->due[bill->ndue++];
}

/* Add up what is owed per currency, and see whether payments are under way. */
static enum sm_status sum_up(struct bill *bill, struct sm_request *rq)
{
    for (int i = 0; i < bill->count; i++) {
        struct due *due = find_due(bill, currency_of(rq, bill, i));
        int64_t total = sm_row_int(bill->rows, i, GUEST_BILL__TOTAL_MINOR);
        int64_t current = sm_row_int(bill->rows, i, GUEST_BILL__CURRENT_MINOR);

        bill->own |= !sm_row_null(bill->rows, i, GUEST_BILL__OWN_PAYMENT);
        bill->other |=
            !sm_row_null(bill->rows, i, GUEST_BILL__OTHER_STARTED_AT);
        if (total <= 0)
            continue;
        bill->compare = true;
        if (due == NULL ||
            sm_minor_add(&due->total_minor, due->total_minor, total) != SM_OK ||
            sm_minor_add(&due->current_minor, due->current_minor, current) !=
                SM_OK)
            return SM_FAIL(&rq->err, SM_INTERNAL, "a sum is too large");
    }
    bill->email = sm_row_text(bill->rows, 0, GUEST_BILL__EMAIL);
    return SM_OK;
}

static void fill_owed(struct sm_dict *dict, const struct bill *bill, int row,
                      const char *currency)
{
    const struct sm_rows *rows = bill->rows;
    int64_t total = sm_row_int(rows, row, GUEST_BILL__TOTAL_MINOR);
    int64_t current = sm_row_int(rows, row, GUEST_BILL__CURRENT_MINOR);
    int64_t overdue = sm_row_int(rows, row, GUEST_BILL__OVERDUE_MINOR);

    sm_show(dict, K_OWED);
    sm_set_money(dict, K_TOTAL, total, currency);
    if (current > 0) {
        sm_show(dict, K_CURRENT);
        sm_set_money(dict, K_CURRENT_SUM, current, currency);
        sm_set(dict, K_NUMBER_TAIL,
               sm_row_text(rows, row, GUEST_BILL__CURRENT_NUMBER_TAIL));
        sm_set_date(dict, K_DUE_ON,
                    sm_row_date(rows, row, GUEST_BILL__CURRENT_DUE_ON));
    }
    if (total > current) {
        sm_show(dict, overdue == total - current ? K_OLDER_OVERDUE : K_OLDER);
        sm_set_money(dict, K_OLDER_SUM, total - current, currency);
    }
    if (overdue > 0 && overdue != total - current) {
        sm_show(dict, K_OVERDUE);
        sm_set_money(dict, K_OVERDUE_SUM, overdue, currency);
    }
}

static bool is_empty(const struct bill *bill, int row)
{
    return sm_row_int(bill->rows, row, GUEST_BILL__TOTAL_MINOR) <= 0 &&
           sm_row_int(bill->rows, row, GUEST_BILL__CREDIT_MINOR) <= 0;
}

/* A currency in which nothing is owed says nothing beside one of the same
 * account that does; where all are such, one slip says it. */
static bool is_worth_a_slip(const struct bill *bill, int row)
{
    int64_t account = sm_row_int(bill->rows, row, GUEST_BILL__ACCOUNT_NO);

    if (!is_empty(bill, row))
        return true;
    for (int i = 0; i < bill->count; i++) {
        if (i == row ||
            sm_row_int(bill->rows, i, GUEST_BILL__ACCOUNT_NO) != account)
            continue;
        if (i < row || !is_empty(bill, i))
            return false;
    }
    return true;
}

static void fill_bill(struct sm_dict *page, struct sm_request *rq,
                      const struct bill *bill, int row)
{
    const struct sm_rows *rows = bill->rows;
    struct sm_dict *dict = sm_section(page, K_BILL);
    const char *currency = currency_of(rq, bill, row);
    int64_t total = sm_row_int(rows, row, GUEST_BILL__TOTAL_MINOR);
    int64_t credit = sm_row_int(rows, row, GUEST_BILL__CREDIT_MINOR);

    sm_set(dict, K_CODE_HINT, sm_row_text(rows, row, GUEST_BILL__CODE_HINT));
    if (total > 0)
        fill_owed(dict, bill, row, currency);
    else
        sm_show(dict, K_NOT_OWED);
    if (credit > 0) {
        sm_show(dict, K_HAS_CREDIT);
        sm_set_money(dict, K_CREDIT, credit, currency);
        sm_show_if(dict, K_CREDIT_ONLY, total <= 0);
    }
    if (!sm_row_null(rows, row, GUEST_BILL__LAST_PAYMENT_ON)) {
        sm_show(dict, K_LAST_PAYMENT);
        sm_set_date(dict, K_LAST_PAYMENT_ON,
                    sm_row_date(rows, row, GUEST_BILL__LAST_PAYMENT_ON));
    }
    if (!sm_row_null(rows, row, GUEST_BILL__AS_OF)) {
        sm_show(dict, K_HAS_AS_OF);
        sm_set_instant(dict, K_AS_OF,
                       sm_row_time(rows, row, GUEST_BILL__AS_OF));
    }
}

/* The payment that this browser has under way: where to go on. */
static void fill_own(struct sm_dict *page, const struct bill *bill)
{
    for (int i = 0; i < bill->count; i++) {
        if (sm_row_null(bill->rows, i, GUEST_BILL__OWN_PAYMENT))
            continue;
        sm_portal_own(page,
                      sm_row_bytes(bill->rows, i, GUEST_BILL__OWN_PAYMENT),
                      sm_row_text(bill->rows, i, GUEST_BILL__OWN_STATE),
                      sm_row_time(bill->rows, i, GUEST_BILL__OWN_STARTED_AT));
        return;
    }
}

/* Of somebody else's payment only its age is told. */
static void fill_other(struct sm_dict *page, const struct sm_request *rq,
                       const struct bill *bill)
{
    int64_t latest_us = 0;

    for (int i = 0; i < bill->count; i++) {
        int64_t us = sm_row_time(bill->rows, i, GUEST_BILL__OTHER_STARTED_AT);

        if (us > latest_us)
            latest_us = us;
    }
    sm_portal_other(page, rq, latest_us);
}

/* A pay link may propose what to pay; the payer may still choose. */
static void fill_choice(struct sm_dict *dict, const struct bill *bill,
                        const struct due *due, bool other_allowed)
{
    const char *choice = sm_row_text(bill->rows, 0, GUEST_BILL__CHOICE);
    int64_t minor = sm_row_int(bill->rows, 0, GUEST_BILL__CHOICE_MINOR);

    if (strcmp(choice, "current") == 0 && due->current_minor > 0 &&
        due->current_minor < due->total_minor) {
        sm_show(dict, K_PICK_CURRENT);
    } else if (strcmp(choice, "other") == 0 && other_allowed && minor > 0) {
        char text[SM_DECIMAL_TEXT];

        sm_decimal_format(text, minor, 2);
        sm_show(dict, K_PICK_OTHER);
        sm_set(dict, K_AMOUNT_VALUE, text);
    } else {
        sm_show(dict, K_PICK_TOTAL);
    }
}

static void fill_pay(struct sm_dict *page, struct sm_request *rq,
                     const struct bill *bill, const struct due *due)
{
    const struct sm_settings *set = rq->app->settings;
    bool other = sm_settings_bool(set, "guest_pay.other_amount");
    struct sm_dict *dict = sm_section(page, K_PAY);
    uint8_t once[SM_ID_BYTES];
    char text[SM_ID_TEXT];

    sm_random(once, sizeof(once));
    sm_id_format(text, once);
    sm_set(dict, K_ONCE_KEY, text);
    sm_set(dict, K_CURRENCY, due->currency);
    sm_set_int(dict, K_SHOWN_MINOR, due->total_minor);
    sm_set_int(dict, K_CURRENT_MINOR, due->current_minor);
    sm_set_money(dict, K_PAY_TOTAL, due->total_minor, due->currency);
    if (due->current_minor > 0 && due->current_minor < due->total_minor) {
        sm_show(dict, K_PAY_CURRENT);
        sm_set_money(dict, K_PAY_CURRENT_SUM, due->current_minor,
                     due->currency);
    }
    if (other) {
        sm_show(dict, K_PAY_OTHER);
        sm_set_money(dict, K_MIN_SUM,
                     sm_settings_int(set, "guest_pay.min_minor"),
                     due->currency);
    }
    fill_choice(dict, bill, due, other);
    sm_portal_receipt_to(dict, bill->email);
}

static void fill(struct sm_dict *page, struct sm_request *rq,
                 const struct bill *bill)
{
    const char *second =
        sm_settings_str(rq->app->settings, "guest_pay.second_factor");
    bool needs_email = bill->email[0] == '\0';

    fill_own(page, bill);
    if (!bill->own)
        fill_other(page, rq, bill);
    for (int i = 0; i < bill->count; i++)
        if (is_worth_a_slip(bill, i))
            fill_bill(page, rq, bill, i);
    sm_show_if(page, K_COMPARE, bill->compare && !bill->own);
    sm_show_if(page, K_NEED_EMAIL, bill->compare && needs_email);
    for (size_t i = 0; i < bill->ndue; i++) {
        if (bill->due[i].total_minor > 0 && !needs_email && !bill->own)
            fill_pay(page, rq, bill, &bill->due[i]);
    }
    sm_show_if(page, K_CAN_ADD,
               strcmp(second, "none") == 0 && bill->count < CODES_MAX);
    sm_set_instant(page, K_EXPIRES,
                   sm_row_time(bill->rows, 0, GUEST_BILL__EXPIRES_AT));
}

/* What somebody who is logged in chose has a page of its own. */
static enum sm_status no_bill(struct sm_request *rq, struct sm_reply *rp,
                              const struct sm_handle *handle)
{
    bool selected;
    enum sm_status st = sm_portal_selected(&selected, NULL, handle, rq);

    if (st != SM_OK)
        return st;
    return selected
               ? sm_reply_see_other(rq, rp, "/pay/selection/%s", handle->text)
               : sm_portal_gone(rp);
}

static enum sm_status show(struct sm_request *rq, struct sm_reply *rp)
{
    struct bill bill = {.count = 0};
    struct sm_handle handle;
    struct sm_rows *rows = NULL;
    enum sm_status st;

    st = sm_portal_bill(&rows, &handle, rq);
    if (st != SM_OK)
        return st;
    bill.rows = rows;
    bill.count = sm_rows_count(rows);
    if (bill.count == 0)
        return no_bill(rq, rp, &handle);
    st = sum_up(&bill, rq);
    if (st != SM_OK)
        return st;
    sm_set(rp->dict, K_HANDLE, handle.text);
    fill(rp->dict, rq, &bill);
    return SM_OK;
}

const struct sm_page sm_page_pay_bill = {
    .path = "/pay/{handle}",
    .auth = SM_AUTH_PUBLIC,
    .inputs = inputs,
    .ninputs = SM_COUNT(inputs),
    .get = show,
    .tpl = "pay_bill.tpl",
    .personal = true,
    .processor_form = true,
    .help = "The bill behind a handle, for the browser that opened it.",
};
