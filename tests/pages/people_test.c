/* needs: portal */
/* Somebody is let in by an owner, does what they may, and is ended; the
 * profile; who acts for an organisation. */
#include "bills.h"
#include "harness.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/text.h"
#include "crypto/crypto.h"
#include "domain/mail_token.h"
#include "payer.h"
#include "support/fixture.h"

#define GOOD "correct+horse+staple"
#define PASSWORDS "password=" GOOD "&password_again=" GOOD "&terms=1"

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

/* GET PATH, POST FIELDS to it; the answer is the last one's. */
static void submit(struct sm_answer *out, struct sm_browser *browser,
                   const char *path, const char *fields)
{
    sm_browser_get(out, browser, path);
    assert_int_equal(out->http, 200);
    sm_answer_free(out);
    sm_browser_post(out, browser, path, fields);
}

static void go(struct sm_browser *browser, const char *path, const char *fields,
               const char *to)
{
    struct sm_answer answer;

    submit(&answer, browser, path, fields);
    if (answer.http != 303)
        fail_msg("%s: %d, not 303:\n%s", path, answer.http,
                 strstr(answer.body, "<main"));
    sm_assert_header(&answer, "Location", to);
    sm_answer_free(&answer);
}

/* GET PATH and expect HTTP, TEXT on it, and not the text WITHOUT. */
static void look(struct sm_browser *browser, const char *path, int http,
                 const char *text, const char *without)
{
    struct sm_answer answer;

    sm_browser_get(&answer, browser, path);
    sm_assert_page(&answer, http);
    if (text)
        sm_assert_has(&answer, text);
    if (without)
        sm_assert_hasnt(&answer, without);
    sm_answer_free(&answer);
}

/* Submit what is refused with TEXT. */
static void refused(struct sm_browser *browser, const char *path,
                    const char *fields, const char *text)
{
    struct sm_answer answer;

    submit(&answer, browser, path, fields);
    sm_assert_page(&answer, 422);
    sm_assert_has(&answer, text);
    sm_answer_free(&answer);
}

/* The path of the newest mailed link of KIND, below PLACE. */
static void link_of(char *out, size_t size, const char *kind, const char *place)
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
    snprintf(out, size, "/en/%s/%s", place, token);
}

static void enter(struct sm_browser *browser, const char *email)
{
    char fields[256];

    snprintf(fields, sizeof(fields), "email=%s&password=" GOOD, email);
    go(browser, "/en/login", fields, "/en/home");
}

/* A last day in DAYS days, as people type it. */
static void typed_day(char out[16], int days)
{
    struct sm_date day = sm_date_from_days(
        sm_date_to_days(sm_date_local(sm_clock_now_us())) + days);

    snprintf(out, 16, "%02d.%02d.%04d", day.day, day.month, day.year);
}

/* The same, as a date field sends it. */
static void day_in(char out[16], int days)
{
    struct sm_date day = sm_date_from_days(
        sm_date_to_days(sm_date_local(sm_clock_now_us())) + days);

    snprintf(out, 16, "%04d-%02d-%02d", day.year, day.month, day.day);
}

static int start(void **state)
{
    struct sm_browser browser = {.site = &site};
    char path[128];

    (void)state;
    sm_bills_schema();
    sm_bills_account("PEOP00001111");
    sm_bills_invoice("PEOP00001111", "A-1", 4100, "RON", 10);
    set_client_code("PEOP00001111", "1234567");
    sm_bills_account("PEOP00002222");
    sm_bills_invoice("PEOP00002222", "B-1", 5200, "RON", 10);
    set_client_code("PEOP00002222", "7654321");
    sm_site_start(&site, "portal",
                  "limit.lookups_per_address = 1000\n"
                  "company.phone = +40 21 000 00 00\n",
                  NULL);
    go(&browser, "/en/register",
       "client_code=1234567&invoice_no=A-1&email=ana%40example.org&" PASSWORDS,
       "/en/register/sent");
    link_of(path, sizeof(path), "activate", "activate");
    go(&browser, path, "", "/en/login?news=activated");
    return 0;
}

static int stop(void **state)
{
    (void)state;
    assert_int_equal(sm_site_stop(&site), 0);
    return 0;
}

