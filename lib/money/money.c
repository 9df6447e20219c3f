#include "money/money.h"

#include <stdbool.h>
#include <string.h>

#include "base/text.h"

enum sm_status sm_minor_add(int64_t *out, int64_t a, int64_t b)
{
    int64_t sum;

    if (__builtin_add_overflow(a, b, &sum))
        return SM_INVALID;
    *out = sum;
    return SM_OK;
}

enum sm_status sm_minor_sub(int64_t *out, int64_t a, int64_t b)
{
    int64_t difference;

    if (__builtin_sub_overflow(a, b, &difference))
        return SM_INVALID;
    *out = difference;
    return SM_OK;
}

enum sm_status sm_minor_mul(int64_t *out, int64_t a, int64_t times)
{
    int64_t product;

    if (__builtin_mul_overflow(a, times, &product))
        return SM_INVALID;
    *out = product;
    return SM_OK;
}

/* Append DIGIT to *VALUE, which is kept at or below zero: there int64_t
 * reaches one further. */
static bool push_digit(int64_t *value, char digit)
{
    return !__builtin_mul_overflow(*value, 10, value) &&
           !__builtin_sub_overflow(*value, digit - '0', value);
}

/* Read "digits", "digits.digits" or ".digits" of TEXT[LEN] with the decimal
 * mark MARK into *OUT <= 0.  *DECIMALS counts what stood after the mark. */
static bool read_digits(int64_t *out, const char *text, size_t len, char mark,
                        int exponent, size_t *decimals)
{
    const char *point = memchr(text, mark, len);
    size_t whole = point ? (size_t)(point - text) : len;
    int64_t value = 0;

    *decimals = point ? len - whole - 1 : 0;
    if (whole + *decimals == 0)
        return false;
    for (size_t i = 0; i < whole; i++)
        if (!sm_is_digit(text[i]) || !push_digit(&value, text[i]))
            return false;
    for (size_t i = 0; i < *decimals; i++) {
        char digit = text[whole + 1 + i];

        if (!sm_is_digit(digit))
            return false;
        if (i >= (size_t)exponent && digit != '0')
            return false;
        if (i < (size_t)exponent && !push_digit(&value, digit))
            return false;
    }
    for (size_t i = *decimals; i < (size_t)exponent; i++)
        if (!push_digit(&value, '0'))
            return false;
    *out = value;
    return true;
}

enum sm_status sm_amount_parse(int64_t *out, const char *text, int exponent)
{
    size_t len;
    size_t decimals;
    int64_t value;
    const char *mark;

    text += strspn(text, " \t");
    len = strlen(text);
    while (len > 0 && strchr(" \t", text[len - 1]))
        len--;
    mark = memchr(text, ',', len) ? "," : ".";
    /* A person writes digits on both sides of the mark. */
    if (len == 0 || !sm_is_digit(text[0]) || !sm_is_digit(text[len - 1]))
        return SM_INVALID;
    if (!read_digits(&value, text, len, *mark, exponent, &decimals) ||
        decimals > (size_t)exponent || value == INT64_MIN)
        return SM_INVALID;
    *out = -value;
    return SM_OK;
}

enum sm_status sm_decimal_parse(int64_t *out, const char *text, int exponent)
{
    bool negative = *text == '-';
    size_t decimals;
    int64_t value;

    if (*text == '-' || *text == '+')
        text++;
    if (!read_digits(&value, text, strlen(text), '.', exponent, &decimals))
        return SM_INVALID;
    if (!negative && value == INT64_MIN)
        return SM_INVALID;
    *out = negative ? value : -value;
    return SM_OK;
}

void sm_decimal_format(char out[SM_DECIMAL_TEXT], int64_t minor, int exponent)
{
    uint64_t rest = minor < 0 ? 0 - (uint64_t)minor : (uint64_t)minor;
    char text[SM_DECIMAL_TEXT];
    size_t at = sizeof(text);

    text[--at] = '\0';
    for (int i = 0; i < exponent; i++, rest /= 10)
        text[--at] = (char)('0' + rest % 10);
    if (exponent > 0)
        text[--at] = '.';
    do {
        text[--at] = (char)('0' + rest % 10);
        rest /= 10;
    } while (rest);
    if (minor < 0)
        text[--at] = '-';
    memcpy(out, text + at, sizeof(text) - at);
}

enum sm_status sm_allocate(int64_t *paid, int64_t *rest,
                           const int64_t *open_minor, size_t count,
                           int64_t amount)
{
    if (amount < 0)
        return SM_INVALID;
    for (size_t i = 0; i < count; i++)
        if (open_minor[i] < 0)
            return SM_INVALID;
    for (size_t i = 0; i < count; i++) {
        paid[i] = open_minor[i] < amount ? open_minor[i] : amount;
        amount -= paid[i];
    }
    *rest = amount;
    return SM_OK;
}
