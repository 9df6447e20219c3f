#include "payer.h"

#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/text.h"
#include "bills.h"
#include "net/http.h"
#include "support/fixture.h"

enum { TELL_MAX = 65536 };

static void start_fake(struct sm_payer *payer, const char *fake)
{
    int in[2], out[2];
    char line[32] = "", path[512];

    snprintf(path, sizeof(path), "%s/%s", SM_TEST_SUPPORT, fake);
    assert_int_equal(pipe2(in, O_CLOEXEC), 0);
    assert_int_equal(pipe2(out, O_CLOEXEC), 0);
    payer->fake = fork();
    if (payer->fake == 0) {
        dup2(in[0], STDIN_FILENO);
        dup2(out[1], STDOUT_FILENO);
        execl("/usr/bin/env", "env", "python3", path, (char *)NULL);
        _exit(127);
    }
    close(in[0]);
    close(out[1]);
    payer->fake_in = in[1];
    for (size_t len = 0; strchr(line, '\n') == NULL; len++)
        assert_int_equal(read(out[0], line + len, 1), 1);
    close(out[0]);
    payer->port = (int)strtol(line, NULL, 10);
}

void sm_payer_fake(struct sm_payer *payer)
{
    start_fake(payer, "fake_stripe.py");
}

void sm_payer_borica(const struct sm_payer *with, char *out, size_t size)
{
    snprintf(out, size,
             "processor = borica\nborica.terminal = V1800001\n"
             "borica.merchant = 1600000001\nborica.currencies = RON\n"
             "borica.base_url = http://127.0.0.1:%d/cgi-bin/cgi_link\n"
             "borica.form_origins = http://127.0.0.1:%d\n"
             "borica.private_key_file = /tmp/smetka-borica-%d/terminal\n"
             "borica.gateway_keys = /tmp/smetka-borica-%d/gateway.pub\n"
             "processor.total_ms = 3000\nworker.threads = 8\n",
             with->port, with->port, with->port, with->port);
}

void sm_payer_settings(const struct sm_payer *payer, char *out, size_t size)
{
    snprintf(out, size,
             "stripe.base_url = http://127.0.0.1:%d\n"
             "stripe.secret_key = sk_test_1\n"
             "stripe.webhook_secret = whsec_test_secret\n"
             "processor.total_ms = 1000\nworker.threads = 8\n",
             payer->port);
}

/* Programs connect in their own roles, so that a missing right shows; to the
 * database that the test named before, if it did. */
static void use_roles(void)
{
    char conninfo[256];

    snprintf(conninfo, sizeof(conninfo), "%s", sm_test_database());
    conninfo[strcspn(conninfo, "\n")] = '\0';
    assert_non_null(strstr(conninfo, " user="));
    *strstr(conninfo, " user=") = '\0';
    setenv("SMETKA_DATABASE", conninfo, 0);
}

static void open_programs(struct sm_payer *out, const char *settings)
{
    sm_site_start(&out->portal, "portal", "limit.lookups_per_address = 1000\n",
                  NULL);
    sm_site_start(&out->pay, "pay", settings,
                  (const char *const[]){"--instance", "pay", NULL});
    sm_site_start(&out->notify, "pay", settings,
                  (const char *const[]){"--instance", "notify", NULL});
    snprintf(out->notify.socket, sizeof(out->notify.socket), "%s/notify.sock",
             out->notify.dir);
}

static void open_world(struct sm_payer *out, const char *fake,
                       const char *currency)
{
    memset(out, 0, sizeof(*out));
    out->currency = currency;
    assert_int_equal(sm_http_global_init(NULL), 0);
    sm_bills_schema();
    use_roles();
    start_fake(out, fake);
}

void sm_payer_open(struct sm_payer *out, const char *extra)
{
    char settings[2048];
    size_t len;

    open_world(out, "fake_stripe.py", "RON");
    sm_payer_settings(out, settings, sizeof(settings));
    len = strlen(settings);
    snprintf(settings + len, sizeof(settings) - len, "%s", extra);
    open_programs(out, settings);
}

