/* Which passwords are taken. */
#include <stdlib.h>
#include <string.h>
#include <uchar.h>
#include <utf8proc.h>

#include "auth/password_impl.h"
#include "base/text.h"

enum {
    /* A composed character is at most four code points apart, and a code point
     * at most four bytes: what is longer has more than 128 characters. */
    APART_MAX = SM_PASSWORD_MAX_CHARS * 4,
    RAW_MAX_BYTES = APART_MAX * 4,
    /* Lower case may be longer than what it is made of. */
    LOWER_MAX = 1024,
    PIECE_MIN = 3
};

/* Text for comparing: in lower case, as code points. */
struct lower {
    utf8proc_int32_t points[LOWER_MAX + 1];
    size_t count;
};

/* What lies side by side, each row also read backwards and round its end: the
 * alphabets, the keyboards of the two countries (QWERTY, QWERTZ; BDS and both
 * phonetic ones; the Russian one, which many have), and ways across QWERTY. */
static const char32_t *const rows[] = {
    U"1234567890",
    U"!@#$%^&*()",
    U"abcdefghijklmnopqrstuvwxyz",
    U"абвгдежзийклмнопрстуфхцчшщъьюя",
    U"qwertyuiop",
    U"asdfghjkl",
    U"zxcvbnm",
    U"qwertyuiopasdfghjklzxcvbnm",
    U"qwertzuiop",
    U"yxcvbnm",
    U"уеишщксдзц",
    U"ьяаожгтнвмч",
    U"юйъэфхпрлб",
    U"явертъуиопшщ",
    U"чшертъуиопя",
    U"асдфгхйкл",
    U"зьцжбнм",
    U"зжцвбнм",
    U"йцукенгшщзхъ",
    U"фывапролджэ",
    U"ячсмитьбю",
    U"1q2w3e4r5t6y7u8i9o0p",
    U"q1w2e3r4t5y6u7i8o9p0",
    U"1qaz2wsx3edc4rfv5tgb6yhn7ujm",
    U"qazwsxedcrfvtgbyhnujm",
    U"!qaz@wsx#edc$rfv%tgb^yhn&ujm",
};

enum sm_password_rule sm_password_read(struct sm_password *out, const char *raw,
                                       size_t len)
{
    utf8proc_int32_t points[APART_MAX + 1];
    utf8proc_ssize_t count, bytes = 0;
    enum sm_password_rule rule = SM_PASSWORD_LONG;

    *out = (struct sm_password){.len = 0};
    if (len > RAW_MAX_BYTES)
        return SM_PASSWORD_LONG;
    if (!sm_utf8_valid(raw, len))
        return SM_PASSWORD_MALFORMED;
    count = utf8proc_decompose((const utf8proc_uint8_t *)raw,
                               (utf8proc_ssize_t)len, points, APART_MAX,
                               UTF8PROC_STABLE | UTF8PROC_COMPOSE);
    if (count >= 0 && count <= APART_MAX)
        bytes = utf8proc_reencode(points, count,
                                  UTF8PROC_STABLE | UTF8PROC_COMPOSE);
    if (count > APART_MAX)
        goto out;
    if (count < 0 || bytes < 0) {
        rule = SM_PASSWORD_MALFORMED;
        goto out;
    }
    out->chars = sm_utf8_length((const char *)points, (size_t)bytes);
    if (out->chars > SM_PASSWORD_MAX_CHARS) {
        out->chars = 0;
        goto out;
    }
    out->len = (size_t)bytes;
    memcpy(out->text, points, out->len);
    rule = SM_PASSWORD_GOOD;
out:
    explicit_bzero(points, sizeof(points));
    return rule;
}

/* TEXT in lower case; nothing of it if it is not UTF-8 or far too long. */
static void to_lower(struct lower *out, const char *text, size_t len)
{
    utf8proc_ssize_t count = utf8proc_decompose(
        (const utf8proc_uint8_t *)text, (utf8proc_ssize_t)len, out->points,
        LOWER_MAX, UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_CASEFOLD);

    if (count > 0 && count <= LOWER_MAX)
        count = utf8proc_normalize_utf32(out->points, count,
                                         UTF8PROC_STABLE | UTF8PROC_COMPOSE);
    out->count = count > 0 && count <= LOWER_MAX ? (size_t)count : 0;
}

static bool is_same(const struct lower *a, const utf8proc_int32_t *points,
                    size_t count)
{
    return count > 0 && a->count == count &&
           memcmp(a->points, points, count * sizeof(*points)) == 0;
}

