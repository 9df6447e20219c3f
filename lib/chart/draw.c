/* The picture itself: from back to front. */
#include <string.h>

#include "base/text.h"
#include "chart_impl.h"

#define TICK 40  /* below the plot, at a label */
#define CROSS 60 /* where a value is missing */
#define HATCH_NARROW 40
#define HATCH_WIDE 60

static void add_id(struct sm_buf *out, const struct sm_chart_frame *frame,
                   char what)
{
    sm_buf_adds(out, frame->chart->id);
    sm_buf_addc(out, frame->size->mark);
    sm_buf_addc(out, what);
}

static void add_attribute(struct sm_buf *out, const char *name, int length)
{
    sm_buf_addc(out, ' ');
    sm_buf_adds(out, name);
    sm_buf_adds(out, "=\"");
    sm_chart_add_length(out, length);
    sm_buf_addc(out, '"');
}

static void add_pair(struct sm_buf *out, char command, int x, int y)
{
    sm_buf_addc(out, command);
    sm_chart_add_length(out, x);
    sm_buf_addc(out, ' ');
    sm_chart_add_length(out, y);
}

/* "<path class="KIND" d="; the caller goes on and ends it. */
static void open_path(struct sm_buf *out, const struct sm_chart_frame *frame,
                      const char *kind)
{
    sm_buf_adds(out, "<path class=\"");
    sm_buf_adds(out, kind);
    if (strcmp(kind, "est") == 0) {
        sm_buf_adds(out, "\" fill=\"url(#");
        add_id(out, frame, 'e');
        sm_buf_addc(out, ')');
    }
    sm_buf_adds(out, "\" d=\"");
}

static void close_path(struct sm_buf *out)
{
    sm_buf_adds(out, "\"/>");
}

static void add_box(struct sm_buf *out, const struct sm_chart_frame *frame,
                    const char *kind, struct sm_chart_box box)
{
    open_path(out, frame, kind);
    add_pair(out, 'M', box.x, box.y);
    sm_buf_addc(out, 'h');
    sm_chart_add_length(out, box.width);
    sm_buf_addc(out, 'v');
    sm_chart_add_length(out, box.height);
    sm_buf_addc(out, 'h');
    sm_chart_add_length(out, -box.width);
    sm_buf_addc(out, 'z');
    close_path(out);
}

static void add_line(struct sm_buf *out, const struct sm_chart_frame *frame,
                     const char *kind, int y)
{
    open_path(out, frame, kind);
    add_pair(out, 'M', frame->left, y);
    sm_buf_addc(out, 'H');
    sm_chart_add_length(out, frame->right);
    close_path(out);
}

/* "<text ...>" up to its content. */
static void open_text(struct sm_buf *out, const char *kind, int x, int y)
{
    sm_buf_adds(out, "<text");
    if (*kind) {
        sm_buf_adds(out, " class=\"");
        sm_buf_adds(out, kind);
        sm_buf_addc(out, '"');
    }
    add_attribute(out, "x", x);
    add_attribute(out, "y", y);
}

static void add_words(struct sm_buf *out, const char *anchor, const char *text,
                      size_t max)
{
    if (*anchor) {
        sm_buf_adds(out, " text-anchor=\"");
        sm_buf_adds(out, anchor);
        sm_buf_addc(out, '"');
    }
    sm_buf_addc(out, '>');
    sm_chart_add_text(out, text, max);
    sm_buf_adds(out, "</text>");
}

static void add_element(struct sm_buf *out, const struct sm_chart_frame *frame,
                        const char *name, char id, const char *text, size_t max)
{
    sm_buf_addc(out, '<');
    sm_buf_adds(out, name);
    sm_buf_adds(out, " id=\"");
    add_id(out, frame, id);
    sm_buf_adds(out, "\">");
    sm_chart_add_text(out, text, max);
    sm_buf_adds(out, "</");
    sm_buf_adds(out, name);
    sm_buf_addc(out, '>');
}

static void add_head(struct sm_buf *out, const struct sm_chart_frame *frame)
{
    sm_buf_adds(out, "<svg class=\"");
    sm_buf_adds(out, frame->size->name);
    sm_buf_adds(out, "\" role=\"img\" aria-labelledby=\"");
    add_id(out, frame, 't');
    sm_buf_adds(out, "\" aria-describedby=\"");
    add_id(out, frame, 'd');
    sm_buf_adds(out, "\" viewBox=\"0 0 ");
    sm_chart_add_length(out, frame->size->width);
    sm_buf_addc(out, ' ');
    sm_chart_add_length(out, frame->height);
    sm_buf_addc(out, '"');
    add_attribute(out, "font-size", frame->size->font);
    sm_buf_adds(out, ">\n");
    add_element(out, frame, "title", 't', frame->chart->title, SM_CHART_TITLE);
    add_element(out, frame, "desc", 'd', frame->chart->description,
                SM_CHART_SENTENCES);
}