void sm_payer_open_as(struct sm_payer *out, const char *fake,
                      const char *currency,
                      void (*settings)(const struct sm_payer *payer, char *out,
                                       size_t size))
{
    char text[2048];

    open_world(out, fake, currency);
    settings(out, text, sizeof(text));
    open_programs(out, text);
}

void sm_payer_close(struct sm_payer *payer)
{
    assert_int_equal(sm_site_stop(&payer->notify), 0);
    assert_int_equal(sm_site_stop(&payer->pay), 0);
    assert_int_equal(sm_site_stop(&payer->portal), 0);
    close(payer->fake_in);
    waitpid(payer->fake, NULL, 0);
    sm_http_global_cleanup();
}

void sm_payer_bill(struct sm_payer *payer, const char *code, int64_t minor)
{
    char body[256], to[256];
    struct sm_answer answer;

    sm_bills_account(code);
    sm_bills_invoice(code, code, minor, payer->currency, 10);
    memset(&payer->browser, 0, sizeof(payer->browser));
    payer->browser.site = &payer->portal;
    sm_browser_get(&answer, &payer->browser, "/en/pay");
    sm_answer_free(&answer);
    snprintf(body, sizeof(body), "payment_code=%s&email=ana%%40example.org",
             code);
    sm_browser_post(&answer, &payer->browser, "/en/pay", body);
    assert_int_equal(answer.http, 303);
    sm_answer_header(&answer, "Location", to, sizeof(to));
    snprintf(payer->handle, sizeof(payer->handle), "%.26s", to + 8);
    sm_answer_free(&answer);
    payer->browser.site = &payer->pay;
}

void sm_payer_start(struct sm_answer *out, struct sm_payer *payer,
                    const char *key, int64_t minor)
{
    char path[128], body[256];

    snprintf(path, sizeof(path), "/en/pay/%s/start", payer->handle);
    snprintf(body, sizeof(body),
             "choice=total&amount=&currency=%s&shown_minor=%" PRId64
             "&once_key=%s",
             payer->currency, minor, key);
    sm_browser_post(out, &payer->browser, path, body);
}

void sm_payer_begin(struct sm_answer *out, struct sm_payer *payer,
                    const char *key, int64_t minor)
{
    char id[64], sql[256];
    uint8_t bytes[SM_ID_BYTES];

    sm_payer_start(out, payer, key, minor);
    snprintf(sql, sizeof(sql),
             "SELECT replace(id::text, '-', '') FROM pay.attempt "
             "WHERE once_key = '%s'",
             key);
    sm_payer_sql(id, sizeof(id), sql);
    assert_int_equal(sm_unhex(bytes, sizeof(bytes), id), 0);
    sm_id_format(payer->payment, bytes);
}

void sm_payer_go(struct sm_payer *payer, const char *key, int64_t minor)
{
    struct sm_answer answer;
    char to[512];

    sm_payer_begin(&answer, payer, key, minor);
    assert_int_equal(answer.http, 303);
    sm_answer_header(&answer, "Location", to, sizeof(to));
    assert_int_equal(strncmp(to, "https://checkout.example.com/", 29), 0);
    sm_answer_free(&answer);
}

char *sm_payer_send(const struct sm_payer *payer, const char *what,
                    const char *body)
{
    struct sm_http_reply reply;
    struct sm_error err;
    char url[512], *copy;

    snprintf(url, sizeof(url), "http://127.0.0.1:%d/control/%s", payer->port,
             what);
    if (sm_http_send(&reply,
                     &(struct sm_http_request){.method = "POST",
                                               .url = url,
                                               .body = body,
                                               .body_len = strlen(body),
                                               .connect_ms = 2000,
                                               .total_ms = 5000,
                                               .reply_max = TELL_MAX},
                     &err) != SM_OK)
        fail_msg("processor: %s", err.message);
    assert_int_equal(reply.code, 200);
    copy = strdup(reply.body.data);
    assert_non_null(copy);
    sm_http_reply_release(&reply);
    return copy;
}