static void test_invite(void **state)
{
    struct sm_browser owner = {.site = &site}, guest = {.site = &site};
    struct sm_browser reader = {.site = &site};
    char fields[256], path[160], until[16], far[16];

    (void)state;
    enter(&owner, "ana%40example.org");
    look(&owner, "/en/settings/people", 200, "Nobody but you", NULL);
    look(&owner, "/en/settings/people/invite", 200, "type=\"date\"",
         "Which places");
    day_in(until, 30);
    day_in(far, 2 * 366 + 1);
    refused(&owner, "/en/settings/people/invite",
            "email=x&until=2027-02-31&all=1", "Choose who it is");
    refused(&owner, "/en/settings/people/invite",
            "email=a%40example.org&preset=tenant&until=2027-02-31&all=1",
            "This is not a day");
    snprintf(fields, sizeof(fields),
             "email=a%%40example.org&preset=tenant&until=%s&all=1", far);
    refused(&owner, "/en/settings/people/invite", fields, "within two years");
    snprintf(fields, sizeof(fields),
             "email=Ana%%40example.org&preset=tenant&until=%s&all=1", until);
    refused(&owner, "/en/settings/people/invite", fields, "your own address");
    snprintf(fields, sizeof(fields),
             "email=dan%%40example.org&preset=own&until=%s&all=1", until);
    refused(&owner, "/en/settings/people/invite", fields, "at least one thing");
    snprintf(fields, sizeof(fields),
             "email=dan%%40example.org&preset=tenant&until=%s&all=1", until);
    go(&owner, "/en/settings/people/invite", fields,
       "/en/settings/people?news=sent");
    look(&owner, "/en/settings/people", 200, "has not answered", NULL);
    link_of(path, sizeof(path), "invite", "invite");
    look(&guest, path, 200, "see the bills, pay, send meter readings",
         "make requests");
    refused(&guest, path, "password=short&password_again=short&terms=1",
            "too short");
    go(&guest, path, PASSWORDS, "/en/login?news=activated");
    look(&guest, path, 404, "does not open any more", NULL);
    enter(&guest, "dan%40example.org");
    look(&guest, "/en/home", 200, "41.00", "52.00");
    look(&guest, "/en/home", 200, "/en/pay/selection", NULL);
    sm_test_sql("UPDATE auth.login_account SET scope = '{see}' "
                "WHERE role = 'delegate'");
    look(&guest, "/en/home", 200, "41.00", "/en/pay/selection");
    sm_test_sql("UPDATE auth.login_account SET scope = '{see,pay}' "
                "WHERE role = 'delegate'");
    look(&guest, "/en/settings/people", 200, "Only the holder",
         "ana@example.org");
    look(&owner, "/en/settings/people", 200, "accepted the invitation", NULL);
    /* who may do something sees what it is about */
    snprintf(fields, sizeof(fields),
             "email=reader%%40example.org&preset=own&read_meter=1&until=%s&"
             "all=1",
             until);
    go(&owner, "/en/settings/people/invite", fields,
       "/en/settings/people?news=sent");
    link_of(path, sizeof(path), "invite", "invite");
    look(&reader, path, 200, "see the bills, send meter readings", "pay");
}

/* The path of the newest invitation, made by OWNER for EMAIL. */
static void invite(char *path, size_t size, struct sm_browser *owner,
                   const char *email)
{
    char fields[256], until[16];

    typed_day(until, 30);
    snprintf(fields, sizeof(fields),
             "email=%s&preset=accountant&until=%s&all=1", email, until);
    go(owner, "/en/settings/people/invite", fields,
       "/en/settings/people?news=sent");
    link_of(path, size, "invite", "invite");
}

