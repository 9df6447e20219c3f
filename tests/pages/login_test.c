/* needs: portal */
/* An account: asked for, confirmed by mail, logged in to, protected. */
#include "bills.h"
#include "harness.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "auth/totp.h"
#include "base/clock.h"
#include "base/text.h"
#include "crypto/crypto.h"
#include "domain/mail_token.h"
#include "payer.h"
#include "support/fixture.h"

#define GOOD "correct+horse+staple"
#define FORM                                                                   \
    "client_code=1234567&invoice_no=A-1&email=Ana%40example.org&"              \
    "password=" GOOD "&password_again=" GOOD "&terms=1"

static struct sm_site site;

static void set_client_code(const char *payment, const char *client)
{
    struct sm_key_bytes key;
    uint8_t hash[SM_HASH_BYTES];
    char text[65], hex[2 * SM_HASH_BYTES + 1], sql[512];

    snprintf(text, sizeof(text), "%064d", 1);
    assert_int_equal(sm_key_parse(&key, text), SM_OK);
    sm_hmac(hash, &key, "client_code", client, strlen(client));
    sm_hex(hex, hash, sizeof(hash));
    snprintf(sql, sizeof(sql),
             "UPDATE customer.account SET client_code = '%s', "
             "client_code_hash = '\\x%s' WHERE payment_code_hint = '%s'",
             client, hex, payment + strlen(payment) - 4);
    sm_test_sql(sql);
}

static int start(void **state)
{
    (void)state;
    sm_bills_schema();
    sm_bills_account("LOGI00001111");
    sm_bills_invoice("LOGI00001111", "A-1", 4100, "RON", 10);
    set_client_code("LOGI00001111", "1234567");
    sm_bills_account("LOGI00002222");
    sm_bills_invoice("LOGI00002222", "B-1", 5200, "RON", 10);
    set_client_code("LOGI00002222", "7654321");
    sm_site_start(&site, "portal",
                  "limit.lookups_per_address = 1000\n"
                  "company.phone = +40 21 000 00 00\n",
                  NULL);
    return 0;
}

static int stop(void **state)
{
    (void)state;
    assert_int_equal(sm_site_stop(&site), 0);
    return 0;
}

static int count(const char *sql)
{
    char text[32];

    sm_payer_sql(text, sizeof(text), sql);
    return (int)strtol(text, NULL, 10);
}

/* GET PATH, POST FIELDS to it; the answer is the last one's. */
static void submit(struct sm_answer *out, struct sm_browser *browser,
                   const char *path, const char *fields)
{
    sm_browser_get(out, browser, path);
    assert_int_equal(out->http, 200);
    sm_answer_free(out);
    sm_browser_post(out, browser, path, fields);
}

static void assert_goes(const struct sm_answer *answer, const char *to)
{
    if (answer->http != 303)
        fail_msg("%d, not 303:\n%s", answer->http,
                 strstr(answer->body, "<main"));
    sm_assert_header(answer, "Location", to);
}

static void go(struct sm_browser *browser, const char *path, const char *fields,
               const char *to)
{
    struct sm_answer answer;

    submit(&answer, browser, path, fields);
    assert_goes(&answer, to);
    sm_answer_free(&answer);
}

/* The path of the newest mailed link of KIND. */
static void link_of(char *out, size_t size, const char *kind)
{
    struct sm_key_bytes key;
    uint8_t number[SM_MAIL_TOKEN_BYTES];
    char hex[80], text[65], sql[256], token[SM_MAIL_TOKEN_TEXT];

    snprintf(sql, sizeof(sql),
             "SELECT args->>'token_hash' FROM notify.outbox WHERE template = "
             "'%s' ORDER BY id DESC LIMIT 1",
             kind);
    sm_payer_sql(hex, sizeof(hex), sql);
    assert_int_equal(sm_unhex(number, sizeof(number), hex), SM_OK);
    snprintf(text, sizeof(text), "%064d", 3);
    assert_int_equal(sm_key_parse(&key, text), SM_OK);
    sm_mail_token_make(token, &key, kind, number);
    snprintf(out, size, "/en/%s/%s", kind, token);
}

