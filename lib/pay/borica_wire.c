/* BORICA's questions and refunds: forms posted by us, answered in JSON. */
#include "pay/borica_impl.h"

#include <string.h>

#include "base/clock.h"
#include "base/text.h"
#include "pay/protocol.h"

#define BODY_MAX 8192
#define TEXT_MAX 2048
#define DESC_MAX 50

void sm_borica_nonce(char out[SM_BORICA_NONCE_TEXT],
                     const uint8_t id[SM_ID_BYTES])
{
    sm_proto_hex(out, id, SM_ID_BYTES);
}

void sm_borica_order(char out[SM_BORICA_ORDER_TEXT], const char *order_no)
{
    size_t len = strlen(order_no), i;

    for (i = 0; i < SM_BORICA_ORDER_TEXT - 1; i++)
        out[i] = len + i >= SM_BORICA_ORDER_TEXT - 1
                     ? order_no[len + i - (SM_BORICA_ORDER_TEXT - 1)]
                     : '0';
    out[i] = '\0';
}

const char *sm_borica_sign(const struct borica *borica, struct sm_arena *arena,
                           const struct sm_borica_request *request)
{
    char *hex = sm_arena_alloc(arena, 2 * SM_RSA_MAX + 1);
    uint8_t sig[SM_RSA_MAX];
    struct sm_buf text;
    size_t len = 0;
    bool good;

    sm_buf_init(&text, TEXT_MAX);
    sm_borica_request_text(&text, borica->mac, request);
    good = hex != NULL && sm_buf_ok(&text) &&
           sm_rsa_sign(sig, &len, borica->own, SM_DIGEST_SHA256, text.data,
                       text.len) == SM_OK;
    sm_buf_release(&text);
    if (!good)
        return NULL;
    sm_proto_hex(hex, sig, len);
    return hex;
}

enum sm_status sm_borica_check(const struct borica *borica,
                               const struct sm_borica_answer *answer,
                               struct sm_error *err)
{
    const char *hex = answer->value[SM_BORICA_P_SIGN];
    size_t len = strlen(hex) / 2, i;
    uint8_t sig[SM_RSA_MAX];
    struct sm_buf text;
    bool fits = false;

    if (len == 0 || len > sizeof(sig) || sm_unhex(sig, len, hex) != SM_OK)
        return SM_FAIL(err, SM_DENIED, "borica: no signature");
    sm_buf_init(&text, BODY_MAX);
    sm_borica_answer_text(&text, borica->mac, answer);
    for (i = 0; sm_buf_ok(&text) && i < borica->ngateway; i++)
        fits |= sm_rsa_verify(borica->gateway[i], SM_DIGEST_SHA256, sig, len,
                              text.data, text.len);
    sm_buf_release(&text);
    if (!fits)
        return SM_FAIL(err, SM_DENIED, "borica: signature does not fit");
    if (strcmp(answer->value[SM_BORICA_TERMINAL], borica->terminal) != 0)
        return SM_FAIL(err, SM_DENIED, "borica: another terminal's");
    return SM_OK;
}

enum sm_status sm_borica_money(struct sm_pay_event *out, struct sm_arena *arena,
                               const struct sm_borica_answer *answer,
                               struct sm_error *err)
{
    const char *rrn = answer->value[SM_BORICA_RRN];
    const char *ref = answer->value[SM_BORICA_INT_REF];
    const char *currency = answer->value[SM_BORICA_CURRENCY];
    size_t i;

    if (out->kind != SM_PAY_CAPTURED)
        return SM_OK;
    for (i = 0; i < 3 && currency[i] >= 'A' && currency[i] <= 'Z'; i++)
        continue;
    if (i != 3 || currency[3] != '\0' || rrn[0] == '\0' || ref[0] == '\0' ||
        sm_proto_amount_read(&out->amount_minor,
                             answer->value[SM_BORICA_AMOUNT]) != SM_OK)
        return SM_FAIL(err, SM_INVALID, "borica: paid, but what is unclear");
    out->currency = currency;
    out->capture_ref = sm_arena_printf(arena, "%s/%s", rrn, ref);
    return out->capture_ref != NULL
               ? SM_OK
               : SM_FAIL(err, SM_INTERNAL, "out of memory");
}

/* POST BODY and read the signed answer to it: TRTYPE, ORDER and NONCE are
 * echoed, so that no older answer passes. */
static enum sm_status exchange(struct sm_borica_answer *out,
                               const struct borica *borica,
                               struct sm_arena *arena,
                               const struct sm_borica_request *request,
                               const struct sm_buf *body, int budget_ms,
                               struct sm_error *err)
{
    struct sm_http_reply reply;
    enum sm_status status;

