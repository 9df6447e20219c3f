#include "payer.h"

#include <stdio.h>
#include <string.h>

#include "audit.h"
#include "model.h"
#include "pay/pay.h"
#include "portal.h"
#include "psp.h"
#include "seam.h"
#include "sim.h"
#include "tasks.h"
#include "web.h"

enum { PAYERS = 3, LOOKS = 3, PRESSES = 4, OPENS = 2 };

enum step { STEP_OPEN, STEP_BILL, STEP_POST, STEP_PAGE, STEP_WATCH, STEP_DONE };

/* How a form is posted again. */
enum again { AGAIN_SAME, AGAIN_TAB, AGAIN_OTHER, AGAIN__COUNT };

struct form {
    uint8_t handle[SM_ID_BYTES]; /* of the page that it stood on */
    char key[32];
    const char *choice;
    int64_t amount, shown, current;
    int currency;
};

static struct payer {
    struct web_visitor visitor;
    struct portal_bill bill;
    char email[64];
    enum step step;
    struct form form;
    uint8_t payment[SM_ID_BYTES];
    bool has_payment, has_form;
    int session;
    int looks, presses, opens;
} payers[PAYERS];
static int npayers;

extern const struct sm_page sm_page_start, sm_page_status, sm_page_pay_return,
    sm_page_status_ask, sm_page_status_cancel, sm_page_status_email,
    sm_page_status_refund;

static void next(int who, enum step step, int64_t least_s, int64_t most_s)
{
    payers[who].step = step;
    if (step != STEP_DONE)
        sim_task_at(sim.now_us +
                        sim_between(least_s * SIM_SECOND, most_s * SIM_SECOND),
                    TASK_PAYER, who, 0);
}

void payer_begin(void)
{
    int i;

    npayers = sim_chance(600) ? 1 : sim_chance(700) ? 2 : PAYERS;
    for (i = 0; i < npayers; i++) {
        struct payer *payer = &payers[i];

        memset(payer, 0, sizeof(*payer));
        sim_own_bytes(payer->visitor.browser_hash, 32);
        snprintf(payer->email, sizeof(payer->email), "payer%d@example.com", i);
        next(i, STEP_OPEN, 0, i == 0 ? 5 : 900);
    }
}

static void new_key(struct form *form)
{
    uint8_t id[SM_ID_BYTES];

    sim_own_bytes(id, sizeof(id));
    sm_id_format(form->key, id);
}

/* Fill the form from the page; now and then it is tampered with. */
static void fill_form(struct payer *payer, int currency)
{
    struct form *form = &payer->form;
    int64_t pick = sim_below(100);

    memset(form, 0, sizeof(*form));
    new_key(form);
    memcpy(form->handle, payer->bill.handle, sizeof(form->handle));
    form->currency = currency;
    form->shown = payer->bill.total[currency];
    form->current = payer->bill.current[currency];
    form->choice = "total";
    if (pick < 20) {
        form->choice = "current";
    } else if (pick < 40) {
        form->choice = "other";
        form->amount = sim_between(100, form->shown + form->shown / 4 + 100);
    }
    if (sim_chance(50)) {
        form->shown = form->shown / 2 + 1;
        form->current = form->current / 2 + 1;
    }
    payer->has_form = true;
}

static void make_ask(struct model_ask *ask, const struct payer *payer,
                     const struct form *form)
{
    memset(ask, 0, sizeof(*ask));
    portal_hash(ask->handle, form->handle);
    memcpy(ask->browser, payer->visitor.browser_hash, 32);
    snprintf(ask->once_key, sizeof(ask->once_key), "%s", form->key);
    snprintf(ask->choice, sizeof(ask->choice), "%s", form->choice);
    ask->currency = form->currency;
    ask->amount = form->amount;
    ask->shown = strcmp(form->choice, "current") == 0 ? form->current
                                                      : form->shown;
}

/* POST the form. */
static void press(struct web_page *page, const struct payer *payer,
                  const struct form *form)
{
    char handle[SM_ID_TEXT], amount[24] = "", shown[24], current[24];
    struct model_ask ask;
    const struct web_input inputs[] = {
        {"handle", handle},
        {"choice", form->choice},
        {"amount", amount},
        {"currency", model_currency_word(form->currency)},
        {"shown_minor", shown},
        {"current_minor", current},
        {"once_key", form->key},
        {NULL, NULL},
    };

    sm_id_format(handle, form->handle);
    if (form->amount > 0)
        snprintf(amount, sizeof(amount), "%lld", (long long)form->amount);
    snprintf(shown, sizeof(shown), "%lld", (long long)form->shown);
    snprintf(current, sizeof(current), "%lld", (long long)form->current);
    make_ask(&ask, payer, form);
    web_call(page, &sm_page_start, true, &payer->visitor, inputs);
    sim_say("payer %d is answered %d%s%s", (int)(payer - payers), page->http,
            page->to_processor ? ", to the processor" : "",
            page->to_status ? ", to the status" : "");
    audit_start(&ask, page);
}

