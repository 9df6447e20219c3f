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
#define DOTS 8  /* of a module's side: viewers that blur blur an eighth */
#define QR_WORDS ((177 * DOTS + 31) / 32) /* a row of the largest code */
#define URL_MAX 300
#define PAYLOAD_MAX 331

static const struct sm_pdf_style body = {10.5, false, false};
static const struct sm_pdf_style quiet = {9.5, false, true};
static const struct sm_pdf_style label = {10, false, true};
static const struct sm_pdf_style lines = {9.5, false, false};
static const struct sm_pdf_style caption = {8, false, true};

/* Set bit COLUMN of a row of CAIRO_FORMAT_A1, which is of native words. */
static void set_bit(uint32_t *row, int column)
{
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
    row[column / 32] |= UINT32_C(1) << column % 32;
#else
    row[column / 32] |= UINT32_C(1) << (31 - column % 32);
#endif
}

/* The modules of CODE as a picture of dots, DOTS to a side of each: as paths
 * they would be most of a page's bytes, and of its time.  NULL without
 * memory. */
static cairo_surface_t *picture(const QRcode *code)
{
    int size = code->width * DOTS;
    cairo_surface_t *out =
        cairo_image_surface_create(CAIRO_FORMAT_A1, size, size);
    int stride = cairo_image_surface_get_stride(out);
    unsigned char *bits = cairo_image_surface_get_data(out);

    if (!bits) {
        cairo_surface_destroy(out);
        return NULL;
    }
    for (int y = 0; y < size; y++) {
        const unsigned char *from = code->data + y / DOTS * code->width;
        uint32_t row[QR_WORDS] = {0};

        for (int x = 0; x < size; x++)
            if (from[x / DOTS] & 1)
                set_bit(row, x);
        memcpy(bits + (ptrdiff_t)y * stride, row, (size_t)stride);
    }
    cairo_surface_mark_dirty(out);
    return out;
}

/* The modules of CODE on white at (X, Y). */
static void draw(struct sm_pdf *pdf, const QRcode *code, double x, double y,
                 double whole)
{
    double side = whole / (code->width + 2 * QUIET);
    cairo_surface_t *dots = picture(code);
    cairo_pattern_t *mask;

    pdf->failed |= dots == NULL;
    if (!dots)
        return;
    mask = cairo_pattern_create_for_surface(dots);
    cairo_pattern_set_filter(mask, CAIRO_FILTER_NEAREST);
    cairo_set_source_rgb(pdf->cr, 1, 1, 1);
    cairo_rectangle(pdf->cr, x, y, whole, whole);
    cairo_fill(pdf->cr);
    cairo_save(pdf->cr);
    cairo_set_source_rgb(pdf->cr, 0, 0, 0);
    cairo_translate(pdf->cr, x + QUIET * side, y + QUIET * side);
    cairo_scale(pdf->cr, side / DOTS, side / DOTS);
    cairo_mask(pdf->cr, mask);
    cairo_restore(pdf->cr);
    cairo_pattern_destroy(mask);
    cairo_surface_destroy(dots);
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
    double height;

    pdf->align = PANGO_ALIGN_CENTER;
    height = sm_pdf_set_cut(pdf, &caption, code->caption, PANEL_SIDE);
    pdf->align = PANGO_ALIGN_LEFT;
    if (!show)
        return PANEL_SIDE + 4 + height;
    sm_pdf_code(pdf, code->payload, code->alt, x, y, PANEL_SIDE);
    if (code->url[0] != '\0')
        sm_pdf_link_begin(pdf, code->url);
    sm_pdf_show(pdf, &caption, code->url[0] != '\0' ? NULL : "P", x,
                y + PANEL_SIDE + 4);
    if (code->url[0] != '\0')
        sm_pdf_link_end(pdf);
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
