/* Where everything in a chart goes. */
#include <string.h>

#include "base/text.h"
#include "chart_impl.h"

#define GAP 80         /* between figures of the axis and the plot */
#define KEY_MARK 160   /* the mark of an entry of the legend */
#define KEY_GAP 70     /* between mark and word */
#define KEY_APART 220  /* between entries */
#define LABEL_APART 70 /* between labels */
#define BAR_LEAST 15   /* of what is drawn at all, so that zero shows */
#define LINE(size) ((size)->font * 17 / 10)

/* Widths in hundredths of a point's place. */
#define ALONE 62 /* a bar without last year's */
#define PAIR 78  /* both together */
#define EACH 50  /* each of a pair */

static bool has_word(const char *word)
{
    return word && *word;
}

/* What the chart has at all. */
static void look(const struct sm_chart *chart, bool *compare, bool *estimated,
                 bool *missing)
{
    *compare = *estimated = *missing = false;
    for (size_t i = 0; i < chart->count; i++) {
        *compare = *compare || chart->points[i].has_compare;
        *missing = *missing || chart->points[i].missing;
        *estimated = *estimated ||
                     (chart->points[i].estimated && !chart->points[i].missing);
    }
}

static void add_key(struct sm_chart_frame *frame, const char *mark,
                    const char *word)
{
    if (has_word(word))
        frame->keys[frame->nkeys++] =
            (struct sm_chart_key){mark, word, "", 0, 0};
}

/* The entries of the legend; none where there is but one kind of mark. */
static void list_keys(struct sm_chart_frame *frame)
{
    const struct sm_chart *chart = frame->chart;
    const struct sm_chart_words *words = &chart->words;
    bool compare, estimated, missing;

    look(chart, &compare, &estimated, &missing);
    if (!compare && !estimated && !missing && !chart->has_average)
        return;
    add_key(frame, "bar", words->value);
    if (estimated)
        add_key(frame, "est", words->estimated);
    if (compare)
        add_key(frame, "was", words->compare);
    if (missing)
        add_key(frame, "gap", words->missing);
    if (chart->has_average && has_word(words->average)) {
        add_key(frame, "avg", words->average);
        sm_chart_value(frame->keys[frame->nkeys - 1].value, chart, frame->lang,
                       chart->average, true);
    }
}

/* Set the entries in lines from the top; returns where they end. */
static int place_keys(struct sm_chart_frame *frame)
{
    const struct sm_chart_size *size = frame->size;
    int x = 0, y = 0;

    list_keys(frame);
    for (int i = 0; i < frame->nkeys; i++) {
        struct sm_chart_key *key = &frame->keys[i];
        int width = KEY_MARK + KEY_GAP +
                    sm_chart_text_width(key->word, SM_CHART_WORD, size->font) +
                    sm_chart_number_width(key->value, size->font);

        if (x > 0 && x + width > size->width) {
            x = 0;
            y += LINE(size);
        }
        key->x = x;
        key->y = y + size->font;
        x += width + KEY_APART;
    }
    return frame->nkeys > 0 ? y + LINE(size) + size->font / 2 : 0;
}

/* The width that the figures of the axis need. */
static int figures_width(const struct sm_chart_frame *frame)
{
    char text[SM_CHART_NUMBER];
    int widest = 0;

    for (int i = -frame->scale.below; i <= frame->scale.above; i++) {
        int width;

        sm_chart_tick(text, frame->chart, frame->lang, &frame->scale, i);
        width = sm_chart_text_width(text, SM_CHART_NUMBER, frame->size->font);
        widest = width > widest ? width : widest;
    }
    return widest;
}

static int label_width(const struct sm_chart_frame *frame, size_t index)
{
    return sm_chart_text_width(frame->chart->points[index].label,
                               SM_CHART_LABEL, frame->size->font);
}

/* Labels that would touch are thinned out: each EVERY-th is left, counted from
 * the last, which is the newest. */
