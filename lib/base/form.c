#include "base/form.h"

#include <stdbool.h>
#include <string.h>

#include "base/text.h"

static int hex_value(char byte)
{
    byte = sm_to_lower(byte);
    if (byte >= '0' && byte <= '9')
        return byte - '0';
    if (byte >= 'a' && byte <= 'f')
        return byte - 'a' + 10;
    return -1;
}

/* Decode LEN bytes into the arena; NULL for a broken escape, a NUL, bytes
 * that are not UTF-8, or no memory (told apart by *BROKEN). */
static const char *decode(size_t *out_len, bool *broken, struct sm_arena *arena,
                          const char *text, size_t len)
{
    char *copy = sm_arena_alloc(arena, len + 1);
    size_t put = 0;

    if (!copy)
        return NULL;
    *broken = true;
    for (size_t i = 0; i < len; i++) {
        char byte = text[i];

        if (byte == '+') {
            byte = ' ';
        } else if (byte == '%') {
            int high = i + 2 < len ? hex_value(text[i + 1]) : -1;
            int low = i + 2 < len ? hex_value(text[i + 2]) : -1;

            if (high < 0 || low < 0)
                return NULL;
            byte = (char)(high << 4 | low);
            i += 2;
        }
        copy[put++] = byte;
    }
    if (!sm_utf8_valid(copy, put))
        return NULL;
    *broken = false;
    *out_len = put;
    return copy;
}

static enum sm_status parse_pair(struct sm_field *out, struct sm_arena *arena,
                                 const char *text, size_t len)
{
    const char *equals = memchr(text, '=', len);
    size_t name_len = equals ? (size_t)(equals - text) : len;
    size_t ignored;
    bool broken = false;

    out->name = decode(&ignored, &broken, arena, text, name_len);
    out->value = "";
    out->len = 0;
    if (out->name && equals)
        out->value =
            decode(&out->len, &broken, arena, equals + 1, len - name_len - 1);
    if (out->name && out->value)
        return SM_OK;
    return broken ? SM_INVALID : SM_INTERNAL;
}

static size_t count_pairs(const char *text, size_t len)
{
    size_t count = len > 0;

    for (size_t i = 0; i < len; i++)
        count += text[i] == '&';
    return count;
}

enum sm_status sm_form_parse(struct sm_form *out, struct sm_arena *arena,
                             const char *text, size_t len)
{
    size_t pairs = count_pairs(text, len);

    out->fields = NULL;
    out->count = 0;
    if (pairs == 0)
        return SM_OK;
    if (pairs > SM_FORM_FIELDS)
        return SM_INVALID;
    out->fields = sm_arena_calloc(arena, pairs, sizeof(*out->fields));
    if (!out->fields)
        return SM_INTERNAL;
    for (size_t at = 0; at <= len;) {
        const char *end = at < len ? memchr(text + at, '&', len - at) : NULL;
        size_t size = end ? (size_t)(end - text) - at : len - at;

        if (size > 0) {
            enum sm_status st =
                parse_pair(&out->fields[out->count], arena, text + at, size);

            if (st != SM_OK)
                return st;
            out->count++;
        }
        at += size + 1;
    }
    return SM_OK;
}

enum sm_status sm_form_find(const struct sm_field **out,
                            const struct sm_form *form, const char *name)
{
    *out = NULL;
    for (size_t i = 0; i < form->count; i++) {
        if (strcmp(form->fields[i].name, name) != 0)
            continue;
        if (*out)
            return SM_INVALID;
        *out = &form->fields[i];
    }
    return SM_OK;
}
