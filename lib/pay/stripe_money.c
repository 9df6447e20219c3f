/* Refunds and disputes at Stripe: what its objects say, and the calls that
 * give money back. */
#include <string.h>

#include "base/clock.h"
#include "base/log.h"
#include "pay/protocol.h"
#include "pay/stripe_wire.h"
#include "json/json.h"

/* The search for a lost refund looks at this many pages of 100. */
#define SEARCH_PAGES 20
#define ORDER_NO_MAX 64 /* longer ones are another system's */
#define FEES_MAX 100

/* The payment intent that OBJECT is of: a plain id, or the whole object. */
static const char *intent_of(const struct sm_json *object)
{
    const char *intent = sm_json_str(object, "payment_intent");

    return intent != NULL ? intent : sm_stripe_str(object, "payment_intent.id");
}

/* What refunds and disputes have alike. */
static enum sm_status read_part(struct sm_pay_event *out,
                                struct sm_arena *arena,
                                const struct sm_json *part, const char *object,
                                struct sm_error *err)
{
    out->part_ref = sm_stripe_str(part, "id");
    out->capture_ref = intent_of(part);
    out->currency = sm_stripe_currency(arena, part);
    if (strcmp(sm_stripe_str(part, "object"), object) != 0 ||
        !sm_stripe_ref_ok(out->part_ref) ||
        (out->capture_ref[0] != '\0' && !sm_stripe_ref_ok(out->capture_ref)))
        return SM_FAIL(err, SM_INVALID, "not a %s", object);
    if (sm_json_int(&out->amount_minor, part, "amount") != SM_OK ||
        out->amount_minor <= 0 || out->currency[0] == '\0')
        return SM_FAIL(err, SM_INVALID, "%s without a sum", object);
    return SM_OK;
}

/* Why a refund failed, coarse enough to be shown and counted. */
static const char *failure_class(const struct sm_json *refund)
{
    static const struct {
        const char *theirs, *ours;
    } known[] = {
        {"expired_or_canceled_card", "card_gone"},
        {"lost_or_stolen_card", "card_gone"},
        {"insufficient_funds", "funds"},
        {"charge_for_pending_refund_disputed", "disputed"},
        {"merchant_request", "cancelled"},
    };
    const char *reason = sm_stripe_str(refund, "failure_reason");
    size_t i;

    for (i = 0; i < SM_COUNT(known); i++)
        if (strcmp(reason, known[i].theirs) == 0)
            return known[i].ours;
    if (strcmp(sm_stripe_str(refund, "status"), "canceled") == 0)
        return "cancelled";
    return "refused";
}

enum sm_status sm_stripe_read_refund(struct sm_pay_event *out,
                                     struct sm_arena *arena,
                                     const struct sm_json *refund,
                                     struct sm_error *err)
{
    const char *state = sm_stripe_str(refund, "status");
    const char *order_no = sm_stripe_str(refund, "metadata.order_no");
    enum sm_status status;

    *out = sm_pay_event_none();
    out->kind = SM_PAY_REFUND;
    status = read_part(out, arena, refund, "refund", err);
    if (status != SM_OK)
        return status;
    if (strlen(order_no) <= ORDER_NO_MAX)
        out->order_no = order_no;
    out->has_refund =
        sm_id_parse(out->refund, sm_stripe_str(refund, "metadata.refund")) ==
        SM_OK;
    if (strcmp(state, "succeeded") == 0) {
        out->part_state = "succeeded";
    } else if (strcmp(state, "pending") == 0 ||
               strcmp(state, "requires_action") == 0) {
        out->part_state = "accepted";
    } else if (strcmp(state, "failed") == 0 || strcmp(state, "canceled") == 0) {
        out->part_state = "failed";
        out->reason = failure_class(refund);
    } else {
        return SM_FAIL(err, SM_INVALID, "refund status unknown");
    }
    return SM_OK;
}

/* Our word for the status of a dispute: "" while it moves no money, NULL if it
 * is not one we know. */
