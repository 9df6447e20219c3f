/* needs: testpages */
/* The worker under pressure: kept connections, slow and broken peers, drains,
 * and a database that goes away. */
#include "harness.h"

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "support/fixture.h"

enum { THREADS = 2, MANY = 4 * THREADS };

static const struct sm_ask hello = {.path = "/ro/hello", .keep = true};

static void check_hello(int fd)
{
    struct sm_answer answer;

    assert_true(sm_fcgi_send(fd, &hello, 0));
    sm_fcgi_read(&answer, fd);
    assert_int_equal(answer.http, 200);
    sm_answer_free(&answer);
}

/* True if the other side has closed FD, waiting at most its time-out. */
static bool is_closed(int fd)
{
    char byte;
    ssize_t got = recv(fd, &byte, 1, 0);

    return got == 0 || (got < 0 && errno != EAGAIN);
}

/* Idle kept connections, four times as many as threads, starve nobody. */
static void test_kept_connections(void **state)
{
    struct sm_site site;
    int fds[MANY];
    int64_t began;

    (void)state;
    sm_site_start(&site, "testpages", "worker.threads = 2\n", NULL);
    for (int i = 0; i < MANY; i++) {
        fds[i] = sm_fcgi_connect(&site, 2000);
        check_hello(fds[i]);
    }
    began = sm_test_ms();
    for (int round = 0; round < 20; round++) {
        for (int i = 0; i < MANY; i++)
            check_hello(fds[i]);
    }
    assert_true(sm_test_ms() - began < 10000);
    for (int i = 0; i < MANY; i++)
        close(fds[i]);
    assert_int_equal(sm_site_stop(&site), 0);
}

/* Half a request holds a thread no longer than the limit of one read; one
 * that trickles, no longer than that of a whole request. */
static void test_slow_peers(void **state)
{
    struct sm_site site;
    int half, trickle, other;
    int64_t began;

    (void)state;
    sm_site_start(&site, "testpages",
                  "worker.threads = 1\nworker.io_ms = 300\n"
                  "worker.request_ms = 1000\nworker.queue_ms = 5000\n",
                  NULL);
    half = sm_fcgi_connect(&site, 5000);
    sm_fcgi_send(half, &hello, 20);
    sm_test_sleep_ms(20);
    other = sm_fcgi_connect(&site, 5000);
    began = sm_test_ms();
    check_hello(other);
    assert_in_range(sm_test_ms() - began, 150, 2500);
    assert_true(is_closed(half));
    close(half);

    trickle = sm_fcgi_connect(&site, 5000);
    sm_fcgi_send(trickle, &hello, 16);
    began = sm_test_ms();
    while (sm_test_ms() - began < 5000) {
        if (send(trickle, "\1", 1, MSG_NOSIGNAL) != 1)
            break;
        sm_test_sleep_ms(100);
    }
    assert_in_range(sm_test_ms() - began, 700, 3500);
    close(trickle);
    check_hello(other);
    close(other);
    assert_int_equal(sm_site_stop(&site), 0);
}

/* Bytes that are not FastCGI, and peers that leave, cost nothing. */
static void test_broken_peers(void **state)
{
#define BYTES(text)                                                            \
    {                                                                          \
        (text), sizeof(text) - 1                                               \
    }
    static const struct {
        const char *bytes;
        size_t len;
    } noise[] = {
        BYTES("GET / HTTP/1.1\r\n\r\n"),
        BYTES("\1\1\0\1"),
        BYTES("\1\4\0\1\377\377\0\0"),
        BYTES("\1\1\0\1\0\10\0\0\0\1\0\0\0\0\0\0"
              "\1\4\0\1\0\4\0\0\377\377\377\377"),
    };
#undef BYTES
    struct sm_site site;
    struct sm_answer answer;

    (void)state;
    sm_site_start(&site, "testpages",
                  "worker.threads = 2\nworker.io_ms = 200\n", NULL);
    for (int round = 0; round < 3; round++) {
        for (size_t i = 0; i < SM_COUNT(noise); i++) {
            int fd = sm_fcgi_connect(&site, 3000);

            send(fd, noise[i].bytes, noise[i].len, MSG_NOSIGNAL);
            if (round == 0)
                (void)is_closed(fd);
            close(fd);
        }
        for (size_t part = 1; part < 300; part += 37) {
            int fd = sm_fcgi_connect(&site, 3000);

            sm_fcgi_send(fd, &hello, part);
            close(fd);
        }
    }
    for (int i = 0; i < 8; i++) {
        int fd = sm_fcgi_connect(&site, 3000);

        sm_fcgi_send(fd, &hello, 0); /* and leave before the answer */
        close(fd);
    }
    sm_site_ask(&answer, &site, &(struct sm_ask){.path = "/ro/hello"});
    assert_int_equal(answer.http, 200);
    sm_answer_free(&answer);
    assert_int_equal(sm_site_stop(&site), 0);
}

/* A refused or unread body leaves a kept connection at a border. */
static void test_body_then_next(void **state)
{
    static char body[100000];
    struct sm_ask big = {.method = "POST",
                         .path = "/ro/form",
                         .origin = SM_SITE_ORIGIN,
                         .body = body,
                         .body_len = sizeof(body),
                         .keep = true};
    struct sm_answer answer;
    struct sm_site site;
    int fd;

    (void)state;
    memset(body, 'x', sizeof(body));
    sm_site_start(&site, "testpages", "worker.threads = 1\n", NULL);
    fd = sm_fcgi_connect(&site, 3000);
    for (int i = 0; i < 3; i++) {
        assert_true(sm_fcgi_send(fd, &big, 0));
        sm_fcgi_read(&answer, fd);
        assert_int_equal(answer.http, 413);
        sm_answer_free(&answer);
        check_hello(fd);
    }
    close(fd);
    assert_int_equal(sm_site_stop(&site), 0);
}

