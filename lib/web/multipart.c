#include "web/multipart.h"

#include <string.h>
#include <strings.h>

#include "base/text.h"

enum {
    BOUNDARY_MAX = 70, /* RFC 2046 */
    HEADERS_MAX = 2048 /* bytes of the headers of a part */
};

static const char multipart_type[] = "multipart/form-data";
static const char disposition[] = "content-disposition:";

/* Bytes that are somebody else's. */
struct slice {
    const char *at; /* NULL: absent */
    size_t len;
};

struct reader {
    struct sm_form *out;
    struct sm_arena *arena;
    char *at, *end;
    char mark[BOUNDARY_MAX + 5]; /* CRLF, two dashes, the boundary */
    size_t mark_len;
};

static bool begins(struct slice text, const char *word)
{
    size_t len = strlen(word);

    return text.len >= len && strncasecmp(text.at, word, len) == 0;
}

static void skip(struct slice *text, size_t count)
{
    text->at += count;
    text->len -= count;
}

static void skip_blanks(struct slice *text)
{
    while (text->len > 0 && (*text->at == ' ' || *text->at == '\t'))
        skip(text, 1);
}

/* The value at TEXT, a word or between quotes, which TEXT is moved past. */
static bool take_value(struct slice *out, struct slice *text)
{
    bool quoted = text->len > 0 && *text->at == '"';
    size_t len = 0;

    if (quoted)
        skip(text, 1);
    while (len < text->len && text->at[len] != (quoted ? '"' : ';'))
        len += quoted && text->at[len] == '\\' ? 2 : 1;
    if (len > text->len || (quoted && len == text->len))
        return false;
    *out = (struct slice){text->at, len};
    skip(text, len + quoted);
    while (!quoted && out->len > 0 && out->at[out->len - 1] == ' ')
        out->len--;
    return true;
}

/* The parameter NAME of a header's value, "word; name=value; ...".  False if
 * the value is broken or has it twice. */
static bool find_parameter(struct slice *out, struct slice text,
                           const char *name)
{
    const char *first = memchr(text.at, ';', text.len);

    *out = (struct slice){0};
    skip(&text, first ? (size_t)(first - text.at) : text.len);
    while (text.len > 0) {
        struct slice key, value;
        const char *equals;

        if (*text.at != ';')
            return false;
        skip(&text, 1);
        skip_blanks(&text);
        if (text.len == 0)
            return true;
        equals = memchr(text.at, '=', text.len);
        if (!equals)
            return false;
        key = (struct slice){text.at, (size_t)(equals - text.at)};
        skip(&text, key.len + 1);
        if (!take_value(&value, &text))
            return false;
        skip_blanks(&text);
        if (key.len != strlen(name) || !begins(key, name))
            continue;
        if (out->at)
            return false;
        *out = value;
    }
    return true;
}

bool sm_multipart_is(const char *content_type)
{
    size_t len = sizeof(multipart_type) - 1;
    struct slice text = {content_type, strlen(content_type)};

    return begins(text, multipart_type) &&
           (text.len == len || strchr("; \t", content_type[len]));
}

static bool read_boundary(struct reader *r, const char *content_type)
{
    struct slice text = {content_type, strlen(content_type)}, boundary;

    if (!find_parameter(&boundary, text, "boundary") || boundary.len == 0 ||
        boundary.len > BOUNDARY_MAX)
        return false;
    for (size_t i = 0; i < boundary.len; i++) {
        char byte = boundary.at[i];

        if (!sm_is_digit(byte) && !sm_is_alpha(byte) &&
            !(byte && strchr("'()+_,-./:=? ", byte)))
            return false;
    }
    memcpy(r->mark, "\r\n--", 4);
    memcpy(r->mark + 4, boundary.at, boundary.len);
    r->mark_len = boundary.len + 4;
    return true;
}

static bool take(struct reader *r, const char *bytes, size_t len)
{
    if ((size_t)(r->end - r->at) < len || memcmp(r->at, bytes, len) != 0)
        return false;
    r->at += len;
    return true;
}

/* The headers of a part, past the empty line after them; of all, only the
 * disposition counts. */
static bool read_headers(struct slice *out, struct reader *r)
{
    char *limit = r->end - r->at > HEADERS_MAX ? r->at + HEADERS_MAX : r->end;

    *out = (struct slice){0};
    for (;;) {
        char *stop = memmem(r->at, (size_t)(limit - r->at), "\r\n", 2);
        struct slice line = {r->at, stop ? (size_t)(stop - r->at) : 0};

        if (!stop)
            return false;
        r->at = stop + 2;
        if (line.len == 0)
            return out->at != NULL;
        if (!begins(line, disposition))
            continue;
        if (out->at)
            return false;
        skip(&line, sizeof(disposition) - 1);
        skip_blanks(&line);
        *out = line;
    }
}

/* One part, from its headers to the end of the mark after it. */
static enum sm_status read_part(struct reader *r)
{
    struct sm_field *field = &r->out->fields[r->out->count];
    struct slice said, name, file;
    char *stop;

    if (r->out->count == SM_FORM_FIELDS || !read_headers(&said, r) ||
        !begins(said, "form-data") || !find_parameter(&name, said, "name") ||
        !find_parameter(&file, said, "filename") || !name.at ||
        !sm_utf8_valid(name.at, name.len))
        return SM_INVALID;
    stop = memmem(r->at, (size_t)(r->end - r->at), r->mark, r->mark_len);
    if (!stop)
        return SM_INVALID;
    field->name = sm_arena_strndup(r->arena, name.at, name.len);
    if (!field->name)
        return SM_INTERNAL;
    field->value = r->at;
    field->len = (size_t)(stop - r->at);
    field->file = file.at != NULL;
    if (!field->file && !sm_utf8_valid(field->value, field->len))
        return SM_INVALID;
    *stop = '\0';
    r->at = stop + r->mark_len;
    r->out->count++;
    return SM_OK;
}

enum sm_status sm_multipart_parse(struct sm_form *out, struct sm_arena *arena,
                                  const char *content_type, char *body,
                                  size_t len)
{
    struct reader r = {.out = out, .arena = arena, .at = body};
    enum sm_status st = SM_OK;

    r.end = body + len;
    out->count = 0;
    if (!read_boundary(&r, content_type))
        return SM_INVALID;
    out->fields = sm_arena_calloc(arena, SM_FORM_FIELDS, sizeof(*out->fields));
    if (!out->fields)
        return SM_INTERNAL;
    if (!take(&r, r.mark + 2, r.mark_len - 2))
        return SM_INVALID;
    while (st == SM_OK && !take(&r, "--", 2))
        st = take(&r, "\r\n", 2) ? read_part(&r) : SM_INVALID;
    if (st == SM_OK && r.at < r.end && (!take(&r, "\r\n", 2) || r.at < r.end))
        st = SM_INVALID;
    return st;
}
