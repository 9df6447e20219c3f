/* mksql: statements of sql/queries -> C.
 *
 *   sm_mksql --out DIR FILE.sql...
 *       DIR/<stem>.h and DIR/<stem>.c: one struct sm_stmt a statement, and a
 *       constant for each of its columns
 *   sm_mksql --embed OUT.c --base DIR FILE...
 *       the files themselves, named as below DIR (lib/db/schema_files.h)
 *
 * A file is written only if its content changes. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "sqlfile.h"

#define OUTPUT_MAX ((size_t)16 << 20)

static void add_upper(struct sm_buf *out, const char *text)
{
    for (; *text; text++)
        sm_buf_addc(out, sm_to_upper(*text));
}

static void write_out(const char *dir, const char *stem, const char *end,
                      struct sm_buf *text)
{
    char path[4096];
    int len = snprintf(path, sizeof(path), "%s/%s%s", dir, stem, end);

    if (len < 0 || (size_t)len >= sizeof(path))
        tool_fail(dir, 0, "the path is too long");
    tool_write(path, text);
    sm_buf_clear(text);
}

static void add_columns_enum(struct sm_buf *out, const struct sql_stmt *stmt)
{
    int i = 0;

    if (stmt->ncolumns == 0)
        return;
    sm_buf_adds(out, "enum {\n");
    for (i = 0; i < stmt->ncolumns; i++) {
        sm_buf_adds(out, "    ");
        add_upper(out, stmt->name);
        sm_buf_adds(out, "__");
        add_upper(out, stmt->columns[i].name);
        sm_buf_adds(out, ",\n");
    }
    sm_buf_adds(out, "};\n");
}

static void make_header(struct sm_buf *out, const char *stem,
                        const struct sql_stmt *stmts)
{
    int i = 0;

    sm_buf_addf(
        out, "/* Generated from sql/queries/%s.sql. */\n#ifndef SM_SQL_", stem);
    add_upper(out, stem);
    sm_buf_adds(out, "_H\n#define SM_SQL_");
    add_upper(out, stem);
    sm_buf_adds(out, "_H\n\n#include \"db/db.h\"\n");
    for (; stmts; stmts = stmts->next) {
        sm_buf_addf(out, "\n/* (");
        for (i = 0; i < stmts->nparams; i++)
            sm_buf_addf(out, "%s%s", i > 0 ? ", " : "", stmts->params[i].name);
        sm_buf_addf(out, ") */\nextern const struct sm_stmt sm_sql_%s;\n",
                    stmts->name);
        add_columns_enum(out, stmts);
    }
    sm_buf_adds(out, "\n#endif\n");
}

static void add_types(struct sm_buf *out, const char *name, const char *what,
                      const struct sql_field *fields, int count)
{
    int i = 0;

    if (count == 0)
        return;
    sm_buf_addf(out, "static const enum sm_type %s_%s[] = {\n", name, what);
    for (i = 0; i < count; i++)
        sm_buf_addf(out, "    %s,\n", fields[i].type);
    sm_buf_adds(out, "};\n");
}

static void add_names(struct sm_buf *out, const struct sql_stmt *stmt)
{
    int i = 0;

    if (stmt->ncolumns == 0)
        return;
    sm_buf_addf(out, "static const char *const %s_names[] = {\n", stmt->name);
    for (i = 0; i < stmt->ncolumns; i++)
        sm_buf_addf(out, "    \"%s\",\n", stmt->columns[i].name);
    sm_buf_adds(out, "};\n");
}

