#include "auth/session.h"

#include <stdio.h>
#include <string.h>

#include "auth/auth.h"
#include "base/clock.h"
#include "base/log.h"
#include "sql/auth_session.h"
#include "web/app.h"

enum { KEPT_S = 30 * 24 * 3600 };

static void set_key(struct sm_session *session, const struct sm_request *rq,
                    const uint8_t id[SM_ID_BYTES])
{
    sm_id_format(session->text, id);
    sm_auth_lookup_hash(session->key, rq, "session", id, SM_ID_BYTES);
}

void sm_session_new(struct sm_session *out, const struct sm_request *rq)
{
    uint8_t id[SM_ID_BYTES];

    sm_random(id, sizeof(id));
    set_key(out, rq, id);
}

void sm_session_next(struct sm_session *out, const struct sm_request *rq)
{
    uint8_t data[SM_HASH_BYTES + sizeof(rq->now_us)], drawn[SM_HASH_BYTES];

    memcpy(data, rq->customer->session, SM_HASH_BYTES);
    memcpy(data + SM_HASH_BYTES, &rq->now_us, sizeof(rq->now_us));
    sm_auth_lookup_hash(drawn, rq, "session_next", data, sizeof(data));
    set_key(out, rq, drawn);
}

enum sm_status sm_session_give(struct sm_request *rq, struct sm_reply *rp,
                               const struct sm_session *session, bool kept)
{
    char age[32] = "";

    if (kept)
        (void)snprintf(age, sizeof(age), " Max-Age=%d;", KEPT_S);
    rp->session = sm_arena_printf(
        rq->arena, "%s=%s; Path=/;%s Secure; HttpOnly; SameSite=Lax",
        SM_COOKIE_SESSION, session->text, age);
    return rp->session ? SM_OK
                       : SM_FAIL(&rq->err, SM_INTERNAL, "cookie: no memory");
}

void sm_session_forget(struct sm_reply *rp)
{
    rp->session = SM_COOKIE_SESSION "=; Path=/; Max-Age=0; Secure; HttpOnly; "
                                    "SameSite=Lax";
}

static enum sm_status fill(struct sm_request *rq, const struct sm_rows *rows,
                           const uint8_t key[SM_HASH_BYTES])
{
    struct sm_customer *who = sm_arena_calloc(rq->arena, 1, sizeof(*who));

    if (!who)
        return SM_FAIL(&rq->err, SM_INTERNAL, "customer: no memory");
    memcpy(who->session, key, sizeof(who->session));
    memcpy(who->id, sm_row_bytes(rows, 0, AUTH_SESSION_OF__LOGIN_ID),
           sizeof(who->id));
    who->email = sm_row_text(rows, 0, AUTH_SESSION_OF__EMAIL);
    who->stage = sm_row_text(rows, 0, AUTH_SESSION_OF__STAGE);
    who->confirmed_us = sm_row_time(rows, 0, AUTH_SESSION_OF__CONFIRMED_AT);
    who->kept = sm_row_bool(rows, 0, AUTH_SESSION_OF__KEPT);
    who->second = sm_row_bool(rows, 0, AUTH_SESSION_OF__SECOND);
    if (!sm_row_null(rows, 0, AUTH_SESSION_OF__CLOSES_AT))
        who->closes_us = sm_row_time(rows, 0, AUTH_SESSION_OF__CLOSES_AT);
    if (sm_lang_parse(&who->lang,
                      sm_row_text(rows, 0, AUTH_SESSION_OF__LANGUAGE)) != SM_OK)
        return SM_FAIL(&rq->err, SM_INTERNAL, "customer: no such language");
    rq->customer = who;
    return SM_OK;
}

/* Once a minute.  The page is shown also where that fails: at worst the
 * session ends earlier. */
static void touch(struct sm_request *rq, const struct sm_arg *args)
{
    struct sm_error err = {.message = ""};
    enum sm_status st = sm_db_run(NULL, rq->app->pool, rq->arena,
                                  &sm_sql_auth_session_touch, args, &err);

    if (st != SM_OK)
        sm_log_error("session_touch", st, &err);
}

enum sm_status sm_session_enter(struct sm_request *rq,
                                const char *cookie_header)
{
    uint8_t id[SM_ID_BYTES], key[SM_HASH_BYTES];
    int64_t start_us = sm_clock_mono_us();
    struct sm_rows *rows = NULL;
    enum sm_status st;

    rq->customer = NULL;
    if (!sm_auth_cookie_read(id, cookie_header, SM_COOKIE_SESSION))
        return SM_OK;
    sm_auth_lookup_hash(key, rq, "session", id, sizeof(id));

    const struct sm_arg args[] = {
        sm_arg_bytes(key, sizeof(key)),
        sm_arg_time(rq->now_us),
    };

    st = sm_db_read(&rows, rq->app->pool, rq->arena, &sm_sql_auth_session_of,
                    args, &rq->err);
    if (st == SM_OK && sm_rows_count(rows) == 1) {
        st = fill(rq, rows, key);
        if (st == SM_OK && sm_row_bool(rows, 0, AUTH_SESSION_OF__TOUCH))
            touch(rq, args);
    }
    rq->db_us_ += sm_clock_mono_us() - start_us;
    return st;
}

/* A word that a User-Agent may hold, and what it is called; the first that is
 * found counts, since browsers name those they descend from. */
struct word {
    const char *part, *name;
};

static const char *find(const struct word *words, size_t count,
                        const char *text)
{
    for (size_t i = 0; i < count; i++) {
        if (strstr(text, words[i].part))
            return words[i].name;
    }
    return "";
}

void sm_session_agent(char *out, size_t size, const char *user_agent)
{
    static const struct word browsers[] = {
        {"Edg", "Edge"},
        {"OPR/", "Opera"},
        {"SamsungBrowser", "Samsung Internet"},
        {"Firefox/", "Firefox"},
        {"FxiOS/", "Firefox"},
        {"Chrome/", "Chrome"},
        {"CriOS/", "Chrome"},
        {"Safari/", "Safari"},
    };
    static const struct word systems[] = {
        {"Android", "Android"}, {"iPhone", "iPhone"},   {"iPad", "iPad"},
        {"Windows", "Windows"}, {"Macintosh", "macOS"}, {"Linux", "Linux"},
    };
    const char *browser = find(browsers, SM_COUNT(browsers), user_agent);
    const char *system = find(systems, SM_COUNT(systems), user_agent);

    (void)snprintf(out, size, "%s%s%s", browser,
                   *browser && *system ? ", " : "", system);
}
