#include "pay/euplatesc_wire.h"

#include <string.h>

#include "base/clock.h"
#include "crypto/crypto.h"
#include "pay/protocol.h"

#define SIGNED_MAX 8192
#define FIELDS_MAX 24
#define NONCE_BYTES 16
#define DESCRIPTION_MAX 60

enum sm_status sm_euplatesc_key_read(struct sm_euplatesc_key *out,
                                     const char *hex)
{
    size_t digits = strlen(hex);

    out->len = digits / 2;
    if (digits < 16 || digits % 2 != 0 || out->len > sizeof(out->bytes))
        return SM_INVALID;
    return sm_unhex(out->bytes, out->len, hex);
}

enum sm_status sm_euplatesc_hash(char out[SM_EUPLATESC_HASH],
                                 const struct sm_euplatesc_key *key,
                                 const struct sm_pay_field *fields,
                                 size_t count)
{
    uint8_t mac[SM_DIGEST_MAX];
    struct sm_buf text;
    bool good;
    size_t i;

    sm_buf_init(&text, SIGNED_MAX);
    for (i = 0; i < count; i++) {
        if (fields[i].value[0] == '\0') {
            sm_buf_addc(&text, '-');
        } else {
            sm_buf_addi(&text, (int64_t)strlen(fields[i].value));
            sm_buf_adds(&text, fields[i].value);
        }
    }
    good = sm_buf_ok(&text);
    if (good)
        sm_proto_hex(out, mac,
                     sm_hmac_plain(mac, SM_DIGEST_MD5, key->bytes, key->len,
                                   text.data, text.len));
    sm_buf_release(&text);
    return good ? SM_OK : SM_INTERNAL;
}

/* Days of the last Sunday of MONTH, which has 31 days. */
static int64_t last_sunday(int year, int month)
{
    int64_t day = sm_date_to_days(
        (struct sm_date){.year = year, .month = month, .day = 31});

    return day - (day + 4) % 7; /* 1970-01-01 was a Thursday */
}

void sm_euplatesc_local(char out[15], int64_t us)
{
    const int64_t hour_us = INT64_C(3600) * 1000000, day_us = 24 * hour_us;
    int year = sm_date_from_days(us / day_us).year;
    /* Summer time: from 01:00 UTC of one last Sunday to that of the other. */
    bool summer = us >= last_sunday(year, 3) * day_us + hour_us &&
                  us < last_sunday(year, 10) * day_us + hour_us;

    sm_proto_stamp(out, us + (summer ? 3 : 2) * hour_us);
}

/* A fresh nonce as hex; NULL without memory. */
static const char *nonce(struct sm_arena *arena)
{
    uint8_t bytes[NONCE_BYTES];
    char hex[2 * NONCE_BYTES + 1];

    sm_random(bytes, sizeof(bytes));
    sm_hex(hex, bytes, sizeof(bytes));
    return sm_arena_strdup(arena, hex);
}

/* "Company, ...1234" in ASCII, since they count letters in two ways. */
static const char *description(const struct euplatesc *self,
                               struct sm_arena *arena,
                               const struct sm_pay_order *order)
{
    const char *name = sm_proto_company(self->settings, "en");
    char ascii[DESCRIPTION_MAX + 1];
    size_t n = 0;

    for (; *name != '\0' && n < DESCRIPTION_MAX; name++)
        if (*name >= ' ' && *name <= '~')
            ascii[n++] = *name;
    ascii[n] = '\0';
    return sm_arena_printf(arena, "%s%s...%.16s", ascii, n > 0 ? ", " : "",
                           order->hint);
}

/* The languages of their page; it has no Bulgarian. */
static const char *page_lang(const char *lang)
{
    return strcmp(lang, "ro") == 0 ? "ro" : "en";
}

/* A list of fields that grows up to its ceiling. */
struct fields {
    struct sm_pay_field *at;
    size_t count;
    bool failed;
};

static void add(struct fields *fields, const char *name, const char *value)
{
    if (value == NULL || fields->count == FIELDS_MAX)
        fields->failed = true;
    else
        fields->at[fields->count++] = (struct sm_pay_field){name, value};
}

/* The fields that are signed, in the order of the signature. */
static void add_signed(struct fields *fields, const struct euplatesc *self,
                       struct sm_arena *arena, const struct sm_pay_order *order,
                       int64_t now_us)
{
    char amount[SM_PROTO_AMOUNT], stamp[SM_PROTO_STAMP], end[SM_PROTO_STAMP];

    sm_proto_amount(amount, order->amount_minor);
    sm_proto_stamp(stamp, now_us);
    sm_euplatesc_local(end, order->expires_us - sm_proto_shift_us());
    add(fields, "amount", sm_arena_strdup(arena, amount));
    add(fields, "curr", order->currency);
    add(fields, "invoice_id", order->order_no);
    add(fields, "order_desc", description(self, arena, order));
    add(fields, "merch_id", self->terms.merchant);
    add(fields, "timestamp", sm_arena_strdup(arena, stamp));
    add(fields, "nonce", nonce(arena));
    add(fields, "valability", sm_arena_strdup(arena, end));
}

