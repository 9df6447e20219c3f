/* POST /operation/{what}: Netopia's API on a payment that there is. */
#include <string.h>

#include "base/text.h"
#include "sandbox/desk.h"
#include "sandbox/wire_netopia.h"
#include "web/app.h"
#include "web/page.h"

static const struct sm_input inputs[] = {
    {.name = "what", .type = SM_IN_TOKEN, .required = true, .max = 10},
};

static bool expire(struct sb_session *s, void *with)
{
    (void)with;
    if (s->status != SB_OPEN)
        return false;
    s->status = SB_EXPIRED;
    return true;
}

/* The payment that the request names by either number. */
static enum sm_status find(struct sb_session *out, const cJSON *json)
{
    const char *id = sb_netopia_text(json, "ntpID");
    enum sm_status st =
        id[0] != '\0' ? sb_store_find(out, id)
                      : sb_store_find_order(out, "netopia",
                                            sb_netopia_text(json, "orderID"));

    return st == SM_OK && strcmp(out->processor, "netopia") != 0 ? SM_NOT_FOUND
                                                                 : st;
}

static enum sm_status refuse(struct sm_request *rq, struct sm_reply *rp)
{
    return sb_netopia_answer(rq, rp, cJSON_CreateObject(), "103",
                             "Operation not possible");
}

static enum sm_status describe(struct sm_request *rq, struct sm_reply *rp,
                               const struct sb_session *session)
{
    cJSON *json = cJSON_CreateObject();

    sb_netopia_describe(json, session, true);
    return sb_netopia_answer(rq, rp, json, "00", "Approved");
}

/* The answer echoes the sum of this refund, not of all of them. */
static enum sm_status credit(struct sm_request *rq, struct sm_reply *rp,
                             const struct sb_session *session, int64_t amount)
{
    struct sb_part part = {.kind = SB_REFUND, .amount = amount};
    cJSON *json;

    (void)sm_copy(part.session, sizeof(part.session), session->id);
    if (amount <= 0 || sb_desk_refund(&part) != SM_OK)
        return refuse(rq, rp);
    json = cJSON_CreateObject();
    sb_netopia_describe_part(json, session, 8, amount);
    return sb_netopia_answer(rq, rp, json, "00", "Approved");
}

static enum sm_status act(struct sm_request *rq, struct sm_reply *rp,
                          const cJSON *json)
{
    const char *what = sm_in(rq, "what")->text;
    struct sb_session session;

    if (find(&session, json) != SM_OK)
        return refuse(rq, rp);
    if (strcmp(what, "status") == 0)
        return describe(rq, rp, &session);
    if (strcmp(what, "credit") == 0)
        return credit(rq, rp, &session, sb_netopia_sum(json, "amount"));
    if (strcmp(what, "expire") != 0 ||
        sb_store_update(&session, session.id, expire, NULL) != SM_OK)
        return refuse(rq, rp);
    sb_notify(SB_EV_EXPIRED, &session);
    return describe(rq, rp, &session);
}

static enum sm_status operate(struct sm_request *rq, struct sm_reply *rp)
{
    cJSON *json = sb_netopia_read(rq, rp);
    enum sm_status st = SM_OK;

    if (json == NULL)
        return SM_OK;
    if (sb_behave(rq, rp, sb_behaviour_get().query))
        st = act(rq, rp, json);
    cJSON_Delete(json);
    return st;
}

const struct sm_page sm_page_netopia_operation = {
    .path = "/operation/{what}",
    .plain = true,
    .auth = SM_AUTH_SIGNED,
    .inputs = inputs,
    .ninputs = SM_COUNT(inputs),
    .post = operate,
    .help = "Netopia's API: how a payment stands, ending it, refunds.",
};
