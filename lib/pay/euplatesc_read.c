/* Reading what EuPlatesc sends: messages and answers.  No calls out. */
#include <string.h>

#include "base/form.h"
#include "base/text.h"
#include "crypto/crypto.h"
#include "money/money.h"
#include "pay/euplatesc.h"
#include "pay/protocol.h"
#include "json/json.h"

/* A card that is with its bank when the time of the page ends gets this long
 * before the order counts as not paid. */
#define GRACE_US (INT64_C(900) * 1000000)
#define EXTRA_MAX 8
#define SIGNED 10 /* fields of a message that are always signed */

enum { AMOUNT, CURR, INVOICE, EP_ID, MERCHANT, ACTION, NONCE = 9 };

static const char *const signed_names[SIGNED] = {
    "amount", "curr",    "invoice_id", "ep_id",     "merch_id",
    "action", "message", "approval",   "timestamp", "nonce",
};

/* The field NAME of a message; absent ones are "".  NULL: it came twice. */
static const char *value_of(const struct sm_form *form, const char *name)
{
    const struct sm_field *field = NULL;

    if (sm_form_find(&field, form, name) != SM_OK)
        return NULL;
    return field != NULL ? field->value : "";
}

/* Collect what is signed, in its order.  SM_DENIED for a field that came
 * twice: two readers could each see another value. */
static enum sm_status collect(struct sm_pay_field *out, size_t *count,
                              struct sm_arena *arena,
                              const struct sm_form *form, const char *extra)
{
    const char *at, *name;
    size_t part;

    *count = 0;
    for (size_t i = 0; i < SIGNED; i++)
        out[(*count)++] = (struct sm_pay_field){
            signed_names[i], value_of(form, signed_names[i])};
    while (*count < SIGNED + EXTRA_MAX && sm_list_next(&extra, &at, &part)) {
        name = sm_arena_strndup(arena, at, part);
        if (name == NULL)
            return SM_INTERNAL;
        out[(*count)++] = (struct sm_pay_field){name, value_of(form, name)};
    }
    for (size_t i = 0; i < *count; i++)
        if (out[i].value == NULL)
            return SM_DENIED;
    return SM_OK;
}

static enum sm_status check_hash(const struct sm_euplatesc_terms *terms,
                                 const struct sm_form *form,
                                 const struct sm_pay_field *fields,
                                 size_t count, struct sm_error *err)
{
    const char *sent = value_of(form, "fp_hash");
    char wanted[SM_EUPLATESC_HASH], got[SM_EUPLATESC_HASH];
    size_t i;

    if (sent == NULL || strlen(sent) != SM_EUPLATESC_HASH - 1)
        return SM_FAIL(err, SM_DENIED, "euplatesc: no fp_hash");
    for (i = 0; i < SM_EUPLATESC_HASH; i++)
        got[i] = sm_to_upper(sent[i]);
    if (sm_euplatesc_hash(wanted, &terms->key, fields, count) != SM_OK)
        return SM_FAIL(err, SM_DENIED, "euplatesc: message too long");
    if (!sm_same_bytes(wanted, got, SM_EUPLATESC_HASH - 1))
        return SM_FAIL(err, SM_DENIED, "euplatesc: fp_hash does not fit");
    if (strcmp(fields[MERCHANT].value, terms->merchant) != 0)
        return SM_FAIL(err, SM_DENIED, "euplatesc: another merchant's message");
    return SM_OK;
}

/* Letters and digits only, 1 to MAX of them: what a key is made of. */
static bool plain(const char *text, size_t max)
{
    size_t len = strlen(text);

    for (const char *at = text; *at != '\0'; at++)
        if (!sm_is_alpha(*at) && !sm_is_digit(*at) && *at != '-' && *at != '_')
            return false;
    return len > 0 && len <= max;
}

static bool is_currency(const char *text)
{
    return strlen(text) == 3 && text[0] >= 'A' && text[0] <= 'Z' &&
           text[1] >= 'A' && text[1] <= 'Z' && text[2] >= 'A' && text[2] <= 'Z';
}

/* What sec_status says of an approved payment: 8 and 9 passed the review, ""
 * had none, everything else is under review, suspicion included. */
static bool review_passed(const char *sec_status)
{
    return sec_status[0] == '\0' || strcmp(sec_status, "8") == 0 ||
           strcmp(sec_status, "9") == 0;
}

/* True if an approval that came as a message is as good as money. */
static bool settles(const struct sm_euplatesc_terms *terms,
                    const char *sec_status)
{
    bool is_signed = sm_proto_listed(terms->extra, "sec_status");

    if (!review_passed(sec_status))
        return false;
    /* Unsigned, the word may have been altered or left out on the way. */
    return !terms->review || (is_signed && sec_status[0] != '\0');
}

