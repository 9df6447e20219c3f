/* Reading what Netopia sends: answers and notifications.  No calls out. */
#include <string.h>

#include "money/money.h"
#include "net/http.h"
#include "pay/netopia.h"
#include "json/json.h"

#define REF_MAX 64
#define STATUS_MAX 99

static const char *or_empty(const char *text)
{
    return text != NULL ? text : "";
}

/* Their number of a payment, printed as text or as a number: letters, digits
 * and dashes, or "". */
static const char *ref_of(const struct sm_json *top, const char *path,
                          struct sm_arena *arena)
{
    const char *text = or_empty(sm_json_decimal(top, path, arena));

    for (const char *at = text; *at != '\0'; at++)
        if (!sm_is_alpha(*at) && !sm_is_digit(*at) && *at != '-')
            return "";
    return strlen(text) <= REF_MAX ? text : "";
}

static int status_of(const struct sm_json *top)
{
    int64_t number = 0;

    if (sm_json_int(&number, top, "payment.status") != SM_OK || number < 0 ||
        number > STATUS_MAX)
        return 0;
    return (int)number;
}

/* The code in "error", or the flat one of the gateway before them; "0" means
 * the same as "00". */
static const char *code_of(const struct sm_json *top, struct sm_arena *arena)
{
    const char *code = sm_json_decimal(top, "error.code", arena);

    if (code == NULL)
        code = or_empty(sm_json_decimal(top, "code", arena));
    return strcmp(code, "0") == 0 ? "00" : code;
}

/* A sum below PART ("payment", "order"), in minor units. */
static bool read_sum(int64_t *minor, const char **currency,
                     const struct sm_json *top, const char *part,
                     struct sm_arena *arena)
{
    const struct sm_json *object = sm_json_at(top, part);
    const char *amount = sm_json_decimal(object, "amount", arena);
    const char *code = sm_json_str(object, "currency");
    size_t i;

    if (amount == NULL || code == NULL || strlen(code) != 3)
        return false;
    for (i = 0; i < 3; i++)
        if (code[i] < 'A' || code[i] > 'Z')
            return false;
    *currency = code;
    return sm_decimal_parse(minor, amount, 2) == SM_OK && *minor > 0;
}

/* The kind of an answer that says STATUS; paid in any way is captured, what
 * became of the money afterwards is told by notifications. */
static enum sm_pay_kind kind_of(int status)
{
    switch (status) {
    case SM_NETOPIA_PAID:
    case SM_NETOPIA_CONFIRMED:
    case SM_NETOPIA_CREDIT:
    case SM_NETOPIA_CHARGEBACK:
    case SM_NETOPIA_CHARGEBACK_LOST:
    case SM_NETOPIA_REPRESENTED:
        return SM_PAY_CAPTURED;
    case SM_NETOPIA_NEW:
    case SM_NETOPIA_ERROR:
    case SM_NETOPIA_DECLINED:
        return SM_PAY_OPEN;
    case SM_NETOPIA_CANCELLED:
    case SM_NETOPIA_REVERSED:
    case SM_NETOPIA_EXPIRED:
        return SM_PAY_CLOSED;
    default: /* at the bank, under review, or a word we do not know */
        return SM_PAY_PENDING;
    }
}

static const char *type_of(struct sm_arena *arena, int status)
{
    return or_empty(sm_arena_printf(arena, "%d", status));
}

/* Fill in the sum of money that was taken.  Once some of it went back, the
 * payment's own sum is that part, and the order's is the whole. */
static bool fill_sum(struct sm_pay_event *out, const struct sm_json *top,
                     int status, struct sm_arena *arena)
{
    bool as_paid = status == SM_NETOPIA_PAID || status == SM_NETOPIA_CONFIRMED;

    out->capture_ref = out->processor_ref;
    return out->processor_ref[0] != '\0' &&
           read_sum(&out->amount_minor, &out->currency, top,
                    as_paid ? "payment" : "order", arena);
}

/* Their page of an order that can be paid, where it is told; an address that
 * cannot be used is none. */
