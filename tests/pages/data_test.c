/* needs: portal */
/* What a customer is told of their own account, takes along, reads with a
 * program, and its end. */
#include "bills.h"
#include "customer.h"
#include "harness.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/text.h"
#include "crypto/crypto.h"
#include "domain/mail_token.h"
#include "payer.h"
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

static void note(const char *who, const char *kind, const char *detail)
{
    char sql[512];

    snprintf(sql, sizeof(sql),
             "SELECT auth.note(id, '%s', '%s', now()) FROM auth.login WHERE "
             "email = '%s'",
             kind, detail, who);
    sm_test_sql(sql);
}

/* Field NO of the line that begins at LINE; no quotes within. */
static void field(char *out, size_t size, const char *line, int no)
{
    bool quoted = *line == '"';
    size_t len = strcspn(line + quoted, quoted ? "\"" : ",\r");

    if (no > 0) {
        field(out, size, line + len + 2 * quoted + 1, no - 1);
        return;
    }
    assert_true(len < size);
    memcpy(out, line + quoted, len);
    out[len] = '\0';
}

/* Follow the chain of the file as the page says; how many entries. */
static int follow(char *body)
{
    char *lines[64], text[512], hash[80], made[65];
    uint8_t data[32 + 512], before[32];
    int count = 0;
    size_t len = 0;

    for (char *line = strtok_r(body, "\n", &body); line && count < 64;
         line = strtok_r(NULL, "\n", &body))
        lines[count++] = line;
    for (int i = count - 1; i > 0; i--) {
        field(text, sizeof(text), lines[i], 5);
        field(hash, sizeof(hash), lines[i], 6);
        memcpy(data, before, len);
        memcpy(data + len, text, strlen(text));
        sm_sha256(before, data, len + strlen(text));
        len = sizeof(before);
        sm_hex(made, before, sizeof(before));
        assert_string_equal(made, hash);
    }
    return count - 1;
}

