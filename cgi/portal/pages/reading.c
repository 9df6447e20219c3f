/* A meter reading without an account: it is written down, and whose it is
 * nobody is told. */
#include <inttypes.h>
#include <string.h>

#include "domain/reading.h"
#include "keys.h"
#include "portal/guest.h"
#include "portal/people.h"
#include "sql/reading.h"

enum { OLDEST_DAYS = 92 };

static const struct sm_input inputs[] = {
    {"client_code", SM_IN_CLIENT_CODE, .required = true,
     .label = SM_N_("Client code")},
    {"serial", SM_IN_TEXT, .required = true, .min = 1, .max = 40,
     .label = SM_N_("Serial number of the meter"),
     .missing = SM_N_("Type the serial number of the meter.")},
    {"value", SM_IN_TEXT, .required = true, .max = 20, .label = SM_N_("Index"),
     .missing = SM_N_("Type what the meter shows.")},
    {"value_2", SM_IN_TEXT, .max = 20, .label = SM_N_("Second index")},
    {"read_on", SM_IN_TEXT, .max = 10, .label = SM_N_("Read on"),
     .bad = SM_N_("This is not a day. Type it as 31.12.2026.")},
    {"once", SM_IN_ID, .required = true},
};

static void set_day(struct sm_dict *dict, int key, struct sm_date day)
{
    sm_setf(dict, key, "%04d-%02d-%02d", day.year, day.month, day.day);
}

/* The day that was typed; today if none was.  Year 0: it cannot be. */
static struct sm_date read_on(struct sm_request *rq)
{
    const struct sm_value *typed = sm_in(rq, "read_on");
    struct sm_date today = sm_date_local(rq->now_us);
    struct sm_date day = typed->present ? sm_people_day(typed->text) : today;
    int64_t age = sm_date_to_days(today) - sm_date_to_days(day);

    if (day.year == 0)
        sm_in_refuse(rq, "read_on",
                     SM_N_("This is not a day. Type it as 31.12.2026."));
    else if (age < 0)
        sm_in_refuse(rq, "read_on",
                     SM_N_("This day has not come yet. Type the day on which "
                           "you read the meter."));
    else if (age > OLDEST_DAYS)
        sm_in_refuse(rq, "read_on",
                     SM_N_("This day is more than three months ago. Send "
                           "what the meter shows now."));
    else
        return day;
    return (struct sm_date){0};
}

/* The form with a key of its own. */
static enum sm_status show(struct sm_request *rq, struct sm_reply *rp)
{
    const struct sm_value *typed = sm_in(rq, "read_on");
    struct sm_date today = sm_date_local(rq->now_us);
    uint8_t once[SM_ID_BYTES];
    char text[SM_ID_TEXT];

    sm_random(once, sizeof(once));
    sm_id_format(text, once);
    sm_set(rp->dict, K_ONCE_KEY, text);
    set_day(rp->dict, K_LAST_DAY, today);
    set_day(rp->dict, K_FIRST_DAY,
            sm_date_from_days(sm_date_to_days(today) - OLDEST_DAYS));
    if (!rq->is_post)
        set_day(rp->dict, K_READ_ON_VALUE, today);
    else if (typed->present && sm_people_day(typed->text).year != 0)
        set_day(rp->dict, K_READ_ON_VALUE, sm_people_day(typed->text));
    rp->set_cookie = !rq->has_cookie;
    return SM_OK;
}

/* The index in input NAME in thousandths; 0 and a sentence if it is none. */
static int64_t index_of(struct sm_request *rq, const char *name)
{
    int64_t milli = 0;
    enum sm_reading_outcome said =
        sm_reading_parse(&milli, sm_in(rq, name)->text, SM_REGISTER_DIGITS_MAX,
                         SM_REGISTER_DECIMALS_MAX);

    if (said == SM_READING_TOO_LONG)
        sm_in_refuse(rq, name,
                     SM_N_("An index has at most 9 digits before the "
                           "comma."));
    else if (said == SM_READING_DECIMALS)
        sm_in_refuse(rq, name, SM_N_("An index has at most 3 decimals."));
    else if (said != SM_READING_OK)
        sm_in_refuse(rq, name,
                     SM_N_("Type the digits that the meter shows, without "
                           "letters or signs: 01234 or 1234,5."));
    return milli;
}

