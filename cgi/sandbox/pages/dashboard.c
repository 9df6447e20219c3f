/* The sandbox's front page: sessions, what became of their
 * money, behaviour, the way to the mailbox. */
#include <string.h>

#include "base/text.h"
#include "keys.h"
#include "sandbox/parts.h"
#include "sandbox/store.h"
#include "web/page.h"
#include "web/reply.h"

#define SHOWN 50

static const struct sm_input inputs[] = {
    {.name = "create",
     .type = SM_IN_CHOICE,
     .choices = "normal|slow|never|error|error_after"},
    {.name = "query",
     .type = SM_IN_CHOICE,
     .choices = "normal|slow|never|error"},
    {.name = "notify",
     .type = SM_IN_CHOICE,
     .choices = "normal|twice|late|reorder|none|forged"},
    {.name = "take",
     .type = SM_IN_CHOICE,
     .choices = "normal|less|more|currency"},
    {.name = "refund",
     .type = SM_IN_CHOICE,
     .choices = "normal|pending|refused|fail_later"},
};

static void fill_money(struct sm_dict *row, int key, int64_t minor,
                       const char *code)
{
    char currency[4];

    for (size_t i = 0; i < sizeof(currency); i++)
        currency[i] = sm_to_upper(code[i]);
    sm_set_money(row, key, minor, currency);
}

static void fill_row(struct sm_dict *row, const struct sb_session *s)
{
    sm_set(row, K_SESSION, s->id);
    sm_set(row, K_PROCESSOR, s->processor);
    sm_set(row, K_REFERENCE, s->reference);
    sm_set(row, K_STATE,
           s->paid == SB_PAID ? "paid" : sb_status_words[s->status]);
    fill_money(row, K_AMOUNT, s->amount, s->currency);
    sm_set_int(row, K_DECLINES, s->declines);
    sm_set_instant(row, K_CREATED, s->created * 1000000);
    sm_show_if(row, K_REFUNDABLE,
               s->paid == SB_PAID && s->refunded < s->amount);
}

static bool is_shown(const struct sb_part *part, const char *with)
{
    (void)with;
    return part->kind != SB_CAPTURE && part->state != SB_REFUSED;
}

/* A refund, dispute or payout, with what can still become of it. */
static void fill_part(struct sm_dict *row, const struct sb_part *part)
{
    bool pending = part->state == SB_PENDING;

    sm_set(row, K_PART, part->id);
    sm_set(row, K_KIND, sb_part_words[part->kind]);
    sm_set(row, K_REFERENCE, part->reference);
    sm_set(row, K_STATE, sb_part_state_words[part->state]);
    fill_money(row, K_AMOUNT, part->amount, part->currency);
    sm_set_instant(row, K_CREATED, part->created * 1000000);
    sm_show_if(row, K_CAN_SUCCEED, part->kind == SB_REFUND && pending);
    sm_show_if(row, K_CAN_FAIL,
               part->kind == SB_REFUND && (pending || part->state == SB_DONE));
    sm_show_if(row, K_CAN_DECIDE,
               part->kind == SB_DISPUTE && part->state == SB_NEEDED);
}

static enum sm_status fill_parts(struct sm_request *rq, struct sm_dict *dict)
{
    struct sb_part *all = sm_arena_calloc(rq->arena, SHOWN, sizeof(*all));
    size_t n;

    if (all == NULL)
        return SM_INTERNAL;
    n = sb_parts_list(all, SHOWN, is_shown, NULL);
    for (size_t i = 0; i < n; i++)
        fill_part(sm_section(dict, K_PARTS), &all[i]);
    sm_show_if(dict, K_NO_PARTS, n == 0);
    return SM_OK;
}

/* One choice list of the form: the words of input NAME, CHOSEN ticked. */
static void fill_choice(struct sm_dict *dict, int section,
                        const struct sm_input *input, const char *chosen)
{
    const char *word = input->choices;

    while (word != NULL) {
        const char *end = strchr(word, '|');
        size_t len = end != NULL ? (size_t)(end - word) : strlen(word);
        struct sm_dict *row = sm_section(dict, section);

        sm_setn(row, K_WORD, word, len);
        sm_show_if(row, K_CHOSEN,
                   strlen(chosen) == len && strncmp(chosen, word, len) == 0);
        word = end != NULL ? end + 1 : NULL;
    }
}

static enum sm_status show(struct sm_request *rq, struct sm_reply *rp)
{
    struct sb_behaviour how = sb_behaviour_get();
    struct sb_session *all = sm_arena_calloc(rq->arena, SHOWN, sizeof(*all));
    size_t n;

    if (all == NULL)
        return SM_INTERNAL;
    n = sb_store_list(all, SHOWN);
    for (size_t i = 0; i < n; i++)
        fill_row(sm_section(rp->dict, K_ROWS), &all[i]);
    sm_show_if(rp->dict, K_EMPTY, n == 0);
    fill_choice(rp->dict, K_CREATE_WORDS, &inputs[0], how.create);
    fill_choice(rp->dict, K_QUERY_WORDS, &inputs[1], how.query);
    fill_choice(rp->dict, K_NOTIFY_WORDS, &inputs[2], how.notify);
    fill_choice(rp->dict, K_TAKE_WORDS, &inputs[3], how.take);
    fill_choice(rp->dict, K_REFUND_WORDS, &inputs[4], how.refund);
    return fill_parts(rq, rp->dict);
}

static void choose(char *out, size_t size, const struct sm_value *word)
{
    if (word->present)
        (void)sm_copy(out, size, word->text);
}

static enum sm_status behave(struct sm_request *rq, struct sm_reply *rp)
{
    struct sb_behaviour how = sb_behaviour_get();

    choose(how.create, sizeof(how.create), sm_in(rq, "create"));
    choose(how.query, sizeof(how.query), sm_in(rq, "query"));
    choose(how.notify, sizeof(how.notify), sm_in(rq, "notify"));
    choose(how.take, sizeof(how.take), sm_in(rq, "take"));
    choose(how.refund, sizeof(how.refund), sm_in(rq, "refund"));
    sb_behaviour_set(&how);
    rp->http = 303;
    rp->location = "/";
    return SM_OK;
}

const struct sm_page sm_page_dashboard = {
    .path = "/",
    .plain = true,
    .auth = SM_AUTH_PUBLIC,
    .inputs = inputs,
    .ninputs = SM_COUNT(inputs),
    .get = show,
    .post = behave,
    .tpl = "dashboard.tpl",
    .personal = true,
    .help = "Sessions of the sandbox processor, and how it is to behave.",
};
