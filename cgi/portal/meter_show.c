#include "portal/meter_show.h"

#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "crypto/crypto.h"
#include "keys.h"
#include "portal/bills.h"
#include "portal/login.h"
#include "portal/meters.h"
#include "sql/self_meters.h"

enum { HISTORY_YEARS = 2 };

const char *const sm_meter_fields[SM_REGISTERS_MAX] = {
    "value_1", "value_2", "value_3", "value_4",
    "value_5", "value_6", "value_7", "value_8",
};

/* May an index be sent now: the reader has the right, the company takes it,
 * and no bill has used what was sent in this window. */
static bool may_send(const struct sm_rows *rows)
{
    return sm_row_bool(rows, 0, SELF_METERS__MAY_SEND) &&
           sm_row_null(rows, 0, SELF_METERS__REMOVED_ON) &&
           (!sm_row_null(rows, 0, SELF_METERS__OPENS_ON) ||
            sm_row_bool(rows, 0, SELF_METERS__KEEPS_OUTSIDE)) &&
           !sm_row_bool(rows, 0, SELF_METERS__SENT_BILLED);
}

/* The numbers that a doubt is about, or a refusal. */
static void fill_finding(struct sm_dict *field,
                         const struct sm_reading_finding *found)
{
    const struct {
        enum sm_reading_outcome outcome;
        int key;
    } sections[] = {
        {SM_READING_TOO_LONG, K_SAY_DIGITS},
        {SM_READING_LOWER, K_SAY_LAST},
        {SM_READING_BELOW_ESTIMATE, K_SAY_ESTIMATE},
        {SM_READING_ZERO, K_SAY_ZERO},
        {SM_READING_LOW, K_SAY_LOW},
        {SM_READING_HIGH, K_SAY_HIGH},
        {SM_READING_VERY_HIGH, K_SAY_VERY_HIGH},
    };

    for (size_t i = 0; i < SM_COUNT(sections); i++)
        sm_show_if(field, sections[i].key,
                   found->outcome == sections[i].outcome);
    sm_show_if(field, K_DOUBT, sm_reading_confirm(found->outcome) > 0);
    sm_meters_amount(field, K_FOUND_USE, found->use_milli);
    sm_set_plural(field, K_FOUND_DAYS, found->days);
    sm_meters_rate(field, K_FOUND_DAY, found->day_micro);
    if (found->usual_micro != SM_RATE_UNKNOWN)
        sm_meters_rate(field, K_FOUND_USUAL, found->usual_micro);
}

/* A field for the register of row I: empty, or what was typed, or what was
 * sent before and can be corrected.  FIGURES are what it is held against. */
static void fill_field(struct sm_dict *page, const struct sm_rows *rows, int i,
                       const struct sm_rows *figures,
                       const struct sm_meter_form *form)
{
    struct sm_dict *field = sm_section(page, K_FIELDS);
    int decimals = (int)sm_row_int(rows, i, SELF_METERS__DECIMALS);
    int digits = (int)sm_row_int(rows, i, SELF_METERS__DIGITS);

    sm_meters_register(field, sm_row_text(rows, i, SELF_METERS__REGISTER_KIND));
    sm_bills_unit(field, K_UNIT, sm_row_text(rows, i, SELF_METERS__UNIT));
    if (!sm_row_null(figures, i, SELF_METER_FIGURES__LAST_MILLI)) {
        sm_show(field, K_HAS_BEFORE);
        sm_meters_index(field, K_BEFORE,
                        sm_row_int(figures, i, SELF_METER_FIGURES__LAST_MILLI),
                        decimals);
        sm_set_date(field, K_BEFORE_ON,
                    sm_row_date(figures, i, SELF_METER_FIGURES__LAST_ON));
    }
    sm_set(field, K_FIELD_NAME, sm_meter_fields[i]);
    sm_set_plural(field, K_DIGITS, digits);
    sm_show_if(field, K_HAS_DECIMALS, decimals > 0);
    sm_set_plural(field, K_DECIMALS, decimals);
    sm_set_int(field, K_FIELD_MAX, digits + 1 + decimals + 2);
    if (form) {
        sm_set(field, K_FIELD_VALUE, form->typed[i]);
        fill_finding(field, &form->found[i]);
        if (form->wrong[i]) {
            sm_show(field, K_WRONG);
            sm_set(field, K_WRONG_TEXT,
                   sm_tr(sm_dict_lang(field), form->wrong[i]));
        }
    } else if (!sm_row_null(rows, i, SELF_METERS__SENT_MILLI)) {
        sm_meters_index(field, K_FIELD_VALUE,
                        sm_row_int(rows, i, SELF_METERS__SENT_MILLI), decimals);
    }
}

