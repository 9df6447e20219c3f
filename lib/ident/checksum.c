#include "ident/checksum.h"

#include <string.h>

#include "base/text.h"

/* Length of the blank or mark at TEXT, 0 if it is something else. */
static size_t skip(const char *text, bool marks)
{
    static const char *const blanks[] = {
        " ", "\t", "\xC2\xA0", "\xE2\x80\x89", "\xE2\x80\xAF",
    };
    /* The dash of the keyboard, then those of typesetters and minus. */
    static const char *const dashes[] = {
        "-",
        ".",
        "\xE2\x80\x90",
        "\xE2\x80\x91",
        "\xE2\x80\x92",
        "\xE2\x80\x93",
        "\xE2\x80\x94",
        "\xE2\x88\x92",
    };

    for (size_t i = 0; i < SM_COUNT(blanks); i++)
        if (strncmp(text, blanks[i], strlen(blanks[i])) == 0)
            return strlen(blanks[i]);
    for (size_t i = 0; marks && i < SM_COUNT(dashes); i++)
        if (strncmp(text, dashes[i], strlen(dashes[i])) == 0)
            return strlen(dashes[i]);
    return 0;
}

enum sm_status sm_ident_strip(char *out, size_t size, const char *text,
                              bool marks)
{
    size_t n = 0;

    while (*text) {
        size_t skipped = skip(text, marks);

        if (skipped) {
            text += skipped;
            continue;
        }
        if (*text < 0x21 || *text > 0x7E || n + 1 >= size)
            return SM_INVALID;
        out[n++] = sm_to_upper(*text++);
    }
    out[n] = '\0';
    return SM_OK;
}

bool sm_ident_digits(const char *text, size_t len)
{
    for (size_t i = 0; i < len; i++)
        if (!sm_is_digit(text[i]))
            return false;
    return text[len] == '\0';
}

unsigned sm_ident_mod97(unsigned rest, const char *text, size_t len)
{
    for (size_t i = 0; i < len; i++) {
        if (sm_is_digit(text[i]))
            rest = (rest * 10 + (unsigned)(text[i] - '0')) % 97;
        else
            rest = (rest * 100 + (unsigned)(text[i] - 'A') + 10) % 97;
    }
    return rest;
}

int sm_ident_weigh(const char *text, const int *weights, size_t count)
{
    int sum = 0;

    for (size_t i = 0; i < count; i++)
        sum += (text[i] - '0') * weights[i];
    return sum;
}

bool sm_ident_luhn(const char *text, size_t len)
{
    int sum = 0;

    for (size_t i = 0; i < len; i++) {
        int digit = text[len - 1 - i] - '0';

        if (i % 2 == 1)
            digit = digit > 4 ? 2 * digit - 9 : 2 * digit;
        sum += digit;
    }
    return sum % 10 == 0;
}