static void test_register(void **state)
{
    struct sm_browser browser = {.site = &site};
    struct sm_answer answer;
    char path[128], other[128];

    (void)state;
    submit(&answer, &browser, "/en/register",
           "client_code=12&invoice_no=&email=x&password=short&"
           "password_again=other");
    sm_assert_page(&answer, 422);
    sm_assert_has(&answer, "not a client code");
    sm_assert_has(&answer, "shows that the contract is yours.");
    sm_assert_has(&answer, "too short");
    sm_assert_has(&answer, "Without agreeing");
    sm_assert_hasnt(&answer, "\"short\"");
    sm_answer_free(&answer);
    submit(&answer, &browser, "/en/register",
           "client_code=1234567&invoice_no=A-1&email=a%40example.org&"
           "password=" GOOD "&password_again=" GOOD "x&terms=1");
    sm_assert_page(&answer, 422);
    sm_assert_has(&answer, "not the same");
    sm_answer_free(&answer);
    /* wrong data and right data are answered alike */
    go(&browser, "/en/register",
       "client_code=1234567&invoice_no=WRONG&email=eve%40example.org&"
       "password=" GOOD "&password_again=" GOOD "&terms=1",
       "/en/register/sent");
    assert_int_equal(count("SELECT count(*) FROM notify.outbox"), 0);
    go(&browser, "/en/register", FORM, "/en/register/sent");
    link_of(path, sizeof(path), "activate");
    snprintf(other, sizeof(other), "/en/reset/%s", strrchr(path, '/') + 1);
    sm_browser_get(&answer, &browser, other);
    sm_assert_page(&answer, 404); /* a link of another purpose */
    sm_answer_free(&answer);
    submit(&answer, &browser, path, "");
    assert_goes(&answer, "/en/login?news=activated");
    sm_answer_free(&answer);
    sm_browser_get(&answer, &browser, path);
    sm_assert_page(&answer, 404);
    sm_answer_free(&answer);
}

static void test_log_in(void **state)
{
    struct sm_browser browser = {.site = &site};
    struct sm_answer answer;
    char old[128], set[256];

    (void)state;
    sm_browser_get(&answer, &browser, "/en/home");
    assert_goes(&answer, "/en/login?next=%2Fhome");
    sm_answer_free(&answer);
    submit(&answer, &browser, "/en/login",
           "email=ana%40example.org&password=wrong+one+here");
    sm_assert_page(&answer, 422);
    sm_assert_has(&answer, "do not belong together");
    sm_assert_hasnt(&answer, "wrong one here");
    sm_answer_free(&answer);
    submit(&answer, &browser, "/en/login",
           "email=nobody%40example.org&password=wrong+one+here");
    sm_assert_page(&answer, 422);
    sm_assert_has(&answer, "do not belong together");
    sm_answer_free(&answer);
    /* nobody can be made to use a session that they were given */
    snprintf(browser.session, sizeof(browser.session),
             "__Host-smetka-in=aaaaaaaaaaaaaaaaaaaaaaaaae");
    snprintf(old, sizeof(old), "%s", browser.session);
    submit(&answer, &browser, "/en/login?next=/settings",
           "email=ANA%40example.org&password=" GOOD "&next=/settings");
    assert_goes(&answer, "/en/settings");
    assert_string_not_equal(browser.session, old);
    assert_non_null(strstr(answer.head, "__Host-smetka-in="));
    assert_null(strstr(strstr(answer.head, "__Host-smetka-in="), "Max-Age"));
    sm_answer_free(&answer);
    sm_browser_get(&answer, &browser, "/en/home");
    sm_assert_page(&answer, 200);
    sm_assert_has(&answer, "41.00");
    sm_assert_hasnt(&answer, "52.00");
    sm_assert_header(&answer, "Cache-Control", "no-store");
    sm_answer_free(&answer);
    /* only ways of ours are gone on to */
    snprintf(set, sizeof(set),
             "email=ana%%40example.org&password=" GOOD
             "&keep=1&next=//example.org/");
    submit(&answer, &browser, "/en/login", set);
    assert_goes(&answer, "/en/home");
    assert_non_null(strstr(answer.head, "Max-Age=2592000"));
    sm_answer_free(&answer);
    sm_test_server_stop();
    sm_browser_get(&answer, &browser, "/en/home");
    sm_assert_page(&answer, 503);
    sm_answer_free(&answer);
    sm_test_server_start();
}

static void enter(struct sm_browser *browser, const char *password)
{
    struct sm_answer answer;
    char fields[256];

    snprintf(fields, sizeof(fields), "email=ana%%40example.org&password=%s",
             password);
    submit(&answer, browser, "/en/login", fields);
    if (answer.http != 303)
        fail_msg("%d\n%s", answer.http, strstr(answer.body, "<main"));
    sm_answer_free(&answer);
}

