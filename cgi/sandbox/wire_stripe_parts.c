/* Refunds, disputes, payouts and balance transactions as Stripe writes them. */
#include <openssl/evp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "sandbox/wire_stripe.h"

/* The number of the charge of PART's payment. */
static void charge_id(char out[SB_ID], const struct sb_part *part)
{
    (void)snprintf(out, SB_ID, "ch%s",
                   part->intent[0] != '\0' ? part->intent + 2 : "");
}

/* What every part has. */
static cJSON *part_object(const struct sb_part *part, const char *object)
{
    cJSON *json = cJSON_CreateObject();
    char charge[SB_ID];

    cJSON_AddStringToObject(json, "id", part->id);
    cJSON_AddStringToObject(json, "object", object);
    cJSON_AddNumberToObject(json, "amount", (double)part->amount);
    cJSON_AddNumberToObject(json, "created", (double)part->created);
    cJSON_AddStringToObject(json, "currency", part->currency);
    if (part->kind != SB_PAYOUT) {
        charge_id(charge, part);
        cJSON_AddStringToObject(json, "charge", charge);
        cJSON_AddStringToObject(json, "payment_intent", part->intent);
    }
    return json;
}

cJSON *sb_refund_object(const struct sb_part *refund, enum sb_part_state state)
{
    cJSON *json = part_object(refund, "refund"), *meta;

    meta = cJSON_AddObjectToObject(json, "metadata");
    if (refund->meta_refund[0] != '\0')
        cJSON_AddStringToObject(meta, "refund", refund->meta_refund);
    if (refund->meta_order[0] != '\0')
        cJSON_AddStringToObject(meta, "order_no", refund->meta_order);
    cJSON_AddStringToObject(json, "reason", "requested_by_customer");
    if (state == SB_FAILED)
        cJSON_AddStringToObject(json, "failure_reason", refund->reason);
    cJSON_AddStringToObject(json, "status", sb_part_state_words[state]);
    return json;
}

cJSON *sb_dispute_object(const struct sb_part *dispute)
{
    cJSON *json = part_object(dispute, "dispute"), *txns;

    txns = cJSON_AddArrayToObject(json, "balance_transactions");
    cJSON_AddItemToArray(txns, sb_txn_object(dispute, false, false));
    if (dispute->state == SB_WON)
        cJSON_AddItemToArray(txns, sb_txn_object(dispute, true, false));
    cJSON_AddStringToObject(json, "reason", "fraudulent");
    cJSON_AddStringToObject(json, "status",
                            sb_part_state_words[dispute->state]);
    return json;
}

cJSON *sb_payout_object(const struct sb_part *payout)
{
    cJSON *json = part_object(payout, "payout");

    cJSON_AddNumberToObject(json, "arrival_date",
                            (double)(payout->created / 86400 * 86400));
    cJSON_AddTrueToObject(json, "automatic");
    cJSON_AddStringToObject(json, "method", "standard");
    cJSON_AddStringToObject(json, "status", "paid");
    cJSON_AddStringToObject(json, "type", "bank_account");
    return json;
}

static cJSON *charge_object(const struct sb_part *capture)
{
    cJSON *json = part_object(capture, "charge");
    char charge[SB_ID];

    charge_id(charge, capture);
    cJSON_ReplaceItemInObject(json, "id", cJSON_CreateString(charge));
    cJSON_AddTrueToObject(json, "paid");
    return json;
}

static cJSON *source_of(const struct sb_part *part, bool expanded)
{
    char charge[SB_ID];

    if (!expanded && part->kind == SB_CAPTURE) {
        charge_id(charge, part);
        return cJSON_CreateString(charge);
    }
    if (!expanded)
        return cJSON_CreateString(part->id);
    switch (part->kind) {
    case SB_CAPTURE:
        return charge_object(part);
    case SB_REFUND:
        return sb_refund_object(part, part->state);
    case SB_DISPUTE:
        return sb_dispute_object(part);
    case SB_PAYOUT:
        break;
    }
    return sb_payout_object(part);
}

