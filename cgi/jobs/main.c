/* jobs: sends the outbox and asks about payments in flight.  Start order as
 * the other programs': settings, texts, database, threads, ready. */
#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/metrics.h"
#include "base/text.h"
#include "jobs/jobs.h"
#include "keys.h"
#include "net/http.h"
#include "sql/jobs_work.h"
#include "view/view.h"
#include "web/page.h" /* sm_keys */

enum {
    EXIT_REFUSED = 1,
    EXIT_USAGE = 2,
    SWEEPERS = 2,
    MAILERS = 2,
    REFUNDERS = 1,
    BOOKKEEPERS = 1,
    READERS = 1,
    CLOSE_BATCH = 50,
    FIGURES_S = 5,
    FORGET_ROUNDS = 720 /* of FIGURES_S: once an hour */
};

#define ARENA_MAX (1024u * 1024)

struct options {
    const char *config;
    bool show_config, check;
};

bool sm_jobs_wait(struct sm_jobs *jobs, int ms)
{
    struct timespec end;
    bool stop;

    clock_gettime(CLOCK_REALTIME, &end);
    end.tv_sec += ms / 1000;
    end.tv_nsec += (long)(ms % 1000) * 1000000L;
    end.tv_sec += end.tv_nsec / 1000000000L;
    end.tv_nsec %= 1000000000L;
    pthread_mutex_lock(&jobs->lock);
    while (!jobs->stopping &&
           pthread_cond_timedwait(&jobs->wake, &jobs->lock, &end) == 0)
        continue;
    stop = jobs->stopping;
    pthread_mutex_unlock(&jobs->lock);
    return stop;
}

bool sm_jobs_stopping(struct sm_jobs *jobs)
{
    bool stop;

    pthread_mutex_lock(&jobs->lock);
    stop = jobs->stopping;
    pthread_mutex_unlock(&jobs->lock);
    return stop;
}

static void stop_all(struct sm_jobs *jobs)
{
    pthread_mutex_lock(&jobs->lock);
    jobs->stopping = true;
    pthread_cond_broadcast(&jobs->wake);
    pthread_mutex_unlock(&jobs->lock);
    sm_pay_stop(jobs->pay);
}

static bool read_options(struct options *out, int argc, char **argv)
{
    static const struct option known[] = {
        {"config", required_argument, NULL, 'c'},
        {"listen", required_argument, NULL, 'l'},
        {"instance", required_argument, NULL, 'i'},
        {"show-config", no_argument, NULL, 's'},
        {"check", no_argument, NULL, 'k'},
        {NULL, 0, NULL, 0},
    };
    int c;

    *out = (struct options){.config = NULL};
    while ((c = getopt_long(argc, argv, "", known, NULL)) != -1) {
        if (c == 'c')
            out->config = optarg;
        else if (c == 's')
            out->show_config = true;
        else if (c == 'k')
            out->check = true;
        else if (c != 'l' && c != 'i') /* the master's; nothing listens here */
            return false;
    }
    return optind == argc;
}

static void read_mail_options(struct sm_jobs *jobs)
{
    const struct sm_settings *set = jobs->settings;

    jobs->mail = (struct sm_mail_options){
        .url = sm_settings_str(set, "smtp.url"),
        .user = sm_settings_str(set, "smtp.user"),
        .password = sm_settings_str(set, "smtp.password"),
        .ca_file = sm_settings_str(set, "smtp.ca_file"),
        .from = sm_settings_str(set, "smtp.from"),
        .allow_plain = !sm_settings_bool(set, "smtp.require_tls"),
        .connect_ms = (int)sm_settings_int(set, "smtp.connect_ms"),
        .total_ms = (int)sm_settings_int(set, "smtp.total_ms"),
    };
    jobs->has_mail = jobs->mail.url[0] != '\0';
}

static enum sm_status open_pool(struct sm_jobs *jobs, struct sm_error *err)
{
    struct sm_db_options options =
        sm_db_options_read(jobs->settings, "smetka_jobs", "jobs");

    options.size = SWEEPERS + MAILERS + REFUNDERS + BOOKKEEPERS + READERS + 1;
    return sm_db_pool_new(&jobs->pool, &options, err);
}