static const char *dispute_state(const char *status)
{
    static const struct {
        const char *theirs, *ours;
    } known[] = {
        {"needs_response", "open"},
        {"under_review", "open"},
        {"won", "won"},
        {"lost", "lost"},
        {"warning_needs_response", ""},
        {"warning_under_review", ""},
        {"warning_closed", ""},
    };
    size_t i;

    for (i = 0; i < SM_COUNT(known); i++)
        if (strcmp(status, known[i].theirs) == 0)
            return known[i].ours;
    return NULL;
}

/* What Stripe charged for the dispute, as far as it says so in the currency
 * of the dispute. */
static int64_t dispute_fee(const struct sm_json *dispute)
{
    const struct sm_json *txn =
        sm_json_first(sm_json_at(dispute, "balance_transactions"));
    const char *currency = sm_stripe_str(dispute, "currency");
    int64_t sum = 0, fee;
    int count;

    for (count = 0; txn != NULL && count < FEES_MAX; count++) {
        if (sm_equal_nocase(sm_stripe_str(txn, "currency"), currency) &&
            sm_json_int(&fee, txn, "fee") == SM_OK)
            sum += fee;
        txn = sm_json_next(txn);
    }
    return sum > 0 ? sum : 0;
}

enum sm_status sm_stripe_read_dispute(struct sm_pay_event *out,
                                      struct sm_arena *arena,
                                      const struct sm_json *dispute,
                                      struct sm_error *err)
{
    const char *word = sm_stripe_str(dispute, "status");
    const char *state = dispute_state(word);
    enum sm_status status;

    *out = sm_pay_event_none();
    status = read_part(out, arena, dispute, "dispute", err);
    if (status != SM_OK)
        return status;
    if (state == NULL)
        sm_log_msg(SM_LOG_WARN, "stripe_dispute_status", "%s: %s",
                   out->part_ref, word);
    if (state == NULL || state[0] == '\0') {
        *out = sm_pay_event_none();
        return SM_OK;
    }
    out->kind = SM_PAY_DISPUTE;
    out->part_state = state;
    out->fee_minor = dispute_fee(dispute);
    return SM_OK;
}

void sm_stripe_refund_body(struct sm_buf *out, const char *capture,
                           const struct sm_pay_order *order,
                           const struct sm_pay_refund *refund)
{
    sm_proto_field(out, "payment_intent", capture);
    sm_buf_adds(out, "&amount=");
    sm_buf_addi(out, refund->amount_minor);
    sm_proto_field(out, "reason", "requested_by_customer");
    sm_proto_field(out, "metadata[refund]", refund->key);
    sm_proto_field(out, "metadata[order_no]", order->order_no);
}

/* A refund, what is known of it and how long finding out may take. */
struct task {
    const struct stripe *stripe;
    struct sm_arena *arena;
    const struct sm_pay_order *order;
    const struct sm_pay_refund *refund;
    const char *capture;
    int64_t end_ms;
};

static enum sm_status fetch(const struct sm_json **out, const struct task *task,
                            const char *path, const struct sm_buf *body,
                            struct sm_error *err)
{
    int64_t left_ms = task->end_ms - sm_clock_mono_ms();

    if (left_ms <= 0)
        return SM_FAIL(err, SM_UNAVAILABLE, "stripe: no time left");
    return sm_stripe_fetch(out, task->stripe, task->arena, path, body,
                           body != NULL ? task->refund->key : NULL,
                           (int)left_ms, err);
}

/* OUT says that no refund was made and why. */
static void not_made(struct sm_pay_event *out, const struct task *task,
                     const char *reason)
{
    *out = sm_pay_event_none();
    out->kind = SM_PAY_REFUND;
    out->order_no = task->order->order_no;
    out->capture_ref = task->capture;
    out->amount_minor = task->refund->amount_minor;
    out->currency = task->refund->currency;
    out->part_state = "failed";
    out->reason = reason;
    out->has_refund = true;
    memcpy(out->refund, task->refund->id, SM_ID_BYTES);
}

/* Read the refund that TASK wants, by the reference REF or, without one, by
 * our own id in it. */
