/* needs: portal pay jobs */
/* What happens without anybody's request: the sweep finds what a crash or a
 * lost message left behind, and the outbox reaches the mail server. */
#include "payer.h"

#include <fcntl.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "support/fixture.h"

enum { WAIT_MS = 15000, MAIL_MAX = 1 << 20 };

/* Part of what an order says at the processor: the same in each program. */
#define COMPANY "company.name_ro = Apă și Gaz\ncompany.name_en = Water & Gas\n"

static struct sm_payer payer;
static struct sm_site jobs;
static char folder[64];
static pid_t sink;

static pid_t spawn(const char *const *argv)
{
    pid_t child = fork();

    if (child == 0) {
        int null = open("/dev/null", O_WRONLY | O_CLOEXEC);

        dup2(null, STDOUT_FILENO);
        dup2(null, STDERR_FILENO);
        execv(argv[0], (char *const *)(uintptr_t)argv);
        _exit(127);
    }
    return child;
}

static void run(const char *const *argv)
{
    int status = 0;

    waitpid(spawn(argv), &status, 0);
    assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
}

static int free_port(void)
{
    struct sockaddr_in at = {.sin_family = AF_INET,
                             .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t len = sizeof(at);
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

    assert_int_equal(bind(fd, (struct sockaddr *)&at, sizeof(at)), 0);
    assert_int_equal(getsockname(fd, (struct sockaddr *)&at, &len), 0);
    close(fd);
    return ntohs(at.sin_port);
}

static void start_sink(int port)
{
    char cert[128], key[128], box[128], number[16];

    snprintf(cert, sizeof(cert), "%s/cert.pem", folder);
    snprintf(key, sizeof(key), "%s/key.pem", folder);
    snprintf(box, sizeof(box), "%s/box", folder);
    snprintf(number, sizeof(number), "%d", port);
    run((const char *const[]){"/usr/bin/openssl", "req", "-x509", "-newkey",
                              "ec", "-pkeyopt", "ec_paramgen_curve:P-256",
                              "-nodes", "-days", "30", "-subj", "/CN=localhost",
                              "-addext", "subjectAltName=IP:127.0.0.1",
                              "-keyout", key, "-out", cert, NULL});
    sink = spawn((const char *const[]){
        "/usr/bin/python3", SM_TEST_SUPPORT "/../../cgi/sandbox/smtp_sink.py",
        "--maildir", box, "--port", number, "--cert", cert, "--key", key,
        NULL});
}

static int start(void **state)
{
    char settings[2048];
    int port = free_port();
    size_t len;

    (void)state;
    snprintf(folder, sizeof(folder), "/tmp/smetka-jobs.XXXXXX");
    assert_non_null(mkdtemp(folder));
    start_sink(port);
    sm_payer_open(&payer, COMPANY);
    sm_payer_settings(&payer, settings, sizeof(settings));
    len = strlen(settings);
    snprintf(
        settings + len, sizeof(settings) - len,
        "sweep.first_s = 1\nsmtp.total_ms = 600000\n" /* the most it may be */
        "smtp.url = smtp://127.0.0.1:%d\n"
        "smtp.ca_file = %s/cert.pem\nsmtp.from = bills@example.com\n" COMPANY,
        port, folder);
    sm_site_start(&jobs, "jobs", settings, NULL);
    return 0;
}

static int stop(void **state)
{
    (void)state;
    assert_int_equal(sm_site_stop(&jobs), 0);
    sm_payer_close(&payer);
    kill(sink, SIGTERM);
    waitpid(sink, NULL, 0);
    run((const char *const[]){"/bin/rm", "-rf", folder, NULL});
    return 0;
}

/* Wait until SQL gives VALUE. */
static void await_sql(const char *sql, const char *value)
{
    int64_t until = sm_test_ms() + WAIT_MS;
    char got[256];

    do {
        sm_payer_sql(got, sizeof(got), sql);
        if (strcmp(got, value) == 0)
            return;
        sm_test_sleep_ms(100);
    } while (sm_test_ms() < until);
    fail_msg("%s: \"%s\", not \"%s\"", sql, got, value);
}

/* All mail so far, decoded by another implementation; to be freed. */
static char *read_mail(void)
{
    char box[128], file[128], *text = calloc(1, MAIL_MAX);
    FILE *in;

    assert_non_null(text);
    snprintf(box, sizeof(box), "%s/box", folder);
    snprintf(file, sizeof(file), "%s/mail.txt", folder);
    run((const char *const[]){
        "/usr/bin/python3", SM_TEST_SUPPORT "/mail_read.py", box, file, NULL});
    in = fopen(file, "re");
    assert_non_null(in);
    (void)!fread(text, 1, MAIL_MAX - 1, in);
    fclose(in);
    return text;
}

static void has(const char *text, const char *part)
{
    if (strstr(text, part) == NULL)
        fail_msg("no \"%s\" in\n%s", part, text);
}

static void pay_newest(void)
{
    char what[64];

    snprintf(what, sizeof(what), "pay?id=cs_test_%d",
             sm_payer_sessions(&payer));
    free(sm_payer_tell(&payer, what));
}

/* No notification ever comes and the browser is closed. */
static void test_sweep_learns_of_the_money(void **state)
{
    (void)state;
    sm_payer_bill(&payer, "JOBS11110001", 12345);
    sm_payer_go(&payer, "jobs-key-0001", 12345);
    pay_newest();
    await_sql("SELECT state FROM pay.attempt "
              "WHERE once_key = 'jobs-key-0001'",
              "settled");
    sm_payer_expect(&payer, "settled");
}

static void test_receipt_mail(void **state)
{
    char *text;

    (void)state;
    await_sql("SELECT state FROM notify.outbox WHERE dedupe_key LIKE "
              "'receipt:%' ORDER BY id LIMIT 1",
              "sent");
    text = read_mail();
    has(text, "From: Water & Gas <bills@example.com>");
    has(text, "To: ana@example.org");
    has(text, "Subject: Your payment was received");
    has(text, "Auto-Submitted: auto-generated");
    has(text, "Content-Type: multipart/alternative");
    has(text, "Message-ID: <outbox-");
    has(text, "--- plain\nYour payment was received");
    has(text, "- Invoice JOBS11110001: ");
    has(text, SM_SITE_ORIGIN "/en/pay/receipt/");
    has(text, "Water & Gas");
    has(text, "Water &amp; Gas"); /* the HTML part is escaped */
    has(text, "</html>");
    has(text, "--- lines kept");
    assert_null(strstr(text, "--- lines encoded"));
    free(text);
}

/* The worker dies between asking and hearing. */
static void test_killed_worker(void **state)
{
    struct sm_browser browser;
    struct sm_answer answer;
    char settings[2048];
    size_t len;
    pid_t child;

    (void)state;
    sm_payer_bill(&payer, "JOBS11110002", 5500);
    browser = payer.browser;
    free(sm_payer_tell(&payer, "mode?create=slow"));
    child = fork();
    if (child == 0) {
        sm_payer_start(&answer, &payer, "jobs-key-0002", 5500);
        _exit(0);
    }
    sm_test_sleep_ms(400);
    kill(payer.pay.pid, SIGKILL);
    waitpid(payer.pay.pid, NULL, 0);
    kill(child, SIGKILL);
    waitpid(child, NULL, 0);
    free(sm_payer_tell(&payer, "mode?create=ok"));
    await_sql("SELECT state FROM pay.attempt "
              "WHERE once_key = 'jobs-key-0002'",
              "open");
    run((const char *const[]){"/bin/rm", "-rf", payer.pay.dir, NULL});
    sm_payer_settings(&payer, settings, sizeof(settings));
    len = strlen(settings);
    snprintf(settings + len, sizeof(settings) - len, COMPANY);
    sm_site_start(&payer.pay, "pay", settings,
                  (const char *const[]){"--instance", "pay", NULL});
    payer.browser = browser;
    sm_payer_go(&payer, "jobs-key-0002", 5500);
    pay_newest();
    await_sql("SELECT state FROM pay.attempt "
              "WHERE once_key = 'jobs-key-0002'",
              "settled");
    await_sql("SELECT count(*) FROM pay.settlement AS s JOIN pay.attempt AS a "
              "ON a.id = s.payment_id WHERE a.once_key = 'jobs-key-0002'",
              "1");
    /* the sweep repeated the call byte for byte */
    assert_int_equal(sm_payer_clashes(&payer), 0);
}

static void test_unreachable_then_expired(void **state)
{
    (void)state;
    sm_payer_bill(&payer, "JOBS11110003", 5600);
    sm_payer_go(&payer, "jobs-key-0003", 5600);
    free(sm_payer_tell(&payer, "mode?query=down"));
    await_sql("SELECT unreachable_since IS NOT NULL FROM pay.attempt "
              "WHERE once_key = 'jobs-key-0003'",
              "true");
    sm_payer_expire(&payer, "jobs-key-0003");
    free(sm_payer_tell(&payer, "mode?query=ok"));
    await_sql("SELECT state || ' ' || reason FROM pay.attempt "
              "WHERE once_key = 'jobs-key-0003'",
              "closed expired");
    /* who was told to wait is told the end */
    await_sql("SELECT state FROM notify.outbox WHERE template = 'not_paid'",
              "sent");
}

/* A meter of the payer's first account, with a day and a night register, that
 * may be read at any time. */
static const char meter_sql[] =
    "INSERT INTO meter.route (code, first_day, last_day, read_method) "
    "VALUES ('J', 1, 31, 'self');"
    "UPDATE customer.account SET client_code_hash = sha256('client') "
    "WHERE id = (SELECT min(id) FROM customer.account);"
    "INSERT INTO customer.contract (account_id, number, utility) "
    "SELECT min(id), 'J-1', 'electricity' FROM customer.account;"
    "INSERT INTO customer.supply_point (contract_id, code) "
    "SELECT id, 'J-P' FROM customer.contract WHERE number = 'J-1';"
    "INSERT INTO meter.place SELECT p.id, r.id FROM meter.route AS r, "
    "customer.supply_point AS p WHERE p.code = 'J-P' AND r.code = 'J';"
    "INSERT INTO meter.meter (supply_point_id, kind, serial) "
    "SELECT id, 'electricity', 'J 1' FROM customer.supply_point "
    "WHERE code = 'J-P';"
    "INSERT INTO meter.register (meter_id, no, kind, unit, digits, decimals) "
    "SELECT m.id, v.no, v.kind, 'KWH', 5, 1 FROM meter.meter AS m, "
    "(VALUES (1, 'day'), (2, 'night')) AS v (no, kind) "
    "WHERE m.serial = 'J 1';"
    "SELECT meter.guest_submit(sha256('client'), 'j1', '{1234500, 500000}', "
    "ops.day(now()), sha256('a'), sha256('b'), sha256('guest'), '{}', now())";

/* What a guest sent is looked at; who sent something gets a mail. */
static void test_readings(void **state)
{
    char *text;

    (void)state;
    sm_test_sql(meter_sql);
    await_sql("SELECT outcome FROM meter.inbox", "stored");
    await_sql("SELECT string_agg(state::text, ' ') FROM meter.reading",
              "accepted accepted");
    sm_test_sql("SELECT meter.submit(ARRAY[min(a.id)], (SELECT public_id FROM "
                "meter.meter WHERE serial = 'J 1'), '{1234600, 500100}', "
                "ops.day(now()), 'self_read', 0, sha256('form'), "
                "'meter@example.org', 'ro', now()) FROM customer.account AS a");
    await_sql("SELECT state FROM notify.outbox "
              "WHERE template = 'reading_received'",
              "sent");
    text = read_mail();
    has(text, "Subject: Indexul dumneavoastră a fost primit");
    has(text, "Zi: 1234,6 kWh");
    has(text, "Noapte: 500,1 kWh");
    has(text, "Factura următoare");
    assert_null(strstr(text, "Are ceva neobișnuit"));
    free(text);
}

static void queue(const char *to, const char *lang, const char *key)
{
    char sql[512];

    snprintf(sql, sizeof(sql),
             "INSERT INTO notify.outbox (dedupe_key, channel, recipient, "
             "template, language, args, next_try_at, created_at) SELECT '%s', "
             "'mail', '%s', 'receipt', '%s', args, now(), now() "
             "FROM notify.outbox WHERE template = 'receipt' "
             "ORDER BY id LIMIT 1",
             key, to, lang);
    sm_test_sql(sql);
}

static void test_outcomes(void **state)
{
    char *text;

    (void)state;
    queue("bounce@example.org", "en", "t:bounce");
    queue("later@example.org", "en", "t:later");
    queue("x@example.org\r\nBcc: y@example.org", "en", "t:evil");
    queue("ro@example.org", "ro", "t:ro");
    queue("bg@example.org", "bg", "t:bg");
    await_sql("SELECT state FROM notify.outbox WHERE dedupe_key = 't:bounce'",
              "failed");
    await_sql("SELECT state FROM notify.outbox WHERE dedupe_key = 't:evil'",
              "failed");
    await_sql("SELECT state || attempts FROM notify.outbox "
              "WHERE dedupe_key = 't:later'",
              "queued1");
    await_sql("SELECT count(*) FROM notify.outbox WHERE dedupe_key IN "
              "('t:ro', 't:bg') AND state = 'sent'",
              "2");
    text = read_mail();
    has(text, "Subject: Plata dumneavoastră a fost primită");
    has(text, "From: Apă și Gaz <bills@example.com>");
    has(text, "Subject: Вашето плащане е получено");
    has(text, "Numărul dovezii de plată: R");
    has(text, "Content-Language: bg");
    assert_null(strstr(text, "y@example.org"));
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_sweep_learns_of_the_money),
        cmocka_unit_test(test_receipt_mail),
        cmocka_unit_test(test_killed_worker),
        cmocka_unit_test(test_unreachable_then_expired),
        cmocka_unit_test(test_readings),
        cmocka_unit_test(test_outcomes),
    };

    return cmocka_run_group_tests(tests, start, stop);
}
