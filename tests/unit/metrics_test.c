/* links: base */
/* lib/base/metrics: sums over slots, survival of counters, the text. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/metrics.h"

/* What a worker does: take the slot from the environment and count. */
static void be_worker(int fd, const char *slot, const char *program)
{
    char number[16];
    pid_t child = fork();
    int status = 0;

    assert_true(child >= 0);
    if (child == 0) {
        snprintf(number, sizeof(number), "%d", fd);
        setenv("SMETKA_METRICS_FD", number, 1);
        setenv("SMETKA_METRICS_SLOT", slot, 1);
        if (sm_metrics_open(program, NULL) != SM_OK)
            _exit(1);
        sm_metric_add(SM_METRIC_REQUESTS_2XX, 10);
        sm_metric_set(SM_METRIC_QUEUE_DEPTH, 3);
        sm_metric_set(SM_METRIC_OUTBOX_DEPTH, slot[0] - '0');
        sm_metric_time(SM_HISTOGRAM_REQUEST, 1500);
        _exit(0);
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(status, 0);
}

static void private_memory_counts(void **state)
{
    struct sm_error err;

    (void)state;
    sm_metric_add(SM_METRIC_REQUESTS_2XX, 2);
    unsetenv("SMETKA_METRICS_FD");
    assert_int_equal(sm_metrics_open("alone", &err), SM_NOT_FOUND);
    sm_metric_add(SM_METRIC_REQUESTS_2XX, 3);
    assert_int_equal(sm_metric_get(SM_METRIC_REQUESTS_2XX, NULL), 5);
    assert_int_equal(sm_metric_get(SM_METRIC_REQUESTS_2XX, "alone"), 5);
    assert_int_equal(sm_metric_get(SM_METRIC_REQUESTS_2XX, "other"), 0);
}

static void foreign_memory_is_refused(void **state)
{
    FILE *file = tmpfile();
    char number[16];

    (void)state;
    assert_non_null(file);
    snprintf(number, sizeof(number), "%d", fileno(file));
    setenv("SMETKA_METRICS_FD", number, 1);
    setenv("SMETKA_METRICS_SLOT", "1", 1);
    assert_int_equal(sm_metrics_open("alone", NULL), SM_NOT_FOUND);
    setenv("SMETKA_METRICS_SLOT", "100000", 1);
    assert_int_equal(sm_metrics_open("alone", NULL), SM_NOT_FOUND);
    fclose(file);
    unsetenv("SMETKA_METRICS_FD");
}

static void slots_are_summed_and_survive(void **state)
{
    struct sm_buf text;
    int fd;

    (void)state;
    sm_buf_init(&text, 1 << 20);
    sm_metric_add(SM_METRIC_WORKER_STARTS, 7); /* is taken along */
    assert_int_equal(sm_metrics_create(&fd, "master", NULL), SM_OK);
    assert_int_equal(sm_metric_get(SM_METRIC_WORKER_STARTS, "master"), 7);
    be_worker(fd, "1", "portal");
    be_worker(fd, "2", "portal");
    be_worker(fd, "3", "pay");
    assert_int_equal(sm_metric_get(SM_METRIC_REQUESTS_2XX, "portal"), 20);
    assert_int_equal(sm_metric_get(SM_METRIC_REQUESTS_2XX, "pay"), 10);
    assert_int_equal(sm_metric_get(SM_METRIC_QUEUE_DEPTH, "portal"), 6);
    assert_int_equal(sm_metric_get(SM_METRIC_OUTBOX_DEPTH, "portal"), 2);
    sm_metrics_clear_gauges(1);
    assert_int_equal(sm_metric_get(SM_METRIC_QUEUE_DEPTH, "portal"), 3);
    be_worker(fd, "1", "portal"); /* its successor goes on counting */
    assert_int_equal(sm_metric_get(SM_METRIC_REQUESTS_2XX, "portal"), 30);
    sm_metrics_print(&text);
    assert_true(sm_buf_ok(&text));
    assert_non_null(strstr(text.data, "# TYPE smetka_requests_total counter\n"
                                      "smetka_requests_total{program=\"master"
                                      "\",class=\"2xx\"} 5\n"
                                      "smetka_requests_total{program=\"portal"
                                      "\",class=\"2xx\"} 30\n"));
    assert_non_null(strstr(text.data,
                           "smetka_request_seconds_bucket{program=\"portal\","
                           "le=\"0.001\"} 0\n"));
    assert_non_null(strstr(text.data,
                           "smetka_request_seconds_bucket{program=\"portal\","
                           "le=\"0.0025\"} 3\n"));
    assert_non_null(strstr(text.data, "smetka_request_seconds_sum{program="
                                      "\"portal\"} 0.004500\n"));
    sm_buf_release(&text);
    close(fd);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(private_memory_counts),
        cmocka_unit_test(foreign_memory_is_refused),
        cmocka_unit_test(slots_are_summed_and_survive),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
