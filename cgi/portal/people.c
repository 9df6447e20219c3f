#include "portal/people.h"

#include <string.h>

#include "keys.h"
#include "sql/people.h"

static const struct {
    const char *name, *words;
} actions[] = {
    {"see", SM_N_("see the bills")},
    {"pay", SM_N_("pay")},
    {"read_meter", SM_N_("send meter readings")},
    {"request", SM_N_("make requests")},
};

/* True if NAME is one of the words of SCOPE. */
static bool holds(const char *scope, const char *name)
{
    size_t len = strlen(name);

    for (const char *at = scope; (at = strstr(at, name)); at += len) {
        if ((at == scope || at[-1] == ',') &&
            (at[len] == ',' || at[len] == '\0'))
            return true;
    }
    return false;
}

const char *sm_people_may(struct sm_request *rq, const char *scope)
{
    const char *list = "";

    for (size_t i = 0; i < SM_COUNT(actions); i++) {
        if (holds(scope, actions[i].name))
            list = sm_arena_printf(rq->arena, "%s%s%s", list ? list : "",
                                   list && *list ? ", " : "",
                                   sm_tr(rq->lang, actions[i].words));
    }
    return list ? list : "";
}

const char *sm_people_place(struct sm_request *rq, const char *address,
                            const char *code_hint)
{
    const char *name;

    if (*address)
        return address;
    name = sm_arena_printf(rq->arena, "%s …%s",
                           sm_tr(rq->lang, SM_N_("Payment code")), code_hint);
    return name ? name : code_hint;
}

const char *sm_people_join(struct sm_request *rq, const char *list,
                           const char *word)
{
    const char *joined = word;

    if (*list)
        joined = sm_arena_printf(rq->arena, "%s; %s", list, word);
    return joined ? joined : list;
}

/* Three numbers of at most four digits with BETWEEN between them, and nothing
 * else. */
static bool three_numbers(int out[3], const char *text, char between)
{
    for (int i = 0; i < 3; i++) {
        int digits = 0;

        for (out[i] = 0; *text >= '0' && *text <= '9' && digits < 4; digits++)
            out[i] = out[i] * 10 + (*text++ - '0');
        if (digits == 0 || *text != (i < 2 ? between : '\0'))
            return false;
        text++;
    }
    return true;
}

struct sm_date sm_people_day(const char *text)
{
    const struct sm_date none = {.year = 0};
    struct sm_date day, again;
    int n[3];

    if (three_numbers(n, text, '-'))
        day = (struct sm_date){.year = n[0], .month = n[1], .day = n[2]};
    else if (three_numbers(n, text, '.'))
        day = (struct sm_date){.year = n[2], .month = n[1], .day = n[0]};
    else
        return none;
    if (day.year < 2000 || day.month < 1 || day.month > 12 || day.day < 1 ||
        day.day > 31)
        return none;
    again = sm_date_from_days(sm_date_to_days(day)); /* 31 April is none */
    return again.day == day.day ? day : none;
}

enum sm_status sm_people_invite(struct sm_rows **out,
                                uint8_t number[SM_HASH_BYTES],
                                struct sm_request *rq)
{
    if (!sm_login_token(number, rq, "invite")) {
        *out = NULL;
        return SM_OK;
    }

    const struct sm_arg args[] = {
        sm_arg_bytes(number, SM_HASH_BYTES),
        sm_arg_time(rq->now_us),
    };

    return sm_db_read(out, rq->app->pool, rq->arena, &sm_sql_auth_invite_open,
                      args, &rq->err);
}

void sm_people_fill_invite(struct sm_request *rq, struct sm_dict *dict,
                           const struct sm_rows *rows)
{
    const char *places = "";

    for (int i = 0; i < sm_rows_count(rows); i++)
        places = sm_people_join(
            rq, places,
            sm_people_place(rq, sm_row_text(rows, i, AUTH_INVITE_OPEN__ADDRESS),
                            sm_row_text(rows, i, AUTH_INVITE_OPEN__CODE_HINT)));
    sm_set(dict, K_TOKEN_EMAIL, sm_row_text(rows, 0, AUTH_INVITE_OPEN__EMAIL));
    sm_set(dict, K_INVITED_BY, sm_row_text(rows, 0, AUTH_INVITE_OPEN__WHO));
    sm_set(dict, K_GRANT_MAY,
           sm_people_may(rq, sm_row_text(rows, 0, AUTH_INVITE_OPEN__SCOPE)));
    sm_set_date(dict, K_GRANT_UNTIL,
                sm_row_date(rows, 0, AUTH_INVITE_OPEN__UNTIL));
    sm_set(dict, K_GRANT_PLACES, places);
}
