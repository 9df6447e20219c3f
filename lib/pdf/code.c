/* QR codes, and what stands beside them. */
#include "pdf/pdf_impl.h"

#include <stdio.h>
#include <string.h>

#include <qrencode.h>

#define LINK_SIDE 96.0
#define PANEL_SIDE 104.0
#define PAD 12.0
#define BAR 3.0 /* of the accent, on the panel's left */
#define QUIET 4 /* modules around a QR code (ISO/IEC 18004 9.1) */
#define URL_MAX 300
#define PAYLOAD_MAX 331

static const struct sm_pdf_style body = {10.5, false, false};
static const struct sm_pdf_style quiet = {9.5, false, true};
static const struct sm_pdf_style label = {10, false, true};
static const struct sm_pdf_style lines = {9.5, false, false};
static const struct sm_pdf_style caption = {8, false, true};

/* The modules of CODE on white at (X, Y). */
static void draw(struct sm_pdf *pdf, const QRcode *code, double x, double y,
                 double whole)
{
    double side = whole / (code->width + 2 * QUIET);

    cairo_set_source_rgb(pdf->cr, 1, 1, 1);
    cairo_rectangle(pdf->cr, x, y, whole, whole);
    cairo_fill(pdf->cr);
    cairo_set_source_rgb(pdf->cr, 0, 0, 0);
    for (int row = 0; row < code->width; row++)
        for (int column = 0; column < code->width; column++)
            if (code->data[row * code->width + column] & 1)
                cairo_rectangle(pdf->cr, x + (QUIET + column) * side,
                                y + (QUIET + row) * side, side, side);
    cairo_fill(pdf->cr);
}

