/* Somebody sends what their meter shows.  The rules are those of
 * lib/domain/reading.h, which has the numbers for the sentences; the database
 * holds the same ones under its lock and decides. */
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/text.h"
#include "domain/attachment.h"
#include "keys.h"
#include "portal/login.h"
#include "portal/meter_show.h"
#include "portal/meters.h"
#include "portal/people.h"
#include "sql/self_meters.h"

#define VALUE(n)                                                               \
    {                                                                          \
        .name = "value_" #n, .type = SM_IN_TEXT, .max = 40                     \
    }

static const struct sm_input inputs[] = {
    {"id", SM_IN_ID, .required = true},
    VALUE(1),
    VALUE(2),
    VALUE(3),
    VALUE(4),
    VALUE(5),
    VALUE(6),
    VALUE(7),
    VALUE(8),
    {.name = "read_on", .type = SM_IN_TEXT, .max = 10},
    {.name = "sure", .type = SM_IN_BOOL},
    {.name = "sure_again", .type = SM_IN_BOOL},
    {.name = "doubted", .type = SM_IN_TEXT, .max = 200},
    {.name = "photo", .type = SM_IN_BYTES, .max = SM_ATTACHMENT_MAX},
    {.name = "once_key", .type = SM_IN_ID},
};

/* A submission on its way. */
struct sending {
    struct sm_request *rq;
    const struct sm_rows *rows; /* the registers */
    size_t count;
    int64_t values[SM_REGISTERS_MAX];
    struct sm_date read_on, today;
    struct sm_meter_form form;
    const char *list;  /* the values as the database takes them */
    const char *photo; /* what kind of file came along; NULL: none */
};

/* What is wrong with a value, in words; NULL: nothing, or it is a doubt. */
static const char *words_of(enum sm_reading_outcome outcome)
{
    switch (outcome) {
    case SM_READING_EMPTY:
        return SM_N_("Type the index.");
    case SM_READING_NOT_DIGITS:
        return SM_N_("An index is digits only, with a comma or a point before "
                     "its decimals.");
    case SM_READING_TOO_LONG:
        return SM_N_("The index has more digits than the meter.");
    case SM_READING_DECIMALS:
        return SM_N_("The index has more decimals than the meter shows.");
    case SM_READING_LOWER:
        return SM_N_("The index is lower than the last one.");
    case SM_READING_OK:
    case SM_READING_NOT_LATER:
    case SM_READING_FUTURE:
    case SM_READING_CLOSED:
    case SM_READING_EARLY:
    case SM_READING_BELOW_ESTIMATE:
    case SM_READING_ZERO:
    case SM_READING_LOW:
    case SM_READING_HIGH:
    case SM_READING_VERY_HIGH:
        break;
    }
    return NULL;
}

static void refuse_value(struct sending *s, size_t i,
                         enum sm_reading_outcome outcome)
{
    s->form.found[i].outcome = outcome;
    s->form.wrong[i] = words_of(outcome);
    sm_in_refuse(s->rq, sm_meter_fields[i], s->form.wrong[i]);
}

/* Refuse the day, or the form as a whole, for what a value's outcome says of
 * them. */
static void refuse_day(struct sending *s, enum sm_reading_outcome outcome)
{
    if (outcome == SM_READING_NOT_LATER)
        sm_in_refuse(s->rq, "read_on",
                     SM_N_("We have an index of this day or a later one. "
                           "Choose the day on which you read the meter."));
    else if (outcome == SM_READING_FUTURE)
        sm_in_refuse(s->rq, "read_on", SM_N_("This day is still to come."));
    else if (outcome == SM_READING_EARLY)
        sm_in_refuse(s->rq, "read_on",
                     SM_N_("This day is before the reading period. Read the "
                           "meter again and send what it shows now."));
    else
        sm_in_refuse(
            s->rq, NULL,
            SM_N_("It is not the reading period now. Nothing was sent."));
}

