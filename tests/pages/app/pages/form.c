#include <string.h>

#include "app/stmts.h"
#include "keys.h"
#include "web/page.h"
#include "web/reply.h"

static const struct sm_input inputs[] = {
    {.name = "payment_code", .type = SM_IN_PAYMENT_CODE, .required = true},
    {.name = "email", .type = SM_IN_EMAIL, .required = true},
    {.name = "amount", .type = SM_IN_AMOUNT, .min = 100, .max = 500000},
    {.name = "choice", .type = SM_IN_CHOICE, .choices = "total|other"},
    {.name = "terms", .type = SM_IN_BOOL},
    {.name = "note", .type = SM_IN_TEXT, .max = 20},
    {.name = "item", .type = SM_IN_ID, .many = true, .max = 200},
};

static enum sm_status show(struct sm_request *rq, struct sm_reply *rp)
{
    (void)rq;
    sm_set(rp->dict, K_GREETING, "form");
    return SM_OK;
}

/* Note what came; "clash" as the note meets another transaction each time,
 * "refuse" breaks a rule of the handler's own. */
static enum sm_status take(struct sm_request *rq, struct sm_reply *rp)
{
    const struct sm_value *note = sm_in(rq, "note");
    const struct sm_arg args[] = {
        sm_arg_text(sm_in(rq, "email")->text),
        sm_arg_int8(sm_in(rq, "amount")->number),
    };
    struct sm_rows *rows;
    enum sm_status st;

    if (!rq->inputs_ok)
        return show(rq, rp) == SM_OK ? SM_INVALID : SM_INTERNAL;
    st = sm_request_query(&rows, rq, &test_note_add, args);
    if (st != SM_OK)
        return st;
    if (strcmp(note->text, "clash") == 0) {
        rq->clash_ = true;
        return SM_CONFLICT;
    }
    if (strcmp(note->text, "refuse") == 0) {
        sm_in_refuse(rq, "email", "That one is known.");
        return SM_INVALID;
    }
    rp->set_cookie = true;
    if (sm_in(rq, "item")->present)
        return sm_reply_see_other(rq, rp, "/hello?who=%d.%d",
                                  (int)sm_in(rq, "item")->count,
                                  (int)sm_in(rq, "item")->ids[0][0]);
    return sm_reply_see_other(rq, rp, "/hello?who=%d",
                              (int)sm_in(rq, "amount")->number);
}

const struct sm_page sm_page_form = {
    .path = "/form",
    .auth = SM_AUTH_PUBLIC,
    .inputs = inputs,
    .ninputs = SM_COUNT(inputs),
    .get = show,
    .post = take,
    .tpl = "form.tpl",
    .processor_form = true,
    .help = "A form with a field of most types.",
};