/* Lines across what is estimated, the ground of the page between them. */
static void add_pattern(struct sm_buf *out, const struct sm_chart_frame *frame)
{
    int apart = frame->size->titles ? HATCH_WIDE : HATCH_NARROW;

    sm_buf_adds(out, "<pattern id=\"");
    add_id(out, frame, 'e');
    sm_buf_adds(out, "\" patternUnits=\"userSpaceOnUse\" "
                     "patternTransform=\"rotate(45)\"");
    add_attribute(out, "width", apart);
    add_attribute(out, "height", apart);
    sm_buf_addc(out, '>');
    add_box(out, frame, "back", (struct sm_chart_box){0, 0, apart, apart});
    add_box(out, frame, "bar",
            (struct sm_chart_box){0, 0, apart * 9 / 20, apart});
    sm_buf_adds(out, "</pattern>\n");
}

static void add_cross(struct sm_buf *out, const struct sm_chart_frame *frame,
                      int x, int y, int size)
{
    open_path(out, frame, "gap");
    add_pair(out, 'M', x - size / 2, y - size / 2);
    add_pair(out, 'l', size, size);
    add_pair(out, 'm', -size, 0);
    add_pair(out, 'l', size, -size);
    close_path(out);
}

static void add_key(struct sm_buf *out, const struct sm_chart_frame *frame,
                    const struct sm_chart_key *key)
{
    int font = frame->size->font, middle = key->y - font * 36 / 100;

    if (strcmp(key->mark, "avg") == 0) {
        open_path(out, frame, key->mark);
        add_pair(out, 'M', key->x, middle);
        sm_buf_adds(out, "h16");
        close_path(out);
    } else if (strcmp(key->mark, "gap") == 0) {
        add_cross(out, frame, key->x + 80, middle, CROSS);
    } else {
        add_box(out, frame, key->mark,
                (struct sm_chart_box){key->x + 15, middle - 55, 130, 110});
    }
    open_text(out, "", key->x + 230, key->y);
    sm_buf_addc(out, '>');
    sm_chart_add_text(out, key->word, SM_CHART_WORD);
    if (key->value[0]) {
        sm_buf_adds(out, " <tspan class=\"num\">");
        sm_chart_add_text(out, key->value, SM_CHART_NUMBER);
        sm_buf_adds(out, "</tspan>");
    }
    sm_buf_adds(out, "</text>\n");
}

static void add_axis(struct sm_buf *out, const struct sm_chart_frame *frame)
{
    const struct sm_chart_scale *scale = &frame->scale;
    char text[SM_CHART_NUMBER];

    sm_chart_units(text, frame->chart, frame->lang, scale);
    open_text(out, "", 0, frame->top - frame->size->font * 13 / 10);
    add_words(out, "", text, SM_CHART_NUMBER);
    for (int i = -scale->below; i <= scale->above; i++) {
        int y = frame->zero - i * frame->step;

        if (i != 0)
            add_line(out, frame, "grid", y);
        sm_chart_tick(text, frame->chart, frame->lang, scale, i);
        open_text(out, "", frame->left - 80, y + frame->size->font * 36 / 100);
        add_words(out, "end", text, SM_CHART_NUMBER);
    }
    sm_buf_addc(out, '\n');
}

/* "Billed: 12,50 RON" in a line of its own. */
static void add_said(struct sm_buf *out, const struct sm_chart_frame *frame,
                     const char *word, int64_t value)
{
    char text[SM_CHART_NUMBER];

    sm_buf_addc(out, '\n');
    if (word && *word) {
        sm_chart_add_text(out, word, SM_CHART_WORD);
        sm_buf_adds(out, ": ");
    }
    sm_chart_value(text, frame->chart, frame->lang, value, true);
    sm_chart_add_text(out, text, SM_CHART_NUMBER);
}

/* What a pointer at the bar says. */
static void add_tip(struct sm_buf *out, const struct sm_chart_frame *frame,
                    const struct sm_chart_point *point)
{
    const struct sm_chart_words *words = &frame->chart->words;

    sm_buf_adds(out, "<title>");
    sm_chart_add_text(out, point->label, SM_CHART_LABEL);
    if (point->group && *point->group) {
        sm_buf_addc(out, ' ');
        sm_chart_add_text(out, point->group, SM_CHART_LABEL);
    }
    if (!point->missing) {
        add_said(out, frame, words->value, point->value);
    } else if (words->missing && *words->missing) {
        sm_buf_addc(out, '\n');
        sm_chart_add_text(out, words->missing, SM_CHART_WORD);
    }
    if (!point->missing && point->estimated && words->estimated &&
        *words->estimated) {
        sm_buf_adds(out, " (");
        sm_chart_add_text(out, words->estimated, SM_CHART_WORD);
        sm_buf_addc(out, ')');
    }
    if (point->has_compare)
        add_said(out, frame, words->compare, point->compare);
    sm_buf_adds(out, "</title>");
}

