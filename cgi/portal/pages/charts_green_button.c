/* What was used at a place and what its meters showed, for programs for
 * energy: a Green Button file. */
#include "portal/charts.h"

#include <string.h>

#include "base/text.h"
#include "domain/bill_words.h"
#include "domain/espi.h"
#include "portal/login.h"
#include "sql/charts.h"

#define FILE_MAX ((size_t)8 << 20)

enum { MILLI_DECIMALS = 3 };

static const struct sm_input inputs[] = {SM_CHARTS_INPUTS};

/* A file on its way. */
struct file {
    struct sm_request *rq;
    const struct sm_charts *charts;
    const struct sm_rows *shown;
    struct sm_espi espi;
    struct sm_espi_series *series;
    size_t count;
};

static enum sm_status no_memory(struct file *f)
{
    return SM_FAIL(&f->rq->err, SM_INTERNAL, "green button: no memory");
}

static struct sm_espi_value value_of(const struct sm_charts_one *one,
                                     const struct sm_series_point *point)
{
    struct sm_date after = sm_date_from_days(sm_date_to_days(point->to) + 1);
    struct sm_espi_value value = {
        .start_s = sm_date_begins(point->from),
        .milli = point->value,
        .quality = point->estimated ? SM_ESPI_ESTIMATED : SM_ESPI_BILLED};

    value.duration_s = sm_date_begins(after) - value.start_s;
    for (int i = one->decimals; i < MILLI_DECIMALS; i++)
        value.milli *= 10;
    return value;
}

/* What was used, period by period. */
static enum sm_status add_used(struct file *f, const struct sm_charts_one *one)
{
    struct sm_espi_value *values =
        sm_arena_calloc(f->rq->arena, SM_SERIES_POINTS, sizeof(*values));
    const char *word = sm_charts_word(one->kind);
    enum sm_lang lang = f->rq->lang;
    size_t count = 0;

    if (!values)
        return no_memory(f);
    for (size_t i = 0; i < one->series.count; i++)
        if (one->series.points[i].days > 0)
            values[count++] = value_of(one, &one->series.points[i]);
    f->series[f->count++] = (struct sm_espi_series){
        .key = sm_arena_printf(f->rq->arena, "%s %s %s", word, one->utility,
                               one->unit),
        .title = sm_arena_printf(f->rq->arena, "%s, %s",
                                 sm_charts_name(one, lang),
                                 sm_bill_unit_name(lang, one->unit)),
        .utility = one->utility,
        .unit = one->unit,
        .given = one->kind == SM_CHARTS_GIVEN,
        .values = values,
        .count = count};
    return SM_OK;
}

static enum sm_espi_quality quality_of(const struct sm_rows *rows, int i)
{
    if (strcmp(sm_row_text(rows, i, SELF_SHOWN__STATE), "accepted") != 0)
        return SM_ESPI_QUESTIONABLE;
    return strcmp(sm_row_text(rows, i, SELF_SHOWN__SOURCE), "estimated") == 0
               ? SM_ESPI_ESTIMATED
               : SM_ESPI_VALIDATED;
}

static bool same_register(const struct sm_rows *rows, int a, int b)
{
    return memcmp(sm_row_bytes(rows, a, SELF_SHOWN__METER),
                  sm_row_bytes(rows, b, SELF_SHOWN__METER), SM_ID_BYTES) == 0 &&
           sm_row_int(rows, a, SELF_SHOWN__REGISTER) ==
               sm_row_int(rows, b, SELF_SHOWN__REGISTER);
}

/* What the register of the rows FIRST to before END showed. */
static enum sm_status add_shown(struct file *f, int first, int end)
{
    const struct sm_rows *rows = f->shown;
    size_t count = (size_t)(end - first);
    struct sm_espi_value *values =
        sm_arena_calloc(f->rq->arena, count, sizeof(*values));
    char meter[SM_ID_TEXT];