static void test_accept(void **state)
{
    struct sm_browser owner = {.site = &site}, eve = {.site = &site};
    struct sm_browser guest = {.site = &site};
    struct sm_answer answer;
    char path[160], accept[200], to[300], fields[400];

    (void)state;
    /* Bob has an account of his own */
    go(&guest, "/en/register",
       "client_code=7654321&invoice_no=B-1&email=bob%40example.org&" PASSWORDS,
       "/en/register/sent");
    link_of(path, sizeof(path), "activate", "activate");
    go(&guest, path, "", "/en/login?news=activated");
    enter(&owner, "ana%40example.org");
    invite(path, sizeof(path), &owner, "bob%40example.org");
    snprintf(accept, sizeof(accept), "%s/accept", path);
    look(&guest, path, 200, "Log in and accept", "Choose a password");
    enter(&eve, "dan%40example.org");
    look(&eve, accept, 200, "You are logged in as", "type=\"submit\">Accept");
    sm_browser_post(&answer, &eve, accept, "");
    sm_assert_page(&answer, 200);
    sm_answer_free(&answer);
    /* the way through the log-in, and back */
    sm_browser_get(&answer, &guest, accept);
    sm_answer_header(&answer, "Location", to, sizeof(to));
    assert_non_null(strstr(to, "/en/login?next=%2Finvite%2F"));
    sm_answer_free(&answer);
    snprintf(fields, sizeof(fields),
             "email=bob%%40example.org&password=" GOOD "&next=%s", accept + 3);
    go(&guest, "/en/login", fields, accept);
    go(&guest, accept, "", "/en/home");
    look(&guest, "/en/home", 200, "41.00", NULL);
    look(&guest, "/en/home", 200, "52.00", NULL);
    look(&guest, accept, 404, "does not open any more", NULL);
}

static void test_end(void **state)
{
    struct sm_browser owner = {.site = &site}, guest = {.site = &site};
    char id[64], fields[96];

    (void)state;
    enter(&owner, "ana%40example.org");
    enter(&guest, "dan%40example.org");
    look(&guest, "/en/home", 200, "41.00", NULL);
    sm_test_sql("UPDATE auth.session SET confirmed_at = now() - "
                "interval '1 hour'");
    look(&owner, "/en/confirm", 200, NULL, NULL);
    go(&owner, "/en/confirm?next=%2Fsettings%2Fpeople",
       "password=" GOOD "&next=/settings/people", "/en/settings/people");
    {
        struct sm_answer answer;
        const char *at;

        sm_browser_get(&answer, &owner, "/en/settings/people");
        at = strstr(strstr(answer.body, "dan@example.org"), "name=\"person\"");
        assert_non_null(at);
        snprintf(id, sizeof(id), "%.26s",
                 strstr(at, "value=\"") + strlen("value=\""));
        sm_answer_free(&answer);
    }
    snprintf(fields, sizeof(fields), "person=%s", id);
    go(&owner, "/en/settings/people", fields, "/en/settings/people?news=ended");
    go(&owner, "/en/settings/people", fields, "/en/settings/people");
    /* the session lives, and shows nothing of hers */
    look(&guest, "/en/home", 200, "No contract is connected", "41.00");
    sm_payer_expect_sql("SELECT count(*) FROM notify.outbox WHERE template = "
                        "'access_ended' AND recipient = 'dan@example.org'",
                        "1");
    sm_test_server_stop();
    look(&owner, "/en/settings/people", 503, NULL, NULL);
    sm_test_server_start();
}

/* The first place of the profile that BROWSER sees. */
static void place_of(char *path, size_t size, struct sm_browser *browser,
                     const char *what)
{
    struct sm_answer answer;
    const char *at;
    char start[64];

    snprintf(start, sizeof(start), "/en/settings/%s/", what);
    sm_browser_get(&answer, browser, "/en/settings/profile");
    sm_assert_page(&answer, 200);
    at = strstr(answer.body, start);
    assert_non_null(at);
    snprintf(path, size, "%s%.26s", start, at + strlen(start));
    sm_answer_free(&answer);
}

