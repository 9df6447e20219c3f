/* POST /v1/refunds gives money back, GET lists what was given back. */
#include <string.h>

#include "base/text.h"
#include "sandbox/desk.h"
#include "sandbox/wire_stripe.h"
#include "web/page.h"

static const struct sm_input inputs[] = {
    {.name = "payment_intent", .type = SM_IN_TOKEN, .max = 60},
    {.name = "starting_after", .type = SM_IN_TOKEN, .max = 60},
    {.name = "limit", .type = SM_IN_INT, .min = 1, .max = 100},
};

static bool read_text(char *out, size_t size, const struct sm_request *rq,
                      const char *name)
{
    return sb_form_value(out, size, rq->body, rq->body_len, name);
}

/* Fill PART from the form; a sentence about what is wrong, or NULL. */
static const char *read_part(struct sb_part *part, const struct sm_request *rq)
{
    char amount[32];

    if (!read_text(part->intent, sizeof(part->intent), rq, "payment_intent") ||
        !read_text(part->meta_refund, sizeof(part->meta_refund), rq,
                   "metadata[refund]") ||
        !read_text(part->meta_order, sizeof(part->meta_order), rq,
                   "metadata[order_no]"))
        return "A parameter is too long";
    if (!read_text(amount, sizeof(amount), rq, "amount") ||
        (amount[0] != '\0' &&
         sm_parse_i64(&part->amount, amount, 1, 99999999) != SM_OK))
        return "Invalid integer: amount";
    return NULL;
}

static enum sm_status refuse(struct sm_request *rq, struct sm_reply *rp,
                             enum sm_status st)
{
    if (st == SM_CONFLICT)
        return sb_reply_error(rq, rp, 400, "idempotency_error",
                              "Keys for idempotent requests can only be used "
                              "with the same parameters");
    if (st == SM_NOT_FOUND)
        return sb_reply_error(rq, rp, 404, "invalid_request_error",
                              "No such payment_intent");
    if (st == SM_DECLINED)
        return sb_reply_error(rq, rp, 400, "invalid_request_error",
                              "This payment cannot be refunded so");
    return st;
}

static enum sm_status create(struct sm_request *rq, struct sm_reply *rp)
{
    struct sb_behaviour how = sb_behaviour_get();
    struct sb_part part = {.kind = SB_REFUND};
    struct sb_session session;
    const char *wrong;
    enum sm_status st;

    if (!sb_authorised(rq, rp))
        return SM_OK;
    if (strcmp(how.create, "error") == 0)
        return sb_reply_error(rq, rp, 500, "api_error", "Told to fail");
    wrong = read_part(&part, rq);
    if (wrong != NULL)
        return sb_reply_error(rq, rp, 400, "invalid_request_error", wrong);
    if (sb_store_find_intent(&session, part.intent) != SM_OK ||
        strcmp(session.processor, sb_wire_stripe.name) != 0)
        return refuse(rq, rp, SM_NOT_FOUND);
    (void)sm_copy(part.session, sizeof(part.session), session.id);
    (void)sm_copy(part.key, sizeof(part.key),
                  sm_request_header(rq, "HTTP_IDEMPOTENCY_KEY"));
    sb_fingerprint(part.fingerprint, rq);
    st = sb_desk_refund(&part);
    if (st != SM_OK)
        return refuse(rq, rp, st);
    if (!sb_behave(rq, rp, how.create))
        return SM_OK;
    return sb_reply_json(rq, rp, sb_refund_object(&part, part.first));
}

/* What is listed. */
struct wanted {
    const char *intent;
    cJSON *items;
};

static void add(const struct sb_part *part, void *with)
{
    const struct wanted *w = with;

    if (part->kind == SB_REFUND && part->state != SB_REFUSED &&
        strcmp(part->processor, sb_wire_stripe.name) == 0 &&
        (w->intent[0] == '\0' || strcmp(part->intent, w->intent) == 0))
        cJSON_AddItemToArray(w->items, sb_refund_object(part, part->state));
}

static enum sm_status list(struct sm_request *rq, struct sm_reply *rp)
{
    struct wanted wanted = {.intent = sm_in(rq, "payment_intent")->text};

    if (!sb_authorised(rq, rp) || !sb_behave(rq, rp, sb_behaviour_get().query))
        return SM_OK;
    wanted.items = cJSON_CreateArray();
    sb_parts_each(add, &wanted);
    return sb_reply_list(rq, rp, wanted.items,
                         sm_in(rq, "starting_after")->text,
                         sm_in(rq, "limit")->number);
}

const struct sm_page sm_page_api_refunds = {
    .path = "/v1/refunds",
    .plain = true,
    .auth = SM_AUTH_SIGNED,
    .inputs = inputs,
    .ninputs = SM_COUNT(inputs),
    .get = list,
    .post = create,
    .help = "The processor's interface: give money back, list what was given.",
};
