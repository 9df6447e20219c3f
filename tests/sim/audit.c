/* What may be told to whom. */
#include "audit.h"

#include <stdio.h>
#include <string.h>

#include "pay/pay_impl.h"
#include "seam.h"
#include "sim.h"

/* True if the processor holds money for the order that it has not hidden from
 * us: what it took after it had said that it would not is known only from its
 * word of it. */
static bool holds_money(const char *order_no)
{
    int i;

    for (i = 0; i < psp.nsessions; i++) {
        const struct psp_session *session = &psp.sessions[i];

        if (strcmp(session->order_no, order_no) == 0 && session->paid &&
            (session->ours ? !session->late || session->told : session->told))
            return true;
    }
    return false;
}

static void check_settled(int index, const struct web_page *page)
{
    const struct model_attempt *attempt = &model.attempts[index];
    int64_t surplus;
    char want[40];

    if (attempt->state != MODEL_SETTLED) {
        sim_broken("I11", "payment %d is shown as paid and is not settled",
                   index);
        return;
    }
    if (!holds_money(attempt->order_no) &&
        psp_find_order(attempt->order_no) == NULL)
        sim_broken("I11", "payment %d is shown as paid without money", index);
    if (strcmp(page->state, model_shown(index)) != 0)
        sim_broken("I11", "payment %d is shown as %s, not %s", index,
                   page->state, model_shown(index));
    snprintf(want, sizeof(want), "%lld %s", (long long)attempt->got,
             model_currency_word(attempt->got_currency));
    if (strcmp(want, page->paid) != 0)
        sim_broken("I11", "payment %d is shown as %s, not %s", index,
                   page->paid, want);
    surplus = model_surplus(index);
    snprintf(want, sizeof(want), "%lld %s", (long long)surplus,
             model_currency_word(attempt->got_currency));
    if (strcmp(surplus > 0 ? want : "", page->surplus) != 0)
        sim_broken("I11", "surplus of payment %d is shown as %s, not %s", index,
                   page->surplus, want);
    if (page->receipt[0] == '\0')
        sim_broken("I5", "payment %d is shown as paid without a receipt",
                   index);
}

/* "No money was taken", "nothing can be taken for it later". */
static void check_negative(int index, const char *word)
{
    const struct model_attempt *attempt = &model.attempts[index];
    const struct psp_session *session = psp_find_order(attempt->order_no);

    if (holds_money(attempt->order_no))
        sim_broken("I11", "payment %d is shown as %s, the money is taken",
                   index, word);
    if (session != NULL && (session->status == PSP_OPEN || session->async))
        sim_broken("I11", "payment %d is shown as %s and can still be paid",
                   index, word);
    if (attempt->state != MODEL_CLOSED)
        sim_broken("I11", "payment %d is shown as %s and is not closed", index,
                   word);
}

void audit_status(const uint8_t payment[16], const struct web_page *page)
{
    static const char *const flight[] = {"started", "processing", "unknown"};
    int index = model_find(payment);
    bool known = false;
    size_t i;

    if (page->http == 0 || page->http >= 500)
        return; /* no answer says nothing */
    if (page->http != 200 || index < 0) {
        if (page->http == 200)
            sim_broken("I11", "a payment that does not stand is shown");
        else if (index >= 0)
            sim_broken("I11", "payment %d is not found", index);
        return;
    }
    for (i = 0; i < SM_COUNT(flight); i++) {
        if (strcmp(page->state, flight[i]) != 0)
            continue;
        known = true;
        if (model.attempts[index].state != MODEL_FLIGHT)
            sim_broken("I11", "payment %d is shown as %s and has ended", index,
                       page->state);
    }
    if (page->paid[0] != '\0')
        check_settled(index, page);
    else if (!known)
        check_negative(index, page->state);
    if (page->offers_continue &&
        (!known || psp_find_page(page->continue_url) < 0))
        sim_broken("A3", "payment %d offers a page that is not its own", index);
}

/* The Pay button sends people to a page of the processor. */
static void check_sent(const struct model_ask *ask, const struct web_page *page)
{
    int at = psp_find_page(page->location), index;

    if (at < 0) {
        sim_broken("A2", "sent to a page that does not exist");
        return;
    }
    index = model_find_order(psp.sessions[at].order_no);
    if (index < 0)
        sim_broken("A2", "sent to the page of a payment that does not stand");
    else if (strcmp(model.attempts[index].once_key, ask->once_key) != 0)
        sim_broken("I12", "sent to the page of another key's payment");
    else if (psp.sessions[at].amount != model.attempts[index].amount ||
             model_currency(psp.sessions[at].currency) !=
                 model.attempts[index].currency)
        sim_broken("A2", "payment %d has another sum at the processor", index);
}

