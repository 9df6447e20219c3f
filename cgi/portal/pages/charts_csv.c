/* The figures of the charts as a file for a spreadsheet. */
#include "portal/charts.h"

#include "domain/csv_write.h"
#include "sql/charts.h"

enum { PER_DAY_DECIMALS = 2 };

#define FILE_MAX ((size_t)1 << 20)

static const struct sm_input inputs[] = {SM_CHARTS_INPUTS};

static void add_value(struct sm_buf *out, const struct sm_charts_one *one,
                      bool has, int64_t value)
{
    if (!has)
        sm_csv_none(out);
    else if (one->currency)
        sm_csv_money(out, value, one->currency);
    else
        sm_csv_number(out, value, one->decimals);
}

static void add_per_day(struct sm_buf *out, const struct sm_charts_one *one,
                        bool has, int64_t value)
{
    if (has && !one->currency)
        sm_csv_number(out, value, PER_DAY_DECIMALS);
    else
        sm_csv_none(out);
}

static void add(struct sm_buf *out, const struct sm_charts_one *one,
                const struct sm_series_point *p, const char *code_hint)
{
    sm_csv_text(out, code_hint);
    sm_csv_text(out, sm_charts_word(one->kind));
    sm_csv_text(out, one->utility);
    sm_csv_text(out, one->unit);
    sm_buf_addf(out, ",%04d-%02d", p->year, p->month);
    sm_csv_date(out, p->from);
    sm_csv_date(out, p->to);
    add_value(out, one, !p->missing, p->value);
    add_per_day(out, one, !p->missing && p->days > 0, p->per_day);
    add_value(out, one, p->has_last_year, p->last_year);
    add_per_day(out, one, p->has_last_year_per_day, p->last_year_per_day);
    sm_csv_text(out, p->estimated ? "estimated" : "");
    sm_csv_end(out);
}

static enum sm_status send(struct sm_request *rq, struct sm_reply *rp)
{
    struct sm_charts *charts = NULL;
    struct sm_buf out;
    enum sm_status st = sm_charts_load(&charts, rq);

    if (st != SM_OK)
        return st;
    sm_buf_init(&out, FILE_MAX);
    sm_csv_begin(&out, "code_ending,kind,utility,unit,month,first_day,last_day,"
                       "value,per_day,last_year,last_year_per_day,how");
    for (size_t i = 0; i < charts->count; i++)
        for (size_t j = 0; j < charts->all[i].series.count; j++)
            add(&out, &charts->all[i], &charts->all[i].series.points[j],
                sm_row_text(charts->rows, charts->chosen,
                            SELF_CHARTS__CODE_HINT));
    return sm_reply_written(rq, rp, &out, "text/csv; charset=utf-8",
                            "charts.csv");
}

const struct sm_page sm_page_charts_csv = {
    .path = "/charts/csv",
    .auth = SM_AUTH_CUSTOMER,
    .inputs = inputs,
    .ninputs = SM_COUNT(inputs),
    .get = send,
    .personal = true,
    .help = "The figures of the charts as a file.",
};
