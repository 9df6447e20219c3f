/* Reading and signing ePay.bg's messages.  No calls out. */
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/form.h"
#include "base/text.h"
#include "crypto/crypto.h"
#include "pay/epay.h"
#include "pay/protocol.h"

#define LINES_MAX 200
#define KEY_MAX 32
#define INVOICE_MAX 20
#define PART_MAX 32

void sm_epay_checksum(char out[SM_EPAY_SUM], const char *secret,
                      const char *text, size_t len)
{
    uint8_t mac[SM_DIGEST_MAX];
    size_t n =
        sm_hmac_plain(mac, SM_DIGEST_SHA1, secret, strlen(secret), text, len);

    sm_hex(out, mac, n);
}

void sm_epay_data(struct sm_buf *out, const struct sm_epay_request *request)
{
    time_t at = (time_t)(request->expires_us / 1000000);
    char amount[SM_PROTO_AMOUNT], expires[32] = "";
    struct tm parts;

    sm_proto_amount(amount, request->amount_minor);
    if (localtime_r(&at, &parts) != NULL)
        (void)strftime(expires, sizeof(expires), "%d.%m.%Y %H:%M:%S", &parts);
    sm_buf_addf(out,
                "MIN=%s\nINVOICE=%s\nAMOUNT=%s\nCURRENCY=%s\nEXP_TIME=%s\n"
                "DESCR=%s\nENCODING=utf-8",
                request->min, request->invoice, amount, request->currency,
                expires, request->descr);
}

/* One KEY=VALUE of a line. */
struct part {
    const char *key, *value;
    size_t key_len, len;
};

/* The next part of [*at, end); false at the end. */
static bool next_part(struct part *out, const char **at, const char *end)
{
    const char *stop, *eq;

    if (*at >= end)
        return false;
    stop = memchr(*at, ':', (size_t)(end - *at));
    if (stop == NULL)
        stop = end;
    eq = memchr(*at, '=', (size_t)(stop - *at));
    if (eq == NULL)
        eq = stop;
    out->key = *at;
    out->key_len = (size_t)(eq - *at);
    out->value = eq < stop ? eq + 1 : stop;
    out->len = (size_t)(stop - out->value);
    *at = stop + 1;
    return true;
}

/* The fields that are read. */
enum { INVOICE, STATUS, STAN, BCODE, AMOUNT, KEYS };
static const char *const keys[KEYS] = {"INVOICE", "STATUS", "STAN", "BCODE",
                                       "AMOUNT"};

static bool is_word(const struct part *part, size_t max)
{
    size_t i;

    for (i = 0; i < part->len; i++)
        if (!sm_is_digit(part->value[i]) && !sm_is_alpha(part->value[i]) &&
            part->value[i] != '.')
            return false;
    return part->len > 0 && part->len <= max;
}

/* Copy what is known of a line into VALUE; "" where it is not there. */
static enum sm_status read_parts(const char *value[KEYS],
                                 struct sm_arena *arena, const char *line,
                                 size_t len)
{
    const char *at = line;
    struct part part;
    size_t i;

    for (i = 0; i < KEYS; i++)
        value[i] = "";
    while (next_part(&part, &at, line + len)) {
        for (i = 0; i < KEYS; i++) {
            if (part.key_len != strlen(keys[i]) ||
                memcmp(part.key, keys[i], part.key_len) != 0)
                continue;
            if (value[i][0] != '\0' || !is_word(&part, PART_MAX))
                return SM_INVALID;
            value[i] = sm_arena_strndup(arena, part.value, part.len);
            if (value[i] == NULL)
                return SM_INTERNAL;
        }
    }
    return SM_OK;
}

