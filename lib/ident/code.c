#include "ident/code.h"

#include <string.h>

#include "base/text.h"
#include "ident/checksum.h"

#define SYMBOLS_LEAST 12 /* of 5 bits each: 60 bits */
#define DIGITS_LEAST 19  /* 10^19 is more than 2^63 */

/* Without the letters that are read as digits, and without U. */
static const char symbols[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

const struct sm_code_rule sm_client_code_rule = {6, 12, true,
                                                 SM_CODE_CHECK_NONE};

enum sm_status sm_code_check_parse(enum sm_code_check *out, const char *word)
{
    static const struct {
        const char *word;
        enum sm_code_check check;
    } words[] = {
        {"none", SM_CODE_CHECK_NONE},
        {"luhn", SM_CODE_CHECK_LUHN},
        {"mod97", SM_CODE_CHECK_MOD97},
    };

    for (size_t i = 0; i < SM_COUNT(words); i++) {
        if (strcmp(word, words[i].word) == 0) {
            *out = words[i].check;
            return SM_OK;
        }
    }
    return SM_INVALID;
}

static bool passes(const char *code, size_t len, enum sm_code_check check)
{
    switch (check) {
    case SM_CODE_CHECK_NONE:
        return true;
    case SM_CODE_CHECK_LUHN:
        return sm_ident_digits(code, len) && sm_ident_luhn(code, len);
    case SM_CODE_CHECK_MOD97:
        return len > 2 && sm_ident_digits(code + len - 2, 2) &&
               sm_ident_mod97(0, code, len) == 1;
    }
    return false;
}

enum sm_status sm_code_parse(char out[SM_CODE_TEXT], const char *text,
                             const struct sm_code_rule *rule)
{
    size_t len;

    if (sm_ident_strip(out, SM_CODE_TEXT, text, true) != SM_OK)
        return SM_INVALID;
    len = strlen(out);
    if (len < (size_t)rule->min || len > (size_t)rule->max)
        return SM_INVALID;
    for (size_t i = 0; i < len; i++)
        if (!sm_is_digit(out[i]) && (rule->digits || !sm_is_alpha(out[i])))
            return SM_INVALID;
    return passes(out, len, rule->check) ? SM_OK : SM_INVALID;
}

/* LEN symbols of 32 and the two digits that make mod 97 one. */
static void make_symbols(char *out, const uint8_t *random, size_t len)
{
    unsigned check;

    for (size_t i = 0; i < len; i++)
        out[i] = symbols[random[i] & 31];
    check = 98 - sm_ident_mod97(0, out, len) * 100 % 97;
    out[len] = (char)('0' + check / 10);
    out[len + 1] = (char)('0' + check % 10);
    out[len + 2] = '\0';
}

/* LEN digits and Luhn's.  A byte's remainder by 10 would prefer 0 to 5, so
 * the random bytes are read as one long number and divided. */
static void make_digits(char *out, const uint8_t *random, size_t len)
{
    uint8_t number[SM_CODE_RANDOM];
    char digit = '0';

    memcpy(number, random, sizeof(number));
    for (size_t i = 0; i < len; i++) {
        unsigned rest = 0;

        for (size_t k = 0; k < sizeof(number); k++) {
            unsigned part = rest << 8 | number[k];

            number[k] = (uint8_t)(part / 10);
            rest = part % 10;
        }
        out[i] = (char)('0' + rest);
    }
    do {
        out[len] = digit++;
    } while (!sm_ident_luhn(out, len + 1));
    out[len + 1] = '\0';
}

enum sm_status sm_code_make(char out[SM_CODE_TEXT],
                            const uint8_t random[SM_CODE_RANDOM],
                            const struct sm_code_rule *rule)
{
    bool luhn = rule->check == SM_CODE_CHECK_LUHN;
    size_t checks = luhn ? 1 : 2;
    size_t least = luhn ? DIGITS_LEAST : SYMBOLS_LEAST;
    size_t min = (size_t)rule->min;
    size_t max = (size_t)rule->max;

    if (max >= SM_CODE_TEXT || max < least + checks || (rule->digits && !luhn))
        return SM_INVALID;
    if (min > least + checks)
        least = min - checks;
    if (luhn)
        make_digits(out, random, least);
    else
        make_symbols(out, random, least);
    return SM_OK;
}

void sm_code_hint(char out[5], const char *code)
{
    size_t len = strlen(code);

    sm_copy(out, 5, len > 4 ? code + len - 4 : code);
}

enum sm_status sm_invoice_no_parse(char out[SM_INVOICE_NO_TEXT],
                                   const char *text)
{
    if (sm_ident_strip(out, SM_INVOICE_NO_TEXT, text, false) != SM_OK)
        return SM_INVALID;
    for (const char *at = out; *at; at++)
        if (!sm_is_digit(*at) && !sm_is_alpha(*at) && *at != '/' && *at != '-')
            return SM_INVALID;
    return *out ? SM_OK : SM_INVALID;
}

bool sm_reference_valid(const char *text)
{
    static const char letters[] = "23456789ABCDEFGHJKMNPQRSTUVWXYZ";
    size_t sum = 0;

    if (strlen(text) != 8)
        return false;
    for (size_t i = 0; i < 8; i++) {
        const char *at = strchr(letters, text[i]);

        if (!at)
            return false;
        sum += (size_t)(at - letters) * (i < 7 ? i + 2 : 1);
    }
    return sum % 31 == 0;
}