static void read_typed(struct sending *s)
{
    const struct sm_value *day = sm_in(s->rq, "read_on");

    for (size_t i = 0; i < s->count; i++) {
        const struct sm_value *value = sm_in(s->rq, sm_meter_fields[i]);
        enum sm_reading_outcome outcome = sm_reading_parse(
            &s->values[i], value->raw,
            (int)sm_row_int(s->rows, (int)i, SELF_METERS__DIGITS),
            (int)sm_row_int(s->rows, (int)i, SELF_METERS__DECIMALS));

        s->form.typed[i] = value->raw;
        if (outcome != SM_READING_OK)
            refuse_value(s, i, outcome);
    }
    s->form.read_on = day->raw;
    s->read_on = *day->raw ? sm_people_day(day->text) : s->today;
    if (s->read_on.year == 0)
        sm_in_refuse(s->rq, "read_on",
                     SM_N_("This is not a day. Type it as 31.12.2026."));
}

static enum sm_register_kind kind_of(const char *word)
{
    static const char *const words[] = {
        [SM_REGISTER_SINGLE] = "single", [SM_REGISTER_DAY] = "day",
        [SM_REGISTER_NIGHT] = "night",   [SM_REGISTER_IMPORT] = "import",
        [SM_REGISTER_EXPORT] = "export",
    };
    size_t i = 0;

    while (i < SM_COUNT(words) - 1 && strcmp(words[i], word) != 0)
        i++;
    return (enum sm_register_kind)i;
}

static int64_t rate_of(const struct sm_rows *rows, int i, int column)
{
    return sm_row_null(rows, i, column) ? SM_RATE_UNKNOWN
                                        : sm_row_int(rows, i, column);
}

static struct sm_register register_of(const struct sm_rows *rows, int i)
{
    return (struct sm_register){
        .no = (int)sm_row_int(rows, i, SELF_METER_FIGURES__REGISTER),
        .kind =
            kind_of(sm_row_text(rows, i, SELF_METER_FIGURES__REGISTER_KIND)),
        .digits = (int)sm_row_int(rows, i, SELF_METER_FIGURES__DIGITS),
        .decimals = (int)sm_row_int(rows, i, SELF_METER_FIGURES__DECIMALS),
        .factor_milli = sm_row_int(rows, i, SELF_METER_FIGURES__FACTOR_MILLI),
        .has_last = !sm_row_null(rows, i, SELF_METER_FIGURES__LAST_MILLI),
        .last_milli = sm_row_int(rows, i, SELF_METER_FIGURES__LAST_MILLI),
        .last_on = sm_row_date(rows, i, SELF_METER_FIGURES__LAST_ON),
        .last_estimated =
            strcmp(sm_row_text(rows, i, SELF_METER_FIGURES__LAST_SOURCE),
                   "estimated") == 0,
        .has_true = !sm_row_null(rows, i, SELF_METER_FIGURES__TRUE_MILLI),
        .true_milli = sm_row_int(rows, i, SELF_METER_FIGURES__TRUE_MILLI),
        .true_on = sm_row_date(rows, i, SELF_METER_FIGURES__TRUE_ON),
        .season_micro = rate_of(rows, i, SELF_METER_FIGURES__SEASON_MICRO),
        .year_micro = rate_of(rows, i, SELF_METER_FIGURES__YEAR_MICRO),
    };
}

/* What the rules say of the values, which are digits. */
static enum sm_status check(struct sending *s)
{
    const struct sm_arg args[] = {
        sm_login_session(s->rq),
        sm_arg_uuid(sm_in(s->rq, "id")->id),
        sm_arg_date(s->read_on),
        sm_arg_time(s->rq->now_us),
    };
    struct sm_register registers[SM_REGISTERS_MAX];
    struct sm_rows *rows = NULL;
    struct sm_window window = {
        .open = !sm_row_null(s->rows, 0, SELF_METERS__OPENS_ON),
        .now = {sm_row_date(s->rows, 0, SELF_METERS__OPENS_ON),
                sm_row_date(s->rows, 0, SELF_METERS__CLOSES_ON)},
    };
    bool any_time = !window.open &&
                    sm_row_bool(s->rows, 0, SELF_METERS__KEEPS_OUTSIDE);
    enum sm_status st =
        sm_request_query(&rows, s->rq, &sm_sql_self_meter_figures, args);

    if (st != SM_OK)
        return st;
    if ((size_t)sm_rows_count(rows) != s->count)
        return SM_NOT_FOUND;
    for (size_t i = 0; i < s->count; i++)
        registers[i] = register_of(rows, (int)i);
    sm_reading_check(s->form.found, &s->form.hint, registers, s->values,
                     s->count, s->read_on, s->today, any_time ? NULL : &window);
    for (size_t i = 0; i < s->count; i++) {
        enum sm_reading_outcome outcome = s->form.found[i].outcome;

        if (words_of(outcome))
            refuse_value(s, i, outcome);
        else if (sm_reading_refused(outcome))
            refuse_day(s, outcome);
    }
    return SM_OK;
}

