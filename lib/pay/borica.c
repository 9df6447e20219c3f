#include "pay/borica.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/text.h"
#include "pay/borica_impl.h"
#include "pay/protocol.h"

#define FIELDS_MAX 24
#define PEM_MAX 16384
#define PATH_MAX_BYTES 512
#define M_INFO_MAX 1024
#define DESC_MAX 50
#define NAME_MAX_BYTES 80
/* A longer life would leave no time in which "not found" proves anything. */
#define LIFE_MAX_MIN 1380

static const struct borica *self_of(const struct sm_processor *processor)
{
    return (const struct borica *)(const void *)processor;
}

static bool takes(const struct sm_processor *self, int64_t amount_minor,
                  const char *currency)
{
    const struct sm_settings *settings = self_of(self)->settings;

    /* twelve bytes with the dot */
    return amount_minor > 0 && amount_minor <= INT64_C(99999999999) &&
           sm_proto_listed(sm_settings_str(settings, "borica.currencies"),
                           currency);
}

/* ORDER as it is before the gateway has heard of it: payable by its form. */
static enum sm_status payable(struct sm_pay_event *out,
                              const struct borica *borica,
                              struct sm_arena *arena,
                              const struct sm_pay_order *order,
                              struct sm_error *err)
{
    char *nonce = sm_arena_alloc(arena, SM_BORICA_NONCE_TEXT);

    if (nonce == NULL)
        return SM_FAIL(err, SM_INTERNAL, "out of memory");
    sm_borica_nonce(nonce, order->payment);
    *out = sm_pay_event_none();
    out->kind = SM_PAY_OPEN;
    out->order_no = order->order_no;
    out->processor_ref = nonce;
    out->redirect_url = borica->base_url;
    return SM_OK;
}

/* The gateway learns of an order when the browser posts its form. */
static enum sm_status create(struct sm_pay_event *out,
                             const struct sm_processor *self,
                             struct sm_arena *arena,
                             const struct sm_pay_order *order, int budget_ms,
                             struct sm_error *err)
{
    (void)budget_ms;
    if (!takes(self, order->amount_minor, order->currency)) {
        sm_proto_never_created(out, order);
        return SM_OK;
    }
    return payable(out, self_of(self), arena, order, err);
}

/* The gateway does not know ORDER.  That proves something only while it would
 * still remember, and an end only when no form of ours can reach it. */
static enum sm_status absent(struct sm_pay_event *out,
                             const struct borica *borica,
                             struct sm_arena *arena,
                             const struct sm_pay_order *order, int64_t now_us,
                             struct sm_error *err)
{
    if (now_us - order->created_us > SM_BORICA_MEMORY_US)
        return SM_FAIL(err, SM_UNAVAILABLE,
                       "borica: asked after the gateway's memory");
    if (payable(out, borica, arena, order, err) != SM_OK)
        return SM_INTERNAL;
    if (now_us > order->expires_us + SM_BORICA_GRACE_US) {
        out->kind = SM_PAY_CLOSED;
        out->reason = "expired";
        out->redirect_url = "";
    }
    return SM_OK;
}

static enum sm_status query(struct sm_pay_event *out,
                            const struct sm_processor *self,
                            struct sm_arena *arena,
                            const struct sm_pay_order *order, int budget_ms,
                            struct sm_error *err)
{
    const struct borica *borica = self_of(self);
    int64_t now_us = sm_clock_now_us();
    struct sm_borica_answer answer;
    enum sm_status status;

    status =
        sm_borica_status(&answer, borica, arena, order, "1", budget_ms, err);
    if (status != SM_OK)
        return status;
    status = payable(out, borica, arena, order, err);
    if (status != SM_OK)
        return status;
    out->type = "90";
    if (!sm_borica_classify(
            out, answer.value[SM_BORICA_ACTION], answer.value[SM_BORICA_RC],
            now_us > order->expires_us + SM_BORICA_GRACE_US ? SM_BORICA_LATE
                                                            : SM_BORICA_ASKED))
        return SM_FAIL(err, SM_UNAVAILABLE, "borica: question refused, rc %.3s",
                       answer.value[SM_BORICA_RC]);
    if (out->kind == SM_PAY_IGNORED)
        return absent(out, borica, arena, order, now_us, err);
    if (out->kind != SM_PAY_OPEN)
        out->redirect_url = "";
    /* An answer that is signed and cannot be read is no answer. */
    status = sm_borica_money(out, arena, &answer, err);
    return status == SM_INVALID ? SM_UNAVAILABLE : status;
}

