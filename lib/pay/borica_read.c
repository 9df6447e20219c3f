/* Reading and signing BORICA's messages.  No calls out. */
#include <stdlib.h>
#include <string.h>

#include "base/form.h"
#include "base/text.h"
#include "pay/borica.h"
#include "json/json.h"

static const char *const names[SM_BORICA_FIELDS] = {
    "ACTION",    "RC",    "APPROVAL", "TERMINAL",   "TRTYPE",       "AMOUNT",
    "CURRENCY",  "ORDER", "RRN",      "INT_REF",    "PARES_STATUS", "ECI",
    "TIMESTAMP", "NONCE", "P_SIGN",   "TRAN_TRTYPE"};

/* One value of a signed string: its length in bytes and itself, a minus where
 * there is none. */
static void symbol(struct sm_buf *out, const char *value)
{
    if (value[0] == '\0') {
        sm_buf_addc(out, '-');
        return;
    }
    sm_buf_addi(out, (int64_t)strlen(value));
    sm_buf_adds(out, value);
}

void sm_borica_request_text(struct sm_buf *out, enum sm_borica_mac mac,
                            const struct sm_borica_request *request)
{
    bool status = strcmp(request->trtype, "90") == 0;

    symbol(out, request->terminal);
    symbol(out, request->trtype);
    if (!status) {
        symbol(out, request->amount);
        symbol(out, request->currency);
    }
    symbol(out, request->order);
    if (!status && mac == SM_BORICA_EXTENDED)
        symbol(out, request->merchant);
    if (!status)
        symbol(out, request->stamp);
    symbol(out, request->nonce);
    /* a field reserved for future use */
    if (!status && mac == SM_BORICA_GENERAL)
        sm_buf_addc(out, '-');
}

void sm_borica_answer_text(struct sm_buf *out, enum sm_borica_mac mac,
                           const struct sm_borica_answer *answer)
{
    bool status = strcmp(answer->value[SM_BORICA_TRTYPE], "90") == 0;
    int i;

    for (i = 0; i < SM_BORICA_SIGNED; i++) {
        const char *value = answer->value[i];

        /* of a transaction that is not found it signs this */
        if (i == SM_BORICA_CURRENCY && status && value[0] == '\0')
            value = "USD";
        symbol(out, value);
    }
    if (mac == SM_BORICA_GENERAL)
        sm_buf_addc(out, '-');
}

enum sm_status sm_borica_read_form(struct sm_borica_answer *out,
                                   struct sm_arena *arena, const char *text,
                                   size_t len, struct sm_error *err)
{
    const struct sm_field *field;
    struct sm_form form;
    enum sm_status status;
    int i;

    status = sm_form_parse(&form, arena, text, len);
    for (i = 0; status == SM_OK && i < SM_BORICA_FIELDS; i++) {
        status = sm_form_find(&field, &form, names[i]);
        if (status == SM_OK)
            out->value[i] = field != NULL ? field->value : "";
    }
    return status == SM_OK ? SM_OK : SM_FAIL(err, status, "borica: bad form");
}

enum sm_status sm_borica_read_json(struct sm_borica_answer *out,
                                   struct sm_arena *arena, const char *text,
                                   size_t len, struct sm_error *err)
{
    const struct sm_json *top = NULL;
    enum sm_status status;
    int i;

    status = sm_json_parse(&top, arena, text, len, err);
    for (i = 0; status == SM_OK && i < SM_BORICA_FIELDS; i++) {
        const char *value = sm_json_str(top, names[i]);

        if (value == NULL && sm_json_at(top, names[i]) != NULL)
            return SM_FAIL(err, SM_INVALID, "borica: %s is no text", names[i]);
        out->value[i] = value != NULL ? value : "";
    }
    return status;
}

/* What a code says besides "paid". */
enum meaning {
    UNKNOWN,   /* ask */
    ABSENT,    /* there is no such transaction */
    FORM_OPEN, /* the payer has the page before him */
    UNDER_WAY, /* the payer or the issuer is being waited for */
    AT_ISSUER, /* money may be taken any moment */
    REFUSED,   /* this request was refused; the order may be posted again */
    CANCELLED, /* by the payer */
    DECLINED   /* by the issuer or the gateway */
};

