/* Somebody is invited: what they may do, with which places, until when. */
#include <string.h>

#include "keys.h"
#include "portal/people.h"
#include "sql/people.h"

/* Boxes of places that one form can have; there is one for all of them too. */
enum { PLACES = 24 };

#define PLACE(n)                                                               \
    {                                                                          \
        .name = "place_" #n, .type = SM_IN_ID                                  \
    }

static const struct sm_input inputs[] = {
    {"email", SM_IN_EMAIL, .required = true, .label = SM_N_("E-mail address"),
     .missing = SM_N_("Type an e-mail address.")},
    {"preset", SM_IN_CHOICE, .required = true,
     .choices = "carer|tenant|accountant|administrator|own",
     .label = SM_N_("Who is it?"),
     .missing = SM_N_("Choose who it is: that says what they may do.")},
    {.name = "see", .type = SM_IN_BOOL},
    {.name = "pay", .type = SM_IN_BOOL},
    {.name = "read_meter", .type = SM_IN_BOOL},
    {.name = "request", .type = SM_IN_BOOL},
    {"until", SM_IN_TEXT, .required = true, .min = 8, .max = 10,
     .label = SM_N_("Until when?"), .missing = SM_N_("Choose the last day."),
     .bad = SM_N_("This is not a day. Type it as 31.12.2026.")},
    {.name = "all", .type = SM_IN_BOOL},
    PLACE(1),
    PLACE(2),
    PLACE(3),
    PLACE(4),
    PLACE(5),
    PLACE(6),
    PLACE(7),
    PLACE(8),
    PLACE(9),
    PLACE(10),
    PLACE(11),
    PLACE(12),
    PLACE(13),
    PLACE(14),
    PLACE(15),
    PLACE(16),
    PLACE(17),
    PLACE(18),
    PLACE(19),
    PLACE(20),
    PLACE(21),
    PLACE(22),
    PLACE(23),
    PLACE(24),
};

/* What the choices of "preset" allow; NULL: what is ticked. */
static const char *const presets[] = {
    "[\"see\",\"pay\",\"read_meter\",\"request\"]",
    "[\"see\",\"pay\",\"read_meter\"]",
    "[\"see\",\"pay\"]",
    "[\"see\",\"pay\",\"read_meter\",\"request\"]",
    NULL,
};

/* The value of box N of the places. */
static const struct sm_value *box(const struct sm_request *rq, int n)
{
    return sm_in(rq, "place_1") + (n - 1);
}

static bool ticked(const struct sm_request *rq, const uint8_t id[16])
{
    for (int n = 1; n <= PLACES; n++) {
        if (box(rq, n)->present && memcmp(box(rq, n)->id, id, 16) == 0)
            return true;
    }
    return false;
}

static void fill_places(struct sm_request *rq, struct sm_dict *page,
                        const struct sm_rows *rows)
{
    int count = sm_rows_count(rows);

    sm_show_if(page, K_ONE_PLACE, count == 1);
    sm_show_if(page, K_MORE_PLACES, count > 1);
    sm_set_plural(page, K_PLACE_COUNT, count);
    for (int i = 0; i < count && i < PLACES; i++) {
        struct sm_dict *one = sm_section(page, K_INVITE_PLACES);
        const uint8_t *id = sm_row_bytes(rows, i, AUTH_PEOPLE_PLACES__ACCOUNT);
        char text[SM_ID_TEXT];

        sm_id_format(text, id);
        sm_set_int(one, K_PLACE_NO, i + 1);
        sm_set(one, K_PLACE_ID, text);
        sm_set(one, K_PLACE_NAME,
               sm_people_place(
                   rq, sm_row_text(rows, i, AUTH_PEOPLE_PLACES__ADDRESS),
                   sm_row_text(rows, i, AUTH_PEOPLE_PLACES__CODE_HINT)));
        sm_set(one, K_CODE_HINT,
               sm_row_text(rows, i, AUTH_PEOPLE_PLACES__CODE_HINT));
        sm_show_if(one, K_PLACE_ON, ticked(rq, id));
    }
}

/* The day so many years from today, as a date field wants it. */
static void set_day(struct sm_request *rq, struct sm_dict *dict, int key,
                    int years)
{
    struct sm_date day = sm_date_local(rq->now_us);

    day.year += years;
    if (day.month == 2 && day.day == 29)
        day.day = 28;
    sm_setf(dict, key, "%04d-%02d-%02d", day.year, day.month, day.day);
}

static enum sm_status show(struct sm_request *rq, struct sm_reply *rp)
{
    const struct sm_arg args[] = {
        sm_login_session(rq),
        sm_arg_time(rq->now_us),
    };
    struct sm_rows *rows = NULL;
    enum sm_status st = sm_db_read(&rows, rq->app->pool, rq->arena,
                                   &sm_sql_auth_people_places, args, &rq->err);

    if (st != SM_OK)
        return st;
    if (sm_rows_count(rows) == 0)
        return sm_reply_see_other(rq, rp, "/settings/people");
    fill_places(rq, rp->dict, rows);
    set_day(rq, rp->dict, K_FIRST_DAY, 0);
    set_day(rq, rp->dict, K_LAST_DAY, 2);
    if (!rq->is_post)
        set_day(rq, rp->dict, K_UNTIL_VALUE, 1);
    return SM_OK;
}