    if (!sm_buf_ok(body))
        return SM_FAIL(err, SM_INTERNAL, "out of memory");
    status = sm_proto_post(&reply, borica->settings, borica->base_url, body,
                           budget_ms, err);
    if (status != SM_OK)
        return status;
    if (reply.code != 200)
        status = SM_FAIL(err, SM_UNAVAILABLE, "borica: http %d", reply.code);
    else if (sm_borica_read_json(out, arena, reply.body.data, reply.body.len,
                                 err) != SM_OK ||
             sm_borica_check(borica, out, err) != SM_OK)
        status = SM_UNAVAILABLE;
    else if (strcmp(out->value[SM_BORICA_TRTYPE], request->trtype) != 0 ||
             strcmp(out->value[SM_BORICA_ORDER], request->order) != 0 ||
             strcmp(out->value[SM_BORICA_NONCE], request->nonce) != 0)
        status = SM_FAIL(err, SM_UNAVAILABLE, "borica: another one's answer");
    sm_http_reply_release(&reply);
    return status;
}

enum sm_status sm_borica_status(struct sm_borica_answer *out,
                                const struct borica *borica,
                                struct sm_arena *arena,
                                const struct sm_pay_order *order,
                                const char *tran, int budget_ms,
                                struct sm_error *err)
{
    char number[SM_BORICA_ORDER_TEXT], nonce[SM_BORICA_NONCE_TEXT];
    const struct sm_borica_request request = {.terminal = borica->terminal,
                                              .trtype = "90",
                                              .order = number,
                                              .nonce = nonce};
    uint8_t bytes[SM_ID_BYTES];
    enum sm_status status;
    const char *sign;
    struct sm_buf body;

    sm_random(bytes, sizeof(bytes));
    sm_borica_nonce(nonce, bytes);
    sm_borica_order(number, order->order_no);
    sign = sm_borica_sign(borica, arena, &request);
    if (sign == NULL)
        return SM_FAIL(err, SM_INTERNAL, "borica: cannot sign");
    sm_buf_init(&body, BODY_MAX);
    sm_proto_field(&body, "TERMINAL", request.terminal);
    sm_proto_field(&body, "TRTYPE", request.trtype);
    sm_proto_field(&body, "ORDER", request.order);
    sm_proto_field(&body, "TRAN_TRTYPE", tran);
    sm_proto_field(&body, "NONCE", request.nonce);
    sm_proto_field(&body, "P_SIGN", sign);
    status = exchange(out, borica, arena, &request, &body, budget_ms, err);
    sm_buf_release(&body);
    if (status == SM_OK && out->value[SM_BORICA_TRAN_TRTYPE][0] != '\0' &&
        strcmp(out->value[SM_BORICA_TRAN_TRTYPE], tran) != 0)
        return SM_FAIL(err, SM_UNAVAILABLE, "borica: of another transaction");
    return status;
}

/* What the gateway said of a reversal.  SM_UNAVAILABLE: nothing certain. */
static enum sm_status read_refund(struct sm_pay_event *out,
                                  const struct sm_borica_answer *answer,
                                  struct sm_error *err)
{
    const char *action = answer->value[SM_BORICA_ACTION];
    const char *rc = answer->value[SM_BORICA_RC];
    int64_t minor = 0;

    if (strcmp(action, "0") == 0 && strcmp(rc, "00") == 0) {
        /* what was given back is what the gateway says */
        if (sm_proto_amount_read(&minor, answer->value[SM_BORICA_AMOUNT]) !=
                SM_OK ||
            minor != out->amount_minor)
            return SM_FAIL(err, SM_UNAVAILABLE, "borica: refund of %s",
                           answer->value[SM_BORICA_AMOUNT]);
        out->part_state = "succeeded";
        return SM_OK;
    }
    if (strcmp(action, "2") == 0 && rc[0] != '-' && strcmp(rc, "00") != 0) {
        out->part_state = "failed";
        out->amount_minor = 0;
        return SM_OK;
    }
    return SM_FAIL(err, SM_UNAVAILABLE, "borica: refund action %.2s rc %.3s",
                   action, rc);
}

/* The sale's own numbers out of "RRN/INT_REF"; NULL if it is none. */
static const char *split_capture(const char **int_ref, struct sm_arena *arena,
                                 const char *capture_ref)
{
    const char *slash = strchr(capture_ref, '/');

    if (slash == NULL)
        return NULL;
    *int_ref = slash + 1;
    return sm_arena_strndup(arena, capture_ref, (size_t)(slash - capture_ref));
}

