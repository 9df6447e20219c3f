#include "pay/pay.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/metrics.h"
#include "base/text.h"
#include "pay/pay_impl.h"
#include "sql/pay_attempt.h"

/* A start waits this long for one of the places at the processor. */
#define PLACE_WAIT_MS 500

/* Open NAME as one more processor, unless it is open already. */
static enum sm_status open_one(struct sm_pay *pay, const char *name,
                               const struct sm_settings *settings,
                               struct sm_error *err)
{
    enum sm_status status;

    if (sm_pay_processor_named(pay, name) != NULL)
        return SM_OK;
    if (pay->count == SM_PAY_PROCESSORS)
        return SM_FAIL(err, SM_INVALID, "processor.previous: more than %d",
                       SM_PAY_PROCESSORS - 1);
    status =
        sm_processor_open(&pay->processors[pay->count], name, settings, err);
    if (status == SM_OK)
        pay->count++;
    return status;
}

/* The processor of new payments, then those of earlier ones. */
static enum sm_status open_processors(struct sm_pay *pay,
                                      const struct sm_settings *settings,
                                      struct sm_error *err)
{
    const char *list = sm_settings_str(settings, "processor.previous"), *at;
    enum sm_status status;
    char name[32];
    size_t len;

    status =
        open_one(pay, sm_settings_str(settings, "processor"), settings, err);
    while (status == SM_OK && sm_list_next(&list, &at, &len)) {
        if (len >= sizeof(name))
            return SM_FAIL(err, SM_INVALID, "processor.previous: a long name");
        memcpy(name, at, len);
        name[len] = '\0';
        status = open_one(pay, name, settings, err);
    }
    return status;
}

enum sm_status sm_pay_open(struct sm_pay **out,
                           const struct sm_settings *settings,
                           struct sm_db_pool *pool, int calls,
                           struct sm_error *err)
{
    struct sm_pay *pay;
    enum sm_status status;

    *out = NULL;
    pay = calloc(1, sizeof(*pay));
    if (pay == NULL)
        return SM_FAIL(err, SM_INTERNAL, "out of memory");
    pay->settings = settings;
    pay->pool = pool;
    if (sem_init(&pay->places, 0, (unsigned)(calls > 0 ? calls : 1)) != 0) {
        free(pay);
        return SM_FAIL(err, SM_INTERNAL, "sem_init");
    }
    status = open_processors(pay, settings, err);
    if (status != SM_OK) {
        sm_pay_close(pay);
        return status;
    }
    *out = pay;
    return SM_OK;
}

void sm_pay_close(struct sm_pay *pay)
{
    if (pay == NULL)
        return;
    while (pay->count > 0)
        sm_processor_close(pay->processors[--pay->count]);
    sem_destroy(&pay->places);
    free(pay);
}

void sm_pay_stop(struct sm_pay *pay)
{
    atomic_store(&pay->stopping, true);
}

const struct sm_processor *sm_pay_processor(const struct sm_pay *pay)
{
    return pay->processors[0];
}

const struct sm_processor *sm_pay_processor_at(const struct sm_pay *pay, int i)
{
    return i < pay->count ? pay->processors[i] : NULL;
}

const struct sm_processor *sm_pay_processor_named(const struct sm_pay *pay,
                                                  const char *name)
{
    int i;

    for (i = 0; i < pay->count; i++)
        if (strcmp(pay->processors[i]->name, name) == 0)
            return pay->processors[i];
    return NULL;
}

enum sm_status sm_pay_processor_of(const struct sm_processor **out,
                                   const struct sm_pay *pay, const char *name,
                                   struct sm_error *err)
{
    *out = sm_pay_processor_named(pay, name);
    if (*out == NULL)
        return SM_FAIL(err, SM_UNAVAILABLE,
                       "processor %s is not open: processor.previous", name);
    return SM_OK;
}

bool sm_pay_is_final(const char *state)
{
    return strcmp(state, "settled") == 0 || strcmp(state, "closed") == 0;
}

bool sm_pay_take_place(struct sm_pay *pay, int wait_ms)
{
    struct timespec end;

    if (sem_trywait(&pay->places) == 0)
        return true;
    if (wait_ms <= 0 || clock_gettime(CLOCK_REALTIME, &end) != 0)
        return false;
    end.tv_nsec += (long)wait_ms * 1000000L;
    end.tv_sec += end.tv_nsec / 1000000000L;
    end.tv_nsec %= 1000000000L;
    while (sem_timedwait(&pay->places, &end) != 0)
        if (errno != EINTR)
            return false;
    return true;
}

