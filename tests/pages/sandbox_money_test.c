/* needs: sandbox */
/* Refunds, disputes and payouts from end to end: the adapter against the
 * sandbox, which share no code.  A thread of this test stands for nginx between
 * them, and for the merchant's address that messages go to. */
#include "harness.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <inttypes.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/clock.h"
#include "config/settings.h"
#include "net/http.h"
#include "pay/processor.h"

enum { BUDGET_MS = 8000, REQUEST_MAX = 65536, MESSAGES_MAX = 64 };
#define HOUR_US (INT64_C(3600) * 1000000)

/* What the merchant's address received. */
struct message {
    char signature[512];
    char *body;
};

static struct sm_site sandbox;
static char box[64], settings_text[1024];
static struct sm_settings *settings;
static struct sm_processor *processor;
static struct sm_arena *arena;
static int listener, port;
static pthread_t bridge;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static struct message messages[MESSAGES_MAX];
static size_t message_count, message_read;

/* The value of header NAME in the HEAD of a request; "" if absent. */
static void header_of(char *out, size_t size, const char *head,
                      const char *name)
{
    size_t len = strlen(name);

    out[0] = '\0';
    for (const char *at = strstr(head, "\r\n"); at != NULL;
         at = strstr(at, "\r\n")) {
        at += 2;
        if (strncasecmp(at, name, len) == 0 && at[len] == ':')
            snprintf(out, size, "%.*s", (int)strcspn(at + len + 2, "\r\n"),
                     at + len + 2);
    }
}

/* Read one request whole; its body, or NULL if there is none. */
static char *read_request(int fd, char *text)
{
    size_t len = 0, want;
    char number[16], *body = NULL;
    ssize_t got;

    while (body == NULL) {
        got = read(fd, text + len, REQUEST_MAX - 1 - len);
        if (got <= 0)
            return NULL;
        len += (size_t)got;
        text[len] = '\0';
        body = strstr(text, "\r\n\r\n");
    }
    *body = '\0';
    body += 4;
    header_of(number, sizeof(number), text, "Content-Length");
    want = (size_t)strtoul(number, NULL, 10);
    while ((size_t)(text + len - body) < want) {
        got = read(fd, text + len, REQUEST_MAX - 1 - len);
        if (got <= 0)
            return NULL;
        len += (size_t)got;
        text[len] = '\0';
    }
    return body;
}

static void keep_message(const char *head, const char *body)
{
    pthread_mutex_lock(&lock);
    if (message_count < MESSAGES_MAX) {
        struct message *m = &messages[message_count++];

        header_of(m->signature, sizeof(m->signature), head, "Stripe-Signature");
        m->body = strdup(body);
    }
    pthread_mutex_unlock(&lock);
}

static void serve(int fd)
{
    static char text[REQUEST_MAX];
    char *body = read_request(fd, text), head[256], header[1024];
    char method[8] = "", path[1024] = "", auth[256], key[256];
    struct sm_answer answer = {.http = 200};

    if (body == NULL || sscanf(text, "%7s %1023s", method, path) != 2)
        return;
    if (strncmp(path, "/gw/", 4) == 0) {
        keep_message(text, body);
    } else {
        header_of(auth, sizeof(auth), text, "Authorization");
        header_of(key, sizeof(key), text, "Idempotency-Key");
        snprintf(header, sizeof(header),
                 "HTTP_AUTHORIZATION=%s\nHTTP_IDEMPOTENCY_KEY=%s", auth, key);
        sm_site_ask(&answer, &sandbox,
                    &(struct sm_ask){.method = method,
                                     .path = path,
                                     .body = body,
                                     .header = header});
    }
    snprintf(head, sizeof(head),
             "HTTP/1.1 %d x\r\nContent-Length: %zu\r\nConnection: "
             "close\r\n\r\n",
             answer.http, answer.len);
    if (write(fd, head, strlen(head)) < 0 ||
        (answer.len > 0 && write(fd, answer.body, answer.len) < 0))
        perror("bridge");
    sm_answer_free(&answer);
}

static void *run_bridge(void *arg)
{
    int fd;

    while ((fd = accept(listener, NULL, NULL)) >= 0) {
        serve(fd);
        close(fd);
    }
    return arg;
}

