#include "base/buf.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"

#define FIRST_SIZE 256

/* What an empty buffer points to; never written, because cap is 0 then. */
static char nothing[1];

void sm_buf_init(struct sm_buf *buf, size_t max)
{
    buf->data = nothing;
    buf->len = 0;
    buf->cap = 0;
    buf->max = max;
    buf->failed = false;
}

void sm_buf_release(struct sm_buf *buf)
{
    if (buf->cap)
        free(buf->data);
    sm_buf_init(buf, buf->max);
}

void sm_buf_clear(struct sm_buf *buf)
{
    buf->len = 0;
    buf->failed = false;
    if (buf->cap)
        buf->data[0] = '\0';
}

static void fail(struct sm_buf *buf)
{
    sm_buf_clear(buf);
    buf->failed = true;
}

/* Make room for MORE bytes and the NUL; false if it does not fit. */
static bool reserve(struct sm_buf *buf, size_t more)
{
    size_t need;
    size_t cap;
    char *data;

    if (buf->failed)
        return false;
    if (more > buf->max - buf->len || buf->len + more == SIZE_MAX) {
        fail(buf);
        return false;
    }
    need = buf->len + more + 1;
    if (need <= buf->cap)
        return true;
    cap = buf->cap ? buf->cap : FIRST_SIZE;
    while (cap < need)
        cap = cap > SIZE_MAX / 2 ? need : cap * 2;
    if (cap - 1 > buf->max)
        cap = buf->max + 1;
    data = realloc(buf->cap ? buf->data : NULL, cap);
    if (!data) {
        fail(buf);
        return false;
    }
    buf->data = data;
    buf->cap = cap;
    return true;
}

void sm_buf_add(struct sm_buf *buf, const void *bytes, size_t len)
{
    if (!reserve(buf, len))
        return;
    if (len > 0)
        memcpy(buf->data + buf->len, bytes, len);
    buf->len += len;
    buf->data[buf->len] = '\0';
}

void sm_buf_adds(struct sm_buf *buf, const char *text)
{
    sm_buf_add(buf, text, strlen(text));
}

void sm_buf_addc(struct sm_buf *buf, char byte)
{
    sm_buf_add(buf, &byte, 1);
}

void sm_buf_addi(struct sm_buf *buf, int64_t number)
{
    char digits[SM_INT_TEXT];
    size_t len = sm_int_format(digits, number);

    sm_buf_add(buf, digits, len);
}

void sm_buf_addf(struct sm_buf *buf, const char *fmt, ...)
{
    va_list args;
    int len;

    va_start(args, fmt);
    len = vsnprintf(NULL, 0, fmt, args);
    va_end(args);
    if (len < 0) {
        fail(buf);
        return;
    }
    if (!reserve(buf, (size_t)len))
        return;
    va_start(args, fmt);
    len = vsnprintf(buf->data + buf->len, (size_t)len + 1, fmt, args);
    va_end(args);
    if (len < 0)
        fail(buf);
    else
        buf->len += (size_t)len;
}

void sm_buf_add_json(struct sm_buf *buf, const char *text, size_t len)
{
    const char *end = text + len;
    char piece[SM_JSON_PIECE];

    while (text < end) {
        size_t used = sm_json_escape(piece, &text, end);

        sm_buf_add(buf, piece, used);
    }
}

static bool is_url_plain(char byte)
{
    return sm_is_alpha(byte) || sm_is_digit(byte) || byte == '-' ||
           byte == '.' || byte == '_' || byte == '~';
}

void sm_buf_add_url(struct sm_buf *buf, const char *text, size_t len)
{
    static const char hex[] = "0123456789ABCDEF";
    size_t at = 0;

    while (at < len) {
        size_t from = at;

        while (at < len && is_url_plain(text[at]))
            at++;
        sm_buf_add(buf, text + from, at - from);
        if (at < len) {
            unsigned char byte = (unsigned char)text[at++];
            const char code[3] = {'%', hex[byte >> 4], hex[byte & 15]};

            sm_buf_add(buf, code, sizeof(code));
        }
    }
}

bool sm_buf_ok(const struct sm_buf *buf)
{
    return !buf->failed;
}