void payer_post_again(int who, int how)
{
    struct payer *payer = &payers[who];
    struct form form = payer->form;
    struct web_page page;

    sim_say("payer %d posts again, way %d", who, how);
    if (how == AGAIN_TAB)
        new_key(&form);
    if (how == AGAIN_OTHER) {
        form.choice = "other";
        form.amount = 100 + payer->form.amount;
    }
    press(&page, payer, &form);
    if (page.to_status) {
        memcpy(payer->payment, page.payment, SM_ID_BYTES);
        payer->has_payment = true;
    }
}

static void step_open(int who)
{
    struct payer *payer = &payers[who];
    bool found;

    if (payer->opens++ == OPENS) {
        next(who, STEP_DONE, 0, 0);
        return;
    }
    if (sim_chance(300)) {
        sim_say("payer %d chooses", who);
        found = portal_choose(&payer->bill, &payer->visitor, payer->email);
    } else {
        sim_say("payer %d types a code", who);
        found = portal_type(&payer->bill, &payer->visitor, payer->email);
    }
    next(who, found ? STEP_BILL : STEP_DONE, 1, 60);
}

static void step_bill(int who)
{
    struct payer *payer = &payers[who];
    int currency;

    sim_say("payer %d looks at the bill", who);
    if (!portal_look(&payer->bill, &payer->visitor)) {
        next(who, STEP_OPEN, 1, 60);
        return;
    }
    currency = payer->bill.total[0] > 0 ? 0 : 1;
    if (payer->bill.total[1] > 0 && sim_chance(400))
        currency = 1;
    if (payer->bill.total[currency] <= 0) {
        next(who, STEP_DONE, 0, 0);
        return;
    }
    /* the page offers no form beside a payment under way, but an old page
     * may still lie in another tab */
    if (payer->bill.own[currency] && payer->has_payment && sim_chance(500)) {
        next(who, STEP_WATCH, 1, 30);
        return;
    }
    fill_form(payer, currency);
    next(who, STEP_POST, 1, sim_chance(100) ? 2400 : 120);
}

static void after_press(int who, const struct web_page *page)
{
    struct payer *payer = &payers[who];

    if (page->to_status) {
        memcpy(payer->payment, page->payment, SM_ID_BYTES);
        payer->has_payment = true;
        next(who, STEP_WATCH, 1, 10);
    } else if (page->to_processor) {
        payer->session = psp_find_page(page->location);
        next(who, STEP_PAGE, 2, sim_chance(100) ? 4000 : 240);
    } else if (page->http == 0 || page->http >= 500) {
        next(who, STEP_POST, 1, 300); /* the same form again */
    } else if (page->changed && page->again) {
        snprintf(payer->form.key, sizeof(payer->form.key), "%s",
                 page->again_key);
        payer->form.shown = payer->form.current = page->again_minor;
        next(who, sim_chance(700) ? STEP_POST : STEP_BILL, 1, 60);
    } else if (page->conflict && payer->has_payment) {
        next(who, STEP_WATCH, 1, 30);
    } else {
        next(who, STEP_OPEN, 1, 120);
    }
}

static void step_post(int who)
{
    struct payer *payer = &payers[who];
    struct web_page page;

    if (payer->presses++ == PRESSES) {
        next(who, payer->has_payment ? STEP_WATCH : STEP_DONE, 1, 600);
        return;
    }
    sim_say("payer %d presses Pay: %s", who, payer->form.choice);
    twin_offer(who, (int)sim_below(AGAIN__COUNT));
    press(&page, payer, &payer->form);
    twin_offer(-1, 0);
    after_press(who, &page);
    if (sim_fault(40))
        payer_post_again(who, (int)sim_below(AGAIN__COUNT));
}

/* GET or POST a page about the payment. */
static void visit(struct web_page *page, struct payer *payer,
                  const struct sm_page *what, bool post, const char *email)
{
    char id[SM_ID_TEXT];
    const struct web_input inputs[] = {
        {"payment", id}, {"email", email}, {NULL, NULL}};

    sm_id_format(id, payer->payment);
    web_call(page, what, post, &payer->visitor, inputs);
}

