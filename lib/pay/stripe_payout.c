/* Payouts of Stripe and the balance transactions that they are made of. */
#include <string.h>

#include "base/clock.h"
#include "pay/protocol.h"
#include "pay/stripe_wire.h"
#include "json/json.h"

#define LIST_PAGES 5 /* of 100 payouts */
#define PAYOUTS_MAX (LIST_PAGES * (size_t)100)
#define LINE_PAGES 200              /* of 100 lines */
#define LINES_MAX ((size_t)8 << 20) /* more than so many lines can be */
#define PAGE_ARENA ((size_t)64 << 10)
#define DAY_US (INT64_C(86400) * 1000000)
/* No sum of LINE_PAGES pages of these overflows. */
#define MINOR_MAX (INT64_C(1) << 43)

/* What a balance transaction says. */
struct txn {
    const char *type;
    const char *ref; /* of its source */
    const struct sm_json *source;
    int64_t amount, fee, net;
};

/* One line as pay.payout_apply() takes it. */
struct line {
    const char *kind;
    const char *ref;
    int64_t gross_minor, fee_minor;
};

static bool is_one_of(const char *word, const char *const *words)
{
    for (; *words != NULL; words++)
        if (strcmp(word, *words) == 0)
            return true;
    return false;
}

static enum sm_status read_minor(int64_t *out, const struct sm_json *txn,
                                 const char *name)
{
    enum sm_status status = sm_json_int(out, txn, name);

    if (status == SM_OK && (*out > MINOR_MAX || *out < -MINOR_MAX))
        status = SM_INVALID;
    return status;
}

static enum sm_status read_txn(struct txn *out, struct sm_arena *arena,
                               const struct sm_pay_payout *payout,
                               const struct sm_json *json, struct sm_error *err)
{
    const char *currency = sm_stripe_currency(arena, json);

    out->type = sm_stripe_str(json, "type");
    out->source = sm_json_at(json, "source");
    out->ref = sm_json_str(json, "source");
    if (out->ref == NULL) /* the whole object, as asked for; a fee has none */
        out->ref = sm_stripe_str(out->source, "id");
    if (strcmp(sm_stripe_str(json, "object"), "balance_transaction") != 0 ||
        out->type[0] == '\0' ||
        read_minor(&out->amount, json, "amount") != SM_OK ||
        read_minor(&out->fee, json, "fee") != SM_OK ||
        read_minor(&out->net, json, "net") != SM_OK ||
        out->net != out->amount - out->fee)
        return SM_FAIL(err, SM_INVALID, "%s: not a balance transaction",
                       payout->ref);
    if (out->ref[0] != '\0' && !sm_stripe_ref_ok(out->ref))
        return SM_FAIL(err, SM_INVALID, "%s: bad source", payout->ref);
    if (strcmp(currency, payout->currency) != 0)
        return SM_FAIL(err, SM_INVALID, "%s: a line in %s", payout->ref,
                       currency);
    return SM_OK;
}

static bool is_dispute(const struct txn *txn)
{
    return strcmp(sm_stripe_str(txn->source, "object"), "dispute") == 0 ||
           strncmp(txn->ref, "dp_", 3) == 0 || strncmp(txn->ref, "du_", 3) == 0;
}

/* The payment intent of a charge, which is what we know; the charge's own
 * number where it has none. */
static const char *capture_of(const struct txn *txn)
{
    const char *intent = sm_stripe_str(txn->source, "payment_intent");

    if (intent[0] == '\0')
        intent = sm_stripe_str(txn->source, "payment_intent.id");
    return sm_stripe_ref_ok(intent) ? intent : txn->ref;
}

static struct line line_of(const struct txn *txn)
{
    static const char *const captures[] = {"charge", "payment", NULL};
    static const char *const refunds[] = {"refund", "payment_refund",
                                          "refund_failure",
                                          "payment_failure_refund", NULL};
    static const char *const fees[] = {"stripe_fee", "stripe_fx_fee", "tax_fee",
                                       NULL};
    struct line line = {"other", txn->ref, txn->amount, txn->fee};

    if (is_one_of(txn->type, captures)) {
        line.kind = "capture";
        line.ref = capture_of(txn);
    } else if (is_one_of(txn->type, refunds)) {
        line.kind = txn->amount < 0 ? "refund" : "refund_failed";
    } else if (strcmp(txn->type, "adjustment") == 0 && is_dispute(txn)) {
        line.kind = txn->amount < 0 ? "dispute" : "dispute_won";
    } else if (is_one_of(txn->type, fees)) {
        /* all of it is kept, none of it is anybody's payment */
        line.kind = "fee";
        line.gross_minor = 0;
        line.fee_minor = -txn->net;
    }
    return line;
}

