/* The outbox: claim, render, send, note the outcome. */
#include "base/clock.h"
#include "base/log.h"
#include "base/metrics.h"
#include "jobs/jobs.h"
#include "sql/jobs_work.h"

#define BATCH 50
#define SPAN_S 240
#define IDLE_MS 1000
#define ARENA_MAX (16u * 1024 * 1024)
#define PART_MAX (1024 * 1024)

struct desk {
    struct sm_jobs *jobs;
    struct sm_mailer *mailer;
    struct sm_arena *batch; /* the claimed rows */
    struct sm_arena *one;   /* one message */
    struct sm_buf text, html;
};

static void count(enum sm_mail_result result)
{
    sm_metric_add(result == SM_MAIL_SENT    ? SM_METRIC_MAIL_SENT
                  : result == SM_MAIL_RETRY ? SM_METRIC_MAIL_RETRY
                                            : SM_METRIC_MAIL_FAILED,
                  1);
}

/* Make and send one; what cannot be made now may be made later. */
static enum sm_mail_result deliver(struct desk *desk, struct sm_arena *arena,
                                   const struct sm_message *message,
                                   struct sm_error *err)
{
    struct sm_mail mail = {.id = 0};
    enum sm_status status;

    status = sm_message_make(&mail, &desk->text, &desk->html, desk->jobs, arena,
                             message, err);
    if (status == SM_OK)
        return sm_mail_send(desk->mailer, &mail, err);
    return status == SM_INVALID || status == SM_NOT_FOUND ? SM_MAIL_FAILED
                                                          : SM_MAIL_RETRY;
}

static void note(struct desk *desk, struct sm_arena *arena,
                 const struct sm_message *message, enum sm_mail_result result,
                 const struct sm_error *why)
{
    struct sm_error err = {.message = ""};
    struct sm_rows *rows = NULL;
    struct sm_log_line line;
    enum sm_status status;

    count(result);
    status = sm_jobs_run(
        &rows, desk->jobs, arena, &sm_sql_jobs_outbox_done,
        (const struct sm_arg[]){
            sm_arg_int8(message->id), sm_arg_text(sm_mail_result_word(result)),
            sm_arg_text(result == SM_MAIL_SENT ? NULL : why->message),
            sm_arg_time(sm_clock_now_us())},
        &err);
    if (status != SM_OK) /* the lease ends and the message goes again */
        sm_log_error("outbox_done", status, &err);
    sm_log_begin(&line, result == SM_MAIL_SENT ? SM_LOG_INFO : SM_LOG_WARN,
                 "mail");
    sm_log_int(&line, "id", message->id);
    sm_log_str(&line, "template", message->template);
    sm_log_str(&line, "result", sm_mail_result_word(result));
    if (result != SM_MAIL_SENT)
        sm_log_str(&line, "why", why->message);
    sm_log_end(&line);
}

static void read_message(struct sm_message *out, const struct sm_rows *rows,
                         int i)
{
    out->id = sm_row_int(rows, i, JOBS_OUTBOX_CLAIM__ID);
    out->to = sm_row_text(rows, i, JOBS_OUTBOX_CLAIM__RECIPIENT);
    out->template = sm_row_text(rows, i, JOBS_OUTBOX_CLAIM__TEMPLATE);
    out->lang = sm_row_text(rows, i, JOBS_OUTBOX_CLAIM__LANGUAGE);
    out->payment = sm_row_null(rows, i, JOBS_OUTBOX_CLAIM__PAYMENT)
                       ? NULL
                       : sm_row_bytes(rows, i, JOBS_OUTBOX_CLAIM__PAYMENT);
    out->number = sm_row_len(rows, i, JOBS_OUTBOX_CLAIM__NUMBER) ==
                          SM_HASH_BYTES
                      ? sm_row_bytes(rows, i, JOBS_OUTBOX_CLAIM__NUMBER)
                      : NULL;
    out->submission =
        sm_row_null(rows, i, JOBS_OUTBOX_CLAIM__SUBMISSION)
            ? NULL
            : sm_row_bytes(rows, i, JOBS_OUTBOX_CLAIM__SUBMISSION);
    out->amount_minor = sm_row_int(rows, i, JOBS_OUTBOX_CLAIM__AMOUNT_MINOR);
    out->who = sm_row_text(rows, i, JOBS_OUTBOX_CLAIM__WHO);
}

static void work(void *ctx, struct sm_arena *arena, const struct sm_rows *rows,
                 int i, int budget_ms)
{
    struct desk *desk = ctx;
    struct sm_error err = {.message = ""};
    struct sm_message message;
    enum sm_mail_result result;

    (void)budget_ms; /* the mailer has its own, the same */
    read_message(&message, rows, i);
    result = deliver(desk, arena, &message, &err);
    note(desk, arena, &message, result, &err);
}

static const struct sm_jobs_kind mailing = {
    .claim = &sm_sql_jobs_outbox_claim,
    .claim_event = "outbox_claim",
    .batch = BATCH,
    .span_s = SPAN_S,
    .work = work,
};

static void serve(struct desk *desk)
{
    while (!sm_jobs_stopping(desk->jobs)) {
        if (sm_jobs_round(desk->jobs, &mailing, desk->batch, desk->one,
                          desk->jobs->mail.total_ms, desk) < BATCH &&
            sm_jobs_wait(desk->jobs, IDLE_MS))
            break;
    }
}

void *sm_jobs_mails(void *arg)
{
    struct desk desk = {.jobs = arg};
    struct sm_error err = {.message = ""};
    enum sm_status status;

    sm_buf_init(&desk.text, PART_MAX);
    sm_buf_init(&desk.html, PART_MAX);
    desk.batch = sm_arena_new(ARENA_MAX);
    desk.one = sm_arena_new(ARENA_MAX);
    status = sm_mailer_new(&desk.mailer, &desk.jobs->mail, &err);
    if (status == SM_OK && desk.batch != NULL && desk.one != NULL)
        serve(&desk);
    else
        sm_log_error("mail_thread", status, &err);
    sm_mailer_free(desk.mailer);
    sm_arena_free(desk.one);
    sm_arena_free(desk.batch);
    sm_buf_release(&desk.html);
    sm_buf_release(&desk.text);
    return NULL;
}