static void test_log(void **state)
{
    struct sm_answer answer;

    (void)state;
    look(&ana, "/en/settings/log", 200, "Nothing more was noted", NULL);
    note("ana@example.org", "logged_in", "Firefox, Linux");
    note("ana@example.org", "data_approved", "business_data");
    note("ana@example.org", "email_asked", "=1+1@example.org");
    note("ana@example.org", "never_heard_of", "<b>");
    note("bob@example.org", "logged_in", "Opera");
    look(&ana, "/en/settings/log", 200, "Firefox, Linux", "Opera");
    look(&ana, "/en/settings/log", 200, "Something else (never_heard_of)",
         "business_data");
    look(&ana, "/en/settings/log", 200, "&lt;b&gt;", "Older");
    look(&ana, "/ro/settings/log", 200, "Autentificare", "Logged in");
    look(&ana, "/bg/settings/log", 200, "Влизане", "Logged in");
    look(&ana, "/en/settings/log?before=2", 200, "Firefox", "=1+1");
    look(&ana, "/en/settings/log?before=x", 200, "=1+1", NULL);
    sm_browser_get(&answer, &ana, "/en/settings/log/csv");
    assert_int_equal(answer.http, 200);
    sm_assert_header(&answer, "Content-Type", "text/csv; charset=utf-8");
    sm_assert_header(&answer, "Cache-Control", "no-store");
    sm_assert_has(&answer, "\"'=1+1@example.org\"");
    sm_assert_hasnt(&answer, "Opera");
    assert_int_equal(follow(answer.body), 4);
    sm_answer_free(&answer);
    for (int i = 0; i < 51; i++)
        note("ana@example.org", "logged_out", "");
    look(&ana, "/en/settings/log", 200, "?before=6\"", "Newest");
    look(&ana, "/en/settings/log?before=6", 200, "Newest", "Older");
    sm_test_server_stop();
    look(&ana, "/en/settings/log", 503, NULL, NULL);
    sm_browser_get(&answer, &ana, "/en/settings/log/csv");
    assert_int_equal(answer.http, 503);
    sm_answer_free(&answer);
    sm_test_server_start();
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

/* Save the data of BROWSER and unpack MEMBER of them into OUT. */
static void save_data(char *out, size_t size, struct sm_browser *browser,
                      const char *member)
{
    char name[] = "/tmp/smetka-data.XXXXXX", command[256];
    struct sm_answer answer;
    size_t len;
    FILE *pipe;
    int fd;

    look(browser, "/en/settings/data", 200, "Save my data", NULL);
    sm_browser_post(&answer, browser, "/en/settings/data", "do=export");
    assert_int_equal(answer.http, 200);
    sm_assert_header(&answer, "Content-Type", "application/zip");
    sm_assert_header(&answer, "Cache-Control", "no-store");
    assert_memory_equal(answer.body, "PK", 2);
    fd = mkstemp(name);
    assert_true(fd >= 0);
    assert_int_equal(write(fd, answer.body, answer.len), answer.len);
    close(fd);
    sm_answer_free(&answer);
    snprintf(command, sizeof(command),
             "python3 -c 'import sys,zipfile;sys.stdout.buffer.write("
             "zipfile.ZipFile(sys.argv[1]).read(sys.argv[2]))' %s %s",
             name, member);
    pipe = popen(command, "r"); /* lint-ok: banned-call a reader of others */
    assert_non_null(pipe);
    len = fread(out, 1, size - 1, pipe);
    out[len] = '\0';
    assert_int_equal(pclose(pipe), 0);
    unlink(name);
}

static void test_export(void **state)
{
    static char text[1 << 16];
    struct sm_answer answer;

    (void)state;
    look(&ana, "/en/settings/data", 200, "10 years after", "closes on");
    save_data(text, sizeof(text), &ana, "invoices.csv");
    assert_non_null(strstr(text, "\"A-5\",\"invoice\""));
    assert_null(strstr(text, "B-1"));
    save_data(text, sizeof(text), &ana, "data.json");
    assert_non_null(strstr(text, "\"login\":\"ana@example.org\""));
    assert_non_null(strstr(text, "\"number\":\"A-1\""));
    assert_non_null(strstr(text, "\"kind\":\"exported\""));
    assert_null(strstr(text, "bob@"));
    save_data(text, sizeof(text), &ana, "log.csv");
    assert_true(strstr(text, "\"token_made\"") != NULL);
    for (int i = 0; i < 7; i++)
        save_data(text, sizeof(text), &ana, "profile.csv");
    sm_browser_get(&answer, &ana, "/en/settings/data");
    sm_answer_free(&answer);
    sm_browser_post(&answer, &ana, "/en/settings/data", "do=export");
    sm_assert_page(&answer, 422);
    sm_assert_has(&answer, "ten times today");
    sm_answer_free(&answer);
    sm_test_server_stop();
    sm_browser_post(&answer, &ana, "/en/settings/data", "do=export");
    sm_assert_page(&answer, 503);
    sm_answer_free(&answer);
    sm_test_server_start();
    /* a log of 30,000 lines is more than is packed */
    sm_test_sql("INSERT INTO auth.event (login_id, seq, at, kind, detail, "
                "hash) SELECT l.id, l.event_seq + g, now(), 'logged_in', "
                "repeat('x', 100), sha256('') FROM auth.login AS l, "
                "generate_series(1, 30000) AS g WHERE email = "
                "'bob@example.org'; UPDATE auth.login SET event_seq = "
                "event_seq + 30000 WHERE email = 'bob@example.org'");
    sm_browser_get(&answer, &bob, "/en/settings/data");
    sm_answer_free(&answer);
    sm_browser_post(&answer, &bob, "/en/settings/data", "do=export");
    sm_assert_page(&answer, 422);
    sm_assert_has(&answer, "more data than this page");
    sm_answer_free(&answer);
}

static void post(struct sm_browser *browser, const char *path,
                 const char *fields, const char *to)
{
    struct sm_answer answer;

    sm_browser_get(&answer, browser, path);
    assert_int_equal(answer.http, 200);
    sm_answer_free(&answer);
    sm_browser_post(&answer, browser, path, fields);
    sm_assert_header(&answer, "Location", to);
    sm_answer_free(&answer);
}

/* The path of the newest mailed link that keeps an account. */
static void closing_link(char out[128])
{
    uint8_t number[SM_MAIL_TOKEN_BYTES];
    char hex[80], text[65], token[SM_MAIL_TOKEN_TEXT];
    struct sm_key_bytes key;

    sm_payer_sql(hex, sizeof(hex),
                 "SELECT args->>'token_hash' FROM notify.outbox WHERE "
                 "template = 'closing' ORDER BY id DESC LIMIT 1");
    assert_int_equal(sm_unhex(number, sizeof(number), hex), SM_OK);
    snprintf(text, sizeof(text), "%064d", 3);
    assert_int_equal(sm_key_parse(&key, text), SM_OK);
    sm_mail_token_make(token, &key, "closing", number);
    snprintf(out, 128, "/en/closing/%s", token);
}

static void test_closing(void **state)
{
    struct sm_browser other = {.site = &site};
    struct sm_answer answer;
    char path[128];

    (void)state;
    sm_browser_get(&answer, &ana, "/en/settings/data");
    sm_answer_free(&answer);
    sm_browser_post(&answer, &ana, "/en/settings/data", "do=close");
    sm_assert_page(&answer, 422);
    sm_assert_has(&answer, "Tick the box");
    sm_answer_free(&answer);
    post(&ana, "/en/settings/data", "do=close&sure=1",
         "/en/settings/data?news=closing");
    look(&ana, "/en/settings/data", 200, "Your account closes on",
         "Close in 14 days");
    look(&ana, "/en/home", 200, "Your account closes on", NULL);
    post(&ana, "/en/settings/data", "do=keep", "/en/settings/data?news=kept");
    look(&ana, "/en/home", 200, NULL, "Your account closes on");
    post(&ana, "/en/settings/data", "do=close&sure=1",
         "/en/settings/data?news=closing");
    closing_link(path);
    look(&other, path, 200, "ana@example.org", NULL);
    sm_browser_post(&answer, &other, path, "");
    sm_assert_page(&answer, 200);
    sm_assert_has(&answer, "The account stays");
    sm_answer_free(&answer);
    look(&other, path, 404, NULL, "ana@");
    post(&ana, "/en/settings/data", "do=close&sure=1",
         "/en/settings/data?news=closing");
    sm_test_sql("SELECT auth.close_due(10, now() + interval '14 days')");
    sm_browser_get(&answer, &ana, "/en/home");
    sm_assert_header(&answer, "Location", "/en/login?next=%2Fhome");
    sm_answer_free(&answer);
    closing_link(path);
    look(&other, path, 404, NULL, NULL);
    look(&bob, "/en/home", 200, "52.00", "Your account closes on");
}

/* All of it is asked for again when the password was typed too long ago. */
static void test_confirmed(void **state)
{
    static const char *const paths[] = {"data", "tokens"};
    struct sm_answer answer;
    char path[64], to[96];

    (void)state;
    sm_test_sql("UPDATE auth.session SET confirmed_at = now() - "
                "interval '16 minutes'");
    for (size_t i = 0; i < 2; i++) {
        snprintf(path, sizeof(path), "/en/settings/%s", paths[i]);
        snprintf(to, sizeof(to), "/en/confirm?next=%%2Fsettings%%2F%s",
                 paths[i]);
        sm_browser_get(&answer, &bob, path);
        sm_assert_header(&answer, "Location", to);
        sm_answer_free(&answer);
    }
    look(&bob, "/en/settings/log?before=3", 200, "Opera", NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_log),          cmocka_unit_test(test_token),
        cmocka_unit_test(test_api_invoices), cmocka_unit_test(test_export),
        cmocka_unit_test(test_closing),      cmocka_unit_test(test_confirmed),
    };

    return cmocka_run_group_tests(tests, start, stop);
}
