#include "chart/chart.h"

#include <string.h>

#include "base/text.h"
#include "chart_impl.h"
#include "money/money.h"
#include "view/svg.h"

#define ID_MOST 12

/* cgi/static/smetka.css says from which width of the screen each is shown. */
static const struct sm_chart_size sizes[] = {
    {
        .name = "narrow",
        .mark = 'n',
        .width = 2800,
        .plot = 1500,
        .font = 120,
        .bar_most = 260,
        .slot_most = 560,
    },
    {
        .name = "broad",
        .mark = 'b',
        .titles = true,
        .width = 8000,
        .plot = 2400,
        .font = 130,
        .bar_most = 360,
        .slot_most = 1280,
    },
};

static bool is_id(const char *id)
{
    size_t len = id ? strlen(id) : 0;

    if (len == 0 || len > ID_MOST || !sm_is_alpha(*id))
        return false;
    return strspn(id, "abcdefghijklmnopqrstuvwxyz0123456789") == len;
}

static bool has_value(const struct sm_chart *chart)
{
    for (size_t i = 0; i < chart->count; i++)
        if (!chart->points[i].missing || chart->points[i].has_compare)
            return true;
    return false;
}

static enum sm_status check(const struct sm_chart *chart, struct sm_error *err)
{
    if (!is_id(chart->id))
        return SM_FAIL(err, SM_INVALID, "chart: no id");
    if (chart->count > SM_CHART_POINTS)
        return SM_FAIL(err, SM_INVALID, "chart %s: %zu points", chart->id,
                       chart->count);
    if (chart->decimals < 0 || chart->decimals > SM_CHART_DECIMALS)
        return SM_FAIL(err, SM_INVALID, "chart %s: %d decimals", chart->id,
                       chart->decimals);
    if (chart->currency && !sm_currency_find(chart->currency))
        return SM_FAIL(err, SM_INVALID, "chart %s: no such currency",
                       chart->id);
    if (!has_value(chart))
        return SM_FAIL(err, SM_NOT_FOUND, "chart %s: no values", chart->id);
    return SM_OK;
}

enum sm_status sm_chart_draw(struct sm_buf *out, enum sm_lang lang,
                             const struct sm_chart *chart, struct sm_error *err)
{
    enum sm_status status = check(chart, err);
    struct sm_chart_frame frame;

    if (status != SM_OK)
        return status;
    sm_buf_adds(out, "<div class=\"chart\">\n");
    for (size_t i = 0; i < SM_COUNT(sizes); i++) {
        sm_chart_layout(&frame, chart, &sizes[i], lang);
        sm_chart_draw_frame(out, &frame);
    }
    sm_buf_adds(out, "</div>\n");
    if (!sm_buf_ok(out))
        return SM_FAIL(err, SM_INTERNAL, "chart %s: too large", chart->id);
    return SM_OK;
}

enum sm_status sm_chart_show(struct sm_dict *dict, int key,
                             const struct sm_chart *chart, struct sm_error *err)
{
    enum sm_status status;
    struct sm_buf out;

    sm_buf_init(&out, SM_CHART_BYTES);
    status = sm_chart_draw(&out, sm_dict_lang(dict), chart, err);
    if (status == SM_OK)
        sm_set_svg(dict, key, &(struct sm_svg){out.data, out.len});
    sm_buf_release(&out);
    return status;
}