/* Everything of a reversal besides its signature. */
static void add_reversal(struct sm_buf *body, const struct borica *borica,
                         const struct sm_borica_request *request,
                         const struct sm_pay_order *order)
{
    const char *company = sm_proto_company(borica->settings, order->lang);
    char desc[DESC_MAX + 1], addendum[32] = "";

    (void)sm_copy(desc, sm_proto_fit(company, DESC_MAX) + 1, company);
    (void)sm_copy(addendum, sizeof(addendum), request->order);
    (void)sm_copy(addendum + strlen(addendum), 17, order->order_no);
    sm_proto_field(body, "TERMINAL", request->terminal);
    sm_proto_field(body, "TRTYPE", request->trtype);
    sm_proto_field(body, "AMOUNT", request->amount);
    sm_proto_field(body, "CURRENCY", request->currency);
    sm_proto_field(body, "ORDER", request->order);
    sm_proto_field(body, "DESC", desc);
    sm_proto_field(body, "MERCHANT", request->merchant);
    sm_proto_field(body, "MERCH_NAME", company);
    sm_proto_field(body, "ADDENDUM", "AD,TD");
    sm_proto_field(body, "AD.CUST_BOR_ORDER_ID", addendum);
    sm_proto_field(body, "TIMESTAMP", request->stamp);
    sm_proto_field(body, "NONCE", request->nonce);
}

enum sm_status sm_borica_refund(struct sm_pay_event *out,
                                const struct sm_processor *self,
                                struct sm_arena *arena,
                                const struct sm_pay_order *order,
                                const struct sm_pay_refund *refund,
                                int budget_ms, struct sm_error *err)
{
    const struct borica *borica = (const struct borica *)(const void *)self;
    char number[SM_BORICA_ORDER_TEXT], amount[SM_PROTO_AMOUNT];
    char stamp[SM_PROTO_STAMP];
    char *nonce = sm_arena_alloc(arena, SM_BORICA_NONCE_TEXT);
    const struct sm_borica_request request = {.terminal = borica->terminal,
                                              .trtype = "24",
                                              .amount = amount,
                                              .currency = refund->currency,
                                              .order = number,
                                              .merchant = borica->merchant,
                                              .stamp = stamp,
                                              .nonce = nonce};
    struct sm_borica_answer answer;
    const char *rrn, *int_ref = "", *sign;
    enum sm_status status;
    struct sm_buf body;

    rrn = split_capture(&int_ref, arena, order->capture_ref);
    if (nonce == NULL || rrn == NULL)
        return SM_FAIL(err, SM_INTERNAL, "borica: refund of no capture");
    *out = sm_proto_refund(order, refund, "");
    sm_borica_nonce(nonce, refund->id);
    out->part_ref = nonce;
    if (refund->others_minor > 0) { /* it takes one a sale */
        out->part_state = "failed";
        out->reason = "refused";
        out->amount_minor = 0;
        return SM_OK;
    }
    sm_borica_order(number, order->order_no);
    sm_proto_amount(amount, refund->amount_minor);
    sm_proto_stamp(stamp, sm_clock_real_us());
    sign = sm_borica_sign(borica, arena, &request);
    if (sign == NULL)
        return SM_FAIL(err, SM_INTERNAL, "borica: cannot sign");
    sm_buf_init(&body, BODY_MAX);
    add_reversal(&body, borica, &request, order);
    sm_proto_field(&body, "RRN", rrn);
    sm_proto_field(&body, "INT_REF", int_ref);
    sm_proto_field(&body, "P_SIGN", sign);
    status = exchange(&answer, borica, arena, &request, &body, budget_ms, err);
    sm_buf_release(&body);
    return status == SM_OK ? read_refund(out, &answer, err) : status;
}

enum sm_status sm_borica_refund_query(struct sm_pay_event *out,
                                      const struct sm_processor *self,
                                      struct sm_arena *arena,
                                      const struct sm_pay_order *order,
                                      const struct sm_pay_refund *refund,
                                      int64_t now_us, int budget_ms,
                                      struct sm_error *err)
{
    const struct borica *borica = (const struct borica *)(const void *)self;
    int64_t end_ms = sm_clock_mono_ms() + budget_ms, left_ms;
    char *nonce = sm_arena_alloc(arena, SM_BORICA_NONCE_TEXT);
    struct sm_borica_answer answer;
    enum sm_status status;

    if (nonce == NULL)
        return SM_FAIL(err, SM_INTERNAL, "out of memory");
    /* It is asked by the sale, so the answer may be about another. */
    if (refund->others > 0)
        return SM_FAIL(err, SM_UNAVAILABLE, "borica: one of several reversals");
    *out = sm_proto_refund(order, refund, "");
    sm_borica_nonce(nonce, refund->id);
    out->part_ref = nonce;
    status =
        sm_borica_status(&answer, borica, arena, order, "24", budget_ms, err);
    if (status != SM_OK)
        return status;
    if (strcmp(answer.value[SM_BORICA_RC], "-24") != 0)
        return read_refund(out, &answer, err);
    /* It has not come there.  The gateway forgets after a day; then only its
     * own desk can tell. */
    left_ms = end_ms - sm_clock_mono_ms();
    if (now_us - refund->asked_us > SM_BORICA_MEMORY_US || left_ms <= 0)
        return SM_FAIL(err, SM_UNAVAILABLE, "borica: reversal not known");
    return sm_borica_refund(out, self, arena, order, refund, (int)left_ms, err);
}