struct stream {
    const struct sm_site *site;
    int fd;
    int asked, answered;
};

/* Ask on a kept connection for a second, as nginx does, then have done. */
static void *stream(void *arg)
{
    struct stream *s = arg;
    struct sm_answer answer;
    int64_t until = sm_test_ms() + 1000;

    while (sm_test_ms() < until && sm_fcgi_send(s->fd, &hello, 0)) {
        s->asked++;
        sm_fcgi_read(&answer, s->fd);
        s->answered += answer.http == 200;
        sm_answer_free(&answer);
    }
    return NULL;
}

/* SIGTERM: what is in hand is answered, a kept connection is served until its
 * owner closes it, and then the process ends with 0. */
static void test_drain(void **state)
{
    const struct sm_ask slow = {.path = "/slow/500", .keep = true};
    struct sm_answer answer;
    struct sm_site site;
    int idle, busy;

    (void)state;
    sm_site_start(&site, "testpages", "worker.threads = 2\n", NULL);
    idle = sm_fcgi_connect(&site, 5000);
    check_hello(idle);
    busy = sm_fcgi_connect(&site, 5000);
    sm_fcgi_send(busy, &slow, 0);
    sm_test_sleep_ms(100);
    kill(site.pid, SIGTERM);
    sm_test_sleep_ms(100);
    check_hello(idle);
    check_hello(idle);
    sm_fcgi_read(&answer, busy);
    assert_int_equal(answer.http, 200);
    sm_answer_free(&answer);
    check_hello(busy);
    close(idle);
    close(busy);
    assert_int_equal(sm_site_wait(&site), 0);
}

/* After worker.max_requests the worker drains by itself. */
static void test_max_requests(void **state)
{
    struct sm_answer answer;
    struct sm_site site;

    (void)state;
    sm_site_start(&site, "testpages",
                  "worker.threads = 2\nworker.max_requests = 5\n", NULL);
    for (int i = 0; i < 5; i++) {
        sm_site_ask(&answer, &site, &(struct sm_ask){.path = "/ro/hello"});
        assert_int_equal(answer.http, 200);
        sm_answer_free(&answer);
    }
    assert_int_equal(sm_site_wait(&site), 0);
}

/* A connection that nobody closes does not keep a drain from ending. */
static void test_drain_deadline(void **state)
{
    struct sm_site site;
    int64_t began;
    int idle;

    (void)state;
    sm_site_start(&site, "testpages", "worker.drain_ms = 500\n", NULL);
    idle = sm_fcgi_connect(&site, 5000);
    check_hello(idle);
    began = sm_test_ms();
    assert_int_equal(sm_site_stop(&site), 0);
    assert_in_range(sm_test_ms() - began, 400, 3000);
    close(idle);
}

/* Many peers ask while the worker drains, each until it has had enough and
 * closes, as nginx does: not one request goes unanswered. */
static void test_drain_under_load(void **state)
{
    struct sm_site site;
    struct stream streams[MANY];
    pthread_t threads[MANY];

    (void)state;
    sm_site_start(&site, "testpages", "worker.threads = 2\n", NULL);
    for (int i = 0; i < MANY; i++) {
        streams[i] =
            (struct stream){.site = &site, .fd = sm_fcgi_connect(&site, 5000)};
        pthread_create(&threads[i], NULL, stream, &streams[i]);
    }
    sm_test_sleep_ms(300);
    kill(site.pid, SIGTERM);
    for (int i = 0; i < MANY; i++) {
        pthread_join(threads[i], NULL);
        close(streams[i].fd);
        assert_true(streams[i].answered > 0);
        assert_int_equal(streams[i].asked, streams[i].answered);
    }
    assert_int_equal(sm_site_wait(&site), 0);
}

static int ready_status(const struct sm_site *site)
{
    struct sm_answer answer;
    int http;

    sm_site_ask(&answer, site,
                &(struct sm_ask){.path = "/readyz", .address = "::1"});
    http = answer.http;
    sm_answer_free(&answer);
    return http;
}

static void test_database_gone(void **state)
{
    struct sm_site site;
    int64_t began;

    (void)state;
    sm_site_start(&site, "testpages", "worker.threads = 2\n", NULL);
    assert_int_equal(ready_status(&site), 200);
    sm_test_server_stop();
    for (int i = 0; i < 3; i++) {
        began = sm_test_ms();
        assert_int_equal(ready_status(&site), 503);
        assert_true(sm_test_ms() - began < 3500);
    }
    sm_test_server_start();
    began = sm_test_ms();
    while (ready_status(&site) != 200 && sm_test_ms() - began < 5000)
        sm_test_sleep_ms(50);
    assert_int_equal(ready_status(&site), 200);
    assert_int_equal(sm_site_stop(&site), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_kept_connections),
        cmocka_unit_test(test_slow_peers),
        cmocka_unit_test(test_broken_peers),
        cmocka_unit_test(test_body_then_next),
        cmocka_unit_test(test_drain),
        cmocka_unit_test(test_max_requests),
        cmocka_unit_test(test_drain_deadline),
        cmocka_unit_test(test_drain_under_load),
        cmocka_unit_test(test_database_gone),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
