/* Inside lib/pdf. */
#ifndef SM_PDF_IMPL_H
#define SM_PDF_IMPL_H

#include <stdbool.h>

#include <pango/pangocairo.h>

#include "pdf/pdf.h"

/* Points, 1/72 inch. */
#define SM_PDF_WIDTH 595.28
#define SM_PDF_HEIGHT 841.89
#define SM_PDF_MARGIN 56.0 /* left and right */
#define SM_PDF_TOP 42.0
#define SM_PDF_RIGHT (SM_PDF_WIDTH - SM_PDF_MARGIN)
#define SM_PDF_BOTTOM (SM_PDF_HEIGHT - SM_PDF_TOP)
#define SM_PDF_TALLEST (SM_PDF_HEIGHT / 3) /* of what is cut */

enum { SM_PDF_FIGURES = 16 };

/* A way to set text. */
struct sm_pdf_style {
    double size; /* points */
    bool bold;
    bool quiet; /* grey */
};

/* How a table looks: its head, its first column, the others, a row that is a
 * sum; points above and below the line between rows. */
struct sm_pdf_look {
    struct sm_pdf_style head, first, rest, strong;
    double above, below;
};

enum { SM_PDF_KEPT = 32 };

/* The table that is open. */
struct sm_pdf_table {
    const struct sm_pdf_look *look;
    size_t count; /* of columns; 0: none is open */
    struct {
        double x, width;
        bool right;
        char *head; /* shown on each page, or NULL */
    } columns[SM_PDF_COLUMNS];
};

/* A text that was set: most are measured, and shown a little later. */
struct sm_pdf_kept {
    PangoLayout *layout;
    double size, width;
    bool bold, cut;
    PangoAlignment align;
};

struct sm_pdf {
    cairo_surface_t *surface;
    cairo_t *cr;
    PangoContext *context;
    PangoLayout *layout;  /* what is set, one of those below */
    PangoAlignment align; /* of what is set next */
    struct sm_pdf_kept kept[SM_PDF_KEPT];
    size_t kept_next;
    PangoFontDescription *plain, *bold;
    struct sm_buf bytes; /* of the surface */
    char *author;
    char lang[16];
    uint32_t accent;
    double y; /* where the next thing goes */
    int page; /* from 1 */
    struct sm_pdf_table table;
    char *alts[SM_PDF_FIGURES]; /* of the figures, in their order */
    size_t nalts;
    bool failed;
};

/* document.c: pages.  Make room for HEIGHT points, on a new page if need be;
 * the head of an open table is set again there. */
void sm_pdf_room(struct sm_pdf *pdf, double height);
/* The colour of what is drawn next: the accent, mixed with white so that
 * SHARE of 1 is left. */
void sm_pdf_accent(struct sm_pdf *pdf, double share);

/* text.c: set TEXT into the layout, at most WIDTH points wide, cut at
 * SM_PDF_TALLEST if CUT; its height. */
double sm_pdf_set(struct sm_pdf *pdf, const struct sm_pdf_style *style,
                  const char *text, double width);
double sm_pdf_set_cut(struct sm_pdf *pdf, const struct sm_pdf_style *style,
                      const char *text, double width);
/* Show what is set at (X, Y) below the structure tag TAG (NULL: none). */
void sm_pdf_show(struct sm_pdf *pdf, const struct sm_pdf_style *style,
                 const char *tag, double x, double y);

/* table.c: end the table that is open, if any. */
void sm_pdf_close_table(struct sm_pdf *pdf);
/* Set the head of the open table, if it has one, without making room. */
void sm_pdf_head(struct sm_pdf *pdf);

/* code.c: draw the QR code of TEXT with its quiet zone at (X, Y), SIDE points
 * wide, as a figure with ALT. */
void sm_pdf_code(struct sm_pdf *pdf, const char *text, const char *alt,
                 double x, double y, double side);
/* Begin and end what leads to URL. */
void sm_pdf_link_begin(struct sm_pdf *pdf, const char *url);
void sm_pdf_link_end(struct sm_pdf *pdf);

/* update.c: add what cairo 1.16 cannot say to a finished document: its
 * language LANG, and the ALTS of its figures.  False if it is not one as cairo
 * writes it. */
bool sm_pdf_update(struct sm_buf *bytes, const char *lang,
                   const char *const *alts, size_t nalts);

#endif
