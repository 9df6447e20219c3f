/* Tables: columns, rows, and a head that is set again on every page. */
#include "pdf/pdf_impl.h"

#include <stdlib.h>
#include <string.h>

#define RULE 0.82 /* the grey of a line between rows */
#define GAP 8.0   /* between columns */

/* Of two columns: what it is, what it says. */
static const struct sm_pdf_look wide = {.head = {9.5, false, true},
                                        .first = {10.5, false, false},
                                        .rest = {10.5, true, false},
                                        .strong = {10.5, true, false},
                                        .above = 5,
                                        .below = 6};
/* Of several. */
static const struct sm_pdf_look dense = {.head = {8, false, true},
                                         .first = {9, false, false},
                                         .rest = {9, false, false},
                                         .strong = {9, true, false},
                                         .above = 3,
                                         .below = 3.5};

enum row { HEAD, PLAIN, STRONG };

static const struct sm_pdf_style *style_of(const struct sm_pdf_look *look,
                                           enum row row, size_t column)
{
    if (row == HEAD)
        return &look->head;
    if (row == STRONG)
        return &look->strong;
    return column == 0 ? &look->first : &look->rest;
}

/* Set the cell COLUMN into the layout; its height. */
static double set_cell(struct sm_pdf *pdf, const char *text, enum row row,
                       size_t column)
{
    const struct sm_pdf_table *t = &pdf->table;
    double height;

    if (t->columns[column].right)
        pdf->align = PANGO_ALIGN_RIGHT;
    height = sm_pdf_set_cut(pdf, style_of(t->look, row, column), text,
                            t->columns[column].width);
    pdf->align = PANGO_ALIGN_LEFT;
    return height;
}

/* A row where the document has come to; its height is HEIGHT. */
static void show_row(struct sm_pdf *pdf, const char *const *cells, enum row row,
                     double height)
{
    const struct sm_pdf_table *t = &pdf->table;
    const double width = SM_PDF_RIGHT - SM_PDF_MARGIN;

    cairo_tag_begin(pdf->cr, "TR", NULL);
    for (size_t i = 0; i < t->count; i++) {
        (void)set_cell(pdf, cells[i], row, i);
        sm_pdf_show(pdf, style_of(t->look, row, i), row == HEAD ? "TH" : "TD",
                    t->columns[i].x, pdf->y);
    }
    cairo_tag_end(pdf->cr, "TR");
    pdf->y += height + t->look->above;
    cairo_set_source_rgb(pdf->cr, RULE, RULE, RULE);
    cairo_rectangle(pdf->cr, SM_PDF_MARGIN, pdf->y, width,
                    row == HEAD ? 1.0 : 0.6);
    cairo_fill(pdf->cr);
    pdf->y += t->look->below;
}

static double height_of(struct sm_pdf *pdf, const char *const *cells,
                        enum row row)
{
    double height = 0;

    for (size_t i = 0; i < pdf->table.count; i++) {
        double cell = set_cell(pdf, cells[i], row, i);

        height = cell > height ? cell : height;
    }
    return height;
}

static void put_row(struct sm_pdf *pdf, const char *const *cells, enum row row)
{
    double height = height_of(pdf, cells, row);

    sm_pdf_room(pdf, height + pdf->table.look->above + pdf->table.look->below);
    show_row(pdf, cells, row, height);
}

void sm_pdf_head(struct sm_pdf *pdf)
{
    const char *heads[SM_PDF_COLUMNS];

    if (pdf->table.count == 0 || pdf->table.columns[0].head == NULL)
        return;
    for (size_t i = 0; i < pdf->table.count; i++)
        heads[i] = pdf->table.columns[i].head;
    show_row(pdf, heads, HEAD, height_of(pdf, heads, HEAD));
}

void sm_pdf_close_table(struct sm_pdf *pdf)
{
    struct sm_pdf_table *t = &pdf->table;

    if (t->count > 0)
        cairo_tag_end(pdf->cr, "Table");
    for (size_t i = 0; i < t->count; i++)
        free(t->columns[i].head);
    memset(t, 0, sizeof(*t));
}

/* Begin a table; its heads are shown if they are not NULL. */
static void open_table(struct sm_pdf *pdf, const struct sm_pdf_look *look,
                       const struct sm_pdf_column *columns, size_t count)
{
    const double width = SM_PDF_RIGHT - SM_PDF_MARGIN;
    struct sm_pdf_table *t = &pdf->table;
    double x = SM_PDF_MARGIN;

    sm_pdf_close_table(pdf);
    cairo_tag_begin(pdf->cr, "Table", NULL);
    t->look = look;
    t->count = count;
    for (size_t i = 0; i < count; i++) {
        double share = width * columns[i].share / 100;

        t->columns[i].x = x;
        t->columns[i].width = share - (i + 1 < count ? GAP : 0);
        t->columns[i].right = columns[i].right;
        x += share;
        if (columns[i].head == NULL)
            continue;
        t->columns[i].head = strdup(columns[i].head);
        pdf->failed |= t->columns[i].head == NULL;
    }
}

void sm_pdf_row(struct sm_pdf *pdf, const char *label, const char *value)
{
    static const struct sm_pdf_column columns[2] = {{NULL, 50, false},
                                                    {NULL, 50, true}};

    if (pdf->table.count != 2 || pdf->table.columns[0].head != NULL)
        open_table(pdf, &wide, columns, 2);
    put_row(pdf, (const char *const[]){label, value}, PLAIN);
}

void sm_pdf_table(struct sm_pdf *pdf, const char *left, const char *right)
{
    const struct sm_pdf_column columns[2] = {{left, 50, false},
                                             {right, 50, true}};

    sm_pdf_close_table(pdf);
    sm_pdf_room(pdf, 60);
    open_table(pdf, &wide, columns, 2);
    sm_pdf_head(pdf);
}

void sm_pdf_line(struct sm_pdf *pdf, const char *left, const char *right)
{
    put_row(pdf, (const char *const[]){left, right}, PLAIN);
}

void sm_pdf_grid(struct sm_pdf *pdf, const struct sm_pdf_column *columns,
                 size_t count)
{
    if (count == 0 || count > SM_PDF_COLUMNS) {
        pdf->failed = true;
        return;
    }
    sm_pdf_close_table(pdf);
    sm_pdf_room(pdf, 48); /* the head is not alone */
    open_table(pdf, &dense, columns, count);
    sm_pdf_head(pdf);
}

void sm_pdf_grid_row(struct sm_pdf *pdf, const char *const *cells, bool strong)
{
    if (pdf->table.count == 0)
        pdf->failed = true;
    else
        put_row(pdf, cells, strong ? STRONG : PLAIN);
}
