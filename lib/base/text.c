#include "base/text.h"

#include <string.h>
#include <utf8proc.h>

#include "base/clock.h"

static const char hex_digits[] = "0123456789abcdef";
static const char base32_digits[] = "abcdefghijklmnopqrstuvwxyz234567";

bool sm_copy(char *out, size_t size, const char *text)
{
    size_t len = strlen(text);
    bool fits = len < size;

    if (size == 0)
        return false;
    if (!fits)
        len = size - 1;
    memcpy(out, text, len);
    out[len] = '\0';
    return fits;
}

/* The value is built below zero, where int64_t reaches one further. */
enum sm_status sm_parse_i64(int64_t *out, const char *text, int64_t min,
                            int64_t max)
{
    bool negative = *text == '-';
    int64_t value = 0;

    if (negative)
        text++;
    if (*text == '\0')
        return SM_INVALID;
    for (; *text; text++) {
        if (!sm_is_digit(*text) || __builtin_mul_overflow(value, 10, &value) ||
            __builtin_sub_overflow(value, *text - '0', &value))
            return SM_INVALID;
    }
    if (!negative && __builtin_sub_overflow(0, value, &value))
        return SM_INVALID;
    if (value < min || value > max)
        return SM_INVALID;
    *out = value;
    return SM_OK;
}

static size_t put_digits(char *out, uint64_t number, size_t width)
{
    char digits[SM_INT_TEXT - 1];
    size_t at = sizeof(digits), len;

    do {
        digits[--at] = (char)('0' + number % 10);
        number /= 10;
    } while (number > 0 || (sizeof(digits) - at < width && at > 0));
    len = sizeof(digits) - at;
    memcpy(out, digits + at, len);
    out[len] = '\0';
    return len;
}

size_t sm_uint_format(char out[SM_INT_TEXT], uint64_t number, size_t width)
{
    return put_digits(out, number, width);
}

size_t sm_int_format(char out[SM_INT_TEXT], int64_t number)
{
    if (number >= 0)
        return put_digits(out, (uint64_t)number, 1);
    out[0] = '-';
    return 1 + put_digits(out + 1, 0 - (uint64_t)number, 1);
}

/* COUNT digits at TEXT as a number, or -1. */
static int digits(const char *text, int count)
{
    int value = 0;

    for (int i = 0; i < count; i++) {
        if (!sm_is_digit(text[i]))
            return -1;
        value = value * 10 + (text[i] - '0');
    }
    return value;
}

enum sm_status sm_parse_date(struct sm_date *out, const char *text)
{
    struct sm_date date;
    struct sm_date back;

    if (strlen(text) != 10 || text[4] != '-' || text[7] != '-')
        return SM_INVALID;
    date.year = digits(text, 4);
    date.month = digits(text + 5, 2);
    date.day = digits(text + 8, 2);
    if (date.year < 1 || date.month < 1 || date.month > 12 || date.day < 1)
        return SM_INVALID;
    /* A day that does not exist comes back in the next month. */
    back = sm_date_from_days(sm_date_to_days(date));
    if (back.month != date.month)
        return SM_INVALID;
    *out = date;
    return SM_OK;
}

/* Length of the character at TEXT, or 0 if it is not one (or is NUL). */
static size_t utf8_next(const char *text, size_t len)
{
    utf8proc_int32_t point = 0;
    utf8proc_ssize_t used;

    if (len == 0 || *text == '\0')
        return 0;
    if ((unsigned char)*text < 0x80)
        return 1;
    used = utf8proc_iterate((const utf8proc_uint8_t *)text,
                            (utf8proc_ssize_t)(len < 4 ? len : 4), &point);
    return used > 0 ? (size_t)used : 0;
}

bool sm_utf8_valid(const char *text, size_t len)
{
    while (len > 0) {
        size_t used = utf8_next(text, len);

        if (used == 0)
            return false;
        text += used;
        len -= used;
    }
    return true;
}

size_t sm_utf8_length(const char *text, size_t len)
{
    size_t count = 0;

    for (size_t i = 0; i < len; i++)
        count += ((unsigned char)text[i] & 0xC0) != 0x80;
    return count;
}

bool sm_is_digit(char byte)
{
    return byte >= '0' && byte <= '9';
}

bool sm_is_alpha(char byte)
{
    char lower = sm_to_lower(byte);

    return lower >= 'a' && lower <= 'z';
}

char sm_to_lower(char byte)
{
    return byte >= 'A' && byte <= 'Z' ? (char)(byte - 'A' + 'a') : byte;
}

