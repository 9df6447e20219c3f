/* Which values are written beside their bars: all where each has room within
 * its place, else the greatest and the least, where nothing is in the way. */
#include "chart_impl.h"

#define APART 40 /* between a number and its bar */

/* The place of a number on the side of its bar's end. */
struct spot {
    int from, to; /* across */
    int y;        /* of the end of the bar */
    bool down;    /* the bar hangs from zero */
};

static int number_width(const struct sm_chart_frame *frame, size_t index)
{
    char text[SM_CHART_NUMBER];

    sm_chart_value(text, frame->chart, frame->lang,
                   frame->chart->points[index].value, false);
    return sm_chart_number_width(text, frame->size->font);
}

static bool all_have_room(const struct sm_chart_frame *frame)
{
    int slot = frame->slots / (int)frame->chart->count;

    for (size_t i = 0; i < frame->chart->count; i++)
        if (!frame->chart->points[i].missing &&
            number_width(frame, i) + APART > slot - frame->shift)
            return false;
    return true;
}

static int end_of(const struct sm_chart_box *box, bool down)
{
    return down ? box->y + box->height : box->y;
}

/* Write a number with the middle X at END of a bar. */
static void put(struct sm_chart_frame *frame, size_t index, int x, int end)
{
    struct sm_chart_number *number = &frame->numbers[index];

    number->shown = true;
    number->x = x;
    number->y = frame->chart->points[index].value < 0
                    ? end + APART + frame->size->font * 8 / 10
                    : end - APART;
}

/* Move the spot's end behind that of BOX if they meet across. */
static void clear_box(struct spot *spot, const struct sm_chart_box *box,
                      int zero)
{
    bool down = box->y >= zero;
    int end = end_of(box, down);

    if (box->x + box->width < spot->from || box->x > spot->to ||
        down != spot->down)
        return;
    if (spot->down ? end > spot->y : end < spot->y)
        spot->y = end;
}

/* Write the value at INDEX at the end of its bar. */
static void place_close(struct sm_chart_frame *frame, size_t index)
{
    struct sm_chart_box box = sm_chart_box(frame, index, false);
    bool down = frame->chart->points[index].value < 0;

    put(frame, index, box.x + box.width / 2, end_of(&box, down));
}

/* The place above or below the bar at INDEX, moved off the axis and into the
 * picture. */
static struct spot spot_of(const struct sm_chart_frame *frame, size_t index)
{
    struct sm_chart_box box = sm_chart_box(frame, index, false);
    int width = number_width(frame, index);
    struct spot spot;

    spot.down = frame->chart->points[index].value < 0;
    spot.y = end_of(&box, spot.down);
    spot.from = box.x + box.width / 2 - width / 2;
    if (spot.from + width > frame->size->width)
        spot.from = frame->size->width - width;
    if (spot.from < frame->left)
        spot.from = frame->left;
    spot.to = spot.from + width;
    return spot;
}

/* Write the value at INDEX where no bar is in its way, if that is not more
 * than a line away from its own. */
static void place_clear(struct sm_chart_frame *frame, size_t index)
{
    const struct sm_chart_point *points = frame->chart->points;
    struct spot spot = spot_of(frame, index);
    int own = spot.y, most = frame->size->font * 2;

    for (size_t i = 0; i < frame->chart->count; i++) {
        struct sm_chart_box value = sm_chart_box(frame, i, false);
        struct sm_chart_box compare = sm_chart_box(frame, i, true);

        if (!points[i].missing)
            clear_box(&spot, &value, frame->zero);
        if (points[i].has_compare)
            clear_box(&spot, &compare, frame->zero);
    }
    if (own - spot.y <= most && spot.y - own <= most &&
        spot.to <= frame->size->width)
        put(frame, index, (spot.from + spot.to) / 2, spot.y);
}

/* The greatest (SIGN 1) or least (-1); the newest of equals; COUNT: none. */
static size_t find(const struct sm_chart *chart, int sign)
{
    size_t found = chart->count;

    for (size_t i = 0; i < chart->count; i++) {
        const struct sm_chart_point *points = chart->points;

        if (points[i].missing)
            continue;
        if (found == chart->count ||
            (sign > 0 ? points[i].value >= points[found].value
                      : points[i].value <= points[found].value))
            found = i;
    }
    return found;
}

void sm_chart_place_numbers(struct sm_chart_frame *frame)
{
    const struct sm_chart *chart = frame->chart;
    size_t least = find(chart, -1), most = find(chart, 1);

    if (most == chart->count ||
        (chart->points[most].value == 0 && chart->points[least].value == 0))
        return;
    if (all_have_room(frame)) {
        for (size_t i = 0; i < chart->count; i++)
            if (!chart->points[i].missing)
                place_close(frame, i);
    } else if (chart->show_most) {
        place_clear(frame, most);
        place_clear(frame, least);
    }
}
