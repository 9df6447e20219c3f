/* The state of a payment, for who started it or has the mailed link. */
#include <string.h>

#include "base/clock.h"
#include "keys.h"
#include "pay/attempt.h"
#include "pay/pay_app.h"
#include "web/page.h"

#define REFRESH_S 5
#define REFRESH_TIMES 24 /* two minutes */

static const struct sm_input inputs[] = {
    SM_ATTEMPT_INPUTS,
    {.name = "n", .type = SM_IN_INT, .min = 0, .max = REFRESH_TIMES},
};

/* The section of the template for each shown state; the rest is unknown. */
static int section_of(const char *shown)
{
    static const struct {
        const char *word;
        int key;
    } states[] = {
        {"started", K_STARTED},     {"processing", K_PROCESSING},
        {"settled", K_SETTLED},     {"partly_refunded", K_PARTLY_REFUNDED},
        {"refunded", K_REFUNDED},   {"disputed", K_DISPUTED},
        {"declined", K_DECLINED},   {"charged_back", K_CHARGED_BACK},
        {"cancelled", K_CANCELLED}, {"expired", K_EXPIRED},
    };
    size_t i;

    for (i = 0; i < SM_COUNT(states); i++)
        if (strcmp(shown, states[i].word) == 0)
            return states[i].key;
    return K_UNKNOWN;
}

/* What goes back, went back, or can: the surplus that nobody has used is
 * offered to who paid it. */
static void fill_back(struct sm_dict *dict, const struct sm_request *rq,
                      const struct sm_attempt *attempt)
{
    const struct sm_processor *processor =
        sm_pay_processor_named(sm_pay_app(rq)->pay, attempt->processor);
    bool offer = attempt->refundable_minor > 0 && processor != NULL &&
                 processor->ops->refund != NULL &&
                 (attempt->mine || attempt->key[0] != '\0');

    sm_set_money(dict, K_BACK, attempt->refunded_minor, attempt->currency);
    sm_show_if(dict, K_HAS_BACK, attempt->refunded_minor > 0);
    sm_set_instant(dict, K_BACK_AT, attempt->refunded_us);
    sm_set_money(dict, K_DISPUTED_SUM, attempt->disputed_minor,
                 attempt->currency);
    sm_show_if(dict, K_IS_TWICE, attempt->duplicate);
    sm_show_if(dict, K_NOT_TWICE, !attempt->duplicate);
    sm_set_money(dict, K_SURPLUS, attempt->refundable_minor, attempt->currency);
    sm_show_if(dict, K_HAS_SURPLUS, attempt->refundable_minor > 0);
    sm_show_if(dict, K_OFFER, offer);
    sm_show_if(dict, K_NO_OFFER, attempt->refundable_minor > 0 && !offer);
    sm_show_if(dict, K_GOING_BACK, attempt->refunding_minor > 0);
    sm_set_money(dict, K_GOING, attempt->refunding_minor, attempt->currency);
    sm_show_if(dict, K_BACK_FAILED,
               attempt->refund_failed && attempt->refunding_minor == 0);
}

static void fill_settled(struct sm_dict *dict, const struct sm_request *rq,
                         const struct sm_attempt *attempt)
{
    int64_t days = sm_settings_int(rq->app->settings, "company.post_days");

    sm_show(dict, K_TAKEN);
    sm_set_money(dict, K_PAID, attempt->settled_minor, attempt->currency);
    sm_set_instant(dict, K_PAID_AT, attempt->final_us);
    sm_set(dict, K_RECEIPT_NO, attempt->receipt_no);
    sm_show_if(dict, K_POSTED, days == 0);
    if (days > 0) {
        sm_show(dict, K_POSTED_LATER);
        sm_set_date(dict, K_POST_BY, sm_pay_posted_by(attempt->final_us, days));
    }
    fill_back(dict, rq, attempt);
}

