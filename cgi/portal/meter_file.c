#include "portal/meter_file.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "portal/login.h"
#include "sql/meter_file.h"

enum {
    STEP = 250,          /* meters a statement */
    STEP_BYTES = 1 << 17 /* of what it is given */
};

/* The rows of one meter, by register. */
struct group {
    const struct sm_reading_row *const *rows;
    size_t count;
};

/* The groups that go in one statement. */
struct step {
    struct group groups[STEP];
    size_t count;
    struct sm_buf items;
};

static int by_register(const void *a, const void *b)
{
    const struct sm_reading_row *x = *(const struct sm_reading_row *const *)a;
    const struct sm_reading_row *y = *(const struct sm_reading_row *const *)b;
    int order = strcmp(x->serial, y->serial);

    if (order == 0)
        order = x->register_no - y->register_no;
    return order != 0 ? order : (x->line > y->line) - (x->line < y->line);
}

static void tell(struct sm_meter_file_list *list,
                 const struct sm_meter_file_word *word)
{
    if (list->told < SM_METER_FILE_TOLD)
        list->words[list->told++] = *word;
    list->count++;
}

static void refuse(struct sm_meter_file *out, const struct sm_reading_row *row,
                   const char *word)
{
    const struct sm_meter_file_word said = {
        .line = row->line, .serial = row->serial, .word = word};

    tell(&out->refused, &said);
}

/* Can the rows be of one reading?  A register that stands twice was told as a
 * problem of the file. */
static bool is_whole(struct sm_meter_file *out, const struct group *group,
                     struct sm_date today)
{
    const struct sm_reading_row *const *rows = group->rows;
    int64_t day = -1;

    for (size_t i = 0; i < group->count; i++) {
        struct sm_date date = rows[i]->date.year ? rows[i]->date : today;

        if (i > 0 && rows[i]->register_no == rows[i - 1]->register_no)
            return false;
        if (i > 0 && sm_date_to_days(date) != day) {
            refuse(out, rows[i], "dates");
            return false;
        }
        day = sm_date_to_days(date);
    }
    return true;
}

static void add_item(struct step *step, const struct group *group)
{
    const struct sm_reading_row *first = group->rows[0];

    sm_buf_addf(&step->items, "%s{\"k\":\"%s\"", step->count ? "," : "[",
                first->serial);
    if (first->date.year)
        sm_buf_addf(&step->items, ",\"d\":\"%04d-%02d-%02d\"", first->date.year,
                    first->date.month, first->date.day);
    for (size_t i = 0; i < group->count; i++)
        sm_buf_addf(&step->items, "%s\"%d\":%" PRId64, i ? "," : ",\"v\":{",
                    group->rows[i]->register_no, group->rows[i]->value_milli);
    sm_buf_adds(&step->items, "}}");
    step->groups[step->count++] = *group;
}

/* The row of register NO; the first where none is meant. */
static const struct sm_reading_row *row_of(const struct group *group,
                                           int64_t no)
{
    for (size_t i = 0; i < group->count; i++) {
        if (group->rows[i]->register_no == no)
            return group->rows[i];
    }
    return group->rows[0];
}

static bool is_one_of(const char *word, const char *const *words, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (strcmp(word, words[i]) == 0)
            return true;
    }
    return false;
}

static void take_outcome(struct sm_meter_file *out, const struct step *step,
                         const struct sm_rows *rows, int i)
{
    static const char *const stored[] = {"accepted", "in_check", "informative"};
    static const char *const doubts[] = {"below_estimate", "zero", "low",
                                         "high", "very_high"};
    const struct group *group =
        &step->groups[sm_row_int(rows, i, METER_FILE_SUBMIT__ITEM)];
    const struct sm_reading_row *row =
        row_of(group, sm_row_int(rows, i, METER_FILE_SUBMIT__REGISTER));
    struct sm_meter_file_word word = {
        .line = row->line,
        .serial = row->serial,
        .word = sm_row_text(rows, i, METER_FILE_SUBMIT__OUTCOME),
        .day_micro = sm_row_null(rows, i, METER_FILE_SUBMIT__DAY_MICRO)
                         ? -1
                         : sm_row_int(rows, i, METER_FILE_SUBMIT__DAY_MICRO),
        .usual_micro =
            sm_row_null(rows, i, METER_FILE_SUBMIT__USUAL_MICRO)
                ? -1
                : sm_row_int(rows, i, METER_FILE_SUBMIT__USUAL_MICRO),
        .unit = sm_row_text(rows, i, METER_FILE_SUBMIT__UNIT),
    };

    if (strcmp(word.word, "many") == 0)
        word.word = "versions";
    if (is_one_of(word.word, stored, SM_COUNT(stored))) {
        out->stored++;
    } else if (strcmp(word.word, "same") == 0) {
        out->same++;
    } else if (is_one_of(word.word, doubts, SM_COUNT(doubts))) {
        out->very_high |= strcmp(word.word, "very_high") == 0;
        tell(&out->doubts, &word);
    } else {
        out->conflicts += strcmp(word.word, "conflict") == 0;
        tell(&out->refused, &word);
    }
}

