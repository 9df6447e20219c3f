/* What stands on the pages. */
#include "pdf/pdf_impl.h"

#include <string.h>

#define GREY 0.36

static const struct sm_pdf_style heading = {20, true, false};
static const struct sm_pdf_style section = {12, true, false};
static const struct sm_pdf_style figure = {26, true, false};
static const struct sm_pdf_style body = {10.5, false, false};
static const struct sm_pdf_style note = {8.5, false, true};

static void lay(struct sm_pdf *pdf, struct sm_pdf_kept *kept, const char *text)
{
    PangoFontDescription *font = kept->bold ? pdf->bold : pdf->plain;
    PangoLayout *layout = kept->layout;

    pango_font_description_set_absolute_size(font, kept->size * PANGO_SCALE);
    pango_layout_set_font_description(layout, font);
    pango_layout_set_width(layout, (int)(kept->width * PANGO_SCALE));
    pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR);
    pango_layout_set_spacing(layout, (int)(kept->size * 0.25 * PANGO_SCALE));
    pango_layout_set_height(
        layout, kept->cut ? (int)(SM_PDF_TALLEST * PANGO_SCALE) : G_MAXINT);
    pango_layout_set_ellipsize(layout, kept->cut ? PANGO_ELLIPSIZE_END
                                                 : PANGO_ELLIPSIZE_NONE);
    pango_layout_set_alignment(layout, kept->align);
    pango_layout_set_text(layout, text, -1);
}

static bool same(const struct sm_pdf_kept *a, const struct sm_pdf_kept *b,
                 const char *text)
{
    return a->layout && a->size == b->size && a->width == b->width &&
           a->bold == b->bold && a->cut == b->cut && a->align == b->align &&
           strcmp(pango_layout_get_text(a->layout), text) == 0;
}

static double set(struct sm_pdf *pdf, const struct sm_pdf_style *style,
                  const char *text, double width, bool cut)
{
    struct sm_pdf_kept wanted = {.size = style->size,
                                 .width = width,
                                 .bold = style->bold,
                                 .cut = cut,
                                 .align = pdf->align};
    struct sm_pdf_kept *kept = pdf->kept;
    int height;

    while (kept < pdf->kept + SM_PDF_KEPT && !same(kept, &wanted, text))
        kept++;
    if (kept == pdf->kept + SM_PDF_KEPT) {
        kept = &pdf->kept[pdf->kept_next++ % SM_PDF_KEPT];
        wanted.layout = kept->layout ? kept->layout
                                     : pango_layout_new(pdf->context);
        *kept = wanted;
        lay(pdf, kept, text);
    }
    pdf->layout = kept->layout;
    pango_layout_get_size(pdf->layout, NULL, &height);
    return (double)height / PANGO_SCALE;
}

double sm_pdf_set(struct sm_pdf *pdf, const struct sm_pdf_style *style,
                  const char *text, double width)
{
    return set(pdf, style, text, width, false);
}

double sm_pdf_set_cut(struct sm_pdf *pdf, const struct sm_pdf_style *style,
                      const char *text, double width)
{
    return set(pdf, style, text, width, true);
}

void sm_pdf_show(struct sm_pdf *pdf, const struct sm_pdf_style *style,
                 const char *tag, double x, double y)
{
    double grey = style->quiet ? GREY : 0.1;

    cairo_set_source_rgb(pdf->cr, grey, grey, grey);
    cairo_move_to(pdf->cr, x, y);
    if (tag != NULL)
        cairo_tag_begin(pdf->cr, tag, NULL);
    pango_cairo_show_layout(pdf->cr, pdf->layout);
    if (tag != NULL)
        cairo_tag_end(pdf->cr, tag);
}

/* TEXT over the whole width, as TAG, with AFTER points below it. */
static void put(struct sm_pdf *pdf, const struct sm_pdf_style *style,
                const char *tag, const char *text, double after)
{
    const double width = SM_PDF_RIGHT - SM_PDF_MARGIN;
    double height;

    sm_pdf_close_table(pdf);
    height = sm_pdf_set(pdf, style, text, width);
    sm_pdf_room(pdf, height);
    /* a new page has set something else meanwhile */
    height = sm_pdf_set(pdf, style, text, width);
    sm_pdf_show(pdf, style, tag, SM_PDF_MARGIN, pdf->y);
    pdf->y += height + after;
}

void sm_pdf_heading(struct sm_pdf *pdf, const char *text)
{
    put(pdf, &heading, "H1", text, 10);
}

void sm_pdf_section(struct sm_pdf *pdf, const char *text)
{
    pdf->y += 9;
    sm_pdf_close_table(pdf);
    sm_pdf_room(pdf, 60); /* not alone at the foot of a page */
    put(pdf, &section, "H2", text, 6);
}

void sm_pdf_figure(struct sm_pdf *pdf, const char *text)
{
    put(pdf, &figure, "P", text, 10);
}

void sm_pdf_paragraph(struct sm_pdf *pdf, const char *text)
{
    put(pdf, &body, "P", text, 8);
}

void sm_pdf_note(struct sm_pdf *pdf, const char *text)
{
    pdf->y += 8;
    put(pdf, &note, "P", text, 6);
}
