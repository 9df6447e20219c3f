/* jobs: what happens without anybody's request.  Threads of three kinds, mail,
 * sweep and refunds, take work from the database under a lease, so that any
 * number of processes may run and one that dies loses nothing.  A fourth holds
 * our books against the processor's; each step of that may be repeated. */
#ifndef SM_CGI_JOBS_H
#define SM_CGI_JOBS_H

#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "config/settings.h"
#include "crypto/crypto.h"
#include "db/db.h"
#include "notify/mail.h"
#include "pay/pay.h"

/* What all threads share; read-only but for the stop flag. */
struct sm_jobs {
    const struct sm_settings *settings;
    struct sm_db_pool *pool;
    struct sm_pay *pay;
    struct sm_key_bytes link; /* secret.link */
    struct sm_mail_options mail;
    bool has_mail; /* smtp.url is set */
    pthread_mutex_t lock;
    pthread_cond_t wake;
    bool stopping; /* under lock */
};

/* Wait MS milliseconds or until told to stop; true: stop. */
bool sm_jobs_wait(struct sm_jobs *jobs, int ms);

/* True once told to stop. */
bool sm_jobs_stopping(struct sm_jobs *jobs);

/* Run one statement in a transaction of its own, again after a conflict or a
 * COMMIT in doubt: for statements whose second run changes nothing. */
enum sm_status sm_jobs_run(struct sm_rows **out, struct sm_jobs *jobs,
                           struct sm_arena *arena, const struct sm_stmt *stmt,
                           const struct sm_arg *args, struct sm_error *err)
    SM_MUSTCHECK;

/* A kind of work that is claimed in batches, under a lease. */
struct sm_jobs_kind {
    const struct sm_stmt *claim; /* of batch, lease in seconds, now */
    const char *claim_event;     /* logged when the claim fails */
    int batch;                   /* rows at most */
    int span_s;                  /* pieces are begun for so many seconds */

    /* Do what row I of ROWS names, within BUDGET_MS and what the database
     * takes; ARENA is empty and lasts until the next. */
    void (*work)(void *ctx, struct sm_arena *arena, const struct sm_rows *rows,
                 int i, int budget_ms);
};

/* Claim one batch and do it; the lease is the span and twice the time that one
 * piece may take, so that none is done after its end.  BATCH keeps the claimed
 * rows, ONE serves each piece, CTX goes to kind->work.  Returns the number
 * claimed, 0 if it was broken off: kind->batch means that there may be more. */
int sm_jobs_round(struct sm_jobs *jobs, const struct sm_jobs_kind *kind,
                  struct sm_arena *batch, struct sm_arena *one, int budget_ms,
                  void *ctx);

/* Bodies of the threads; ARG is the struct sm_jobs. */
void *sm_jobs_mails(void *arg);
void *sm_jobs_sweep(void *arg);
void *sm_jobs_refunds(void *arg);
void *sm_jobs_books(void *arg);
void *sm_jobs_readings(void *arg);

/* Write the figures of the database into the metrics. */
void sm_jobs_figures(struct sm_jobs *jobs, struct sm_arena *arena);

/* Figures of money that was received and stands on no account, and an alarm
 * for what is later than company.post_days. */
void sm_jobs_posting(struct sm_jobs *jobs, struct sm_arena *arena);

/* One message of the outbox as it is claimed. */
struct sm_message {
    int64_t id;
    const char *to;
    const char *template;
    const char *lang;
    const uint8_t *payment;    /* 16 bytes; NULL: none */
    const uint8_t *number;     /* 32 bytes of a mailed link; NULL: none */
    const uint8_t *submission; /* 16 bytes, of readings; NULL: none */
    int64_t amount_minor;      /* of a refund or surplus; else 0 */
    const char *who;           /* somebody that it names, or "" */
};

/* Fill subject, text and html of OUT from MESSAGE; TEXT and HTML keep them.
 * SM_INVALID  no such template, or it lacks what it needs: never to be sent
 * SM_NOT_FOUND what it is about is gone; SM_BUSY, SM_UNAVAILABLE  later. */
enum sm_status sm_message_make(struct sm_mail *out, struct sm_buf *text,
                               struct sm_buf *html, struct sm_jobs *jobs,
                               struct sm_arena *arena,
                               const struct sm_message *message,
                               struct sm_error *err) SM_MUSTCHECK;

#endif