static enum sm_status read_approval(struct sm_pay_event *out,
                                    const struct sm_pay_field *fields,
                                    struct sm_error *err)
{
    out->kind = SM_PAY_CAPTURED;
    out->currency = fields[CURR].value;
    if (sm_decimal_parse(&out->amount_minor, fields[AMOUNT].value, 2) !=
            SM_OK ||
        out->amount_minor <= 0 || !is_currency(out->currency))
        return SM_FAIL(err, SM_INVALID, "euplatesc: approval without a sum");
    return SM_OK;
}

enum sm_status sm_euplatesc_read_message(struct sm_pay_event *out,
                                         struct sm_arena *arena,
                                         const struct sm_euplatesc_terms *terms,
                                         const char *text, size_t len,
                                         struct sm_error *err)
{
    struct sm_pay_field fields[SIGNED + EXTRA_MAX];
    const char *sec_status;
    enum sm_status status;
    struct sm_form form;
    size_t count = 0;

    *out = sm_pay_event_none();
    status = sm_form_parse(&form, arena, text, len);
    if (status == SM_OK)
        status = collect(fields, &count, arena, &form, terms->extra);
    if (status != SM_OK)
        return SM_FAIL(err, status == SM_INTERNAL ? SM_INTERNAL : SM_DENIED,
                       "euplatesc: not a message");
    status = check_hash(terms, &form, fields, count, err);
    if (status != SM_OK)
        return status;
    sec_status = value_of(&form, "sec_status");
    if (sec_status == NULL || !plain(fields[INVOICE].value, 40) ||
        !plain(fields[EP_ID].value, 64) || !plain(fields[ACTION].value, 8) ||
        !plain(fields[NONCE].value, 64))
        return SM_FAIL(err, SM_INVALID, "euplatesc: message incomplete");
    out->order_no = fields[INVOICE].value;
    out->type = fields[ACTION].value;
    if (strcmp(fields[ACTION].value, "0") != 0) {
        out->kind = SM_PAY_DECLINED; /* the form may be posted again */
        out->reason = "refused";
    } else {
        out->processor_ref = out->capture_ref = fields[EP_ID].value;
        if (settles(terms, sec_status))
            status = read_approval(out, fields, err);
        else
            out->kind = SM_PAY_PENDING;
    }
    /* An approval that passed the review is news after one that waits. */
    out->key = sm_arena_printf(arena, "%s:%s:%s%s", fields[EP_ID].value,
                               fields[ACTION].value, fields[NONCE].value,
                               out->kind == SM_PAY_PENDING ? ":review" : "");
    return out->key != NULL ? status
                            : SM_FAIL(err, SM_INTERNAL, "out of memory");
}

static const char *or_empty(const char *text)
{
    return text != NULL ? text : "";
}

/* A member that they print as text or as a number. */
static const char *word(const struct sm_json *item, const char *name,
                        struct sm_arena *arena)
{
    return or_empty(sm_json_decimal(item, name, arena));
}

/* The list of transactions in an answer: an array, or a string that holds
 * one.  SM_NOT_FOUND: they say that they know no such order. */
static enum sm_status find_list(const struct sm_json **out,
                                struct sm_arena *arena, const char *unknown,
                                const char *text, size_t len,
                                struct sm_error *err)
{
    const struct sm_json *top = NULL;
    const char *inner, *code;

    *out = NULL;
    if (sm_json_parse(&top, arena, text, len, err) != SM_OK)
        return SM_UNAVAILABLE;
    code = word(top, "ecode", arena);
    if (sm_proto_listed(unknown, code))
        return SM_NOT_FOUND;
    inner = sm_json_str(top, "success");
    if (inner != NULL &&
        sm_json_parse(&top, arena, inner, strlen(inner), err) != SM_OK)
        return SM_UNAVAILABLE;
    *out = inner != NULL ? top : sm_json_at(top, "success");
    if (*out == NULL || !sm_json_is_array(*out))
        return SM_FAIL(err, SM_UNAVAILABLE, "euplatesc: ecode %.20s", code);
    return SM_OK;
}

/* How the transactions of one order stand together. */
struct tally {
    const struct sm_json *approved; /* money was taken */
    bool waits;                     /* one is under review */
    bool declined;
};

static void count_one(struct tally *tally, const struct sm_json *item,
                      struct sm_arena *arena, const struct sm_pay_order *order)
{
    const char *action = word(item, "action", arena);

