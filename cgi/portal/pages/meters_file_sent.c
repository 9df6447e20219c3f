/* What came with a file of readings, and what became of it. */
#include <string.h>

#include "keys.h"
#include "portal/bills.h"
#include "portal/login.h"
#include "portal/meters.h"
#include "sql/meter_file.h"

static const struct sm_input inputs[] = {
    {"file", SM_IN_ID, .required = true},
    {"left_out", SM_IN_INT, .min = 1, .max = 100000},
};

static void fill_row(struct sm_dict *row, const struct sm_rows *rows, int i)
{
    sm_set(row, K_SERIAL, sm_row_text(rows, i, METER_FILE_SENT__SERIAL));
    sm_set(row, K_PLACE_ADDRESS,
           sm_row_text(rows, i, METER_FILE_SENT__ADDRESS));
    sm_meters_register(row,
                       sm_row_text(rows, i, METER_FILE_SENT__REGISTER_KIND));
    sm_meters_index(row, K_INDEX,
                    sm_row_int(rows, i, METER_FILE_SENT__VALUE_MILLI),
                    (int)sm_row_int(rows, i, METER_FILE_SENT__DECIMALS));
    sm_bills_unit(row, K_UNIT, sm_row_text(rows, i, METER_FILE_SENT__UNIT));
    sm_set_date(row, K_READ_ON, sm_row_date(rows, i, METER_FILE_SENT__READ_ON));
    sm_meters_state(row, sm_row_text(rows, i, METER_FILE_SENT__STATE));
    sm_set(row, K_REFERENCE, sm_row_text(rows, i, METER_FILE_SENT__REFERENCE));
}

static enum sm_status show(struct sm_request *rq, struct sm_reply *rp)
{
    const struct sm_value *left_out = sm_in(rq, "left_out");
    const struct sm_arg args[] = {
        sm_login_session(rq),
        sm_arg_bytes(sm_in(rq, "file")->id, SM_ID_BYTES),
        sm_arg_time(rq->now_us),
    };
    struct sm_rows *rows = NULL;
    enum sm_status st =
        sm_request_query(&rows, rq, &sm_sql_meter_file_sent, args);
    int64_t accepted = 0, in_check = 0;

    if (st != SM_OK)
        return st;
    if (sm_rows_count(rows) == 0)
        return SM_NOT_FOUND;
    for (int i = 0; i < sm_rows_count(rows); i++) {
        const char *state = sm_row_text(rows, i, METER_FILE_SENT__STATE);

        fill_row(sm_section(rp->dict, K_SENT), rows, i);
        accepted += strcmp(state, "accepted") == 0;
        in_check += strcmp(state, "in_check") == 0;
    }
    sm_set_plural(rp->dict, K_SENT_COUNT, sm_rows_count(rows));
    sm_show_if(rp->dict, K_SOME_ACCEPTED, accepted > 0);
    sm_set_plural(rp->dict, K_ACCEPTED_COUNT, accepted);
    sm_show_if(rp->dict, K_SOME_IN_CHECK, in_check > 0);
    sm_set_plural(rp->dict, K_IN_CHECK_COUNT, in_check);
    sm_show_if(rp->dict, K_SOME_LEFT_OUT, left_out->present);
    sm_set_plural(rp->dict, K_LEFT_OUT_COUNT, left_out->number);
    return SM_OK;
}

const struct sm_page sm_page_meters_file_sent = {
    .path = "/meters/file/{file}",
    .auth = SM_AUTH_CUSTOMER,
    .inputs = inputs,
    .ninputs = SM_COUNT(inputs),
    .get = show,
    .tpl = "meters_file_sent.tpl",
    .personal = true,
    .help = "What came with a file of readings, with references.",
};
