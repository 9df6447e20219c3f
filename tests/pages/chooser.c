#include "chooser.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "auth/password.h"
#include "base/text.h"
#include "crypto/crypto.h"
#include "customer.h"
#include "support/fixture.h"

#define GOOD "correct+horse+staple"

static void make_key(struct sm_key_bytes *out, int number)
{
    char text[65];

    snprintf(text, sizeof(text), "%064d", number);
    assert_int_equal(sm_key_parse(out, text), SM_OK);
}

/* A log-in with the password above. */
void sm_chooser_login(const char *email)
{
    static struct sm_hasher *hasher;
    char kept[SM_PASSWORD_TEXT], hex[2 * SM_HASH_BYTES + 1], sql[512];
    struct sm_key_bytes key;
    uint8_t hash[SM_HASH_BYTES];
    struct sm_error err;

    make_key(&key, 4);

    struct sm_password_options options = sm_password_defaults(&key);

    if (!hasher)
        assert_int_equal(sm_hasher_new(&hasher, &options, &err), SM_OK);
    assert_int_equal(sm_password_hash(kept, hasher, "correct horse staple",
                                      strlen("correct horse staple"), &err),
                     SM_OK);
    make_key(&key, 1);
    sm_hmac(hash, &key, "login", email, strlen(email));
    sm_hex(hex, hash, sizeof(hash));
    snprintf(sql, sizeof(sql),
             "INSERT INTO auth.login (email_key, email, password, language, "
             "source, created_at, password_at) VALUES ('\\x%s', '%s', '%s', "
             "'en', 'web', now(), now())",
             hex, email, kept);
    sm_test_sql(sql);
}

/* EMAIL holds the account whose payment code ends in HINT; with SCOPE (an
 * array) it is lent to them. */
void sm_chooser_give(const char *email, const char *hint, const char *scope)
{
    char sql[768];

    snprintf(sql, sizeof(sql),
             "INSERT INTO auth.login_account (login_id, account_id, role, "
             "state, scope, invited_by, created_at, ends_at) SELECT l.id, "
             "a.id, '%s', 'active', '%s', %s, now(), %s FROM auth.login AS l, "
             "customer.account AS a WHERE l.email = '%s' AND "
             "a.payment_code_hint LIKE '%s'",
             scope ? "delegate" : "holder", scope ? scope : "{}",
             scope ? "l.id" : "NULL",
             scope ? "now() + interval '1 day'" : "NULL", email, hint);
    sm_test_sql(sql);
}

struct sm_browser sm_chooser_enter(const struct sm_payer *payer,
                                   const char *email)
{
    struct sm_browser browser = {.site = &payer->portal};
    struct sm_answer answer;
    char fields[256];

    snprintf(fields, sizeof(fields), "email=%s&password=" GOOD, email);
    sm_browser_get(&answer, &browser, "/en/login");
    sm_answer_free(&answer);
    sm_browser_post(&answer, &browser, "/en/login", fields);
    if (answer.http != 303)
        fail_msg("%d\n%s", answer.http, answer.body);
    sm_answer_free(&answer);
    return browser;
}

/* "invoice=ID" of the document NUMBER, after a '&'. */
void sm_chooser_add(char *out, size_t size, const char *number)
{
    char id[27];
    size_t len = strlen(out);

    sm_customer_bill(id, number);
    snprintf(out + len, size - len, "&invoice=%s", id);
}

/* POST FIELDS from the overview. */
void sm_chooser_post(struct sm_answer *out, struct sm_browser *browser,
                     const char *fields)
{
    struct sm_answer page;

    sm_browser_get(&page, browser, "/en/home");
    sm_assert_page(&page, 200);
    sm_answer_free(&page);
    sm_browser_post(out, browser, "/en/pay/selection", fields);
}

/* Choose; the address of the page that shows it. */
void sm_chooser_choose(char path[128], struct sm_browser *browser,
                       const char *fields)
{
    struct sm_answer answer;

    sm_chooser_post(&answer, browser, fields);
    if (answer.http != 303)
        fail_msg("%d\n%s", answer.http, strstr(answer.body, "<main"));
    sm_answer_header(&answer, "Location", path, 128);
    assert_int_equal(strncmp(path, "/en/pay/selection/", 18), 0);
    sm_answer_free(&answer);
}

void sm_chooser_refused(struct sm_browser *browser, const char *fields,
                        int http, const char *words)
{
    struct sm_answer answer;

    sm_chooser_post(&answer, browser, fields);
    sm_assert_page(&answer, http);
    sm_assert_has(&answer, words);
    sm_answer_free(&answer);
}

/* The value of the hidden field NAME of the form that pays. */
static void field(char *out, size_t size, const struct sm_answer *page,
                  const char *name)
{
    const char *form = strstr(page->body, "/start\">"), *at;
    char mark[64];

    if (!form)
        fail_msg("no form in\n%s", strstr(page->body, "<main"));
    snprintf(mark, sizeof(mark), "name=\"%s\" value=\"", name);
    at = strstr(form, mark);
    assert_non_null(at);
    at += strlen(mark);
    snprintf(out, size, "%.*s", (int)strcspn(at, "\""), at);
}

void sm_chooser_press(struct sm_answer *out, struct sm_payer *payer,
                      const struct sm_browser *browser,
                      const struct sm_answer *page, const char *path)
{
    static const char *const names[] = {"once_key", "choice", "amount",
                                        "currency", "shown_minor"};
    struct sm_browser at_pay = *browser;
    char body[512] = "", value[128], to[128], sql[256], hex[64];
    uint8_t id[SM_ID_BYTES];

    for (size_t i = 0; i < 5; i++) {
        size_t len = strlen(body);

        field(value, sizeof(value), page, names[i]);
        snprintf(body + len, sizeof(body) - len, "&%s=%s", names[i], value);
    }
    field(at_pay.csrf, sizeof(at_pay.csrf), page, "csrf");
    at_pay.site = &payer->pay;
    snprintf(to, sizeof(to), "/en/pay/%.26s/start", path + 18);
    sm_browser_post(out, &at_pay, to, body);
    field(value, sizeof(value), page, "once_key");
    snprintf(sql, sizeof(sql),
             "SELECT replace(id::text, '-', '') FROM pay.attempt WHERE "
             "once_key = '%s'",
             value);
    sm_payer_sql(hex, sizeof(hex), sql);
    if (*hex) {
        assert_int_equal(sm_unhex(id, sizeof(id), hex), SM_OK);
        sm_id_format(payer->payment, id);
    }
    payer->browser = at_pay;
}

void sm_chooser_to(const struct sm_answer *answer, const char *begin)
{
    char to[512];

    if (answer->http != 303)
        fail_msg("%d\n%s", answer->http, answer->body);
    sm_answer_header(answer, "Location", to, sizeof(to));
    if (strncmp(to, begin, strlen(begin)) != 0)
        fail_msg("goes to %s, not %s", to, begin);
}

/* The processor says that it has taken the money of the newest session. */
void sm_chooser_settle(struct sm_payer *payer, const char *key)
{
    struct sm_answer answer;
    char what[64];

    snprintf(what, sizeof(what), "pay?id=cs_test_%d", sm_payer_sessions(payer));
    free(sm_payer_tell(payer, what));
    sm_payer_event(&answer, payer, key, "checkout.session.completed",
                   sm_payer_sessions(payer), false);
    assert_int_equal(answer.http, 200);
    sm_answer_free(&answer);
    sm_payer_expect(payer, "settled");
}
