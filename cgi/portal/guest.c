#include "portal/guest.h"

#include <string.h>

#include "base/metrics.h"
#include "ident/mail.h"
#include "keys.h"
#include "shared/layout.h"
#include "sql/pay_bill.h"
#include "sql/pay_selection.h"

const struct sm_portal *sm_portal(const struct sm_request *rq)
{
    return rq->app->data;
}

void sm_handle_new(struct sm_handle *out, const struct sm_request *rq)
{
    uint8_t id[SM_ID_BYTES];

    sm_auth_handle_new(id, out->hash, rq);
    sm_id_format(out->text, id);
}

void sm_handle_of(struct sm_handle *out, const struct sm_request *rq,
                  const void *secret, size_t len)
{
    uint8_t id[SM_ID_BYTES];

    sm_auth_handle_of(id, out->hash, rq, secret, len);
    sm_id_format(out->text, id);
}

void sm_handle_read(struct sm_handle *out, const struct sm_request *rq)
{
    const struct sm_value *handle = sm_in(rq, "handle");

    sm_auth_handle_hash(out->hash, rq, handle->id);
    sm_id_format(out->text, handle->id);
}

enum sm_status sm_portal_bill(struct sm_rows **out, struct sm_handle *handle,
                              struct sm_request *rq)
{
    sm_handle_read(handle, rq);

    const struct sm_arg args[] = {
        sm_arg_bytes(handle->hash, SM_HASH_BYTES),
        sm_arg_bytes(rq->browser_hash, SM_HASH_BYTES),
        sm_arg_time(rq->now_us),
    };

    return sm_request_query(out, rq, &sm_sql_guest_bill, args);
}

enum sm_status sm_portal_selected(bool *out, const char **email,
                                  const struct sm_handle *handle,
                                  struct sm_request *rq)
{
    struct sm_rows *rows = NULL;
    enum sm_status st;

    const struct sm_arg args[] = {
        sm_arg_bytes(handle->hash, SM_HASH_BYTES),
        sm_arg_bytes(rq->browser_hash, SM_HASH_BYTES),
        sm_arg_time(rq->now_us),
    };

    *out = false;
    st = sm_request_query(&rows, rq, &sm_sql_pay_selected, args);
    if (st != SM_OK || sm_rows_count(rows) == 0)
        return st;
    *out = true;
    if (email)
        *email = sm_row_text(rows, 0, PAY_SELECTED__EMAIL);
    return SM_OK;
}

void sm_portal_own(struct sm_dict *page, const uint8_t payment[SM_ID_BYTES],
                   const char *state, int64_t started_us)
{
    char id[SM_ID_TEXT];

    sm_id_format(id, payment);
    sm_show(page, K_OWN);
    sm_set(page, K_OWN_ID, id);
    sm_set_instant(page, K_OWN_AT, started_us);
    if (strcmp(state, "started") == 0)
        sm_show(page, K_OWN_STARTED);
    else if (strcmp(state, "processing") == 0)
        sm_show(page, K_OWN_PROCESSING);
    else
        sm_show(page, K_OWN_UNKNOWN);
}

void sm_portal_other(struct sm_dict *page, const struct sm_request *rq,
                     int64_t started_us)
{
    int64_t minutes = (rq->now_us - started_us) / 60000000;

    if (started_us == 0)
        return;
    sm_show(page, K_OTHER);
    sm_set_plural(page, K_OTHER_MINUTES, minutes < 1 ? 1 : minutes);
}

void sm_portal_receipt_to(struct sm_dict *dict, const char *email)
{
    char text[SM_EMAIL_TEXT + 4], likely[SM_EMAIL_TEXT];

    sm_email_mask(text, email);
    sm_set(dict, K_EMAIL_MASKED, text);
    if (sm_email_hint(likely, email)) {
        sm_email_mask(text, likely);
        sm_show(dict, K_EMAIL_HINT);
        sm_set(dict, K_EMAIL_LIKELY, text);
    }
}

