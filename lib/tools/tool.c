#include "tool.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/text.h"

#define FILE_MAX ((size_t)16 << 20)
#define FIRST_COUNT 16

void tool_fail(const char *path, int line, const char *fmt, ...)
{
    va_list args;

    if (line > 0)
        fprintf(stderr, "%s:%d: ", path, line);
    else
        fprintf(stderr, "%s: ", path);
    va_start(args, fmt);
    vfprintf(stderr, fmt, args);
    va_end(args);
    fputc('\n', stderr);
    exit(1);
}

void *tool_alloc(struct sm_arena *arena, size_t size)
{
    void *memory = sm_arena_alloc(arena, size);

    if (!memory)
        tool_fail("build", 0, "out of memory");
    return memory;
}

char *tool_strndup(struct sm_arena *arena, const char *text, size_t len)
{
    char *copy = sm_arena_strndup(arena, text, len);

    if (!copy)
        tool_fail("build", 0, "out of memory");
    return copy;
}

/* Append the content of PATH; false with errno if it cannot be read. */
static bool slurp(struct sm_buf *out, const char *path)
{
    char chunk[16384];
    size_t got;
    bool good;
    FILE *in = fopen(path, "rb");

    if (!in)
        return false;
    while ((got = fread(chunk, 1, sizeof(chunk), in)) > 0)
        sm_buf_add(out, chunk, got);
    good = !ferror(in) && sm_buf_ok(out);
    fclose(in);
    return good;
}

struct tool_file tool_read(struct sm_arena *arena, const char *path)
{
    struct tool_file file = {.path = path, .name = path};
    struct sm_buf buf;
    const char *slash = strrchr(path, '/');

    sm_buf_init(&buf, FILE_MAX);
    if (!slurp(&buf, path))
        tool_fail(path, 0, "cannot be read: %s", strerror(errno));
    if (!sm_utf8_valid(buf.data, buf.len))
        tool_fail(path, 0, "is not UTF-8 text");
    file.text = tool_strndup(arena, buf.data, buf.len);
    file.len = buf.len;
    if (slash)
        file.name = slash + 1;
    sm_buf_release(&buf);
    return file;
}

/* Make the folder that will hold PATH; its parent is there. */
static void make_folder(const char *path)
{
    char folder[4096];
    const char *slash = strrchr(path, '/');
    size_t len = slash ? (size_t)(slash - path) : 0;

    if (len == 0 || len >= sizeof(folder))
        return;
    memcpy(folder, path, len);
    folder[len] = '\0';
    if (mkdir(folder, 0777) != 0 && errno != EEXIST)
        tool_fail(folder, 0, "cannot be made: %s", strerror(errno));
}

void tool_write(const char *path, const struct sm_buf *text)
{
    struct sm_buf old;
    bool same;
    FILE *out;

    if (!sm_buf_ok(text))
        tool_fail(path, 0, "would be too large");
    sm_buf_init(&old, FILE_MAX);
    same = slurp(&old, path) && old.len == text->len &&
           memcmp(old.data, text->data, old.len) == 0;
    sm_buf_release(&old);
    if (same)
        return;
    make_folder(path);
    out = fopen(path, "wb");
    if (!out)
        tool_fail(path, 0, "cannot be written: %s", strerror(errno));
    if (fwrite(text->data, 1, text->len, out) != text->len || fclose(out) != 0)
        tool_fail(path, 0, "cannot be written: %s", strerror(errno));
}

/* Append BYTE as it stands in a C string; LAST is the byte before it, for
 * the second question mark of what would be a trigraph. */
static void add_byte(struct sm_buf *out, char byte, char last)
{
    if (byte == '"' || byte == '\\' || (byte == '?' && last == '?'))
        sm_buf_addf(out, "\\%c", byte);
    else if (byte == '\t')
        sm_buf_adds(out, "\\t");
    else if ((unsigned char)byte < 0x20 || byte == 0x7f)
        sm_buf_addf(out, "\\%03o", (unsigned)(unsigned char)byte);
    else
        sm_buf_addc(out, byte);
}

void tool_add_literal(struct sm_buf *out, const char *text, size_t len)
{
    size_t i = 0;

    sm_buf_adds(out, "    \"");
    for (i = 0; i < len; i++) {
        if (text[i] != '\n') {
            add_byte(out, text[i], i > 0 ? text[i - 1] : '\0');
            continue;
        }
        sm_buf_adds(out, "\\n");
        if (i + 1 < len)
            sm_buf_adds(out, "\"\n    \"");
    }
    sm_buf_addc(out, '"');
}

void *tool_grow(struct sm_arena *arena, void *array, size_t count, size_t size)
{
    void *larger;

    if (count > 0 && (count < FIRST_COUNT || (count & (count - 1)) != 0))
        return array;
    larger = tool_alloc(arena, (count > 0 ? 2 * count : FIRST_COUNT) * size);
    if (count > 0)
        memcpy(larger, array, count * size);
    return larger;
}
