/* An import that copies its whole file into a temporary table and lets one
 * function of the database take it in.  Internal to the imports. */
#ifndef SM_DOMAIN_IMPORT_STAGED_H
#define SM_DOMAIN_IMPORT_STAGED_H

#include "base/buf.h"
#include "domain/import_file.h"

struct sm_import_staged {
    const struct sm_csv_column *columns;
    size_t ncolumns;
    const struct sm_stmt *stage; /* makes the temporary tables */
    const struct sm_stmt *copy;  /* COPY into the first of them */
    const struct sm_stmt *take;  /* added, changed, refused, in this order;
                                    its parameter, if it has one, is now */

    /* Append the fields of FILE's current record to ROW in the order of COPY;
     * what breaks a rule is noted with sm_import_field_bad(). */
    void (*put)(struct sm_buf *row, struct sm_import_file *file);
};

/* Take in PATH on DB in one transaction, kept unless something was refused or
 * it is a dry run; COUNTS says.  SM_INVALID: the header is wrong; SM_NOT_FOUND:
 * no such file; else what the database says. */
enum sm_status sm_import_staged(struct sm_import_counts *counts,
                                const struct sm_import *import,
                                struct sm_db *db, const char *path,
                                const struct sm_import_staged *kind,
                                struct sm_error *err) SM_MUSTCHECK;

#endif
