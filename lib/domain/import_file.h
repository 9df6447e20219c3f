/* What the imports of CSV files have in common.  Internal to them. */
#ifndef SM_DOMAIN_IMPORT_FILE_H
#define SM_DOMAIN_IMPORT_FILE_H

#include <stdint.h>

#include "base/clock.h"
#include "domain/csv.h"
#include "domain/import.h"

/* A CSV file being imported. */
struct sm_import_file {
    const struct sm_import *import;
    struct sm_import_counts *counts;
    const char *path;
    int fd;
    struct sm_csv *csv;
    const char *reason; /* why the current record is refused, or NULL */
};

/* Open PATH.  SM_NOT_FOUND, SM_INVALID (header). */
enum sm_status sm_import_file_open(struct sm_import_file *file,
                                   const struct sm_import *import,
                                   struct sm_import_counts *counts,
                                   const char *path,
                                   const struct sm_csv_column *columns,
                                   size_t count, struct sm_error *err)
    SM_MUSTCHECK;

/* Close what was opened. */
void sm_import_file_close(struct sm_import_file *file);

/* Go to the next record that can be read, reporting those that cannot.
 * SM_NOT_FOUND at the end. */
enum sm_status sm_import_file_next(struct sm_import_file *file,
                                   struct sm_error *err) SM_MUSTCHECK;

/* Report the record that begins on LINE as refused. */
void sm_import_file_refuse(struct sm_import_file *file, int64_t line,
                           const char *reason);

/* Whether the transaction of this file is to be kept. */
bool sm_import_file_keep(const struct sm_import_file *file);

/* Fields of the current record.  Each notes a reason in file->reason when the
 * field breaks its rule (the first reason counts) and gives a harmless value
 * then. */
const char *sm_import_field_text(struct sm_import_file *file, size_t column,
                                 bool required, size_t max);
const char *sm_import_field_choice(struct sm_import_file *file, size_t column,
                                   const char *fallback,
                                   const char *const *choices, size_t count);
struct sm_date sm_import_field_date(struct sm_import_file *file, size_t column,
                                    bool required);
int64_t sm_import_field_amount(struct sm_import_file *file, size_t column,
                               const char *currency, bool required);
const char *sm_import_field_currency(struct sm_import_file *file,
                                     size_t column);

/* Note a reason for the current record, unless it has one. */
void sm_import_field_bad(struct sm_import_file *file, const char *reason);

#endif