static enum sm_status read_own(struct sm_pay_event *out,
                               const struct task *task, const char *ref,
                               const struct sm_json *object,
                               struct sm_error *err)
{
    if (sm_stripe_read_refund(out, task->arena, object, err) != SM_OK)
        return SM_UNAVAILABLE;
    if (ref[0] != '\0'
            ? strcmp(out->part_ref, ref) != 0
            : !out->has_refund ||
                  memcmp(out->refund, task->refund->id, SM_ID_BYTES) != 0)
        return SM_FAIL(err, SM_UNAVAILABLE, "stripe: another refund's answer");
    out->has_refund = true;
    memcpy(out->refund, task->refund->id, SM_ID_BYTES);
    return SM_OK;
}

/* Learn which money is to go back, where our books do not say. */
static enum sm_status find_capture(struct task *task, struct sm_error *err)
{
    struct sm_pay_event event;
    enum sm_status status;
    int64_t left_ms = task->end_ms - sm_clock_mono_ms();
    const char *path;

    task->capture = task->order->capture_ref;
    if (task->capture[0] != '\0')
        return SM_OK;
    path = sm_stripe_path(task->arena, "/v1/checkout/sessions/",
                          task->order->processor_ref, "");
    if (path == NULL)
        return SM_FAIL(err, SM_INTERNAL, "stripe: bad session id");
    status = sm_stripe_exchange(&event, task->stripe, task->arena, task->order,
                                path, NULL, NULL, (int)left_ms, err);
    if (status != SM_OK)
        return SM_UNAVAILABLE;
    task->capture = event.capture_ref;
    if (event.kind != SM_PAY_CAPTURED || !sm_stripe_ref_ok(task->capture))
        return SM_FAIL(err, SM_UNAVAILABLE,
                       "stripe: the order to refund is not paid");
    return SM_OK;
}

/* The request itself.  What Stripe refuses under our key it has never done
 * under it, else it would have replayed that answer.
 * SM_CONFLICT: the key was used with another content. */
static enum sm_status post(struct sm_pay_event *out, const struct task *task,
                           struct sm_error *err)
{
    const struct sm_json *object = NULL;
    enum sm_status status = SM_INTERNAL;
    struct sm_buf body;

    sm_buf_init(&body, SM_STRIPE_BODY_MAX);
    sm_stripe_refund_body(&body, task->capture, task->order, task->refund);
    if (sm_buf_ok(&body))
        status = fetch(&object, task, "/v1/refunds", &body, err);
    sm_buf_release(&body);
    if (status == SM_OK)
        return read_own(out, task, "", object, err);
    if (status == SM_NOT_FOUND) /* our money cannot be: another account's key */
        return SM_UNAVAILABLE;
    if (status != SM_DECLINED)
        return status;
    sm_log_error("stripe_refund_refused", status, err);
    not_made(out, task, "refused");
    return SM_OK;
}

static enum sm_status get(struct sm_pay_event *out, const struct task *task,
                          const char *ref, struct sm_error *err)
{
    const char *path = sm_stripe_path(task->arena, "/v1/refunds/", ref, "");
    const struct sm_json *object = NULL;
    enum sm_status status;

    if (path == NULL)
        return SM_FAIL(err, SM_INTERNAL, "stripe: bad refund id");
    status = fetch(&object, task, path, NULL, err);
    if (status != SM_OK)
        return status == SM_INTERNAL ? status : SM_UNAVAILABLE;
    return read_own(out, task, ref, object, err);
}

/* Look for our refund on one page of a list.  SM_NOT_FOUND: it is not there,
 * and *CURSOR says where to go on; "" at the end. */
static enum sm_status search_page(struct sm_pay_event *out,
                                  const struct task *task,
                                  const struct sm_json *page,
                                  const char **cursor, struct sm_error *err)
{
    const struct sm_json *data = sm_json_at(page, "data"), *item;
    bool more = sm_json_true(page, "has_more");

    *cursor = "";
    if (data == NULL)
        return SM_FAIL(err, SM_UNAVAILABLE, "stripe: list without data");
    for (item = sm_json_first(data); item != NULL; item = sm_json_next(item)) {
        if (strcmp(sm_stripe_str(item, "metadata.refund"), task->refund->key) ==
            0)
            return read_own(out, task, "", item, err);
        if (more)
            *cursor = sm_stripe_str(item, "id");
    }
    if (more && !sm_stripe_ref_ok(*cursor))
        return SM_FAIL(err, SM_UNAVAILABLE, "stripe: list without its rest");
    return SM_NOT_FOUND;
}