char *sm_payer_tell(const struct sm_payer *payer, const char *what)
{
    return sm_payer_send(payer, what, "");
}

static int ask_number(const struct sm_payer *payer, const char *what)
{
    char *text = sm_payer_tell(payer, what);
    int number = (int)strtol(text, NULL, 10);

    free(text);
    return number;
}

int sm_payer_sessions(const struct sm_payer *payer)
{
    return ask_number(payer, "count");
}

int sm_payer_clashes(const struct sm_payer *payer)
{
    return ask_number(payer, "clashes");
}

void sm_payer_event(struct sm_answer *out, struct sm_payer *payer,
                    const char *key, const char *type, int n, bool forge)
{
    char what[256], header[512], *text, *body, *sum;

    snprintf(what, sizeof(what), "event?key=%s&type=%s&id=cs_test_%d", key,
             type, n);
    text = sm_payer_tell(payer, what);
    body = strchr(text, '\n');
    assert_non_null(body);
    *body++ = '\0';
    if (forge) { /* still JSON: only the signature can tell */
        sum = strstr(body, "\"amount_total\": ");
        assert_non_null(sum);
        sum[16] = sum[16] == '9' ? '8' : '9';
    }
    snprintf(header, sizeof(header), "HTTP_STRIPE_SIGNATURE=%s", text);
    sm_site_ask(out, &payer->notify,
                &(struct sm_ask){.method = "POST",
                                 .path = "/gw/notify/stripe",
                                 .type = "application/json",
                                 .body = body,
                                 .header = header});
    free(text);
}

void sm_payer_expire(const struct sm_payer *payer, const char *key)
{
    char text[256];

    snprintf(text, sizeof(text),
             "UPDATE pay.attempt SET expires_at = now() WHERE once_key = '%s'",
             key);
    sm_test_sql(text);
    snprintf(text, sizeof(text), "expire?id=cs_test_%d",
             sm_payer_sessions(payer));
    free(sm_payer_tell(payer, text));
}

void sm_payer_expect(struct sm_payer *payer, const char *state)
{
    char path[128], mark[64];
    struct sm_answer answer;

    snprintf(path, sizeof(path), "/en/pay/status/%s", payer->payment);
    snprintf(mark, sizeof(mark), "data-payment-state=\"%s\"", state);
    sm_browser_get(&answer, &payer->browser, path);
    sm_assert_page(&answer, 200);
    sm_assert_has(&answer, mark);
    sm_answer_free(&answer);
}

void sm_payer_sql(char *out, size_t size, const char *sql)
{
    static const enum sm_type types[] = {SM_TYPE_TEXT};
    static const char *const names[] = {"value"};
    char text[512];
    const struct sm_stmt stmt = {.name = "payer_sql",
                                 .sql = text,
                                 .columns = types,
                                 .column_names = names,
                                 .ncolumns = 1,
                                 .max_rows = -1};
    struct sm_arena *arena = sm_arena_new(1 << 20);
    struct sm_db_pool *pool = sm_test_pool(1);
    struct sm_db *db = sm_test_get(pool);
    struct sm_rows *rows = NULL;
    struct sm_error err;

    snprintf(text, sizeof(text), "SELECT (%s)::text AS value", sql);
    if (sm_db_query(&rows, db, arena, &stmt, NULL, &err) != SM_OK)
        fail_msg("%s: %s", sql, err.message);
    snprintf(out, size, "%s",
             sm_rows_count(rows) > 0 ? sm_row_text(rows, 0, 0) : "");
    sm_db_put(db);
    sm_db_pool_free(pool);
    sm_arena_free(arena);
}

void sm_payer_expect_sql(const char *sql, const char *value)
{
    char got[256];

    sm_payer_sql(got, sizeof(got), sql);
    assert_string_equal(got, value);
}
