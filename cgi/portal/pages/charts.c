/* What was billed, paid and used at a place, month by month. */
#include "portal/charts.h"

#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "chart/chart.h"
#include "domain/bill_words.h"
#include "keys.h"
#include "sql/charts.h"

enum { PER_DAY_DECIMALS = 2, VALUE_TEXT = 64 };

static const struct sm_input inputs[] = {SM_CHARTS_INPUTS};

/* What a page shows of a chart: VALUE or, if PER_DAY, what it is a day. */
struct view {
    struct sm_request *rq;
    const struct sm_charts_one *one;
    const char *unit, *title;
    bool per_day;
    struct sm_chart_point points[SM_SERIES_POINTS];
    char labels[SM_SERIES_POINTS][24], groups[SM_SERIES_POINTS][8];
};

static const char *missing_word(enum sm_charts_kind kind)
{
    if (kind == SM_CHARTS_BILLED)
        return SM_N_("No bill");
    return kind == SM_CHARTS_PAID ? SM_N_("No payment") : SM_N_("No figure");
}

/* Is there something to say by the day? */
static bool has_daily(const struct sm_charts_one *one)
{
    return !one->currency && one->series.has_average_per_day;
}

/* "12,5 kWh", "123,00 RON". */
static void format_value(char text[VALUE_TEXT], const struct view *v,
                         int64_t value)
{
    enum sm_lang lang = v->rq->lang;
    char number[48];

    if (v->one->currency) {
        sm_format_money(text, VALUE_TEXT, lang, value, v->one->currency);
        return;
    }
    sm_format_number(number, sizeof(number), lang, value,
                     v->per_day ? PER_DAY_DECIMALS : v->one->decimals);
    snprintf(text, VALUE_TEXT, "%s %s", number, v->unit);
}

static void set_value(struct sm_dict *dict, int key, const struct view *v,
                      int64_t value)
{
    char text[VALUE_TEXT];

    format_value(text, v, value);
    sm_set(dict, key, text);
}

/* "nov. 2026", not to be parted. */
static void format_month(char text[32], enum sm_lang lang,
                         const struct sm_series_point *point)
{
    char month[24];

    sm_format_month(month, sizeof(month), lang, point->month);
    snprintf(text, 32, "%s\xC2\xA0%d", month, point->year);
}

static void make_points(struct view *v)
{
    const struct sm_series *series = &v->one->series;

    for (size_t i = 0; i < series->count; i++) {
        const struct sm_series_point *p = &series->points[i];

        sm_format_month(v->labels[i], sizeof(v->labels[i]), v->rq->lang,
                        p->month);
        snprintf(v->groups[i], sizeof(v->groups[i]), "%d", p->year);
        v->points[i] = (struct sm_chart_point){
            .label = v->labels[i],
            .group = v->groups[i],
            .value = v->per_day ? p->per_day : p->value,
            .compare = v->per_day ? p->last_year_per_day : p->last_year,
            .has_compare = v->per_day ? p->has_last_year_per_day
                                      : p->has_last_year,
            .estimated = p->estimated,
            .missing = p->missing || (v->per_day && p->days == 0)};
    }
}

/* What a value is: its month and sum, "Highest: nov. 2026, 123,00 RON." */
static const char *say(const struct view *v, const char *word, size_t index)
{
    const struct sm_series_point *p = &v->one->series.points[index];
    char month[32], value[VALUE_TEXT];

    format_month(month, v->rq->lang, p);
    format_value(value, v, p->value);
    return sm_arena_printf(v->rq->arena, "%s: %s, %s.",
                           sm_tr(v->rq->lang, word), month, value);
}

/* A sentence or two on what the picture says. */
static const char *describe(const struct view *v)
{
    const struct sm_series *series = &v->one->series;
    char average[VALUE_TEXT];

    format_value(average, v,
                 v->per_day ? series->average_per_day : series->average);
    if (v->per_day)
        return sm_arena_printf(v->rq->arena, "%s: %s.",
                               sm_tr(v->rq->lang, SM_N_("Average")), average);
    return sm_arena_printf(v->rq->arena, "%s %s %s: %s.",
                           say(v, SM_N_("Highest"), series->highest),
                           say(v, SM_N_("Lowest"), series->lowest),
                           sm_tr(v->rq->lang, SM_N_("Average")), average);
}