static void look(struct web_page *page, struct payer *payer)
{
    visit(page, payer, &sm_page_status, false, "");
    sim_say("payer %d sees of %s: %d %s", (int)(payer - payers),
            model_name(payer->payment), page->http, page->state);
    audit_status(payer->payment, page);
}

/* Back from the processor's page. */
static void come_back(int who)
{
    struct payer *payer = &payers[who];
    const struct psp_session *session = &psp.sessions[payer->session];
    int index = model_find_order(session->order_no);
    struct web_page page;

    if (index < 0) {
        sim_broken("A2", "a page at the processor without a payment");
        return;
    }
    memcpy(payer->payment, model.attempts[index].id, SM_ID_BYTES);
    payer->has_payment = true;
    if (sim_chance(300)) { /* the window is closed */
        next(who, STEP_WATCH, 60, 7200);
        return;
    }
    sim_say("payer %d comes back", who);
    visit(&page, payer, &sm_page_pay_return, false, "");
    if (sim.mutant == MUTANT_PAID_ON_RETURN)
        audit_paid_on_return(index);
    look(&page, payer);
    next(who, STEP_WATCH, 1, 120);
}

static void step_page(int who)
{
    struct payer *payer = &payers[who];
    int64_t pick = sim_below(100);
    enum psp_visit what = pick < 60   ? PSP_PAY
                          : pick < 75 ? PSP_DECLINE
                          : pick < 85 ? PSP_SLOW
                                      : PSP_LEAVE;
    bool done;

    if (payer->session < 0) {
        next(who, STEP_WATCH, 1, 60);
        return;
    }
    done = psp_visit_page(payer->session, what);
    if (!done && what == PSP_DECLINE && sim_chance(600))
        next(who, STEP_PAGE, 5, 120);
    else
        come_back(who);
}

static void fix_email(int who)
{
    struct payer *payer = &payers[who];
    struct web_page page;
    char email[64];

    snprintf(email, sizeof(email), "right%d@example.org", who);
    sim_say("payer %d corrects the address", who);
    visit(&page, payer, &sm_page_status_email, true, email);
    audit_email(payer->payment, email, &page);
}

static void act_on_open(int who, const struct web_page *page)
{
    struct payer *payer = &payers[who];
    int64_t pick = sim_below(100);
    struct web_page answer;

    if (pick < 25) {
        sim_say("payer %d asks now", who);
        visit(&answer, payer, &sm_page_status_ask, true, "");
    } else if (pick < 37 && page->offers_cancel) {
        sim_say("payer %d cancels", who);
        visit(&answer, payer, &sm_page_status_cancel, true, "");
    } else if (pick < 60 && page->offers_continue) {
        payer->session = psp_find_page(page->continue_url);
        next(who, STEP_PAGE, 1, 300);
        return;
    } else if (pick < 70 && payer->has_form) {
        next(who, STEP_POST, 1, 60); /* back, and the button again */
        return;
    }
    next(who, STEP_WATCH, 5, sim_chance(200) ? 20000 : 600);
}

static void step_watch(int who)
{
    struct payer *payer = &payers[who];
    struct web_page page, answer;
    bool negative;

    if (!payer->has_payment || payer->looks++ == LOOKS) {
        next(who, STEP_DONE, 0, 0);
        return;
    }
    look(&page, payer);
    if (page.offers_email && sim_chance(80))
        fix_email(who);
    if (page.offers_refund && sim_chance(400)) {
        sim_say("payer %d wants the surplus back", who);
        visit(&answer, payer, &sm_page_status_refund, true, "");
    }
    negative = strcmp(page.state, "declined") == 0 ||
               strcmp(page.state, "cancelled") == 0 ||
               strcmp(page.state, "expired") == 0;
    if (negative && sim_chance(500))
        next(who, STEP_OPEN, 5, 600);
    else if (negative || page.paid[0] != '\0')
        next(who, sim_chance(300) ? STEP_WATCH : STEP_DONE, 60, 86400);
    else
        act_on_open(who, &page);
}

void payer_step(int who)
{
    switch (payers[who].step) {
    case STEP_OPEN:
        step_open(who);
        break;
    case STEP_BILL:
        step_bill(who);
        break;
    case STEP_POST:
        step_post(who);
        break;
    case STEP_PAGE:
        step_page(who);
        break;
    case STEP_WATCH:
        step_watch(who);
        break;
    case STEP_DONE:
        break;
    }
}
