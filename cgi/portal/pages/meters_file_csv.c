/* The file to fill in: all meters for which one may send readings. */
#include "base/buf.h"
#include "domain/csv_write.h"
#include "money/money.h"
#include "portal/login.h"
#include "sql/meter_file.h"

#define FILE_MAX ((size_t)4 << 20)

static void add(struct sm_buf *out, const struct sm_rows *rows, int i)
{
    sm_csv_text(out, sm_row_text(rows, i, METER_FILE_LIST__SERIAL));
    sm_csv_number(out, sm_row_int(rows, i, METER_FILE_LIST__REGISTER), 0);
    sm_csv_text(out, sm_row_text(rows, i, METER_FILE_LIST__ADDRESS));
    if (sm_row_null(rows, i, METER_FILE_LIST__LAST_MILLI))
        sm_csv_text(out, "");
    else
        sm_csv_milli(out, sm_row_int(rows, i, METER_FILE_LIST__LAST_MILLI),
                     (int)sm_row_int(rows, i, METER_FILE_LIST__DECIMALS));
    sm_csv_date(out, sm_row_date(rows, i, METER_FILE_LIST__LAST_ON));
    sm_csv_text(out, "");
    sm_csv_end(out);
}

static enum sm_status send(struct sm_request *rq, struct sm_reply *rp)
{
    const struct sm_arg args[] = {
        sm_login_session(rq),
        sm_arg_time(rq->now_us),
    };
    struct sm_rows *rows = NULL;
    struct sm_buf out;
    enum sm_status st =
        sm_request_query(&rows, rq, &sm_sql_meter_file_list, args);

    if (st != SM_OK)
        return st;
    sm_buf_init(&out, FILE_MAX);
    sm_csv_begin(&out, "serial,register,place,last_index,last_date,value");
    for (int i = 0; i < sm_rows_count(rows); i++)
        add(&out, rows, i);
    return sm_reply_written(rq, rp, &out, "text/csv; charset=utf-8",
                            "readings.csv");
}

const struct sm_page sm_page_meters_file_csv = {
    .path = "/meters/file/csv",
    .auth = SM_AUTH_CUSTOMER,
    .get = send,
    .personal = true,
    .help = "The file to fill in with the readings of many meters.",
};