/* The fields of a sale. */
struct sheet {
    struct sm_pay_field *fields;
    size_t count;
};

static void put(struct sheet *sheet, const char *name, const char *value)
{
    if (sheet->count < FIELDS_MAX)
        sheet->fields[sheet->count++] =
            (struct sm_pay_field){.name = name, .value = value};
}

/* What the issuer's 3-D Secure wants of the payer.  A guest's name is not
 * known and not asked for. */
static const char *m_info(struct sm_arena *arena, const char *email)
{
    char text[M_INFO_MAX];
    struct sm_buf json;
    bool good;

    sm_buf_init(&json, M_INFO_MAX);
    sm_buf_adds(&json, "{\"cardholderName\":\"CUSTOMER\"");
    if (email[0] != '\0') {
        sm_buf_adds(&json, ",\"email\":\"");
        sm_buf_add_json(&json, email, strlen(email));
        sm_buf_adds(&json, "\"");
    }
    sm_buf_adds(&json, "}");
    good = sm_buf_ok(&json) &&
           sm_base64_encode(text, sizeof(text), json.data, json.len) > 0;
    sm_buf_release(&json);
    return good ? sm_arena_strdup(arena, text) : NULL;
}

/* The signed part: REQUEST's strings in the arena. */
static bool fill_request(struct sm_borica_request *request,
                         const struct borica *borica, struct sm_arena *arena,
                         const struct sm_pay_order *order, int64_t now_us)
{
    char amount[SM_PROTO_AMOUNT], number[SM_BORICA_ORDER_TEXT];
    char nonce[SM_BORICA_NONCE_TEXT], stamp[SM_PROTO_STAMP];

    sm_proto_amount(amount, order->amount_minor);
    sm_borica_order(number, order->order_no);
    sm_borica_nonce(nonce, order->payment);
    sm_proto_stamp(stamp, now_us);
    *request = (struct sm_borica_request){
        .terminal = borica->terminal,
        .trtype = "1",
        .amount = sm_arena_strdup(arena, amount),
        .currency = order->currency,
        .order = sm_arena_strdup(arena, number),
        .merchant = borica->merchant,
        .stamp = sm_arena_strdup(arena, stamp),
        .nonce = sm_arena_strdup(arena, nonce),
    };
    return request->amount != NULL && request->order != NULL &&
           request->stamp != NULL && request->nonce != NULL;
}

/* What the payer and the bank's files read. */
static bool put_words(struct sheet *sheet, const struct borica *borica,
                      struct sm_arena *arena, const struct sm_pay_order *order,
                      const char *number)
{
    const char *company = sm_proto_company(borica->settings, order->lang);
    const char *desc, *name, *addendum, *info;
    size_t room = DESC_MAX - strlen(", ...1234");

    desc = sm_arena_printf(arena, "%.*s, ...%.4s",
                           (int)sm_proto_fit(company, room), company,
                           order->hint);
    name =
        sm_arena_strndup(arena, company, sm_proto_fit(company, NAME_MAX_BYTES));
    addendum = sm_arena_printf(arena, "%s%.16s", number, order->order_no);
    info = m_info(arena, order->email);
    put(sheet, "DESC", desc);
    put(sheet, "MERCHANT", borica->merchant);
    put(sheet, "MERCH_NAME", name);
    put(sheet, "MERCH_URL", sm_settings_str(borica->settings, "public_origin"));
    if (sm_settings_str(borica->settings, "company.email")[0] != '\0')
        put(sheet, "EMAIL", sm_settings_str(borica->settings, "company.email"));
    put(sheet, "LANG", strcmp(order->lang, "bg") == 0 ? "BG" : "EN");
    put(sheet, "ADDENDUM", "AD,TD");
    put(sheet, "AD.CUST_BOR_ORDER_ID", addendum);
    put(sheet, "M_INFO", info);
    return desc != NULL && name != NULL && addendum != NULL && info != NULL;
}

