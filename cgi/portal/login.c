#include "portal/login.h"

#include <string.h>

#include "domain/mail_token.h"
#include "keys.h"
#include "shared/layout.h"
#include "sql/login.h"
#include "web/app.h"

/* A copy in lower case (of ASCII, as mailboxes are compared). */
static char *lower(struct sm_request *rq, const char *text)
{
    char *copy = sm_arena_strdup(rq->arena, text);

    for (char *p = copy; p && *p; p++)
        *p = sm_to_lower(*p);
    return copy;
}

struct sm_arg sm_login_key(struct sm_request *rq, const char *email)
{
    const char *text = lower(rq, email);

    return text ? sm_portal_hash(rq, "login", text)
                : sm_arg_null(SM_TYPE_BYTEA);
}

/* One mailbox has many spellings: letters of either case, a tag after '+'. */
struct sm_arg sm_login_mailbox(struct sm_request *rq, const char *email)
{
    char *text = lower(rq, email), *to = text;
    bool tag = false;

    if (!text)
        return sm_arg_null(SM_TYPE_BYTEA);
    for (const char *from = text; *from; from++) {
        tag = (tag || *from == '+') && *from != '@';
        if (!tag)
            *to++ = *from;
    }
    *to = '\0';
    return sm_portal_hash(rq, "email", text);
}

struct sm_arg sm_login_limits(struct sm_request *rq)
{
    const struct sm_settings *set = rq->app->settings;
    const char *json = sm_arena_printf(
        rq->arena,
        "{\"per_address\":%lld,\"window_s\":%lld,\"hard_factor\":%lld,"
        "\"global_misses\":%lld,\"failures_per_identifier\":%lld,"
        "\"login_failures\":%lld,\"login_failures_per_address\":%lld,"
        "\"idle_s\":%lld,\"life_s\":%lld,\"kept_days\":%lld,"
        "\"proof_days\":%lld,\"proof\":\"%s\"}",
        (long long)sm_settings_int(set, "limit.lookups_per_address"),
        (long long)sm_settings_int(set, "limit.lookups_window_s"),
        (long long)sm_settings_int(set, "limit.hard_factor"),
        (long long)sm_settings_int(set, "limit.lookups_global"),
        (long long)sm_settings_int(set, "limit.failures_per_identifier"),
        (long long)sm_settings_int(set, "limit.login_failures"),
        (long long)sm_settings_int(set, "limit.login_failures_per_address"),
        (long long)sm_settings_int(set, "session.idle_min") * 60,
        (long long)sm_settings_int(set, "session.life_h") * 3600,
        (long long)sm_settings_int(set, "session.kept_days"),
        (long long)sm_settings_int(set, "register.proof_days"),
        sm_settings_str(set, "register.proof"));

    return json ? sm_arg_json(json) : sm_arg_null(SM_TYPE_JSONB);
}

void sm_login_proof(const struct sm_request *rq, struct sm_dict *page)
{
    const char *proof = sm_settings_str(rq->app->settings, "register.proof");

    sm_show_if(page, K_PROOF_INVOICE, strcmp(proof, "invoice") == 0);
    sm_show_if(page, K_PROOF_LETTER, strcmp(proof, "letter") == 0);
    sm_show_if(page, K_PROOF_EITHER, strcmp(proof, "either") == 0);
}

struct sm_arg sm_login_session(const struct sm_request *rq)
{
    return sm_arg_bytes(rq->customer->session, sizeof(rq->customer->session));
}

enum sm_status sm_login_run(struct sm_rows **out, struct sm_request *rq,
                            const struct sm_stmt *stmt,
                            const struct sm_arg *args)
{
    return sm_db_run(out, rq->app->pool, rq->arena, stmt, args, &rq->err);
}

