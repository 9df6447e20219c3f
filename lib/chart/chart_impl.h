/* Inside lib/chart.  Lengths are whole tenths of a unit of the picture. */
#ifndef SM_CHART_IMPL_H
#define SM_CHART_IMPL_H

#include "chart/chart.h"

/* The most characters of each text. */
#define SM_CHART_LABEL 24
#define SM_CHART_WORD 60
#define SM_CHART_TITLE 160
#define SM_CHART_SENTENCES 480

#define SM_CHART_NUMBER 80 /* bytes of a value as text, with its unit */
#define SM_CHART_KEYS 5    /* entries of the legend */

/* text.c: append TEXT as the inside of an element, cut to MAX characters;
 * what XML does not admit is replaced.  NULL is "". */
void sm_chart_add_text(struct sm_buf *out, const char *text, size_t max);
/* How wide TEXT is at most in letters of SIZE, cut to MAX characters.  A guess
 * that is rather too large: the reader's font is not known here. */
int sm_chart_text_width(const char *text, size_t max, int size);
/* The same for a figure in heavy letters. */
int sm_chart_number_width(const char *text, int size);
/* Append a length: "12.5", "12". */
void sm_chart_add_length(struct sm_buf *out, int tenths);

/* The axis: zero and steps on both sides of it. */
struct sm_chart_scale {
    uint64_t step;
    int above, below; /* steps */
};

/* scale.c: the scale of the chart's values. */
struct sm_chart_scale sm_chart_scale(const struct sm_chart *chart);
/* How long a bar of VALUE is, where a step is STEP_LENGTH long. */
int sm_chart_bar(const struct sm_chart_scale *scale, int64_t value,
                 int step_length);
/* The value in words, with its unit if WITH_UNIT. */
void sm_chart_value(char out[SM_CHART_NUMBER], const struct sm_chart *chart,
                    enum sm_lang lang, int64_t value, bool with_unit);
/* What stands at INDEX steps of the axis, counted in sm_chart_units(). */
void sm_chart_tick(char out[SM_CHART_NUMBER], const struct sm_chart *chart,
                   enum sm_lang lang, const struct sm_chart_scale *scale,
                   int index);
/* What the figures at the axis count: "kWh", "× 1.000 kWh". */
void sm_chart_units(char out[SM_CHART_NUMBER], const struct sm_chart *chart,
                    enum sm_lang lang, const struct sm_chart_scale *scale);

/* One of the two sizes that a chart is drawn in. */
struct sm_chart_size {
    const char *name; /* the class, and what its ids begin with */
    char mark;        /* follows the chart's id in this picture's ids */
    bool titles;      /* what a pointer at a bar says */
    int width, plot;  /* of the picture; height of the plot */
    int font;
    int bar_most;  /* the widest bar */
    int slot_most; /* the widest place of a point */
};

/* An entry of the legend. */
struct sm_chart_key {
    const char *mark; /* the class of its mark */
    const char *word;
    char value[SM_CHART_NUMBER]; /* behind the word, or "" */
    int x, y;                    /* y of the text's base line */
};

/* A value that is written beside its bar: the middle of its base line. */
struct sm_chart_number {
    bool shown;
    int x, y;
};

/* Where everything goes. */
struct sm_chart_frame {
    const struct sm_chart *chart;
    const struct sm_chart_size *size;
    enum sm_lang lang;
    struct sm_chart_scale scale;
    struct sm_chart_key keys[SM_CHART_KEYS];
    int nkeys;
    int left, right, top, bottom; /* of the plot */
    int zero, step;               /* y of zero; length of a step */
    int slots;                    /* width of all the places of points */
    int bar, was, shift;          /* widths of bars; bar's place behind was */
    int every;                    /* of so many labels one is written */
    struct sm_chart_number numbers[SM_CHART_POINTS]; /* at the bars */
    int height;                                      /* of the picture */
    bool has_groups;
};

/* layout.c: place CHART in a picture of SIZE. */
void sm_chart_layout(struct sm_chart_frame *frame, const struct sm_chart *chart,
                     const struct sm_chart_size *size, enum sm_lang lang);
/* The left edge of the place of point INDEX; of COUNT, the end of the last. */
int sm_chart_slot(const struct sm_chart_frame *frame, size_t index);
/* True if the label of point INDEX is written. */
bool sm_chart_is_labelled(const struct sm_chart_frame *frame, size_t index);
/* Where the bar of the value at INDEX stands and how long it is; BEHIND: last
 * year's. */
struct sm_chart_box {
    int x, y, width, height;
};
struct sm_chart_box sm_chart_box(const struct sm_chart_frame *frame,
                                 size_t index, bool behind);
/* numbers.c: decide which values are written beside their bars. */
void sm_chart_place_numbers(struct sm_chart_frame *frame);

/* draw.c: append the picture. */
void sm_chart_draw_frame(struct sm_buf *out,
                         const struct sm_chart_frame *frame);

#endif
