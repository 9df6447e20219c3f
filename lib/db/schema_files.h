/* The files of sql/ that make a database, kept in the program so that it can
 * be brought up to date without them.  Written by the build (mksql). */
#ifndef SM_DB_SCHEMA_FILES_H
#define SM_DB_SCHEMA_FILES_H

#include <stddef.h>

struct sm_schema_file {
    const char *name; /* below sql/, e.g. "migrations/0001_accounts.sql" */
    const char *text; /* the whole file */
};

/* In the order of migrations, functions, views, roles; each by name. */
extern const struct sm_schema_file sm_schema_files[];
extern const size_t sm_schema_file_count;

#endif
