/* What a customer chose to pay: the rows, their sum, and how another amount
 * would divide, before anything is paid.  The Pay button is the guest's. */
#include <string.h>

#include "keys.h"
#include "money/money.h"
#include "portal/login.h"
#include "sql/pay_selection.h"

enum { LONG_LIST = 8 }; /* rows after which the button is out of sight */

struct selection {
    const struct sm_rows *rows;
    int count;
    const char *currency;
    int64_t bills;        /* chosen ones that are open */
    int64_t untouched;    /* of these, what the amount does not reach */
    int64_t sum_minor;    /* of these */
    int64_t parts_minor;  /* what of the amount invoices get */
    int64_t amount_minor; /* 0: all of it */
    int64_t least_minor, most_minor;
    bool other_allowed;
};

static const struct sm_input inputs[] = {
    {"handle", SM_IN_ID, .required = true},
    {"amount", SM_IN_AMOUNT, .min = 1, .max = INT64_C(100000000000),
     .label = SM_N_("Another amount")},
    {"left_out", SM_IN_INT, .min = 1, .max = SM_MANY_MAX},
};

/* The amount in the address: 0 if there is none.  What is typed there and
 * cannot be paid is refused. */
static int64_t wanted(struct sm_request *rq, const struct selection *of)
{
    const struct sm_value *amount = sm_in(rq, "amount");

    if (!of->other_allowed || *amount->raw == '\0')
        return 0;
    if (!amount->present)
        sm_in_refuse(rq, "amount",
                     SM_N_("This is not an amount. It looks like 123.45."));
    else if (amount->number < of->least_minor)
        sm_in_refuse(rq, "amount", SM_N_("The amount is too small."));
    else if (amount->number > of->most_minor)
        sm_in_refuse(rq, "amount", SM_N_("The amount is too large."));
    return rq->inputs_ok ? amount->number : 0;
}

static enum sm_status load(struct selection *out, struct sm_handle *handle,
                           struct sm_request *rq)
{
    const struct sm_settings *set = rq->app->settings;
    struct sm_rows *rows = NULL;
    enum sm_status st;

    out->least_minor = sm_settings_int(set, "guest_pay.min_minor");
    out->most_minor = sm_settings_int(set, "guest_pay.max_minor");
    out->other_allowed = sm_settings_bool(set, "guest_pay.other_amount");
    out->amount_minor = wanted(rq, out);
    sm_handle_read(handle, rq);

    const struct sm_arg args[] = {
        sm_login_session(rq),
        sm_arg_bytes(handle->hash, SM_HASH_BYTES),
        sm_arg_bytes(rq->browser_hash, SM_HASH_BYTES),
        sm_arg_int8(out->amount_minor),
        sm_arg_time(rq->now_us),
    };

    st = sm_request_query(&rows, rq, &sm_sql_pay_selection, args);
    out->rows = rows;
    out->count = st == SM_OK ? sm_rows_count(rows) : 0;
    return st;
}

static enum sm_status sum_up(struct selection *of, struct sm_request *rq)
{
    of->currency = sm_row_text(of->rows, 0, PAY_SELECTION__CURRENCY);
    for (int i = 0; i < of->count; i++) {
        int64_t open = sm_row_int(of->rows, i, PAY_SELECTION__OPEN_MINOR);

        of->parts_minor += sm_row_int(of->rows, i, PAY_SELECTION__PART_MINOR);
        if (!sm_row_bool(of->rows, i, PAY_SELECTION__CHOSEN) || open == 0)
            continue;
        of->bills++;
        of->untouched += sm_row_int(of->rows, i, PAY_SELECTION__PART_MINOR) ==
                         0;
        if (sm_minor_add(&of->sum_minor, of->sum_minor, open) != SM_OK)
            return SM_FAIL(&rq->err, SM_INTERNAL, "a sum is too large");
    }
    return SM_OK;
}

