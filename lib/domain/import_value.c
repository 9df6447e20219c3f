#include "domain/import_value.h"

#include <stdbool.h>
#include <string.h>

#include "base/text.h"
#include "money/money.h"

enum { MICRO_DIGITS = 6 };

enum sm_status sm_import_decimal(int64_t *out, const char *text, int scale)
{
    int64_t value;

    if (sm_decimal_parse(&value, text, scale) != SM_OK ||
        value > SM_IMPORT_AMOUNT_MAX || value < -SM_IMPORT_AMOUNT_MAX)
        return SM_INVALID;
    *out = value;
    return SM_OK;
}

enum sm_status sm_import_micro(int64_t *out, const char *text)
{
    char copy[48];
    const char *point = strchr(text, '.');
    size_t keep = strlen(text);

    if (point && strspn(point + 1, "0123456789") != strlen(point + 1))
        return SM_INVALID;
    if (point && strlen(point + 1) > MICRO_DIGITS)
        keep = (size_t)(point - text) + 1 + MICRO_DIGITS;
    if (keep >= sizeof(copy))
        return SM_INVALID;
    memcpy(copy, text, keep);
    copy[keep] = '\0';
    return sm_decimal_parse(out, copy, MICRO_DIGITS);
}

int sm_import_currency_scale(const char *currency)
{
    const struct sm_currency *found = sm_currency_find(currency);

    return found ? found->exponent : -1;
}

void sm_import_tax_id(char *out, size_t size, const char *text)
{
    size_t len = 0;

    for (; *text && len + 1 < size; text++)
        if (!strchr(" .-", *text))
            out[len++] = sm_to_upper(*text);
    out[len] = '\0';
    if (len > 2 && (memcmp(out, "RO", 2) == 0 || memcmp(out, "BG", 2) == 0) &&
        strspn(out + 2, "0123456789") == len - 2)
        memmove(out, out + 2, len - 1);
}
