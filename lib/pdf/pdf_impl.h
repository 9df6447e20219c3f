/* Inside lib/pdf. */
#ifndef SM_PDF_IMPL_H
#define SM_PDF_IMPL_H

#include <stdbool.h>

#include <pango/pangocairo.h>

#include "pdf/pdf.h"

/* Points, 1/72 inch. */
#define SM_PDF_WIDTH 595.28
#define SM_PDF_HEIGHT 841.89
#define SM_PDF_MARGIN 56.0
#define SM_PDF_RIGHT (SM_PDF_WIDTH - SM_PDF_MARGIN)
#define SM_PDF_BOTTOM (SM_PDF_HEIGHT - SM_PDF_MARGIN)

/* A way to set text. */
struct sm_pdf_style {
    double size; /* points */
    bool bold;
    bool quiet; /* grey */
};

struct sm_pdf {
    cairo_surface_t *surface;
    cairo_t *cr;
    PangoLayout *layout;
    PangoFontDescription *plain, *bold;
    struct sm_buf bytes; /* of the surface */
    char *author;
    char lang[16];
    uint32_t accent;
    double y;           /* where the next thing goes */
    int page;           /* from 1 */
    char *left, *right; /* head of the table that is open, or NULL */
    bool in_table;      /* a Table tag is open */
    bool failed;
};

/* document.c: pages.  Make room for HEIGHT points, on a new page if need be;
 * the head of an open table is set again there. */
void sm_pdf_room(struct sm_pdf *pdf, double height);
/* Open or close what is a table to screen readers. */
void sm_pdf_open_table(struct sm_pdf *pdf);
void sm_pdf_close_table(struct sm_pdf *pdf);

/* text.c: set TEXT into the layout, at most WIDTH points wide; its height. */
double sm_pdf_set(struct sm_pdf *pdf, const struct sm_pdf_style *style,
                  const char *text, double width);
/* Show what is set at (X, Y) below the structure tag TAG. */
void sm_pdf_show(struct sm_pdf *pdf, const struct sm_pdf_style *style,
                 const char *tag, double x, double y);
/* A line of two cells; HEAD says that it is the head of its table. */
void sm_pdf_cells(struct sm_pdf *pdf, const char *left, const char *right,
                  bool head);

/* language.c: add LANG to a finished document; false if it is not one as
 * cairo writes it. */
bool sm_pdf_add_language(struct sm_buf *bytes, const char *lang);

#endif
