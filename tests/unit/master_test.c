/* links: base */
/* cgi/master with workers that are this very program under another name:
 * they answer each connection with their process id.  Everything happens in
 * a folder of its own, where master finds them beside itself. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <limits.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/metrics.h"

static char dir[64];
static pid_t master;

/* --- the worker ---------------------------------------------------------- */

static bool exists(const char *name)
{
    char path[256];

    snprintf(path, sizeof(path), "%s/%s", getenv("SMETKA_TEST_DIR"), name);
    return access(path, F_OK) == 0;
}

static void answer(int listener)
{
    int fd = accept(listener, NULL, NULL);
    char text[16];
    int len = snprintf(text, sizeof(text), "%d", (int)getpid());

    if (fd < 0)
        return;
    sm_metric_add(SM_METRIC_REQUESTS_2XX, 1);
    if (write(fd, text, (size_t)len) != len)
        abort();
    close(fd);
}

static int work(const char *name)
{
    struct pollfd fds[2] = {{.fd = 3, .events = POLLIN}, {.events = POLLIN}};
    sigset_t set;

    if (exists("broken"))
        return 3;
    sm_metrics_open(name, NULL);
    sigemptyset(&set);
    sigaddset(&set, SIGTERM);
    sigprocmask(SIG_BLOCK, &set, NULL);
    fds[1].fd = signalfd(-1, &set, SFD_CLOEXEC);
    if (exists("silent") || write(5, "r", 1) != 1)
        pause();
    close(5);
    for (;;) {
        if (poll(fds, 2, -1) < 0)
            return 4;
        if (fds[1].revents && !exists("stubborn"))
            return 0;
        if (fds[0].revents)
            answer(3);
    }
}

/* --- the world around the master ----------------------------------------- */

static void path_in(char out[256], const char *name)
{
    snprintf(out, 256, "%s/%s", dir, name);
}

static void put_file(const char *name, const char *text)
{
    char path[256];
    FILE *file;

    path_in(path, name);
    file = fopen(path, "w");
    assert_non_null(file);
    fputs(text, file);
    fclose(file);
}

static void remove_file(const char *name)
{
    char path[256];

    path_in(path, name);
    unlink(path);
}

static void copy_program(const char *from, const char *name)
{
    static char bytes[1 << 16];
    char path[256];
    int in = open(from, O_RDONLY | O_CLOEXEC), out;
    ssize_t got;

    path_in(path, name);
    out = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0755);
    assert_true(in >= 0 && out >= 0);
    while ((got = read(in, bytes, sizeof(bytes))) > 0)
        assert_int_equal(write(out, bytes, (size_t)got), got);
    close(in);
    close(out);
}

static void start_master(void)
{
    char path[256];

    path_in(path, "master");
    master = fork();
    assert_true(master >= 0);
    if (master == 0) {
        char log[256];

        path_in(log, "log");
        dup2(open(log, O_WRONLY | O_CREAT | O_APPEND, 0600), STDERR_FILENO);
        execl(path, "master", "--config", dir, (char *)NULL);
        _exit(127);
    }
}

/* The process id that a worker of SERVICE answers with; 0 if none does. */
static int ask(const char *service)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    char text[16] = "";
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    struct timeval patience = {.tv_sec = 5};
    ssize_t got = 0;

    snprintf(address.sun_path, sizeof(address.sun_path), "%s/%s.sock", dir,
             service);
    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof(patience));
    if (connect(fd, (struct sockaddr *)&address, sizeof(address)) == 0)
        got = read(fd, text, sizeof(text) - 1);
    close(fd);
    return got > 0 ? (int)strtol(text, NULL, 10) : 0;
}

static bool wait_until_asked(const char *service, int not_this)
{
    for (int i = 0; i < 500; i++) {
        int pid = ask(service);

        if (pid && pid != not_this)
            return true;
        usleep(20 * 1000);
    }
    return false;
}