static void write_line(struct sm_buf *lines, const struct line *line)
{
    if (lines->len > 0)
        sm_buf_addc(lines, ',');
    sm_buf_addf(lines, "{\"kind\":\"%s\",\"ref\":\"", line->kind);
    sm_buf_add_json(lines, line->ref, strlen(line->ref));
    sm_buf_adds(lines, "\",\"gross_minor\":");
    sm_buf_addi(lines, line->gross_minor);
    sm_buf_adds(lines, ",\"fee_minor\":");
    sm_buf_addi(lines, line->fee_minor);
    sm_buf_addc(lines, '}');
}

enum sm_status sm_stripe_read_line(struct sm_buf *lines, struct sm_arena *arena,
                                   const struct sm_pay_payout *payout,
                                   const struct sm_json *txn,
                                   struct sm_error *err)
{
    enum sm_status status;
    struct line line;
    struct txn read;

    status = read_txn(&read, arena, payout, txn, err);
    if (status != SM_OK)
        return status;
    if (strcmp(read.type, "payout") == 0 && strcmp(read.ref, payout->ref) == 0)
        return SM_OK;
    line = line_of(&read);
    write_line(lines, &line);
    return SM_OK;
}

/* Where the reading of a list stands, and the time it has. */
struct cursor {
    const struct sm_pay_time *time;
    char after[SM_STRIPE_REF_MAX + 1]; /* id of the last item; "" at first */
    bool more;
};

/* The items of one page; *CURSOR moves on. */
static enum sm_status read_page(const struct sm_json **out,
                                struct cursor *cursor,
                                const struct sm_json *top, struct sm_error *err)
{
    const struct sm_json *data = sm_json_at(top, "data"), *item;
    const char *last = "";

    if (data == NULL)
        return SM_FAIL(err, SM_UNAVAILABLE, "stripe: list without data");
    *out = sm_json_first(data);
    for (item = *out; item != NULL; item = sm_json_next(item))
        last = sm_stripe_str(item, "id");
    cursor->more = sm_json_true(top, "has_more");
    if (cursor->more && (!sm_stripe_ref_ok(last) ||
                         !sm_copy(cursor->after, sizeof(cursor->after), last)))
        return SM_FAIL(err, SM_UNAVAILABLE, "stripe: list without its rest");
    return SM_OK;
}

/* Fetch the page of the list at PATH that CURSOR stands before.  SM_DECLINED if
 * there is no such list for certain. */
static enum sm_status fetch_page(const struct sm_json **out,
                                 struct cursor *cursor,
                                 const struct stripe *stripe,
                                 struct sm_arena *arena, const char *path,
                                 struct sm_error *err)
{
    const struct sm_pay_time *time = cursor->time;
    int64_t left_ms = time->end_ms - sm_clock_mono_ms();
    const struct sm_json *top = NULL;
    enum sm_status status;

    if (time->stop != NULL && atomic_load(time->stop))
        return SM_FAIL(err, SM_UNAVAILABLE, "stripe: told to stop");
    if (left_ms <= 0)
        return SM_FAIL(err, SM_UNAVAILABLE, "stripe: no time left");
    if (cursor->after[0] != '\0')
        path =
            sm_arena_printf(arena, "%s&starting_after=%s", path, cursor->after);
    if (path == NULL)
        return SM_FAIL(err, SM_INTERNAL, "out of memory");
    if (left_ms > time->budget_ms)
        left_ms = time->budget_ms;
    status = sm_stripe_fetch(&top, stripe, arena, path, NULL, NULL,
                             (int)left_ms, err);
    if (status == SM_NOT_FOUND)
        return SM_DECLINED;
    if (status != SM_OK)
        return status == SM_INTERNAL || status == SM_DECLINED ? status
                                                              : SM_UNAVAILABLE;
    return read_page(out, cursor, top, err);
}

static enum sm_status add_lines(struct sm_buf *lines,
                                const struct stripe *stripe,
                                const struct sm_pay_payout *payout,
                                struct cursor cursor, struct sm_error *err)
{
    enum sm_status status = SM_OK;
    char path[512];
    int page;

    (void)sm_copy(path, sizeof(path),
                  "/v1/balance_transactions?limit=100"
                  "&expand%5B%5D=data.source&payout=");
    (void)sm_copy(path + strlen(path), sizeof(path) - strlen(path),
                  payout->ref);
    for (page = 0; page < LINE_PAGES && status == SM_OK && cursor.more;
         page++) {
        /* a page is large; only its lines are kept */
        struct sm_arena *arena = sm_arena_new(PAGE_ARENA);
        const struct sm_json *item = NULL;

        status = arena != NULL
                     ? fetch_page(&item, &cursor, stripe, arena, path, err)
                     : SM_INTERNAL;
        for (; status == SM_OK && item != NULL; item = sm_json_next(item))
            status = sm_stripe_read_line(lines, arena, payout, item, err);
        sm_arena_free(arena);
    }
    if (status == SM_OK && cursor.more)
        return SM_FAIL(err, SM_INVALID, "%s: too many lines", payout->ref);
    if (status == SM_OK && lines->len == 0 && payout->net_minor != 0)
        return SM_FAIL(err, SM_INVALID, "%s: no lines", payout->ref);
    return status == SM_DECLINED ? SM_INVALID : status;
}