/* The numbers that go with a day that is refused. */
static void fill_day(struct sm_dict *page, const struct sm_request *rq,
                     const struct sm_rows *figures,
                     const struct sm_meter_form *form)
{
    struct sm_date last = {.year = 0};
    bool not_later = false, future = false, early = false;

    for (int i = 0; i < sm_rows_count(figures) && i < SM_REGISTERS_MAX; i++) {
        struct sm_date on =
            sm_row_date(figures, i, SELF_METER_FIGURES__LAST_ON);

        not_later |= form->found[i].outcome == SM_READING_NOT_LATER;
        future |= form->found[i].outcome == SM_READING_FUTURE;
        early |= form->found[i].outcome == SM_READING_EARLY;
        if (on.year > 0 &&
            (last.year == 0 || sm_date_to_days(on) > sm_date_to_days(last)))
            last = on;
    }
    sm_show_if(page, K_SAY_LAST_DAY, not_later);
    sm_set_date(page, K_LAST_DAY, last);
    sm_show_if(page, K_SAY_TODAY, future);
    sm_set_date(page, K_TODAY, sm_date_local(rq->now_us));
    sm_show_if(page, K_SAY_OPENS, early);
}

static void set_iso(struct sm_dict *dict, int key, struct sm_date date)
{
    sm_setf(dict, key, "%04d-%02d-%02d", date.year, date.month, date.day);
}

/* What the indexes of today are held against. */
static enum sm_status load_figures(struct sm_rows **out, struct sm_request *rq,
                                   const struct sm_rows *rows)
{
    const struct sm_arg args[] = {
        sm_login_session(rq),
        sm_arg_uuid(sm_row_bytes(rows, 0, SELF_METERS__METER)),
        sm_arg_date(sm_date_local(rq->now_us)),
        sm_arg_time(rq->now_us),
    };
    enum sm_status st =
        sm_request_query(out, rq, &sm_sql_self_meter_figures, args);

    if (st == SM_OK && sm_rows_count(*out) != sm_rows_count(rows))
        st = SM_NOT_FOUND; /* the right ended between the two */
    return st;
}

static enum sm_status fill_form(struct sm_dict *page, struct sm_request *rq,
                                const struct sm_rows *rows,
                                const struct sm_meter_form *form)
{
    struct sm_date today = sm_date_local(rq->now_us);
    struct sm_rows *figures = NULL;
    enum sm_status st = load_figures(&figures, rq, rows);
    uint8_t once[SM_ID_BYTES];
    char key[SM_ID_TEXT];

    if (st != SM_OK)
        return st;
    sm_show(page, K_MAY_SEND);
    sm_random(once, sizeof(once));
    sm_id_format(key, once);
    sm_set(page, K_ONCE_KEY, form && form->once_key ? form->once_key : key);
    set_iso(page, K_TODAY_ISO, today);
    set_iso(page, K_READ_ON_VALUE, today);
    if (form && *form->read_on)
        sm_set(page, K_READ_ON_VALUE, form->read_on);
    sm_show_if(page, K_FOR_INFORMATION,
               sm_row_null(rows, 0, SELF_METERS__OPENS_ON));
    for (int i = 0; i < sm_rows_count(rows) && i < SM_REGISTERS_MAX; i++)
        fill_field(page, rows, i, figures, form);
    if (!form)
        return SM_OK;
    fill_day(page, rq, figures, form);
    sm_set(page, K_DOUBTED, form->doubted);
    sm_show_if(page, K_ASK_SURE, form->ask == 1);
    sm_show_if(page, K_ASK_AGAIN, form->ask == 2);
    sm_show_if(page, K_ASK_PHOTO, form->ask > 0 || form->photo);
    sm_show_if(page, K_SWAP_DAY_NIGHT, form->hint.swap == SM_SWAP_DAY_NIGHT);
    sm_show_if(page, K_SWAP_DIRECTION, form->hint.swap == SM_SWAP_DIRECTION);
    return SM_OK;
}