static enum sm_status form(struct sm_pay_field **out, size_t *count,
                           const struct sm_processor *self,
                           struct sm_arena *arena,
                           const struct sm_pay_order *order, int64_t now_us,
                           struct sm_error *err)
{
    const struct borica *borica = self_of(self);
    struct sm_borica_request request;
    struct sheet sheet = {.count = 0};
    const char *sign;

    if (sm_clock_now_us() > order->expires_us)
        return SM_FAIL(err, SM_UNAVAILABLE, "borica: the order's time is over");
    sheet.fields = sm_arena_calloc(arena, FIELDS_MAX, sizeof(*sheet.fields));
    if (sheet.fields == NULL ||
        !fill_request(&request, borica, arena, order, now_us))
        return SM_FAIL(err, SM_INTERNAL, "out of memory");
    sign = sm_borica_sign(borica, arena, &request);
    put(&sheet, "TERMINAL", request.terminal);
    put(&sheet, "TRTYPE", request.trtype);
    put(&sheet, "AMOUNT", request.amount);
    put(&sheet, "CURRENCY", request.currency);
    put(&sheet, "ORDER", request.order);
    put(&sheet, "TIMESTAMP", request.stamp);
    put(&sheet, "NONCE", request.nonce);
    put(&sheet, "P_SIGN", sign);
    if (sign == NULL || !put_words(&sheet, borica, arena, order, request.order))
        return SM_FAIL(err, SM_INTERNAL, "borica: cannot sign");
    *out = sheet.fields;
    *count = sheet.count;
    return SM_OK;
}

/* Nothing ends an order at the gateway before its time: what is true there is
 * all that can be said. */
/* An answer of a sale as an event: the nonce names the payment. */
static enum sm_status read_sale(struct sm_pay_event *out,
                                struct sm_arena *arena,
                                const struct sm_borica_answer *answer,
                                struct sm_error *err)
{
    const char *sign = answer->value[SM_BORICA_P_SIGN];
    char hex[2 * SM_HASH_BYTES + 1];
    uint8_t hash[SM_HASH_BYTES];

    *out = sm_pay_event_none();
    sm_sha256(hash, sign, strlen(sign));
    sm_hex(hex, hash, sizeof(hash));
    out->key = sm_arena_strdup(arena, hex);
    out->type = answer->value[SM_BORICA_RC];
    if (out->key == NULL)
        return SM_FAIL(err, SM_INTERNAL, "out of memory");
    if (strcmp(answer->value[SM_BORICA_TRTYPE], "1") != 0)
        return SM_OK; /* not of a sale: nothing that concerns an order */
    if (strlen(answer->value[SM_BORICA_ORDER]) != SM_BORICA_ORDER_TEXT - 1 ||
        sm_unhex(out->payment, SM_ID_BYTES, answer->value[SM_BORICA_NONCE]) !=
            SM_OK)
        return SM_FAIL(err, SM_INVALID, "borica: of no payment");
    out->has_payment = true;
    out->processor_ref = answer->value[SM_BORICA_NONCE];
    (void)sm_borica_classify(out, answer->value[SM_BORICA_ACTION],
                             answer->value[SM_BORICA_RC], SM_BORICA_AT_ONCE);
    return sm_borica_money(out, arena, answer, err);
}

static enum sm_status verify(struct sm_pay_event **out, size_t *count,
                             const struct sm_processor *self,
                             struct sm_arena *arena,
                             const struct sm_pay_notice *notice,
                             int64_t real_us, struct sm_error *err)
{
    struct sm_borica_answer answer;
    enum sm_status status;

    (void)real_us; /* answers name one payment and may come at any time */
    status =
        sm_borica_read_form(&answer, arena, notice->body, notice->len, err);
    if (status == SM_INVALID)
        return SM_DENIED; /* nobody can have signed it */
    if (status == SM_OK)
        status = sm_borica_check(self_of(self), &answer, err);
    if (status != SM_OK)
        return status;
    *out = sm_arena_calloc(arena, 1, sizeof(**out));
    if (*out == NULL)
        return SM_FAIL(err, SM_INTERNAL, "out of memory");
    *count = 1;
    return read_sale(*out, arena, &answer, err);
}

