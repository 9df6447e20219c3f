/* A document on A4 pages, filled from top to bottom: what is added goes below
 * what was added before, and onto a new page where the page is full.  The text
 * can be selected and searched; pages are tagged for screen readers (PDF 1.5,
 * ISO 32000-1 14.8), with the document's language and title.  The same content
 * gives the same bytes.
 *
 * Every text is UTF-8 and is copied.  A failure is kept: sm_pdf_finish()
 * says so at the end. */
#ifndef SM_PDF_PDF_H
#define SM_PDF_PDF_H

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

/* A line with what it is on the left and what it says on the right.  Lines in
 * a row are one table. */
void sm_pdf_row(struct sm_pdf *pdf, const char *label, const char *value);

/* The head of a table of two columns, then its lines: text on the left, a sum
 * on the right.  The head is repeated on every page. */
void sm_pdf_table(struct sm_pdf *pdf, const char *left, const char *right);
void sm_pdf_line(struct sm_pdf *pdf, const char *left, const char *right);

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