char sm_to_upper(char byte)
{
    return byte >= 'a' && byte <= 'z' ? (char)(byte - 'a' + 'A') : byte;
}

/* The letter after the backslash for the bytes that have a short form. */
static char json_short(unsigned char byte)
{
    switch (byte) {
    case '"':
    case '\\':
        return (char)byte;
    case '\b':
        return 'b';
    case '\f':
        return 'f';
    case '\n':
        return 'n';
    case '\r':
        return 'r';
    case '\t':
        return 't';
    default:
        return '\0';
    }
}

size_t sm_json_escape(char out[SM_JSON_PIECE], const char **text,
                      const char *end)
{
    const char *at = *text;
    unsigned char byte = (unsigned char)*at;
    size_t used = utf8_next(at, (size_t)(end - at));

    *text += used ? used : 1;
    if (json_short(byte)) {
        out[0] = '\\';
        out[1] = json_short(byte);
        return 2;
    }
    if (byte < 0x20 || byte == 0x7F) {
        memcpy(out, "\\u00", 4);
        out[4] = hex_digits[byte >> 4];
        out[5] = hex_digits[byte & 15];
        return 6;
    }
    if (used == 0) {
        memcpy(out, "\\ufffd", 6);
        return 6;
    }
    if (used == 3 && (memcmp(at, "\xE2\x80\xA8", 3) == 0 ||
                      memcmp(at, "\xE2\x80\xA9", 3) == 0)) {
        memcpy(out, at[2] == '\xA8' ? "\\u2028" : "\\u2029", 6);
        return 6;
    }
    memcpy(out, at, used);
    return used;
}

bool sm_list_next(const char **list, const char **word, size_t *len)
{
    *word = *list + strspn(*list, ", ");
    *len = strcspn(*word, ", ");
    *list = *word + *len;
    return *len > 0;
}

bool sm_equal_nocase(const char *a, const char *b)
{
    for (; *a && *b; a++, b++)
        if (sm_to_lower(*a) != sm_to_lower(*b))
            return false;
    return *a == *b;
}

void sm_hex(char *out, const uint8_t *bytes, size_t len)
{
    for (size_t i = 0; i < len; i++) {
        *out++ = hex_digits[bytes[i] >> 4];
        *out++ = hex_digits[bytes[i] & 15];
    }
    *out = '\0';
}

/* The index of the lower-case DIGIT in ALPHABET, or -1. */
static int digit_value(const char *alphabet, char digit)
{
    const char *at = digit ? strchr(alphabet, digit) : NULL;

    return at ? (int)(at - alphabet) : -1;
}

enum sm_status sm_unhex(uint8_t *out, size_t len, const char *text)
{
    if (strlen(text) / 2 != len || strlen(text) % 2 != 0)
        return SM_INVALID;
    for (size_t i = 0; i < len; i++) {
        int high = digit_value(hex_digits, sm_to_lower(text[2 * i]));
        int low = digit_value(hex_digits, sm_to_lower(text[2 * i + 1]));

        if (high < 0 || low < 0)
            return SM_INVALID;
        out[i] = (uint8_t)(high * 16 + low);
    }
    return SM_OK;
}

void sm_id_format(char out[SM_ID_TEXT], const uint8_t id[SM_ID_BYTES])
{
    unsigned bits = 0; /* the low NBITS are not yet written */
    unsigned nbits = 0;
    size_t n = 0;

    for (size_t i = 0; i < SM_ID_BYTES; i++) {
        bits = (bits << 8 | id[i]) & 0xFFF;
        nbits += 8;
        while (nbits >= 5) {
            nbits -= 5;
            out[n++] = base32_digits[bits >> nbits & 31];
        }
    }
    out[n++] = base32_digits[bits << (5 - nbits) & 31];
    out[n] = '\0';
}

enum sm_status sm_id_parse(uint8_t out[SM_ID_BYTES], const char *text)
{
    unsigned bits = 0;
    unsigned nbits = 0;
    size_t n = 0;

    if (strlen(text) != SM_ID_TEXT - 1)
        return SM_INVALID;
    for (; *text; text++) {
        int value = digit_value(base32_digits, *text);

        if (value < 0)
            return SM_INVALID;
        bits = (bits << 5 | (unsigned)value) & 0xFFF;
        nbits += 5;
        if (nbits >= 8) {
            nbits -= 8;
            out[n++] = (uint8_t)(bits >> nbits);
        }
    }
    /* The last character has two bits to spare: only zero is canonical. */
    return bits & ((1U << nbits) - 1) ? SM_INVALID : SM_OK;
}
