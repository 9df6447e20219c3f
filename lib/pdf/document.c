/* A document's beginning, pages and end. */
#include "pdf/pdf_impl.h"

#include <errno.h>
#include <pthread.h>
#include <semaphore.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cairo-pdf.h>
#include <fontconfig/fontconfig.h>

#include "base/text.h"

#define PLACES 2 /* documents at a time */
#define PATIENCE_MS 1000
#define BYTES_MAX ((size_t)8 << 20)
#define FONT "DejaVu Sans"
#define LINE_HEIGHT 1.5 /* of the line below the author */

static sem_t places;
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void make_places(void)
{
    if (sem_init(&places, 0, PLACES) != 0)
        abort(); /* only for a number beyond all bounds */
}

static bool take_place(void)
{
    struct timespec until;

    pthread_once(&once, make_places);
    clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_sec += PATIENCE_MS / 1000;
    while (sem_clockwait(&places, CLOCK_MONOTONIC, &until) != 0)
        if (errno != EINTR)
            return false;
    return true;
}

static cairo_status_t write_bytes(void *closure, const unsigned char *data,
                                  unsigned int len)
{
    struct sm_buf *bytes = closure;

    sm_buf_add(bytes, data, len);
    return sm_buf_ok(bytes) ? CAIRO_STATUS_SUCCESS : CAIRO_STATUS_WRITE_ERROR;
}

void sm_pdf_accent(struct sm_pdf *pdf, double share)
{
    uint32_t rgb = pdf->accent;

    cairo_set_source_rgb(pdf->cr,
                         1 - share + share * (double)(rgb >> 16 & 0xff) / 255,
                         1 - share + share * (double)(rgb >> 8 & 0xff) / 255,
                         1 - share + share * (double)(rgb & 0xff) / 255);
}

/* The author and the line below it; on later pages the page's number too. */
static void begin_page(struct sm_pdf *pdf)
{
    static const struct sm_pdf_style name = {11, true, false};
    static const struct sm_pdf_style number = {9, false, true};
    char text[16];
    double y;

    pdf->page++;
    cairo_set_source_rgb(pdf->cr, 0, 0, 0);
    y = SM_PDF_TOP +
        sm_pdf_set(pdf, &name, pdf->author, SM_PDF_RIGHT - SM_PDF_MARGIN);
    sm_pdf_show(pdf, &name, pdf->page == 1 ? "P" : NULL, SM_PDF_MARGIN,
                SM_PDF_TOP);
    if (pdf->page > 1) {
        snprintf(text, sizeof(text), "%d", pdf->page);
        pdf->align = PANGO_ALIGN_RIGHT;
        (void)sm_pdf_set(pdf, &number, text, 40);
        pdf->align = PANGO_ALIGN_LEFT;
        sm_pdf_show(pdf, &number, NULL, SM_PDF_RIGHT - 40, SM_PDF_TOP);
    }
    sm_pdf_accent(pdf, 1);
    cairo_rectangle(pdf->cr, SM_PDF_MARGIN, y + 6, SM_PDF_RIGHT - SM_PDF_MARGIN,
                    LINE_HEIGHT);
    cairo_fill(pdf->cr);
    pdf->y = y + 22;
}

static void set_metadata(cairo_surface_t *surface,
                         const struct sm_pdf_info *info)
{
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_TITLE,
                                   info->title);
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_AUTHOR,
                                   info->author);
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATOR,
                                   "Smetka");
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATE_DATE,
                                   info->created);
}

/* Letters stand where the font wants them: a page has no pixels. */
static void set_context(struct sm_pdf *pdf)
{
    PangoContext *context = pdf->context;
    cairo_font_options_t *options = cairo_font_options_create();

    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
    pango_cairo_context_set_font_options(context, options);
    cairo_font_options_destroy(options);
    pango_context_set_round_glyph_positions(context, FALSE);
    pango_context_set_language(context, pango_language_from_string(pdf->lang));
}