static enum sm_status open_jobs(struct sm_jobs *jobs, struct sm_error *err)
{
    static const char *const required[] = {"secret.link", "public_origin"};
    const struct sm_settings *set = jobs->settings;
    struct sm_mailer *probe = NULL;
    enum sm_status status;

    status = sm_settings_require(set, required, SM_COUNT(required), err);
    if (status == SM_OK &&
        sm_key_parse(&jobs->link, sm_settings_str(set, "secret.link")) != SM_OK)
        status = SM_FAIL(err, SM_INVALID, "secret.link: not 64 hex digits");
    if (status == SM_OK)
        status = sm_http_global_init(err);
    if (status == SM_OK)
        status = sm_view_open(sm_settings_str(set, "share_dir"), "jobs",
                              sm_keys, sm_keys_count, err);
    if (status == SM_OK)
        status = open_pool(jobs, err);
    if (status == SM_OK)
        status =
            sm_pay_open(&jobs->pay, set, jobs->pool, SWEEPERS + REFUNDERS, err);
    read_mail_options(jobs);
    if (status == SM_OK && jobs->has_mail) {
        status = sm_mailer_new(&probe, &jobs->mail, err);
        sm_mailer_free(probe);
    }
    return status;
}

static void close_jobs(struct sm_jobs *jobs)
{
    sm_pay_close(jobs->pay);
    sm_db_pool_free(jobs->pool);
    sm_view_close();
    sm_http_global_cleanup();
}

/* The rules inside the database follow the settings file.  The database may
 * be down at start: then it is told later. */
static bool tell_settings(struct sm_jobs *jobs, struct sm_arena *arena)
{
    const struct {
        const char *name;
        int64_t value;
    } rows[] = {
        {"sweep.first_s", sm_settings_int(jobs->settings, "sweep.first_s")},
        {"handle.life_s",
         60 * sm_settings_int(jobs->settings, "guest_pay.handle_min")},
        {"order.life_s",
         60 * sm_settings_int(jobs->settings, "attempt.expires_min")},
        {"unknown.after_s",
         sm_settings_int(jobs->settings, "sweep.unknown_after_s")},
    };
    struct sm_error err = {.message = ""};
    struct sm_rows *out = NULL;
    enum sm_status status;
    size_t i;

    for (i = 0; i < SM_COUNT(rows); i++) {
        status =
            sm_jobs_run(&out, jobs, arena, &sm_sql_jobs_set,
                        (const struct sm_arg[]){sm_arg_text(rows[i].name),
                                                sm_arg_int8(rows[i].value)},
                        &err);
        if (status != SM_OK) {
            sm_log_error("jobs_set", status, &err);
            return false;
        }
    }
    return true;
}

static void tell_ready(void)
{
    const char *text = getenv("SMETKA_READY_FD");
    int64_t fd;

    if (text == NULL || sm_parse_i64(&fd, text, 0, 65535) != SM_OK)
        return;
    if (write((int)fd, "r", 1) != 1)
        sm_log_msg(SM_LOG_WARN, "ready", "not told: %s", strerror(errno));
    close((int)fd);
}

/* Remove look-ups that are older than the privacy page promises. */
static void forget(struct sm_jobs *jobs, struct sm_arena *arena)
{
    const int64_t day_us = 86400LL * 1000000;
    const int64_t before_us = sm_clock_now_us() -
                              sm_settings_int(jobs->settings, "log.keep_days") *
                                  day_us;
    struct sm_error err = {.message = ""};
    struct sm_rows *rows = NULL;
    enum sm_status status;

    do {
        status = sm_jobs_run(&rows, jobs, arena, &sm_sql_jobs_forget,
                             (const struct sm_arg[]){sm_arg_time(before_us)},
                             &err);
    } while (status == SM_OK && sm_row_int(rows, 0, JOBS_FORGET__GONE) > 0);
    if (status != SM_OK)
        sm_log_error("jobs_forget", status, &err);
}

/* End the log-ins that asked for it 14 days ago. */
static void close_due(struct sm_jobs *jobs, struct sm_arena *arena)
{
    const struct sm_arg args[] = {
        sm_arg_int4(CLOSE_BATCH),
        sm_arg_time(sm_clock_now_us()),
    };
    struct sm_error err = {.message = ""};
    struct sm_rows *rows = NULL;
    enum sm_status status;

    do {
        status =
            sm_jobs_run(&rows, jobs, arena, &sm_sql_jobs_close_due, args, &err);
    } while (status == SM_OK &&
             sm_row_int(rows, 0, JOBS_CLOSE_DUE__CLOSED) == CLOSE_BATCH);
    if (status != SM_OK)
        sm_log_error("close_due", status, &err);
}