    if (strcmp(action, "0") != 0) {
        tally->declined |= action[0] != '\0';
        tally->waits |= action[0] == '\0'; /* no result yet */
    } else if (!review_passed(word(item, "sec_status", arena))) {
        tally->waits = true;
    } else if (tally->approved == NULL ||
               strcmp(word(item, "ep_id", arena), order->processor_ref) == 0) {
        tally->approved = item;
    }
}

/* Money was taken: the sum is theirs where they say it, else the one of our
 * signed form, since there is no other that they could have taken. */
static enum sm_status read_approved(struct sm_pay_event *out,
                                    struct sm_arena *arena,
                                    const struct sm_json *item,
                                    const struct sm_pay_order *order,
                                    struct sm_error *err)
{
    const char *amount = word(item, "amount", arena);
    const char *currency = word(item, "currency", arena);

    out->kind = SM_PAY_CAPTURED;
    out->processor_ref = out->capture_ref = word(item, "ep_id", arena);
    out->amount_minor = order->amount_minor;
    out->currency = currency[0] != '\0' ? currency : order->currency;
    if (!plain(out->processor_ref, 64) || !is_currency(out->currency) ||
        (amount[0] != '\0' &&
         sm_decimal_parse(&out->amount_minor, amount, 2) != SM_OK) ||
        out->amount_minor <= 0)
        return SM_FAIL(err, SM_UNAVAILABLE, "euplatesc: approval without sum");
    return SM_OK;
}

/* True if ITEM is a transaction of ORDER at our account. */
static bool is_own(const struct sm_json *item,
                   const struct sm_euplatesc_terms *terms,
                   const struct sm_pay_order *order, struct sm_arena *arena)
{
    return strcmp(word(item, "invoice_id", arena), order->order_no) == 0 &&
           strcmp(word(item, "merch_id", arena), terms->merchant) == 0;
}

enum sm_status sm_euplatesc_read_status(struct sm_pay_event *out,
                                        struct sm_arena *arena,
                                        const struct sm_euplatesc_terms *terms,
                                        const char *unknown,
                                        const struct sm_pay_order *order,
                                        int64_t now_us, const char *text,
                                        size_t len, struct sm_error *err)
{
    const struct sm_json *list = NULL, *item;
    struct tally tally = {.approved = NULL};
    enum sm_status status;

    *out = sm_pay_event_none();
    out->order_no = order->order_no;
    status = find_list(&list, arena, unknown, text, len, err);
    if (status != SM_OK && status != SM_NOT_FOUND)
        return status;
    for (item = list != NULL ? sm_json_first(list) : NULL; item != NULL;
         item = sm_json_next(item)) {
        if (!is_own(item, terms, order, arena))
            return SM_FAIL(err, SM_UNAVAILABLE,
                           "euplatesc: another order's answer");
        count_one(&tally, item, arena, order);
    }
    if (tally.approved != NULL)
        return read_approved(out, arena, tally.approved, order, err);
    if (tally.waits) {
        out->kind = SM_PAY_PENDING;
    } else if (now_us < order->expires_us + GRACE_US) {
        out->kind = SM_PAY_OPEN;
    } else {
        out->kind = SM_PAY_CLOSED;
        out->reason = tally.declined ? "declined" : "expired";
    }
    return SM_OK;
}

enum sm_status sm_euplatesc_read_refunded(
    int64_t *minor, struct sm_arena *arena,
    const struct sm_euplatesc_terms *terms, const struct sm_pay_order *order,
    const char *text, size_t len, struct sm_error *err)
{
    const struct sm_json *list = NULL, *item;

    if (find_list(&list, arena, "", text, len, err) != SM_OK)
        return SM_UNAVAILABLE;
    for (item = sm_json_first(list); item != NULL; item = sm_json_next(item))
        if (is_own(item, terms, order, arena) &&
            strcmp(word(item, "ep_id", arena), order->capture_ref) == 0 &&
            sm_decimal_parse(minor, word(item, "refunded", arena), 2) == SM_OK)
            return SM_OK;
    return SM_FAIL(err, SM_UNAVAILABLE, "euplatesc: nothing about refunds");
}

enum sm_status sm_euplatesc_read_done(struct sm_arena *arena, const char *text,
                                      size_t len, struct sm_error *err)
{
    const struct sm_json *top = NULL;
    const char *refusal;

    if (sm_json_parse(&top, arena, text, len, err) != SM_OK)
        return SM_UNAVAILABLE;
    if (strcmp(word(top, "success", arena), "1") == 0)
        return SM_OK;
    refusal = sm_json_str(top, "error");
    if (refusal == NULL || sm_json_at(top, "success") != NULL)
        return SM_FAIL(err, SM_UNAVAILABLE, "euplatesc: neither yes nor no");
    return SM_FAIL(err, SM_DECLINED, "euplatesc: ecode %.20s",
                   word(top, "ecode", arena));
}