static int count_in_log(const char *word)
{
    static char text[1 << 20];
    char path[256];
    const char *at = text;
    FILE *file;
    int count = 0;

    path_in(path, "log");
    file = fopen(path, "r");
    text[file ? fread(text, 1, sizeof(text) - 1, file) : 0] = '\0';
    if (file)
        fclose(file);
    for (; (at = strstr(at, word)); at++)
        count++;
    return count;
}

static bool wait_for_log(const char *word, int count)
{
    for (int i = 0; i < 500; i++) {
        if (count_in_log(word) >= count)
            return true;
        usleep(20 * 1000);
    }
    return false;
}

static int setup(void **state)
{
    char self[PATH_MAX] = "", build[PATH_MAX], program[PATH_MAX + 32];

    (void)state;
    snprintf(dir, sizeof(dir), "/tmp/smetka-master.XXXXXX");
    assert_non_null(mkdtemp(dir));
    setenv("SMETKA_TEST_DIR", dir, 1);
    assert_true(readlink("/proc/self/exe", self, sizeof(self) - 1) > 0);
    snprintf(build, sizeof(build), "%s", self);
    snprintf(program, sizeof(program), "%s/../../bin/master", dirname(build));
    copy_program(program, "master");
    copy_program(self, "portal");
    copy_program(self, "pay");
    copy_program(self, "jobs");
    snprintf(program, sizeof(program),
             "run_dir = %s\nworkers.portal = 2\nworkers.pay = 1\n"
             "workers.notify = 0\nworkers.jobs = 0\n"
             "worker.ready_ms = 1500\nworker.drain_ms = 500\n",
             dir);
    put_file("master.conf", program);
    return 0;
}

static int stop_master(void)
{
    int status = -1;

    if (master <= 0)
        return 0;
    kill(master, SIGTERM);
    waitpid(master, &status, 0);
    master = 0;
    return status;
}

static int teardown(void **state)
{
    static const char *const names[] = {
        "master", "portal", "pay",      "jobs",        "master.conf", "log",
        "broken", "silent", "stubborn", "portal.sock", "pay.sock"};

    (void)state;
    stop_master();
    for (size_t i = 0; i < SM_COUNT(names); i++)
        remove_file(names[i]);
    return rmdir(dir);
}

/* --- the tests ----------------------------------------------------------- */

static void sockets_are_private(void **state)
{
    char path[256];
    struct stat st;

    (void)state;
    start_master();
    assert_true(wait_until_asked("portal", 0));
    assert_true(wait_until_asked("pay", 0));
    path_in(path, "portal.sock");
    assert_int_equal(stat(path, &st), 0);
    assert_int_equal(st.st_mode & 0777, 0660);
    assert_int_equal(ask("notify"), 0);
}

static void killed_worker_is_replaced(void **state)
{
    int pid;

    (void)state;
    start_master();
    assert_true(wait_for_log("worker_ready", 3));
    pid = ask("pay");
    assert_int_equal(kill(pid, SIGKILL), 0);
    assert_true(wait_until_asked("pay", pid));
    assert_true(wait_for_log("\"signal\":9", 1));
}

static void stop_leaves_nothing(void **state)
{
    char path[256];
    int pid;

    (void)state;
    start_master();
    assert_true(wait_for_log("worker_ready", 3));
    pid = ask("pay");
    assert_int_equal(stop_master(), 0);
    assert_int_equal(kill(pid, 0), -1);
    assert_int_equal(errno, ESRCH);
    path_in(path, "pay.sock");
    assert_int_equal(access(path, F_OK), -1);
}

static void stubborn_worker_is_killed(void **state)
{
    int64_t began;
    int pid;

    (void)state;
    put_file("stubborn", "");
    start_master();
    assert_true(wait_for_log("worker_ready", 3));
    pid = ask("pay");
    began = sm_clock_mono_ms();
    assert_int_equal(stop_master(), 0);
    assert_in_range(sm_clock_mono_ms() - began, 2000, 4000);
    assert_int_equal(kill(pid, 0), -1);
}

struct caller {
    atomic_bool stop;
    atomic_int answered, failed;
};