static void add_stmt(struct sm_buf *out, const struct sql_stmt *stmt)
{
    sm_buf_addc(out, '\n');
    add_types(out, stmt->name, "params", stmt->params, stmt->nparams);
    add_types(out, stmt->name, "columns", stmt->columns, stmt->ncolumns);
    add_names(out, stmt);
    sm_buf_addf(out,
                "const struct sm_stmt sm_sql_%s = {\n"
                "    .name = \"%s\",\n    .sql =\n",
                stmt->name, stmt->name);
    tool_add_literal(out, stmt->sql, strlen(stmt->sql));
    sm_buf_adds(out, ",\n");
    if (stmt->nparams > 0)
        sm_buf_addf(out, "    .params = %s_params,\n    .nparams = %d,\n",
                    stmt->name, stmt->nparams);
    if (stmt->ncolumns > 0)
        sm_buf_addf(out,
                    "    .columns = %s_columns,\n"
                    "    .column_names = %s_names,\n    .ncolumns = %d,\n",
                    stmt->name, stmt->name, stmt->ncolumns);
    sm_buf_addf(out, "    .min_rows = %d,\n    .max_rows = %d,\n};\n",
                stmt->min_rows, stmt->max_rows);
}

/* Each name may be given once in all the files of this call. */
static void check_names(const struct tool_file *file,
                        const struct sql_stmt *stmts)
{
    const struct sql_stmt *other;

    for (; stmts; stmts = stmts->next)
        for (other = stmts->next; other; other = other->next)
            if (strcmp(stmts->name, other->name) == 0)
                tool_fail(file->path, other->line,
                          "\"%s\" is the name of line %d", other->name,
                          stmts->line);
}

static void make_statements(struct sm_arena *arena, const char *dir,
                            const char *path)
{
    struct tool_file file = tool_read(arena, path);
    struct sql_stmt *stmts = sqlfile_parse(arena, &file);
    const char *stem = tool_strndup(arena, file.name, strcspn(file.name, "."));
    struct sm_buf out;

    check_names(&file, stmts);
    sm_buf_init(&out, OUTPUT_MAX);
    make_header(&out, stem, stmts);
    write_out(dir, stem, ".h", &out);
    sm_buf_addf(&out,
                "/* Generated from sql/queries/%s.sql. */\n"
                "#include \"sql/%s.h\"\n",
                stem, stem);
    for (; stmts; stmts = stmts->next)
        add_stmt(&out, stmts);
    write_out(dir, stem, ".c", &out);
    sm_buf_release(&out);
}

static void embed(struct sm_arena *arena, const char *output, const char *base,
                  char *const *paths, int npaths)
{
    size_t skip = strlen(base);
    struct sm_buf out;
    int i = 0;

    sm_buf_init(&out, OUTPUT_MAX);
    sm_buf_adds(&out, "/* Generated from the files below sql. */\n"
                      "#include \"db/schema_files.h\"\n\n"
                      "const struct sm_schema_file sm_schema_files[] = {\n");
    for (i = 0; i < npaths; i++) {
        struct tool_file file = tool_read(arena, paths[i]);
        const char *name = file.path;

        if (strncmp(name, base, skip) == 0 && name[skip] == '/')
            name += skip + 1;
        sm_buf_addf(&out, "    {\"%s\",\n", name);
        tool_add_literal(&out, file.text, file.len);
        sm_buf_adds(&out, "},\n");
    }
    sm_buf_addf(&out,
                "    {0, 0},\n};\nconst size_t sm_schema_file_count = %d;\n",
                npaths);
    tool_write(output, &out);
    sm_buf_release(&out);
}

int main(int argc, char **argv)
{
    struct sm_arena *arena = sm_arena_new(TOOL_CEILING);
    int i = 0;

    if (!arena)
        tool_fail("mksql", 0, "out of memory");
    if (argc >= 3 && strcmp(argv[1], "--out") == 0) {
        for (i = 3; i < argc; i++)
            make_statements(arena, argv[2], argv[i]);
    } else if (argc >= 5 && strcmp(argv[1], "--embed") == 0 &&
               strcmp(argv[3], "--base") == 0) {
        embed(arena, argv[2], argv[4], argv + 5, argc - 5);
    } else {
        tool_fail("mksql", 0,
                  "usage: --out DIR FILE... | --embed OUT.c --base DIR "
                  "FILE...");
    }
    sm_arena_free(arena);
    return 0;
}
