/* mkwords: a list of words -> C.
 *
 *   sm_mkwords --out DIR/<stem>.c FILE/<stem>.txt
 *
 * One word a line, ascending by bytes, so that the program that gets them can
 * look one up by halving; the first line out of order ends the build.  Makes
 * sm_<stem>[] and sm_<stem>_count, which a header of the library declares. */
#include <string.h>

#include "tool.h"

#define OUTPUT_MAX ((size_t)16 << 20)

/* Append each line of FILE as an element; returns how many there are. */
static int add_words(struct sm_buf *out, struct sm_arena *arena,
                     const struct tool_file *file)
{
    const char *at = file->text, *last = "";
    int count = 0;

    while (*at) {
        size_t len = strcspn(at, "\n");
        const char *word = tool_strndup(arena, at, len);

        count++;
        if (strcmp(last, word) >= 0)
            tool_fail(file->path, count, "\"%s\" does not stand in order",
                      word);
        tool_add_literal(out, word, len);
        sm_buf_adds(out, ",\n");
        last = word;
        at += len + (at[len] == '\n');
    }
    return count;
}

int main(int argc, char **argv)
{
    struct sm_arena *arena = sm_arena_new(TOOL_CEILING);
    struct tool_file file;
    struct sm_buf out;
    const char *stem;
    int count;

    if (!arena)
        tool_fail("mkwords", 0, "out of memory");
    if (argc != 4 || strcmp(argv[1], "--out") != 0)
        tool_fail("mkwords", 0, "usage: --out OUT.c LIST.txt");
    file = tool_read(arena, argv[3]);
    stem = tool_strndup(arena, file.name, strcspn(file.name, "."));
    sm_buf_init(&out, OUTPUT_MAX);
    sm_buf_addf(&out,
                "/* Generated from %s. */\n#include <stddef.h>\n\n"
                "extern const char *const sm_%s[];\n"
                "extern const size_t sm_%s_count;\n\n"
                "const char *const sm_%s[] = {\n",
                file.name, stem, stem, stem);
    count = add_words(&out, arena, &file);
    sm_buf_addf(&out, "};\nconst size_t sm_%s_count = %d;\n", stem, count);
    tool_write(argv[2], &out);
    sm_buf_release(&out);
    sm_arena_free(arena);
    return 0;
}