static void close_borica(struct sm_processor *self)
{
    struct borica *borica = (struct borica *)(void *)self;
    size_t i;

    sm_rsa_free(borica->own);
    for (i = 0; i < borica->ngateway; i++)
        sm_rsa_free(borica->gateway[i]);
    free(borica);
}

static const struct sm_processor_ops borica_ops = {
    .takes = takes,
    .create = create,
    .query = query,
    .form = form,
    .refund = sm_borica_refund,
    .refund_query = sm_borica_refund_query,
    .verify = verify,
    .close = close_borica,
};

/* Read one of the gateway's keys from the file PATH. */
static enum sm_status read_key(struct borica *borica, const char *path,
                               struct sm_error *err)
{
    enum sm_status status = SM_INVALID;
    char pem[PEM_MAX];
    FILE *file;
    size_t len;

    if (borica->ngateway == SM_BORICA_KEYS)
        return SM_FAIL(err, SM_INVALID, "borica.gateway_keys: more than %d",
                       SM_BORICA_KEYS);
    file = fopen(path, "re");
    if (file != NULL) {
        len = fread(pem, 1, sizeof(pem) - 1, file);
        pem[len] = '\0';
        (void)fclose(file);
        status = sm_rsa_public(&borica->gateway[borica->ngateway], pem);
    }
    if (status != SM_OK)
        return SM_FAIL(err, SM_INVALID,
                       "borica.gateway_keys: %s holds no RSA key", path);
    borica->ngateway++;
    return SM_OK;
}

static enum sm_status read_keys(struct borica *borica, struct sm_error *err)
{
    const char *list = sm_settings_str(borica->settings, "borica.gateway_keys");
    enum sm_status status;
    char path[PATH_MAX_BYTES];
    const char *at;
    size_t len;

    status = sm_rsa_private(
        &borica->own, sm_settings_str(borica->settings, "borica.private_key"));
    if (status != SM_OK)
        return SM_FAIL(err, status, "borica.private_key: no RSA key in PEM");
    while (status == SM_OK && sm_list_next(&list, &at, &len)) {
        (void)sm_copy(path, len + 1 < sizeof(path) ? len + 1 : sizeof(path),
                      at);
        status = read_key(borica, path, err);
    }
    return status;
}

static enum sm_borica_mac mac_of(const char *word)
{
    if (strcmp(word, "extended") == 0)
        return SM_BORICA_EXTENDED;
    return strcmp(word, "advanced") == 0 ? SM_BORICA_ADVANCED
                                         : SM_BORICA_GENERAL;
}

enum sm_status sm_borica_open(struct sm_processor **out,
                              const struct sm_settings *settings,
                              struct sm_error *err)
{
    static const char *const required[] = {
        "public_origin",   "borica.base_url",    "borica.terminal",
        "borica.merchant", "borica.private_key", "borica.gateway_keys"};
    struct borica *borica;
    enum sm_status status;

    status = sm_settings_require(settings, required, SM_COUNT(required), err);
    if (status != SM_OK)
        return status;
    if (!sm_http_url_ok(sm_settings_str(settings, "borica.base_url")))
        return SM_FAIL(err, SM_INVALID, "borica.base_url: https is required");
    if (sm_settings_int(settings, "attempt.expires_min") > LIFE_MAX_MIN)
        return SM_FAIL(err, SM_INVALID,
                       "attempt.expires_min: at most %d with borica",
                       LIFE_MAX_MIN);
    borica = calloc(1, sizeof(*borica));
    if (borica == NULL)
        return SM_FAIL(err, SM_INTERNAL, "out of memory");
    borica->head.name = "borica";
    borica->head.ops = &borica_ops;
    borica->settings = settings;
    borica->base_url = sm_settings_str(settings, "borica.base_url");
    borica->terminal = sm_settings_str(settings, "borica.terminal");
    borica->merchant = sm_settings_str(settings, "borica.merchant");
    borica->mac = mac_of(sm_settings_str(settings, "borica.mac"));
    status = read_keys(borica, err);
    if (status != SM_OK) {
        close_borica(&borica->head);
        return status;
    }
    *out = &borica->head;
    return SM_OK;
}
