/* meters.csv: meters, their registers, and what they showed.  One row a
 * register, or a reading of it; rows of one meter and of one register repeat
 * their columns. */
#include <string.h>

#include "base/text.h"
#include "domain/import_row.h"
#include "domain/import_staged.h"
#include "domain/import_value.h"
#include "domain/reading.h"
#include "sql/import.h"

enum column {
    SUPPLY_POINT,
    CONTRACT,
    SERIAL,
    KIND,
    INSTALLED_ON,
    REMOVED_ON,
    REPLACED_BY,
    ROUTE,
    REGISTER,
    CODE,
    REGISTER_KIND,
    UNIT,
    DIGITS,
    DECIMALS,
    FACTOR,
    READ_ON,
    VALUE,
    SOURCE,
    BILLED,
    INVOICE
};

static const struct sm_csv_column columns[] = {
    [SUPPLY_POINT] = {"supply_point", true},
    [CONTRACT] = {"contract", false},
    [SERIAL] = {"serial", true},
    [KIND] = {"kind", true},
    [INSTALLED_ON] = {"installed_on", false},
    [REMOVED_ON] = {"removed_on", false},
    [REPLACED_BY] = {"replaced_by", false},
    [ROUTE] = {"route", false},
    [REGISTER] = {"register", false},
    [CODE] = {"code", false},
    [REGISTER_KIND] = {"register_kind", false},
    [UNIT] = {"unit", false},
    [DIGITS] = {"digits", true},
    [DECIMALS] = {"decimals", false},
    [FACTOR] = {"factor", false},
    [READ_ON] = {"read_on", false},
    [VALUE] = {"value", false},
    [SOURCE] = {"source", false},
    [BILLED] = {"billed", false},
    [INVOICE] = {"invoice", false},
};

static const char *const kinds[] = {"electricity", "gas", "water", "heat"};
static const char *const units[] = {"KWH", "MTQ", "MTQ", "GJ"};
static const char *const register_kinds[] = {"single", "day", "night", "import",
                                             "export"};
static const char *const sources[] = {"read", "self_read", "estimated", "sms",
                                      "csv",  "guest",     "office"};
static const char *const flags[] = {"no", "yes"};

static int64_t number(struct sm_import_file *file, size_t column,
                      int64_t fallback, int64_t least, int64_t most)
{
    const char *text = sm_csv_get(file->csv, column);
    int64_t value = fallback;

    if (*text && sm_parse_i64(&value, text, least, most) != SM_OK)
        sm_import_field_bad(file, "a number is not whole, or not in its "
                                  "bounds");
    return value;
}

static void put_meter(struct sm_buf *row, struct sm_import_file *file)
{
    struct sm_date installed = sm_import_field_date(file, INSTALLED_ON, false);
    struct sm_date removed = sm_import_field_date(file, REMOVED_ON, false);
    const char *serial = sm_import_field_text(file, SERIAL, true, 40);
    const char *successor = sm_import_field_text(file, REPLACED_BY, false, 40);

    if (*sm_csv_get(file->csv, KIND) == '\0')
        sm_import_field_bad(file, "a required field is empty");
    if (installed.year && removed.year &&
        sm_date_to_days(removed) < sm_date_to_days(installed))
        sm_import_field_bad(file, "removed_on is before installed_on");
    if (*successor && removed.year == 0)
        sm_import_field_bad(file, "a meter that was replaced needs removed_on");
    if (*successor && strcmp(serial, successor) == 0)
        sm_import_field_bad(file, "a meter cannot be replaced by itself");
    sm_put_text(row, sm_import_field_text(file, SUPPLY_POINT, true, 60));
    sm_put_text(row, sm_import_field_text(file, CONTRACT, false, 40));
    sm_put_text(row, serial);
    sm_put_text(row, sm_import_field_choice(file, KIND, "electricity", kinds,
                                            SM_COUNT(kinds)));
    sm_put_date(row, installed);
    sm_put_date(row, removed);
    sm_put_optional(row, successor);
    sm_put_optional(row, sm_import_field_text(file, ROUTE, false, 40));
}

