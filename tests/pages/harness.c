#include "harness.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/buf.h"
#include "support/fixture.h"

enum { READY_MS = 20000, STOP_MS = 10000, ARGS_MAX = 16 };

int64_t sm_test_ms(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

void sm_test_sleep_ms(int ms)
{
    struct timespec nap = {.tv_sec = ms / 1000,
                           .tv_nsec = (long)(ms % 1000) * 1000000};

    nanosleep(&nap, NULL);
}

static void write_config(const struct sm_site *site, const char *extra)
{
    char path[128];
    FILE *file;

    snprintf(path, sizeof(path), "%s/conf", site->dir);
    file = fopen(path, "we");
    assert_non_null(file);
    fprintf(file,
            "run_dir = %s\nshare_dir = %s\ndatabase = %s\n"
            "public_origin = " SM_SITE_ORIGIN "\n"
            "secret.lookup = %064d\nsecret.form = %064d\n"
            "secret.link = %064d\nsecret.pepper = %064d\n"
            "secret.seal = %064d\nstripe.form_origins = "
            "https://checkout.example.com\n%s",
            site->dir, SM_TEST_SHARE, sm_test_database(), 1, 2, 3, 4, 5,
            extra ? extra : "");
    fclose(file);
}

static void run_program(const struct sm_site *site, const char *program,
                        const char *const *args, int ready_fd)
{
    char path[512], config[128], fd_text[16], log[128];
    const char *argv[ARGS_MAX + 4] = {path, "--config", config};
    int count = 3, log_fd;

    snprintf(path, sizeof(path), "%s/%s", SM_TEST_BIN, program);
    snprintf(config, sizeof(config), "%s/conf", site->dir);
    snprintf(log, sizeof(log), "%s/log", site->dir);
    snprintf(fd_text, sizeof(fd_text), "%d", ready_fd);
    for (; args && *args && count < ARGS_MAX; args++)
        argv[count++] = *args;
    setenv("SMETKA_READY_FD", fd_text, 1);
    /* a test that is ended leaves no program behind */
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    log_fd = open(log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    dup2(log_fd, STDERR_FILENO);
    execv(path, (char *const *)(uintptr_t)argv);
    _exit(127);
}

/* Read the program's log, to stderr if SHOW; true if a sanitizer wrote in it:
 * a program that was killed has no exit code that tells. */
static bool read_log(const struct sm_site *site, bool show)
{
    char line[2048], path[128];
    bool report = false;
    FILE *file;

    snprintf(path, sizeof(path), "%s/log", site->dir);
    file = fopen(path, "re");
    while (file && fgets(line, sizeof(line), file)) {
        report = report || strstr(line, "Sanitizer") ||
                 strstr(line, "runtime error:");
        if (show)
            fputs(line, stderr);
    }
    if (file)
        fclose(file);
    return report;
}

/* The program ended badly.  cmocka does not count what fails in a teardown,
 * which is where most programs are stopped, so this ends the test itself. */
static void ended_badly(const struct sm_site *site, const char *how)
{
    read_log(site, true);
    fprintf(stderr, "[  FAILED  ] the program of %s %s\n", site->dir, how);
    exit(1);
}

void sm_site_start(struct sm_site *out, const char *program, const char *extra,
                   const char *const *args)
{
    int ready[2];
    struct pollfd wait;
    char byte;

    memset(out, 0, sizeof(*out));
    snprintf(out->dir, sizeof(out->dir), "/tmp/smetka-page.XXXXXX");
    assert_non_null(mkdtemp(out->dir));
    snprintf(out->socket, sizeof(out->socket), "%s/%s.sock", out->dir, program);
    write_config(out, extra);
    assert_int_equal(pipe(ready), 0);
    fcntl(ready[0], F_SETFD, FD_CLOEXEC);
    out->pid = fork();
    if (out->pid == 0)
        run_program(out, program, args, ready[1]);
    close(ready[1]);
    wait = (struct pollfd){.fd = ready[0], .events = POLLIN};
    if (poll(&wait, 1, READY_MS) != 1 || read(ready[0], &byte, 1) != 1) {
        read_log(out, true);
        kill(out->pid, SIGKILL);
        fail_msg("%s did not start", program);
    }
    close(ready[0]);
}

void sm_site_await(const struct sm_site *site)
{
    const struct sm_ask ask = {.path = "/readyz", .address = "127.0.0.1"};
    int64_t until = sm_test_ms() + STOP_MS;
    struct sm_answer answer;
    int http;

    for (;;) {
        sm_site_ask(&answer, site, &ask);
        http = answer.http;
        sm_answer_free(&answer);
        if (http == 200)
            return;
        if (sm_test_ms() >= until)
            fail_msg("not ready: %d", http);
        sm_test_sleep_ms(20);
    }
}

int sm_site_stop(struct sm_site *site)
{
    if (site->pid <= 0) /* it never started; kill() would take it for a group */
        return 0;
    kill(site->pid, SIGTERM);
    return sm_site_wait(site);
}

int sm_site_wait(struct sm_site *site)
{
    int64_t until = sm_test_ms() + STOP_MS;
    int status = 0;
    char command[128];

    while (waitpid(site->pid, &status, WNOHANG) == 0) {
        if (sm_test_ms() >= until) {
            kill(site->pid, SIGKILL);
            waitpid(site->pid, &status, 0);
            ended_badly(site, "did not end in time");
        }
        sm_test_sleep_ms(5);
    }
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
        ended_badly(site, "crashed or exited with a failure");
    if (read_log(site, false))
        ended_badly(site, "was reported by a sanitizer");
    for (const char *const *name = (const char *const[]){"conf", "log", NULL};
         *name; name++) {
        snprintf(command, sizeof(command), "%s/%s", site->dir, *name);
        unlink(command);
    }
    unlink(site->socket);
    rmdir(site->dir);
    return 0;
}

/* Keep the cookie of LINE, "Set-Cookie: name=value; ..."; an empty one goes. */
static void learn_cookie(struct sm_browser *browser, const char *line)
{
    static const char session[] = "__Host-smetka-in=";
    size_t len = strcspn(line, ";\n");

    if (strncmp(line, session, sizeof(session) - 1) != 0)
        snprintf(browser->cookie, sizeof(browser->cookie), "%.*s", (int)len,
                 line);
    else if (len < sizeof(session))
        browser->session[0] = '\0';
    else
        snprintf(browser->session, sizeof(browser->session), "%.*s", (int)len,
                 line);
}

/* The Cookie header of the browser; NULL if it has none. */
static const char *cookies(char out[300], const struct sm_browser *browser)
{
    snprintf(out, 300, "%s%s%s", browser->cookie,
             *browser->cookie && *browser->session ? "; " : "",
             browser->session);
    return *out ? out : NULL;
}

/* Keep what the answer gives the browser. */
static void learn(struct sm_browser *browser, const struct sm_answer *answer)
{
    static const char field[] = "name=\"csrf\" value=\"";
    static const char set[] = "Set-Cookie: ";
    const char *at;

    for (at = answer->head; (at = strstr(at, set)) != NULL;) {
        at += sizeof(set) - 1;
        learn_cookie(browser, at);
    }
    at = strstr(answer->body, field);
    if (at) {
        at += sizeof(field) - 1;
        snprintf(browser->csrf, sizeof(browser->csrf), "%.*s",
                 (int)strcspn(at, "\""), at);
    }
}

void sm_browser_get(struct sm_answer *out, struct sm_browser *browser,
                    const char *path)
{
    char jar[300];
    const struct sm_ask ask = {
        .path = path,
        .cookie = cookies(jar, browser),
    };

    sm_site_ask(out, browser->site, &ask);
    learn(browser, out);
}

void sm_browser_post(struct sm_answer *out, struct sm_browser *browser,
                     const char *path, const char *body)
{
    char *whole = NULL, jar[300];
    struct sm_ask ask = {
        .method = "POST",
        .path = path,
        .origin = SM_SITE_ORIGIN,
        .cookie = cookies(jar, browser),
    };

    if (asprintf(&whole, "csrf=%s&website=&%s", browser->csrf, body) < 0)
        fail_msg("no memory");
    ask.body = whole;
    sm_site_ask(out, browser->site, &ask);
    free(whole);
    learn(browser, out);
}

void sm_browser_upload(struct sm_answer *out, struct sm_browser *browser,
                       const char *path, const char *const *fields,
                       const char *name, const char *data, size_t len)
{
    static const char part[] = "--WebKit7MA4\r\nContent-Disposition: "
                               "form-data; name=\"%s\"";
    char jar[300];
    struct sm_buf body;

    sm_buf_init(&body, (size_t)4 << 20);
    sm_buf_addf(&body, part, "csrf");
    sm_buf_addf(&body, "\r\n\r\n%s\r\n", browser->csrf);
    for (; *fields; fields += 2) {
        sm_buf_addf(&body, part, fields[0]);
        sm_buf_addf(&body, "\r\n\r\n%s\r\n", fields[1]);
    }
    sm_buf_addf(&body, part, name);
    sm_buf_addf(&body,
                "; filename=\"%s\"\r\nContent-Type: "
                "application/octet-stream\r\n\r\n",
                len > 0 ? "a.csv" : "");
    sm_buf_add(&body, data, len);
    sm_buf_adds(&body, "\r\n--WebKit7MA4--\r\n");
    assert_true(sm_buf_ok(&body));

    struct sm_ask ask = {
        .method = "POST",
        .path = path,
        .type = "multipart/form-data; boundary=WebKit7MA4",
        .origin = SM_SITE_ORIGIN,
        .cookie = cookies(jar, browser),
        .body = body.data,
        .body_len = body.len,
    };

    sm_site_ask(out, browser->site, &ask);
    sm_buf_release(&body);
    learn(browser, out);
}

void sm_assert_has(const struct sm_answer *answer, const char *text)
{
    if (!strstr(answer->body, text))
        fail_msg("no \"%s\" in (%d)\n%s", text, answer->http, answer->body);
}

void sm_assert_hasnt(const struct sm_answer *answer, const char *text)
{
    if (strstr(answer->body, text))
        fail_msg("\"%s\" in (%d)\n%s", text, answer->http, answer->body);
}

void sm_assert_header(const struct sm_answer *answer, const char *name,
                      const char *value)
{
    char got[1024];

    sm_answer_header(answer, name, got, sizeof(got));
    if (strcmp(got, value) != 0)
        fail_msg("%s is \"%s\", not \"%s\" in\n%s", name, got, value,
                 answer->head);
}

void sm_assert_page(const struct sm_answer *answer, int http)
{
    const char *problem;

    if (answer->http != http)
        fail_msg("%d, not %d:\n%s\n%s", answer->http, http, answer->head,
                 answer->body);
    sm_assert_header(answer, "Content-Type", "text/html; charset=utf-8");
    problem = sm_html_problem(answer->body, answer->len);
    if (problem)
        fail_msg("%s in\n%s", problem, answer->body);
}