/* What is wrong with a new password, in words. */
static const char *rule_words(enum sm_password_rule rule)
{
    switch (rule) {
    case SM_PASSWORD_GOOD:
        return NULL;
    case SM_PASSWORD_MALFORMED:
        return SM_N_("This holds characters that cannot be used here.");
    case SM_PASSWORD_SHORT:
        return SM_N_("The password is too short: it needs at least 10 "
                     "characters. Three or four words are good.");
    case SM_PASSWORD_LONG:
        return SM_N_("The password is too long: it may have 128 characters.");
    case SM_PASSWORD_EMAIL:
        return SM_N_("The password must not be your e-mail address.");
    case SM_PASSWORD_CODE:
        return SM_N_("The password must not be your client code: it stands "
                     "on every bill.");
    case SM_PASSWORD_TRIVIAL:
        return SM_N_("This is tried first by everybody who guesses: it "
                     "repeats itself or follows the keyboard.");
    case SM_PASSWORD_COMMON:
    default:
        return SM_N_("This is one of the passwords that everybody who guesses "
                     "tries first. Choose another one.");
    }
}

enum sm_status sm_login_new_password(char out[SM_PASSWORD_TEXT],
                                     struct sm_request *rq, const char *email,
                                     const char *client_code)
{
    const struct sm_value *one = sm_in(rq, "password");
    const struct sm_value *two = sm_in(rq, "password_again");
    const char *wrong;

    out[0] = '\0';
    if (!one->present)
        return SM_INVALID; /* said already */
    wrong =
        rule_words(sm_password_check(one->text, one->len, email, client_code));
    if (wrong)
        sm_in_refuse(rq, "password", wrong);
    else if (two->present && (one->len != two->len ||
                              !sm_same_bytes(one->text, two->text, one->len)))
        sm_in_refuse(rq, "password_again",
                     SM_N_("The two passwords are not the same. Type them "
                           "once more."));
    if (!rq->inputs_ok)
        return SM_INVALID;
    return sm_password_hash(out, sm_portal(rq)->hasher, one->text, one->len,
                            &rq->err);
}

enum sm_status sm_login_same(struct sm_request *rq, struct sm_reply *rp,
                             const char *name)
{
    const struct sm_value *typed = sm_in(rq, name);
    struct sm_rows *rows = NULL;
    const char *verdict;
    enum sm_status st;
    bool renew;

    const struct sm_arg args[] = {
        sm_login_session(rq),
        sm_arg_bytes(rq->address_hash, SM_HASH_BYTES),
        sm_arg_bytes(rq->browser_hash, SM_HASH_BYTES),
        sm_arg_text("password"),
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
    st = sm_password_verify(&renew, sm_portal(rq)->hasher,
                            sm_row_text(rows, 0, AUTH_SECRETS__PASSWORD),
                            typed->text, typed->len, &rq->err);
    if (st != SM_DENIED)
        return st;
    sm_in_refuse(rq, name,
                 SM_N_("This is not your password. Mind capital letters and "
                       "the language of the keyboard."));
    return SM_INVALID;
}

enum sm_status sm_login_slow(struct sm_reply *rp, int64_t retry_after_s)
{
    int64_t wait_s = retry_after_s < 1 ? 60 : retry_after_s;

    rp->http = 429;
    rp->tpl = "login_slow.tpl";
    rp->retry_after_s = (int)(wait_s > 86400 ? 86400 : wait_s);
    sm_set_plural(rp->dict, K_WAIT_MINUTES, (wait_s + 59) / 60);
    return SM_OK;
}

enum sm_status sm_login_bad_link(struct sm_reply *rp)
{
    rp->http = 404;
    rp->tpl = "link_gone.tpl";
    return SM_OK;
}

bool sm_login_token(uint8_t number[SM_HASH_BYTES], const struct sm_request *rq,
                    const char *purpose)
{
    return sm_mail_token_read(number, &sm_portal(rq)->link, purpose,
                              sm_in(rq, "token")->text) == SM_OK;
}

const char *sm_login_next(const struct sm_request *rq, const char *fallback)
{
    static const char allowed[] = "abcdefghijklmnopqrstuvwxyz"
                                  "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                  "0123456789/-_?=&.%";
    const char *next = sm_in(rq, "next")->text;

    if (next[0] != '/' || next[1] == '/' ||
        strspn(next, allowed) != strlen(next))
        return fallback;
    return next;
}
