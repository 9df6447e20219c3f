/* needs: testpages */
/* Forms: what is refused outright, what is shown again, what is kept. */
#include "harness.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "support/fixture.h"

#define GOOD "payment_code=1234-5678+90&email=ana%40example.com"

static struct sm_site site;

static int start(void **state)
{
    (void)state;
    sm_test_sql("CREATE TABLE IF NOT EXISTS public.note "
                "(email text UNIQUE, amount_minor bigint)");
    sm_site_start(&site, "testpages", "worker.threads = 2\n", NULL);
    return 0;
}

static int stop(void **state)
{
    (void)state;
    assert_int_equal(sm_site_stop(&site), 0);
    return 0;
}

/* A browser that has opened the form. */
static struct sm_browser open_form(void)
{
    struct sm_browser browser = {.site = &site};
    struct sm_answer answer;

    sm_browser_get(&answer, &browser, "/en/form");
    sm_assert_page(&answer, 200);
    assert_true(*browser.cookie);
    assert_true(*browser.csrf);
    sm_answer_free(&answer);
    return browser;
}

static void test_shown(void **state)
{
    struct sm_browser browser = {.site = &site};
    struct sm_answer answer;
    char cookie[256];

    (void)state;
    sm_browser_get(&answer, &browser, "/ro/form");
    sm_assert_page(&answer, 200);
    sm_assert_header(&answer, "Cache-Control", "no-store");
    sm_answer_header(&answer, "Set-Cookie", cookie, sizeof(cookie));
    assert_non_null(strstr(cookie, "__Host-smetka="));
    assert_non_null(strstr(cookie, "; Path=/; Max-Age=172800; Secure; "
                                   "HttpOnly; SameSite=Lax"));
    sm_answer_header(&answer, "Content-Security-Policy", cookie,
                     sizeof(cookie));
    assert_null(strstr(answer.body, "Error:"));
    sm_answer_free(&answer);
    sm_browser_get(&answer, &browser, "/ro/form");
    sm_assert_header(&answer, "Set-Cookie", "");
    assert_non_null(
        strstr(answer.head, "form-action 'self' https://checkout.example.com"));
    sm_answer_free(&answer);
}

static void test_taken(void **state)
{
    struct sm_browser browser = open_form();
    struct sm_answer answer;

    (void)state;
    sm_browser_post(&answer, &browser, "/en/form",
                    GOOD "&amount=12%2C5&choice=total&terms=1");
    assert_int_equal(answer.http, 303);
    sm_assert_header(&answer, "Location", "/en/hello?who=1250");
    assert_int_equal(answer.len, 0);
    sm_answer_free(&answer);
}

static void test_shown_again(void **state)
{
    struct sm_browser browser = open_form();
    struct sm_answer answer;

    (void)state;
    sm_browser_post(&answer, &browser, "/en/form",
                    "payment_code=12&email=&amount=1.2.3&choice=other&terms=on"
                    "&note=%3Cx%3E");
    sm_assert_page(&answer, 422);
    sm_assert_has(&answer, "<title>Error: form</title>");
    sm_assert_has(&answer, "<a href=\"#payment_code\">This is not a payment");
    sm_assert_has(&answer, "<a href=\"#email\">Type an e-mail address.</a>");
    sm_assert_has(&answer, "<a href=\"#amount\">This is not an amount.");
    sm_assert_has(&answer, "value=\"12\" aria-invalid=\"true\"");
    sm_assert_has(&answer, "value=\"1.2.3\"");
    sm_assert_has(&answer, "value=\"other\" checked");
    sm_assert_hasnt(&answer, "id=\"choice\" checked");
    sm_assert_has(&answer, "name=\"terms\" value=\"1\" checked");
    sm_assert_has(&answer, "value=\"&lt;x&gt;\"");
    sm_answer_free(&answer);
    sm_browser_post(&answer, &browser, "/en/form",
                    GOOD "x&amount=0%2C99&note=123456789012345678901");
    sm_assert_page(&answer, 422);
    sm_assert_has(&answer, "The amount is too small.");
    sm_assert_has(&answer, "This is too long.");
    sm_answer_free(&answer);
}

