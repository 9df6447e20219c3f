/* GET /v1/payouts: what was paid to the merchant's bank. */
#include "sandbox/wire_stripe.h"
#include "web/page.h"

static const struct sm_input inputs[] = {
    {.name = "status", .type = SM_IN_CHOICE, .choices = "paid"},
    {.name = "arrival_date[gte]", .type = SM_IN_INT, .max = INT64_C(1) << 40},
    {.name = "starting_after", .type = SM_IN_TOKEN, .max = 60},
    {.name = "limit", .type = SM_IN_INT, .min = 1, .max = 100},
};

/* What is listed. */
struct wanted {
    int64_t since;
    cJSON *items;
};

static void add(const struct sb_part *part, void *with)
{
    const struct wanted *w = with;

    if (part->kind == SB_PAYOUT && part->created / 86400 * 86400 >= w->since)
        cJSON_AddItemToArray(w->items, sb_payout_object(part));
}

static enum sm_status list(struct sm_request *rq, struct sm_reply *rp)
{
    struct wanted wanted = {.since = sm_in(rq, "arrival_date[gte]")->number};

    if (!sb_authorised(rq, rp) || !sb_behave(rq, rp, sb_behaviour_get().query))
        return SM_OK;
    wanted.items = cJSON_CreateArray();
    sb_parts_each(add, &wanted);
    return sb_reply_list(rq, rp, wanted.items,
                         sm_in(rq, "starting_after")->text,
                         sm_in(rq, "limit")->number);
}

const struct sm_page sm_page_api_payouts = {
    .path = "/v1/payouts",
    .plain = true,
    .auth = SM_AUTH_SIGNED,
    .inputs = inputs,
    .ninputs = SM_COUNT(inputs),
    .get = list,
    .help = "The processor's interface: what was paid to the bank.",
};
