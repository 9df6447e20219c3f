/* What the programs of the build share: files in, files out, complaints.
 * They end at the first error they cannot list together with others; memory
 * comes from one arena that main() frees. */
#ifndef SM_TOOLS_TOOL_H
#define SM_TOOLS_TOOL_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/buf.h"

/* Room for everything one run reads and makes. */
#define TOOL_CEILING ((size_t)256 << 20)

/* A whole text file. */
struct tool_file {
    const char *path;
    const char *name; /* the path after its last slash */
    const char *text; /* NUL-terminated */
    size_t len;
};

/* Print "PATH:LINE: message" (no line if LINE is 0) on stderr and exit(1). */
_Noreturn void tool_fail(const char *path, int line, const char *fmt, ...)
    SM_PRINTF(3, 4);

/* SIZE zeroed bytes, or the end of the program. */
void *tool_alloc(struct sm_arena *arena, size_t size);

/* A copy of the LEN bytes at TEXT, or the end of the program. */
char *tool_strndup(struct sm_arena *arena, const char *text, size_t len);

/* Read the file PATH; ends the program if that fails, if the text is not
 * UTF-8 or holds a NUL. */
struct tool_file tool_read(struct sm_arena *arena, const char *path);

/* Write TEXT to PATH unless the file holds just that: what depends on it is
 * then not built again.  Makes the last folder of PATH if it is missing. */
void tool_write(const char *path, const struct sm_buf *text);

/* Append TEXT as C string literals, one a line, indented by four. */
void tool_add_literal(struct sm_buf *out, const char *text, size_t len);

/* Make room for one more in an array of SIZE-byte elements that doubles;
 * returns the (possibly moved) array. */
void *tool_grow(struct sm_arena *arena, void *array, size_t count, size_t size);

#endif