static bool is_email(const struct lower *password, const char *email)
{
    struct lower other;
    size_t local;

    to_lower(&other, email, strlen(email));
    for (local = other.count; local > 0; local--)
        if (other.points[local - 1] == '@')
            break;
    return is_same(password, other.points, other.count) ||
           (local > 0 && is_same(password, other.points, local - 1));
}

/* Leave out what people put between the digits of a code. */
static void squeeze(struct lower *text)
{
    size_t count = 0;

    for (size_t i = 0; i < text->count; i++) {
        utf8proc_int32_t point = text->points[i];

        if (point != ' ' && point != '.' && point != '-')
            text->points[count++] = point;
    }
    text->count = count;
}

static bool is_code(const struct lower *password, const char *client_code)
{
    struct lower typed = *password, code;
    bool same;

    to_lower(&code, client_code, strlen(client_code));
    squeeze(&typed);
    squeeze(&code);
    same = is_same(&typed, code.points, code.count);
    explicit_bzero(&typed, sizeof(typed));
    return same;
}

/* A group that is repeated is as weak as the group alone, and that is shorter
 * than a password may be. */
static bool is_repetition(const struct lower *text)
{
    for (size_t group = 1;
         group < SM_PASSWORD_MIN_CHARS && 2 * group <= text->count; group++)
        if (memcmp(text->points, text->points + group,
                   (text->count - group) * sizeof(*text->points)) == 0)
            return true;
    return false;
}

/* How many of the LEFT points at AT follow ROW from the first on. */
static size_t run_along(const utf8proc_int32_t *at, size_t left,
                        const char32_t *row, bool back)
{
    size_t size = 0, place, run = 1;

    while (row[size])
        size++;
    for (place = 0; place < size; place++)
        if (row[place] == (char32_t)at[0])
            break;
    if (place == size)
        return 0;
    for (; run < left; run++) {
        place = (place + (back ? size - 1 : 1)) % size;
        if (row[place] != (char32_t)at[run])
            break;
    }
    return run;
}

/* The longest piece that begins at AT. */
static size_t longest_run(const utf8proc_int32_t *at, size_t left)
{
    size_t longest = 1;

    while (longest < left && at[longest] == at[0])
        longest++;
    for (size_t i = 0; i < 2 * SM_COUNT(rows); i++) {
        size_t run = run_along(at, left, rows[i / 2], i % 2 == 1);

        if (run > longest)
            longest = run;
    }
    return longest;
}

/* True if TEXT is nothing but pieces; any beginning of a piece is one too. */
static bool is_all_runs(const struct lower *text)
{
    bool reached[LOWER_MAX + 1] = {true};

    for (size_t from = 0; from < text->count; from++) {
        size_t run;

        if (!reached[from])
            continue;
        run = longest_run(text->points + from, text->count - from);
        for (size_t piece = PIECE_MIN; piece <= run; piece++)
            reached[from + piece] = true;
    }
    return text->count > 0 && reached[text->count];
}

static int compare(const void *key, const void *member)
{
    return strcmp(key, *(const char *const *)member);
}

static bool is_common(const struct lower *password)
{
    utf8proc_uint8_t text[LOWER_MAX * 4 + 1];
    size_t len = 0;
    bool found;

    for (size_t i = 0; i < password->count; i++)
        len += (size_t)utf8proc_encode_char(password->points[i], text + len);
    text[len] = '\0';
    found = bsearch(text, sm_common_passwords, sm_common_passwords_count,
                    sizeof(*sm_common_passwords), compare) != NULL;
    explicit_bzero(text, sizeof(text));
    return found;
}

enum sm_password_rule sm_password_check(const char *password, size_t len,
                                        const char *email,
                                        const char *client_code)
{
    struct sm_password read;
    struct lower lower = {.count = 0};
    enum sm_password_rule rule = sm_password_read(&read, password, len);

    if (rule != SM_PASSWORD_GOOD)
        return rule;
    to_lower(&lower, read.text, read.len);
    if (read.chars < SM_PASSWORD_MIN_CHARS)
        rule = SM_PASSWORD_SHORT;
    else if (email && is_email(&lower, email))
        rule = SM_PASSWORD_EMAIL;
    else if (client_code && is_code(&lower, client_code))
        rule = SM_PASSWORD_CODE;
    else if (is_repetition(&lower) || is_all_runs(&lower))
        rule = SM_PASSWORD_TRIVIAL;
    else if (is_common(&lower))
        rule = SM_PASSWORD_COMMON;
    explicit_bzero(&read, sizeof(read));
    explicit_bzero(&lower, sizeof(lower));
    return rule;
}
