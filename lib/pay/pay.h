/* A payment from the button to the answer: what is committed when, who is
 * asked, what an answer changes.  The rules themselves are in the database
 * (pay.start, pay.apply); this file keeps the order of things:
 *
 *   start   freeze and mark as asked, COMMIT, give the connection back, create
 *           at the processor, apply its answer
 *   ask     query (or recover what a lost answer left), apply
 *   cancel  close at the processor, apply what it confirms
 *   notify  apply what an authentic notification says
 *
 * No connection is held while the processor is waited for, and at most a share
 * of the threads waits there; the rest say SM_BUSY at once, which costs nobody
 * money: the attempt is committed and the sweep asks.  Every step may be
 * repeated: a crash anywhere leaves a row that the sweep takes up. */
#ifndef SM_PAY_PAY_H
#define SM_PAY_PAY_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/clock.h"
#include "config/settings.h"
#include "db/db.h"
#include "pay/processor.h"

struct sm_pay;

/* Open the processor named by the settings, and those of earlier payments.
 * pool   lives longer; each operation borrows from it
 * calls  threads that may wait for the processor at a time, at least 1 */
enum sm_status sm_pay_open(struct sm_pay **out,
                           const struct sm_settings *settings,
                           struct sm_db_pool *pool, int calls,
                           struct sm_error *err) SM_MUSTCHECK;

/* Close it; no operation may be under way.  NULL is fine. */
void sm_pay_close(struct sm_pay *pay);

/* What goes through whole lists, sm_pay_compare() and sm_pay_payouts(), ends
 * with SM_UNAVAILABLE before its next page, order or payout; what is posted
 * stands.  For a process that is to end; from any thread. */
void sm_pay_stop(struct sm_pay *pay);

/* The processor of new payments. */
const struct sm_processor *sm_pay_processor(const struct sm_pay *pay);

/* The open processor NAME, of new or earlier payments; NULL if there is none.
 */
const struct sm_processor *sm_pay_processor_named(const struct sm_pay *pay,
                                                  const char *name);

/* What the payer sent. */
struct sm_pay_form {
    const uint8_t *handle_hash;  /* 32 bytes */
    const uint8_t *browser_hash; /* 32 bytes */
    const char *once_key;
    const char *choice;   /* total, current, other */
    int64_t amount_minor; /* of "other"; else 0 */
    int64_t shown_minor;  /* the sum that the page showed */
    const char *currency;
    const char *lang;
    const uint8_t *retry_of; /* 16 bytes, or NULL */
    int64_t now_us;
};

/* How pay.start() answered. */
enum sm_pay_outcome {
    SM_PAY_CREATED,  /* a new attempt */
    SM_PAY_SAME,     /* this key made an attempt before: go to its status */
    SM_PAY_CONFLICT, /* this key was used with other content */
    SM_PAY_CHANGED,  /* the sum moved; amount_minor is the new one */
    SM_PAY_INFLIGHT, /* the payer's own attempt is in flight */
    SM_PAY_NOTHING,  /* nothing to pay */
    SM_PAY_RANGE,    /* below the least or above the largest sum */
    SM_PAY_GONE      /* the bill page has expired or is another browser's */
};

/* What is known after an operation.  Strings live in the caller's arena. */
struct sm_pay_result {
    enum sm_pay_outcome outcome; /* of sm_pay_start() */
    uint8_t payment[SM_ID_BYTES];
    const char *state;   /* of the attempt; "" if there is none */
    const char *applied; /* pay.apply()'s word; "" if not reached */
    int64_t amount_minor;
    const char *currency;
    const char *redirect_url; /* "" unless payable there now */
};

/* True if STATE is settled or closed. */
bool sm_pay_is_final(const char *state);

/* Start a payment.  SM_OK whatever the outcome and also when the processor
 * could not be asked: the attempt is committed and redirect_url is "".
 * SM_BUSY, SM_UNAVAILABLE  the database; nothing is known to be committed,
 *                          the same once-key finds it if it was
 * SM_INTERNAL. */
enum sm_status sm_pay_start(struct sm_pay_result *out, struct sm_pay *pay,
                            struct sm_arena *arena,
                            const struct sm_pay_form *form,
                            struct sm_error *err) SM_MUSTCHECK;

/* Ask the processor about PAYMENT within BUDGET_MS and apply the answer.
 * Asks nothing if it is final.  SM_NOT_FOUND if there is none;
 * SM_BUSY         too many threads wait there already
 * SM_UNAVAILABLE  the processor or the database did not answer; noted where
 *                 possible, and the sweep asks again. */
enum sm_status sm_pay_ask(struct sm_pay_result *out, struct sm_pay *pay,
                          struct sm_arena *arena,
                          const uint8_t payment[SM_ID_BYTES], int budget_ms,
                          int64_t now_us, struct sm_error *err) SM_MUSTCHECK;

