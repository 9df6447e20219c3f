/* What the two files of the orchestration share.  Internal to lib/pay. */
#ifndef SM_PAY_PAY_IMPL_H
#define SM_PAY_PAY_IMPL_H

#include <semaphore.h>
#include <stdatomic.h>

#include "pay/pay.h"

/* The processor in use and those of earlier payments. */
#define SM_PAY_PROCESSORS 8

struct sm_pay {
    const struct sm_settings *settings;
    struct sm_db_pool *pool;
    struct sm_processor *processors[SM_PAY_PROCESSORS]; /* the one for new
                                                       payments comes first */
    int count;
    sem_t places; /* threads that may still go and wait for the processor */
    atomic_bool stopping; /* sm_pay_stop() was called */
};

/* Make OUT say nothing. */
void sm_pay_result_clear(struct sm_pay_result *out);

/* Run one statement as a transaction of its own, again after a conflict or a
 * COMMIT in doubt.  Each has a key by which its second run finds what the
 * first has done.  SM_BUSY if it met others each time. */
enum sm_status sm_pay_run(struct sm_rows **rows, struct sm_pay *pay,
                          struct sm_arena *arena, const struct sm_stmt *stmt,
                          const struct sm_arg *args, struct sm_error *err)
    SM_MUSTCHECK;

/* The order in the row of pay.asked().  Every field is that of the row, so
 * that a create call made of it is always the same. */
void sm_pay_order_read(struct sm_pay_order *order, const struct sm_rows *rows,
                       const uint8_t payment[SM_ID_BYTES]);

/* The processor that ROW 0 of a result names in COLUMN.  SM_UNAVAILABLE if it
 * is not open here: nothing can be learned of its orders. */
enum sm_status sm_pay_processor_of(const struct sm_processor **out,
                                   const struct sm_pay *pay, const char *name,
                                   struct sm_error *err) SM_MUSTCHECK;

/* Take one of the places at the processor, waiting at most WAIT_MS; give it
 * back. */
bool sm_pay_take_place(struct sm_pay *pay, int wait_ms);
void sm_pay_leave_place(struct sm_pay *pay);

/* Count one call to the processor that began at START_US. */
void sm_pay_count_call(enum sm_status status, int64_t start_us);

/* Hand EVENT of PROCESSOR to pay.apply(), or to the functions of refunds and
 * disputes.  PAYMENT may be NULL: found by order number. */
enum sm_status sm_pay_apply(struct sm_pay_result *out, struct sm_pay *pay,
                            const struct sm_processor *processor,
                            struct sm_arena *arena,
                            const struct sm_pay_event *event,
                            const uint8_t *payment, const char *source,
                            const uint8_t *body_hash, int64_t now_us,
                            struct sm_error *err) SM_MUSTCHECK;

/* Complete a capture whose message leaves sum and currency to the order.  One
 * of an order that we do not know becomes SM_PAY_PENDING: it is kept as
 * unmatched, and nothing is posted of a sum that nobody named. */
enum sm_status sm_pay_money(struct sm_pay *pay,
                            const struct sm_processor *processor,
                            struct sm_arena *arena, struct sm_pay_event *event,
                            struct sm_error *err) SM_MUSTCHECK;

/* Note that the processor could not be asked.  A failure to note it changes
 * nothing: the schedule stands as it was. */
void sm_pay_note_failure(struct sm_pay *pay, struct sm_arena *arena,
                         const uint8_t payment[SM_ID_BYTES], int64_t now_us);

/* Make the attempt due at once for the sweep. */
void sm_pay_want_ask(struct sm_pay *pay, struct sm_arena *arena,
                     const uint8_t payment[SM_ID_BYTES], int64_t now_us);

#endif