static const char *page_of(const struct sm_json *top)
{
    const char *url = or_empty(sm_json_str(top, "payment.paymentURL"));

    return sm_http_url_ok(url) ? url : "";
}

/* Fill OUT by STATUS; SM_UNAVAILABLE for money without a sum. */
static enum sm_status fill(struct sm_pay_event *out, const struct sm_json *top,
                           int status, struct sm_arena *arena,
                           struct sm_error *err)
{
    out->kind = kind_of(status);
    out->type = type_of(arena, status);
    if (out->kind == SM_PAY_CAPTURED && !fill_sum(out, top, status, arena))
        return SM_FAIL(err, SM_UNAVAILABLE, "netopia: paid without a sum");
    if (out->kind == SM_PAY_OPEN)
        out->redirect_url = page_of(top);
    if (out->kind == SM_PAY_CLOSED)
        out->reason = status == SM_NETOPIA_EXPIRED ? "expired" : "cancelled";
    return SM_OK;
}

/* 101 is the way to the page; 56 and 99 speak of an order that is there. */
enum sm_status sm_netopia_read_start(struct sm_pay_event *out,
                                     struct sm_arena *arena,
                                     const struct sm_pay_order *order,
                                     const char *text, size_t len,
                                     struct sm_error *err)
{
    const struct sm_json *top = NULL;
    const char *code;
    int status;

    *out = sm_pay_event_none();
    out->order_no = order->order_no;
    if (sm_json_parse(&top, arena, text, len, err) != SM_OK)
        return SM_UNAVAILABLE;
    code = code_of(top, arena);
    status = status_of(top);
    out->processor_ref = ref_of(top, "payment.ntpID", arena);
    if (strcmp(code, "56") == 0 || strcmp(code, "99") == 0)
        return SM_FAIL(err, SM_CONFLICT, "netopia: code %.8s", code);
    /* unpaid without a page is no order that anybody could pay */
    if (kind_of(status) == SM_PAY_OPEN && page_of(top)[0] == '\0')
        status = 0;
    if (status > 0 && out->processor_ref[0] != '\0')
        return fill(out, top, status, arena, err);
    if (sm_json_str(top, "error.code") != NULL && code[0] != '\0' &&
        strcmp(code, "00") != 0 && strcmp(code, "100") != 0 &&
        strcmp(code, "101") != 0 && out->processor_ref[0] == '\0')
        return SM_FAIL(err, SM_DECLINED, "netopia: code %.8s", code);
    return SM_FAIL(err, SM_UNAVAILABLE, "netopia: code %.8s", code);
}

/* True if an answer speaks of ORDER: of its number where that is said, and of
 * their reference where we know it; one of the two must be said. */
static bool is_own(const struct sm_json *top, const char *ref,
                   const struct sm_pay_order *order)
{
    const char *number = or_empty(sm_json_str(top, "order.orderID"));
    bool same_number = strcmp(number, order->order_no) == 0;
    bool same_ref = strcmp(ref, order->processor_ref) == 0;

    if (number[0] != '\0' && !same_number)
        return false;
    if (order->processor_ref[0] != '\0' && ref[0] != '\0' && !same_ref)
        return false;
    return same_number || (ref[0] != '\0' && same_ref);
}

enum sm_status sm_netopia_read_status(struct sm_pay_event *out, int *status,
                                      struct sm_arena *arena,
                                      const struct sm_pay_order *order,
                                      const char *text, size_t len,
                                      struct sm_error *err)
{
    const struct sm_json *top = NULL;

    *out = sm_pay_event_none();
    *status = 0;
    out->order_no = order->order_no;
    if (sm_json_parse(&top, arena, text, len, err) != SM_OK)
        return SM_UNAVAILABLE;
    *status = status_of(top);
    out->processor_ref = ref_of(top, "payment.ntpID", arena);
    if (out->processor_ref[0] == '\0')
        out->processor_ref = ref_of(top, "order.ntpID", arena);
    if (*status == 0) {
        /* a refusal of theirs, not one of the gateway before them */
        if (sm_json_at(top, "error.code") != NULL &&
            strcmp(code_of(top, arena), "00") != 0 &&
            out->processor_ref[0] == '\0')
            return SM_FAIL(err, SM_NOT_FOUND, "netopia: code %.8s",
                           code_of(top, arena));
        return SM_FAIL(err, SM_UNAVAILABLE, "netopia: no status");
    }
    if (!is_own(top, out->processor_ref, order))
        return SM_FAIL(err, SM_UNAVAILABLE, "netopia: another order's answer");
    if (out->processor_ref[0] == '\0')
        out->processor_ref = order->processor_ref;
    return fill(out, top, *status, arena, err);
}

