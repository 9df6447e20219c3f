/* Money, dates and instants as people of each language write them.  The
 * table follows CLDR (what ICU prints), so that no 30 MB library is needed
 * for three languages. */
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "money/money.h"
#include "view/view.h"

#define NBSP "\xc2\xa0" /* a space where no line may break */
#define DIGITS_MAX 20   /* of 2^64 */
#define NUMBER_SIZE 64  /* with six groups and the decimal sign */

static const struct format {
    const char *group, *decimal;
    bool sign_first; /* the currency goes before the amount */
    const char *months[12];
    const char *after_year, *after_time;
} formats[SM_LANG__COUNT] = {
    [SM_LANG_RO] = {".",
                    ",",
                    false,
                    {"ianuarie", "februarie", "martie", "aprilie", "mai",
                     "iunie", "iulie", "august", "septembrie", "octombrie",
                     "noiembrie", "decembrie"},
                    "",
                    ""},
    [SM_LANG_BG] = {NBSP,
                    ",",
                    false,
                    {"януари", "февруари", "март", "април", "май", "юни", "юли",
                     "август", "септември", "октомври", "ноември", "декември"},
                    NBSP "г.",
                    NBSP "ч."},
    [SM_LANG_EN] = {",",
                    ".",
                    true,
                    {"January", "February", "March", "April", "May", "June",
                     "July", "August", "September", "October", "November",
                     "December"},
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

/* Append TEXT, which NUMBER_SIZE has room for. */
static char *append(char *at, const char *text)
{
    while (*text)
        *at++ = *text++;
    return at;
}

/* "12.345,60": the digits of MINOR in groups of three before the decimal
 * sign, and DECIMALS digits after it. */
static void format_number(char out[NUMBER_SIZE], const struct format *fm,
                          uint64_t minor, int decimals)
{
    char digits[DIGITS_MAX + 1], *at = out;
    int len, whole, i = 0;

    len = snprintf(digits, sizeof(digits), "%0*llu", decimals + 1,
                   (unsigned long long)minor);
    whole = len - decimals;
    for (i = 0; i < len; i++) {
        if (i == whole)
            at = append(at, fm->decimal);
        else if (i > 0 && i < whole && (whole - i) % 3 == 0)
            at = append(at, fm->group);
        *at++ = digits[i];
    }
    *at = '\0';
}

void sm_format_money(char *out, size_t size, enum sm_lang lang, int64_t minor,
                     const char *currency)
{
    const struct format *fm = format_of(lang);
    const char *sign = currency_sign(lang, currency);
    const char *minus = minor < 0 ? "-" : "";
    const struct sm_currency *known = sm_currency_find(currency);
    uint64_t amount = minor < 0 ? 0 - (uint64_t)minor : (uint64_t)minor;
    char number[NUMBER_SIZE];

    format_number(number, fm, amount, known ? known->exponent : 2);
    if (!fm->sign_first)
        snprintf(out, size, "%s%s" NBSP "%s", minus, number, sign);
    else
        snprintf(out, size, "%s%s%s%s", minus, sign,
                 sign == currency ? NBSP : "", number);
}

void sm_format_date(char *out, size_t size, enum sm_lang lang,
                    struct sm_date date)
{
    const struct format *fm = format_of(lang);

    if (date.year == 0 || date.month < 1 || date.month > 12) {
        snprintf(out, size, "%s", "");
        return;
    }
    snprintf(out, size, "%d %s %d%s", date.day, fm->months[date.month - 1],
             date.year, fm->after_year);
}

void sm_format_instant(char *out, size_t size, enum sm_lang lang, int64_t us)
{
    int minutes = sm_minutes_local(us);
    char date[64];

    sm_format_date(date, sizeof(date), lang, sm_date_local(us));
    snprintf(out, size, "%s, %02d:%02d%s", date, minutes / 60, minutes % 60,
             format_of(lang)->after_time);
}