static void test_profile(void **state)
{
    struct sm_browser owner = {.site = &site}, guest = {.site = &site};
    struct sm_answer answer;
    char path[128];

    (void)state;
    enter(&owner, "ana%40example.org");
    go(&owner, "/en/settings/profile", "language=bg",
       "/en/settings/profile?news=saved");
    sm_payer_expect_sql("SELECT language FROM auth.login WHERE email = "
                        "'ana@example.org'",
                        "bg");
    place_of(path, sizeof(path), &owner, "place");
    go(&owner, path, "nickname=Mama&paper=electronic&address=",
       "/en/settings/profile?news=saved");
    look(&owner, "/en/home", 200, "Mama", NULL);
    refused(&owner, path, "nickname=Mama&paper=electronic&address=x",
            "too short");
    go(&owner, path,
       "nickname=Mama&paper=electronic&address=Strada+Noua+1%2C+Iasi",
       "/en/settings/profile?news=asked");
    look(&owner, "/en/settings/profile", 200, "waits for us", NULL);
    sm_payer_expect_sql("SELECT args->>'new' FROM ops.review WHERE kind = "
                        "'address' AND state = 'open'",
                        "Strada Noua 1, Iasi");
    /* a place of somebody else is none */
    enter(&guest, "dan%40example.org");
    look(&guest, path, 404, NULL, NULL);
    sm_browser_post(&answer, &guest, path, "nickname=X");
    assert_int_equal(answer.http, 404);
    sm_answer_free(&answer);
}

static void test_email(void **state)
{
    struct sm_browser owner = {.site = &site}, other = {.site = &site};
    struct sm_answer answer;
    char path[160], cancel[160];

    (void)state;
    enter(&owner, "ana%40example.org");
    refused(&owner, "/en/settings/email", "email=ANA%40example.org",
            "that you have now");
    go(&owner, "/en/settings/email", "email=ana.new%40example.org",
       "/en/settings/profile?news=email");
    link_of(path, sizeof(path), "email", "email");
    link_of(cancel, sizeof(cancel), "email_cancel", "email/cancel");
    submit(&answer, &other, path, "");
    sm_assert_page(&answer, 200);
    sm_assert_has(&answer, "The new address is confirmed");
    sm_answer_free(&answer);
    enter(&other, "ana.new%40example.org");
    submit(&answer, &owner, cancel, "");
    sm_assert_page(&answer, 200);
    sm_assert_has(&answer, "The old address is back");
    sm_answer_free(&answer);
    sm_browser_get(&answer, &other, "/en/home");
    sm_assert_header(&answer, "Location", "/en/login?next=%2Fhome");
    sm_answer_free(&answer);
    enter(&owner, "ana%40example.org");
    look(&owner, path, 404, NULL, NULL);
}

static void test_representative(void **state)
{
    struct sm_browser browser = {.site = &site};
    char path[128];

    (void)state;
    enter(&browser, "dan%40example.org");
    refused(&browser, "/en/settings/representative",
            "client_code=1234567&invoice_no=A-1&name=Dan+Pop&function=Director"
            "&authority=Decision+7",
            "is a person");
    refused(&browser, "/en/settings/representative",
            "client_code=1234567&invoice_no=A-9&name=Dan+Pop&function=Director"
            "&authority=Decision+7",
            "We know no contract");
    sm_test_sql("UPDATE customer.party SET kind = 'company' WHERE id = (SELECT "
                "party_id FROM customer.account WHERE client_code = "
                "'7654321')");
    go(&browser, "/en/settings/representative",
       "client_code=7654321&invoice_no=B-1&name=Dan+%22Pop%22&function=Director"
       "&authority=Decision+7",
       "/en/settings/representative?news=asked");
    look(&browser, "/en/home", 200, NULL, "52.00");
    look(&browser, "/en/settings/contracts", 200, "waits for our check", NULL);
    sm_payer_expect_sql("SELECT args->>'name' FROM ops.review WHERE kind = "
                        "'representative'",
                        "Dan \"Pop\"");
    sm_test_sql("SELECT auth.review_decide(id, 'approved', NULL, now()) FROM "
                "ops.review WHERE kind = 'representative'");
    look(&browser, "/en/home", 200, "52.00", NULL);
    place_of(path, sizeof(path), &browser, "business");
    go(&browser, path, "name=New+Name&seat=&vat_number=RO123",
       "/en/settings/profile?news=asked");
    look(&browser, path, 200, "waits for us", NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_invite), cmocka_unit_test(test_accept),
        cmocka_unit_test(test_end),    cmocka_unit_test(test_profile),
        cmocka_unit_test(test_email),  cmocka_unit_test(test_representative),
    };

    return cmocka_run_group_tests(tests, start, stop);
}
