#include "jobs_sim.h"

#include <stdio.h>
#include <string.h>

#include "audit.h"
#include "books.h"
#include "jobs/jobs.h"
#include "seam.h"
#include "sim.h"
#include "web.h"

enum { STOPS = 50 /* thousandths, in a world of crashes */ };

struct jobs_sink jobs_sink;

static struct sm_jobs jobs = {.lock = PTHREAD_MUTEX_INITIALIZER,
                              .wake = PTHREAD_COND_INITIALIZER};
static int64_t due_us[3]; /* sweep, mail, refunds */
static int64_t compared_us;
static bool tied;    /* a round of the jobs did not come to its end */
static bool stopped; /* told to end while it held the books */

/* The mail that is being sent: made by sm_message_make(), read by
 * sm_mail_send(). */
static _Thread_local struct jobs_mail making;

bool jobs_open(void)
{
    const struct sm_db_options options = {
        .conninfo = books_conninfo(),
        .user = "smetka_jobs",
        .program = "sim jobs",
        .size = 4,
        .wait_ms = 1000,
        .connect_ms = 5000,
        .query_ms = 20000,
    };
    struct sm_error err = {.message = ""};

    jobs.settings = web_settings();
    jobs.has_mail = true;
    jobs.mail.total_ms = 1000;
    if (sm_db_pool_new(&jobs.pool, &options, &err) == SM_OK &&
        sm_pay_open(&jobs.pay, jobs.settings, jobs.pool, 1000, &err) == SM_OK)
        return true;
    fprintf(stderr, "sim: jobs: %s\n", err.message);
    return false;
}

void jobs_close(void)
{
    sm_pay_close(jobs.pay);
    sm_db_pool_free(jobs.pool);
    jobs.pay = NULL;
    jobs.pool = NULL;
}

/* A new process: a place at the processor that a dead thread held is free. */
static void start_again(void)
{
    struct sm_error err = {.message = ""};

    stopped = false;
    sm_pay_close(jobs.pay);
    if (sm_pay_open(&jobs.pay, jobs.settings, jobs.pool, 1000, &err) != SM_OK)
        sim_broken("SIM", "jobs: %s", err.message);
}

void jobs_clear(void)
{
    jobs_sink.count = 0;
    compared_us = sim.now_us;
    seam_dirty = true;
    start_again();
}

void jobs_stop_now_and_then(void)
{
    if (stopped || !sim_fault(sim.odds.crash > 0 ? STOPS : 0))
        return;
    sim_say("the jobs are told to stop");
    stopped = true;
    sm_pay_stop(jobs.pay);
}

/* What cgi/jobs/main.c gives to its threads: here they end after a round. */
bool sm_jobs_wait(struct sm_jobs *of, int ms)
{
    (void)of;
    (void)ms;
    return true;
}

bool sm_jobs_stopping(struct sm_jobs *of)
{
    (void)of;
    return false;
}

/* The words of a mail are made elsewhere and tested there; here it is what it
 * claims, to whom. */
enum sm_status sm_message_make(struct sm_mail *out, struct sm_buf *text,
                               struct sm_buf *html, struct sm_jobs *of,
                               struct sm_arena *arena,
                               const struct sm_message *message,
                               struct sm_error *err)
{
    (void)text;
    (void)html;
    (void)of;
    (void)arena;
    (void)err;
    *out = (struct sm_mail){.id = message->id, .to = message->to};
    memset(&making, 0, sizeof(making));
    snprintf(making.template, sizeof(making.template), "%s", message->template);
    snprintf(making.to, sizeof(making.to), "%s", message->to);
    if (message->payment != NULL)
        memcpy(making.payment, message->payment, 16);
    return SM_OK;
}

enum sm_status sm_mailer_new(struct sm_mailer **out,
                             const struct sm_mail_options *options,
                             struct sm_error *err)
{
    (void)options;
    (void)err;
    *out = NULL;
    return SM_OK;
}

void sm_mailer_free(struct sm_mailer *mailer)
{
    (void)mailer;
}

const char *sm_mail_result_word(enum sm_mail_result result)
{
    return result == SM_MAIL_SENT    ? "sent"
           : result == SM_MAIL_RETRY ? "retry"
                                     : "failed";
}

