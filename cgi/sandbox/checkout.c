#include "sandbox/checkout.h"

#include <string.h>

#include "base/text.h"
#include "sandbox/desk.h"
#include "sandbox/wire.h"

/* What is taken is what the order says, unless the behaviour is another: then
 * the books, and all that is said afterwards, hold what was really taken. */
static void charge(struct sb_session *s, const char *word)
{
    if (strcmp(word, "less") == 0 && s->amount > 1)
        s->amount /= 2;
    if (strcmp(word, "more") == 0)
        s->amount += 100;
    if (strcmp(word, "currency") == 0)
        (void)sm_copy(s->currency, sizeof(s->currency),
                      strcmp(s->currency, "eur") == 0 ? "usd" : "eur");
}

static bool take(struct sb_session *s, void *with)
{
    if (s->status != SB_OPEN)
        return false;
    s->status = SB_COMPLETE;
    s->paid = SB_PAID;
    charge(s, with);
    return true;
}

static bool refuse(struct sb_session *s, void *with)
{
    const struct sb_wire *wire = sb_wire_of(s->processor);

    (void)with;
    if (s->status != SB_OPEN)
        return false;
    s->declines++;
    if (wire != NULL && wire->decline_ends)
        s->status = SB_DECLINED;
    return true;
}

static bool leave(struct sb_session *s, void *with)
{
    const struct sb_wire *wire = sb_wire_of(s->processor);

    (void)with;
    if (s->status != SB_OPEN || wire == NULL || !wire->leave_ends)
        return false;
    s->status = SB_CANCELLED;
    return true;
}

static enum sm_status back(struct sm_request *rq, struct sm_reply *rp,
                           const struct sb_session *session,
                           enum sb_event event)
{
    const struct sb_wire *wire = sb_wire_of(session->processor);

    return wire != NULL ? wire->back(rq, rp, session, event) : SM_NOT_FOUND;
}

enum sm_status sb_checkout_pay(struct sm_request *rq, struct sm_reply *rp,
                               const char *id)
{
    struct sb_behaviour how = sb_behaviour_get();
    struct sb_session session;
    enum sm_status st = sb_store_update(&session, id, take, how.take);

    if (st == SM_OK) {
        sb_desk_capture(&session);
        sb_notify(SB_EV_PAID, &session);
    }
    if (st == SM_NOT_FOUND)
        return st;
    /* paid already (a second click): the payer goes back all the same */
    return back(rq, rp, &session,
                session.paid == SB_PAID ? SB_EV_PAID : SB_EV_LEFT);
}

enum sm_status sb_checkout_decline(bool *ended, struct sm_request *rq,
                                   struct sm_reply *rp, const char *id)
{
    struct sb_session session;
    enum sm_status st = sb_store_update(&session, id, refuse, NULL);

    *ended = false;
    if (st == SM_OK)
        sb_notify(SB_EV_DECLINED, &session);
    if (st == SM_NOT_FOUND || session.status != SB_DECLINED)
        return st;
    *ended = true;
    return back(rq, rp, &session, SB_EV_DECLINED);
}

enum sm_status sb_checkout_leave(struct sm_request *rq, struct sm_reply *rp,
                                 const char *id)
{
    struct sb_session session;
    enum sm_status st = sb_store_update(&session, id, leave, NULL);

    if (st == SM_OK)
        sb_notify(SB_EV_LEFT, &session);
    if (st == SM_NOT_FOUND)
        return st;
    return back(rq, rp, &session, SB_EV_LEFT);
}