static void fill_row(struct sm_dict *page, const struct selection *of, int i)
{
    struct sm_dict *row = sm_section(page, K_ROWS);
    const struct sm_rows *rows = of->rows;
    const char *address = sm_row_text(rows, i, PAY_SELECTION__ADDRESS);
    int64_t open = sm_row_int(rows, i, PAY_SELECTION__OPEN_MINOR);

    sm_set(row, K_NUMBER, sm_row_text(rows, i, PAY_SELECTION__NUMBER));
    sm_show_if(row, K_HAS_PLACE_ADDRESS, *address != '\0');
    sm_show_if(row, K_NO_PLACE_ADDRESS, *address == '\0');
    sm_set(row, K_PLACE_ADDRESS, address);
    sm_set(row, K_CODE_HINT, sm_row_text(rows, i, PAY_SELECTION__CODE_HINT));
    sm_set_date(row, K_DUE_ON, sm_row_date(rows, i, PAY_SELECTION__DUE_ON));
    sm_show_if(row, K_NOT_CHOSEN, !sm_row_bool(rows, i, PAY_SELECTION__CHOSEN));
    sm_show_if(row, K_IS_PAID, open == 0);
    sm_show_if(row, K_WHOLE_OPEN, open > 0 && of->amount_minor == 0);
    sm_set_money(row, K_OPEN, open, of->currency);
    sm_show_if(row, K_PART, open > 0 && of->amount_minor > 0);
    sm_set_money(row, K_PART_SUM,
                 sm_row_int(rows, i, PAY_SELECTION__PART_MINOR), of->currency);
}

/* The sum, or the amount and what it leaves. */
static void fill_sum(struct sm_dict *page, const struct selection *of)
{
    int64_t pay = of->amount_minor > 0 ? of->amount_minor : of->sum_minor;

    sm_set_money(page, K_TO_PAY, pay, of->currency);
    sm_set_money(page, K_ALL_SUM, of->sum_minor, of->currency);
    if (of->amount_minor == 0)
        return;
    sm_show_if(page, K_LEAVES, pay < of->sum_minor);
    sm_set_money(page, K_LEAVES_SUM, of->sum_minor - pay, of->currency);
    sm_show_if(page, K_EXCEEDS, pay > of->sum_minor);
    sm_show_if(page, K_HAS_UNTOUCHED, of->untouched > 0);
    sm_set_plural(page, K_UNTOUCHED, of->untouched);
    sm_show_if(page, K_HAS_REST, pay > of->parts_minor);
    sm_set_money(page, K_REST_SUM, pay - of->parts_minor, of->currency);
}

/* The button, where this sum can be paid at once. */
static void fill_pay(struct sm_dict *page, const struct sm_request *rq,
                     const struct selection *of)
{
    int64_t pay = of->amount_minor > 0 ? of->amount_minor : of->sum_minor;
    char text[SM_ID_TEXT], amount[SM_DECIMAL_TEXT] = "";
    uint8_t once[SM_ID_BYTES];
    struct sm_dict *dict;

    sm_show_if(page, K_TOO_SMALL, pay < of->least_minor);
    sm_show_if(page, K_TOO_LARGE, pay > of->most_minor);
    if (pay < of->least_minor || pay > of->most_minor || !rq->inputs_ok)
        return;
    dict = sm_section(page, K_PAY);
    sm_random(once, sizeof(once));
    sm_id_format(text, once);
    if (of->amount_minor > 0)
        sm_decimal_format(amount, pay, 2);
    sm_set(dict, K_BROWSER_CSRF, sm_auth_browser_token(rq));
    sm_set(dict, K_ONCE_KEY, text);
    sm_set(dict, K_CURRENCY, of->currency);
    sm_set(dict, K_PAY_CHOICE, of->amount_minor > 0 ? "other" : "total");
    sm_set(dict, K_PAY_AMOUNT, amount);
    sm_set_int(dict, K_SHOWN_MINOR, of->sum_minor);
    sm_portal_receipt_to(dict, sm_row_text(of->rows, 0, PAY_SELECTION__EMAIL));
}