static void test_form_of_a_session(void **state)
{
    struct sm_browser browser = {.site = &site}, other = {.site = &site};
    struct sm_answer answer;

    (void)state;
    enter(&browser, GOOD);
    enter(&other, GOOD);
    sm_browser_get(&answer, &browser, "/en/account/sessions");
    sm_assert_page(&answer, 200);
    sm_assert_has(&answer, "this one");
    sm_answer_free(&answer);
    /* a token of before the log-in, or of another session, opens nothing */
    snprintf(other.csrf, sizeof(other.csrf), "%s", browser.csrf);
    sm_browser_post(&answer, &other, "/en/account/sessions", "");
    sm_assert_page(&answer, 422);
    sm_answer_free(&answer);
    go(&browser, "/en/account/sessions", "", "/en/account/sessions?news=ended");
    sm_browser_post(&answer, &other, "/en/account/sessions", "");
    assert_goes(&answer, "/en/login?undone=1&next=%2Faccount%2Fsessions");
    sm_answer_free(&answer);
    sm_browser_get(&answer, &browser, "/en/settings");
    sm_answer_free(&answer);
    sm_browser_post(&answer, &browser, "/en/logout", "");
    assert_goes(&answer, "/en/login?news=out");
    assert_string_equal(browser.session, "");
    sm_answer_free(&answer);
}

/* The code of now for the secret that the page shows. */
static void code_of_page(char code[SM_TOTP_CODE_TEXT],
                         const struct sm_answer *page, int64_t later)
{
    static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    const char *at = strstr(page->body, "class=\"ref\">");
    uint8_t secret[SM_TOTP_SECRET_BYTES];
    uint64_t bits = 0;
    size_t count = 0, len = 0;

    assert_non_null(at);
    for (at = strchr(at, '>') + 1; *at != '<'; at++) {
        bits = bits << 5 | (uint64_t)(strchr(alphabet, *at) - alphabet);
        count += 5;
        if (count >= 8) {
            count -= 8;
            secret[len++] = (uint8_t)(bits >> count);
        }
    }
    assert_int_equal(len, sizeof(secret));
    sm_totp_code(code, secret, sm_totp_step(sm_clock_now_us()) + later);
}

static void test_second_step(void **state)
{
    struct sm_browser browser = {.site = &site}, other = {.site = &site};
    struct sm_answer answer;
    char code[SM_TOTP_CODE_TEXT], next[SM_TOTP_CODE_TEXT], fields[64];
    char before[128];

    (void)state;
    enter(&browser, GOOD);
    sm_test_sql("UPDATE auth.session SET confirmed_at = now() - "
                "interval '1 hour'");
    sm_browser_get(&answer, &browser, "/en/settings/code");
    assert_goes(&answer, "/en/confirm?next=%2Fsettings%2Fcode");
    sm_answer_free(&answer);
    snprintf(before, sizeof(before), "%s", browser.session);
    go(&browser, "/en/confirm?next=%2Fsettings%2Fcode",
       "password=" GOOD "&next=/settings/code", "/en/settings/code");
    assert_string_not_equal(browser.session, before);
    sm_browser_get(&answer, &browser, "/en/settings/code");
    sm_assert_page(&answer, 200);
    code_of_page(code, &answer, 0);
    code_of_page(next, &answer, 1);
    sm_answer_free(&answer);
    sm_browser_get(&answer, &browser, "/en/settings/code/qr");
    sm_assert_header(&answer, "Content-Type", "image/svg+xml");
    sm_answer_free(&answer);
    submit(&answer, &browser, "/en/settings/code", "code=000000");
    sm_assert_page(&answer, 422);
    sm_answer_free(&answer);
    snprintf(fields, sizeof(fields), "code=%s", code);
    go(&browser, "/en/settings/code", fields, "/en/settings?news=code_on");
    /* elsewhere the password alone is not enough, and a code works once */
    enter(&other, GOOD);
    sm_browser_get(&answer, &other, "/en/home");
    assert_goes(&answer, "/en/login/code");
    sm_answer_free(&answer);
    submit(&answer, &other, "/en/login/code", fields);
    sm_assert_page(&answer, 422);
    sm_answer_free(&answer);
    snprintf(fields, sizeof(fields), "code=%s&trust=1", next);
    go(&other, "/en/login/code", fields, "/en/home");
    enter(&other, GOOD);
    sm_browser_get(&answer, &other, "/en/home");
    sm_assert_page(&answer, 200); /* trusted now */
    sm_answer_free(&answer);
    sm_test_sql("UPDATE auth.login SET totp_sealed = NULL");
}

