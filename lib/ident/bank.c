#include "ident/bank.h"

#include <stdbool.h>
#include <string.h>

#include "base/text.h"
#include "ident/checksum.h"

#define RF_BODY_MAX 21

/* Lengths of the IBAN registry. */
static const struct {
    char country[3];
    unsigned char length;
} ibans[] = {
    {"AD", 24}, {"AE", 23}, {"AL", 28}, {"AT", 20}, {"AZ", 28}, {"BA", 20},
    {"BE", 16}, {"BG", 22}, {"BH", 22}, {"BI", 27}, {"BR", 29}, {"BY", 28},
    {"CH", 21}, {"CR", 22}, {"CY", 28}, {"CZ", 24}, {"DE", 22}, {"DJ", 27},
    {"DK", 18}, {"DO", 28}, {"EE", 20}, {"EG", 29}, {"ES", 24}, {"FI", 18},
    {"FK", 18}, {"FO", 18}, {"FR", 27}, {"GB", 22}, {"GE", 22}, {"GI", 23},
    {"GL", 18}, {"GR", 27}, {"GT", 28}, {"HN", 28}, {"HR", 21}, {"HU", 28},
    {"IE", 22}, {"IL", 23}, {"IQ", 23}, {"IS", 26}, {"IT", 27}, {"JO", 30},
    {"KW", 30}, {"KZ", 20}, {"LB", 28}, {"LC", 32}, {"LI", 21}, {"LT", 20},
    {"LU", 20}, {"LV", 21}, {"LY", 25}, {"MC", 27}, {"MD", 24}, {"ME", 22},
    {"MK", 19}, {"MN", 20}, {"MR", 27}, {"MT", 31}, {"MU", 30}, {"NI", 28},
    {"NL", 18}, {"NO", 15}, {"OM", 23}, {"PK", 24}, {"PL", 28}, {"PS", 29},
    {"PT", 25}, {"QA", 29}, {"RO", 24}, {"RS", 22}, {"RU", 33}, {"SA", 24},
    {"SC", 31}, {"SD", 18}, {"SE", 24}, {"SI", 19}, {"SK", 24}, {"SM", 27},
    {"SO", 23}, {"ST", 25}, {"SV", 28}, {"TL", 23}, {"TN", 24}, {"TR", 26},
    {"UA", 29}, {"VA", 22}, {"VG", 24}, {"XK", 20}, {"YE", 30},
};

static bool is_alnum_text(const char *text)
{
    for (; *text; text++)
        if (!sm_is_digit(*text) && !sm_is_alpha(*text))
            return false;
    return true;
}

/* Mod 97 with the first four characters moved to the end. */
static bool passes(const char *text)
{
    unsigned rest = sm_ident_mod97(0, text + 4, strlen(text) - 4);

    return sm_ident_mod97(rest, text, 4) == 1;
}

static size_t iban_length(const char *text)
{
    for (size_t i = 0; i < SM_COUNT(ibans); i++)
        if (strncmp(text, ibans[i].country, 2) == 0)
            return ibans[i].length;
    return 0;
}

/* PATTERN over TEXT: a is a letter, n a digit, c either. */
static bool has_shape(const char *text, const char *pattern)
{
    for (; *pattern; pattern++, text++) {
        if (*pattern == 'a' && !sm_is_alpha(*text))
            return false;
        if (*pattern == 'n' && !sm_is_digit(*text))
            return false;
    }
    return *text == '\0';
}

enum sm_status sm_iban_parse(char out[SM_IBAN_TEXT], const char *text)
{
    size_t len;

    if (sm_ident_strip(out, SM_IBAN_TEXT, text, false) != SM_OK ||
        !is_alnum_text(out))
        return SM_INVALID;
    len = strlen(out);
    if (len < 5 || len != iban_length(out) || !sm_is_digit(out[2]) ||
        !sm_is_digit(out[3]))
        return SM_INVALID;
    if (strncmp(out, "RO", 2) == 0 &&
        !has_shape(out + 4, "aaaacccccccccccccccc"))
        return SM_INVALID;
    if (strncmp(out, "BG", 2) == 0 && !has_shape(out + 4, "aaaannnnnncccccccc"))
        return SM_INVALID;
    return passes(out) ? SM_OK : SM_INVALID;
}

enum sm_status sm_rf_parse(char out[SM_RF_TEXT], const char *text)
{
    if (sm_ident_strip(out, SM_RF_TEXT, text, false) != SM_OK ||
        !is_alnum_text(out) || strlen(out) < 5)
        return SM_INVALID;
    if (strncmp(out, "RF", 2) != 0 || !sm_is_digit(out[2]) ||
        !sm_is_digit(out[3]))
        return SM_INVALID;
    return passes(out) ? SM_OK : SM_INVALID;
}

enum sm_status sm_rf_make(char out[SM_RF_TEXT], const char *body)
{
    char plain[RF_BODY_MAX + 1];
    unsigned check;

    if (sm_ident_strip(plain, sizeof(plain), body, false) != SM_OK ||
        !is_alnum_text(plain) || *plain == '\0')
        return SM_INVALID;
    check = sm_ident_mod97(0, plain, strlen(plain));
    check = 98 - sm_ident_mod97(check, "RF00", 4);
    memcpy(out, "RF", 2);
    out[2] = (char)('0' + check / 10);
    out[3] = (char)('0' + check % 10);
    memcpy(out + 4, plain, strlen(plain) + 1);
    return SM_OK;
}