static enum sm_status send_step(struct sm_meter_file *out, struct step *step,
                                struct sm_request *rq, int confirm,
                                const uint8_t *file)
{
    struct sm_rows *rows = NULL;
    enum sm_status st;

    if (step->count == 0)
        return SM_OK;
    sm_buf_addc(&step->items, ']');
    if (!sm_buf_ok(&step->items))
        return SM_FAIL(&rq->err, SM_INTERNAL, "items of a file: no memory");

    const struct sm_arg args[] = {
        sm_login_session(rq),    sm_arg_json(step->items.data),
        sm_arg_int4(confirm),    sm_arg_bytes(file, SM_ID_BYTES),
        sm_arg_time(rq->now_us),
    };

    st = sm_request_query(&rows, rq, &sm_sql_meter_file_submit, args);
    if (st != SM_OK)
        return st;
    for (int i = 0; i < sm_rows_count(rows); i++)
        take_outcome(out, step, rows, i);
    step->count = 0;
    sm_buf_clear(&step->items);
    return SM_OK;
}

static enum sm_status send_all(struct sm_meter_file *out, struct step *step,
                               struct sm_request *rq, int confirm,
                               const uint8_t *file)
{
    size_t count = out->csv.nrows;
    const struct sm_reading_row **sorted =
        sm_arena_alloc(rq->arena, (count + 1) * sizeof(*sorted));
    struct sm_date today = sm_date_local(rq->now_us);
    enum sm_status st = SM_OK;

    if (!sorted)
        return SM_FAIL(&rq->err, SM_INTERNAL, "rows of a file: no memory");
    for (size_t i = 0; i < count; i++)
        sorted[i] = &out->csv.rows[i];
    qsort(sorted, count, sizeof(*sorted), by_register);
    for (size_t i = 0; i < count && st == SM_OK;) {
        struct group group = {&sorted[i], 1};

        while (i + group.count < count &&
               strcmp(group.rows[group.count]->serial, group.rows[0]->serial) ==
                   0)
            group.count++;
        i += group.count;
        if (is_whole(out, &group, today))
            add_item(step, &group);
        if (step->count == STEP)
            st = send_step(out, step, rq, confirm, file);
    }
    return st == SM_OK ? send_step(out, step, rq, confirm, file) : st;
}

static int by_line(const void *a, const void *b)
{
    const struct sm_meter_file_word *x = a, *y = b;

    return (x->line > y->line) - (x->line < y->line);
}

/* What is wrong with the file itself. */
static void tell_faults(struct sm_meter_file *out)
{
    const struct sm_reading_file *csv = &out->csv;

    for (size_t i = 0; i < csv->nproblems && i < SM_READING_PROBLEMS_MAX; i++) {
        const struct sm_meter_file_word said = {
            .line = csv->problems[i].line,
            .serial = "",
            .word = sm_reading_fault_word(csv->problems[i].fault)};

        tell(&out->refused, &said);
    }
    if (csv->nproblems > SM_READING_PROBLEMS_MAX)
        out->refused.count += csv->nproblems - SM_READING_PROBLEMS_MAX;
}

/* By line: they came by serial number. */
static void sort(struct sm_meter_file_list *list)
{
    qsort(list->words, list->told, sizeof(list->words[0]), by_line);
}

enum sm_status sm_meter_file_send(struct sm_meter_file *out,
                                  struct sm_request *rq, const char *data,
                                  size_t len, int confirm,
                                  const uint8_t file[16])
{
    struct step *step = sm_arena_alloc(rq->arena, sizeof(*step));
    enum sm_status st;

    memset(out, 0, sizeof(*out));
    if (!step)
        return SM_FAIL(&rq->err, SM_INTERNAL, "a file: no memory");
    st = sm_reading_csv(&out->csv, rq->arena, data, len, &rq->err);
    if (st != SM_OK)
        return st;
    tell_faults(out);
    step->count = 0;
    sm_buf_init(&step->items, STEP_BYTES);
    st = send_all(out, step, rq, confirm, file);
    sm_buf_release(&step->items);
    sort(&out->refused);
    sort(&out->doubts);
    return st;
}