/* Search the refunds of the payment for ours.  The end of the list without it
 * means that it was never made. */
static enum sm_status search(struct sm_pay_event *out, const struct task *task,
                             struct sm_error *err)
{
    const struct sm_json *top = NULL;
    const char *cursor = "", *path;
    enum sm_status status;
    int page;

    for (page = 0; page < SEARCH_PAGES; page++) {
        path = sm_arena_printf(
            task->arena, "/v1/refunds?limit=100&payment_intent=%s%s%s",
            task->capture, cursor[0] != '\0' ? "&starting_after=" : "", cursor);
        if (path == NULL || !sm_stripe_ref_ok(task->capture))
            return SM_FAIL(err, SM_INTERNAL, "stripe: bad payment intent");
        status = fetch(&top, task, path, NULL, err);
        if (status != SM_OK)
            return status == SM_INTERNAL ? status : SM_UNAVAILABLE;
        status = search_page(out, task, top, &cursor, err);
        if (status != SM_NOT_FOUND)
            return status;
        if (cursor[0] == '\0') {
            not_made(out, task, "never_made");
            return SM_OK;
        }
    }
    return SM_FAIL(err, SM_UNAVAILABLE, "stripe: search not finished");
}

/* The key was used before with another content: what that made is on the list,
 * or nothing is known. */
static enum sm_status search_clash(struct sm_pay_event *out,
                                   const struct task *task,
                                   struct sm_error *err)
{
    enum sm_status status = search(out, task, err);

    if (status == SM_OK && out->part_ref[0] == '\0')
        return SM_FAIL(err, SM_UNAVAILABLE, "stripe: key used otherwise");
    return status;
}

/* Ask for the refund, AGAIN if that was done before. */
static enum sm_status ask(struct sm_pay_event *out, struct task *task,
                          bool again, int64_t now_us, struct sm_error *err)
{
    enum sm_status status = find_capture(task, err);

    if (status != SM_OK)
        return status;
    /* A key that is forgotten would give the money back twice. */
    if (now_us - task->refund->asked_us >= SM_STRIPE_KEY_LIFE_US)
        return search(out, task, err);
    status = post(out, task, err);
    if (status == SM_CONFLICT)
        return search_clash(out, task, err);
    /* What a repeat answers is as old as the first call. */
    if (again && status == SM_OK && out->part_ref[0] != '\0')
        status = get(out, task, out->part_ref, err);
    return status;
}

static struct task task_of(const struct sm_processor *self,
                           struct sm_arena *arena,
                           const struct sm_pay_order *order,
                           const struct sm_pay_refund *refund, int budget_ms)
{
    return (struct task){
        .stripe = (const struct stripe *)(const void *)self,
        .arena = arena,
        .order = order,
        .refund = refund,
        .end_ms = sm_clock_mono_ms() + budget_ms,
    };
}

enum sm_status sm_stripe_refund(struct sm_pay_event *out,
                                const struct sm_processor *self,
                                struct sm_arena *arena,
                                const struct sm_pay_order *order,
                                const struct sm_pay_refund *refund,
                                int budget_ms, struct sm_error *err)
{
    struct task task = task_of(self, arena, order, refund, budget_ms);

    return ask(out, &task, false, sm_clock_now_us(), err);
}

enum sm_status sm_stripe_refund_query(struct sm_pay_event *out,
                                      const struct sm_processor *self,
                                      struct sm_arena *arena,
                                      const struct sm_pay_order *order,
                                      const struct sm_pay_refund *refund,
                                      int64_t now_us, int budget_ms,
                                      struct sm_error *err)
{
    struct task task = task_of(self, arena, order, refund, budget_ms);

    return refund->ref[0] != '\0' ? get(out, &task, refund->ref, err)
                                  : ask(out, &task, true, now_us, err);
}
