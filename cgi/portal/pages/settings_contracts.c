/* The contracts of a log-in, and one more. */
#include <string.h>

#include "keys.h"
#include "portal/login.h"
#include "sql/login.h"

static const struct sm_input inputs[] = {
    {"client_code", SM_IN_CLIENT_CODE, .required = true,
     .label = SM_N_("Client code")},
    SM_LOGIN_PROOF,
    {"news", SM_IN_CHOICE, .choices = "added|asked|same"},
};

static void fill_one(struct sm_dict *page, const struct sm_rows *rows, int i)
{
    struct sm_dict *one = sm_section(page, K_CONTRACTS);
    bool asked = strcmp(sm_row_text(rows, i, AUTH_CONTRACTS__STATE), "asked") ==
                 0;
    bool checked = strcmp(sm_row_text(rows, i, AUTH_CONTRACTS__ROLE),
                          "representative") == 0;
    bool ends = !sm_row_null(rows, i, AUTH_CONTRACTS__ENDS_AT);

    sm_set(one, K_CODE_HINT, sm_row_text(rows, i, AUTH_CONTRACTS__CODE_HINT));
    sm_show_if(one, K_IS_ASKED, asked && !checked);
    sm_show_if(one, K_IS_REVIEWED, asked && checked);
    sm_show_if(one, K_IS_ACTIVE, !asked);
    sm_show_if(one, K_HAS_ENDS, ends);
    if (ends)
        sm_set_instant(one, K_ENDS_AT,
                       sm_row_time(rows, i, AUTH_CONTRACTS__ENDS_AT));
}

static enum sm_status show(struct sm_request *rq, struct sm_reply *rp)
{
    const struct sm_arg args[] = {
        sm_login_session(rq),
        sm_arg_time(rq->now_us),
    };
    struct sm_rows *rows = NULL;
    enum sm_status st = sm_db_read(&rows, rq->app->pool, rq->arena,
                                   &sm_sql_auth_contracts, args, &rq->err);

    sm_login_proof(rq, rp->dict);
    for (int i = 0; st == SM_OK && i < sm_rows_count(rows); i++)
        fill_one(rp->dict, rows, i);
    return st;
}

static enum sm_status answer(struct sm_request *rq, struct sm_reply *rp,
                             const struct sm_rows *rows)
{
    const char *outcome = sm_row_text(rows, 0, AUTH_CONTRACT_ADD__OUTCOME);
    enum sm_status st;

    if (strcmp(outcome, "throttled") == 0)
        return sm_login_slow(
            rp, sm_row_int(rows, 0, AUTH_CONTRACT_ADD__RETRY_AFTER_S));
    if (strcmp(outcome, "gone") == 0)
        return sm_reply_see_other(rq, rp, "/login");
    if (strcmp(outcome, "miss") != 0)
        return sm_reply_see_other(rq, rp, "/settings/contracts?news=%s",
                                  strcmp(outcome, "ok") == 0 ? "added"
                                                             : outcome);
    st = show(rq, rp);
    if (st != SM_OK)
        return st;
    sm_in_refuse(rq, "client_code",
                 SM_N_("We know no contract with this client code and this "
                       "number. Compare both with the paper."));
    return SM_INVALID;
}

static enum sm_status add(struct sm_request *rq, struct sm_reply *rp)
{
    uint8_t random[SM_HASH_BYTES];
    struct sm_rows *rows = NULL;
    enum sm_status st;

    if (!rq->inputs_ok) {
        st = show(rq, rp);
        return st == SM_OK ? SM_INVALID : st;
    }
    sm_random(random, sizeof(random));

    const struct sm_arg args[] = {
        sm_login_session(rq),
        sm_portal_hash(rq, "client_code", sm_in(rq, "client_code")->text),
        sm_arg_text(sm_in(rq, "invoice_no")->text),
        sm_arg_bytes(rq->address_hash, SM_HASH_BYTES),
        sm_arg_bytes(random, sizeof(random)),
        sm_login_limits(rq),
        sm_arg_time(rq->now_us),
    };

    st = sm_login_run(&rows, rq, &sm_sql_auth_contract_add, args);
    return st == SM_OK ? answer(rq, rp, rows) : st;
}

const struct sm_page sm_page_settings_contracts = {
    .path = "/settings/contracts",
    .auth = SM_AUTH_CUSTOMER,
    .confirm = true,
    .inputs = inputs,
    .ninputs = SM_COUNT(inputs),
    .get = show,
    .post = add,
    .tpl = "settings_contracts.tpl",
    .limit = "lookup",
    .personal = true,
    .help = "The contracts that an account shows, and adding one.",
};