static void test_handlers_refusal(void **state)
{
    struct sm_browser browser = open_form();
    struct sm_answer answer;

    (void)state;
    sm_browser_post(&answer, &browser, "/en/form",
                    "payment_code=1234-5678+90&email=ana%40example.org"
                    "&note=refuse");
    sm_assert_page(&answer, 422);
    sm_assert_has(&answer, "<a href=\"#email\">That one is known.</a>");
    sm_assert_has(&answer, "value=\"1234-5678 90\"");
    sm_answer_free(&answer);
}

static void test_clash(void **state)
{
    struct sm_browser browser = open_form();
    struct sm_answer answer;

    (void)state;
    sm_browser_post(&answer, &browser, "/en/form",
                    "payment_code=12345678&email=clash%40example.com"
                    "&note=clash");
    sm_assert_page(&answer, 503);
    sm_assert_header(&answer, "Retry-After", "5");
    sm_answer_free(&answer);
    /* none of its tries has written anything */
    sm_browser_post(&answer, &browser, "/en/form",
                    "payment_code=12345678&email=clash%40example.com");
    assert_int_equal(answer.http, 303);
    sm_answer_free(&answer);
}

/* COUNT items, with the field BAD among them if it is not NULL. */
static void post_items(struct sm_answer *out, struct sm_browser *browser,
                       int count, const char *bad)
{
    char *body = NULL;
    size_t len;
    FILE *file = open_memstream(&body, &len);

    assert_non_null(file);
    fprintf(file, "payment_code=12345678&email=%d%s%%40example.com", count,
            bad ? bad : "x");
    for (int i = 0; i < count; i++) /* the first begins with the byte 8 */
        fputs("&item=baaaaaaaaaaaaaaaaaaaaaaaaa", file);
    if (bad)
        fprintf(file, "&item=%s", bad);
    fclose(file);
    sm_browser_post(out, browser, "/en/form", body);
    free(body);
}

static void test_many(void **state)
{
    struct sm_browser browser = open_form();
    struct sm_answer answer;

    (void)state;
    post_items(&answer, &browser, 3, NULL);
    assert_int_equal(answer.http, 303);
    sm_assert_header(&answer, "Location", "/en/hello?who=3.8");
    sm_answer_free(&answer);
    post_items(&answer, &browser, 200, NULL);
    assert_int_equal(answer.http, 303);
    sm_assert_header(&answer, "Location", "/en/hello?who=200.8");
    sm_answer_free(&answer);
    post_items(&answer, &browser, 201, NULL);
    sm_assert_page(&answer, 422);
    sm_assert_has(&answer, "<p id=\"item\">Too many were chosen at once.");
    sm_answer_free(&answer);
    /* one bad value refuses the list; an empty one is as good as absent */
    post_items(&answer, &browser, 2, "aaaa");
    sm_assert_page(&answer, 422);
    sm_assert_has(&answer, "<p id=\"item\">This reference is not complete.");
    sm_answer_free(&answer);
    post_items(&answer, &browser, 2, "");
    sm_assert_header(&answer, "Location", "/en/hello?who=2.8");
    sm_answer_free(&answer);
    /* an address keeps all of them in the other languages */
    sm_browser_get(&answer, &browser,
                   "/en/form?item=aaaaaaaaaaaaaaaaaaaaaaaaaa"
                   "&item=baaaaaaaaaaaaaaaaaaaaaaaaa");
    sm_assert_page(&answer, 200);
    sm_assert_has(&answer, "\"/ro/form?item=aaaaaaaaaaaaaaaaaaaaaaaaaa&amp;"
                           "item=baaaaaaaaaaaaaaaaaaaaaaaaa\"");
    sm_answer_free(&answer);
}

