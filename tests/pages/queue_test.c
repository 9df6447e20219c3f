/* needs: testpages */
/* More is asked of a worker than it can serve: who waits, who is told, how
 * soon, and in which words. */
#include "harness.h"

#include <pthread.h>
#include <unistd.h>

#include "support/fixture.h"

/* What does not fit into the queue is told so at once. */
static void test_full_queue(void **state)
{
    const struct sm_ask slow = {.path = "/slow/1500"};
    struct sm_answer answer;
    struct sm_site site;
    int fds[6], told = 0, served = 0;
    int64_t began;

    (void)state;
    sm_site_start(&site, "testpages",
                  "worker.threads = 1\nworker.queue = 2\n"
                  "worker.queue_ms = 60000\n",
                  NULL);
    began = sm_test_ms();
    for (int i = 0; i < 6; i++) {
        fds[i] = sm_fcgi_connect(&site, 10000);
        assert_true(sm_fcgi_send(fds[i], &slow, 0));
        sm_test_sleep_ms(50);
    }
    for (int i = 5; i >= 0; i--) {
        sm_fcgi_read(&answer, fds[i]);
        if (answer.http == 503) {
            assert_true(sm_test_ms() - began < 1200);
            sm_assert_header(&answer, "Retry-After", "2");
            sm_assert_has(&answer, "Please try again in a few seconds.");
            told++;
        } else {
            assert_int_equal(answer.http, 200);
            served++;
        }
        sm_answer_free(&answer);
        close(fds[i]);
    }
    assert_int_equal(told, 3);
    assert_int_equal(served, 3);
    assert_int_equal(sm_site_stop(&site), 0);
}

/* Turned away on a kept connection: it is kept, also at once afterwards, and
 * an address with a language is answered in that one. */
static void test_turned_away_kept(void **state)
{
    const struct sm_ask slow = {.path = "/slow/800"};
    struct sm_ask next = {.path = "/bg/hello", .keep = true};
    struct sm_answer answer;
    struct sm_site site;
    int busy, waits, fd;

    (void)state;
    sm_site_start(&site, "testpages",
                  "worker.threads = 1\nworker.queue = 1\n"
                  "worker.queue_ms = 60000\n",
                  NULL);
    busy = sm_fcgi_connect(&site, 10000);
    assert_true(sm_fcgi_send(busy, &slow, 0));
    sm_test_sleep_ms(50);
    waits = sm_fcgi_connect(&site, 10000);
    assert_true(sm_fcgi_send(waits, &slow, 0));
    sm_test_sleep_ms(50);
    fd = sm_fcgi_connect(&site, 10000);
    for (int i = 0; i < 3; i++) {
        assert_true(sm_fcgi_send(fd, &next, 0));
        sm_fcgi_read(&answer, fd);
        assert_int_equal(answer.http, 503);
        sm_assert_header(&answer, "Retry-After", "2");
        sm_assert_header(&answer, "Content-Type", "text/html; charset=utf-8");
        sm_assert_has(&answer, "<html lang=\"bg\"");
        sm_answer_free(&answer);
    }
    sm_fcgi_read(&answer, busy);
    sm_answer_free(&answer);
    sm_fcgi_read(&answer, waits);
    sm_answer_free(&answer);
    next.path = "/ro/hello";
    assert_true(sm_fcgi_send(fd, &next, 0));
    sm_fcgi_read(&answer, fd);
    assert_int_equal(answer.http, 200);
    sm_answer_free(&answer);
    close(busy);
    close(waits);
    close(fd);
    assert_int_equal(sm_site_stop(&site), 0);
}

struct asker {
    const struct sm_site *site;
    int http;
    int64_t took_ms;
};

static void *ask_slowly(void *arg)
{
    struct asker *a = arg;
    struct sm_answer answer;
    int64_t began = sm_test_ms();

    sm_site_ask(&answer, a->site, &(struct sm_ask){.path = "/slow/100"});
    a->http = answer.http;
    a->took_ms = sm_test_ms() - began;
    sm_answer_free(&answer);
    return NULL;
}

/* More is asked, for two seconds, than can be served.  After the first burst
 * nobody waits for a second any more: about as many as before are served, soon,
 * and the others are told at once. */
static void test_standing_queue(void **state)
{
    enum { ASKERS = 80, EVERY_MS = 30 }; /* one in 100 ms is served */
    struct sm_site site;
    struct asker askers[ASKERS];
    pthread_t threads[ASKERS];
    int served = 0, answered = 0, told = 0, late = 0;

    (void)state;
    sm_site_start(&site, "testpages",
                  "worker.threads = 1\nworker.queue_ms = 800\n"
                  "worker.overload_ms = 200\n",
                  NULL);
    for (int i = 0; i < ASKERS; i++) {
        askers[i] = (struct asker){.site = &site};
        pthread_create(&threads[i], NULL, ask_slowly, &askers[i]);
        sm_test_sleep_ms(EVERY_MS);
    }
    for (int i = 0; i < ASKERS; i++) {
        pthread_join(threads[i], NULL);
        /* who is on the queue when a moment begins may fill 800 ms of it */
        if (i >= ASKERS / 2)
            served += askers[i].http == 200;
        if (i < ASKERS * 3 / 4)
            continue; /* the burst, and what it left on the queue */
        answered += askers[i].http == 200;
        told += askers[i].http == 503;
        late += askers[i].http == 503 && askers[i].took_ms > 500;
    }
    assert_int_equal(answered + told, ASKERS / 4);
    /* some fall into a moment when the queue had been empty; without the rule
     * every one would wait for worker.queue_ms */
    assert_in_range(late, 0, told / 2);
    assert_in_range(served, 1, ASKERS / 2 - 1);
    assert_int_equal(sm_site_stop(&site), 0);
}

/* Who waited too long for a thread gets 503, not a late answer. */
static void test_stale_queue(void **state)
{
    const struct sm_ask slow = {.path = "/slow/600"};
    struct sm_answer answer;
    struct sm_site site;
    int first, second;

    (void)state;
    sm_site_start(&site, "testpages",
                  "worker.threads = 1\nworker.queue_ms = 100\n", NULL);
    first = sm_fcgi_connect(&site, 5000);
    sm_fcgi_send(first, &slow, 0);
    sm_test_sleep_ms(50);
    second = sm_fcgi_connect(&site, 5000);
    sm_fcgi_send(second, &slow, 0);
    sm_fcgi_read(&answer, first);
    assert_int_equal(answer.http, 200);
    sm_answer_free(&answer);
    sm_fcgi_read(&answer, second);
    assert_int_equal(answer.http, 503);
    sm_answer_free(&answer);
    close(first);
    close(second);
    assert_int_equal(sm_site_stop(&site), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_full_queue),
        cmocka_unit_test(test_turned_away_kept),
        cmocka_unit_test(test_standing_queue),
        cmocka_unit_test(test_stale_queue),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