static void *keep_asking(void *arg)
{
    struct caller *caller = arg;

    while (!caller->stop)
        atomic_fetch_add(ask("portal") ? &caller->answered : &caller->failed,
                         1);
    return NULL;
}

static void roll_has_no_gap(void **state)
{
    struct caller caller = {0};
    pthread_t thread;
    int pay;

    (void)state;
    start_master();
    assert_true(wait_for_log("worker_ready", 3));
    pay = ask("pay");
    assert_int_equal(pthread_create(&thread, NULL, keep_asking, &caller), 0);
    for (int round = 1; round <= 3; round++) {
        assert_int_equal(kill(master, SIGHUP), 0);
        assert_true(wait_for_log("roll_ended", round));
    }
    assert_true(wait_for_log("worker_ended", 9));
    caller.stop = true;
    pthread_join(thread, NULL);
    assert_int_equal(caller.failed, 0);
    assert_true(caller.answered > 10);
    assert_true(wait_until_asked("pay", pay));
    assert_true(wait_for_log("worker_started", 12));
}

static void failed_roll_keeps_the_old(void **state)
{
    int pay;

    (void)state;
    start_master();
    assert_true(wait_for_log("worker_ready", 3));
    pay = ask("pay");
    put_file("broken", "");
    assert_int_equal(kill(master, SIGHUP), 0);
    assert_true(wait_for_log("roll_failed", 1));
    assert_int_equal(ask("pay"), pay);
    assert_true(ask("portal") > 0);
    remove_file("broken");
    put_file("silent", ""); /* starts, and never says that it is ready */
    assert_int_equal(kill(master, SIGHUP), 0);
    assert_true(wait_for_log("roll_failed", 2));
    assert_true(wait_for_log("worker_killed", 1));
    assert_int_equal(ask("pay"), pay);
    remove_file("silent");
    assert_int_equal(kill(master, SIGHUP), 0);
    assert_true(wait_for_log("roll_ended", 1));
    assert_true(wait_until_asked("pay", pay));
}

static void broken_worker_is_not_hammered(void **state)
{
    (void)state;
    put_file("broken", "");
    start_master();
    usleep(1200 * 1000);
    /* At 0, 100, 300 and 700 ms: about four starts for each of 3 seats. */
    assert_in_range(count_in_log("worker_started"), 6, 15);
    remove_file("broken");
    assert_true(wait_until_asked("portal", 0));
}

static void dead_masters_socket_is_taken_over(void **state)
{
    int pay, status;

    (void)state;
    start_master();
    assert_true(wait_for_log("worker_ready", 3));
    pay = ask("pay");
    kill(master, SIGKILL);
    waitpid(master, &status, 0);
    for (int i = 0; i < 500 && kill(pay, 0) == 0; i++)
        usleep(10 * 1000); /* its workers follow it */
    assert_int_equal(kill(pay, 0), -1);
    start_master();
    assert_true(wait_until_asked("pay", pay));
}

static void second_master_is_refused(void **state)
{
    pid_t first;
    int status;

    (void)state;
    start_master();
    assert_true(wait_for_log("worker_ready", 3));
    first = master;
    start_master();
    assert_int_equal(waitpid(master, &status, 0), master);
    assert_int_equal(WEXITSTATUS(status), 1);
    master = first;
    assert_true(ask("pay") > 0);
}

int main(int argc, char **argv)
{
    const char *name = strrchr(argv[0], '/');
#define CASE(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
    const struct CMUnitTest tests[] = {
        CASE(sockets_are_private),
        CASE(killed_worker_is_replaced),
        CASE(stop_leaves_nothing),
        CASE(stubborn_worker_is_killed),
        CASE(roll_has_no_gap),
        CASE(failed_roll_keeps_the_old),
        CASE(broken_worker_is_not_hammered),
        CASE(dead_masters_socket_is_taken_over),
        CASE(second_master_is_refused),
    };

    if (argc > 1 && strcmp(argv[1], "--config") == 0)
        return work(name ? name + 1 : argv[0]);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