void sm_pay_leave_place(struct sm_pay *pay)
{
    sem_post(&pay->places);
}

void sm_pay_count_call(enum sm_status status, int64_t start_us)
{
    sm_metric_time(SM_HISTOGRAM_PROCESSOR, sm_clock_mono_us() - start_us);
    sm_metric_add(status == SM_OK         ? SM_METRIC_PROCESSOR_OK
                  : status == SM_DECLINED ? SM_METRIC_PROCESSOR_REFUSED
                                          : SM_METRIC_PROCESSOR_FAILED,
                  1);
}

static enum sm_pay_outcome outcome_of(const char *word)
{
    static const char *const words[] = {
        "created", "same",    "conflict", "changed",
        "busy",    "nothing", "range",    "gone",
    };
    size_t i;

    for (i = 0; i < SM_COUNT(words); i++)
        if (strcmp(word, words[i]) == 0)
            return (enum sm_pay_outcome)i;
    return SM_PAY_GONE;
}

static void read_start(struct sm_pay_result *out, const struct sm_rows *rows)
{
    out->outcome = outcome_of(sm_row_text(rows, 0, PAY_START__OUTCOME));
    if (!sm_row_null(rows, 0, PAY_START__PAYMENT_ID))
        memcpy(out->payment, sm_row_bytes(rows, 0, PAY_START__PAYMENT_ID),
               SM_ID_BYTES);
    out->state = sm_row_text(rows, 0, PAY_START__STATE);
    out->amount_minor = sm_row_int(rows, 0, PAY_START__AMOUNT_MINOR);
    out->currency = sm_row_text(rows, 0, PAY_START__CURRENCY);
}

/* Freeze the attempt and mark it as asked, in one transaction on DB. */
static enum sm_status freeze(struct sm_pay_result *out,
                             struct sm_pay_order *order, struct sm_pay *pay,
                             struct sm_db *db, struct sm_arena *arena,
                             const struct sm_pay_form *form,
                             struct sm_error *err)
{
    const struct sm_arg args[] = {
        sm_arg_bytes(form->handle_hash, 32),
        sm_arg_bytes(form->browser_hash, 32),
        sm_arg_bytes(form->once_key, strlen(form->once_key)),
        sm_arg_text(form->currency),
        sm_arg_text(form->choice),
        sm_arg_int8(form->amount_minor),
        form->shown_minor >= 0 ? sm_arg_int8(form->shown_minor)
                               : sm_arg_null(SM_TYPE_INT8),
        sm_arg_int8(sm_settings_int(pay->settings, "guest_pay.min_minor")),
        sm_arg_int8(sm_settings_int(pay->settings, "guest_pay.max_minor")),
        sm_arg_text(sm_pay_processor(pay)->name),
        sm_arg_text(form->lang),
        sm_arg_uuid(form->retry_of),
        sm_arg_time(form->now_us),
    };
    struct sm_rows *rows = NULL;
    enum sm_status status;

    status = sm_db_query(&rows, db, arena, &sm_sql_pay_start, args, err);
    if (status != SM_OK)
        return status;
    read_start(out, rows);
    if (out->outcome != SM_PAY_CREATED && out->outcome != SM_PAY_SAME)
        return sm_db_commit(db, err);
    status = sm_db_query(&rows, db, arena, &sm_sql_pay_asked,
                         (const struct sm_arg[]){sm_arg_uuid(out->payment),
                                                 sm_arg_time(form->now_us)},
                         err);
    if (status == SM_OK && sm_rows_count(rows) == 1) {
        sm_pay_order_read(order, rows, out->payment);
        out->state = sm_row_text(rows, 0, PAY_ASKED__STATE);
    }
    return status == SM_OK ? sm_db_commit(db, err) : status;
}

/* freeze() until it is known to be committed.  After a COMMIT in doubt the
 * once-key tells: "same" then is our own first try. */
static enum sm_status freeze_surely(struct sm_pay_result *out,
                                    struct sm_pay_order *order,
                                    struct sm_pay *pay, struct sm_arena *arena,
                                    const struct sm_pay_form *form,
                                    struct sm_error *err)
{
    struct sm_db_tries tries = sm_db_tries_begin(pay->pool);
    enum sm_status status;
    bool doubt = false;
    struct sm_db *db;

    do {
        status = sm_db_get(&db, pay->pool, err);
        if (status != SM_OK)
            continue;
        sm_db_begin(db);
        status = freeze(out, order, pay, db, arena, form, err);
        if (status == SM_OK && doubt && out->outcome == SM_PAY_SAME)
            out->outcome = SM_PAY_CREATED;
        doubt = doubt || sm_db_in_doubt(db);
        sm_db_put(db);
    } while (sm_db_again(&tries, status));
    return status == SM_CONFLICT ? SM_BUSY : status;
}

