/* Who else sees and does what with one's places, and an end to it. */
#include <string.h>

#include "keys.h"
#include "portal/people.h"
#include "sql/people.h"

static const struct sm_input inputs[] = {
    {"person", SM_IN_ID, .required = true},
    {"news", SM_IN_CHOICE, .choices = "sent|ended|withdrawn"},
};

static const struct {
    const char *kind, *words;
} events[] = {
    {"delegate_invited", SM_N_("invited")},
    {"delegate_accepted", SM_N_("accepted the invitation")},
    {"delegate_withdrawn", SM_N_("invitation withdrawn")},
    {"delegate_ended", SM_N_("access ended")},
    {"delegate_paying", SM_N_("opened the bill to pay it")},
    {"delegate_paid", SM_N_("paid")},
    {"delegate_reading", SM_N_("sent a meter reading")},
    {"delegate_request", SM_N_("made a request")},
    {"delegate_document", SM_N_("opened a bill")},
};

static const char *event_words(const char *kind)
{
    for (size_t i = 0; i < SM_COUNT(events); i++) {
        if (strcmp(events[i].kind, kind) == 0)
            return events[i].words;
    }
    return SM_N_("did something");
}

/* True if rows A and B are shown as one: the same person, the same rights. */
static bool same_grant(const struct sm_rows *rows, int a, int b)
{
    static const int columns[] = {AUTH_PEOPLE__EMAIL, AUTH_PEOPLE__STATE,
                                  AUTH_PEOPLE__SCOPE};
    struct sm_date one = sm_row_date(rows, a, AUTH_PEOPLE__UNTIL);
    struct sm_date two = sm_row_date(rows, b, AUTH_PEOPLE__UNTIL);

    for (size_t i = 0; i < SM_COUNT(columns); i++) {
        if (strcmp(sm_row_text(rows, a, columns[i]),
                   sm_row_text(rows, b, columns[i])) != 0)
            return false;
    }
    return one.year == two.year && one.month == two.month && one.day == two.day;
}

static bool same_person(const struct sm_rows *rows, int a, int b)
{
    return memcmp(sm_row_bytes(rows, a, AUTH_PEOPLE__PERSON),
                  sm_row_bytes(rows, b, AUTH_PEOPLE__PERSON), 16) == 0 &&
           strcmp(sm_row_text(rows, a, AUTH_PEOPLE__STATE),
                  sm_row_text(rows, b, AUTH_PEOPLE__STATE)) == 0;
}

static struct sm_dict *add_person(struct sm_dict *page,
                                  const struct sm_rows *rows, int i)
{
    struct sm_dict *one = sm_section(page, K_PEOPLE);
    const char *state = sm_row_text(rows, i, AUTH_PEOPLE__STATE);
    char id[SM_ID_TEXT];

    sm_id_format(id, sm_row_bytes(rows, i, AUTH_PEOPLE__PERSON));
    sm_set(one, K_PERSON_EMAIL, sm_row_text(rows, i, AUTH_PEOPLE__EMAIL));
    sm_set(one, K_PERSON, id);
    sm_show_if(one, K_IS_DELEGATE, strcmp(state, "active") == 0);
    sm_show_if(one, K_IS_INVITED, strcmp(state, "invited") == 0);
    sm_show_if(one, K_IS_OWNER, strcmp(state, "owner") == 0);
    return one;
}

/* One right over the places of rows FROM to TO. */
static void add_grant(struct sm_request *rq, struct sm_dict *person,
                      const struct sm_rows *rows, int from, int to)
{
    struct sm_dict *grant = sm_section(person, K_GRANTS);
    const char *places = "";
    bool ends = !sm_row_null(rows, from, AUTH_PEOPLE__UNTIL);

    for (int i = from; i < to; i++)
        places = sm_people_join(
            rq, places,
            sm_people_place(rq, sm_row_text(rows, i, AUTH_PEOPLE__ADDRESS),
                            sm_row_text(rows, i, AUTH_PEOPLE__CODE_HINT)));
    sm_set(grant, K_GRANT_PLACES, places);
    sm_show_if(grant, K_HAS_GRANT, ends);
    if (!ends)
        return;
    sm_set(grant, K_GRANT_MAY,
           sm_people_may(rq, sm_row_text(rows, from, AUTH_PEOPLE__SCOPE)));
    sm_set_date(grant, K_GRANT_UNTIL,
                sm_row_date(rows, from, AUTH_PEOPLE__UNTIL));
}

