/* POST /v1/checkout/sessions makes a session, GET lists them. */
#include <string.h>
#include <time.h>

#include "base/text.h"
#include "sandbox/wire_stripe.h"
#include "web/app.h"
#include "web/page.h"

static const struct sm_input inputs[] = {
    {.name = "created[gte]", .type = SM_IN_INT, .max = INT64_C(1) << 40},
    {.name = "created[lte]", .type = SM_IN_INT, .max = INT64_C(1) << 40},
    {.name = "starting_after", .type = SM_IN_TOKEN, .max = 80},
    {.name = "limit", .type = SM_IN_INT, .min = 1, .max = 100},
};

static bool read_number(int64_t *out, const struct sm_request *rq,
                        const char *name, int64_t min, int64_t max)
{
    char text[32];

    return sb_form_value(text, sizeof(text), rq->body, rq->body_len, name) &&
           sm_parse_i64(out, text, min, max) == SM_OK;
}

static bool read_text(char *out, size_t size, const struct sm_request *rq,
                      const char *name)
{
    return sb_form_value(out, size, rq->body, rq->body_len, name);
}

/* Fill SESSION from the form; a sentence about what is wrong, or NULL. */
static const char *read_session(struct sb_session *s,
                                const struct sm_request *rq)
{
    int64_t now = (int64_t)time(NULL), quantity;
    char mode[16];

    if (!read_text(mode, sizeof(mode), rq, "mode") ||
        strcmp(mode, "payment") != 0)
        return "mode must be payment";
    if (!read_number(&s->amount, rq, "line_items[0][price_data][unit_amount]",
                     1, 99999999) ||
        !read_number(&quantity, rq, "line_items[0][quantity]", 1, 1))
        return "Invalid integer in line_items[0]";
    if (!read_text(s->currency, sizeof(s->currency), rq,
                   "line_items[0][price_data][currency]") ||
        strlen(s->currency) != 3)
        return "Invalid currency";
    if (!read_text(s->success_url, sizeof(s->success_url), rq, "success_url") ||
        strncmp(s->success_url, "https://", 8) != 0 ||
        !read_text(s->cancel_url, sizeof(s->cancel_url), rq, "cancel_url"))
        return "Not a valid URL";
    if (!read_number(&s->expires_at, rq, "expires_at", now + 60,
                     now + 86400 + 60))
        return "The expires_at timestamp must be less than 24 hours away";
    if (!read_text(s->reference, sizeof(s->reference), rq,
                   "client_reference_id") ||
        !read_text(s->email, sizeof(s->email), rq, "customer_email") ||
        !read_text(s->locale, sizeof(s->locale), rq, "locale") ||
        !read_text(s->payment, sizeof(s->payment), rq, "metadata[payment]") ||
        !read_text(s->product, sizeof(s->product), rq,
                   "line_items[0][price_data][product_data][name]"))
        return "A parameter is too long";
    return NULL;
}

static enum sm_status create(struct sm_request *rq, struct sm_reply *rp)
{
    struct sb_behaviour how = sb_behaviour_get();
    struct sb_session session = {.processor = "stripe"};
    const char *wrong;
    enum sm_status st;

    if (!sb_authorised(rq, rp))
        return SM_OK;
    if (strcmp(how.create, "error") == 0)
        return sb_reply_error(rq, rp, 500, "api_error", "Told to fail");
    (void)sm_copy(session.idempotency_key, sizeof(session.idempotency_key),
                  sm_request_header(rq, "HTTP_IDEMPOTENCY_KEY"));
    sb_fingerprint(session.fingerprint, rq);
    wrong = read_session(&session, rq);
    if (wrong != NULL)
        return sb_reply_error(rq, rp, 400, "invalid_request_error", wrong);
    st = sb_store_create(&session);
    if (st == SM_CONFLICT)
        return sb_reply_error(rq, rp, 400, "idempotency_error",
                              "Keys for idempotent requests can only be used "
                              "with the same parameters");
    if (st != SM_OK)
        return st;
    if (!sb_behave(rq, rp, how.create))
        return SM_OK;
    return sb_reply_session(rq, rp, &session);
}

/* What is listed. */
struct wanted {
    int64_t since, until; /* 0: no end */
    cJSON *items;
};

static void add(const struct sb_session *session, void *with)
{
    const struct wanted *w = with;

    if (strcmp(session->processor, sb_wire_stripe.name) == 0 &&
        session->created >= w->since &&
        (w->until == 0 || session->created <= w->until))
        cJSON_AddItemToArray(w->items, sb_session_object(session));
}

static enum sm_status list(struct sm_request *rq, struct sm_reply *rp)
{
    struct wanted wanted = {.since = sm_in(rq, "created[gte]")->number,
                            .until = sm_in(rq, "created[lte]")->number};

    if (!sb_authorised(rq, rp))
        return SM_OK;
    wanted.items = cJSON_CreateArray();
    sb_store_each(add, &wanted);
    return sb_reply_list(rq, rp, wanted.items,
                         sm_in(rq, "starting_after")->text,
                         sm_in(rq, "limit")->number);
}

const struct sm_page sm_page_api_sessions = {
    .path = "/v1/checkout/sessions",
    .plain = true,
    .auth = SM_AUTH_SIGNED,
    .inputs = inputs,
    .ninputs = SM_COUNT(inputs),
    .get = list,
    .post = create,
    .help = "The processor's interface: make a checkout session, list them.",
};