enum sm_status sm_pay_start(struct sm_pay_result *out, struct sm_pay *pay,
                            struct sm_arena *arena,
                            const struct sm_pay_form *form,
                            struct sm_error *err)
{
    const struct sm_processor *processor = sm_pay_processor(pay);
    struct sm_pay_order order = {.order_no = ""};
    struct sm_pay_event event;
    enum sm_status status;
    int64_t start_us;
    int budget_ms = (int)sm_settings_int(pay->settings, "processor.total_ms");

    sm_pay_result_clear(out);
    status = freeze_surely(out, &order, pay, arena, form, err);
    if (status != SM_OK || out->outcome != SM_PAY_CREATED)
        return status;
    if (!sm_pay_take_place(pay, PLACE_WAIT_MS)) {
        sm_pay_want_ask(pay, arena, out->payment, form->now_us);
        return SM_OK;
    }
    start_us = sm_clock_mono_us();
    status = processor->ops->create(&event, processor, arena, &order, budget_ms,
                                    err);
    sm_pay_count_call(status, start_us);
    sm_pay_leave_place(pay);
    if (status == SM_OK)
        status = sm_pay_apply(out, pay, processor, arena, &event, out->payment,
                              "create", NULL, form->now_us, err);
    else
        sm_pay_note_failure(pay, arena, out->payment, form->now_us);
    if (status != SM_OK)
        sm_log_error("pay_create", status, err);
    return SM_OK;
}

enum question { ASK, CANCEL };

/* Put the question; with no reference of theirs, find the order first. */
static enum sm_status put(struct sm_pay_event *event,
                          const struct sm_processor *processor,
                          struct sm_arena *arena, struct sm_pay_order *order,
                          enum question question, int budget_ms, int64_t now_us,
                          struct sm_error *err)
{
    const struct sm_processor_ops *ops = processor->ops;
    int64_t start_ms = sm_clock_mono_ms(), left_ms;
    const char *page = "";
    enum sm_status status;

    if (order->processor_ref[0] == '\0') {
        status =
            ops->recover != NULL
                ? ops->recover(event, processor, arena, order, now_us,
                               budget_ms, err)
                : ops->create(event, processor, arena, order, budget_ms, err);
        if (status != SM_OK || event->kind != SM_PAY_OPEN)
            return status;
        /* A repeated create tells what was true at the first one. */
        order->processor_ref = event->processor_ref;
        page = event->redirect_url;
    }
    left_ms = budget_ms - (sm_clock_mono_ms() - start_ms);
    if (left_ms <= 0)
        return SM_FAIL(err, SM_UNAVAILABLE, "no time left to ask");
    status =
        question == CANCEL && ops->cancel != NULL
            ? ops->cancel(event, processor, arena, order, (int)left_ms, err)
            : ops->query(event, processor, arena, order, (int)left_ms, err);
    /* Not every processor tells the page's address more than once. */
    if (status == SM_OK && event->kind == SM_PAY_OPEN &&
        event->redirect_url[0] == '\0')
        event->redirect_url = page;
    return status;
}

static enum sm_status inquire(struct sm_pay_result *out, struct sm_pay *pay,
                              struct sm_arena *arena,
                              const uint8_t payment[SM_ID_BYTES],
                              enum question question, int budget_ms,
                              int64_t now_us, struct sm_error *err)
{
    struct sm_pay_order order = {.order_no = ""};
    const struct sm_processor *processor = NULL;
    struct sm_rows *rows = NULL;
    struct sm_pay_event event;
    enum sm_status status;
    int64_t start_us;

    sm_pay_result_clear(out);
    memcpy(out->payment, payment, SM_ID_BYTES);
    if (!sm_pay_take_place(pay, 0))
        return SM_FAIL(err, SM_BUSY, "too many wait for the processor");
    status = sm_pay_run(
        &rows, pay, arena, &sm_sql_pay_asked,
        (const struct sm_arg[]){sm_arg_uuid(payment), sm_arg_time(now_us)},
        err);
    if (status == SM_OK && sm_rows_count(rows) == 0)
        status = SM_FAIL(err, SM_NOT_FOUND, "no such payment");
    if (status != SM_OK)
        goto out;
    out->state = sm_row_text(rows, 0, PAY_ASKED__STATE);
    if (sm_pay_is_final(out->state))
        goto out;
    status = sm_pay_processor_of(
        &processor, pay, sm_row_text(rows, 0, PAY_ASKED__PROCESSOR), err);
    if (status != SM_OK)
        goto out;
    sm_pay_order_read(&order, rows, payment);
    start_us = sm_clock_mono_us();
    status =
        put(&event, processor, arena, &order, question, budget_ms, now_us, err);
    sm_pay_count_call(status, start_us);
    if (status == SM_OK)
        status = sm_pay_apply(out, pay, processor, arena, &event, payment,
                              question == CANCEL ? "cancel" : "query", NULL,
                              now_us, err);
    else
        sm_pay_note_failure(pay, arena, payment, now_us);
out:
    sm_pay_leave_place(pay);
    return status;
}

