#include "domain/import_row.h"

#include <string.h>

#include "base/text.h"

static void put_tab(struct sm_buf *buf)
{
    sm_buf_addc(buf, '\t');
}

/* Escape what COPY reads as structure. */
static void add_escaped(struct sm_buf *buf, const char *text)
{
    while (*text) {
        size_t plain = strcspn(text, "\t\n\r\\");

        sm_buf_add(buf, text, plain);
        text += plain;
        if (!*text)
            break;
        sm_buf_addc(buf, '\\');
        sm_buf_addc(buf, *text == '\t'   ? 't'
                         : *text == '\n' ? 'n'
                         : *text == '\r' ? 'r'
                                         : '\\');
        text++;
    }
}

static void add_hex(struct sm_buf *buf, const uint8_t *bytes, size_t len)
{
    char hex[1025];

    while (len > 0) {
        size_t part = len < 512 ? len : 512;

        sm_hex(hex, bytes, part);
        sm_buf_add(buf, hex, 2 * part);
        bytes += part;
        len -= part;
    }
}

void sm_put_text(struct sm_buf *buf, const char *text)
{
    if (text)
        add_escaped(buf, text);
    else
        sm_buf_adds(buf, "\\N");
    put_tab(buf);
}

void sm_put_optional(struct sm_buf *buf, const char *text)
{
    sm_put_text(buf, *text ? text : NULL);
}

void sm_put_bytes(struct sm_buf *buf, const void *bytes, size_t len)
{
    if (bytes) {
        sm_buf_adds(buf, "\\\\x");
        add_hex(buf, bytes, len);
    } else {
        sm_buf_adds(buf, "\\N");
    }
    put_tab(buf);
}

void sm_put_int(struct sm_buf *buf, int64_t number)
{
    sm_buf_addi(buf, number);
    put_tab(buf);
}

void sm_put_null(struct sm_buf *buf)
{
    sm_put_text(buf, NULL);
}

void sm_put_bool(struct sm_buf *buf, bool value)
{
    sm_buf_addc(buf, value ? 't' : 'f');
    put_tab(buf);
}

void sm_put_date(struct sm_buf *buf, struct sm_date date)
{
    if (date.year == 0)
        sm_buf_adds(buf, "\\N");
    else
        sm_buf_addf(buf, "%04d-%02d-%02d", date.year, date.month, date.day);
    put_tab(buf);
}

/* An element between quotes: a quote and a backslash are escaped for the
 * array, and the backslash that does it once more for COPY. */
static void add_element(struct sm_buf *buf, const char *text)
{
    sm_buf_addc(buf, '"');
    for (; *text; text++) {
        if (*text == '"')
            sm_buf_adds(buf, "\\\\\"");
        else if (*text == '\\')
            sm_buf_adds(buf, "\\\\\\\\");
        else if (strchr("\t\n\r", *text))
            sm_buf_addc(buf, ' ');
        else
            sm_buf_addc(buf, *text);
    }
    sm_buf_addc(buf, '"');
}

void sm_put_texts(struct sm_buf *buf, const char *const *texts, size_t count)
{
    sm_buf_addc(buf, '{');
    for (size_t i = 0; i < count; i++) {
        if (i > 0)
            sm_buf_addc(buf, ',');
        add_element(buf, texts[i]);
    }
    sm_buf_addc(buf, '}');
    put_tab(buf);
}

void sm_put_hashes(struct sm_buf *buf, const uint8_t (*hashes)[32],
                   size_t count)
{
    sm_buf_addc(buf, '{');
    for (size_t i = 0; i < count; i++) {
        sm_buf_adds(buf, i > 0 ? ",\"\\\\\\\\x" : "\"\\\\\\\\x");
        add_hex(buf, hashes[i], 32);
        sm_buf_addc(buf, '"');
    }
    sm_buf_addc(buf, '}');
    put_tab(buf);
}

void sm_put_end(struct sm_buf *buf)
{
    if (sm_buf_ok(buf) && buf->len > 0)
        buf->data[buf->len - 1] = '\n';
}