/* "1700000,20000": and what the sender stands by, the same with its day. */
static bool write_values(struct sending *s)
{
    struct sm_buf text;
    bool ok;

    sm_buf_init(&text, 200);
    for (size_t i = 0; i < s->count; i++)
        sm_buf_addf(&text, "%s%lld", i ? "," : "", (long long)s->values[i]);
    ok = sm_buf_ok(&text);
    s->list = ok ? sm_arena_strdup(s->rq->arena, text.data) : NULL;
    sm_buf_release(&text);
    s->form.doubted = s->list
                          ? sm_arena_printf(s->rq->arena, "%s@%04d-%02d-%02d",
                                            s->list, s->read_on.year,
                                            s->read_on.month, s->read_on.day)
                          : NULL;
    return s->form.doubted != NULL;
}

/* How often the sender has said that just these values are right; a photo
 * says it twice. */
static int confirmed(const struct sending *s)
{
    if (strcmp(sm_in(s->rq, "doubted")->text, s->form.doubted) != 0 ||
        !sm_in(s->rq, "sure")->present)
        return 0;
    return s->photo || sm_in(s->rq, "sure_again")->present ? 2 : 1;
}

static void read_photo(struct sending *s)
{
    const struct sm_value *photo = sm_in(s->rq, "photo");

    s->photo = sm_attachment_type(photo->text, photo->len);
    s->form.photo = photo->present || photo->error;
    if (photo->present && !s->photo)
        sm_in_refuse(s->rq, "photo",
                     SM_N_("Send a PDF file, or a picture in JPEG or PNG."));
}

/* Ask for the confirmation that is missing, if one is. */
static void doubt(struct sending *s, int given)
{
    int needed = 0;

    for (size_t i = 0; i < s->count; i++) {
        int one = sm_reading_confirm(s->form.found[i].outcome);

        needed = one > needed ? one : needed;
    }
    if (needed <= given || sm_row_null(s->rows, 0, SELF_METERS__OPENS_ON))
        return;
    s->form.ask = given + 1;
    if (s->form.ask == 1)
        sm_in_refuse(s->rq, "sure",
                     SM_N_("This index is unusual. Look at the meter once "
                           "more: correct it, or say that it is right."));
    else
        sm_in_refuse(s->rq, "sure_again",
                     SM_N_("This is more than ten times the usual. Compare the "
                           "serial number and every digit, and send a photo or "
                           "say once more that it is right."));
}

/* What the database did not take, in words; the rest of its outcomes was
 * looked at before, so something has changed meanwhile. */
static const char *refusal(const char *outcome)
{
    if (strcmp(outcome, "conflict") == 0)
        return SM_N_("This form was sent already, with another index. Look at "
                     "what is stored below, and send it again if it is "
                     "wrong.");
    if (strcmp(outcome, "billed") == 0)
        return SM_N_("A bill has used the index of this period already. If it "
                     "is wrong, call us.");
    if (strcmp(outcome, "many") == 0)
        return SM_N_("The index of this period was corrected 20 times. Call us "
                     "if it is still wrong.");
    if (strcmp(outcome, "removed") == 0)
        return SM_N_("This meter was taken out. Its index cannot be sent any "
                     "more.");
    if (strcmp(outcome, "closed") == 0)
        return SM_N_("It is not the reading period now. Nothing was sent.");
    return SM_N_("Something about the meter has changed meanwhile. Look at it "
                 "and send the index again.");
}

/* Put the photo beside what was stored, for who checks it. */
static enum sm_status attach(struct sending *s,
                             const uint8_t submission[SM_ID_BYTES])
{
    const struct sm_value *photo = sm_in(s->rq, "photo");
    const struct sm_arg args[] = {
        sm_login_session(s->rq),    sm_arg_uuid(submission),
        sm_arg_text(s->photo),      sm_arg_bytes(photo->text, photo->len),
        sm_arg_time(s->rq->now_us),
    };
    struct sm_rows *rows = NULL;

    return s->photo
               ? sm_request_query(&rows, s->rq, &sm_sql_self_meter_photo, args)
               : SM_OK;
}

