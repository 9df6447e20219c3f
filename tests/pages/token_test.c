/* needs: portal */
/* Tokens, and what a program reads with one. */
#include "bills.h"
#include "customer.h"
#include "harness.h"

#include <stdio.h>
#include <string.h>

#include "support/fixture.h"

static struct sm_site site;
static struct sm_browser ana = {.site = &site}, bob = {.site = &site};

static int start(void **state)
{
    (void)state;
    sm_bills_schema();
    sm_bills_account("DATA00001111");
    sm_bills_account("DATA00002222");
    for (int i = 1; i <= 5; i++) {
        char number[16];

        snprintf(number, sizeof(number), "A-%d", i);
        sm_bills_invoice("DATA00001111", number, 1000 * i, "RON", i);
    }
    sm_bills_invoice("DATA00002222", "B-1", 5200, "RON", 10);
    sm_customer(&ana, "ana@example.org",
                (const char *const[]){"DATA00001111", NULL});
    sm_customer(&bob, "bob@example.org",
                (const char *const[]){"DATA00002222", NULL});
    sm_site_start(&site, "portal", "company.phone = +40 21 000 00 00\n", NULL);
    return 0;
}

static int stop(void **state)
{
    (void)state;
    assert_int_equal(sm_site_stop(&site), 0);
    return 0;
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

/* GET PATH as a program with the Authorization header AUTH ("": none). */
static void api(struct sm_answer *out, const char *auth, const char *path,
                const char *method, const char *known)
{
    char header[256];

    snprintf(header, sizeof(header),
             "HTTP_AUTHORIZATION=%s\nHTTP_IF_NONE_MATCH=%s", auth, known);
    sm_site_ask(
        out, &site,
        &(struct sm_ask){.method = method, .path = path, .header = header});
}

/* The same is refused with HTTP as a problem, without a way elsewhere. */
static void refused(const char *auth, const char *path, const char *method,
                    int http)
{
    struct sm_answer answer;
    char text[64];

    api(&answer, auth, path, method, "");
    assert_int_equal(answer.http, http);
    sm_assert_header(&answer, "Content-Type", "application/problem+json");
    sm_assert_header(&answer, "Cache-Control", "no-store");
    assert_null(strstr(answer.head, "Location:"));
    assert_null(strstr(answer.head, "Set-Cookie:"));
    snprintf(text, sizeof(text), "\"status\":%d", http);
    if (strcmp(method, "HEAD") != 0)
        sm_assert_has(&answer, text);
    assert_true((strstr(answer.head, "WWW-Authenticate: Bearer") != NULL) ==
                (http == 401));
    sm_answer_free(&answer);
}

/* Make a token in the browser; the header that carries it into OUT. */
static void make_token(char out[64], const char *name)
{
    struct sm_answer answer;
    char fields[128];
    const char *at;

    look(&ana, "/en/settings/tokens", 200, "What it is for", NULL);
    snprintf(fields, sizeof(fields), "name=%s&until=31.12.2999", name);
    sm_browser_post(&answer, &ana, "/en/settings/tokens", fields);
    sm_assert_page(&answer, 422);
    sm_assert_has(&answer, "within a year");
    sm_answer_free(&answer);
    /* the day that the form offers */
    sm_browser_get(&answer, &ana, "/en/settings/tokens");
    at = strstr(answer.body, "name=\"until\" value=\"");
    assert_non_null(at);
    snprintf(fields, sizeof(fields), "name=%s&until=%.10s", name,
             at + strlen("name=\"until\" value=\""));
    sm_answer_free(&answer);
    sm_browser_post(&answer, &ana, "/en/settings/tokens", fields);
    sm_assert_page(&answer, 200);
    sm_assert_header(&answer, "Cache-Control", "no-store");
    at = strstr(answer.body, "smetka_");
    assert_non_null(at);
    snprintf(out, 64, "Bearer %.33s", at);
    sm_answer_free(&answer);
    /* the page again, as by its button: it makes none and shows none */
    sm_browser_get(&answer, &ana, "/en/settings/tokens");
    sm_answer_free(&answer);
    sm_browser_post(&answer, &ana, "/en/settings/tokens", fields);
    sm_assert_page(&answer, 422);
    sm_assert_has(&answer, "a token of this name");
    sm_assert_hasnt(&answer, "smetka_");
    sm_answer_free(&answer);
}

static void test_token(void **state)
{
    struct sm_answer answer;
    char auth[64], other[160], etag[64], cookie[128], fields[64];
    const char *at;

    (void)state;
    make_token(auth, "Home");
    look(&ana, "/en/settings/tokens", 200, "never", "smetka_");
    look(&bob, "/en/settings/tokens", 200, NULL, "Home");
    api(&answer, auth, "/api/v1/me", "GET", "");
    assert_int_equal(answer.http, 200);
    sm_assert_header(&answer, "Content-Type", "application/json");
    sm_assert_header(&answer, "Cache-Control", "private, no-cache");
    assert_null(strstr(answer.head, "Set-Cookie:"));
    sm_assert_has(&answer, "\"login\":\"ana@example.org\"");
    sm_assert_has(&answer, "\"open_minor\":15000");
    sm_assert_hasnt(&answer, "5200");
    sm_answer_header(&answer, "ETag", etag, sizeof(etag));
    sm_answer_free(&answer);
    api(&answer, auth, "/api/v1/me", "GET", etag);
    assert_int_equal(answer.http, 304);
    sm_answer_free(&answer);
    api(&answer, auth, "/api/v1/me", "HEAD", "");
    assert_int_equal(answer.http, 200);
    assert_int_equal(answer.len, 0);
    sm_answer_free(&answer);
    look(&ana, "/en/settings/tokens", 200, "Home", "never");
    /* nobody else, in no other way */
    refused("", "/api/v1/me", "GET", 401);
    refused("Bearer", "/api/v1/me", "GET", 401);
    refused("Basic YTpi", "/api/v1/me", "GET", 401);
    refused("Bearer smetka_aaaaaaaaaaaaaaaaaaaaaaaaaa", "/api/v1/me", "GET",
            401);
    snprintf(other, sizeof(other), "%s=", auth);
    refused(other, "/api/v1/me", "GET", 401);
    refused(auth, "/api/v1/me", "POST", 405);
    refused(auth, "/api/v1/me", "DELETE", 405);
    refused(auth, "/api/v1/nothing", "GET", 404);
    /* a session is no token, a token no session */
    snprintf(other, sizeof(other), "Bearer smetka_%s",
             strchr(ana.session, '=') + 1);
    refused(other, "/api/v1/me", "GET", 401);
    snprintf(cookie, sizeof(cookie), "__Host-smetka-in=%s",
             auth + strlen("Bearer smetka_"));
    sm_site_ask(&answer, &site,
                &(struct sm_ask){.path = "/en/home", .cookie = cookie});
    assert_int_equal(answer.http, 303);
    sm_answer_free(&answer);
    sm_site_ask(&answer, &site,
                &(struct sm_ask){.path = "/api/v1/me", .cookie = ana.session});
    assert_int_equal(answer.http, 401);
    sm_answer_free(&answer);
    sm_test_server_stop();
    refused(auth, "/api/v1/me", "GET", 503);
    sm_test_server_start();
    /* revoked */
    sm_browser_get(&answer, &ana, "/en/settings/tokens");
    at = strstr(answer.body, "name=\"token\" value=\"");
    assert_non_null(at);
    snprintf(fields, sizeof(fields), "token=%.26s",
             at + strlen("name=\"token\" value=\""));
    sm_answer_free(&answer);
    sm_browser_get(&answer, &bob, "/en/settings/tokens");
    sm_answer_free(&answer);
    sm_browser_post(&answer, &bob, "/en/settings/tokens", fields);
    assert_int_equal(answer.http, 303);
    sm_answer_free(&answer);
    api(&answer, auth, "/api/v1/me", "GET", "");
    assert_int_equal(answer.http, 200);
    sm_answer_free(&answer);
    sm_browser_post(&answer, &ana, "/en/settings/tokens", fields);
    sm_assert_header(&answer, "Location", "/en/settings/tokens?news=ended");
    sm_answer_free(&answer);
    refused(auth, "/api/v1/me", "GET", 401);
}

static void test_api_invoices(void **state)
{
    struct sm_answer answer;
    char auth[64], id[27], path[128], seen[64] = "";
    const char *at;

    (void)state;
    make_token(auth, "Books");
    snprintf(path, sizeof(path), "/api/v1/me/invoices?limit=2");
    for (int page = 0; *path; page++) {
        api(&answer, auth, path, "GET", "");
        assert_int_equal(answer.http, 200);
        assert_true(page < 3);
        for (at = answer.body; (at = strstr(at, "\"number\":\"A-")); at++)
            snprintf(seen + strlen(seen), sizeof(seen) - strlen(seen), "%.1s",
                     at + strlen("\"number\":\"A-"));
        at = strstr(answer.body, "\"next_cursor\":");
        assert_non_null(at);
        at += strlen("\"next_cursor\":");
        if (*at == '"')
            snprintf(path, sizeof(path),
                     "/api/v1/me/invoices?limit=2&cursor=%.26s", at + 1);
        else
            path[0] = '\0';
        sm_answer_free(&answer);
    }
    assert_string_equal(seen, "54321");
    refused(auth, "/api/v1/me/invoices?limit=0", "GET", 400);
    refused(auth, "/api/v1/me/invoices?limit=x", "GET", 400);
    refused(auth, "/api/v1/me/invoices?cursor=abc", "GET", 400);
    refused("", "/api/v1/me/invoices?cursor=abc", "GET", 401);
    sm_customer_bill(id, "B-1");
    snprintf(path, sizeof(path), "/api/v1/me/invoices?cursor=%s", id);
    api(&answer, auth, path, "GET", "");
    assert_string_equal(answer.body,
                        "{\"invoices\":[],\"next_cursor\":null}\n");
    sm_answer_free(&answer);
    /* too many in a minute: said with how long to wait */
    sm_test_sql("UPDATE ops.budget SET used = 60, ends_at = now() + "
                "interval '30 s' WHERE kind = 'token'");
    api(&answer, auth, "/api/v1/me/invoices", "GET", "");
    assert_int_equal(answer.http, 429);
    assert_non_null(strstr(answer.head, "Retry-After: "));
    sm_assert_header(&answer, "Content-Type", "application/problem+json");
    sm_answer_free(&answer);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_token),
        cmocka_unit_test(test_api_invoices),
    };

    return cmocka_run_group_tests(tests, start, stop);
}
