#include "domain/import_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/text.h"
#include "domain/import_value.h"

enum { PROGRESS_EVERY = 1000 };

enum sm_status sm_import_file_open(struct sm_import_file *file,
                                   const struct sm_import *import,
                                   struct sm_import_counts *counts,
                                   const char *path,
                                   const struct sm_csv_column *columns,
                                   size_t count, struct sm_error *err)
{
    struct sm_csv_source source = {&file->fd, sm_csv_read_fd};

    *file = (struct sm_import_file){
        .import = import, .counts = counts, .path = path};
    memset(counts, 0, sizeof(*counts));
    file->fd = open(path, O_RDONLY | O_CLOEXEC);
    if (file->fd < 0)
        return SM_FAIL(err, SM_NOT_FOUND, "%.200s: %s", path, strerror(errno));
    return sm_csv_open(&file->csv, &source, columns, count, err);
}

void sm_import_file_close(struct sm_import_file *file)
{
    sm_csv_free(file->csv);
    if (file->fd >= 0)
        close(file->fd);
}

void sm_import_file_refuse(struct sm_import_file *file, int64_t line,
                           const char *reason)
{
    char place[32];

    snprintf(place, sizeof(place), "line %lld", (long long)line);
    file->counts->refused++;
    file->import->problem(file->import->ctx, file->path, place, reason);
}

bool sm_import_file_keep(const struct sm_import_file *file)
{
    return !file->import->dry_run &&
           (file->counts->refused == 0 || file->import->keep_good);
}

enum sm_status sm_import_file_next(struct sm_import_file *file,
                                   struct sm_error *err)
{
    const struct sm_import *import = file->import;
    enum sm_status status;

    for (;;) {
        status = sm_csv_next(file->csv, err);
        if (status != SM_OK && status != SM_INVALID)
            return status;
        if (++file->counts->read % PROGRESS_EVERY == 0 && import->progress)
            import->progress(import->ctx, file->counts->read,
                             sm_csv_bytes(file->csv));
        if (status == SM_OK) {
            file->reason = NULL;
            return SM_OK;
        }
        sm_import_file_refuse(file, sm_csv_line(file->csv),
                              err ? err->message : "not readable");
    }
}

void sm_import_field_bad(struct sm_import_file *file, const char *reason)
{
    if (!file->reason)
        file->reason = reason;
}

const char *sm_import_field_text(struct sm_import_file *file, size_t column,
                                 bool required, size_t max)
{
    const char *text = sm_csv_get(file->csv, column);

    if (required && *text == '\0')
        sm_import_field_bad(file, "a required field is empty");
    if (sm_utf8_length(text, strlen(text)) > max)
        sm_import_field_bad(file, "a field is longer than it may be");
    return text;
}

const char *sm_import_field_choice(struct sm_import_file *file, size_t column,
                                   const char *fallback,
                                   const char *const *choices, size_t count)
{
    const char *text = sm_csv_get(file->csv, column);

    if (*text == '\0')
        return fallback;
    for (size_t i = 0; i < count; i++)
        if (sm_equal_nocase(text, choices[i]))
            return choices[i];
    sm_import_field_bad(file, "a field holds a word that is not known");
    return fallback;
}

struct sm_date sm_import_field_date(struct sm_import_file *file, size_t column,
                                    bool required)
{
    const char *text = sm_csv_get(file->csv, column);
    struct sm_date date = {0};

    if (*text == '\0') {
        if (required)
            sm_import_field_bad(file, "a required date is empty");
    } else if (sm_parse_date(&date, text) != SM_OK) {
        sm_import_field_bad(file, "a date is not YYYY-MM-DD");
    }
    return date;
}

int64_t sm_import_field_amount(struct sm_import_file *file, size_t column,
                               const char *currency, bool required)
{
    const char *text = sm_csv_get(file->csv, column);
    int scale = sm_import_currency_scale(currency);
    int64_t minor = 0;

    if (*text == '\0') {
        if (required)
            sm_import_field_bad(file, "a required amount is empty");
    } else if (scale < 0 || sm_import_decimal(&minor, text, scale) != SM_OK) {
        sm_import_field_bad(file, "an amount is not a decimal number of its "
                                  "currency, such as 123.45");
    }
    return minor;
}

const char *sm_import_field_currency(struct sm_import_file *file, size_t column)
{
    const char *text = sm_csv_get(file->csv, column);

    if (*text == '\0')
        text = sm_settings_str(file->import->settings, "company.currency");
    if (sm_import_currency_scale(text) < 0)
        sm_import_field_bad(file, "currency is not an ISO 4217 code");
    return text;
}
