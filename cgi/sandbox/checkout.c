#include "sandbox/checkout.h"

#include <string.h>

#include "sandbox/wire.h"

static bool take(struct sb_session *s, void *with)
{
    (void)with;
    if (s->status != SB_OPEN)
        return false;
    s->status = SB_COMPLETE;
    s->paid = SB_PAID;
    return true;
}

static bool refuse(struct sb_session *s, void *with)
{
    (void)with;
    if (s->status != SB_OPEN)
        return false;
    s->declines++;
    return true;
}

enum sm_status sb_checkout_back(struct sm_request *rq, struct sm_reply *rp,
                                const char *url, const char *id)
{
    static const char mark[] = "{CHECKOUT_SESSION_ID}";
    const char *at = strstr(url, mark);

    rp->http = 303;
    rp->location = at == NULL
                       ? sm_arena_strdup(rq->arena, url)
                       : sm_arena_printf(rq->arena, "%.*s%s%s", (int)(at - url),
                                         url, id, at + sizeof(mark) - 1);
    return rp->location != NULL ? SM_OK : SM_INTERNAL;
}

enum sm_status sb_checkout_pay(struct sm_request *rq, struct sm_reply *rp,
                               const char *id)
{
    struct sb_session session;
    enum sm_status st = sb_store_update(&session, id, take, NULL);

    if (st == SM_OK)
        sb_notify("checkout.session.completed", &session);
    if (st == SM_NOT_FOUND)
        return st;
    /* paid already (a second click): the payer goes back all the same */
    if (session.paid == SB_PAID)
        return sb_checkout_back(rq, rp, session.success_url, id);
    return sb_checkout_back(rq, rp, session.cancel_url, id);
}

enum sm_status sb_checkout_decline(const char *id)
{
    struct sb_session session;
    enum sm_status st = sb_store_update(&session, id, refuse, NULL);

    if (st == SM_OK)
        sb_notify("payment_intent.payment_failed", &session);
    return st;
}
