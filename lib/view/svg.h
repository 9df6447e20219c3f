/* A picture that is put into a page as it is, without escaping.
 *
 * Only lib/chart makes one, which escapes every text that it draws;
 * tests/lint/check_source lets nobody else include this header.  A page calls
 * sm_chart_show().  The template marks the place, between tags, with
 * {{NAME:x-svg}}.  That modifier shows nothing but pictures that were given
 * here: a text set with sm_set() does not pass through it. */
#ifndef SM_VIEW_SVG_H
#define SM_VIEW_SVG_H

#include <stddef.h>

#include "view/view.h"

struct sm_svg {
    const char *bytes;
    size_t len;
};

/* Set marker KEY to the picture SVG, which is copied. */
void sm_set_svg(struct sm_dict *dict, int key, const struct sm_svg *svg);

#endif