/* An expired, foreign or missing token keeps what was typed. */
static void test_token(void **state)
{
    struct sm_browser browser = open_form(), other = open_form();
    struct sm_answer answer;

    (void)state;
    memcpy(browser.csrf, other.csrf, sizeof(browser.csrf));
    sm_browser_post(&answer, &browser, "/en/form", GOOD);
    sm_assert_page(&answer, 422);
    sm_assert_has(&answer, "This form has expired.");
    sm_assert_has(&answer, "value=\"ana@example.com\"");
    sm_answer_free(&answer);
    /* the page shown again carries a good token */
    sm_browser_post(&answer, &browser, "/en/form",
                    "payment_code=12345678&email=again%40example.com");
    assert_int_equal(answer.http, 303);
    sm_answer_free(&answer);
    browser.csrf[0] = '\0';
    sm_browser_post(&answer, &browser, "/en/form", GOOD);
    sm_assert_page(&answer, 422);
    sm_answer_free(&answer);
    browser.cookie[0] = '\0';
    sm_browser_post(&answer, &browser, "/en/form", GOOD);
    sm_assert_page(&answer, 422);
    sm_assert_has(&answer, "Allow cookies");
    assert_true(*browser.cookie);
    sm_answer_free(&answer);
}

static void test_trap(void **state)
{
    struct sm_browser browser = open_form();
    struct sm_answer answer;
    char body[512];

    (void)state;
    snprintf(body, sizeof(body), "csrf=%s&website=buy&%s", browser.csrf, GOOD);
    sm_site_ask(&answer, &site,
                &(struct sm_ask){.method = "POST",
                                 .path = "/en/form",
                                 .origin = SM_SITE_ORIGIN,
                                 .cookie = browser.cookie,
                                 .body = body});
    sm_assert_page(&answer, 422);
    sm_assert_has(&answer, "must stay empty");
    sm_answer_free(&answer);
}

static int post_status(const struct sm_browser *browser, struct sm_ask ask,
                       const char *fields)
{
    struct sm_answer answer;
    char *body = NULL;
    int http;

    if (asprintf(&body, "csrf=%s&%s", browser->csrf, fields) < 0)
        fail_msg("no memory");
    ask.method = "POST";
    ask.path = ask.path ? ask.path : "/en/form";
    ask.cookie = browser->cookie;
    ask.body = body;
    sm_site_ask(&answer, &site, &ask);
    http = answer.http;
    sm_answer_free(&answer);
    free(body);
    return http;
}

static void test_origin(void **state)
{
    struct sm_browser browser = open_form();
    static const struct {
        const char *origin, *fetch_site;
        int http;
    } rows[] = {
        {SM_SITE_ORIGIN, NULL, 422},
        {NULL, "same-origin", 422},
        {SM_SITE_ORIGIN, "same-origin", 422},
        {"null", "same-origin", 422},
        {NULL, NULL, 403},
        {"null", NULL, 403},
        {"https://evil.example", NULL, 403},
        {"https://evil.example", "same-origin", 403},
        {SM_SITE_ORIGIN ".evil.example", NULL, 403},
        {NULL, "cross-site", 403},
        {NULL, "same-site", 403},
        {NULL, "none", 403},
    };

    (void)state;
    for (size_t i = 0; i < SM_COUNT(rows); i++)
        assert_int_equal(
            post_status(&browser,
                        (struct sm_ask){.origin = rows[i].origin,
                                        .fetch_site = rows[i].fetch_site},
                        "email="),
            rows[i].http);
}