static void thin_labels(struct sm_chart_frame *frame)
{
    static const int every[] = {1, 2, 3, 4, 6, 12};
    int count = (int)frame->chart->count, widest = 0;

    for (size_t i = 0; i < frame->chart->count; i++) {
        int width = label_width(frame, i);

        widest = width > widest ? width : widest;
        if (has_word(frame->chart->points[i].group))
            frame->has_groups = true;
    }
    frame->every = SM_CHART_POINTS;
    for (size_t i = SM_COUNT(every); i-- > 0;)
        if (every[i] * (frame->slots / count) >= widest + LABEL_APART)
            frame->every = every[i];
}

/* Across: the axis, the places of the points, the bars. */
static void place_across(struct sm_chart_frame *frame)
{
    const struct sm_chart_size *size = frame->size;
    int count = (int)frame->chart->count, slot, half;
    bool compare, unused;

    frame->left = figures_width(frame) + GAP;
    frame->right = size->width;
    half = label_width(frame, frame->chart->count - 1) / 2;
    slot = (frame->right - frame->left) / count;
    if (half > slot / 2) /* the last label needs more than its place */
        frame->right -= half - slot / 2;
    frame->slots = frame->right - frame->left;
    if (frame->slots > count * size->slot_most)
        frame->slots = count * size->slot_most;
    slot = frame->slots / count;
    look(frame->chart, &compare, &unused, &unused);
    frame->bar = slot * (compare ? EACH : ALONE) / 100;
    if (frame->bar > size->bar_most)
        frame->bar = size->bar_most;
    frame->was = compare ? frame->bar : 0;
    frame->shift = compare ? frame->bar * (PAIR - EACH) / EACH : 0;
}

/* Down: legend, plot, labels. */
static void place_down(struct sm_chart_frame *frame, int y)
{
    const struct sm_chart_size *size = frame->size;
    int count = frame->scale.above + frame->scale.below;

    frame->top = y + size->font * 22 / 10;
    frame->step = size->plot / count;
    frame->zero = frame->top + frame->step * frame->scale.above;
    frame->bottom = frame->top + frame->step * count;
    if (frame->scale.below > 0)
        frame->bottom += size->font;
    frame->height = frame->bottom + LINE(size) + size->font / 2;
    if (frame->has_groups)
        frame->height += LINE(size) - size->font / 2;
}

void sm_chart_layout(struct sm_chart_frame *frame, const struct sm_chart *chart,
                     const struct sm_chart_size *size, enum sm_lang lang)
{
    *frame = (struct sm_chart_frame){
        .chart = chart,
        .size = size,
        .lang = lang,
        .scale = sm_chart_scale(chart),
    };
    place_across(frame);
    thin_labels(frame);
    place_down(frame, place_keys(frame));
    sm_chart_place_numbers(frame);
}

int sm_chart_slot(const struct sm_chart_frame *frame, size_t index)
{
    return frame->left + frame->slots * (int)index / (int)frame->chart->count;
}

bool sm_chart_is_labelled(const struct sm_chart_frame *frame, size_t index)
{
    return (frame->chart->count - 1 - index) % (size_t)frame->every == 0;
}

struct sm_chart_box sm_chart_box(const struct sm_chart_frame *frame,
                                 size_t index, bool behind)
{
    const struct sm_chart_point *point = &frame->chart->points[index];
    int64_t value = behind ? point->compare : point->value;
    int both = frame->bar + frame->shift;
    int from = sm_chart_slot(frame, index);
    struct sm_chart_box box;

    box.height = sm_chart_bar(&frame->scale, value, frame->step);
    if (box.height < BAR_LEAST)
        box.height = BAR_LEAST;
    box.width = behind ? frame->was : frame->bar;
    box.x = from + (sm_chart_slot(frame, index + 1) - from - both) / 2 +
            (behind ? 0 : frame->shift);
    box.y = value < 0 ? frame->zero : frame->zero - box.height;
    return box;
}
