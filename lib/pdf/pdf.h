/* A document on A4 pages, filled from top to bottom: what is added goes below
 * what was added before, and onto a new page where the page is full.  The text
 * can be selected and searched; pages are tagged for screen readers (PDF 1.5,
 * ISO 32000-1 14.8), with the document's language and title; QR codes have an
 * alternative text.  The same content gives the same bytes.
 *
 * Every text is UTF-8 and is copied; none is NULL.  A failure is kept:
 * sm_pdf_finish() says so at the end. */
#ifndef SM_PDF_PDF_H
#define SM_PDF_PDF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/status.h"

/* What a document is. */
struct sm_pdf_info {
    const char *title;
    const char *author;  /* who issues it; stands on top of each page */
    const char *lang;    /* BCP 47: "ro", "bg", "en" */
    const char *created; /* "2026-11-25T10:00:00Z" */
    uint32_t accent;     /* 0xRRGGBB, of the line below the author */
};

struct sm_pdf;

/* Begin a document; INFO is not needed afterwards.  No more than two are made
 * at a time in a process, since each costs as much as many pages:
 * SM_BUSY  no place came free within a second. */
enum sm_status sm_pdf_new(struct sm_pdf **out, const struct sm_pdf_info *info,
                          struct sm_error *err) SM_MUSTCHECK;

/* The heading of the document, once. */
void sm_pdf_heading(struct sm_pdf *pdf, const char *text);

/* A heading within it. */
void sm_pdf_section(struct sm_pdf *pdf, const char *text);

/* The figure that the document is about, large. */
void sm_pdf_figure(struct sm_pdf *pdf, const char *text);

/* A paragraph. */
void sm_pdf_paragraph(struct sm_pdf *pdf, const char *text);

/* Small print. */
void sm_pdf_note(struct sm_pdf *pdf, const char *text);

/* Something short that stands beside others: what it is, its first line in
 * bold (may be ""), and the lines below, parted by line feeds (may be ""). */
struct sm_pdf_block {
    const char *title, *strong, *text;
};

/* COUNT blocks (1 to 4) side by side, equally wide.  What is longer than a
 * third of a page is cut. */
void sm_pdf_blocks(struct sm_pdf *pdf, const struct sm_pdf_block *blocks,
                   size_t count);

/* A QR code with words below it. */
struct sm_pdf_code {
    const char *payload; /* what is read from it, 1 to 331 bytes */
    const char *caption; /* what it is for */
    const char *alt;     /* for who cannot see it */
    const char *url;     /* the caption leads to it, at most 300 bytes; "" */
};

/* What a reader should see first: a figure, large, with a label above it and
 * lines of text below it, and up to two codes on the right. */
struct sm_pdf_panel {
    const char *label, *figure, *text;
    const struct sm_pdf_code *codes;
    size_t ncodes;
};

/* Show PANEL on a ground of the accent's colour. */
void sm_pdf_panel(struct sm_pdf *pdf, const struct sm_pdf_panel *panel);

/* A line with what it is on the left and what it says on the right.  Lines in
 * a row are one table. */
void sm_pdf_row(struct sm_pdf *pdf, const char *label, const char *value);

/* The head of a table of two columns, then its lines: text on the left, a sum
 * on the right.  The head is repeated on every page. */
void sm_pdf_table(struct sm_pdf *pdf, const char *left, const char *right);
void sm_pdf_line(struct sm_pdf *pdf, const char *left, const char *right);

/* The columns of a table of several. */
struct sm_pdf_column {
    const char *head;
    int share;  /* of the width; the shares of all are 100 */
    bool right; /* aligned to the right, for numbers */
};

enum { SM_PDF_COLUMNS = 8 };

/* The head of a table of COUNT columns (1 to SM_PDF_COLUMNS), then its rows
 * with a text for each column.  The head is repeated on every page; a STRONG
 * row is a sum.  A cell that is longer than a third of a page is cut. */
void sm_pdf_grid(struct sm_pdf *pdf, const struct sm_pdf_column *columns,
                 size_t count);
void sm_pdf_grid_row(struct sm_pdf *pdf, const char *const *cells, bool strong);

/* A QR code that opens URL, with TEXT beside it and URL as a link below it.
 * URL must not be longer than 300 bytes. */
void sm_pdf_link(struct sm_pdf *pdf, const char *text, const char *url);

/* End the document and append it to OUT; PDF is released in any case, and OUT
 * is empty if it is not SM_OK.
 * SM_INTERNAL  it did not fit into OUT.  Where GLib gets no memory, it ends
 *              the process. */
enum sm_status sm_pdf_finish(struct sm_buf *out, struct sm_pdf *pdf,
                             struct sm_error *err) SM_MUSTCHECK;

/* Release PDF unfinished.  NULL is fine. */
void sm_pdf_free(struct sm_pdf *pdf);

/* For programs that end: release what the libraries below keep, so that a leak
 * checker sees only ours. */
void sm_pdf_cleanup(void);

#endif
