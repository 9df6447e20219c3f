#include "domain/reading_csv.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "domain/csv.h"
#include "domain/reading.h"

enum column { SERIAL, REGISTER, VALUE, DATE, PLACE, LAST_INDEX, LAST_DATE };

static const struct sm_csv_column columns[] = {
    [SERIAL] = {"serial", true},        [REGISTER] = {"register", false},
    [VALUE] = {"value", true},          [DATE] = {"date", false},
    [PLACE] = {"place", false},         [LAST_INDEX] = {"last_index", false},
    [LAST_DATE] = {"last_date", false},
};

/* The file in memory. */
struct memory {
    const char *data;
    size_t len;
};

static enum sm_status read_memory(void *ctx, char *buf, size_t size,
                                  size_t *got, struct sm_error *err)
{
    struct memory *m = ctx;

    (void)err;
    *got = m->len < size ? m->len : size;
    if (*got > 0)
        memcpy(buf, m->data, *got);
    m->data += *got;
    m->len -= *got;
    return SM_OK;
}

static void note(struct sm_reading_file *out, int64_t line,
                 enum sm_reading_fault fault)
{
    if (out->nproblems < SM_READING_PROBLEMS_MAX)
        out->problems[out->nproblems] =
            (struct sm_reading_problem){line, fault};
    out->nproblems++;
}

static bool read_serial(char out[SM_READING_SERIAL_MAX + 1], const char *text)
{
    size_t len = 0;

    for (; *text; text++) {
        if (!sm_is_digit(*text) && !sm_is_alpha(*text))
            continue;
        if (len == SM_READING_SERIAL_MAX)
            return false;
        out[len++] = sm_to_upper(*text);
    }
    out[len] = '\0';
    return len > 0;
}

static bool read_value(struct sm_reading_row *row, const char *text)
{
    row->decimals = 0;
    while (sm_reading_parse(&row->value_milli, text, SM_REGISTER_DIGITS_MAX,
                            row->decimals) == SM_READING_DECIMALS)
        if (row->decimals++ == SM_REGISTER_DECIMALS_MAX)
            return false;
    return sm_reading_parse(&row->value_milli, text, SM_REGISTER_DIGITS_MAX,
                            row->decimals) == SM_READING_OK;
}

/* "31.08.2026" as "2026-08-31". */
static bool read_date(struct sm_date *out, const char *text)
{
    char iso[11];

    if (*text == '\0') {
        *out = (struct sm_date){0};
        return true;
    }
    if (strlen(text) == 10 && text[2] == '.' && text[5] == '.') {
        memcpy(iso, text + 6, 4);
        iso[4] = '-';
        memcpy(iso + 5, text + 3, 2);
        iso[7] = '-';
        memcpy(iso + 8, text, 2);
        iso[10] = '\0';
        text = iso;
    }
    return sm_parse_date(out, text) == SM_OK;
}

static void read_row(struct sm_reading_file *out, const struct sm_csv *csv)
{
    struct sm_reading_row *row = &out->rows[out->nrows];
    const char *number = sm_csv_get(csv, REGISTER);
    int64_t no = 1;

    row->line = sm_csv_line(csv);
    if (*sm_csv_get(csv, VALUE) == '\0')
        out->nempty++;
    else if (!read_serial(row->serial, sm_csv_get(csv, SERIAL)))
        note(out, row->line, SM_FAULT_SERIAL);
    else if (*number && sm_parse_i64(&no, number, 1, SM_REGISTERS_MAX) != SM_OK)
        note(out, row->line, SM_FAULT_REGISTER);
    else if (!read_value(row, sm_csv_get(csv, VALUE)))
        note(out, row->line, SM_FAULT_VALUE);
    else if (!read_date(&row->date, sm_csv_get(csv, DATE)))
        note(out, row->line, SM_FAULT_DATE);
    else
        out->nrows++;
    row->register_no = (int)no;
}

static int by_register(const void *a, const void *b)
{
    const struct sm_reading_row *x = *(const struct sm_reading_row *const *)a;
    const struct sm_reading_row *y = *(const struct sm_reading_row *const *)b;
    int order = strcmp(x->serial, y->serial);

    if (order == 0)
        order = x->register_no - y->register_no;
    return order != 0 ? order : (x->line > y->line) - (x->line < y->line);
}

/* Note every line whose register stands on an earlier one. */
static enum sm_status find_twice(struct sm_reading_file *out,
                                 struct sm_arena *arena)
{
    const struct sm_reading_row **sorted;

    if (out->nrows < 2)
        return SM_OK;
    sorted = sm_arena_alloc(arena, out->nrows * sizeof(*sorted));
    if (!sorted)
        return SM_INTERNAL;
    for (size_t i = 0; i < out->nrows; i++)
        sorted[i] = &out->rows[i];
    qsort(sorted, out->nrows, sizeof(*sorted), by_register);
    for (size_t i = 1; i < out->nrows; i++)
        if (strcmp(sorted[i]->serial, sorted[i - 1]->serial) == 0 &&
            sorted[i]->register_no == sorted[i - 1]->register_no)
            note(out, sorted[i]->line, SM_FAULT_TWICE);
    return SM_OK;
}

static enum sm_status read_rows(struct sm_reading_file *out, struct sm_csv *csv,
                                struct sm_error *err)
{
    enum sm_status status;

    for (int count = 0;; count++) {
        status = sm_csv_next(csv, err);
        if (status == SM_NOT_FOUND)
            return SM_OK;
        if (status != SM_OK && status != SM_INVALID)
            return status;
        if (count == SM_READING_ROWS_MAX) {
            note(out, sm_csv_line(csv), SM_FAULT_MANY);
            return SM_OK;
        }
        if (status == SM_OK)
            read_row(out, csv);
        else
            note(out, sm_csv_line(csv), SM_FAULT_UNREADABLE);
    }
}

enum sm_status sm_reading_csv(struct sm_reading_file *out,
                              struct sm_arena *arena, const char *data,
                              size_t len, struct sm_error *err)
{
    struct memory memory = {data, len};
    struct sm_csv_source source = {&memory, read_memory};
    struct sm_csv *csv;
    enum sm_status status;

    memset(out, 0, sizeof(*out));
    if (len > SM_READING_FILE_MAX)
        return SM_FAIL(err, SM_INVALID, "the file is too long");
    /* one more, into which a row that turns out bad is read */
    out->rows =
        sm_arena_alloc(arena, (SM_READING_ROWS_MAX + 1) * sizeof(*out->rows));
    if (!out->rows)
        return SM_FAIL(err, SM_INTERNAL, "out of memory");
    status = sm_csv_open(&csv, &source, columns, SM_COUNT(columns), err);
    if (status != SM_OK)
        return status;
    status = read_rows(out, csv, err);
    sm_csv_free(csv);
    return status == SM_OK ? find_twice(out, arena) : status;
}

const char *sm_reading_fault_word(enum sm_reading_fault fault)
{
    static const char *const words[] = {
        [SM_FAULT_UNREADABLE] = "unreadable",
        [SM_FAULT_SERIAL] = "serial",
        [SM_FAULT_REGISTER] = "register",
        [SM_FAULT_VALUE] = "value",
        [SM_FAULT_DATE] = "date",
        [SM_FAULT_TWICE] = "twice",
        [SM_FAULT_MANY] = "many",
    };

    return words[fault];
}