enum sm_status sm_pdf_new(struct sm_pdf **out, const struct sm_pdf_info *info,
                          struct sm_error *err)
{
    struct sm_pdf *pdf;

    *out = NULL;
    if (!take_place())
        return SM_FAIL(err, SM_BUSY, "pdf: no place came free");
    pdf = calloc(1, sizeof(*pdf));
    if (pdf == NULL) {
        sem_post(&places);
        return SM_FAIL(err, SM_INTERNAL, "pdf: out of memory");
    }
    sm_buf_init(&pdf->bytes, BYTES_MAX);
    pdf->accent = info->accent;
    pdf->author = strdup(info->author);
    pdf->surface = cairo_pdf_surface_create_for_stream(
        write_bytes, &pdf->bytes, SM_PDF_WIDTH, SM_PDF_HEIGHT);
    pdf->cr = cairo_create(pdf->surface);
    pdf->context = pango_cairo_create_context(pdf->cr);
    pdf->plain = pango_font_description_from_string(FONT);
    pdf->bold = pango_font_description_from_string(FONT " Bold");
    if (pdf->author == NULL ||
        !sm_copy(pdf->lang, sizeof(pdf->lang), info->lang) ||
        cairo_status(pdf->cr) != CAIRO_STATUS_SUCCESS) {
        sm_pdf_free(pdf);
        return SM_FAIL(err, SM_INTERNAL, "pdf: cannot begin");
    }
    set_metadata(pdf->surface, info);
    set_context(pdf);
    cairo_tag_begin(pdf->cr, "Document", NULL);
    begin_page(pdf);
    *out = pdf;
    return SM_OK;
}

void sm_pdf_room(struct sm_pdf *pdf, double height)
{
    if (pdf->y + height <= SM_PDF_BOTTOM)
        return;
    cairo_show_page(pdf->cr);
    begin_page(pdf);
    sm_pdf_head(pdf);
}

void sm_pdf_free(struct sm_pdf *pdf)
{
    if (pdf == NULL)
        return;
    pango_font_description_free(pdf->plain);
    pango_font_description_free(pdf->bold);
    for (size_t i = 0; i < SM_PDF_KEPT; i++)
        g_clear_object(&pdf->kept[i].layout);
    g_clear_object(&pdf->context);
    cairo_destroy(pdf->cr);
    cairo_surface_destroy(pdf->surface);
    sm_buf_release(&pdf->bytes);
    free(pdf->author);
    for (size_t i = 0; i < pdf->nalts; i++)
        free(pdf->alts[i]);
    for (size_t i = 0; i < pdf->table.count; i++)
        free(pdf->table.columns[i].head);
    free(pdf);
    sem_post(&places);
}

enum sm_status sm_pdf_finish(struct sm_buf *out, struct sm_pdf *pdf,
                             struct sm_error *err)
{
    bool good;

    sm_pdf_close_table(pdf);
    cairo_tag_end(pdf->cr, "Document");
    cairo_show_page(pdf->cr);
    good = !pdf->failed && cairo_status(pdf->cr) == CAIRO_STATUS_SUCCESS;
    cairo_surface_finish(pdf->surface);
    good = good && cairo_surface_status(pdf->surface) == CAIRO_STATUS_SUCCESS &&
           sm_buf_ok(&pdf->bytes) &&
           sm_pdf_update(&pdf->bytes, pdf->lang, (const char *const *)pdf->alts,
                         pdf->nalts);
    if (good)
        sm_buf_add(out, pdf->bytes.data, pdf->bytes.len);
    sm_pdf_free(pdf);
    if (good && sm_buf_ok(out))
        return SM_OK;
    sm_buf_clear(out);
    return SM_FAIL(err, SM_INTERNAL, "pdf: could not be made");
}

void sm_pdf_cleanup(void)
{
    pango_cairo_font_map_set_default(NULL);
    FcFini();
}
