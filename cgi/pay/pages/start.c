/* The Pay button: one attempt a once-key, then on to the processor. */
#include <string.h>
#include <time.h>

#include "auth/auth.h"
#include "crypto/crypto.h"
#include "keys.h"
#include "pay/attempt.h"
#include "pay/pay_app.h"
#include "sql/status.h"
#include "web/page.h"

#define CANCEL_MS 4000
#define WAIT_MS 2000 /* for a twin of this request, at most */
#define LOOK_MS 200

static const struct sm_input inputs[] = {
    {.name = "handle", .type = SM_IN_ID, .required = true},
    {.name = "choice",
     .type = SM_IN_CHOICE,
     .required = true,
     .choices = "total|current|other",
     .label = SM_N_("How much do you want to pay?")},
    {.name = "amount",
     .type = SM_IN_AMOUNT,
     .min = 1,
     .max = INT64_C(100000000000),
     .label = SM_N_("Another amount")},
    {.name = "currency",
     .type = SM_IN_TEXT,
     .required = true,
     .min = 3,
     .max = 3},
    {.name = "shown_minor",
     .type = SM_IN_INT,
     .required = true,
     .min = 0,
     .max = INT64_C(100000000000)},
    /* What the page showed as the current invoice; not every page shows one. */
    {.name = "current_minor",
     .type = SM_IN_INT,
     .min = 0,
     .max = INT64_C(100000000000)},
    {.name = "once_key",
     .type = SM_IN_TOKEN,
     .required = true,
     .min = 8,
     .max = 64},
};

/* The form that goes on, with what was typed and a key of its own. */
static void fill_again(struct sm_request *rq, struct sm_reply *rp,
                       int64_t shown_minor)
{
    uint8_t key[SM_ID_BYTES];
    char text[SM_ID_TEXT];

    sm_random(key, sizeof(key));
    sm_id_format(text, key);
    sm_show(rp->dict, K_AGAIN);
    sm_set(rp->dict, K_AGAIN_CHOICE, sm_in(rq, "choice")->text);
    sm_set(rp->dict, K_AGAIN_AMOUNT, sm_in(rq, "amount")->raw);
    sm_set(rp->dict, K_AGAIN_CURRENCY, sm_in(rq, "currency")->text);
    sm_set(rp->dict, K_AGAIN_KEY, text);
    sm_set_int(rp->dict, K_AGAIN_MINOR, shown_minor);
}

/* The sum that the payer saw beside the choice; negative: none. */
static int64_t seen_minor(const struct sm_request *rq)
{
    if (strcmp(sm_in(rq, "choice")->text, "current") != 0)
        return sm_in(rq, "shown_minor")->number;
    return sm_in(rq, "current_minor")->present
               ? sm_in(rq, "current_minor")->number
               : -1;
}

static enum sm_status changed(struct sm_request *rq, struct sm_reply *rp,
                              const struct sm_pay_result *result)
{
    rp->http = 409;
    sm_show(rp->dict, K_CHANGED);
    sm_set_money(rp->dict, K_OLD_SUM, seen_minor(rq), result->currency);
    sm_set_money(rp->dict, K_NEW_SUM, result->amount_minor, result->currency);
    fill_again(rq, rp, result->amount_minor);
    return SM_OK;
}

static enum sm_status conflict(struct sm_reply *rp,
                               const struct sm_pay_result *result)
{
    char id[SM_ID_TEXT];

    sm_id_format(id, result->payment);
    rp->http = 409;
    sm_show(rp->dict, K_CONFLICT);
    sm_set(rp->dict, K_ID, id);
    return SM_OK;
}

static enum sm_status out_of_range(struct sm_request *rq, struct sm_reply *rp)
{
    const struct sm_settings *settings = rq->app->settings;
    const char *currency = sm_in(rq, "currency")->text;

    rp->http = 422;
    sm_show(rp->dict, K_RANGE);
    sm_set_money(rp->dict, K_LEAST,
                 sm_settings_int(settings, "guest_pay.min_minor"), currency);
    sm_set_money(rp->dict, K_MOST,
                 sm_settings_int(settings, "guest_pay.max_minor"), currency);
    return SM_OK;
}

static enum sm_status gone(struct sm_reply *rp)
{
    rp->http = 404;
    sm_show(rp->dict, K_GONE);
    return SM_OK;
}

static enum sm_status see_status(struct sm_request *rq, struct sm_reply *rp,
                                 const uint8_t payment[SM_ID_BYTES])
{
    char id[SM_ID_TEXT];

    sm_id_format(id, payment);
    return sm_reply_see_other(rq, rp, "/pay/status/%s", id);
}

/* On to the processor's page, or to ours about the payment. */
static enum sm_status go_on(struct sm_request *rq, struct sm_reply *rp,
                            const struct sm_pay_result *result)
{
    if (sm_attempt_fill_go(rp->dict, rq, result->payment, result->redirect_url))
        return SM_OK;
    if (result->redirect_url[0] != '\0' &&
        !sm_attempt_by_form(rq, sm_pay_processor(sm_pay_app(rq)->pay)->name) &&
        sm_reply_to_processor(rq, rp, result->redirect_url) == SM_OK)
        return SM_OK;
    return see_status(rq, rp, result->payment);
}

/* Look for the answer that the twin of this request waits for, for at most
 * WAIT_MS; with 0 look once. */
