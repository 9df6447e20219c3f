/* Money, dates and instants as people of each language write them.  The
 * table follows CLDR (what ICU prints), so that no 30 MB library is needed
 * for three languages. */
#include <string.h>

#include "base/text.h"
#include "money/money.h"
#include "view/view.h"

#define NBSP "\xc2\xa0" /* a space where no line may break */

static const struct format {
    const char *group, *decimal;
    bool sign_first; /* the currency goes before the amount */
    const char *months[12], *short_months[12];
    const char *after_year, *after_time;
} formats[SM_LANG__COUNT] = {
    [SM_LANG_RO] = {".",
                    ",",
                    false,
                    {"ianuarie", "februarie", "martie", "aprilie", "mai",
                     "iunie", "iulie", "august", "septembrie", "octombrie",
                     "noiembrie", "decembrie"},
                    {"ian.", "feb.", "mar.", "apr.", "mai", "iun.", "iul.",
                     "aug.", "sept.", "oct.", "nov.", "dec."},
                    "",
                    ""},
    [SM_LANG_BG] = {NBSP,
                    ",",
                    false,
                    {"януари", "февруари", "март", "април", "май", "юни", "юли",
                     "август", "септември", "октомври", "ноември", "декември"},
                    {"яну", "фев", "март", "апр", "май", "юни", "юли", "авг",
                     "сеп", "окт", "ное", "дек"},
                    NBSP "г.",
                    NBSP "ч."},
    [SM_LANG_EN] = {",",
                    ".",
                    true,
                    {"January", "February", "March", "April", "May", "June",
                     "July", "August", "September", "October", "November",
                     "December"},
                    {"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug",
                     "Sept", "Oct", "Nov", "Dec"},
                    "",
                    ""},
};

/* Currencies that a language writes otherwise than by their code. */
static const struct {
    enum sm_lang lang;
    const char *code, *sign;
} signs[] = {
    {SM_LANG_BG, "EUR", "€"}, {SM_LANG_BG, "BGN", "лв."},
    {SM_LANG_EN, "EUR", "€"}, {SM_LANG_EN, "USD", "US$"},
    {SM_LANG_EN, "GBP", "£"},
};

static const struct format *format_of(enum sm_lang lang)
{
    return &formats[(unsigned)lang < SM_LANG__COUNT ? lang : SM_LANG_EN];
}

/* The sign of CURRENCY in LANG, or its code. */
static const char *currency_sign(enum sm_lang lang, const char *currency)
{
    size_t i = 0;

    for (i = 0; i < SM_COUNT(signs); i++)
        if (signs[i].lang == lang && strcmp(signs[i].code, currency) == 0)
            return signs[i].sign;
    return currency;
}

/* A text of a fixed size under construction; what does not fit is cut. */
struct out {
    char *at, *end; /* END is where the NUL fits at the latest */
};

static struct out open_out(char *text, size_t size)
{
    return (struct out){text, text + size - 1};
}

static void put(struct out *out, const char *text)
{
    while (*text && out->at < out->end)
        *out->at++ = *text++;
    *out->at = '\0';
}

static void put_number(struct out *out, int number, size_t width)
{
    char digits[SM_INT_TEXT];

    if (number < 0) {
        put(out, "-");
        number = -number;
    }
    sm_uint_format(digits, (uint64_t)number, width);
    put(out, digits);
}

/* "12.345,60": the digits of MINOR in groups of three before the decimal
 * sign, and DECIMALS digits after it. */
static void put_amount(struct out *out, const struct format *fm, uint64_t minor,
                       size_t decimals)
{
    char digits[SM_INT_TEXT];
    size_t len = sm_uint_format(digits, minor, decimals + 1);
    size_t whole = len - decimals;

    for (size_t i = 0; i < len; i++) {
        const char digit[2] = {digits[i], '\0'};

        if (i == whole)
            put(out, fm->decimal);
        else if (i > 0 && i < whole && (whole - i) % 3 == 0)
            put(out, fm->group);
        put(out, digit);
    }
}

void sm_format_money(char *text, size_t size, enum sm_lang lang, int64_t minor,
                     const char *currency)
{
    const struct format *fm = format_of(lang);
    const char *sign = currency_sign(lang, currency);
    const struct sm_currency *known = sm_currency_find(currency);
    uint64_t amount = minor < 0 ? 0 - (uint64_t)minor : (uint64_t)minor;
    struct out out = open_out(text, size);

    put(&out, minor < 0 ? "-" : "");
    if (fm->sign_first) {
        put(&out, sign);
        put(&out, sign == currency ? NBSP : "");
    }
    put_amount(&out, fm, amount, known ? (size_t)known->exponent : 2);
    if (!fm->sign_first) {
        put(&out, NBSP);
        put(&out, sign);
    }
}

static void put_date(struct out *out, const struct format *fm,
                     struct sm_date date)
{
    if (date.year == 0 || date.month < 1 || date.month > 12)
        return;
    put_number(out, date.day, 1);
    put(out, " ");
    put(out, fm->months[date.month - 1]);
    put(out, " ");
    put_number(out, date.year, 1);
    put(out, fm->after_year);
}

void sm_format_date(char *text, size_t size, enum sm_lang lang,
                    struct sm_date date)
{
    struct out out = open_out(text, size);

    put(&out, "");
    put_date(&out, format_of(lang), date);
}

void sm_format_instant(char *text, size_t size, enum sm_lang lang, int64_t us)
{
    const struct format *fm = format_of(lang);
    struct out out = open_out(text, size);
    struct sm_date date;
    int minutes;

    sm_local(&date, &minutes, us);
    put(&out, "");
    put_date(&out, fm, date);
    put(&out, ", ");
    put_number(&out, minutes / 60, 2);
    put(&out, ":");
    put_number(&out, minutes % 60, 2);
    put(&out, fm->after_time);
}

void sm_format_number(char *text, size_t size, enum sm_lang lang,
                      int64_t number, int decimals)
{
    uint64_t amount = number < 0 ? 0 - (uint64_t)number : (uint64_t)number;
    struct out out = open_out(text, size);

    put(&out, number < 0 ? "-" : "");
    put_amount(&out, format_of(lang), amount,
               decimals < 0 || decimals > 18 ? 0 : (size_t)decimals);
}

void sm_format_month(char *text, size_t size, enum sm_lang lang, int month)
{
    struct out out = open_out(text, size);

    put(&out, "");
    if (month >= 1 && month <= 12)
        put(&out, format_of(lang)->short_months[month - 1]);
}
