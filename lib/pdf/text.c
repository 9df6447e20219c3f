/* What stands on the pages. */
#include "pdf/pdf_impl.h"

#include <stdlib.h>
#include <string.h>

#include <qrencode.h>

#define GREY 0.36
#define RULE 0.82 /* the grey of a line between rows */
#define CODE_SIDE 96.0
#define QUIET 4 /* modules around a QR code (ISO/IEC 18004 9.1) */
#define URL_MAX 300

static const struct sm_pdf_style heading = {20, true, false};
static const struct sm_pdf_style section = {12, true, false};
static const struct sm_pdf_style figure = {26, true, false};
static const struct sm_pdf_style body = {10.5, false, false};
static const struct sm_pdf_style strong = {10.5, true, false};
static const struct sm_pdf_style quiet = {9.5, false, true};

double sm_pdf_set(struct sm_pdf *pdf, const struct sm_pdf_style *style,
                  const char *text, double width)
{
    PangoFontDescription *font = style->bold ? pdf->bold : pdf->plain;
    int height;

    pango_font_description_set_absolute_size(font, style->size * PANGO_SCALE);
    pango_layout_set_font_description(pdf->layout, font);
    pango_layout_set_width(pdf->layout, (int)(width * PANGO_SCALE));
    pango_layout_set_wrap(pdf->layout, PANGO_WRAP_WORD_CHAR);
    pango_layout_set_spacing(pdf->layout,
                             (int)(style->size * 0.25 * PANGO_SCALE));
    pango_layout_set_text(pdf->layout, text, -1);
    pango_layout_get_size(pdf->layout, NULL, &height);
    return (double)height / PANGO_SCALE;
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
    pdf->y += 12;
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

void sm_pdf_cells(struct sm_pdf *pdf, const char *left, const char *right,
                  bool head)
{
    const struct sm_pdf_style *one = head ? &quiet : &body;
    const struct sm_pdf_style *two = head ? &quiet : &strong;
    const double width = SM_PDF_RIGHT - SM_PDF_MARGIN;
    double half = width / 2 - 8, height, other;
    const char *tag = head ? "TH" : "TD";

    height = sm_pdf_set(pdf, one, left, half);
    other = sm_pdf_set(pdf, two, right, half);
    sm_pdf_room(pdf, (height > other ? height : other) + 11);
    cairo_tag_begin(pdf->cr, "TR", NULL);
    height = sm_pdf_set(pdf, one, left, half);
    sm_pdf_show(pdf, one, tag, SM_PDF_MARGIN, pdf->y);
    other = sm_pdf_set(pdf, two, right, half);
    pango_layout_set_alignment(pdf->layout, PANGO_ALIGN_RIGHT);
    sm_pdf_show(pdf, two, tag, SM_PDF_RIGHT - half, pdf->y);
    pango_layout_set_alignment(pdf->layout, PANGO_ALIGN_LEFT);
    cairo_tag_end(pdf->cr, "TR");
    pdf->y += (height > other ? height : other) + 5;
    cairo_set_source_rgb(pdf->cr, RULE, RULE, RULE);
    cairo_rectangle(pdf->cr, SM_PDF_MARGIN, pdf->y, width, 0.6);
    cairo_fill(pdf->cr);
    pdf->y += 6;
}

void sm_pdf_row(struct sm_pdf *pdf, const char *label, const char *value)
{
    if (pdf->left != NULL)
        sm_pdf_close_table(pdf);
    sm_pdf_open_table(pdf);
    sm_pdf_cells(pdf, label, value, false);
}

void sm_pdf_table(struct sm_pdf *pdf, const char *left, const char *right)
{
    sm_pdf_close_table(pdf);
    sm_pdf_room(pdf, 60);
    sm_pdf_open_table(pdf);
    sm_pdf_cells(pdf, left, right, true);
    pdf->left = strdup(left);
    pdf->right = strdup(right);
    pdf->failed |= pdf->left == NULL || pdf->right == NULL;
}

void sm_pdf_line(struct sm_pdf *pdf, const char *left, const char *right)
{
    sm_pdf_cells(pdf, left, right, false);
}

/* Draw CODE with its quiet zone at (X, pdf->y), CODE_SIDE points wide. */
static void draw_code(struct sm_pdf *pdf, const QRcode *code, double x)
{
    double side = CODE_SIDE / (code->width + 2 * QUIET);
    int row, column;

    cairo_set_source_rgb(pdf->cr, 0, 0, 0);
    for (row = 0; row < code->width; row++)
        for (column = 0; column < code->width; column++)
            if (code->data[row * code->width + column] & 1)
                cairo_rectangle(pdf->cr, x + (QUIET + column) * side,
                                pdf->y + (QUIET + row) * side, side, side);
    cairo_fill(pdf->cr);
}

/* The attributes of a link to URL, as cairo reads them. */
static bool link_attributes(char *out, size_t size, const char *url)
{
    size_t len = 0;

    len += (size_t)snprintf(out, size, "uri='");
    for (; *url != '\0' && len + 4 < size; url++) {
        if (*url == '\'' || *url == '\\')
            out[len++] = '\\';
        out[len++] = *url;
    }
    if (*url != '\0' || len + 2 > size)
        return false;
    out[len++] = '\'';
    out[len] = '\0';
    return true;
}

void sm_pdf_link(struct sm_pdf *pdf, const char *text, const char *url)
{
    double x = SM_PDF_MARGIN + CODE_SIDE + 14, width = SM_PDF_RIGHT - x, y;
    char attributes[2 * URL_MAX + 16];
    QRcode *code;

    if (strlen(url) > URL_MAX ||
        !link_attributes(attributes, sizeof(attributes), url)) {
        pdf->failed = true;
        return;
    }
    sm_pdf_close_table(pdf);
    sm_pdf_room(pdf, CODE_SIDE + 8);
    code = QRcode_encodeString8bit(url, 0, QR_ECLEVEL_M);
    if (code == NULL) {
        pdf->failed = true;
        return;
    }
    draw_code(pdf, code, SM_PDF_MARGIN);
    QRcode_free(code);
    y = pdf->y + 10;
    y += sm_pdf_set(pdf, &body, text, width);
    sm_pdf_show(pdf, &body, "P", x, pdf->y + 10);
    (void)sm_pdf_set(pdf, &quiet, url, width);
    cairo_tag_begin(pdf->cr, CAIRO_TAG_LINK, attributes);
    sm_pdf_show(pdf, &quiet, NULL, x, y + 6);
    cairo_tag_end(pdf->cr, CAIRO_TAG_LINK);
    pdf->y += CODE_SIDE + 8;
}