    if (!values)
        return no_memory(f);
    for (int i = first; i < end; i++)
        values[i - first] = (struct sm_espi_value){
            .start_s =
                sm_date_begins(sm_row_date(rows, i, SELF_SHOWN__READ_ON)),
            .milli = sm_row_int(rows, i, SELF_SHOWN__MILLI),
            .quality = quality_of(rows, i)};
    sm_id_format(meter, sm_row_bytes(rows, first, SELF_SHOWN__METER));
    f->series[f->count++] = (struct sm_espi_series){
        .key =
            sm_arena_printf(f->rq->arena, "shown %s %d", meter,
                            (int)sm_row_int(rows, first, SELF_SHOWN__REGISTER)),
        .title = sm_arena_printf(f->rq->arena, "%s %s",
                                 sm_row_text(rows, first, SELF_SHOWN__SERIAL),
                                 sm_row_text(rows, first, SELF_SHOWN__CODE)),
        .utility = sm_row_text(rows, first, SELF_SHOWN__KIND),
        .unit = sm_row_text(rows, first, SELF_SHOWN__UNIT),
        .given = strcmp(sm_row_text(rows, first, SELF_SHOWN__REGISTER_KIND),
                        "export") == 0,
        .shown = true,
        .values = values,
        .count = count};
    return SM_OK;
}

static enum sm_status gather(struct file *f)
{
    int rows = sm_rows_count(f->shown), end;
    enum sm_status st = SM_OK;

    f->series = sm_arena_calloc(
        f->rq->arena, f->charts->count + (size_t)rows + 1, sizeof(*f->series));
    if (!f->series)
        return no_memory(f);
    for (size_t i = 0; i < f->charts->count && st == SM_OK; i++)
        if (!f->charts->all[i].currency)
            st = add_used(f, &f->charts->all[i]);
    for (int first = 0; first < rows && st == SM_OK; first = end) {
        for (end = first + 1;
             end < rows && same_register(f->shown, first, end);)
            end++;
        st = add_shown(f, first, end);
    }
    return st;
}

/* Seconds by which the clocks are before UTC when DATE begins. */
static int64_t offset_on(struct sm_date date)
{
    return sm_date_to_days(date) * 86400 - sm_date_begins(date);
}

static enum sm_status write_out(struct file *f, struct sm_reply *rp)
{
    int year = sm_date_local(f->rq->now_us).year;
    const struct sm_rows *rows = f->charts->rows;
    enum sm_status st;
    struct sm_buf out;

    memcpy(f->espi.place,
           sm_row_bytes(rows, f->charts->chosen, SELF_CHARTS__PLACE),
           sizeof(f->espi.place));
    f->espi.title = sm_row_text(rows, f->charts->chosen, SELF_CHARTS__NAME);
    f->espi.now_s = f->rq->now_us / 1000000;
    f->espi.zone_s = offset_on((struct sm_date){year, 1, 1});
    f->espi.summer_s = offset_on((struct sm_date){year, 7, 1}) - f->espi.zone_s;
    f->espi.series = f->series;
    f->espi.count = f->count;
    sm_buf_init(&out, FILE_MAX);
    st = sm_espi_write(&out, &f->espi, &f->rq->err);
    if (st == SM_OK)
        st = sm_reply_written(f->rq, rp, &out, "application/atom+xml",
                              "green-button.xml");
    sm_buf_release(&out);
    return st;
}

static enum sm_status send(struct sm_request *rq, struct sm_reply *rp)
{
    struct sm_charts *charts = NULL;
    struct sm_rows *shown = NULL;
    enum sm_status st = sm_charts_load(&charts, rq);
    struct file f = {.rq = rq};

    if (st != SM_OK)
        return st;
    if (charts->chosen < 0)
        return SM_NOT_FOUND;

    const struct sm_arg args[] = {
        sm_login_session(rq),
        sm_arg_uuid(
            sm_row_bytes(charts->rows, charts->chosen, SELF_CHARTS__PLACE)),
        sm_arg_time(rq->now_us),
    };

    st = sm_request_query(&shown, rq, &sm_sql_self_shown, args);
    f.charts = charts;
    f.shown = shown;
    if (st == SM_OK)
        st = gather(&f);
    return st == SM_OK ? write_out(&f, rp) : st;
}

const struct sm_page sm_page_charts_green_button = {
    .path = "/charts/green-button",
    .auth = SM_AUTH_CUSTOMER,
    .inputs = inputs,
    .ninputs = SM_COUNT(inputs),
    .get = send,
    .personal = true,
    .help = "Consumption and readings of a place as a Green Button file.",
};