static enum meaning meaning_of(const char *action, const char *rc)
{
    static const struct {
        const char *rc;
        enum meaning meaning;
    } codes[] = {
        {"-24", ABSENT},    {"-40", FORM_OPEN}, {"-33", UNDER_WAY},
        {"-39", UNDER_WAY}, {"-31", AT_ISSUER}, {"-25", CANCELLED},
        {"17", CANCELLED},  {"-19", DECLINED},  {"-30", DECLINED},
        {"-1", REFUSED},    {"-2", REFUSED},    {"-6", REFUSED},
        {"-10", REFUSED},   {"-11", REFUSED},   {"-12", REFUSED},
        {"-13", REFUSED},   {"-15", REFUSED},   {"-17", REFUSED},
        {"-20", REFUSED},   {"-26", REFUSED},   {"-27", REFUSED},
        {"-28", REFUSED},
    };
    size_t i;

    /* duplicates answer for an earlier message: only a question tells */
    if (strcmp(action, "2") != 0 && strcmp(action, "3") != 0)
        return UNKNOWN;
    for (i = 0; i < SM_COUNT(codes); i++)
        if (strcmp(rc, codes[i].rc) == 0)
            return codes[i].meaning;
    /* a positive code is the issuer's and final */
    if (rc[0] != '-' && rc[0] != '\0' && strcmp(rc, "00") != 0)
        return DECLINED;
    return UNKNOWN;
}

static void closed(struct sm_pay_event *out, const char *reason)
{
    out->kind = SM_PAY_CLOSED;
    out->reason = reason;
}

/* Brought by the browser: a negative code may still change when the payer goes
 * back a page, so it is one try that failed. */
static void classify_at_once(struct sm_pay_event *out, enum meaning meaning,
                             const char *rc)
{
    if (meaning == FORM_OPEN) {
        out->kind = SM_PAY_OPEN;
    } else if (meaning == CANCELLED || meaning == DECLINED ||
               meaning == REFUSED) {
        const char *reason = meaning == CANCELLED ? "cancelled" : "declined";

        if (rc[0] != '-') {
            closed(out, reason);
            return;
        }
        out->kind = SM_PAY_DECLINED;
        out->reason = reason;
    }
}

static void classify_asked(struct sm_pay_event *out, enum meaning meaning)
{
    if (meaning == FORM_OPEN)
        out->kind = SM_PAY_OPEN;
    else if (meaning == CANCELLED)
        closed(out, "cancelled");
    else if (meaning == DECLINED)
        closed(out, "declined");
    else if (meaning == ABSENT)
        out->kind = SM_PAY_IGNORED;
}

/* The order's time is over: what is not known to be under way has ended. */
static void classify_late(struct sm_pay_event *out, enum meaning meaning,
                          const char *rc)
{
    if (meaning == FORM_OPEN || meaning == UNDER_WAY)
        closed(out, "expired");
    else if (meaning == UNKNOWN &&
             (rc[0] == '-' || strcmp(rc, "1A") == 0 || strcmp(rc, "65") == 0))
        closed(out, "declined");
    else
        classify_asked(out, meaning);
}

bool sm_borica_classify(struct sm_pay_event *out, const char *action,
                        const char *rc, enum sm_borica_when when)
{
    enum meaning meaning = meaning_of(action, rc);

    out->kind = SM_PAY_PENDING;
    out->reason = "";
    if (strcmp(action, "0") == 0 && strcmp(rc, "00") == 0)
        out->kind = SM_PAY_CAPTURED;
    else if (when == SM_BORICA_AT_ONCE)
        classify_at_once(out, meaning, rc);
    else if (meaning == REFUSED)
        return false;
    else if (when == SM_BORICA_LATE)
        classify_late(out, meaning, rc);
    else
        classify_asked(out, meaning);
    return true;
}