static enum sm_status submit(struct sending *s, struct sm_reply *rp, int given)
{
    struct sm_request *rq = s->rq;
    const struct sm_arg args[] = {
        sm_login_session(rq),
        sm_arg_uuid(sm_in(rq, "id")->id),
        sm_arg_text(s->list),
        sm_arg_date(s->read_on),
        sm_arg_int4(given),
        sm_arg_bytes(sm_in(rq, "once_key")->id, SM_ID_BYTES),
        sm_arg_text(sm_lang_code(rq->lang)),
        sm_arg_time(rq->now_us),
    };
    struct sm_rows *rows = NULL;
    const char *outcome;
    char id[SM_ID_TEXT];
    enum sm_status st =
        sm_request_query(&rows, rq, &sm_sql_self_meter_submit, args);

    if (st != SM_OK)
        return st;
    outcome = sm_row_text(rows, 0, SELF_METER_SUBMIT__OUTCOME);
    if (strcmp(outcome, "unknown") == 0)
        return SM_NOT_FOUND; /* nor for who may see it and not send */
    if (!sm_row_null(rows, 0, SELF_METER_SUBMIT__SUBMISSION) &&
        strcmp(outcome, "conflict") != 0) {
        const uint8_t *submission =
            sm_row_bytes(rows, 0, SELF_METER_SUBMIT__SUBMISSION);

        sm_id_format(id, submission);
        st = attach(s, submission);
        return st == SM_OK ? sm_reply_see_other(rq, rp, "/meters/sent/%s", id)
                           : st;
    }
    s->form.once_key = NULL;
    sm_in_refuse(rq, NULL, refusal(outcome));
    return SM_OK;
}

static enum sm_status take(struct sm_request *rq, struct sm_reply *rp)
{
    const struct sm_value *key = sm_in(rq, "once_key");
    struct sending s = {.rq = rq,
                        .today = sm_date_local(rq->now_us),
                        .form = {.doubted = "", .once_key = key->raw}};
    struct sm_rows *rows = NULL;
    enum sm_status st = sm_meters_load(&rows, rq, sm_in(rq, "id")->id, 1, 0);
    int given = 0;

    if (st != SM_OK)
        return st;
    if (sm_rows_count(rows) == 0 ||
        !sm_row_bool(rows, 0, SELF_METERS__MAY_SEND))
        return SM_NOT_FOUND;
    s.rows = rows;
    s.count = (size_t)sm_rows_count(rows);
    if (s.count > SM_REGISTERS_MAX)
        return SM_FAIL(&rq->err, SM_INTERNAL, "a meter of too many registers");
    read_typed(&s);
    read_photo(&s);
    if (rq->inputs_ok)
        st = check(&s);
    if (st == SM_OK && rq->inputs_ok) {
        if (!write_values(&s))
            return SM_FAIL(&rq->err, SM_INTERNAL, "reading: no memory");
        given = confirmed(&s);
        doubt(&s, given);
    }
    if (st == SM_OK && rq->inputs_ok && !key->present) {
        s.form.once_key = NULL;
        sm_in_refuse(rq, NULL, refusal(""));
    }
    if (st == SM_OK && rq->inputs_ok)
        st = submit(&s, rp, given);
    if (st != SM_OK || rq->inputs_ok)
        return st;
    st = sm_meter_show(rq, rp, rows, &s.form);
    return st == SM_OK ? SM_INVALID : st;
}

/* Who was sent to log in, or changes the language, comes to the meter. */
static enum sm_status show(struct sm_request *rq, struct sm_reply *rp)
{
    char id[SM_ID_TEXT];

    sm_id_format(id, sm_in(rq, "id")->id);
    return sm_reply_see_other(rq, rp, "/meters/%s", id);
}

const struct sm_page sm_page_meter_reading = {
    .path = "/meters/{id}/reading",
    .auth = SM_AUTH_CUSTOMER,
    .inputs = inputs,
    .ninputs = SM_COUNT(inputs),
    .get = show,
    .post = take,
    .tpl = "meter.tpl",
    .personal = true,
    .repeatable = true,
    .body_max = SM_ATTACHMENT_MAX + 65536,
    .help = "Takes what a customer's meter shows; every doubt is asked about.",
};