enum sm_status sm_netopia_read_credit(struct sm_arena *arena,
                                      const struct sm_pay_refund *refund,
                                      const char *text, size_t len,
                                      struct sm_error *err)
{
    const struct sm_json *top = NULL;
    const char *code, *currency = "";
    int64_t minor = 0;

    if (sm_json_parse(&top, arena, text, len, err) != SM_OK)
        return SM_UNAVAILABLE;
    code = code_of(top, arena);
    if (sm_json_str(top, "error.code") != NULL && code[0] != '\0' &&
        strcmp(code, "00") != 0)
        return SM_FAIL(err, SM_DECLINED, "netopia: code %.8s", code);
    /* An approval that echoes another sum or state has given nothing back. */
    if (strcmp(code, "00") == 0 && status_of(top) == SM_NETOPIA_CREDIT &&
        read_sum(&minor, &currency, top, "payment", arena) &&
        minor == refund->amount_minor &&
        strcmp(currency, refund->currency) == 0)
        return SM_OK;
    return SM_FAIL(err, SM_UNAVAILABLE, "netopia: refund not confirmed");
}

/* What becomes of money after it was taken. */
static enum sm_status read_part(struct sm_pay_event *out,
                                const struct sm_json *top, int status,
                                struct sm_arena *arena, struct sm_error *err)
{
    bool refund = status == SM_NETOPIA_CREDIT;

    out->kind = refund ? SM_PAY_REFUND : SM_PAY_DISPUTE;
    out->capture_ref = out->processor_ref;
    if (out->processor_ref[0] == '\0' ||
        !read_sum(&out->amount_minor, &out->currency, top, "payment", arena))
        return SM_FAIL(err, SM_INVALID, "netopia: money back without a sum");
    /* a refund has no number there: its sum has to tell it */
    out->part_ref = refund ? "" : out->processor_ref;
    if (refund)
        out->part_state = "succeeded";
    else
        out->part_state = status == SM_NETOPIA_CHARGEBACK_LOST ? "lost"
                                                               : "open";
    return SM_OK;
}

enum sm_status sm_netopia_read_notice(struct sm_pay_event *out,
                                      struct sm_arena *arena, const char *text,
                                      size_t len, struct sm_error *err)
{
    const struct sm_json *top = NULL;
    enum sm_status answer;
    int status;

    *out = sm_pay_event_none();
    answer = sm_json_parse(&top, arena, text, len, err);
    if (answer != SM_OK)
        return answer;
    status = status_of(top);
    out->order_no = or_empty(sm_json_str(top, "order.orderID"));
    out->processor_ref = ref_of(top, "payment.ntpID", arena);
    out->type = type_of(arena, status);
    if (status == 0 || out->order_no[0] == '\0' || strlen(out->order_no) > 64)
        return SM_FAIL(err, SM_INVALID, "netopia: notice without an order");
    switch (status) {
    case SM_NETOPIA_CREDIT:
    case SM_NETOPIA_CHARGEBACK:
    case SM_NETOPIA_CHARGEBACK_LOST:
    case SM_NETOPIA_REPRESENTED:
        return read_part(out, top, status, arena, err);
    case SM_NETOPIA_NEW:
        return SM_OK; /* nothing has happened to it */
    case SM_NETOPIA_ERROR:
    case SM_NETOPIA_DECLINED:
        out->kind = SM_PAY_DECLINED; /* its page takes another card */
        out->reason = "refused";
        return SM_OK;
    default:
        answer = fill(out, top, status, arena, err);
        return answer == SM_UNAVAILABLE ? SM_INVALID : answer;
    }
}