cJSON *sb_txn_object(const struct sb_part *part, bool back, bool expanded)
{
    static const char *const types[] = {"charge", "refund", "adjustment",
                                        "payout"};
    cJSON *json = cJSON_CreateObject();
    int64_t fee = back ? 0 : part->fee;
    int64_t net = back ? sb_part_net_back(part) : sb_part_net(part);
    char id[SB_ID + 16];

    if (part->kind == SB_PAYOUT)
        net = -part->amount;
    (void)snprintf(id, sizeof(id), "txn_%s%s", back ? "back_" : "",
                   part->id + 3);
    cJSON_AddStringToObject(json, "id", id);
    cJSON_AddStringToObject(json, "object", "balance_transaction");
    cJSON_AddNumberToObject(json, "amount", (double)(net + fee));
    cJSON_AddNumberToObject(json, "created",
                            (double)(back ? part->changed : part->created));
    cJSON_AddStringToObject(json, "currency", part->currency);
    cJSON_AddNumberToObject(json, "fee", (double)fee);
    cJSON_AddNumberToObject(json, "net", (double)net);
    cJSON_AddItemToObject(json, "source", source_of(part, expanded));
    cJSON_AddStringToObject(
        json, "type",
        back && part->kind == SB_REFUND ? "refund_failure" : types[part->kind]);
    return json;
}

bool sb_stripe_tell_part(struct sb_message *out, enum sb_part_event event,
                         const struct sb_part *part)
{
    static const char *const types[] = {
        [SB_PE_REFUNDED] = "refund.created",
        [SB_PE_REFUND_UPDATED] = "refund.updated",
        [SB_PE_REFUND_FAILED] = "refund.failed",
        [SB_PE_DISPUTED] = "charge.dispute.created",
        [SB_PE_FUNDS_WITHDRAWN] = "charge.dispute.funds_withdrawn",
        [SB_PE_DISPUTE_CLOSED] = "charge.dispute.closed",
        [SB_PE_FUNDS_REINSTATED] = "charge.dispute.funds_reinstated",
    };

    out->url = strdup(sm_settings_str(sb_settings(), "sandbox.webhook_url"));
    out->type = strdup("application/json; charset=utf-8");
    out->body = sb_stripe_event(types[event],
                                part->kind == SB_DISPUTE
                                    ? sb_dispute_object(part)
                                    : sb_refund_object(part, part->state));
    return true;
}

enum sm_status sb_reply_json(struct sm_request *rq, struct sm_reply *rp,
                             cJSON *object)
{
    char *text = cJSON_PrintUnformatted(object);
    const char *copy = sm_arena_strdup(rq->arena, text);

    free(text);
    cJSON_Delete(object);
    if (copy == NULL)
        return SM_INTERNAL;
    sm_reply_text(rp, 200, "application/json", copy);
    return SM_OK;
}

enum sm_status sb_reply_list(struct sm_request *rq, struct sm_reply *rp,
                             cJSON *items, const char *after, int64_t limit)
{
    cJSON *json = cJSON_CreateObject(), *data, *item;
    bool shown = after[0] == '\0';

    cJSON_AddStringToObject(json, "object", "list");
    data = cJSON_CreateArray();
    while ((item = cJSON_DetachItemFromArray(items, 0)) != NULL) {
        const char *id = cJSON_GetStringValue(cJSON_GetObjectItem(item, "id"));

        if (shown && cJSON_GetArraySize(data) < (limit > 0 ? limit : 10)) {
            cJSON_AddItemToArray(data, item);
            continue;
        }
        if (shown) { /* the page is full, and there is more */
            cJSON_AddItemToArray(items, item);
            break;
        }
        shown = id != NULL && strcmp(id, after) == 0;
        cJSON_Delete(item);
    }
    cJSON_AddBoolToObject(json, "has_more", cJSON_GetArraySize(items) > 0);
    cJSON_AddItemToObject(json, "data", data);
    cJSON_Delete(items);
    return sb_reply_json(rq, rp, json);
}

void sb_fingerprint(char out[72], const struct sm_request *rq)
{
    unsigned char digest[EVP_MAX_MD_SIZE];
    unsigned int len = 0;

    (void)EVP_Digest(rq->body, rq->body_len, digest, &len, EVP_sha256(), NULL);
    sm_hex(out, digest, len);
}