/* The unit that the kind of the meter is billed in, unless one is named. */
static const char *unit_of(struct sm_import_file *file)
{
    const char *unit = sm_import_field_text(file, UNIT, false, 3);
    const char *kind = sm_csv_get(file->csv, KIND);

    for (size_t i = 0; *unit == '\0' && i < SM_COUNT(kinds); i++)
        if (sm_equal_nocase(kind, kinds[i]))
            return units[i];
    if (strlen(unit) < 2 ||
        strspn(unit, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789") != strlen(unit))
        sm_import_field_bad(file, "unit is not a UN/ECE code such as KWH");
    return unit;
}

static void put_register(struct sm_buf *row, struct sm_import_file *file,
                         int64_t digits, int64_t decimals)
{
    const char *text = sm_csv_get(file->csv, FACTOR);
    int64_t factor = 1000;

    if (*text && (sm_import_decimal(&factor, text, 3) != SM_OK || factor < 1 ||
                  factor > SM_REGISTER_FACTOR_MAX))
        sm_import_field_bad(file, "factor is not a number from 0.001 to "
                                  "100000");
    sm_put_int(row, number(file, REGISTER, 1, 1, SM_REGISTERS_MAX));
    sm_put_text(row, sm_import_field_text(file, CODE, false, 20));
    sm_put_text(row, sm_import_field_choice(file, REGISTER_KIND, "single",
                                            register_kinds,
                                            SM_COUNT(register_kinds)));
    sm_put_text(row, unit_of(file));
    sm_put_int(row, digits);
    sm_put_int(row, decimals);
    sm_put_int(row, factor);
}

static int64_t value_of(struct sm_import_file *file, int64_t digits,
                        int64_t decimals)
{
    const char *text = sm_csv_get(file->csv, VALUE);
    int64_t value = 0, least = 1000;

    for (int64_t i = 0; i < decimals; i++)
        least /= 10;
    if (sm_import_decimal(&value, text, SM_REGISTER_DECIMALS_MAX) != SM_OK ||
        value < 0)
        sm_import_field_bad(file, "value is not an index such as 1234.5");
    else if (value >= sm_register_full((int)digits) || value % least != 0)
        sm_import_field_bad(file, "value does not fit the digits and decimals "
                                  "of its register");
    return value;
}

static void put_reading(struct sm_buf *row, struct sm_import_file *file,
                        int64_t digits, int64_t decimals)
{
    const char *invoice = sm_import_field_text(file, INVOICE, false, 60);
    bool has = *sm_csv_get(file->csv, VALUE) != '\0';
    struct sm_date on = sm_import_field_date(file, READ_ON, false);
    const char *source = sm_import_field_choice(file, SOURCE, "read", sources,
                                                SM_COUNT(sources));
    bool billed = strcmp(sm_import_field_choice(file, BILLED, "no", flags,
                                                SM_COUNT(flags)),
                         "yes") == 0;

    if (has != (on.year != 0))
        sm_import_field_bad(file, "read_on and value come together");
    if (!has && (billed || *invoice))
        sm_import_field_bad(file, "billed and invoice are of a value");
    if (on.year && sm_date_to_days(on) >
                       sm_date_to_days(sm_date_local(file->import->now_us)))
        sm_import_field_bad(file, "read_on is after today");
    sm_put_date(row, on);
    if (has)
        sm_put_int(row, value_of(file, digits, decimals));
    else
        sm_put_null(row);
    sm_put_text(row, source);
    sm_put_bool(row, billed || *invoice);
    sm_put_optional(row, invoice);
}

static void put_record(struct sm_buf *row, struct sm_import_file *file)
{
    int64_t digits = number(file, DIGITS, 0, 1, SM_REGISTER_DIGITS_MAX);
    int64_t decimals = number(file, DECIMALS, 0, 0, SM_REGISTER_DECIMALS_MAX);

    if (digits == 0) {
        sm_import_field_bad(file, "a required field is empty");
        digits = 1;
    }
    sm_put_int(row, sm_csv_line(file->csv));
    put_meter(row, file);
    put_register(row, file, digits, decimals);
    put_reading(row, file, digits, decimals);
}

enum sm_status sm_import_meters(struct sm_import_counts *counts,
                                const struct sm_import *import,
                                struct sm_db *db, const char *path,
                                struct sm_error *err)
{
    static const struct sm_import_staged kind = {
        .columns = columns,
        .ncolumns = SM_COUNT(columns),
        .stage = &sm_sql_import_meters_stage,
        .copy = &sm_sql_import_meters_copy,
        .take = &sm_sql_import_meters_take,
        .put = put_record,
    };

    return sm_import_staged(counts, import, db, path, &kind, err);
}