/* A cross where the bar would stand, beside last year's. */
static void add_missing(struct sm_buf *out, const struct sm_chart_frame *frame,
                        size_t index)
{
    struct sm_chart_box box = sm_chart_box(frame, index, false);
    int size = box.width < CROSS ? box.width : CROSS;

    if (frame->chart->points[index].has_compare) {
        box.x += box.width - frame->shift;
        box.width = frame->shift;
        size = size < frame->shift ? size : frame->shift;
    }
    add_cross(out, frame, box.x + box.width / 2, frame->zero - CROSS, size);
}

static void add_point(struct sm_buf *out, const struct sm_chart_frame *frame,
                      size_t index)
{
    const struct sm_chart_point *point = &frame->chart->points[index];
    int x = sm_chart_slot(frame, index);
    int width = sm_chart_slot(frame, index + 1) - x;

    if (frame->size->titles) {
        sm_buf_adds(out, "<g>");
        add_tip(out, frame, point);
        add_box(out, frame, "hit",
                (struct sm_chart_box){x, frame->top, width,
                                      frame->bottom - frame->top});
    }
    if (point->has_compare)
        add_box(out, frame, "was", sm_chart_box(frame, index, true));
    if (!point->missing) {
        add_box(out, frame, point->estimated ? "est" : "bar",
                sm_chart_box(frame, index, false));
    } else {
        add_missing(out, frame, index);
    }
    sm_buf_adds(out, frame->size->titles ? "</g>\n" : "\n");
}

static void add_number(struct sm_buf *out, const struct sm_chart_frame *frame,
                       size_t index)
{
    const struct sm_chart_number *number = &frame->numbers[index];
    char text[SM_CHART_NUMBER];

    sm_chart_value(text, frame->chart, frame->lang,
                   frame->chart->points[index].value, false);
    open_text(out, "num", number->x, number->y);
    add_words(out, "middle", text, SM_CHART_NUMBER);
}

static void add_label(struct sm_buf *out, const struct sm_chart_frame *frame,
                      size_t index)
{
    int x = sm_chart_slot(frame, index);

    x += (sm_chart_slot(frame, index + 1) - x) / 2;
    if (frame->every > 1) {
        open_path(out, frame, "tick");
        add_pair(out, 'M', x, frame->bottom);
        sm_buf_addc(out, 'v');
        sm_chart_add_length(out, TICK);
        close_path(out);
    }
    open_text(out, "", x, frame->bottom + frame->size->font * 14 / 10);
    add_words(out, "middle", frame->chart->points[index].label, SM_CHART_LABEL);
}

static bool same_group(const struct sm_chart_frame *frame, size_t a, size_t b)
{
    const char *one = frame->chart->points[a].group;
    const char *other = frame->chart->points[b].group;

    return strcmp(one ? one : "", other ? other : "") == 0;
}

/* The group that begins at INDEX, if it has room; returns where it ends. */
static size_t add_group(struct sm_buf *out, const struct sm_chart_frame *frame,
                        size_t index)
{
    const char *text = frame->chart->points[index].group;
    int font = frame->size->font, x = sm_chart_slot(frame, index), room;
    size_t end = index;

    while (end < frame->chart->count && same_group(frame, index, end))
        end++;
    room = end < frame->chart->count ? sm_chart_slot(frame, end)
                                     : frame->size->width;
    if (!text || !*text)
        return end;
    open_path(out, frame, "grid");
    add_pair(out, 'M', x + 15, frame->bottom + font * 19 / 10);
    sm_buf_addc(out, 'H');
    sm_chart_add_length(out, sm_chart_slot(frame, end) - 15);
    close_path(out);
    if (sm_chart_text_width(text, SM_CHART_LABEL, font) + 60 <= room - x) {
        open_text(out, "", x + 15, frame->height - font / 4);
        add_words(out, "", text, SM_CHART_LABEL);
    }
    return end;
}

void sm_chart_draw_frame(struct sm_buf *out, const struct sm_chart_frame *frame)
{
    const struct sm_chart *chart = frame->chart;
    size_t count = chart->count;

    add_head(out, frame);
    add_pattern(out, frame);
    for (int i = 0; i < frame->nkeys; i++)
        add_key(out, frame, &frame->keys[i]);
    add_axis(out, frame);
    for (size_t i = 0; i < count; i++)
        add_point(out, frame, i);
    add_line(out, frame, "zero", frame->zero);
    if (chart->has_average) {
        int length = sm_chart_bar(&frame->scale, chart->average, frame->step);

        length = chart->average < 0 ? -length : length;
        add_line(out, frame, "case", frame->zero - length);
        add_line(out, frame, "avg", frame->zero - length);
    }
    for (size_t i = 0; i < count; i++) {
        if (frame->numbers[i].shown)
            add_number(out, frame, i);
        if (sm_chart_is_labelled(frame, i))
            add_label(out, frame, i);
    }
    for (size_t i = 0; frame->has_groups && i < count;)
        i = add_group(out, frame, i);
    sm_buf_adds(out, "\n</svg>\n");
}
