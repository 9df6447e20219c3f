/* links: view base */
/* Whatever accent is set, text and buttons stay readable in both themes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "view/accent.h"

static struct sm_colour colour(const char *text)
{
    struct sm_colour out;

    assert_int_equal(sm_colour_parse(&out, text), SM_OK);
    return out;
}

/* The value of the N-th --NAME in SHEET. */
static struct sm_colour value(const char *sheet, const char *name, int n)
{
    char key[32], text[8];
    const char *at = sheet;

    snprintf(key, sizeof(key), "--%s:", name);
    for (int i = 0; i <= n; i++) {
        at = strstr(i == 0 ? at : at + 1, key);
        assert_non_null(at);
    }
    memcpy(text, at + strlen(key), 7);
    text[7] = '\0';
    return colour(text);
}

static void measures_contrast(void **state)
{
    (void)state;
    assert_true(sm_colour_contrast(colour("#000000"), colour("#ffffff")) >
                20.99);
    assert_true(sm_colour_contrast(colour("#777777"), colour("#777777")) <
                1.01);
    /* 4.48 and 4.54 are the known neighbours of 4.5 on white */
    assert_true(sm_colour_contrast(colour("#777777"), colour("#ffffff")) < 4.5);
    assert_true(sm_colour_contrast(colour("#767676"), colour("#ffffff")) > 4.5);
}

static void refuses_what_is_no_colour(void **state)
{
    static const char *const bad[] = {"",        "#fff",     "0b5e6b",
                                      "#0b5e6g", "#0b5e6b0", "red;}body{"};
    struct sm_colour out;
    char sheet[512];

    (void)state;
    for (size_t i = 0; i < SM_COUNT(bad); i++) {
        assert_int_equal(sm_colour_parse(&out, bad[i]), SM_INVALID);
        assert_int_equal(sm_accent_sheet(sheet, sizeof(sheet), bad[i]),
                         SM_INVALID);
    }
}

static void check_sheet(const char *accent)
{
    static const char *const grounds[2][2] = {
        {"#f4f1ea", "#ffffff"}, /* desk and paper by day */
        {"#11161c", "#1b232c"}, /* and by night */
    };
    char sheet[512];

    assert_int_equal(sm_accent_sheet(sheet, sizeof(sheet), accent), SM_OK);
    for (int theme = 0; theme < 2; theme++) {
        for (int i = 0; i < 2; i++) {
            struct sm_colour ground = colour(grounds[theme][i]);

            assert_true(
                sm_colour_contrast(value(sheet, "link", theme), ground) >= 4.5);
            assert_true(sm_colour_contrast(value(sheet, "link-hover", theme),
                                           ground) >= 4.5);
        }
        assert_true(sm_colour_contrast(value(sheet, "accent", theme),
                                       value(sheet, "accent-text", theme)) >=
                    4.5);
        assert_true(sm_colour_contrast(value(sheet, "accent-hover", theme),
                                       value(sheet, "accent-text", theme)) >=
                    4.5);
    }
}

static void every_colour_becomes_readable(void **state)
{
    char accent[8];

    (void)state;
    for (int red = 0; red < 256; red += 51) {
        for (int green = 0; green < 256; green += 51) {
            for (int blue = 0; blue < 256; blue += 51) {
                snprintf(accent, sizeof(accent), "#%02x%02x%02x", red, green,
                         blue);
                check_sheet(accent);
            }
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(measures_contrast),
        cmocka_unit_test(refuses_what_is_no_colour),
        cmocka_unit_test(every_colour_becomes_readable),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
