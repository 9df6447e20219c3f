#include "pay/biller.h"

#include <string.h>

#include "auth/auth.h"
#include "base/log.h"
#include "base/metrics.h"
#include "ident/code.h"
#include "pay/pay_app.h"

bool sm_biller_read(struct sm_epay_bill *out, enum sm_status *status,
                    struct sm_request *rq, struct sm_reply *rp)
{
    const struct sm_settings *settings = rq->app->settings;
    const char *merchant = sm_settings_str(settings, "epay.biller_merchant");
    const char *secret = sm_settings_str(settings, "epay.biller_secret");

    *status = SM_NOT_FOUND;
    if (merchant[0] == '\0' || secret[0] == '\0')
        return false;
    *status = sm_epay_bill_read(out, rq->arena,
                                sm_request_header(rq, "QUERY_STRING"), merchant,
                                secret, &rq->err);
    if (*status == SM_OK)
        return true;
    if (*status == SM_INTERNAL)
        return false;
    if (*status == SM_DENIED)
        sm_metric_add(SM_METRIC_NOTIFY_FORGED, 1);
    sm_log_error("biller_refused", *status, &rq->err);
    *status = sm_biller_say(rq, rp, 400, SM_BILLER_ERROR);
    return false;
}

enum sm_status sm_biller_hash(uint8_t out[SM_HASH_BYTES],
                              const struct sm_request *rq, const char *idn)
{
    const struct sm_settings *settings = rq->app->settings;
    struct sm_code_rule rule = {
        .min = (int)sm_settings_int(settings, "payment_code.min"),
        .max = (int)sm_settings_int(settings, "payment_code.max"),
        .digits = sm_settings_bool(settings, "payment_code.digits"),
    };
    char code[SM_CODE_TEXT];

    if (sm_code_check_parse(&rule.check,
                            sm_settings_str(settings, "payment_code.check")) !=
            SM_OK ||
        sm_code_parse(code, idn, &rule) != SM_OK)
        return SM_INVALID;
    sm_auth_lookup_hash(out, rq, "payment_code", code, strlen(code));
    return SM_OK;
}

enum sm_status sm_biller_say(struct sm_request *rq, struct sm_reply *rp,
                             int http, const char *code)
{
    const char *body =
        sm_arena_printf(rq->arena, "{\"STATUS\":\"%s\"}\n", code);

    if (body == NULL)
        return SM_INTERNAL;
    sm_reply_text(rp, http, "application/json", body);
    return SM_OK;
}

void sm_biller_text(struct sm_buf *out, const char *name, const char *text)
{
    if (out->len > 0 && out->data[out->len - 1] != '{')
        sm_buf_addc(out, ',');
    sm_buf_addf(out, "\"%s\":\"", name);
    sm_buf_add_json(out, text, strlen(text));
    sm_buf_addc(out, '"');
}