struct sm_arg sm_portal_hash(struct sm_request *rq, const char *purpose,
                             const char *text)
{
    uint8_t *hash = sm_arena_alloc(rq->arena, SM_HASH_BYTES);

    if (hash == NULL)
        return sm_arg_null(SM_TYPE_BYTEA);
    sm_auth_lookup_hash(hash, rq, purpose, text, strlen(text));
    return sm_arg_bytes(hash, SM_HASH_BYTES);
}

struct sm_arg sm_portal_limits(struct sm_request *rq, bool always_mail)
{
    const struct sm_settings *set = rq->app->settings;
    const char *json = sm_arena_printf(
        rq->arena,
        "{\"per_address\":%lld,\"window_s\":%lld,\"hard_factor\":%lld,"
        "\"global_misses\":%lld,\"failures_per_identifier\":%lld,"
        "\"always_mail\":%s}",
        (long long)sm_settings_int(set, "limit.lookups_per_address"),
        (long long)sm_settings_int(set, "limit.lookups_window_s"),
        (long long)sm_settings_int(set, "limit.hard_factor"),
        (long long)sm_settings_int(set, "limit.lookups_global"),
        (long long)sm_settings_int(set, "limit.failures_per_identifier"),
        always_mail ? "true" : "false");

    return json == NULL ? sm_arg_null(SM_TYPE_JSONB) : sm_arg_json(json);
}

void sm_portal_code_form(const struct sm_request *rq, struct sm_reply *rp)
{
    bool digits = sm_settings_bool(rq->app->settings, "payment_code.digits");

    rp->set_cookie = !rq->has_cookie;
    sm_set(rp->dict, K_CODE_INPUTMODE, digits ? "numeric" : "text");
}

void sm_portal_count(const char *outcome)
{
    static const struct {
        const char *outcome;
        enum sm_metric metric;
    } rows[] = {
        {"ok", SM_METRIC_GUEST_FOUND},
        {"miss", SM_METRIC_GUEST_MISSED},
        {"step_up", SM_METRIC_GUEST_STEP_UP},
        {"throttled", SM_METRIC_GUEST_THROTTLED},
    };

    for (size_t i = 0; i < SM_COUNT(rows); i++) {
        if (strcmp(outcome, rows[i].outcome) == 0)
            sm_metric_add(rows[i].metric, 1);
    }
}

enum sm_status sm_portal_gone(struct sm_reply *rp)
{
    rp->http = 404;
    rp->tpl = "pay_gone.tpl";
    return SM_OK;
}

enum sm_status sm_portal_slow(const struct sm_request *rq, struct sm_reply *rp,
                              int64_t retry_after_s)
{
    int64_t wait_s = retry_after_s < 1 ? 60 : retry_after_s;

    rp->http = 429;
    rp->tpl = "pay_slow.tpl";
    rp->retry_after_s = (int)(wait_s > 86400 ? 86400 : wait_s);
    sm_set_plural(rp->dict, K_WAIT_MINUTES, (wait_s + 59) / 60);
    sm_portal_company(rq, rp->dict);
    return SM_OK;
}

enum sm_status sm_portal_miss(struct sm_request *rq)
{
    enum sm_status st = sm_request_commit(rq);

    if (st != SM_OK)
        return st;
    sm_in_refuse(rq, "payment_code",
                 SM_N_("We know no bill with this code. Compare each "
                       "character with the paper."));
    return SM_INVALID;
}

void sm_portal_company(const struct sm_request *rq, struct sm_dict *dict)
{
    const struct sm_settings *set = rq->app->settings;

    sm_layout_has(dict, K_HAS_COMPANY_EMAIL, K_COMPANY_EMAIL,
                  sm_settings_str(set, "company.email"));
    sm_layout_has(dict, K_HAS_ADDRESS, K_ADDRESS,
                  sm_layout_text(rq, "company.address"));
    sm_layout_has(dict, K_HAS_CASH_DESKS, K_CASH_DESKS,
                  sm_layout_text(rq, "company.cash_desks"));
    sm_layout_has(dict, K_HAS_IBAN, K_IBAN,
                  sm_settings_str(set, "company.iban"));
}
