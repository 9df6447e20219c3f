#include "ident/phone.h"

#include <stddef.h>
#include <string.h>

#include "base/text.h"

#define E164_MIN 8
#define E164_MAX 15

static const struct {
    const char *prefix;
    size_t min, max;   /* digits after it */
    const char *first; /* what the first of them may be */
} countries[] = {
    [SM_COUNTRY_RO] = {"40", 9, 9, "23789"},
    [SM_COUNTRY_BG] = {"359", 7, 9, "23456789"},
};

/* The digits of TEXT into OUT; *PLUS if it began with + or 00. */
static bool collect(char out[SM_PHONE_TEXT], bool *plus, const char *text)
{
    size_t n = 0;

    text += strspn(text, " \t");
    *plus = *text == '+';
    if (*plus)
        text++;
    for (; *text; text++) {
        if (strchr(" \t.-/()", *text))
            continue;
        if (!sm_is_digit(*text) || n + 1 >= SM_PHONE_TEXT)
            return false;
        out[n++] = *text;
        if (!*plus && n == 2 && out[0] == '0' && out[1] == '0') {
            *plus = true;
            n = 0;
        }
    }
    out[n] = '\0';
    return true;
}

/* Write "+", PREFIX and the national number REST, if it can exist. */
static enum sm_status national(char out[SM_PHONE_TEXT], enum sm_country home,
                               const char *rest)
{
    const char *prefix = countries[home].prefix;
    size_t len;

    if (*rest == '0')
        rest++;
    len = strlen(rest);
    if (len < countries[home].min || len > countries[home].max ||
        !strchr(countries[home].first, *rest))
        return SM_INVALID;
    out[0] = '+';
    memcpy(out + 1, prefix, strlen(prefix));
    memcpy(out + 1 + strlen(prefix), rest, len + 1);
    return SM_OK;
}

enum sm_status sm_phone_parse(char out[SM_PHONE_TEXT], const char *text,
                              enum sm_country home)
{
    char digits[SM_PHONE_TEXT];
    size_t len;
    bool plus;

    if (!collect(digits, &plus, text))
        return SM_INVALID;
    if (!plus)
        return digits[0] == '0' ? national(out, home, digits) : SM_INVALID;
    for (size_t i = 0; i < SM_COUNT(countries); i++) {
        size_t prefix = strlen(countries[i].prefix);

        if (strncmp(digits, countries[i].prefix, prefix) == 0)
            return national(out, (enum sm_country)i, digits + prefix);
    }
    len = strlen(digits);
    if (len < E164_MIN || len > E164_MAX || digits[0] == '0')
        return SM_INVALID;
    out[0] = '+';
    memcpy(out + 1, digits, len + 1);
    return SM_OK;
}

bool sm_phone_is_mobile(const char *number)
{
    static const struct {
        const char *prefix;
        size_t len;
    } mobiles[] = {
        {"+407", 12},   {"+35987", 13}, {"+35988", 13},
        {"+35989", 13}, {"+35998", 13}, {"+35999", 13},
    };

    for (size_t i = 0; i < SM_COUNT(mobiles); i++)
        if (strlen(number) == mobiles[i].len &&
            strncmp(number, mobiles[i].prefix, strlen(mobiles[i].prefix)) == 0)
            return true;
    return false;
}
