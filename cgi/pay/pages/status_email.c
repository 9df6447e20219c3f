/* Correct the address of the receipt, once, in the browser that paid. */
#include "keys.h"
#include "pay/attempt.h"
#include "pay/pay_app.h"
#include "sql/status.h"
#include "web/page.h"

static const struct sm_input inputs[] = {
    SM_ATTEMPT_INPUTS,
    {.name = "email",
     .type = SM_IN_EMAIL,
     .required = true,
     .label = SM_N_("E-mail address")},
};

static void fill(struct sm_dict *dict, struct sm_request *rq,
                 const struct sm_attempt *attempt)
{
    sm_set(dict, K_ID, attempt->id_text);
    sm_set(dict, K_EMAIL_MASKED, sm_attempt_mask(rq, attempt->email));
}

static enum sm_status load(struct sm_attempt *attempt, struct sm_request *rq)
{
    enum sm_status status = sm_attempt_load(attempt, rq);

    return status == SM_OK && !attempt->mine ? SM_NOT_FOUND : status;
}

static enum sm_status show(struct sm_request *rq, struct sm_reply *rp)
{
    struct sm_attempt attempt;
    enum sm_status status = load(&attempt, rq);

    if (status == SM_OK)
        fill(rp->dict, rq, &attempt);
    return status;
}

static enum sm_status save(struct sm_request *rq, struct sm_reply *rp)
{
    struct sm_rows *rows = NULL;
    struct sm_attempt attempt;
    enum sm_status status;

    status = load(&attempt, rq);
    if (status != SM_OK)
        return status;
    fill(rp->dict, rq, &attempt);
    if (!rq->inputs_ok)
        return SM_INVALID;
    status = sm_request_query(
        &rows, rq, &sm_sql_status_email,
        (const struct sm_arg[]){
            sm_arg_uuid(attempt.id), sm_arg_bytes(rq->browser_hash, 32),
            sm_arg_text(sm_in(rq, "email")->text), sm_arg_time(rq->now_us)});
    if (status != SM_OK)
        return status;
    if (!sm_row_bool(rows, 0, STATUS_EMAIL__CHANGED)) {
        sm_in_refuse(rq, "email",
                     SM_N_("The address was corrected once already. Call us "
                           "and we send the receipt where you want it."));
        return SM_INVALID;
    }
    return sm_attempt_see(rq, rp, &attempt);
}

const struct sm_page sm_page_status_email = {
    .path = "/pay/status/{payment}/email",
    .auth = SM_AUTH_BROWSER,
    .inputs = inputs,
    .ninputs = SM_COUNT(inputs),
    .get = show,
    .post = save,
    .tpl = "status_email.tpl",
    .personal = true,
    .repeatable = true,
    .instance = "pay",
    .help = "Correct the e-mail address of a payment once.",
};