static void test_broken(void **state)
{
    struct sm_browser browser = open_form();
    static const char *const forms[] = {
        GOOD "&note=%",         GOOD "&note=%4",  GOOD "&note=%gg",
        GOOD "&note=%00",       GOOD "&note=%ff", GOOD "&note=%c0%80",
        GOOD "&note=%ed%a0%80", GOOD "&email=x",  GOOD "&website=&website=",
        GOOD "&csrf=",
    };
    const struct sm_ask ours = {.origin = SM_SITE_ORIGIN};
    struct sm_ask ask = ours;
    char many[257 * 2 + 1] = "";

    (void)state;
    for (size_t i = 0; i < SM_COUNT(forms); i++)
        assert_int_equal(post_status(&browser, ours, forms[i]), 400);
    for (int i = 0; i < 257; i++)
        memcpy(many + i * 2, "&x", 3);
    assert_int_equal(post_status(&browser, ours, many), 400);
    ask.type = "text/plain";
    assert_int_equal(post_status(&browser, ask, GOOD), 400);
    ask.type = "application/x-www-form-urlencodedx";
    assert_int_equal(post_status(&browser, ask, GOOD), 400);
    ask.type = "Application/X-WWW-Form-Urlencoded; charset=UTF-8";
    assert_int_equal(post_status(&browser, ask, "email="), 422);
    ask = ours;
    ask.content_length = "3";
    assert_int_equal(post_status(&browser, ask, GOOD), 400);
    ask.content_length = "5000";
    assert_int_equal(post_status(&browser, ask, GOOD), 400);
    ask.content_length = "-1";
    assert_int_equal(post_status(&browser, ask, GOOD), 400);
    ask.content_length = "99999999999999999999";
    assert_int_equal(post_status(&browser, ask, GOOD), 400);
}

static void test_large(void **state)
{
    static char body[400001];
    struct sm_answer answer;
    struct sm_ask ask = {.method = "POST", .path = "/machine", .body = body};

    (void)state;
    memset(body, 'a', sizeof(body) - 1);
    ask.header = "HTTP_STRIPE_SIGNATURE=t=1";
    ask.body_len = 300000;
    sm_site_ask(&answer, &site, &ask);
    assert_int_equal(answer.http, 200);
    sm_assert_has(&answer, "300000 t=1");
    sm_answer_free(&answer);
    ask.body_len = 300001;
    sm_site_ask(&answer, &site, &ask);
    assert_int_equal(answer.http, 413);
    sm_answer_free(&answer);
    ask.content_length = "";
    sm_site_ask(&answer, &site, &ask);
    assert_int_equal(answer.http, 413);
    sm_answer_free(&answer);
    ask.content_length = NULL;
    ask.path = "/en/form";
    ask.origin = SM_SITE_ORIGIN;
    ask.body_len = 65537;
    sm_site_ask(&answer, &site, &ask);
    assert_int_equal(answer.http, 413);
    sm_answer_free(&answer);
}

static void test_mine(void **state)
{
    struct sm_browser browser = {.site = &site};
    struct sm_answer answer;

    (void)state;
    sm_browser_get(&answer, &browser, "/ro/mine/aaaaaaaaaaaaaaaaaaaaaaaaaa");
    sm_assert_page(&answer, 403);
    sm_answer_free(&answer);
    browser = open_form();
    sm_browser_get(&answer, &browser, "/ro/mine/aaaaaaaaaaaaaaaaaaaaaaaaaa");
    assert_int_equal(answer.http, 200);
    sm_assert_header(&answer, "Cache-Control", "no-store");
    sm_answer_free(&answer);
    sm_browser_get(&answer, &browser, "/ro/mine/aaaa");
    sm_assert_page(&answer, 404);
    sm_answer_free(&answer);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_shown),
        cmocka_unit_test(test_taken),
        cmocka_unit_test(test_shown_again),
        cmocka_unit_test(test_handlers_refusal),
        cmocka_unit_test(test_clash),
        cmocka_unit_test(test_many),
        cmocka_unit_test(test_token),
        cmocka_unit_test(test_trap),
        cmocka_unit_test(test_origin),
        cmocka_unit_test(test_broken),
        cmocka_unit_test(test_large),
        cmocka_unit_test(test_mine),
    };

    return cmocka_run_group_tests(tests, start, stop);
}