static enum sm_status draw(struct view *v, struct sm_dict *dict, int key,
                           const char *id)
{
    const struct sm_series *series = &v->one->series;
    enum sm_lang lang = v->rq->lang;
    const struct sm_chart chart = {
        .id = id,
        .title = v->title,
        .description = describe(v),
        .unit = v->one->currency ? NULL : v->unit,
        .currency = v->one->currency,
        .decimals = v->per_day ? PER_DAY_DECIMALS : v->one->decimals,
        .points = v->points,
        .count = series->count,
        .words = {.value = sm_charts_name(v->one, lang),
                  .compare = sm_tr(lang, SM_N_("Same month of last year")),
                  .estimated = sm_tr(lang, SM_N_("Estimated")),
                  .missing = sm_tr(lang, missing_word(v->one->kind)),
                  .average = sm_tr(lang, SM_N_("Average"))},
        .average = v->per_day ? series->average_per_day : series->average,
        .has_average = v->per_day ? series->has_average_per_day
                                  : series->has_average,
        .show_most = true,
    };

    make_points(v);
    return sm_chart_show(dict, key, &chart, &v->rq->err);
}

/* Which columns the table has; DICT is that of the chart or of a row. */
static void fill_columns(struct sm_dict *dict, const struct view *v)
{
    const struct sm_series *series = &v->one->series;

    sm_show_if(dict, K_SHOW_PERIOD, v->one->kind != SM_CHARTS_PAID);
    sm_show_if(dict, K_SHOW_PER_DAY, has_daily(v->one));
    sm_show_if(dict, K_SHOW_LAST_YEAR, series->any_last_year);
}

/* A month of the table. */
static void fill_row(struct sm_dict *dict, struct view *v,
                     const struct sm_series_point *p)
{
    struct sm_dict *row = sm_section(dict, K_MONTHS);
    char text[96];

    fill_columns(row, v);
    format_month(text, v->rq->lang, p);
    sm_set(row, K_MONTH, text);
    sm_show_if(row, K_IS_ESTIMATED, p->estimated);
    sm_show_if(row, K_HAS_VALUE, !p->missing);
    sm_show_if(row, K_NO_VALUE, p->missing);
    sm_set(row, K_NO_VALUE_TEXT,
           sm_tr(v->rq->lang, missing_word(v->one->kind)));
    if (!p->missing) {
        sm_bill_period(text, sizeof(text), v->rq->lang, p->from, p->to);
        sm_set(row, K_PERIOD, text);
    }
    v->per_day = false;
    set_value(row, K_VALUE, v, p->value);
    sm_show_if(row, K_HAS_LAST_YEAR, p->has_last_year);
    set_value(row, K_LAST_YEAR, v, p->last_year);
    v->per_day = true;
    sm_show_if(row, K_HAS_PER_DAY, !p->missing && p->days > 0);
    set_value(row, K_PER_DAY, v, p->per_day);
}

static void fill_table(struct sm_dict *dict, struct view *v)
{
    const struct sm_series *series = &v->one->series;

    fill_columns(dict, v);
    for (size_t i = series->count; i-- > 0;)
        fill_row(dict, v, &series->points[i]);
    v->per_day = false;
    set_value(dict, K_AVERAGE, v, series->average);
    v->per_day = true;
    set_value(dict, K_AVERAGE_PER_DAY, v, series->average_per_day);
}

