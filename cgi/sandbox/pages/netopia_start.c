/* POST /payment/card/start: Netopia's API, start a payment. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <time.h>

#include "base/text.h"
#include "sandbox/wire_netopia.h"
#include "web/app.h"
#include "web/page.h"

#define LIFE_S 86400

static void copy(char *out, size_t size, const cJSON *json, const char *name)
{
    (void)sm_copy(out, size, sb_netopia_text(json, name));
}

/* A number of theirs: digits. */
static void number(char *out, size_t size)
{
    uint64_t bits = 0;

    if (getrandom(&bits, sizeof(bits), 0) != (ssize_t)sizeof(bits))
        abort();
    (void)snprintf(out, size, "3%011llu",
                   (unsigned long long)(bits % 100000000000ULL));
}

static void fill(struct sb_session *s, const cJSON *config, const cJSON *order)
{
    const cJSON *billing = cJSON_GetObjectItemCaseSensitive(order, "billing");
    const char *currency = sb_netopia_text(order, "currency");
    cJSON *data = cJSON_CreateObject();
    char *line;

    number(s->id, sizeof(s->id));
    (void)sm_copy(s->intent, sizeof(s->intent), s->id);
    copy(s->reference, sizeof(s->reference), order, "orderID");
    copy(s->email, sizeof(s->email), billing, "email");
    copy(s->locale, sizeof(s->locale), config, "language");
    copy(s->product, sizeof(s->product), order, "description");
    copy(s->success_url, sizeof(s->success_url), config, "redirectUrl");
    copy(s->cancel_url, sizeof(s->cancel_url), config, "cancelUrl");
    for (size_t i = 0; i < 3 && currency[i] != '\0'; i++)
        s->currency[i] = sm_to_lower(currency[i]);
    s->amount = sb_netopia_sum(order, "amount");
    s->expires_at = (int64_t)time(NULL) + LIFE_S;
    cJSON_AddStringToObject(data, "notifyUrl",
                            sb_netopia_text(config, "notifyUrl"));
    line = cJSON_PrintUnformatted(data);
    (void)sm_copy(s->data, sizeof(s->data), line);
    free(line); /* lint-ok: free cJSON's own text, made here */
    cJSON_Delete(data);
}

static enum sm_status answer(struct sm_request *rq, struct sm_reply *rp,
                             const struct sb_session *session, const char *code,
                             const char *message)
{
    cJSON *json = cJSON_CreateObject();

    if (session != NULL)
        sb_netopia_describe(json, session, false);
    return sb_netopia_answer(rq, rp, json, code, message);
}

/* The order as it is, where its number is used again. */
static enum sm_status again(struct sm_request *rq, struct sm_reply *rp,
                            const struct sb_session *known, int64_t amount)
{
    if (known->amount != amount)
        return answer(rq, rp, NULL, "99",
                      "There is another order with a "
                      "different price");
    if (known->status != SB_OPEN)
        return answer(rq, rp, known, "56", "Order closed");
    return answer(rq, rp, known, "101", "Redirect user to payment page");
}

static enum sm_status make(struct sm_request *rq, struct sm_reply *rp,
                           const cJSON *config, const cJSON *order)
{
    struct sb_session session = {.processor = "netopia"}, known;
    enum sm_status st;

    fill(&session, config, order);
    if (strcmp(sb_netopia_text(order, "posSignature"),
               sm_settings_str(rq->app->settings, "netopia.pos_signature")) !=
        0)
        return answer(rq, rp, NULL, "103", "POS is not approved");
    if (session.amount <= 0 || strlen(session.currency) != 3 ||
        session.reference[0] == '\0' || session.success_url[0] == '\0' ||
        session.email[0] == '\0')
        return answer(rq, rp, NULL, "105", "Invalid parameters");
    if (sb_store_find_order(&known, "netopia", session.reference) == SM_OK)
        return again(rq, rp, &known, session.amount);
    st = sb_store_create(&session);
    if (st != SM_OK)
        return st;
    return answer(rq, rp, &session, "101", "Redirect user to payment page");
}

static enum sm_status start(struct sm_request *rq, struct sm_reply *rp)
{
    struct sb_behaviour how = sb_behaviour_get();
    cJSON *json = sb_netopia_read(rq, rp);
    const cJSON *config, *order;
    enum sm_status st = SM_OK;

    if (json == NULL)
        return SM_OK;
    config = cJSON_GetObjectItemCaseSensitive(json, "config");
    order = cJSON_GetObjectItemCaseSensitive(json, "order");
    if (strcmp(how.create, "error") != 0)
        st = make(rq, rp, config, order);
    cJSON_Delete(json);
    (void)sb_behave(rq, rp, how.create);
    return st;
}

const struct sm_page sm_page_netopia_start = {
    .path = "/payment/card/start",
    .plain = true,
    .auth = SM_AUTH_SIGNED,
    .post = start,
    .help = "Netopia's API: start a payment.",
};