void audit_start(const struct model_ask *ask, const struct web_page *page)
{
    if (page->http == 0 || page->http >= 500)
        return;
    if (page->to_processor)
        check_sent(ask, page);
    if (page->to_status && model_find(page->payment) < 0)
        sim_broken("A2", "sent to the status of a payment that does not stand");
    if (page->http == 422 && !page->range)
        sim_broken("A2", "a good form is refused");
}

void audit_bill(const uint8_t browser[32], const struct audit_bill *bill)
{
    int64_t open = model_open(bill->account, bill->currency);

    if (bill->total != open)
        sim_broken("I3", "the bill shows %lld, not %lld",
                   (long long)bill->total, (long long)open);
    if (bill->credit != model.accounts[bill->account].credit[bill->currency])
        sim_broken(
            "I3", "the bill shows a credit of %lld, not %lld",
            (long long)bill->credit,
            (long long)model.accounts[bill->account].credit[bill->currency]);
    if (bill->own !=
        model_in_flight(browser, bill->account, bill->currency, true))
        sim_broken("A1", "the bill %s a payment in flight",
                   bill->own ? "invents" : "hides");
    if (bill->other !=
        model_in_flight(browser, bill->account, bill->currency, false))
        sim_broken("A1", "the bill %s somebody else's payment",
                   bill->other ? "invents" : "hides");
}

bool audit_is_booked(const struct psp_session *session)
{
    int i;

    for (i = 0; i < model.nattempts; i++) {
        if (model.attempts[i].state == MODEL_SETTLED &&
            strcmp(model.attempts[i].ref, session->id) == 0)
            return true;
    }
    for (i = 0; i < model.nlost; i++) {
        if (strcmp(model.lost[i].ref, session->id) == 0)
            return true;
    }
    return false;
}

void audit_acked(const struct psp_event *event)
{
    if (event->money && !audit_is_booked(&psp.sessions[event->session]))
        sim_broken("A-11", "%s is acknowledged and its money not booked",
                   event->id + 4);
}

void audit_refused(const struct psp_event *event, int http)
{
    if (http != 0 && http != 503)
        sim_broken("A-11", "an authentic %s is answered %d", event->type, http);
}

void audit_forged(int how, int http)
{
    if (http != 0 && http != 400)
        sim_broken("T7", "a forgery of way %d is answered %d", how, http);
}

void audit_mail(const char *template, const uint8_t payment[16], const char *to)
{
    int index = model_find(payment);

    if (strcmp(template, "receipt") == 0 &&
        (index < 0 || model.attempts[index].state != MODEL_SETTLED))
        sim_broken("I14", "a receipt leaves to %s for what is not settled", to);
    if (index < 0)
        return;
    if (strcmp(template, "not_paid") == 0 &&
        holds_money(model.attempts[index].order_no) &&
        model.attempts[index].state != MODEL_SETTLED)
        sim_broken("I14", "payment %d is said not to be paid", index);
}

void audit_create(const char *order_no, int64_t amount, const char *currency)
{
    int index = model_find_order(order_no);
    char word[4];

    snprintf(word, sizeof(word), "%.3s", currency);
    if (index < 0)
        sim_broken("A2", "the processor is asked before the payment stands");
    else if (model.attempts[index].amount != amount ||
             model_currency(word) != model.attempts[index].currency)
        sim_broken("A2", "payment %d is asked for with %lld %s", index,
                   (long long)amount, word);
}

void audit_email(const uint8_t payment[16], const char *email,
                 const struct web_page *page)
{
    int index = model_find(payment);

    if (page->http != 303 || index < 0)
        return;
    if (strcmp(model.attempts[index].email, email) != 0)
        sim_broken("I14", "payment %d keeps its wrong address", index);
}

void audit_paid_on_return(int index)
{
    struct model_attempt *attempt = &model.attempts[index];
    struct sm_error err = {.message = ""};
    struct sm_arena *arena = sm_arena_new(1 << 20);
    struct sm_pay_event event = sm_pay_event_none();
    struct sm_pay_result result;

    event.kind = SM_PAY_CAPTURED;
    event.order_no = attempt->order_no;
    event.processor_ref = "return";
    event.amount_minor = attempt->amount;
    event.currency = model_currency_word(attempt->currency);
    if (arena != NULL &&
        sm_pay_apply(&result, web_pay(), sm_pay_processor(web_pay()), arena,
                     &event, attempt->id, "query", NULL, sim.now_us,
                     &err) != SM_OK)
        sim_say("mutant: %s", err.message);
    sm_arena_free(arena);
}