/* Where their page sends the payer and its server's word. */
static void add_addresses(struct fields *fields, const struct euplatesc *self,
                          struct sm_arena *arena,
                          const struct sm_pay_order *order)
{
    const char *back = sm_proto_page(arena, self->origin, order, "return");
    const char *status = sm_proto_page(arena, self->origin, order, "status");

    add(fields, "ExtraData[silenturl]",
        sm_arena_printf(arena, "%s/gw/notify/euplatesc", self->origin));
    add(fields, "ExtraData[successurl]", back);
    add(fields, "ExtraData[failedurl]", back);
    add(fields, "ExtraData[ep_method]", "post");
    add(fields, "ExtraData[backtosite]", status);
    add(fields, "ExtraData[backtosite_method]", "get");
    add(fields, "ExtraData[expireurl]", status);
}

enum sm_status sm_euplatesc_form(struct sm_pay_field **out, size_t *count,
                                 const struct euplatesc *self,
                                 struct sm_arena *arena,
                                 const struct sm_pay_order *order,
                                 int64_t now_us, struct sm_error *err)
{
    struct fields fields = {
        .at = sm_arena_calloc(arena, FIELDS_MAX, sizeof(*fields.at))};
    char hash[SM_EUPLATESC_HASH];

    if (fields.at == NULL)
        return SM_FAIL(err, SM_INTERNAL, "out of memory");
    add_signed(&fields, self, arena, order, now_us);
    if (fields.failed || sm_euplatesc_hash(hash, &self->terms.key, fields.at,
                                           fields.count) != SM_OK)
        return SM_FAIL(err, SM_INTERNAL, "out of memory");
    add(&fields, "fp_hash", sm_arena_strdup(arena, hash));
    if (order->email[0] != '\0')
        add(&fields, "email", order->email);
    add(&fields, "lang", page_lang(order->lang));
    add_addresses(&fields, self, arena, order);
    if (fields.failed)
        return SM_FAIL(err, SM_INTERNAL, "out of memory");
    *out = fields.at;
    *count = fields.count;
    return SM_OK;
}

/* POST BODY; any answer but 200 is none. */
static enum sm_status send_body(struct sm_http_reply *reply,
                                const struct euplatesc *self,
                                const struct sm_buf *body, int budget_ms,
                                struct sm_error *err)
{
    enum sm_status status = sm_proto_post(reply, self->settings, self->ws_url,
                                          body, budget_ms, err);

    if (status != SM_OK || reply->code == 200)
        return status;
    status = SM_FAIL(err, SM_UNAVAILABLE, "euplatesc: http %d", reply->code);
    sm_http_reply_release(reply);
    return status;
}

enum sm_status sm_euplatesc_call(struct sm_http_reply *reply,
                                 const struct euplatesc *self,
                                 struct sm_arena *arena,
                                 const struct sm_euplatesc_key *key,
                                 const struct sm_pay_field *fields,
                                 size_t count, int budget_ms,
                                 struct sm_error *err)
{
    struct fields all = {
        .at = sm_arena_calloc(arena, FIELDS_MAX, sizeof(*all.at))};
    char stamp[SM_PROTO_STAMP], hash[SM_EUPLATESC_HASH];
    enum sm_status status = SM_INTERNAL;
    struct sm_buf body;
    size_t i;

    sm_buf_init(&body, SIGNED_MAX);
    if (all.at == NULL)
        return SM_FAIL(err, SM_INTERNAL, "out of memory");
    for (i = 0; i < count; i++)
        add(&all, fields[i].name, fields[i].value);
    sm_proto_stamp(stamp, sm_clock_real_us());
    add(&all, "timestamp", stamp);
    add(&all, "nonce", nonce(arena));
    if (!all.failed &&
        sm_euplatesc_hash(hash, key, all.at, all.count) == SM_OK) {
        add(&all, "fp_hash", hash);
        for (i = 0; i < all.count; i++)
            sm_proto_field(&body, all.at[i].name, all.at[i].value);
        if (sm_buf_ok(&body))
            status = send_body(reply, self, &body, budget_ms, err);
    }
    sm_buf_release(&body);
    return status;
}