static bool has_sign(const char *serial)
{
    for (; *serial; serial++) {
        if (sm_is_digit(*serial) || sm_is_alpha(*serial))
            return true;
    }
    return false;
}

/* Our own checks; argument: the values as "1000,2000". */
static struct sm_arg check(struct sm_request *rq, struct sm_date *day)
{
    bool two = sm_in(rq, "value_2")->present;
    int64_t first = index_of(rq, "value");
    int64_t second = two ? index_of(rq, "value_2") : 0;
    const char *list;

    if (!has_sign(sm_in(rq, "serial")->text))
        sm_in_refuse(rq, "serial",
                     SM_N_("A serial number has digits or letters."));
    *day = read_on(rq);
    list =
        two ? sm_arena_printf(rq->arena, "%" PRId64 ",%" PRId64, first, second)
            : sm_arena_printf(rq->arena, "%" PRId64, first);
    return sm_arg_text(list);
}

static enum sm_status slow(struct sm_request *rq, struct sm_reply *rp,
                           int64_t wait_s)
{
    enum sm_status st = sm_portal_slow(rq, rp, wait_s);

    rp->tpl = "reading_slow.tpl";
    return st;
}

static enum sm_status answer(struct sm_request *rq, struct sm_reply *rp,
                             const struct sm_rows *rows)
{
    const char *outcome = sm_row_text(rows, 0, READING_GUEST__OUTCOME);
    int64_t wait_s = sm_row_int(rows, 0, READING_GUEST__RETRY_AFTER_S);

    if (strcmp(outcome, "received") == 0 || strcmp(outcome, "same") == 0)
        return sm_reply_see_other(
            rq, rp, "/reading/%s",
            sm_row_text(rows, 0, READING_GUEST__REFERENCE));
    if (strcmp(outcome, "throttled") == 0)
        return slow(rq, rp, wait_s);
    if (strcmp(outcome, "conflict") != 0)
        return SM_BUSY; /* its twin is under way */
    sm_in_refuse(rq, NULL,
                 SM_N_("This form was sent before, with other figures. Check "
                       "what stands here and press the button again: it is "
                       "then sent too."));
    return SM_INVALID;
}

static enum sm_status send(struct sm_request *rq, struct sm_reply *rp)
{
    enum sm_status st = show(rq, rp);
    struct sm_rows *rows = NULL;
    struct sm_date day;
    struct sm_arg values;

    if (st != SM_OK || !rq->inputs_ok)
        return st == SM_OK ? SM_INVALID : st;
    values = check(rq, &day);
    if (!rq->inputs_ok)
        return SM_INVALID;

    const struct sm_arg args[] = {
        sm_portal_hash(rq, "client_code", sm_in(rq, "client_code")->text),
        sm_arg_text(sm_in(rq, "serial")->text),
        values,
        sm_arg_date(day),
        sm_arg_bytes(rq->address_hash, SM_HASH_BYTES),
        sm_arg_bytes(rq->browser_hash, SM_HASH_BYTES),
        sm_arg_bytes(sm_in(rq, "once")->id, SM_ID_BYTES),
        sm_portal_limits(rq, false),
        sm_arg_time(rq->now_us),
    };

    st = sm_request_query(&rows, rq, &sm_sql_reading_guest, args);
    return st == SM_OK ? answer(rq, rp, rows) : st;
}

const struct sm_page sm_page_reading = {
    .path = "/reading",
    .auth = SM_AUTH_PUBLIC,
    .inputs = inputs,
    .ninputs = SM_COUNT(inputs),
    .get = show,
    .post = send,
    .tpl = "reading.tpl",
    .limit = "lookup",
    .personal = true,
    .repeatable = true,
    .help = "Send a meter reading without an account.",
};