/* The main thread: figures now and then, until a signal says to stop. */
static void watch(struct sm_jobs *jobs, struct sm_arena *arena)
{
    const struct timespec pause = {.tv_sec = FIGURES_S};
    bool told = tell_settings(jobs, arena);
    sigset_t set;
    int round = 0;

    sigemptyset(&set);
    sigaddset(&set, SIGTERM);
    sigaddset(&set, SIGINT);
    tell_ready();
    while (sigtimedwait(&set, NULL, &pause) < 0) {
        if (!told)
            told = tell_settings(jobs, arena);
        sm_jobs_figures(jobs, arena);
        sm_jobs_posting(jobs, arena);
        if (round++ % FORGET_ROUNDS == 0) {
            forget(jobs, arena);
            close_due(jobs, arena);
        }
    }
}

static enum sm_status run_threads(struct sm_jobs *jobs, struct sm_error *err)
{
    struct sm_arena *arena = sm_arena_new(ARENA_MAX);
    static void *(*const work[])(void *) = {
        sm_jobs_sweep, sm_jobs_sweep,    sm_jobs_refunds, sm_jobs_books,
        sm_jobs_mails, sm_jobs_readings, sm_jobs_mails};
    pthread_t threads[SM_COUNT(work)];
    enum sm_status status = SM_OK;
    size_t count = 0, i;

    if (arena == NULL)
        return SM_FAIL(err, SM_INTERNAL, "out of memory");
    for (i = 0; i < SM_COUNT(work) && status == SM_OK; i++) {
        if (work[i] == sm_jobs_mails && !jobs->has_mail)
            continue;
        if (pthread_create(&threads[count], NULL, work[i], jobs) == 0)
            count++;
        else
            status = SM_FAIL(err, SM_INTERNAL, "pthread_create");
    }
    if (status == SM_OK)
        watch(jobs, arena);
    stop_all(jobs);
    while (count > 0)
        pthread_join(threads[--count], NULL);
    sm_arena_free(arena);
    return status;
}

/* Signals are taken by the main thread alone, where it waits for them. */
static void block_signals(void)
{
    sigset_t set;

    sigemptyset(&set);
    sigaddset(&set, SIGTERM);
    sigaddset(&set, SIGINT);
    sigaddset(&set, SIGPIPE);
    pthread_sigmask(SIG_BLOCK, &set, NULL);
}

int main(int argc, char **argv)
{
    static struct sm_jobs jobs = {.lock = PTHREAD_MUTEX_INITIALIZER,
                                  .wake = PTHREAD_COND_INITIALIZER};
    struct sm_error err = {.message = ""};
    struct sm_settings *settings = NULL;
    struct options options;
    enum sm_status status;

    if (!read_options(&options, argc, argv)) {
        fputs("usage: jobs [--config FILE] [--show-config] [--check]\n",
              stderr);
        return EXIT_USAGE;
    }
    status = sm_settings_load(&settings, options.config, &err);
    if (status == SM_OK && options.show_config) {
        sm_settings_print(settings, false);
        sm_settings_free(settings);
        return EXIT_SUCCESS;
    }
    if (status == SM_OK) {
        jobs.settings = settings;
        sm_log_open("jobs",
                    sm_log_level_of(sm_settings_str(settings, "log.level")));
        sm_clock_set_offset(sm_settings_int(settings, "clock.offset_s"));
        setenv("TZ", sm_settings_str(settings, "company.time_zone"), 1);
        tzset();
        block_signals();
        /* Without a master the figures stay in this process: no failure. */
        (void)sm_metrics_open("jobs", NULL);
        status = open_jobs(&jobs, &err);
        if (status == SM_OK && !options.check)
            status = run_threads(&jobs, &err);
        close_jobs(&jobs);
    }
    if (status != SM_OK)
        sm_log_error("jobs", status, &err);
    sm_settings_free(settings);
    return status == SM_OK ? EXIT_SUCCESS : EXIT_REFUSED;
}