static enum sm_status fill_chart(struct sm_dict *page, struct sm_request *rq,
                                 const struct sm_charts_one *one, size_t index)
{
    struct sm_dict *dict = sm_section(page, K_CHARTS);
    const char *name = sm_charts_name(one, rq->lang);
    char id[12];
    struct view v = {.rq = rq, .one = one};
    enum sm_status st;

    v.unit = one->currency ? one->currency
                           : sm_bill_unit_name(rq->lang, one->unit);
    v.title = sm_arena_printf(rq->arena, "%s, %s", name, v.unit);
    sm_set_int(dict, K_CHART_NO, (int64_t)index);
    sm_set(dict, K_CHART_TITLE, v.title);
    sm_show_if(dict, K_IS_MONEY, one->currency != NULL);
    sm_show_if(dict, K_IS_QUANTITY, one->currency == NULL);
    snprintf(id, sizeof(id), "c%u", (unsigned)(index % 10000));
    st = draw(&v, dict, K_PICTURE, id);
    if (st == SM_OK && has_daily(one)) {
        sm_show(dict, K_DAILY);
        v.per_day = true;
        v.title = sm_arena_printf(rq->arena, "%s: %s", v.title,
                                  sm_tr(rq->lang, SM_N_("average per day")));
        snprintf(id, sizeof(id), "d%u", (unsigned)(index % 10000));
        st = draw(&v, dict, K_DAY_PICTURE, id);
    }
    if (st == SM_OK)
        fill_table(dict, &v);
    return st;
}

/* The places to choose from, where there are several. */
static void fill_places(struct sm_dict *page, const struct sm_charts *charts)
{
    const struct sm_rows *rows = charts->rows;
    const uint8_t *last = NULL;
    int64_t count = 0;

    for (int i = 0; i < sm_rows_count(rows); i++) {
        const uint8_t *id = sm_row_bytes(rows, i, SELF_CHARTS__PLACE);
        struct sm_dict *option;
        char text[SM_ID_TEXT];

        if (last && memcmp(last, id, SM_ID_BYTES) == 0)
            continue; /* a row for each of its figures */
        last = id;
        count++;
        option = sm_section(page, K_PLACE_OPTIONS);
        sm_id_format(text, id);
        sm_set(option, K_OPTION_ID, text);
        sm_setf(option, K_OPTION_NAME, "%s (…%s)",
                sm_row_text(rows, i, SELF_CHARTS__NAME),
                sm_row_text(rows, i, SELF_CHARTS__CODE_HINT));
        sm_show_if(option, K_OPTION_CHOSEN,
                   sm_row_bool(rows, i, SELF_CHARTS__CHOSEN));
    }
    sm_show_if(page, K_SEVERAL_PLACES, count > 1);
}

static void fill_place(struct sm_dict *page, const struct sm_charts *charts)
{
    struct sm_dict *place = sm_section(page, K_CHOSEN_PLACE);
    char id[SM_ID_TEXT];

    sm_id_format(
        id, sm_row_bytes(charts->rows, charts->chosen, SELF_CHARTS__PLACE));
    sm_set(place, K_PLACE_ID, id);
    sm_set(place, K_PLACE_NAME,
           sm_row_text(charts->rows, charts->chosen, SELF_CHARTS__NAME));
    sm_set(place, K_CODE_HINT,
           sm_row_text(charts->rows, charts->chosen, SELF_CHARTS__CODE_HINT));
    sm_show_if(place, K_CHARTS_NONE, charts->count == 0);
    sm_show_if(place, K_CHARTS_SOME, charts->count > 0);
}

static enum sm_status show(struct sm_request *rq, struct sm_reply *rp)
{
    struct sm_charts *charts = NULL;
    enum sm_status st = sm_charts_load(&charts, rq);

    if (st != SM_OK)
        return st;
    sm_show_if(rp->dict, K_PLACES_NONE, charts->chosen < 0);
    if (charts->chosen < 0)
        return SM_OK;
    fill_places(rp->dict, charts);
    fill_place(rp->dict, charts);
    for (size_t i = 0; i < charts->count && st == SM_OK; i++)
        st = fill_chart(rp->dict, rq, &charts->all[i], i + 1);
    return st;
}

const struct sm_page sm_page_charts = {
    .path = "/charts",
    .auth = SM_AUTH_CUSTOMER,
    .inputs = inputs,
    .ninputs = SM_COUNT(inputs),
    .get = show,
    .tpl = "charts.tpl",
    .personal = true,
    .help = "Charts of a place: billed, paid and used, month by month.",
};
