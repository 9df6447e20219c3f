/* Blocks that stand side by side. */
#include "pdf/pdf_impl.h"

#define GAP 18.0

static const struct sm_pdf_style title = {8, false, true};
static const struct sm_pdf_style strong = {9.5, true, false};
static const struct sm_pdf_style lines = {9, false, false};

/* The block at (X, Y) downwards; shown, or only measured.  Returns the
 * height. */
static double put(struct sm_pdf *pdf, const struct sm_pdf_block *block,
                  double x, double y, double width, bool show)
{
    const struct sm_pdf_style *styles[] = {&title, &strong, &lines};
    const char *texts[] = {block->title, block->strong, block->text};
    double from = y;

    for (size_t i = 0; i < SM_COUNT(styles); i++) {
        double height;

        if (texts[i][0] == '\0')
            continue;
        height = sm_pdf_set_cut(pdf, styles[i], texts[i], width);
        if (show)
            sm_pdf_show(pdf, styles[i], i == 0 ? "H2" : "P", x, y);
        y += height + 3;
    }
    return y - from;
}

void sm_pdf_blocks(struct sm_pdf *pdf, const struct sm_pdf_block *blocks,
                   size_t count)
{
    double width, height = 0;

    if (count == 0 || count > 4) {
        pdf->failed = true;
        return;
    }
    width = (SM_PDF_RIGHT - SM_PDF_MARGIN + GAP) / (double)count - GAP;
    sm_pdf_close_table(pdf);
    for (size_t i = 0; i < count; i++) {
        double one = put(pdf, &blocks[i], 0, 0, width, false);

        height = one > height ? one : height;
    }
    sm_pdf_room(pdf, height);
    for (size_t i = 0; i < count; i++) {
        double x = SM_PDF_MARGIN + (double)i * (width + GAP);

        cairo_tag_begin(pdf->cr, "Div", NULL);
        (void)put(pdf, &blocks[i], x, pdf->y, width, true);
        cairo_tag_end(pdf->cr, "Div");
    }
    pdf->y += height + 9;
}
