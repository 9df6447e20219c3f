#include "sandbox/desk.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/text.h"
#include "sandbox/wire.h"

/* 1.4 % and 0.25, to the nearest minor unit. */
static int64_t capture_fee(int64_t amount)
{
    return (amount * 14 + 500) / 1000 + 25;
}

/* A part of SESSION. */
static struct sb_part part_of(const struct sb_session *session,
                              enum sb_part_kind kind, enum sb_part_state state)
{
    struct sb_part part = {.kind = kind, .state = state};

    (void)sm_copy(part.processor, sizeof(part.processor), session->processor);
    (void)sm_copy(part.session, sizeof(part.session), session->id);
    (void)sm_copy(part.intent, sizeof(part.intent), session->intent);
    (void)sm_copy(part.reference, sizeof(part.reference), session->reference);
    (void)sm_copy(part.currency, sizeof(part.currency), session->currency);
    return part;
}

static bool is_capture(const struct sb_part *part, const char *session)
{
    return part->kind == SB_CAPTURE && strcmp(part->session, session) == 0;
}

void sb_desk_capture(const struct sb_session *session)
{
    struct sb_part part = part_of(session, SB_CAPTURE, SB_DONE);
    struct sb_part known;
    bool again;

    if (session->paid != SB_PAID ||
        sb_parts_list(&known, 1, is_capture, session->id) > 0)
        return;
    part.amount = session->amount;
    part.fee = capture_fee(session->amount);
    (void)sm_copy(part.key, sizeof(part.key), session->id);
    if (sb_parts_create(&part, &again) != SM_OK)
        abort(); /* the key of a session is used for nothing else */
}

/* Set aside *WITH of what is left; 0 is all of it and becomes what that is. */
static bool reserve(struct sb_session *s, void *with)
{
    int64_t *amount = with, left = s->amount - s->refunded;

    if (*amount == 0)
        *amount = left;
    if (s->paid != SB_PAID || *amount <= 0 || *amount > left)
        return false;
    s->refunded += *amount;
    return true;
}

static bool release(struct sb_session *s, void *with)
{
    const int64_t *amount = with;

    s->refunded -= *amount;
    return true;
}

static void give_back(const struct sb_part *part)
{
    struct sb_session session;
    int64_t amount = part->amount;
    enum sm_status st =
        sb_store_update(&session, part->session, release, &amount);

    (void)st; /* a session that was forgotten needs no room */
}

/* What is contested, or was lost so, cannot be refunded. */
static bool is_contest(const struct sb_part *part, const char *session)
{
    return part->kind == SB_DISPUTE && part->state != SB_WON &&
           strcmp(part->session, session) == 0;
}

/* Whatever a key was used for. */
static bool has_key(const struct sb_part *part, const char *key)
{
    return part->kind == SB_REFUND && strcmp(part->key, key) == 0;
}

/* Fill PART from SESSION, as the behaviour says; false: it is refused. */
static bool prepare(struct sb_part *part, const struct sb_session *session)
{
    struct sb_behaviour how = sb_behaviour_get();
    struct sb_part full = part_of(session, SB_REFUND, SB_DONE), contest;

    full.amount = part->amount;
    (void)sm_copy(full.key, sizeof(full.key), part->key);
    (void)sm_copy(full.fingerprint, sizeof(full.fingerprint),
                  part->fingerprint);
    (void)sm_copy(full.meta_refund, sizeof(full.meta_refund),
                  part->meta_refund);
    (void)sm_copy(full.meta_order, sizeof(full.meta_order), part->meta_order);
    *part = full;
    if (strcmp(how.refund, "pending") == 0)
        part->state = SB_PENDING;
    if (strcmp(how.refund, "fail_later") == 0)
        part->due = (int64_t)time(NULL) + SB_FAIL_LATER_S;
    return strcmp(how.refund, "refused") != 0 &&
           sb_parts_list(&contest, 1, is_contest, session->id) == 0;
}

enum sm_status sb_desk_refund(struct sb_part *part)
{
    struct sb_session session;
    struct sb_part first;
    bool reserved, known = false;
    enum sm_status st;