void sm_pdf_code(struct sm_pdf *pdf, const char *text, const char *alt,
                 double x, double y, double side)
{
    QRcode *code = NULL;

    if (text[0] != '\0' && strlen(text) <= PAYLOAD_MAX &&
        pdf->nalts < SM_PDF_FIGURES)
        code = QRcode_encodeString8bit(text, 0, QR_ECLEVEL_M);
    if (code == NULL) {
        pdf->failed = true;
        return;
    }
    cairo_tag_begin(pdf->cr, "Figure", NULL);
    draw(pdf, code, x, y, side);
    cairo_tag_end(pdf->cr, "Figure");
    QRcode_free(code);
    pdf->alts[pdf->nalts] = strdup(alt);
    pdf->failed |= pdf->alts[pdf->nalts] == NULL;
    pdf->nalts++;
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

void sm_pdf_link_begin(struct sm_pdf *pdf, const char *url)
{
    char attributes[2 * URL_MAX + 16];

    if (strlen(url) > URL_MAX ||
        !link_attributes(attributes, sizeof(attributes), url)) {
        pdf->failed = true;
        attributes[0] = '\0';
    }
    cairo_tag_begin(pdf->cr, CAIRO_TAG_LINK, attributes);
}

void sm_pdf_link_end(struct sm_pdf *pdf)
{
    cairo_tag_end(pdf->cr, CAIRO_TAG_LINK);
}

void sm_pdf_link(struct sm_pdf *pdf, const char *text, const char *url)
{
    double x = SM_PDF_MARGIN + LINK_SIDE + 14, width = SM_PDF_RIGHT - x, y;

    if (strlen(url) > URL_MAX) {
        pdf->failed = true;
        return;
    }
    sm_pdf_close_table(pdf);
    sm_pdf_room(pdf, LINK_SIDE + 8);
    sm_pdf_code(pdf, url, url, SM_PDF_MARGIN, pdf->y, LINK_SIDE);
    y = pdf->y + 10;
    y += sm_pdf_set(pdf, &body, text, width);
    sm_pdf_show(pdf, &body, "P", x, pdf->y + 10);
    (void)sm_pdf_set(pdf, &quiet, url, width);
    sm_pdf_link_begin(pdf, url);
    sm_pdf_show(pdf, &quiet, NULL, x, y + 6);
    sm_pdf_link_end(pdf);
    pdf->y += LINK_SIDE + 8;
}

/* The largest size at which the figure stays on one line. */
static struct sm_pdf_style figure_style(struct sm_pdf *pdf, const char *text,
                                        double width)
{
    struct sm_pdf_style style = {26, true, false};

    while (style.size > 12) {
        (void)sm_pdf_set(pdf, &style, text, width);
        if (pango_layout_get_line_count(pdf->layout) == 1)
            break;
        style.size -= 2;
    }
    return style;
}

/* The words of the panel at (X, Y) downwards; shown, or only measured.
 * Returns their height. */
static double words(struct sm_pdf *pdf, const struct sm_pdf_panel *panel,
                    double x, double y, double width, bool show)
{
    struct sm_pdf_style figure = figure_style(pdf, panel->figure, width);
    const struct sm_pdf_style *styles[] = {&label, &figure, &lines};
    const char *texts[] = {panel->label, panel->figure, panel->text};
    double from = y;

    for (size_t i = 0; i < SM_COUNT(styles); i++) {
        double height;

        if (texts[i][0] == '\0')
            continue;
        height = sm_pdf_set_cut(pdf, styles[i], texts[i], width);
        if (show)
            sm_pdf_show(pdf, styles[i], "P", x, y);
        y += height + 5;
    }
    return y - from - 5;
}

/* One code with its caption; shown, or only measured.  Returns the height. */
static double code_of(struct sm_pdf *pdf, const struct sm_pdf_code *code,
                      double x, double y, bool show)
{
    double height = sm_pdf_set_cut(pdf, &caption, code->caption, PANEL_SIDE);

    if (!show)
        return PANEL_SIDE + 4 + height;
    sm_pdf_code(pdf, code->payload, code->alt, x, y, PANEL_SIDE);
    (void)sm_pdf_set_cut(pdf, &caption, code->caption, PANEL_SIDE);
    pango_layout_set_alignment(pdf->layout, PANGO_ALIGN_CENTER);
    if (code->url[0] != '\0')
        sm_pdf_link_begin(pdf, code->url);
    sm_pdf_show(pdf, &caption, code->url[0] != '\0' ? NULL : "P", x,
                y + PANEL_SIDE + 4);
    if (code->url[0] != '\0')
        sm_pdf_link_end(pdf);
    pango_layout_set_alignment(pdf->layout, PANGO_ALIGN_LEFT);
    return PANEL_SIDE + 4 + height;
}

/* Words on the left, codes on the right; shown, or only measured. */
static double fill(struct sm_pdf *pdf, const struct sm_pdf_panel *panel,
                   bool show)
{
    double codes = (double)panel->ncodes * (PANEL_SIDE + PAD);
    double x = SM_PDF_MARGIN + BAR + PAD, y = pdf->y + PAD;
    double width = SM_PDF_RIGHT - PAD - codes - x;
    double height = words(pdf, panel, x, y, width, show);

    for (size_t i = 0; i < panel->ncodes; i++) {
        double other = code_of(
            pdf, &panel->codes[i],
            SM_PDF_RIGHT - codes + (double)i * (PANEL_SIDE + PAD), y, show);

        height = other > height ? other : height;
    }
    return height;
}

void sm_pdf_panel(struct sm_pdf *pdf, const struct sm_pdf_panel *panel)
{
    double height;

    if (panel->ncodes > 2) {
        pdf->failed = true;
        return;
    }
    sm_pdf_close_table(pdf);
    height = fill(pdf, panel, false) + 2 * PAD;
    sm_pdf_room(pdf, height);
    sm_pdf_accent(pdf, 0.08);
    cairo_rectangle(pdf->cr, SM_PDF_MARGIN, pdf->y,
                    SM_PDF_RIGHT - SM_PDF_MARGIN, height);
    cairo_fill(pdf->cr);
    sm_pdf_accent(pdf, 1);
    cairo_rectangle(pdf->cr, SM_PDF_MARGIN, pdf->y, BAR, height);
    cairo_fill(pdf->cr);
    (void)fill(pdf, panel, true);
    pdf->y += height + 10;
}
