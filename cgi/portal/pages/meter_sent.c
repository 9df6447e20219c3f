/* What was sent: the index, what was used, what the next bill may come to,
 * what became of it. */
#include <string.h>

#include "base/text.h"
#include "domain/project.h"
#include "keys.h"
#include "portal/bill_load.h"
#include "portal/bills.h"
#include "portal/login.h"
#include "portal/meters.h"
#include "sql/self_meters.h"

static const struct sm_input inputs[] = {
    {"submission", SM_IN_ID, .required = true},
};

static void fill_value(struct sm_dict *page, const struct sm_rows *rows, int i)
{
    struct sm_dict *row = sm_section(page, K_VALUES);

    sm_meters_register(row,
                       sm_row_text(rows, i, SELF_METER_SENT__REGISTER_KIND));
    sm_bills_unit(row, K_UNIT, sm_row_text(rows, i, SELF_METER_SENT__UNIT));
    sm_meters_index(row, K_INDEX,
                    sm_row_int(rows, i, SELF_METER_SENT__VALUE_MILLI),
                    (int)sm_row_int(rows, i, SELF_METER_SENT__DECIMALS));
    if (sm_row_null(rows, i, SELF_METER_SENT__USE_MILLI))
        return;
    sm_show(row, K_HAS_USE);
    sm_meters_amount(row, K_USE,
                     sm_row_int(rows, i, SELF_METER_SENT__USE_MILLI));
    sm_set_plural(row, K_USE_DAYS, sm_row_int(rows, i, SELF_METER_SENT__DAYS));
}

/* What was used since the last bill by all registers; false where that is not
 * one number: units differ, something is fed into the network or not known. */
static bool sum_use(int64_t *out, const struct sm_rows *rows)
{
    const char *unit = sm_row_text(rows, 0, SELF_METER_SENT__UNIT);

    *out = 0;
    for (int i = 0; i < sm_rows_count(rows); i++) {
        const char *kind = sm_row_text(rows, i, SELF_METER_SENT__REGISTER_KIND);

        if (strcmp(kind, "export") == 0 ||
            strcmp(sm_row_text(rows, i, SELF_METER_SENT__UNIT), unit) != 0 ||
            sm_row_null(rows, i, SELF_METER_SENT__BILL_USE_MILLI) ||
            __builtin_add_overflow(
                *out, sm_row_int(rows, i, SELF_METER_SENT__BILL_USE_MILLI),
                out))
            return false;
    }
    return true;
}

/* The bill that this may become, where there is a basis to say so. */
static enum sm_status fill_estimate(struct sm_dict *page, struct sm_request *rq,
                                    const struct sm_rows *rows)
{
    struct sm_bill_loaded *last = NULL;
    int64_t use, minor;
    enum sm_status st;

    if (sm_row_null(rows, 0, SELF_METER_SENT__LAST_BILL) ||
        !sum_use(&use, rows))
        return SM_OK;
    st = sm_bill_load(&last, rq,
                      sm_row_bytes(rows, 0, SELF_METER_SENT__LAST_BILL));
    if (st != SM_OK)
        return st;
    if (sm_bill_project(&minor, &last->bill,
                        sm_row_text(rows, 0, SELF_METER_SENT__UNIT),
                        use) != SM_OK)
        return SM_OK;
    sm_show(page, K_HAS_ESTIMATE);
    sm_set_money(page, K_ESTIMATE, minor, last->bill.currency);
    sm_meters_amount(page, K_ESTIMATE_USE, use);
    sm_bills_unit(page, K_ESTIMATE_UNIT,
                  sm_row_text(rows, 0, SELF_METER_SENT__UNIT));
    sm_set_date(page, K_ESTIMATE_SINCE,
                sm_row_date(rows, 0, SELF_METER_SENT__BILL_SINCE));
    sm_set(page, K_ESTIMATE_BILL, last->bill.number);
    return SM_OK;
}

static enum sm_status show(struct sm_request *rq, struct sm_reply *rp)
{
    const struct sm_arg args[] = {
        sm_login_session(rq),
        sm_arg_uuid(sm_in(rq, "submission")->id),
        sm_arg_time(rq->now_us),
    };
    struct sm_dict *page = rp->dict;
    struct sm_rows *rows = NULL;
    const char *state, *reason;
    char id[SM_ID_TEXT];
    enum sm_status st =
        sm_request_query(&rows, rq, &sm_sql_self_meter_sent, args);

    if (st != SM_OK)
        return st;
    if (sm_rows_count(rows) == 0)
        return SM_NOT_FOUND; /* another's is as unknown as none */
    state = sm_row_text(rows, 0, SELF_METER_SENT__STATE);
    reason = sm_row_text(rows, 0, SELF_METER_SENT__REASON);
    sm_id_format(id, sm_row_bytes(rows, 0, SELF_METER_SENT__METER));
    sm_set(page, K_METER_ID, id);
    sm_set(page, K_SERIAL, sm_row_text(rows, 0, SELF_METER_SENT__SERIAL));
    sm_set(page, K_REFERENCE, sm_row_text(rows, 0, SELF_METER_SENT__REFERENCE));
    sm_set_date(page, K_READ_ON,
                sm_row_date(rows, 0, SELF_METER_SENT__READ_ON));
    sm_meters_state(page, state);
    sm_show_if(page, K_HAS_REASON, *reason != '\0');
    sm_set(page, K_REASON, reason);
    sm_show_if(page, K_CORRECTABLE,
               !sm_row_null(rows, 0, SELF_METER_SENT__CORRECTABLE_UNTIL));
    sm_set_date(page, K_CORRECT_UNTIL,
                sm_row_date(rows, 0, SELF_METER_SENT__CORRECTABLE_UNTIL));
    for (int i = 0; i < sm_rows_count(rows); i++)
        fill_value(page, rows, i);
    if (strcmp(state, "accepted") == 0 || strcmp(state, "in_check") == 0)
        return fill_estimate(page, rq, rows);
    return SM_OK;
}

const struct sm_page sm_page_meter_sent = {
    .path = "/meters/sent/{submission}",
    .auth = SM_AUTH_CUSTOMER,
    .inputs = inputs,
    .ninputs = SM_COUNT(inputs),
    .get = show,
    .tpl = "meter_sent.tpl",
    .personal = true,
    .help = "An index that was sent: use, estimated bill, what became of it.",
};