    if (part->key[0] != '\0' &&
        sb_parts_list(&first, 1, has_key, part->key) > 0) {
        st = strcmp(first.fingerprint, part->fingerprint) == 0 ? SM_OK
                                                               : SM_CONFLICT;
        *part = first;
        return st == SM_OK && part->first == SB_REFUSED ? SM_DECLINED : st;
    }
    if (sb_store_find(&session, part->session) != SM_OK)
        return SM_NOT_FOUND;
    reserved = prepare(part, &session) &&
               sb_store_update(&session, part->session, reserve,
                               &part->amount) == SM_OK;
    if (!reserved) {
        if (part->key[0] == '\0')
            return SM_DECLINED;
        part->state = SB_REFUSED;
    }
    st = sb_parts_create(part, &known);
    if (known && reserved) /* its twin was faster */
        give_back(part);
    if (st != SM_OK)
        return st;
    if (!known && reserved)
        sb_notify_part(SB_PE_REFUNDED, part);
    return part->first == SB_REFUSED ? SM_DECLINED : SM_OK;
}

/* WITH is the state wanted; the edges are those of the processor. */
static bool decide(struct sb_part *part, void *with)
{
    const enum sb_part_state *state = with;
    bool refund = part->kind == SB_REFUND &&
                  ((*state == SB_DONE && part->state == SB_PENDING) ||
                   (*state == SB_FAILED &&
                    (part->state == SB_PENDING || part->state == SB_DONE)));
    bool dispute = part->kind == SB_DISPUTE && part->state == SB_NEEDED &&
                   (*state == SB_WON || *state == SB_LOST);

    if (!refund && !dispute)
        return false;
    part->state = *state;
    part->due = 0;
    if (*state == SB_FAILED)
        (void)sm_copy(part->reason, sizeof(part->reason),
                      "expired_or_canceled_card");
    return true;
}

enum sm_status sb_desk_decide(const char *id, enum sb_part_state state)
{
    struct sb_part part;
    enum sm_status st = sb_parts_update(&part, id, decide, &state);

    if (st != SM_OK)
        return st;
    if (state == SB_FAILED)
        give_back(&part);
    if (part.kind == SB_REFUND) {
        sb_notify_part(state == SB_FAILED ? SB_PE_REFUND_FAILED
                                          : SB_PE_REFUND_UPDATED,
                       &part);
        return SM_OK;
    }
    sb_notify_part(SB_PE_DISPUTE_CLOSED, &part);
    if (state == SB_WON)
        sb_notify_part(SB_PE_FUNDS_REINSTATED, &part);
    return SM_OK;
}

enum sm_status sb_desk_dispute(const char *id)
{
    struct sb_session session;
    struct sb_part part;
    bool known;
    enum sm_status st;

    if (sb_store_find(&session, id) != SM_OK)
        return SM_NOT_FOUND;
    if (session.paid != SB_PAID || session.refunded >= session.amount ||
        sb_parts_list(&part, 1, is_contest, id) > 0)
        return SM_CONFLICT;
    part = part_of(&session, SB_DISPUTE, SB_NEEDED);
    part.amount = session.amount - session.refunded;
    part.fee = SB_DISPUTE_FEE;
    st = sb_parts_create(&part, &known);
    if (st != SM_OK)
        return st;
    sb_notify_part(SB_PE_DISPUTED, &part);
    sb_notify_part(SB_PE_FUNDS_WITHDRAWN, &part);
    return SM_OK;
}

int sb_desk_pay_out(void)
{
    struct sb_session *all = calloc(SB_SESSIONS_MAX, sizeof(*all));
    size_t n = all != NULL ? sb_store_list(all, SB_SESSIONS_MAX) : 0;

    /* whatever a crash left between a session and its capture */
    while (n-- > 0)
        sb_desk_capture(&all[n]);
    free(all);
    return sb_parts_pay_out(sb_wire_stripe.name);
}

static bool is_due(const struct sb_part *part, const char *with)
{
    (void)with;
    return part->due != 0 && part->due <= (int64_t)time(NULL);
}

void sb_desk_due(void)
{
    struct sb_part part;
    enum sm_status st;

    do {
        st = sb_parts_list(&part, 1, is_due, NULL) > 0
                 ? sb_desk_decide(part.id, SB_FAILED)
                 : SM_NOT_FOUND;
    } while (st == SM_OK);
}
