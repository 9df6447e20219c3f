/* GET /v1/balance_transactions?payout=...: what a payout is made of. */
#include <string.h>

#include "sandbox/wire_stripe.h"
#include "web/page.h"

static const struct sm_input inputs[] = {
    {.name = "payout", .type = SM_IN_TOKEN, .required = true, .max = 60},
    {.name = "expand[]", .type = SM_IN_CHOICE, .choices = "data.source"},
    {.name = "starting_after", .type = SM_IN_TOKEN, .max = 60},
    {.name = "limit", .type = SM_IN_INT, .min = 1, .max = 100},
};

/* What is listed. */
struct wanted {
    const char *payout;
    bool expanded;
    cJSON *items;
};

/* What of PART moved with the payout, the newest first. */
static void add(const struct sb_part *part, void *with)
{
    const struct wanted *w = with;

    if (strcmp(part->back, w->payout) == 0)
        cJSON_AddItemToArray(w->items, sb_txn_object(part, true, w->expanded));
    if (strcmp(part->out, w->payout) == 0 || strcmp(part->id, w->payout) == 0)
        cJSON_AddItemToArray(w->items, sb_txn_object(part, false, w->expanded));
}

static enum sm_status list(struct sm_request *rq, struct sm_reply *rp)
{
    struct wanted wanted = {
        .payout = sm_in(rq, "payout")->text,
        .expanded = sm_in(rq, "expand[]")->present,
    };

    if (!sb_authorised(rq, rp) || !sb_behave(rq, rp, sb_behaviour_get().query))
        return SM_OK;
    if (wanted.payout[0] == '\0')
        return sb_reply_error(rq, rp, 400, "invalid_request_error",
                              "The sandbox lists by payout only");
    wanted.items = cJSON_CreateArray();
    sb_parts_each(add, &wanted);
    return sb_reply_list(rq, rp, wanted.items,
                         sm_in(rq, "starting_after")->text,
                         sm_in(rq, "limit")->number);
}

const struct sm_page sm_page_api_balance = {
    .path = "/v1/balance_transactions",
    .plain = true,
    .auth = SM_AUTH_SIGNED,
    .inputs = inputs,
    .ninputs = SM_COUNT(inputs),
    .get = list,
    .help = "The processor's interface: what a payout is made of.",
};
