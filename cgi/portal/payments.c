#include "portal/payments.h"

#include <string.h>

#include "base/clock.h"
#include "keys.h"
#include "pay/pay.h"
#include "portal/bills.h"
#include "portal/login.h"
#include "sql/self_payments.h"

/* The three statements have the same columns, the list one more. */
_Static_assert((int)SELF_PAYMENT__RECEIPT_NO == SELF_PAYMENTS__RECEIPT_NO &&
                   (int)SELF_PAYMENTS_LIKE__RECEIPT_NO ==
                       SELF_PAYMENTS__RECEIPT_NO,
               "the columns of a payment");

/* Received, but on no account yet: by when it will be, or that it is late. */
static void fill_received(struct sm_dict *row, const struct sm_request *rq,
                          struct sm_date received)
{
    struct sm_date by = sm_pay_posting_day(
        received, sm_settings_int(rq->app->settings, "company.post_days"));
    bool late = sm_date_to_days(sm_date_local(rq->now_us)) >
                sm_date_to_days(by);

    sm_show_if(row, K_IS_RECEIVED, !late);
    sm_show_if(row, K_IS_LATE, late);
    sm_set_date(row, K_POST_BY, by);
}

static void fill_state(struct sm_dict *row, const struct sm_request *rq,
                       const struct sm_rows *rows, int i)
{
    const char *state = sm_row_text(rows, i, SELF_PAYMENTS__STATE);
    bool settled = strcmp(state, "settled") == 0;
    const uint8_t *payment =
        sm_row_null(rows, i, SELF_PAYMENTS__PAYMENT)
            ? NULL
            : sm_row_bytes(rows, i, SELF_PAYMENTS__PAYMENT);

    sm_show_if(row, K_IS_POSTED, settled);
    sm_set_date(row, K_POSTED_ON,
                sm_row_date(rows, i, SELF_PAYMENTS__POSTED_ON));
    sm_show_if(row, K_IS_PROCESSING, strcmp(state, "processing") == 0);
    if (strcmp(state, "received") == 0)
        fill_received(row, rq,
                      sm_row_date(rows, i, SELF_PAYMENTS__RECEIVED_ON));
    if (payment && settled)
        sm_bills_receipt(row, rq, payment);
    else if (payment)
        sm_bills_status(row, rq, payment);
}

void sm_payments_fill(struct sm_dict *row, const struct sm_request *rq,
                      const struct sm_rows *rows, int i)
{
    const char *currency = sm_row_text(rows, i, SELF_PAYMENTS__CURRENCY);
    int64_t refunded = sm_row_int(rows, i, SELF_PAYMENTS__REFUNDED_MINOR);
    bool has_id = !sm_row_null(rows, i, SELF_PAYMENTS__ID);
    char id[SM_ID_TEXT];

    sm_show_if(row, K_HAS_PAYMENT_PAGE, has_id);
    sm_show_if(row, K_NO_PAYMENT_PAGE, !has_id);
    if (has_id) {
        sm_id_format(id, sm_row_bytes(rows, i, SELF_PAYMENTS__ID));
        sm_set(row, K_PAYMENT_ID, id);
    }
    sm_bills_how(row, sm_row_text(rows, i, SELF_PAYMENTS__HOW));
    sm_set_date(row, K_RECEIVED_ON,
                sm_row_date(rows, i, SELF_PAYMENTS__RECEIVED_ON));
    sm_set(row, K_REFERENCE, sm_row_text(rows, i, SELF_PAYMENTS__REFERENCE));
    sm_set(row, K_CODE_HINT, sm_row_text(rows, i, SELF_PAYMENTS__CODE_HINT));
    sm_set_money(row, K_PAID, sm_row_int(rows, i, SELF_PAYMENTS__AMOUNT_MINOR),
                 currency);
    sm_show_if(row, K_HAS_BACK, refunded > 0);
    sm_set_money(row, K_BACK, refunded, currency);
    fill_state(row, rq, rows, i);
}
