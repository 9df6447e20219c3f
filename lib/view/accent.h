/* The company's accent colour, made readable: whatever colour is set, text
 * and buttons keep the contrast of WCAG AA (4.5 to 1) on the site's own light
 * and dark grounds. */
#ifndef SM_VIEW_ACCENT_H
#define SM_VIEW_ACCENT_H

#include <stddef.h>

#include "base/status.h"

struct sm_colour {
    double red, green, blue; /* 0 to 1, as in #rrggbb */
};

/* Read "#rrggbb"; SM_INVALID for anything else. */
enum sm_status sm_colour_parse(struct sm_colour *out, const char *text)
    SM_MUSTCHECK;

/* The contrast ratio of WCAG 2, 1 to 21. */
double sm_colour_contrast(struct sm_colour a, struct sm_colour b);

/* COLOUR, moved towards TOWARDS as little as gives RATIO against GROUND. */
struct sm_colour sm_colour_readable(struct sm_colour colour,
                                    struct sm_colour ground,
                                    struct sm_colour towards, double ratio);

/* Write the style sheet that overrides the built-in accent into OUT[SIZE];
 * SM_INVALID if ACCENT is no colour. */
enum sm_status sm_accent_sheet(char *out, size_t size, const char *accent)
    SM_MUSTCHECK;

#endif