/* How and when it is read, besides the window. */
static void fill_how(struct sm_dict *page, const struct sm_request *rq,
                     const struct sm_rows *rows)
{
    static const int notes[] = {
        [SM_LANG_RO] = SELF_METERS__NOTE_RO,
        [SM_LANG_BG] = SELF_METERS__NOTE_BG,
        [SM_LANG_EN] = SELF_METERS__NOTE_EN,
    };
    const char *method = sm_row_text(rows, 0, SELF_METERS__READ_METHOD);
    const char *note = sm_row_text(rows, 0, notes[rq->lang]);

    sm_show_if(page, K_BY_YOU, strcmp(method, "self") == 0);
    sm_show_if(page, K_BY_VISIT, strcmp(method, "visit") == 0);
    sm_show_if(page, K_BY_REMOTE, strcmp(method, "remote") == 0);
    sm_show_if(page, K_BY_NOBODY, *method == '\0');
    if (!sm_row_null(rows, 0, SELF_METERS__READ_EVERY_MONTHS)) {
        sm_show(page, K_HAS_EVERY);
        sm_set_plural(page, K_EVERY,
                      sm_row_int(rows, 0, SELF_METERS__READ_EVERY_MONTHS));
    }
    sm_show_if(page, K_HAS_NOTE, *note != '\0');
    sm_set(page, K_NOTE, note);
}

static void fill_registers(struct sm_dict *page, const struct sm_rows *rows)
{
    for (int i = 0; i < sm_rows_count(rows); i++) {
        struct sm_dict *row = sm_section(page, K_REGISTERS);
        const char *code = sm_row_text(rows, i, SELF_METERS__CODE);
        int64_t factor = sm_row_int(rows, i, SELF_METERS__FACTOR_MILLI);
        int decimals = (int)sm_row_int(rows, i, SELF_METERS__DECIMALS);

        sm_meters_fill_register(row, rows, i);
        sm_show_if(row, K_HAS_CODE, *code != '\0');
        sm_set(row, K_CODE, code);
        sm_set_plural(row, K_DIGITS, sm_row_int(rows, i, SELF_METERS__DIGITS));
        sm_show_if(row, K_HAS_DECIMALS, decimals > 0);
        sm_set_plural(row, K_DECIMALS, decimals);
        sm_show_if(row, K_HAS_FACTOR, factor != 1000);
        sm_meters_amount(row, K_FACTOR, factor);
        if (!sm_row_null(rows, i, SELF_METERS__YEAR_MICRO)) {
            sm_show(row, K_HAS_AVERAGE);
            sm_meters_rate(row, K_AVERAGE,
                           sm_row_int(rows, i, SELF_METERS__YEAR_MICRO));
        }
    }
}

/* The row of ROWS with the register NO; 0 if there is none. */
static int find_register(const struct sm_rows *rows, int64_t no)
{
    for (int i = 0; i < sm_rows_count(rows); i++) {
        if (sm_row_int(rows, i, SELF_METERS__REGISTER) == no)
            return i;
    }
    return 0;
}