static enum sm_status read_line(struct sm_pay_event *out,
                                struct sm_arena *arena, const char *line,
                                size_t len)
{
    const char *value[KEYS];
    enum sm_status status = read_parts(value, arena, line, len);

    *out = sm_pay_event_none();
    if (status != SM_OK)
        return status;
    if (value[INVOICE][0] == '\0' || value[STATUS][0] == '\0' ||
        strlen(value[INVOICE]) > INVOICE_MAX)
        return SM_INVALID;
    out->order_no = out->processor_ref = value[INVOICE];
    out->type = value[STATUS];
    out->key = sm_arena_printf(arena, "%s:%s:%s", value[INVOICE], value[STATUS],
                               value[STAN]);
    if (strcmp(value[STATUS], "PAID") == 0) {
        out->kind = SM_PAY_CAPTURED;
        /* the sum is that of the order, which it was told once; some
         * contracts have it repeated */
        if (value[AMOUNT][0] != '\0' &&
            sm_proto_amount_read(&out->amount_minor, value[AMOUNT]) != SM_OK)
            return SM_INVALID;
        out->capture_ref =
            sm_arena_printf(arena, "%s/%s", value[STAN], value[BCODE]);
    } else if (strcmp(value[STATUS], "DENIED") == 0) {
        out->kind = SM_PAY_CLOSED;
        out->reason = "declined";
    } else if (strcmp(value[STATUS], "EXPIRED") == 0) {
        out->kind = SM_PAY_CLOSED;
        out->reason = "expired";
    }
    return out->key != NULL && out->capture_ref != NULL ? SM_OK : SM_INTERNAL;
}

enum sm_status sm_epay_read(struct sm_pay_event **out, size_t *count,
                            struct sm_arena *arena, const char *text,
                            size_t len, struct sm_error *err)
{
    const char *end = text + len, *at = text;
    enum sm_status status = SM_OK;

    *count = 0;
    *out = sm_arena_calloc(arena, LINES_MAX, sizeof(**out));
    if (*out == NULL)
        return SM_FAIL(err, SM_INTERNAL, "out of memory");
    while (at < end && status == SM_OK) {
        const char *stop = memchr(at, '\n', (size_t)(end - at));
        size_t line = (size_t)((stop != NULL ? stop : end) - at);
        size_t used = line;

        while (used > 0 && (at[used - 1] == '\r' || at[used - 1] == ' '))
            used--;
        if (used > 0 && *count == LINES_MAX)
            status = SM_INVALID;
        else if (used > 0)
            status = read_line(&(*out)[(*count)++], arena, at, used);
        at += line + (stop != NULL);
    }
    if (status == SM_OK && *count == 0)
        status = SM_INVALID;
    if (status != SM_OK) {
        *count = 0;
        return SM_FAIL(err, status, "epay: unreadable notification");
    }
    return SM_OK;
}

/* --- the biller protocol ---------------------------------------------- */

static int by_name(const void *a, const void *b)
{
    const struct sm_field *const *x = a, *const *y = b;

    return strcmp((*x)->name, (*y)->name);
}

/* The text that a request's CHECKSUM signs: every other parameter, sorted by
 * its name, name and value joined, each with a line's end. */
static enum sm_status bill_text(struct sm_buf *out, struct sm_arena *arena,
                                const struct sm_form *form)
{
    const struct sm_field **sorted =
        sm_arena_calloc(arena, form->count + 1, sizeof(*sorted));
    size_t n = 0, i;

    if (sorted == NULL)
        return SM_INTERNAL;
    for (i = 0; i < form->count; i++)
        if (strcmp(form->fields[i].name, "CHECKSUM") != 0)
            sorted[n++] = &form->fields[i];
    qsort(sorted, n, sizeof(const struct sm_field *), by_name);
    for (i = 0; i < n; i++) {
        /* a name that came twice would be two values for one checksum */
        if (i > 0 && strcmp(sorted[i]->name, sorted[i - 1]->name) == 0)
            return SM_DENIED;
        sm_buf_adds(out, sorted[i]->name);
        sm_buf_adds(out, sorted[i]->value);
        sm_buf_addc(out, '\n');
    }
    return sm_buf_ok(out) ? SM_OK : SM_DENIED;
}

