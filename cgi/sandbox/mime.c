#include "sandbox/mime.h"

#include <openssl/evp.h>
#include <string.h>
#include <strings.h>

#include "base/text.h"

#define DEPTH_MAX 4 /* parts within parts */

static int hex_digit(char c)
{
    if (sm_is_digit(c))
        return c - '0';
    c = sm_to_lower(c);
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* Quoted-printable (WORD: the form of encoded words, where _ is a space). */
static size_t decode_qp(char *out, const char *in, size_t len, bool word)
{
    size_t n = 0;

    for (size_t i = 0; i < len; i++) {
        if (in[i] == '=' && i + 2 < len && hex_digit(in[i + 1]) >= 0 &&
            hex_digit(in[i + 2]) >= 0) {
            out[n++] = (char)(hex_digit(in[i + 1]) * 16 + hex_digit(in[i + 2]));
            i += 2;
        } else if (in[i] == '=' && i + 1 < len && in[i + 1] == '\n') {
            i++;
        } else if (in[i] == '=' && i + 2 < len && in[i + 1] == '\r') {
            i += 2;
        } else if (word && in[i] == '_') {
            out[n++] = ' ';
        } else {
            out[n++] = in[i];
        }
    }
    return n;
}

static size_t decode_base64(struct sm_arena *arena, char *out, const char *in,
                            size_t len)
{
    unsigned char *packed = sm_arena_alloc(arena, len + 4);
    size_t n = 0;
    int got;

    for (size_t i = 0; packed != NULL && i < len; i++)
        if (sm_is_alpha(in[i]) || sm_is_digit(in[i]) || in[i] == '+' ||
            in[i] == '/')
            packed[n++] = (unsigned char)in[i];
    if (packed == NULL)
        return 0;
    size_t whole = n;
    while (n % 4 != 0)
        packed[n++] = '=';
    got = EVP_DecodeBlock((unsigned char *)out, packed, (int)n);
    if (got < 0)
        return 0;
    return (size_t)got - (n - whole);
}

/* Decode the encoded words (RFC 2047) of IN in place. */
static void decode_words(struct sm_arena *arena, char *text)
{
    char *in = text, *out = text;

    while (*in != '\0') {
        char *q1, *q2, *end;

        if (strncmp(in, "=?", 2) == 0 && (q1 = strchr(in + 2, '?')) != NULL &&
            q1[1] != '\0' && q1[2] == '?' &&
            (end = strstr(q2 = q1 + 3, "?=")) != NULL) {
            size_t len = (size_t)(end - q2);
            char *part = sm_arena_alloc(arena, len + 4);

            if (part == NULL)
                return;
            len = sm_to_lower(q1[1]) == 'b'
                      ? decode_base64(arena, part, q2, len)
                      : decode_qp(part, q2, len, true);
            memmove(out, part, len);
            out += len;
            in = end + 2;
            /* blanks between two encoded words do not count */
            if (in[0] == ' ' && strncmp(in + strspn(in, " "), "=?", 2) == 0)
                in += strspn(in, " ");
        } else {
            *out++ = *in++;
        }
    }
    *out = '\0';
}

const char *sb_mime_header(struct sm_arena *arena, const char *text,
                           const char *name)
{
    size_t name_len = strlen(name);
    const char *line = text;

    while (*line != '\0' && *line != '\n' && *line != '\r') {
        const char *end = line + strcspn(line, "\n");
        bool mine = strncasecmp(line, name, name_len) == 0 &&
                    line[name_len] == ':';

        while (*end == '\n' && (end[1] == ' ' || end[1] == '\t'))
            end += 1 + strcspn(end + 1, "\n");
        if (mine) {
            const char *from = line + name_len + 1;
            char *copy, *out;

            from += strspn(from, " ");
            copy = sm_arena_strndup(arena, from, (size_t)(end - from));
            if (copy == NULL)
                return "";
            out = copy;
            for (const char *c = copy; *c != '\0'; c++)
                if (*c != '\r' && *c != '\n')
                    *out++ = *c == '\t' ? ' ' : *c;
            *out = '\0';
            decode_words(arena, copy);
            return copy;
        }
        line = *end == '\n' ? end + 1 : end;
    }
    return "";
}

static const char *body_of(const char *text)
{
    const char *a = strstr(text, "\n\n"), *b = strstr(text, "\r\n\r\n");

    if (b != NULL && (a == NULL || b < a))
        return b + 4;
    return a != NULL ? a + 2 : "";
}

static const char *find_part(struct sm_arena *arena, const char *text,
                             const char *type, int depth)
{
    const char *kind = sb_mime_header(arena, text, "Content-Type");
    const char *coding =
        sb_mime_header(arena, text, "Content-Transfer-Encoding");
    const char *body = body_of(text), *mark, *from;
    size_t len = strlen(body), mark_len;
    char *out;

    if (strncasecmp(kind, type, strlen(type)) == 0) {
        out = sm_arena_alloc(arena, len + 4);
        if (out == NULL)
            return "";
        if (strcasecmp(coding, "base64") == 0)
            len = decode_base64(arena, out, body, len);
        else if (strcasecmp(coding, "quoted-printable") == 0)
            len = decode_qp(out, body, len, false);
        else
            memcpy(out, body, len);
        out[len] = '\0';
        return out;
    }
    mark = strcasestr(kind, "boundary=");
    if (strncasecmp(kind, "multipart/", 10) != 0 || mark == NULL ||
        depth >= DEPTH_MAX)
        return "";
    mark += 9 + (mark[9] == '"');
    mark_len = strcspn(mark, "\"; ");
    mark = sm_arena_printf(arena, "--%.*s", (int)mark_len, mark);
    from = mark != NULL ? strstr(body, mark) : NULL;
    while (from != NULL) {
        const char *start = from + strcspn(from, "\n");
        const char *stop = strstr(start, mark);
        const char *part;

        if (*start == '\0' || stop == NULL)
            return "";
        part = sm_arena_strndup(arena, start + 1, (size_t)(stop - start - 1));
        part = part != NULL ? find_part(arena, part, type, depth + 1) : "";
        if (part[0] != '\0')
            return part;
        from = stop;
    }
    return "";
}

const char *sb_mime_part(struct sm_arena *arena, const char *text,
                         const char *type)
{
    return find_part(arena, text, type, 0);
}
