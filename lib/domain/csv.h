/* Comma separated files, read as a stream: RFC 4180 in UTF-8, with or without
 * a byte order mark, lines ended by LF or CRLF, fields separated by comma or
 * semicolon (whichever the header line uses).  The first record is the header;
 * columns are asked for by name.  Memory is one record, whatever the file.
 *
 * A record that breaks a rule is reported with its line and skipped to its
 * end, so that a caller may go on with the next one. */
#ifndef SM_DOMAIN_CSV_H
#define SM_DOMAIN_CSV_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/status.h"

enum {
    SM_CSV_FIELDS_MAX = 64,       /* columns of a file */
    SM_CSV_FIELD_MAX = 4096,      /* bytes of a field */
    SM_CSV_RECORD_MAX = 64 * 1024 /* bytes of a record */
};

struct sm_csv;

/* Where the bytes come from: store at most SIZE bytes in BUF and their number
 * in *GOT, 0 at the end.  Any status but SM_OK ends the reading. */
struct sm_csv_source {
    void *ctx;
    enum sm_status (*read)(void *ctx, char *buf, size_t size, size_t *got,
                           struct sm_error *err);
};

/* A column that the caller knows.  Names are compared without regard to
 * case; a blank or a dash in the file's name counts as an underscore. */
struct sm_csv_column {
    const char *name;
    bool required; /* the header must have it */
};

/* Open a reader on SOURCE and read its header.  COLUMNS[0..COUNT) are the
 * known columns; their index is what sm_csv_get() takes.  A header name that
 * is not known, occurs twice, or a required one that is missing: SM_INVALID.
 * Free with sm_csv_free(). */
enum sm_status sm_csv_open(struct sm_csv **out,
                           const struct sm_csv_source *source,
                           const struct sm_csv_column *columns, size_t count,
                           struct sm_error *err) SM_MUSTCHECK;

/* Release the reader; the source stays the caller's.  NULL is fine. */
void sm_csv_free(struct sm_csv *csv);

/* Read the next record.  SM_NOT_FOUND at the end; SM_INVALID for a record
 * that breaks a rule (the next call goes on after it); another status is the
 * source's, and final. */
enum sm_status sm_csv_next(struct sm_csv *csv, struct sm_error *err)
    SM_MUSTCHECK;

/* Field of COLUMN in the current record: NUL-terminated, without surrounding
 * blanks; "" when the file lacks the column.  Valid until the next call. */
const char *sm_csv_get(const struct sm_csv *csv, size_t column);

/* The line on which the current record begins; the header is on line 1. */
int64_t sm_csv_line(const struct sm_csv *csv);

/* Bytes taken from the source so far, for a progress display. */
int64_t sm_csv_bytes(const struct sm_csv *csv);

/* A source that reads the file descriptor *FD. */
enum sm_status sm_csv_read_fd(void *fd, char *buf, size_t size, size_t *got,
                              struct sm_error *err) SM_MUSTCHECK;

#endif
