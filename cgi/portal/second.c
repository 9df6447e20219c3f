#include "portal/second.h"

#include <string.h>

#include "keys.h"
#include "sql/login.h"

void sm_second_offer(uint8_t out[SM_TOTP_SECRET_BYTES],
                     const struct sm_request *rq)
{
    uint8_t data[sizeof(rq->customer->session) + sizeof(rq->customer->id)];
    uint8_t drawn[SM_HASH_BYTES];

    memcpy(data, rq->customer->session, sizeof(rq->customer->session));
    memcpy(data + sizeof(rq->customer->session), rq->customer->id,
           sizeof(rq->customer->id));
    sm_hmac(drawn, &sm_portal(rq)->seal, "totp_offer", data, sizeof(data));
    memcpy(out, drawn, SM_TOTP_SECRET_BYTES);
    explicit_bzero(drawn, sizeof(drawn));
}

enum sm_status sm_second_seal(uint8_t *out, size_t size,
                              const struct sm_request *rq,
                              const uint8_t secret[SM_TOTP_SECRET_BYTES])
{
    return sm_seal(out, size, &sm_portal(rq)->seal, rq->customer->id,
                   sizeof(rq->customer->id), secret, SM_TOTP_SECRET_BYTES);
}

enum sm_status sm_second_kept(uint8_t out[SM_TOTP_SECRET_BYTES], int64_t *used,
                              struct sm_request *rq, struct sm_reply *rp)
{
    struct sm_rows *rows = NULL;
    const char *verdict;
    enum sm_status st;
    size_t len = 0;

    const struct sm_arg args[] = {
        sm_login_session(rq),
        sm_arg_bytes(rq->address_hash, SM_HASH_BYTES),
        sm_arg_bytes(rq->browser_hash, SM_HASH_BYTES),
        sm_arg_text("code"),
        sm_login_limits(rq),
        sm_arg_time(rq->now_us),
    };

    st = sm_login_run(&rows, rq, &sm_sql_auth_secrets, args);
    if (st != SM_OK)
        return st;
    verdict = sm_row_text(rows, 0, AUTH_SECRETS__VERDICT);
    if (strcmp(verdict, "ok") != 0) {
        st = strcmp(verdict, "slow") == 0
                 ? sm_login_slow(
                       rp, sm_row_int(rows, 0, AUTH_SECRETS__RETRY_AFTER_S))
                 : sm_reply_see_other(rq, rp, "/login");
        return st == SM_OK ? SM_DENIED : st;
    }
    *used = sm_row_int(rows, 0, AUTH_SECRETS__TOTP_USED);
    st = sm_unseal(out, SM_TOTP_SECRET_BYTES, &len, &sm_portal(rq)->seal,
                   rq->customer->id, sizeof(rq->customer->id),
                   sm_row_bytes(rows, 0, AUTH_SECRETS__TOTP_SEALED),
                   sm_row_len(rows, 0, AUTH_SECRETS__TOTP_SEALED));
    if (st != SM_OK || len != SM_TOTP_SECRET_BYTES)
        return SM_FAIL(&rq->err, SM_INTERNAL,
                       "a second factor that was "
                       "sealed with another key");
    return SM_OK;
}

enum sm_status sm_second_refuse(struct sm_request *rq)
{
    sm_in_refuse(rq, "code",
                 SM_N_("This is not the code of this moment. Wait for the "
                       "next one; the clock of the telephone must be right."));
    return SM_INVALID;
}

enum sm_status sm_password_put(struct sm_request *rq, struct sm_reply *rp,
                               const char *next)
{
    char password[SM_PASSWORD_TEXT];
    struct sm_session session;
    struct sm_rows *rows = NULL;
    enum sm_status st =
        sm_login_new_password(password, rq, rq->customer->email, NULL);

    if (st != SM_OK)
        return st;
    sm_session_next(&session, rq);

    const struct sm_arg args[] = {
        sm_login_session(rq),
        sm_arg_bytes(session.key, sizeof(session.key)),
        sm_arg_bytes(rq->browser_hash, SM_HASH_BYTES),
        sm_arg_bytes(rq->address_hash, SM_HASH_BYTES),
        sm_arg_text(password),
        sm_login_limits(rq),
        sm_arg_time(rq->now_us),
    };

    st = sm_login_run(&rows, rq, &sm_sql_auth_password_change, args);
    if (st != SM_OK)
        return st;
    if (strcmp(sm_row_text(rows, 0, AUTH_PASSWORD_CHANGE__OUTCOME), "ok") != 0)
        return sm_reply_see_other(rq, rp, "/login");
    st = sm_session_give(rq, rp, &session, rq->customer->kept);
    return st == SM_OK ? sm_reply_see_other(rq, rp, "%s", next) : st;
}
