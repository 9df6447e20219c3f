/* Statements of a file of sql/queries, read and checked. */
#ifndef SM_TOOLS_SQLFILE_H
#define SM_TOOLS_SQLFILE_H

#include "tool.h"

#define SQL_FIELDS_MAX 64

struct sql_field {
    const char *name;
    const char *type; /* the enum sm_type constant */
};

struct sql_stmt {
    int line; /* of "-- name:" */
    const char *name;
    struct sql_field params[SQL_FIELDS_MAX];
    int nparams;
    struct sql_field columns[SQL_FIELDS_MAX];
    int ncolumns;
    bool rows_known;
    int min_rows, max_rows;
    const char *sql; /* without comments and without the semicolon */
    struct sql_stmt *next;
};

/* All statements of FILE in their order; ends the program with file and line
 * at the first breach of the format (docs/ARCHITECTURE.md, generated code). */
struct sql_stmt *sqlfile_parse(struct sm_arena *arena,
                               const struct tool_file *file);

#endif