/* The words of the boxes that are ticked, as a JSON array.  Who may do
 * anything sees what it is about. */
static const char *own_scope(struct sm_request *rq)
{
    static const char *const names[] = {"see", "pay", "read_meter", "request"};
    const bool does[] = {sm_in(rq, "pay")->present,
                         sm_in(rq, "read_meter")->present,
                         sm_in(rq, "request")->present};
    const bool on[] = {sm_in(rq, "see")->present || does[0] || does[1] ||
                           does[2],
                       does[0], does[1], does[2]};
    const char *list = "";

    for (size_t i = 0; list && i < SM_COUNT(names); i++) {
        if (on[i])
            list = sm_arena_printf(rq->arena, "%s%s\"%s\"", list,
                                   *list ? "," : "", names[i]);
    }
    return list ? sm_arena_printf(rq->arena, "[%s]", list) : NULL;
}

/* Scope and places, as auth.invite() reads them. */
static struct sm_arg what(struct sm_request *rq)
{
    const char *scope = presets[sm_in(rq, "preset")->number];
    const char *list = "", *json;
    bool all = sm_in(rq, "all")->present;

    for (int n = 1; list && n <= PLACES; n++) {
        char hex[33];

        if (!box(rq, n)->present)
            continue;
        sm_hex(hex, box(rq, n)->id, 16);
        list = sm_arena_printf(rq->arena, "%s%s\"%s\"", list, *list ? "," : "",
                               hex);
    }
    if (!scope)
        scope = own_scope(rq);
    json = list && scope
               ? sm_arena_printf(rq->arena,
                                 "{\"scope\":%s,\"all\":%s,\"accounts\":[%s]}",
                                 scope, all ? "true" : "false", list)
               : NULL;
    return json ? sm_arg_json(json) : sm_arg_null(SM_TYPE_JSONB);
}

static enum sm_status refuse(struct sm_request *rq, struct sm_reply *rp,
                             const char *outcome)
{
    static const struct {
        const char *outcome, *field, *sentence;
    } rows[] = {
        {"self", "email", SM_N_("This is your own address.")},
        {"owner", "email",
         SM_N_("Whoever has this address is an owner of the place already and "
               "may do everything.")},
        {"none", "all", SM_N_("Choose at least one place.")},
        {"nothing", "preset", SM_N_("Tick at least one thing.")},
        {"until", "until",
         SM_N_("The last day must be today or later, and within two years.")},
        {"many", NULL,
         SM_N_("You have invited twenty times today. Go on tomorrow.")},
        {"slow", "email",
         SM_N_("This mailbox got several links within the hour. Try it again "
               "in an hour.")},
    };
    enum sm_status st = show(rq, rp);

    if (st != SM_OK)
        return st;
    for (size_t i = 0; i < SM_COUNT(rows); i++) {
        if (strcmp(rows[i].outcome, outcome) == 0)
            sm_in_refuse(rq, rows[i].field, rows[i].sentence);
    }
    return SM_INVALID;
}

static enum sm_status invite(struct sm_request *rq, struct sm_reply *rp)
{
    const char *email = sm_in(rq, "email")->text, *outcome;
    struct sm_date until = sm_people_day(sm_in(rq, "until")->text);
    uint8_t number[SM_HASH_BYTES];
    struct sm_rows *rows = NULL;
    enum sm_status st;

    if (sm_in(rq, "until")->present && until.year == 0)
        sm_in_refuse(rq, "until",
                     SM_N_("This is not a day. Type it as 31.12.2026."));
    if (!rq->inputs_ok) {
        st = show(rq, rp);
        return st == SM_OK && rp->http == 0 ? SM_INVALID : st;
    }
    sm_random(number, sizeof(number));

    const struct sm_arg args[] = {
        sm_login_session(rq),
        sm_arg_text(email),
        sm_login_key(rq, email),
        sm_login_mailbox(rq, email),
        sm_arg_bytes(number, sizeof(number)),
        what(rq),
        sm_arg_date(until),
        sm_arg_text(sm_lang_code(rq->lang)),
        sm_arg_time(rq->now_us),
    };

    st = sm_login_run(&rows, rq, &sm_sql_auth_invite, args);
    if (st != SM_OK)
        return st;
    outcome = sm_row_text(rows, 0, AUTH_INVITE__OUTCOME);
    if (strcmp(outcome, "sent") == 0)
        return sm_reply_see_other(rq, rp, "/settings/people?news=sent");
    if (strcmp(outcome, "confirm") == 0)
        return sm_reply_see_other(rq, rp, "/settings/people");
    return refuse(rq, rp, outcome);
}

const struct sm_page sm_page_people_invite = {
    .path = "/settings/people/invite",
    .auth = SM_AUTH_CUSTOMER,
    .confirm = true,
    .inputs = inputs,
    .ninputs = SM_COUNT(inputs),
    .get = show,
    .post = invite,
    .tpl = "people_invite.tpl",
    .limit = "lookup",
    .personal = true,
    .help = "Invite somebody to see and do things with one's places.",
};
