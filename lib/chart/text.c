/* Texts of a chart: escaped, cut, and measured without a font. */
#include <string.h>

#include "base/text.h"
#include "chart_impl.h"

/* Widths in hundredths of the size of the letters. */
#define WIDTH_NARROW 32
#define WIDTH_DIGIT 64
#define WIDTH_SMALL 62
#define WIDTH_LARGE 74
#define WIDTH_BROAD 98
#define WIDTH_OTHER 68
#define WIDTH_EAST 105

/* The length of the character at TEXT, 0 if it is none that XML admits. */
static size_t character(const char *text)
{
    unsigned char first = (unsigned char)*text;
    size_t len = first < 0x80 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;

    if (first < 0x20 || strnlen(text, len) < len || !sm_utf8_valid(text, len))
        return 0;
    if (strncmp(text, "\xef\xbf\xbe", 3) == 0 ||
        strncmp(text, "\xef\xbf\xbf", 3) == 0)
        return 0;
    return len;
}

static const char *escape(char byte)
{
    switch (byte) {
    case '&':
        return "&amp;";
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '"':
        return "&quot;";
    case '\'':
        return "&#39;";
    default:
        return NULL;
    }
}

/* Append the character at TEXT; returns where the next one is. */
static const char *add_character(struct sm_buf *out, const char *text)
{
    const char *escaped = escape(*text);
    size_t len = character(text);

    if (escaped)
        sm_buf_adds(out, escaped);
    else if (len > 0)
        sm_buf_add(out, text, len);
    else if (*text == '\n' || *text == '\t' || *text == '\r')
        sm_buf_addc(out, ' ');
    else
        sm_buf_adds(out, "\xef\xbf\xbd");
    return text + (len > 0 ? len : 1);
}

void sm_chart_add_text(struct sm_buf *out, const char *text, size_t max)
{
    const char *at = text ? text : "";

    for (size_t i = 0; *at && i < max; i++) {
        if (i + 1 == max && at[character(at) > 0 ? character(at) : 1]) {
            sm_buf_adds(out, "…");
            return;
        }
        at = add_character(out, at);
    }
}

static int width_of(const char *text, size_t len)
{
    if (len == 1) {
        if (strchr(" .,:;'|!()[]-ijlfrtI", *text))
            return WIDTH_NARROW + (strchr("frt-", *text) ? 10 : 0);
        if (sm_is_digit(*text))
            return WIDTH_DIGIT;
        if (strchr("mwMW%@", *text))
            return WIDTH_BROAD;
        return *text >= 'A' && *text <= 'Z' ? WIDTH_LARGE : WIDTH_SMALL;
    }
    if (strncmp(text, "\xc2\xa0", 2) == 0)
        return WIDTH_NARROW;
    return len >= 3 && strncmp(text, "\xe2", 1) != 0 ? WIDTH_EAST : WIDTH_OTHER;
}

int sm_chart_text_width(const char *text, size_t max, int size)
{
    const char *at = text ? text : "";
    int width = 0;

    for (size_t i = 0; *at && i < max; i++) {
        size_t len = character(at);

        width += width_of(at, len > 0 ? len : 1);
        at += len > 0 ? len : 1;
    }
    return width * size / 100;
}

int sm_chart_number_width(const char *text, int size)
{
    return sm_chart_text_width(text, SM_CHART_NUMBER, size * 112 / 100);
}

void sm_chart_add_length(struct sm_buf *out, int tenths)
{
    int rest = tenths % 10;

    if (tenths < 0)
        sm_buf_addc(out, '-');
    rest = rest < 0 ? -rest : rest;
    sm_buf_addi(out, tenths < 0 ? -(tenths / 10) : tenths / 10);
    if (rest > 0) {
        sm_buf_addc(out, '.');
        sm_buf_addc(out, (char)('0' + rest));
    }
}