static void test_reset(void **state)
{
    struct sm_browser browser = {.site = &site}, mine = {.site = &site};
    struct sm_answer answer;
    char path[128];

    (void)state;
    enter(&mine, GOOD);
    go(&browser, "/en/reset", "email=nobody%40example.org", "/en/reset/sent");
    assert_int_equal(count("SELECT count(*) FROM notify.outbox WHERE "
                           "template = 'reset'"),
                     0);
    go(&browser, "/en/reset", "email=ana%40example.org", "/en/reset/sent");
    link_of(path, sizeof(path), "reset");
    submit(&answer, &browser, path,
           "password=ana%40example.org&password_again=ana%40example.org");
    sm_assert_page(&answer, 422);
    sm_assert_has(&answer, "must not be your e-mail");
    sm_answer_free(&answer);
    go(&browser, path,
       "password=another+good+one&password_again="
       "another+good+one",
       "/en/login?news=reset");
    sm_browser_get(&answer, &mine, "/en/home");
    assert_goes(&answer, "/en/login?next=%2Fhome");
    sm_answer_free(&answer);
    sm_browser_get(&answer, &browser, path);
    sm_assert_page(&answer, 404);
    sm_answer_free(&answer);
    enter(&mine, "another+good+one");
    go(&mine, "/en/settings/password",
       "old_password=another+good+one&"
       "password=" GOOD "&password_again=" GOOD,
       "/en/settings?news=password");
    sm_browser_get(&answer, &mine, "/en/home");
    sm_assert_page(&answer, 200);
    sm_answer_free(&answer);
    submit(&answer, &mine, "/en/settings/password",
           "old_password=wrong+it+is&"
           "password=" GOOD "&password_again=" GOOD);
    sm_assert_page(&answer, 422);
    sm_assert_has(&answer, "This is not your password");
    sm_answer_free(&answer);
}

static void test_contracts(void **state)
{
    struct sm_browser browser = {.site = &site}, owner = {.site = &site};
    struct sm_answer answer;
    char path[128];

    (void)state;
    enter(&browser, GOOD);
    submit(&answer, &browser, "/en/settings/contracts",
           "client_code=7654321&invoice_no=A-1");
    sm_assert_page(&answer, 422);
    sm_assert_has(&answer, "We know no contract");
    sm_answer_free(&answer);
    go(&browser, "/en/settings/contracts", "client_code=7654321&invoice_no=b-1",
       "/en/settings/contracts?news=added");
    sm_browser_get(&answer, &browser, "/en/home");
    sm_assert_has(&answer, "52.00");
    sm_answer_free(&answer);
    /* a second log-in of the same contract waits for the first */
    go(&owner, "/en/register",
       "client_code=1234567&invoice_no=A-1&"
       "email=bob%40example.org&password=" GOOD "&password_again=" GOOD
       "&terms=1",
       "/en/register/sent");
    link_of(path, sizeof(path), "activate");
    go(&owner, path, "", "/en/login?news=asked");
    link_of(path, sizeof(path), "agree");
    sm_browser_get(&answer, &owner, path);
    sm_assert_page(&answer, 200);
    sm_assert_has(&answer, "bob@example.org");
    sm_answer_free(&answer);
    submit(&answer, &owner, path, "answer=yes");
    sm_assert_page(&answer, 200);
    sm_assert_has(&answer, "can be seen in the other account");
    sm_answer_free(&answer);
}

static void test_guessing(void **state)
{
    struct sm_browser eve = {.site = &site}, mine = {.site = &site};
    struct sm_answer answer;

    (void)state;
    enter(&mine, GOOD);
    for (int i = 0; i < 10; i++) {
        submit(&answer, &eve, "/en/login",
               "email=ana%40example.org&password=guess+number+one");
        sm_assert_page(&answer, 422);
        sm_answer_free(&answer);
    }
    submit(&answer, &eve, "/en/login",
           "email=ana%40example.org&password=" GOOD);
    sm_assert_page(&answer, 429);
    sm_assert_has(&answer, "mailed link");
    sm_answer_free(&answer);
    enter(&mine, GOOD); /* a browser that was used before */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_register),
        cmocka_unit_test(test_log_in),
        cmocka_unit_test(test_form_of_a_session),
        cmocka_unit_test(test_second_step),
        cmocka_unit_test(test_reset),
        cmocka_unit_test(test_contracts),
        cmocka_unit_test(test_guessing),
    };

    return cmocka_run_group_tests(tests, start, stop);
}