static void fill_people(struct sm_request *rq, struct sm_dict *page,
                        const struct sm_rows *rows)
{
    struct sm_dict *person = NULL;
    int count = sm_rows_count(rows);

    sm_show_if(page, K_PEOPLE_NONE, count == 0);
    for (int from = 0, to; from < count; from = to) {
        if (from == 0 || !same_person(rows, from, from - 1))
            person = add_person(page, rows, from);
        for (to = from + 1; to < count && same_person(rows, from, to) &&
                            same_grant(rows, from, to);)
            to++;
        add_grant(rq, person, rows, from, to);
    }
}

static void fill_log(struct sm_request *rq, struct sm_dict *page,
                     const struct sm_rows *rows)
{
    sm_show_if(page, K_HAS_ACTIONS, sm_rows_count(rows) > 0);
    for (int i = 0; i < sm_rows_count(rows); i++) {
        struct sm_dict *one = sm_section(page, K_PEOPLE_ACTIONS);

        sm_set_instant(one, K_ACTION_AT,
                       sm_row_time(rows, i, AUTH_PEOPLE_LOG__AT));
        sm_set(one, K_ACTION_WHAT,
               sm_tr(rq->lang,
                     event_words(sm_row_text(rows, i, AUTH_PEOPLE_LOG__KIND))));
        sm_set(one, K_ACTION_WHO,
               sm_row_text(rows, i, AUTH_PEOPLE_LOG__DETAIL));
    }
}

static enum sm_status show(struct sm_request *rq, struct sm_reply *rp)
{
    const struct sm_arg args[] = {
        sm_login_session(rq),
        sm_arg_time(rq->now_us),
    };
    struct sm_rows *people = NULL, *places = NULL, *log = NULL;
    enum sm_status st =
        sm_request_query(&places, rq, &sm_sql_auth_people_places, args);

    if (st == SM_OK)
        st = sm_request_query(&people, rq, &sm_sql_auth_people, args);
    if (st == SM_OK)
        st = sm_request_query(&log, rq, &sm_sql_auth_people_log, args);
    if (st != SM_OK)
        return st;
    sm_show_if(rp->dict, K_MAY_INVITE, sm_rows_count(places) > 0);
    sm_show_if(rp->dict, K_MAY_NOT_INVITE, sm_rows_count(places) == 0);
    if (sm_rows_count(places) > 0) {
        fill_people(rq, rp->dict, people);
        fill_log(rq, rp->dict, log);
    }
    return SM_OK;
}

static enum sm_status end(struct sm_request *rq, struct sm_reply *rp)
{
    struct sm_rows *rows = NULL;
    const char *outcome;
    enum sm_status st;

    if (!rq->inputs_ok) {
        st = show(rq, rp);
        return st == SM_OK ? SM_INVALID : st;
    }

    const struct sm_arg args[] = {
        sm_login_session(rq),
        sm_arg_uuid(sm_in(rq, "person")->id),
        sm_arg_time(rq->now_us),
    };

    st = sm_request_query(&rows, rq, &sm_sql_auth_people_end, args);
    if (st != SM_OK)
        return st;
    outcome = sm_row_text(rows, 0, AUTH_PEOPLE_END__OUTCOME);
    if (strcmp(outcome, "ended") == 0 || strcmp(outcome, "withdrawn") == 0)
        return sm_reply_see_other(rq, rp, "/settings/people?news=%s", outcome);
    return sm_reply_see_other(rq, rp, "/settings/people");
}

const struct sm_page sm_page_settings_people = {
    .path = "/settings/people",
    .auth = SM_AUTH_CUSTOMER,
    .confirm = true,
    .inputs = inputs,
    .ninputs = SM_COUNT(inputs),
    .get = show,
    .post = end,
    .tpl = "settings_people.tpl",
    .personal = true,
    .repeatable = true,
    .help = "Who else sees one's places, what they did, and an end to it.",
};
