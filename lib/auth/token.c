#include "auth/token.h"

#include <stdio.h>
#include <string.h>

#include "auth/auth.h"
#include "base/clock.h"
#include "sql/auth_session.h"
#include "web/app.h"

static void set_key(uint8_t key[SM_HASH_BYTES], const struct sm_request *rq,
                    const uint8_t id[SM_ID_BYTES])
{
    sm_auth_lookup_hash(key, rq, "token", id, SM_ID_BYTES);
}

void sm_token_new(struct sm_token *out, const struct sm_request *rq)
{
    uint8_t data[SM_HASH_BYTES + sizeof(rq->now_us)], drawn[SM_HASH_BYTES];
    char id[SM_ID_TEXT];

    memcpy(data, rq->customer->session, SM_HASH_BYTES);
    memcpy(data + SM_HASH_BYTES, &rq->now_us, sizeof(rq->now_us));
    sm_auth_lookup_hash(drawn, rq, "token_new", data, sizeof(data));
    sm_id_format(id, drawn);
    (void)snprintf(out->text, sizeof(out->text), SM_TOKEN_PREFIX "%s", id);
    set_key(out->key, rq, drawn);
}

bool sm_token_read(uint8_t out[SM_ID_BYTES], const char *header)
{
    static const char scheme[] = "bearer";
    static const char prefix[] = SM_TOKEN_PREFIX;
    char id[SM_ID_TEXT];

    header += strspn(header, " \t");
    for (const char *p = scheme; *p; p++, header++) {
        if (sm_to_lower(*header) != *p)
            return false;
    }
    if (*header != ' ')
        return false;
    header += strspn(header, " ");
    if (strncmp(header, prefix, sizeof(prefix) - 1) != 0)
        return false;
    header += sizeof(prefix) - 1;
    if (strnlen(header, SM_ID_TEXT - 1) < SM_ID_TEXT - 1)
        return false;
    memcpy(id, header, SM_ID_TEXT - 1);
    id[SM_ID_TEXT - 1] = '\0';
    header += SM_ID_TEXT - 1;
    return header[strspn(header, " \t")] == '\0' &&
           sm_id_parse(out, id) == SM_OK;
}

static enum sm_status fill(struct sm_request *rq, const struct sm_rows *rows,
                           const uint8_t key[SM_HASH_BYTES])
{
    struct sm_customer *who = sm_arena_calloc(rq->arena, 1, sizeof(*who));

    if (!who)
        return SM_FAIL(&rq->err, SM_INTERNAL, "customer: no memory");
    memcpy(who->session, key, sizeof(who->session));
    memcpy(who->id, sm_row_bytes(rows, 0, AUTH_TOKEN_ENTER__LOGIN_ID),
           sizeof(who->id));
    who->email = sm_row_text(rows, 0, AUTH_TOKEN_ENTER__EMAIL);
    who->stage = "in";
    if (sm_lang_parse(&who->lang,
                      sm_row_text(rows, 0, AUTH_TOKEN_ENTER__LANGUAGE)) !=
        SM_OK)
        return SM_FAIL(&rq->err, SM_INTERNAL, "customer: no such language");
    rq->customer = who;
    return SM_OK;
}

enum sm_status sm_token_enter(struct sm_request *rq, int *retry_after_s,
                              const char *header)
{
    uint8_t id[SM_ID_BYTES], key[SM_HASH_BYTES];
    int64_t start_us = sm_clock_mono_us();
    struct sm_rows *rows = NULL;
    enum sm_status st;

    rq->customer = NULL;
    *retry_after_s = 0;
    if (!sm_token_read(id, header))
        return SM_OK;
    set_key(key, rq, id);

    const struct sm_arg args[] = {
        sm_arg_bytes(key, sizeof(key)),
        sm_arg_int4((int32_t)sm_settings_int(rq->app->settings,
                                             "limit.api_per_minute")),
        sm_arg_time(rq->now_us),
    };

    st = sm_db_run(&rows, rq->app->pool, rq->arena, &sm_sql_auth_token_enter,
                   args, &rq->err);
    if (st == SM_OK && sm_rows_count(rows) == 1) {
        *retry_after_s =
            (int)sm_row_int(rows, 0, AUTH_TOKEN_ENTER__RETRY_AFTER_S);
        st = sm_row_bool(rows, 0, AUTH_TOKEN_ENTER__SEE)
                 ? fill(rq, rows, key)
                 : SM_FAIL(&rq->err, SM_DENIED, "a token that may not see");
    }
    rq->db_us_ += sm_clock_mono_us() - start_us;
    return st;
}