enum sm_status sm_stripe_payout_lines(struct sm_pay_payout *payout,
                                      const struct sm_processor *self,
                                      struct sm_arena *arena,
                                      const struct sm_pay_time *time,
                                      struct sm_error *err)
{
    const struct stripe *stripe = (const struct stripe *)(const void *)self;
    struct cursor cursor = {.time = time, .after = "", .more = true};
    enum sm_status status = SM_OK;
    struct sm_buf lines;

    sm_buf_init(&lines, LINES_MAX);
    if (payout->opaque)
        write_line(&lines,
                   &(struct line){"other", payout->ref, payout->net_minor, 0});
    else
        status = add_lines(&lines, stripe, payout, cursor, err);
    if (status == SM_OK) {
        payout->lines = sm_buf_ok(&lines)
                            ? sm_arena_printf(arena, "[%s]", lines.data)
                            : NULL;
        if (payout->lines == NULL)
            status = SM_FAIL(err, SM_INTERNAL, "%s: too many lines for memory",
                             payout->ref);
    }
    sm_buf_release(&lines);
    return status;
}

static enum sm_status read_payout(struct sm_pay_payout *out,
                                  struct sm_arena *arena,
                                  const struct sm_json *json,
                                  struct sm_error *err)
{
    int64_t arrival = 0;

    out->ref = sm_stripe_str(json, "id");
    out->currency = sm_stripe_currency(arena, json);
    out->lines = "";
    if (strcmp(sm_stripe_str(json, "object"), "payout") != 0 ||
        !sm_stripe_ref_ok(out->ref) || out->currency[0] == '\0' ||
        read_minor(&out->net_minor, json, "amount") != SM_OK ||
        sm_json_int(&arrival, json, "arrival_date") != SM_OK || arrival <= 0 ||
        arrival >= INT64_C(1) << 36)
        return SM_FAIL(err, SM_UNAVAILABLE,
                       "stripe: a payout that cannot be "
                       "read");
    out->arrived_on =
        sm_date_from_days((arrival * 1000000 + sm_proto_shift_us()) / DAY_US);
    out->opaque = sm_json_at(json, "automatic") != NULL &&
                  !sm_json_true(json, "automatic");
    return SM_OK;
}

/* Put ONE among the COUNT payouts of ALL, which are sorted by day.  Those of a
 * day come newest first, and are wanted the other way. */
static void insert(struct sm_pay_payout *all, size_t count,
                   const struct sm_pay_payout *one)
{
    int64_t day = sm_date_to_days(one->arrived_on);

    for (; count > 0 && sm_date_to_days(all[count - 1].arrived_on) >= day;
         count--)
        all[count] = all[count - 1];
    all[count] = *one;
}

enum sm_status sm_stripe_payouts(struct sm_pay_payout **out, size_t *count,
                                 const struct sm_processor *self,
                                 struct sm_arena *arena, int64_t since_us,
                                 const struct sm_pay_time *time,
                                 struct sm_error *err)
{
    const struct stripe *stripe = (const struct stripe *)(const void *)self;
    int64_t since_s = (since_us - sm_proto_shift_us()) / DAY_US * 86400;
    struct cursor cursor = {.time = time, .after = "", .more = true};
    enum sm_status status = SM_OK;
    const char *path;
    int page;

    path = sm_arena_printf(
        arena, "/v1/payouts?status=paid&limit=100&arrival_date%%5Bgte%%5D=%lld",
        (long long)since_s);
    *out = sm_arena_calloc(arena, PAYOUTS_MAX, sizeof(**out));
    *count = 0;
    if (path == NULL || *out == NULL)
        return SM_FAIL(err, SM_INTERNAL, "out of memory");
    for (page = 0; page < LIST_PAGES && cursor.more; page++) {
        const struct sm_json *item = NULL;
        struct sm_pay_payout one;

        status = fetch_page(&item, &cursor, stripe, arena, path, err);
        for (; status == SM_OK && item != NULL; item = sm_json_next(item)) {
            status = *count < PAYOUTS_MAX ? read_payout(&one, arena, item, err)
                                          : SM_INVALID;
            if (status == SM_OK)
                insert(*out, (*count)++, &one);
        }
        if (status == SM_INVALID)
            break;
        if (status != SM_OK)
            return status == SM_DECLINED ? SM_UNAVAILABLE : status;
    }
    return cursor.more || status == SM_INVALID
               ? SM_FAIL(err, SM_UNAVAILABLE, "stripe: too many payouts")
               : SM_OK;
}