enum sm_status sm_pay_ask(struct sm_pay_result *out, struct sm_pay *pay,
                          struct sm_arena *arena,
                          const uint8_t payment[SM_ID_BYTES], int budget_ms,
                          int64_t now_us, struct sm_error *err)
{
    enum sm_status status;

    status = inquire(out, pay, arena, payment, ASK, budget_ms, now_us, err);
    if (status == SM_BUSY)
        sm_pay_want_ask(pay, arena, payment, now_us);
    return status;
}

enum sm_status sm_pay_cancel(struct sm_pay_result *out, struct sm_pay *pay,
                             struct sm_arena *arena,
                             const uint8_t payment[SM_ID_BYTES], int budget_ms,
                             int64_t now_us, struct sm_error *err)
{
    return inquire(out, pay, arena, payment, CANCEL, budget_ms, now_us, err);
}

enum sm_status sm_pay_notify(struct sm_pay_result *out, struct sm_pay *pay,
                             const struct sm_processor *processor,
                             struct sm_arena *arena, struct sm_pay_event *event,
                             const uint8_t body_hash[32], int64_t now_us,
                             struct sm_error *err)
{
    sm_pay_result_clear(out);
    event->status = SM_OK;
    if (event->kind == SM_PAY_CAPTURED && event->currency[0] == '\0')
        event->status = sm_pay_money(pay, processor, arena, event, err);
    if (event->status == SM_OK && event->kind != SM_PAY_IGNORED)
        event->status = sm_pay_apply(out, pay, processor, arena, event,
                                     event->has_payment ? event->payment : NULL,
                                     "notify", body_hash, now_us, err);
    event->applied = out->applied;
    event->ours = out->state[0] != '\0';
    return event->status;
}

/* True if any open processor wants a form posted. */
static bool any_form(const struct sm_pay *pay)
{
    bool any = false;
    int i;

    for (i = 0; i < pay->count; i++)
        any |= pay->processors[i]->ops->form != NULL;
    return any;
}

enum sm_status sm_pay_form(struct sm_pay_field **out, size_t *count,
                           struct sm_pay *pay, struct sm_arena *arena,
                           const uint8_t payment[SM_ID_BYTES], int64_t now_us,
                           struct sm_error *err)
{
    const struct sm_processor *processor = NULL;
    struct sm_pay_order order = {.order_no = ""};
    struct sm_rows *rows = NULL;
    enum sm_status status;

    *out = NULL;
    *count = 0;
    if (!any_form(pay))
        return SM_OK;
    status = sm_pay_run(
        &rows, pay, arena, &sm_sql_pay_asked,
        (const struct sm_arg[]){sm_arg_uuid(payment), sm_arg_time(now_us)},
        err);
    if (status == SM_OK && sm_rows_count(rows) == 0)
        status = SM_FAIL(err, SM_NOT_FOUND, "no such payment");
    if (status != SM_OK)
        return status;
    status = sm_pay_processor_of(
        &processor, pay, sm_row_text(rows, 0, PAY_ASKED__PROCESSOR), err);
    if (status != SM_OK || processor->ops->form == NULL)
        return status;
    sm_pay_order_read(&order, rows, payment);
    return processor->ops->form(out, count, processor, arena, &order,
                                sm_clock_real_us(), err);
}

struct sm_date sm_pay_posting_day(struct sm_date received, int64_t days)
{
    int64_t day = sm_date_to_days(received);

    /* 1970-01-01 was a Thursday: Saturday is 2, Sunday is 3. */
    while (days > 0) {
        day++;
        if (day % 7 != 2 && day % 7 != 3)
            days--;
    }
    return sm_date_from_days(day);
}

struct sm_date sm_pay_posted_by(int64_t us, int64_t days)
{
    return sm_pay_posting_day(sm_date_local(us), days);
}