static void fill_version(struct sm_dict *page, const struct sm_rows *rows,
                         const struct sm_rows *history, int h)
{
    struct sm_dict *row = sm_section(page, K_HISTORY);
    int i = find_register(rows,
                          sm_row_int(history, h, SELF_METER_HISTORY__REGISTER));
    const char *state = sm_row_text(history, h, SELF_METER_HISTORY__STATE);
    const char *reason = sm_row_text(history, h, SELF_METER_HISTORY__REASON);

    sm_set_date(row, K_READ_ON,
                sm_row_date(history, h, SELF_METER_HISTORY__READ_ON));
    if (sm_rows_count(rows) > 1) {
        sm_show(row, K_OF_SEVERAL);
        sm_meters_register(row,
                           sm_row_text(rows, i, SELF_METERS__REGISTER_KIND));
    }
    sm_bills_unit(row, K_UNIT, sm_row_text(rows, i, SELF_METERS__UNIT));
    sm_meters_index(row, K_INDEX,
                    sm_row_int(history, h, SELF_METER_HISTORY__VALUE_MILLI),
                    (int)sm_row_int(rows, i, SELF_METERS__DECIMALS));
    if (!sm_row_null(history, h, SELF_METER_HISTORY__USE_MILLI)) {
        sm_show(row, K_HAS_USE);
        sm_meters_amount(row, K_USE,
                         sm_row_int(history, h, SELF_METER_HISTORY__USE_MILLI));
        sm_set_plural(row, K_USE_DAYS,
                      sm_row_int(history, h, SELF_METER_HISTORY__DAYS));
    }
    sm_meters_way(row, sm_row_text(history, h, SELF_METER_HISTORY__SOURCE));
    sm_show_if(row, K_NOT_ACCEPTED, strcmp(state, "accepted") != 0);
    sm_meters_state(row, state);
    sm_show_if(row, K_HAS_REASON, *reason != '\0');
    sm_set(row, K_REASON, reason);
}

static enum sm_status fill_history(struct sm_dict *page, struct sm_request *rq,
                                   const struct sm_rows *rows)
{
    struct sm_date since = sm_date_local(rq->now_us);
    struct sm_rows *history = NULL;
    enum sm_status st;

    since = (struct sm_date){since.year - HISTORY_YEARS, since.month, 1};

    const struct sm_arg args[] = {
        sm_login_session(rq),
        sm_arg_uuid(sm_row_bytes(rows, 0, SELF_METERS__METER)),
        sm_arg_date(since),
        sm_arg_time(rq->now_us),
    };

    st = sm_request_query(&history, rq, &sm_sql_self_meter_history, args);
    if (st != SM_OK)
        return st;
    sm_show_if(page, K_HAS_HISTORY, sm_rows_count(history) > 0);
    sm_show_if(page, K_NO_HISTORY, sm_rows_count(history) == 0);
    for (int h = 0; h < sm_rows_count(history); h++)
        fill_version(page, rows, history, h);
    return SM_OK;
}

enum sm_status sm_meter_show(struct sm_request *rq, struct sm_reply *rp,
                             const struct sm_rows *rows,
                             const struct sm_meter_form *form)
{
    enum sm_status st = SM_OK;

    sm_meters_fill(rp->dict, rq, rows, 0);
    sm_show_if(rp->dict, K_SEVERAL_REGISTERS, sm_rows_count(rows) > 1);
    fill_registers(rp->dict, rows);
    fill_how(rp->dict, rq, rows);
    if (may_send(rows))
        st = fill_form(rp->dict, rq, rows, form);
    sm_show_if(rp->dict, K_SENT_USED,
               sm_row_bool(rows, 0, SELF_METERS__SENT_BILLED));
    return st == SM_OK ? fill_history(rp->dict, rq, rows) : st;
}
