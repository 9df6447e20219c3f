/* needs: portal */
/* What a customer is told of their own account, takes along, and its
 * end. */
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
#include "readings.h"
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
    sm_readings_meter("DATA00001111", "EM-1", 1);
    sm_readings_meter("DATA00002222", "EM-2", 1);
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
    assert_non_null(strstr(text, "\"index_thousandths\":1000000"));
    assert_null(strstr(text, "bob@"));
    assert_null(strstr(text, "EM-2"));
    save_data(text, sizeof(text), &ana, "readings.csv");
    assert_non_null(strstr(text, ",1000.000,\"Street 1, flat EM-1\""));
    save_data(text, sizeof(text), &ana, "log.csv");
    assert_non_null(strstr(text, "\"never_heard_of\""));
    for (int i = 0; i < 6; i++)
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
        cmocka_unit_test(test_log),
        cmocka_unit_test(test_export),
        cmocka_unit_test(test_closing),
        cmocka_unit_test(test_confirmed),
    };

    return cmocka_run_group_tests(tests, start, stop);
}