static void start_bridge(void)
{
    struct sockaddr_in at = {.sin_family = AF_INET,
                             .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t len = sizeof(at);

    listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    assert_int_equal(bind(listener, (struct sockaddr *)&at, len), 0);
    assert_int_equal(listen(listener, 64), 0);
    assert_int_equal(getsockname(listener, (struct sockaddr *)&at, &len), 0);
    port = ntohs(at.sin_port);
    assert_int_equal(pthread_create(&bridge, NULL, run_bridge, NULL), 0);
}

static void open_adapter(void)
{
    char path[] = "/tmp/sandbox_money.XXXXXX", text[512];
    struct sm_error err = {.message = ""};
    int fd = mkostemp(path, O_CLOEXEC);

    snprintf(text, sizeof(text),
             "stripe.base_url = http://127.0.0.1:%d\n"
             "stripe.secret_key = sk_test_1\n"
             "stripe.webhook_secret = whsec_test_secret\n",
             port);
    assert_true(write(fd, text, strlen(text)) == (ssize_t)strlen(text));
    close(fd);
    if (sm_settings_load(&settings, path, &err) != SM_OK ||
        sm_processor_open(&processor, "stripe", settings, &err) != SM_OK)
        fail_msg("%s", err.message);
    unlink(path);
}

static int start(void **state)
{
    (void)state;
    assert_int_equal(sm_http_global_init(NULL), SM_OK);
    start_bridge();
    open_adapter();
    arena = sm_arena_new((size_t)16 << 20);
    assert_non_null(arena);
    snprintf(box, sizeof(box), "/tmp/smetka-box.XXXXXX");
    assert_non_null(mkdtemp(box));
    snprintf(settings_text, sizeof(settings_text),
             "sandbox.public_origin = https://localhost:8445\n"
             "sandbox.webhook_url = http://127.0.0.1:%d/gw/notify/stripe\n"
             "sandbox.webhook_secret = whsec_test_secret\n"
             "sandbox.secret_key = sk_test_1\n"
             "sandbox.state_dir = %s\nsandbox.mail_dir = %s\n",
             port, box, box);
    sm_site_start(&sandbox, "sandbox", settings_text, NULL);
    return 0;
}

static int stop(void **state)
{
    char path[96];

    (void)state;
    sm_site_stop(&sandbox);
    shutdown(listener, SHUT_RDWR);
    pthread_join(bridge, NULL);
    close(listener);
    snprintf(path, sizeof(path), "%s/truth.jsonl", box);
    unlink(path);
    snprintf(path, sizeof(path), "%s/parts.jsonl", box);
    unlink(path);
    assert_int_equal(rmdir(box), 0);
    sm_arena_free(arena);
    sm_processor_close(processor);
    sm_settings_free(settings);
    while (message_count > 0)
        free(messages[--message_count].body);
    sm_http_global_cleanup();
    return 0;
}

/* POST a form of SITE's desk and expect the answer HTTP. */
static void post_to(const struct sm_site *site, const char *path,
                    const char *fields, int http)
{
    struct sm_answer answer;
    char body[256];

    snprintf(body, sizeof(body), "csrf=sandbox&website=&%s", fields);
    sm_site_ask(&answer, site,
                &(struct sm_ask){.method = "POST",
                                 .path = path,
                                 .origin = SM_SITE_ORIGIN,
                                 .body = body});
    if (answer.http != http)
        fail_msg("%s %s: %d", path, fields, answer.http);
    sm_answer_free(&answer);
}

static void desk(const char *path, const char *fields, int http)
{
    post_to(&sandbox, path, fields, http);
}

/* The text of GET PATH, until the arena is cleared. */
static const char *get(const struct sm_site *site, const char *path)
{
    struct sm_answer answer;
    const char *copy;

    sm_site_ask(&answer, site, &(struct sm_ask){.path = path});
    assert_int_equal(answer.http, 200);
    copy = sm_arena_strdup(arena, answer.body);
    sm_answer_free(&answer);
    assert_non_null(copy);
    return copy;
}

static const char *notice_header(const void *ctx, const char *name)
{
    assert_string_equal(name, "HTTP_STRIPE_SIGNATURE");
    return ctx;
}

/* The next message that came in, as the adapter reads it. */
static struct sm_pay_event next_event(void)
{
    int64_t end_ms = sm_test_ms() + 15000;
    struct sm_pay_event *events = NULL;
    struct message *m = NULL;
    size_t count = 0;

    while (m == NULL && sm_test_ms() < end_ms) {
        sm_test_sleep_ms(20);
        pthread_mutex_lock(&lock);
        if (message_read < message_count)
            m = &messages[message_read++];
        pthread_mutex_unlock(&lock);
    }
    assert_non_null(m);
    assert_int_equal(
        processor->ops->verify(&events, &count, processor, arena,
                               &(struct sm_pay_notice){.body = m->body,
                                                       .len = strlen(m->body),
                                                       .header = notice_header,
                                                       .ctx = m->signature},
                               sm_clock_real_us(), NULL),
        SM_OK);
    assert_int_equal(count, 1);
    return events[0];
}

/* The next message is of TYPE, about a part in STATE of AMOUNT. */
static struct sm_pay_event expect(const char *type, const char *state,
                                  int64_t amount)
{
    struct sm_pay_event event = next_event();

    assert_string_equal(event.type, type);
    assert_string_equal(event.part_state, state);
    assert_int_equal(event.amount_minor, amount);
    assert_string_equal(event.currency, "RON");
    return event;
}

/* An order of 30.00 that is paid, and a wish for a part of it. */
struct paid {
    struct sm_pay_order order;
    struct sm_pay_refund refund;
    char order_no[16], key[SM_ID_TEXT], ref[80], capture[80];
};

static void make_paid(struct paid *out, int64_t minor)
{
    static uint8_t made;
    int64_t now_us = sm_clock_now_us();
    struct sm_pay_event event;
    char path[128];

    memset(out, 0, sizeof(*out));
    made++;
    snprintf(out->order_no, sizeof(out->order_no), "SM-%d", made);
    out->order = (struct sm_pay_order){
        .payment = {made},
        .order_no = out->order_no,
        .idempotency_key = out->order_no,
        .processor_ref = "",
        .capture_ref = "",
        .amount_minor = 3000,
        .currency = "RON",
        .email = "",
        .lang = "en",
        .hint = "4321",
        .created_us = now_us,
        .expires_us = now_us + HOUR_US,
    };
    assert_int_equal(processor->ops->create(&event, processor, arena,
                                            &out->order, BUDGET_MS, NULL),
                     SM_OK);
    snprintf(out->ref, sizeof(out->ref), "%s", event.processor_ref);
    snprintf(path, sizeof(path), "/c/pay/%s", out->ref);
    desk(path, "card=4242424242424242&action=pay", 303);
    event = next_event();
    assert_int_equal(event.kind, SM_PAY_CAPTURED);
    snprintf(out->capture, sizeof(out->capture), "%s", event.capture_ref);
    out->order.processor_ref = out->ref;
    out->order.capture_ref = out->capture;
    out->refund = (struct sm_pay_refund){.id = {0xee, made},
                                         .key = out->key,
                                         .ref = "",
                                         .amount_minor = minor,
                                         .currency = "RON",
                                         .created_us = now_us};
    sm_id_format(out->key, out->refund.id);
}

static struct sm_pay_event refund(const struct paid *paid)
{
    struct sm_pay_event event;

    assert_int_equal(processor->ops->refund(&event, processor, arena,
                                            &paid->order, &paid->refund,
                                            BUDGET_MS, NULL),
                     SM_OK);
    return event;
}

static struct sm_pay_event query(const struct paid *paid)
{
    struct sm_pay_event event;

    assert_int_equal(processor->ops->refund_query(
                         &event, processor, arena, &paid->order, &paid->refund,
                         paid->refund.created_us + HOUR_US, BUDGET_MS, NULL),
                     SM_OK);
    return event;
}

/* The line of /truth about PAID holds " 3000 ron REFUNDED ". */
static void assert_refunded(const struct paid *paid, int refunded)
{
    const char *line = strstr(get(&sandbox, "/truth"), paid->ref);
    char wanted[160];

    snprintf(wanted, sizeof(wanted), "%s complete paid 3000 ron %d stripe ",
             paid->ref, refunded);
    assert_non_null(line);
    assert_memory_equal(line, wanted, strlen(wanted));
}

static void decide(const char *part, const char *action, int http)
{
    char path[128], body[32];

    snprintf(path, sizeof(path), "/part/%s", part);
    snprintf(body, sizeof(body), "action=%s", action);
    desk(path, body, http);
}

static void a_refund_and_its_message(void **state)
{
    struct sm_pay_event event, told;
    struct paid paid;

    (void)state;
    make_paid(&paid, 1000);
    event = refund(&paid);
    assert_string_equal(event.part_state, "succeeded");
    told = expect("refund.created", "succeeded", 1000);
    assert_string_equal(told.part_ref, event.part_ref);
    assert_string_equal(told.capture_ref, paid.capture);
    assert_string_equal(told.order_no, paid.order_no);
    assert_memory_equal(told.refund, paid.refund.id, SM_ID_BYTES);
    /* again under the same key: the same one, and nobody is told */
    event = query(&paid);
    assert_string_equal(told.part_ref, event.part_ref);
    assert_refunded(&paid, 1000);
    /* fails after all: it is not counted any more */
    decide(event.part_ref, "fail", 303);
    told = expect("refund.failed", "failed", 1000);
    assert_string_equal(told.reason, "card_gone");
    assert_string_equal(query(&paid).part_state, "failed");
    assert_refunded(&paid, 0);
    decide(event.part_ref, "succeed", 409);
}

static void a_refund_at_the_desk(void **state)
{
    struct sm_pay_event told;
    struct paid paid;
    char path[128];

    (void)state;
    make_paid(&paid, 1000);
    snprintf(path, sizeof(path), "/refund/%s", paid.ref);
    desk(path, "amount=12.34", 303);
    told = expect("refund.created", "succeeded", 1234);
    assert_false(told.has_refund);
    assert_string_equal(told.capture_ref, paid.capture);
    desk(path, "amount=17.67", 409); /* more than is left */
    desk(path, "amount=", 303);      /* the rest */
    (void)expect("refund.created", "succeeded", 1766);
    desk(path, "amount=", 409);
    assert_refunded(&paid, 3000);
}

static void refunds_as_the_behaviour_says(void **state)
{
    struct sm_pay_event event;
    struct paid paid, other;

    (void)state;
    desk("/", "refund=pending", 303);
    make_paid(&paid, 1000);
    event = refund(&paid);
    assert_string_equal(event.part_state, "accepted");
    (void)expect("refund.created", "accepted", 1000);
    decide(event.part_ref, "succeed", 303);
    (void)expect("refund.updated", "succeeded", 1000);
    assert_string_equal(query(&paid).part_state, "succeeded");
    desk("/", "refund=refused", 303);
    make_paid(&other, 1000);
    event = refund(&other);
    assert_string_equal(event.part_state, "failed");
    assert_string_equal(event.reason, "refused");
    /* under the same key it stays refused */
    desk("/", "refund=fail_later", 303);
    assert_string_equal(query(&other).reason, "refused");
    assert_refunded(&other, 0);
    other.refund.id[2] = 1;
    sm_id_format(other.key, other.refund.id);
    assert_string_equal(refund(&other).part_state, "succeeded");
    (void)expect("refund.created", "succeeded", 1000);
    (void)expect("refund.failed", "failed", 1000);
    assert_refunded(&other, 0);
    desk("/", "refund=normal", 303);
}

static void an_answer_that_is_lost(void **state)
{
    struct sm_pay_event event;
    struct paid paid;

    (void)state;
    make_paid(&paid, 1000);
    desk("/", "create=error_after", 303);
    assert_int_equal(processor->ops->refund(&event, processor, arena,
                                            &paid.order, &paid.refund,
                                            BUDGET_MS, NULL),
                     SM_UNAVAILABLE);
    desk("/", "create=normal", 303);
    (void)expect("refund.created", "succeeded", 1000);
    event = query(&paid);
    assert_string_equal(event.part_state, "succeeded");
    /* found on the list when the key is forgotten */
    paid.refund.created_us -= 23 * HOUR_US;
    assert_string_equal(refund(&paid).part_ref, event.part_ref);
    paid.refund.id[3] = 9;
    sm_id_format(paid.key, paid.refund.id);
    assert_string_equal(refund(&paid).reason, "never_made");
    assert_refunded(&paid, 1000);
}

static void a_dispute_and_its_end(void **state)
{
    static const struct {
        const char *action, *state;
    } ends[] = {{"win", "won"}, {"lose", "lost"}};
    struct sm_pay_event told;
    struct paid paid;
    char path[128];

    (void)state;
    for (size_t i = 0; i < SM_COUNT(ends); i++) {
        make_paid(&paid, 1000);
        snprintf(path, sizeof(path), "/dispute/%s", paid.ref);
        desk(path, "", 303);
        told = expect("charge.dispute.created", "open", 3000);
        assert_int_equal(told.fee_minor, 1500);
        assert_string_equal(told.capture_ref, paid.capture);
        (void)expect("charge.dispute.funds_withdrawn", "open", 3000);
        desk(path, "", 409);
        /* what is contested is not refunded as well */
        assert_string_equal(refund(&paid).reason, "refused");
        decide(told.part_ref, ends[i].action, 303);
        (void)expect("charge.dispute.closed", ends[i].state, 3000);
        if (i == 0)
            (void)expect("charge.dispute.funds_reinstated", "won", 3000);
        decide(told.part_ref, "win", 409);
    }
}

/* The payouts there are, as the adapter reads them. */
static size_t payouts(struct sm_pay_payout **out)
{
    struct sm_error err = {.message = ""};
    size_t count = 0;

    if (processor->ops->payouts(out, &count, processor, arena,
                                sm_clock_now_us() - 24 * HOUR_US, BUDGET_MS,
                                &err) != SM_OK)
        fail_msg("%s", err.message);
    return count;
}

static void payouts_add_up(void **state)
{
    struct sm_pay_payout *all = NULL;
    struct sm_pay_event event;
    char line[256];
    struct paid paid;
    size_t before;

    (void)state;
    desk("/payout", "", 303); /* what the tests before moved */
    before = payouts(&all);
    assert_true(before >= 1);
    desk("/payout", "", 303); /* nothing has moved since */
    assert_int_equal(payouts(&all), before);
    make_paid(&paid, 1000);
    event = refund(&paid);
    (void)expect("refund.created", "succeeded", 1000);
    desk("/payout", "", 303);
    assert_int_equal(payouts(&all), before + 1);
    /* 1.4 % of 30.00 and 0.25 */
    assert_int_equal(all[before].net_minor, 3000 - 67 - 1000);
    snprintf(line, sizeof(line),
             "[{\"kind\":\"refund\",\"ref\":\"%s\",\"gross_minor\":-1000,"
             "\"fee_minor\":0},{\"kind\":\"capture\",\"ref\":\"%s\","
             "\"gross_minor\":3000,\"fee_minor\":67}]",
             event.part_ref, paid.capture);
    assert_string_equal(all[before].lines, line);
    /* what comes back goes with the next */
    decide(event.part_ref, "fail", 303);
    (void)expect("refund.failed", "failed", 1000);
    desk("/payout", "", 303);
    assert_int_equal(payouts(&all), before + 2);
    assert_int_equal(all[before + 1].net_minor, 1000);
    assert_non_null(
        strstr(all[before + 1].lines, "{\"kind\":\"refund_failed\""));
}

static void two_processes_keep_one_set_of_books(void **state)
{
    struct sm_site second;
    struct sm_pay_event event;
    const char *parts;
    struct paid paid;
    char path[128];

    (void)state;
    make_paid(&paid, 1000);
    event = refund(&paid);
    (void)expect("refund.created", "succeeded", 1000);
    sm_site_start(&second, "sandbox", settings_text, NULL);
    parts = get(&sandbox, "/truth/parts");
    assert_non_null(strstr(parts, event.part_ref));
    assert_string_equal(get(&second, "/truth/parts"), parts);
    /* each sees what the other did since */
    snprintf(path, sizeof(path), "/part/%s", event.part_ref);
    post_to(&second, path, "action=fail", 303);
    (void)expect("refund.failed", "failed", 1000);
    assert_string_equal(query(&paid).part_state, "failed");
    assert_int_equal(sm_site_stop(&second), 0);
    parts = get(&sandbox, "/truth/parts");
    assert_int_equal(sm_site_stop(&sandbox), 0);
    sm_site_start(&sandbox, "sandbox", settings_text, NULL);
    assert_string_equal(get(&sandbox, "/truth/parts"), parts);
}

static void the_front_page_shows_them(void **state)
{
    struct sm_answer answer;

    (void)state;
    sm_site_ask(&answer, &sandbox, &(struct sm_ask){.path = "/"});
    sm_assert_page(&answer, 200);
    sm_assert_has(&answer, "Refunds, disputes, payouts");
    sm_assert_has(&answer, "Let it fail");
    sm_assert_has(&answer, "<td>payout</td>");
    sm_answer_free(&answer);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_refund_and_its_message),
        cmocka_unit_test(a_refund_at_the_desk),
        cmocka_unit_test(refunds_as_the_behaviour_says),
        cmocka_unit_test(an_answer_that_is_lost),
        cmocka_unit_test(a_dispute_and_its_end),
        cmocka_unit_test(payouts_add_up),
        cmocka_unit_test(two_processes_keep_one_set_of_books),
        cmocka_unit_test(the_front_page_shows_them),
    };

    return cmocka_run_group_tests(tests, start, stop);
}
