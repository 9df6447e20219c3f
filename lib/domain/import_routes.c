/* routes.csv: how and when places are read.  One row a route; rows of one
 * route that name dates repeat its own columns. */
#include <string.h>

#include "base/text.h"
#include "domain/import_row.h"
#include "domain/import_staged.h"
#include "domain/window.h"
#include "sql/import.h"

enum column {
    ROUTE,
    FIRST_DAY,
    LAST_DAY,
    EVERY_MONTHS,
    BASE_MONTH,
    OPENS_ON,
    CLOSES_ON,
    METHOD,
    READ_EVERY_MONTHS,
    KEEPS_OUTSIDE,
    NOTE_RO,
    NOTE_BG,
    NOTE_EN
};

static const struct sm_csv_column columns[] = {
    [ROUTE] = {"route", true},
    [FIRST_DAY] = {"first_day", false},
    [LAST_DAY] = {"last_day", false},
    [EVERY_MONTHS] = {"every_months", false},
    [BASE_MONTH] = {"base_month", false},
    [OPENS_ON] = {"opens_on", false},
    [CLOSES_ON] = {"closes_on", false},
    [METHOD] = {"read_method", true},
    [READ_EVERY_MONTHS] = {"read_every_months", false},
    [KEEPS_OUTSIDE] = {"keeps_outside", false},
    [NOTE_RO] = {"note_ro", false},
    [NOTE_BG] = {"note_bg", false},
    [NOTE_EN] = {"note_en", false},
};

static const char *const methods[] = {"self", "remote", "visit"};
static const char *const flags[] = {"no", "yes"};

/* A whole number of the record; FALLBACK where the field is empty. */
static int number(struct sm_import_file *file, size_t column, int fallback,
                  int most)
{
    const char *text = sm_csv_get(file->csv, column);
    int64_t value = fallback;

    if (*text && sm_parse_i64(&value, text, 1, most) != SM_OK)
        sm_import_field_bad(file, "a number is not whole, or not in its "
                                  "bounds");
    return (int)value;
}

static void put_number(struct sm_buf *row, int value)
{
    if (value > 0)
        sm_put_int(row, value);
    else
        sm_put_null(row);
}

static void put_window(struct sm_buf *row, struct sm_import_file *file)
{
    struct sm_window_rule rule = {
        .first_day = number(file, FIRST_DAY, 0, 31),
        .last_day = number(file, LAST_DAY, 0, 31),
        .every_months = number(file, EVERY_MONTHS, 1, 12),
        .base_month = number(file, BASE_MONTH, 1, 12)};
    struct sm_date opens = sm_import_field_date(file, OPENS_ON, false);
    struct sm_date closes = sm_import_field_date(file, CLOSES_ON, false);

    if (!sm_window_rule_valid(&rule))
        sm_import_field_bad(file, "first_day and last_day come together; "
                                  "every_months is 1, 2, 3, 4, 6 or 12");
    if ((opens.year == 0) != (closes.year == 0) ||
        (opens.year != 0 && sm_date_to_days(opens) > sm_date_to_days(closes)))
        sm_import_field_bad(file, "opens_on and closes_on come together, in "
                                  "this order");
    put_number(row, rule.first_day);
    put_number(row, rule.last_day);
    sm_put_int(row, rule.every_months);
    sm_put_int(row, rule.base_month);
    sm_put_date(row, opens);
    sm_put_date(row, closes);
}

static void put_record(struct sm_buf *row, struct sm_import_file *file)
{
    sm_put_int(row, sm_csv_line(file->csv));
    sm_put_text(row, sm_import_field_text(file, ROUTE, true, 40));
    put_window(row, file);
    if (*sm_csv_get(file->csv, METHOD) == '\0')
        sm_import_field_bad(file, "a required field is empty");
    sm_put_text(row, sm_import_field_choice(file, METHOD, "self", methods,
                                            SM_COUNT(methods)));
    put_number(row, number(file, READ_EVERY_MONTHS, 0, 60));
    sm_put_bool(row, strcmp(sm_import_field_choice(file, KEEPS_OUTSIDE, "no",
                                                   flags, SM_COUNT(flags)),
                            "yes") == 0);
    sm_put_optional(row, sm_import_field_text(file, NOTE_RO, false, 500));
    sm_put_optional(row, sm_import_field_text(file, NOTE_BG, false, 500));
    sm_put_optional(row, sm_import_field_text(file, NOTE_EN, false, 500));
}

enum sm_status sm_import_routes(struct sm_import_counts *counts,
                                const struct sm_import *import,
                                struct sm_db *db, const char *path,
                                struct sm_error *err)
{
    static const struct sm_import_staged kind = {
        .columns = columns,
        .ncolumns = SM_COUNT(columns),
        .stage = &sm_sql_import_routes_stage,
        .copy = &sm_sql_import_routes_copy,
        .take = &sm_sql_import_routes_take,
        .put = put_record,
    };

    return sm_import_staged(counts, import, db, path, &kind, err);
}
