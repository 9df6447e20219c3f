/* The hosted payment page: card, cancel.  The card number chooses what
 * happens, as with the processor's own test cards. */
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "keys.h"
#include "sandbox/checkout.h"
#include "sandbox/wire.h"
#include "web/page.h"

static const struct sm_input inputs[] = {
    {.name = "session", .type = SM_IN_TOKEN, .required = true, .max = 60},
    {.name = "card", .type = SM_IN_TEXT, .max = 30},
    {.name = "action", .type = SM_IN_CHOICE, .choices = "pay|cancel"},
};

static enum sm_status fill(struct sm_request *rq, struct sm_reply *rp,
                           const struct sb_session *s, const char *refusal)
{
    char currency[4];

    for (size_t i = 0; i < sizeof(currency); i++)
        currency[i] = sm_to_upper(s->currency[i]);
    sm_set(rp->dict, K_SESSION, s->id);
    sm_set(rp->dict, K_PRODUCT, s->product);
    sm_set(rp->dict, K_EMAIL, s->email);
    sm_set_money(rp->dict, K_AMOUNT, s->amount, currency);
    sm_show_if(rp->dict, K_OPEN, s->status == SB_OPEN);
    sm_show_if(rp->dict, K_CLOSED, s->status != SB_OPEN);
    if (refusal != NULL) {
        sm_show(rp->dict, K_REFUSED);
        sm_set(rp->dict, K_REFUSAL, refusal);
    }
    (void)rq;
    return SM_OK;
}

static enum sm_status show(struct sm_request *rq, struct sm_reply *rp)
{
    struct sb_session session;
    enum sm_status st = sb_store_find(&session, sm_in(rq, "session")->text);

    return st == SM_OK ? fill(rq, rp, &session, NULL) : st;
}

static enum sm_status pay(struct sm_request *rq, struct sm_reply *rp)
{
    const char *id = sm_in(rq, "session")->text;
    struct sb_session session;
    char card[20] = "";
    enum sm_status st;
    bool ended = false;
    size_t n = 0;

    if (sb_store_find(&session, id) != SM_OK)
        return SM_NOT_FOUND;
    if (strcmp(sm_in(rq, "action")->text, "cancel") == 0)
        return sb_checkout_leave(rq, rp, id);
    for (const char *c = sm_in(rq, "card")->text; *c != '\0'; c++)
        if (sm_is_digit(*c) && n + 1 < sizeof(card))
            card[n++] = *c;
    card[n] = '\0';
    if (strcmp(card, "4000002500003155") == 0 && session.status == SB_OPEN) {
        rp->http = 303;
        rp->location = sm_arena_printf(rq->arena, "/c/3ds/%s", id);
        return SM_OK;
    }
    if (strcmp(card, "4242424242424242") == 0)
        return sb_checkout_pay(rq, rp, id);
    st = n > 0 ? sb_checkout_decline(&ended, rq, rp, id) : SM_OK;
    if (ended)
        return st;
    return fill(rq, rp, &session,
                n == 0 ? "Your card number is incomplete."
                       : "Your card was declined.");
}

const struct sm_page sm_page_checkout = {
    .path = "/c/pay/{session}",
    .plain = true,
    .auth = SM_AUTH_PUBLIC,
    .inputs = inputs,
    .ninputs = SM_COUNT(inputs),
    .get = show,
    .post = pay,
    .tpl = "checkout.tpl",
    .personal = true,
    .help = "The processor's hosted page, where the payer types the card.",
};