static void fill_waiting(struct sm_dict *dict, struct sm_request *rq,
                         const struct sm_attempt *attempt, bool refreshing)
{
    bool started = strcmp(attempt->shown, "started") == 0;

    sm_show_if(dict, K_REFRESHING, refreshing);
    sm_show_if(dict, K_ASK, !refreshing);
    if (started && attempt->mine && attempt->redirect_url[0] != '\0' &&
        !sm_attempt_fill_go(dict, rq, attempt->id, attempt->redirect_url) &&
        !sm_attempt_by_form(rq, attempt->processor)) {
        sm_show(dict, K_CONTINUE);
        sm_set(dict, K_CONTINUE_URL, attempt->redirect_url);
    }
    sm_show_if(dict, K_CANCEL, started && attempt->mine);
    if (attempt->ask_by_us > 0 && attempt->email[0] != '\0') {
        sm_show(dict, K_WILL_WRITE);
        sm_set_instant(dict, K_ASK_BY, attempt->ask_by_us);
    }
    sm_set(dict, K_EMAIL_MASKED, sm_attempt_mask(rq, attempt->email));
}

static void fill(struct sm_dict *dict, struct sm_request *rq,
                 const struct sm_attempt *attempt, bool refreshing)
{
    sm_set(dict, K_STATE, attempt->shown);
    sm_show(dict, section_of(attempt->shown));
    sm_set(dict, K_ID, attempt->id_text);
    sm_set_money(dict, K_AMOUNT, attempt->amount_minor, attempt->currency);
    sm_set_instant(dict, K_STARTED_AT, attempt->created_us);
    sm_set(dict, K_CODE_HINT, attempt->code_hint);
    sm_show_if(dict, K_HAS_MORE_CODES, attempt->code_count > 1);
    sm_set_plural(dict, K_MORE_CODES, attempt->code_count - 1);
    sm_show_if(dict, K_SELECTED, attempt->selected);
    /* where one begins anew: a customer chooses, a guest types a code */
    sm_set(dict, K_AGAIN_FROM, attempt->selected ? "home" : "pay");
    sm_show_if(dict, K_HAS_REFERENCE, attempt->processor_ref[0] != '\0');
    sm_set(dict, K_REFERENCE, attempt->processor_ref);
    sm_show_if(dict, K_HAS_KEY, attempt->key[0] != '\0');
    sm_set(dict, K_KEY, attempt->key);
    sm_set(dict, K_EMAIL_MASKED, sm_attempt_mask(rq, attempt->email));
    sm_show_if(dict, K_HAS_EMAIL, attempt->email[0] != '\0');
    sm_show_if(dict, K_MINE, attempt->mine);
    if (strcmp(attempt->state, "settled") == 0)
        fill_settled(dict, rq, attempt);
    else if (!sm_pay_is_final(attempt->state))
        fill_waiting(dict, rq, attempt, refreshing);
}

/* Come again by itself, a limited number of times and only if asked to: the
 * counter is in the address, so that the link without it stops. */
static void refresh(struct sm_request *rq, struct sm_reply *rp,
                    const struct sm_attempt *attempt, int64_t n)
{
    rp->refresh_to =
        sm_arena_printf(rq->arena, "/%s/pay/status/%s?n=%lld%s%s",
                        sm_lang_code(rq->lang), attempt->id_text, (long long)n,
                        attempt->key[0] != '\0' ? "&k=" : "", attempt->key);
    if (rp->refresh_to != NULL)
        rp->refresh_s = REFRESH_S;
}

static enum sm_status show(struct sm_request *rq, struct sm_reply *rp)
{
    const struct sm_value *n = sm_in(rq, "n");
    struct sm_attempt attempt;
    enum sm_status status;
    int64_t round;
    bool refreshing;

    status = sm_attempt_load(&attempt, rq);
    if (status != SM_OK)
        return status;
    /* Without a counter the first round begins; with the last one it ends. */
    round = n->present && n->error == NULL ? n->number : 1;
    refreshing = !sm_pay_is_final(attempt.state) && round > 0 &&
                 round < REFRESH_TIMES;
    if (refreshing)
        refresh(rq, rp, &attempt, round + 1);
    rp->set_cookie = true; /* the page holds forms */
    fill(rp->dict, rq, &attempt, refreshing);
    return SM_OK;
}

const struct sm_page sm_page_status = {
    .path = "/pay/status/{payment}",
    .auth = SM_AUTH_PUBLIC,
    .inputs = inputs,
    .ninputs = SM_COUNT(inputs),
    .get = show,
    .tpl = "status.tpl",
    .personal = true,
    .processor_form = true,
    .instance = "pay",
    .help = "The state of a payment, for who started it or has the link.",
};