enum sm_mail_result sm_mail_send(struct sm_mailer *mailer,
                                 const struct sm_mail *mail,
                                 struct sm_error *err)
{
    (void)mailer;
    (void)mail;
    if (sim_fault(sim.odds.mail)) {
        sim_say("mail: %s to %s: not now", making.template, making.to);
        sm_error_set(err, SM_UNAVAILABLE, __FILE__, __LINE__, "not now");
        return SM_MAIL_RETRY;
    }
    sim_say("mail: %s about %s to %s", making.template,
            model_name(making.payment), making.to);
    if (jobs_sink.count < JOBS_MAILS)
        jobs_sink.mails[jobs_sink.count++] = making;
    audit_mail(making.template, making.payment, making.to);
    seam_crash("between the mail server and the outbox");
    if (sim_fault(sim.odds.mail)) {
        sim_say("... and its answer is lost");
        sm_error_set(err, SM_UNAVAILABLE, __FILE__, __LINE__, "lost");
        return SM_MAIL_RETRY;
    }
    return SM_MAIL_SENT;
}

bool jobs_reached(const char *template, const uint8_t payment[16],
                  const char *to)
{
    int i;

    for (i = 0; i < jobs_sink.count; i++) {
        const struct jobs_mail *mail = &jobs_sink.mails[i];

        if (strcmp(mail->template, template) == 0 &&
            memcmp(mail->payment, payment, 16) == 0 &&
            strcmp(mail->to, to) == 0)
            return true;
    }
    return false;
}

static void sweep(void *arg)
{
    sm_jobs_sweep(arg);
}

static void mails(void *arg)
{
    sm_jobs_mails(arg);
}

/* One round; what a dead process or a lost claim leaves is due together. */
static void round_of(void (*work)(void *arg))
{
    if (!seam_process(work, &jobs) || seam->troubles > 0)
        tied = true;
}

void jobs_sweep(void)
{
    sim_say("sweep");
    round_of(sweep);
}

static void refunds(void *arg)
{
    sm_jobs_refunds(arg);
}

static void books(void *arg)
{
    sm_jobs_books(arg);
}

void jobs_money(void)
{
    sim_say("refunds");
    round_of(refunds);
    sim_say("books");
    round_of(books);
    if (stopped)
        start_again();
}

void jobs_compare_next(void)
{
    compared_us = INT64_MIN / 2;
}

/* Once a day; the rows of other seeds, at other times, say nothing. */
bool __wrap_sm_pay_compare_due(struct sm_pay *pay,
                               const struct sm_processor *processor,
                               struct sm_arena *arena, int64_t now_us);
bool __wrap_sm_pay_compare_due(struct sm_pay *pay,
                               const struct sm_processor *processor,
                               struct sm_arena *arena, int64_t now_us)
{
    bool due = now_us - compared_us >= 23 * SIM_HOUR;

    (void)pay;
    (void)processor;
    (void)arena;
    if (due) {
        compared_us = now_us;
        jobs_stop_now_and_then();
    }
    return due;
}

void jobs_mail(void)
{
    sim_say("outbox");
    /* mails of one transaction are due at one instant */
    PQclear(books_ask("untie", 0, NULL));
    round_of(mails);
}

/* Which of the three is due first. */
static int first_due(void)
{
    int first = 0, i;

    for (i = 1; i < 3; i++) {
        if (due_us[i] < due_us[first])
            first = i;
    }
    return first;
}

int64_t jobs_next(void)
{
    int64_t at;

    if (seam_dirty) {
        if (tied)
            PQclear(books_ask("untie", 0, NULL));
        tied = false;
        books_due(due_us);
        seam_dirty = false;
    }
    at = due_us[first_due()];
    if (at == INT64_MAX)
        return at;
    if (at < sim.now_us)
        at = sim.now_us;
    if (sim.faults && at >= sim.odds.jobs_from && at < sim.odds.jobs_until)
        at = sim.odds.jobs_until;
    return at;
}

void jobs_do(void)
{
    static void (*const work[])(void) = {jobs_sweep, jobs_mail, jobs_money};

    seam_dirty = true;
    work[first_due()]();
}

void jobs_operator(void)
{
    struct sm_arena *arena = sm_arena_new(1 << 20);
    struct sm_error err = {.message = ""};
    struct sm_pay_result result;
    int i;

    for (i = 0; arena != NULL && i < model.nattempts; i++) {
        if (model.attempts[i].state != MODEL_FLIGHT)
            continue;
        sim_say("an operator asks about payment %d", i);
        if (sm_pay_ask(&result, jobs.pay, arena, model.attempts[i].id, 8000,
                       sim.now_us, &err) != SM_OK)
            sim_broken("I7", "an operator cannot ask: %s", err.message);
        sm_arena_clear(arena);
    }
    sm_arena_free(arena);
}