static enum sm_status bill_check(struct sm_arena *arena,
                                 const struct sm_form *form, const char *secret)
{
    const struct sm_field *sum = NULL;
    char want[SM_EPAY_SUM], got[SM_EPAY_SUM];
    enum sm_status status;
    struct sm_buf text;
    size_t i;

    if (sm_form_find(&sum, form, "CHECKSUM") != SM_OK || sum == NULL ||
        sum->len != SM_EPAY_SUM - 1)
        return SM_DENIED;
    sm_buf_init(&text, 8192);
    status = bill_text(&text, arena, form);
    if (status == SM_OK) {
        sm_epay_checksum(want, secret, text.data, text.len);
        for (i = 0; i < SM_EPAY_SUM; i++)
            got[i] = sm_to_lower(sum->value[i]);
        if (!sm_same_bytes(want, got, SM_EPAY_SUM - 1))
            status = SM_DENIED;
    }
    sm_buf_release(&text);
    return status;
}

static const char *value_of(const struct sm_form *form, const char *name)
{
    const struct sm_field *field = NULL;

    return sm_form_find(&field, form, name) == SM_OK && field != NULL
               ? field->value
               : "";
}

static bool is_digits(const char *text, size_t least, size_t most)
{
    size_t len = strlen(text), i;

    for (i = 0; i < len; i++)
        if (!sm_is_digit(text[i]))
            return false;
    return len >= least && len <= most;
}

/* Cut INVOICES (or INVOICE) at its commas. */
static enum sm_status bill_invoices(struct sm_epay_bill *out,
                                    struct sm_arena *arena, const char *list)
{
    while (*list != '\0') {
        size_t len = strcspn(list, ",");

        if (len > 0) {
            if (out->ninvoices == SM_EPAY_INVOICES)
                return SM_INVALID;
            out->invoices[out->ninvoices] = sm_arena_strndup(arena, list, len);
            if (out->invoices[out->ninvoices] == NULL)
                return SM_INTERNAL;
            out->ninvoices++;
        }
        list += len + (list[len] == ',');
    }
    return SM_OK;
}

enum sm_status sm_epay_bill_read(struct sm_epay_bill *out,
                                 struct sm_arena *arena, const char *query,
                                 const char *merchant_id, const char *secret,
                                 struct sm_error *err)
{
    const char *total;
    struct sm_form form;
    enum sm_status status;

    memset(out, 0, sizeof(*out));
    status = sm_form_parse(&form, arena, query, strlen(query));
    if (status == SM_OK)
        status = bill_check(arena, &form, secret);
    if (status != SM_OK)
        return SM_FAIL(err, status == SM_INTERNAL ? status : SM_DENIED,
                       "epay: checksum does not fit");
    if (strcmp(value_of(&form, "MERCHANTID"), merchant_id) != 0)
        return SM_FAIL(err, SM_DENIED, "epay: for another merchant");
    out->idn = value_of(&form, "IDN");
    out->tid = value_of(&form, "TID");
    out->type = value_of(&form, "TYPE");
    out->date = value_of(&form, "DATE");
    total = value_of(&form, "TOTAL");
    status = bill_invoices(out, arena,
                           value_of(&form, "INVOICES")[0] != '\0'
                               ? value_of(&form, "INVOICES")
                               : value_of(&form, "INVOICE"));
    if (status == SM_OK &&
        (out->idn[0] == '\0' || strlen(out->idn) > 64 ||
         !is_digits(out->tid, 0, 26) || !is_digits(out->date, 0, 14) ||
         (total[0] != '\0' && sm_parse_i64(&out->total_minor, total, 1,
                                           INT64_C(100000000000)) != SM_OK)))
        status = SM_INVALID;
    return status == SM_OK ? SM_OK
                           : SM_FAIL(err, status, "epay: unreadable request");
}
