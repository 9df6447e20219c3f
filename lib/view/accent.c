#include "view/accent.h"

#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"

#define TEXT_RATIO 4.6 /* a little over 4.5, for rounding to bytes */
#define STEPS 50

/* The grounds of cgi/static/smetka.css: the darkest of the light theme, the
 * lightest of the dark one. */
static const struct sm_colour desk = {0.957, 0.945, 0.918};
static const struct sm_colour night = {0.106, 0.137, 0.173};
static const struct sm_colour white = {1, 1, 1};
static const struct sm_colour black = {0, 0, 0};

/* A theme's colours. */
struct shades {
    struct sm_colour accent, hover, text, link, link_hover;
};

enum sm_status sm_colour_parse(struct sm_colour *out, const char *text)
{
    uint8_t bytes[3];

    if (text[0] != '#' || strlen(text) != 7 ||
        sm_unhex(bytes, sizeof(bytes), text + 1) != SM_OK)
        return SM_INVALID;
    out->red = bytes[0] / 255.0;
    out->green = bytes[1] / 255.0;
    out->blue = bytes[2] / 255.0;
    return SM_OK;
}

static double linear(double part)
{
    return part <= 0.04045 ? part / 12.92 : pow((part + 0.055) / 1.055, 2.4);
}

static double luminance(struct sm_colour c)
{
    return 0.2126 * linear(c.red) + 0.7152 * linear(c.green) +
           0.0722 * linear(c.blue);
}

double sm_colour_contrast(struct sm_colour a, struct sm_colour b)
{
    double la = luminance(a), lb = luminance(b);

    return (fmax(la, lb) + 0.05) / (fmin(la, lb) + 0.05);
}

static struct sm_colour mix(struct sm_colour from, struct sm_colour to,
                            double share)
{
    return (struct sm_colour){
        from.red + (to.red - from.red) * share,
        from.green + (to.green - from.green) * share,
        from.blue + (to.blue - from.blue) * share,
    };
}

struct sm_colour sm_colour_readable(struct sm_colour colour,
                                    struct sm_colour ground,
                                    struct sm_colour towards, double ratio)
{
    struct sm_colour shade = colour;

    for (int i = 1; i <= STEPS; i++) {
        if (sm_colour_contrast(shade, ground) >= ratio)
            break;
        shade = mix(colour, towards, (double)i / STEPS);
    }
    return shade;
}

/* Shades of COLOUR for text on GROUND; one that is readable as text is also
 * readable as the ground of a text in the opposite of TOWARDS. */
static struct shades make_shades(struct sm_colour colour,
                                 struct sm_colour ground,
                                 struct sm_colour towards,
                                 struct sm_colour opposite)
{
    struct shades out;

    out.link = sm_colour_readable(colour, ground, towards, TEXT_RATIO);
    out.link_hover = mix(out.link, towards, 0.4);
    out.accent = out.link;
    out.hover = mix(out.link, towards, 0.25);
    out.text = sm_colour_readable(mix(out.link, opposite, 0.9), out.accent,
                                  opposite, TEXT_RATIO);
    return out;
}

static int part(double value)
{
    return (int)lround(value * 255.0);
}

static int write_colour(char *out, size_t size, const char *name,
                        struct sm_colour c)
{
    return snprintf(out, size, "--%s:#%02x%02x%02x;", name, part(c.red),
                    part(c.green), part(c.blue));
}

/* False if OUT is too small. */
static bool write_shades(char *out, size_t size, const struct shades *shades)
{
    const struct {
        const char *name;
        struct sm_colour colour;
    } rows[] = {
        {"accent", shades->accent},         {"accent-hover", shades->hover},
        {"accent-text", shades->text},      {"link", shades->link},
        {"link-hover", shades->link_hover},
    };
    size_t used = 0;

    for (size_t i = 0; i < SM_COUNT(rows); i++) {
        int wrote =
            write_colour(out + used, size - used, rows[i].name, rows[i].colour);

        if (wrote < 0 || (size_t)wrote >= size - used)
            return false;
        used += (size_t)wrote;
    }
    return true;
}

enum sm_status sm_accent_sheet(char *out, size_t size, const char *accent)
{
    static const char frame[] =
        ":root:not([data-theme]){%s}"
        "@media only screen and (prefers-color-scheme:dark)"
        "{:root:not([data-theme]){%s}}\n";
    char light_text[160], dark_text[160];
    struct sm_colour colour;
    struct shades light, dark;
    int wrote;

    if (sm_colour_parse(&colour, accent) != SM_OK)
        return SM_INVALID;
    light = make_shades(colour, desk, black, white);
    dark = make_shades(colour, night, white, black);
    if (!write_shades(light_text, sizeof(light_text), &light) ||
        !write_shades(dark_text, sizeof(dark_text), &dark))
        return SM_INTERNAL;
    wrote = snprintf(out, size, frame, light_text, dark_text);
    return wrote > 0 && (size_t)wrote < size ? SM_OK : SM_INTERNAL;
}