static void fill_form(struct sm_dict *page, const struct sm_request *rq,
                      const struct selection *of)
{
    const char *email = sm_row_text(of->rows, 0, PAY_SELECTION__EMAIL);

    sm_set_money(page, K_MIN_SUM, of->least_minor, of->currency);
    sm_set_money(page, K_MAX_SUM, of->most_minor, of->currency);
    sm_set(page, K_CURRENCY, of->currency);
    sm_show_if(page, K_NEED_EMAIL, *email == '\0');
    if (*email != '\0')
        fill_pay(page, rq, of);
    sm_show_if(page, K_CAN_DIVIDE, of->other_allowed);
    sm_show_if(page, K_PAY_WHOLE, of->amount_minor > 0 || !rq->inputs_ok);
}

static void fill(struct sm_dict *page, const struct sm_request *rq,
                 const struct selection *of)
{
    const struct sm_rows *rows = of->rows;
    const struct sm_value *left_out = sm_in(rq, "left_out");
    bool own = !sm_row_null(rows, 0, PAY_SELECTION__OWN_PAYMENT);

    if (own)
        sm_portal_own(page, sm_row_bytes(rows, 0, PAY_SELECTION__OWN_PAYMENT),
                      sm_row_text(rows, 0, PAY_SELECTION__OWN_STATE),
                      sm_row_time(rows, 0, PAY_SELECTION__OWN_STARTED_AT));
    else
        sm_portal_other(page, rq,
                        sm_row_time(rows, 0, PAY_SELECTION__OTHER_STARTED_AT));
    sm_show_if(page, K_HAS_LEFT_OUT, left_out->present);
    sm_set_plural(page, K_LEFT_OUT, left_out->number);
    sm_show_if(page, K_ALL_PAID, of->sum_minor == 0);
    sm_show_if(page, K_IS_LONG, of->count - of->untouched > LONG_LIST);
    sm_show(page, of->amount_minor > 0 ? K_DIVIDED : K_WHOLE);
    sm_set_plural(page, K_CHOSEN_COUNT, of->bills);
    for (int i = 0; i < of->count; i++) {
        if (of->amount_minor == 0 ||
            sm_row_int(rows, i, PAY_SELECTION__PART_MINOR) > 0)
            fill_row(page, of, i);
    }
    if (of->sum_minor > 0) {
        sm_show(page, K_TO_BE_PAID);
        fill_sum(page, of);
        if (!own)
            fill_form(page, rq, of);
    }
    sm_set_instant(page, K_EXPIRES,
                   sm_row_time(rows, 0, PAY_SELECTION__EXPIRES_AT));
}

static enum sm_status show(struct sm_request *rq, struct sm_reply *rp)
{
    struct selection selection = {.count = 0};
    struct sm_handle handle;
    enum sm_status st = load(&selection, &handle, rq);

    if (st != SM_OK)
        return st;
    if (selection.count == 0) {
        rp->http = 404;
        rp->tpl = "pay_selected_gone.tpl";
        return SM_OK;
    }
    st = sum_up(&selection, rq);
    if (st != SM_OK)
        return st;
    sm_set(rp->dict, K_HANDLE, handle.text);
    fill(rp->dict, rq, &selection);
    return rq->inputs_ok ? SM_OK : SM_INVALID;
}

const struct sm_page sm_page_pay_selected = {
    .path = "/pay/selection/{handle}",
    .auth = SM_AUTH_CUSTOMER,
    .inputs = inputs,
    .ninputs = SM_COUNT(inputs),
    .get = show,
    .tpl = "pay_selected.tpl",
    .personal = true,
    .processor_form = true,
    .help = "What a customer chose to pay, and how an amount divides.",
};
