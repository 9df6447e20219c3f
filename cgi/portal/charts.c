#include "portal/charts.h"

#include <string.h>

#include "portal/login.h"
#include "sql/charts.h"

enum { MILLI_DECIMALS = 3 };

static const char *const words[] = {"billed", "paid", "use", "given"};

const char *sm_charts_word(enum sm_charts_kind kind)
{
    return words[kind];
}

static const char *name_of(const struct sm_charts_one *one)
{
    static const struct {
        const char *utility, *used;
    } names[] = {
        {"electricity", SM_N_("Electricity used")},
        {"gas", SM_N_("Gas used")},
        {"water", SM_N_("Water used")},
        {"heat", SM_N_("Heat used")},
    };

    if (one->kind == SM_CHARTS_BILLED)
        return SM_N_("Billed sums");
    if (one->kind == SM_CHARTS_PAID)
        return SM_N_("Paid sums");
    if (one->kind == SM_CHARTS_GIVEN)
        return SM_N_("Given back to the network");
    for (size_t i = 0; i < SM_COUNT(names); i++)
        if (strcmp(names[i].utility, one->utility) == 0)
            return names[i].used;
    return SM_N_("Consumption");
}

const char *sm_charts_name(const struct sm_charts_one *one, enum sm_lang lang)
{
    return sm_tr(lang, name_of(one));
}

static enum sm_charts_kind kind_of(const char *word)
{
    size_t kind = 0;

    while (kind + 1 < SM_COUNT(words) && strcmp(words[kind], word) != 0)
        kind++;
    return (enum sm_charts_kind)kind;
}

static bool same_text(const struct sm_rows *rows, int a, int b, int column)
{
    return strcmp(sm_row_text(rows, a, column), sm_row_text(rows, b, column)) ==
           0;
}

/* Do the rows A and B belong to one chart? */
static bool same_chart(const struct sm_rows *rows, int a, int b)
{
    return sm_row_bool(rows, a, SELF_CHARTS__CHOSEN) ==
               sm_row_bool(rows, b, SELF_CHARTS__CHOSEN) &&
           same_text(rows, a, b, SELF_CHARTS__KIND) &&
           same_text(rows, a, b, SELF_CHARTS__UTILITY) &&
           same_text(rows, a, b, SELF_CHARTS__UNIT);
}

/* The row after the last that belongs to the chart of row FIRST. */
static int end_of(const struct sm_rows *rows, int first)
{
    int end = first + 1;

    while (end < sm_rows_count(rows) && same_chart(rows, first, end))
        end++;
    return end;
}

/* Cut thousandths to the decimals that a figure of the chart has; one unit is
 * then the value returned. */
static int64_t trim(struct sm_charts_one *one, struct sm_series_figure *figures,
                    size_t count)
{
    int64_t units = 1;

    for (one->decimals = MILLI_DECIMALS; one->decimals > 0; one->decimals--) {
        for (size_t i = 0; i < count; i++)
            if (figures[i].value % 10 != 0)
                goto out;
        for (size_t i = 0; i < count; i++)
            figures[i].value /= 10;
    }
out:
    for (int i = 0; i < one->decimals; i++)
        units *= 10;
    return units;
}

static enum sm_status read_one(struct sm_charts_one *one, struct sm_request *rq,
                               const struct sm_rows *rows, int first, int end)
{
    size_t count = (size_t)(end - first);
    struct sm_series_figure *figures =
        sm_arena_calloc(rq->arena, count, sizeof(*figures));
    int64_t units = 1;

    if (!figures)
        return SM_FAIL(&rq->err, SM_INTERNAL, "charts: no memory");
    for (int i = first; i < end; i++)
        figures[i - first] = (struct sm_series_figure){
            .from = sm_row_date(rows, i, SELF_CHARTS__FROM_ON),
            .to = sm_row_date(rows, i, SELF_CHARTS__TO_ON),
            .value = sm_row_int(rows, i, SELF_CHARTS__VALUE),
            .estimated = sm_row_bool(rows, i, SELF_CHARTS__ESTIMATED)};
    one->kind = kind_of(sm_row_text(rows, first, SELF_CHARTS__KIND));
    one->utility = sm_row_text(rows, first, SELF_CHARTS__UTILITY);
    one->unit = sm_row_text(rows, first, SELF_CHARTS__UNIT);
    if (one->kind == SM_CHARTS_BILLED || one->kind == SM_CHARTS_PAID)
        one->currency = one->unit;
    else
        units = trim(one, figures, count);
    return sm_series_make(&one->series, figures, count, units, &rq->err);
}

/* The rows of the chosen place: one without a kind if there is no figure. */
static enum sm_status read_all(struct sm_charts *charts, struct sm_request *rq)
{
    const struct sm_rows *rows = charts->rows;
    enum sm_status st = SM_OK;
    struct sm_charts_one *all;
    int end = charts->chosen;
    size_t count = 0;

    while (end < sm_rows_count(rows) &&
           sm_row_bool(rows, end, SELF_CHARTS__CHOSEN) &&
           !sm_row_null(rows, end, SELF_CHARTS__KIND)) {
        end = end_of(rows, end);
        count++;
    }
    all = sm_arena_calloc(rq->arena, count + 1, sizeof(*all));
    if (!all)
        return SM_FAIL(&rq->err, SM_INTERNAL, "charts: no memory");
    end = charts->chosen;
    for (size_t i = 0; i < count && st == SM_OK; i++) {
        int first = end;

        end = end_of(rows, first);
        st = read_one(&all[i], rq, rows, first, end);
    }
    charts->all = all;
    charts->count = count;
    return st;
}

enum sm_status sm_charts_load(struct sm_charts **out, struct sm_request *rq)
{
    const struct sm_value *place = sm_in(rq, "place");
    const struct sm_arg args[] = {
        sm_login_session(rq),
        sm_arg_uuid(place->present ? place->id : NULL),
        sm_arg_time(rq->now_us),
    };
    struct sm_charts *charts = sm_arena_calloc(rq->arena, 1, sizeof(*charts));
    struct sm_rows *rows = NULL;
    enum sm_status st;
    int i = 0;

    *out = charts;
    if (!charts)
        return SM_FAIL(&rq->err, SM_INTERNAL, "charts: no memory");
    st = sm_request_query(&rows, rq, &sm_sql_self_charts, args);
    if (st != SM_OK)
        return st;
    charts->rows = rows;
    charts->chosen = -1;
    while (i < sm_rows_count(rows) &&
           !sm_row_bool(rows, i, SELF_CHARTS__CHOSEN))
        i++;
    if (i == sm_rows_count(rows))
        return place->present ? SM_NOT_FOUND : SM_OK;
    charts->chosen = i;
    return read_all(charts, rq);
}