static void look_for_answer(struct sm_request *rq, struct sm_pay_result *result,
                            int wait_ms)
{
    const struct timespec nap = {.tv_nsec = LOOK_MS * 1000000L};
    const struct sm_arg args[] = {sm_arg_uuid(result->payment),
                                  sm_arg_bytes(rq->browser_hash, 32),
                                  sm_arg_bool(false), sm_arg_time(rq->now_us)};
    struct sm_rows *rows = NULL;
    int waited_ms;

    for (waited_ms = 0; waited_ms <= wait_ms; waited_ms += LOOK_MS) {
        if (sm_request_query(&rows, rq, &sm_sql_pay_status, args) != SM_OK ||
            sm_rows_count(rows) == 0)
            break;
        result->state = sm_row_text(rows, 0, PAY_STATUS__STATE);
        if (strcmp(result->state, "open") == 0)
            result->redirect_url =
                sm_row_text(rows, 0, PAY_STATUS__REDIRECT_URL);
        if (strcmp(result->state, "created") != 0 &&
            strcmp(result->state, "requested") != 0)
            break;
        sm_request_db_release(rq); /* not held while waiting */
        if (waited_ms < wait_ms)
            nanosleep(&nap, NULL);
    }
    sm_request_db_release(rq);
}

/* A second POST of the same form: its twin may still be waiting for the
 * processor.  Wait for it, if enough threads are left, then go on. */
static enum sm_status join_twin(struct sm_request *rq, struct sm_reply *rp,
                                struct sm_pay_result *result)
{
    sem_t *waits = &sm_pay_app(rq)->waits;
    bool may_wait = sem_trywait(waits) == 0;

    look_for_answer(rq, result, may_wait ? WAIT_MS : 0);
    if (may_wait)
        sem_post(waits);
    return go_on(rq, rp, result);
}

/* Start; where the payer's own earlier attempt is in flight, close that one at
 * the processor first.  It stays INFLIGHT if it could not be closed. */
static enum sm_status start(struct sm_pay_result *result, struct sm_request *rq,
                            struct sm_pay_form *form)
{
    struct sm_pay *pay = sm_pay_app(rq)->pay;
    struct sm_pay_form again;
    struct sm_pay_result closed;
    uint8_t earlier[SM_ID_BYTES];
    enum sm_status status;

    status = sm_pay_start(result, pay, rq->arena, form, &rq->err);
    if (status != SM_OK || result->outcome != SM_PAY_INFLIGHT)
        return status;
    memcpy(earlier, result->payment, sizeof(earlier));
    status = sm_pay_cancel(&closed, pay, rq->arena, earlier, CANCEL_MS,
                           rq->now_us, &rq->err);
    if (status != SM_OK || strcmp(closed.state, "closed") != 0)
        return SM_OK;
    again = *form;
    again.retry_of = earlier;
    return sm_pay_start(result, pay, rq->arena, &again, &rq->err);
}

static enum sm_status answer(struct sm_request *rq, struct sm_reply *rp,
                             struct sm_pay_result *result)
{
    switch (result->outcome) {
    case SM_PAY_CREATED:
        return go_on(rq, rp, result);
    case SM_PAY_SAME:
        return join_twin(rq, rp, result);
    case SM_PAY_INFLIGHT:
        return see_status(rq, rp, result->payment);
    case SM_PAY_CONFLICT:
        return conflict(rp, result);
    case SM_PAY_CHANGED:
        return changed(rq, rp, result);
    case SM_PAY_NOTHING:
        return sm_reply_see_other(rq, rp, "/pay/%s", sm_in(rq, "handle")->raw);
    case SM_PAY_RANGE:
        return out_of_range(rq, rp);
    case SM_PAY_GONE:
        break;
    }
    return gone(rp);
}

static enum sm_status post(struct sm_request *rq, struct sm_reply *rp)
{
    const struct sm_pay_app *app = sm_pay_app(rq);
    bool other = strcmp(sm_in(rq, "choice")->text, "other") == 0;
    uint8_t handle_hash[SM_HASH_BYTES];
    struct sm_pay_result result;
    struct sm_pay_form form;
    enum sm_status status;

    sm_set(rp->dict, K_HANDLE, sm_in(rq, "handle")->raw);
    if (other && !sm_settings_bool(rq->app->settings, "guest_pay.other_amount"))
        sm_in_refuse(rq, "choice",
                     SM_N_("Pay the whole sum or the current invoice."));
    if (rq->inputs_ok && other && !sm_in(rq, "amount")->present)
        sm_in_refuse(rq, "amount", SM_N_("Type the amount you want to pay."));
    if (!rq->inputs_ok) {
        sm_show(rp->dict, K_REFUSED);
        return SM_INVALID;
    }
    if (!sm_pay_processor(app->pay)->ops->takes(sm_pay_processor(app->pay), 1,
                                                sm_in(rq, "currency")->text))
        return out_of_range(rq, rp);
    sm_auth_handle_hash(handle_hash, rq, sm_in(rq, "handle")->id);
    form = (struct sm_pay_form){
        .handle_hash = handle_hash,
        .browser_hash = rq->browser_hash,
        .once_key = sm_in(rq, "once_key")->text,
        .choice = sm_in(rq, "choice")->text,
        .amount_minor = other ? sm_in(rq, "amount")->number : 0,
        .shown_minor = seen_minor(rq),
        .currency = sm_in(rq, "currency")->text,
        .lang = sm_lang_code(rq->lang),
        .now_us = rq->now_us,
    };
    status = start(&result, rq, &form);
    return status == SM_OK ? answer(rq, rp, &result) : status;
}

const struct sm_page sm_page_start = {
    .path = "/pay/{handle}/start",
    .auth = SM_AUTH_BROWSER,
    .inputs = inputs,
    .ninputs = SM_COUNT(inputs),
    .post = post,
    .tpl = "start.tpl",
    .limit = "start",
    .personal = true,
    .processor_form = true,
    .instance = "pay",
    .help = "Start a payment and go on to the processor's page.",
};