/* Close PAYMENT at the processor and apply what is true then: OUT->state says
 * if it could be closed.  Results as sm_pay_ask(). */
enum sm_status sm_pay_cancel(struct sm_pay_result *out, struct sm_pay *pay,
                             struct sm_arena *arena,
                             const uint8_t payment[SM_ID_BYTES], int budget_ms,
                             int64_t now_us, struct sm_error *err) SM_MUSTCHECK;

/* The day by which a payment that was received on DAY stands on the account:
 * DAYS working days (Monday to Friday) later. */
struct sm_date sm_pay_posting_day(struct sm_date day, int64_t days);

/* The same of one of the instant US. */
struct sm_date sm_pay_posted_by(int64_t us, int64_t days);

/* Apply one event of an authentic notification and note in it what became of
 * it.  BODY_HASH is the SHA-256 of the notification's raw bytes.  SM_OK only
 * after COMMIT, also for one that came before and for one about an order that
 * we do not know (kept aside by the database). */
enum sm_status sm_pay_notify(struct sm_pay_result *out, struct sm_pay *pay,
                             const struct sm_processor *processor,
                             struct sm_arena *arena, struct sm_pay_event *event,
                             const uint8_t body_hash[32], int64_t now_us,
                             struct sm_error *err) SM_MUSTCHECK;

/* Ask the processor for refund ID, or about it if it was asked for before, and
 * apply its answer.  ASKED counts the tries, from 1.  SM_NOT_FOUND if there is
 * no such refund of a payment;
 * SM_BUSY, SM_UNAVAILABLE  noted where possible, and tried again later. */
enum sm_status sm_pay_refund_send(struct sm_pay_result *out, struct sm_pay *pay,
                                  struct sm_arena *arena,
                                  const uint8_t id[SM_ID_BYTES], int asked,
                                  int budget_ms, int64_t now_us,
                                  struct sm_error *err) SM_MUSTCHECK;

/* What a comparison found. */
struct sm_pay_compared {
    int listed;        /* paid orders on the list */
    int missing_here;  /* paid there, not known here: applied meanwhile */
    int missing_there; /* settled here, not on the list */
    int differs;       /* of another sum */
};

/* Hold the orders that PROCESSOR made from SINCE_US to before UNTIL_US against
 * ours, both ways.  What is missing here is applied; the rest goes to a
 * person.  SM_NOT_FOUND if this processor has no list; SM_UNAVAILABLE if it
 * did not come to its end: then nothing is said of what is missing there. */
enum sm_status sm_pay_compare(struct sm_pay_compared *out, struct sm_pay *pay,
                              const struct sm_processor *processor,
                              int64_t since_us, int64_t until_us,
                              int64_t now_us, struct sm_error *err)
    SM_MUSTCHECK;

/* True if the daily comparison with PROCESSOR is to be made now. */
bool sm_pay_compare_due(struct sm_pay *pay,
                        const struct sm_processor *processor,
                        struct sm_arena *arena, int64_t now_us);

/* What fetching payouts did. */
struct sm_pay_paid_out {
    int posted;
    int differs; /* of them: the lines do not make the sum */
    int unread;  /* not posted: the lines cannot be read */
};

/* Fetch PROCESSOR's payouts, from a little before the newest that is posted,
 * and post those that are new, each as soon as it has come whole.  A person is
 * told of one that does not add up or cannot be read, and it holds up nobody;
 * one that does not come ends the round.  OUT is what was done, whatever is
 * returned.  SM_NOT_FOUND if they come as files. */
enum sm_status sm_pay_payouts(struct sm_pay_paid_out *out, struct sm_pay *pay,
                              const struct sm_processor *processor,
                              int64_t now_us, struct sm_error *err)
    SM_MUSTCHECK;

/* Post one payout, once its number; OUTCOME is pay.payout_apply()'s word.
 * Lines that are NULL cannot be read. */
enum sm_status sm_pay_payout_post(const char **outcome, struct sm_pay *pay,
                                  const char *processor, struct sm_arena *arena,
                                  const struct sm_pay_payout *payout,
                                  int64_t now_us, struct sm_error *err)
    SM_MUSTCHECK;

/* The open processors, the one of new payments first; NULL past the last. */
const struct sm_processor *sm_pay_processor_at(const struct sm_pay *pay, int i);

/* The form that takes the browser to PAYMENT's page at the processor; *COUNT
 * is 0 where the processor's page is reached by a plain address.  Fields live
 * in ARENA.  SM_NOT_FOUND; SM_UNAVAILABLE. */
enum sm_status sm_pay_form(struct sm_pay_field **out, size_t *count,
                           struct sm_pay *pay, struct sm_arena *arena,
                           const uint8_t payment[SM_ID_BYTES], int64_t now_us,
                           struct sm_error *err) SM_MUSTCHECK;

#endif
