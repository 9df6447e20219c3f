/* Somebody asks to act for a company, institution or association.  They see
 * nothing before a person has looked at their authority. */
#include <string.h>

#include "base/buf.h"
#include "domain/attachment.h"
#include "keys.h"
#include "portal/login.h"
#include "sql/profile.h"

static const struct sm_input inputs[] = {
    {"client_code", SM_IN_CLIENT_CODE, .required = true,
     .label = SM_N_("Client code")},
    SM_LOGIN_PROOF,
    {"name", SM_IN_TEXT, .required = true, .min = 2, .max = 100,
     .label = SM_N_("Your name")},
    {"function", SM_IN_TEXT, .required = true, .min = 2, .max = 100,
     .label = SM_N_("Your function")},
    {"authority", SM_IN_TEXT, .required = true, .min = 5, .max = 300,
     .label = SM_N_("What gives you the authority?")},
    {"document", SM_IN_BYTES, .max = SM_ATTACHMENT_MAX},
    {"news", SM_IN_CHOICE, .choices = "asked|same"},
};

static enum sm_status show(struct sm_request *rq, struct sm_reply *rp)
{
    sm_login_proof(rq, rp->dict);
    return SM_OK;
}

/* What was typed of the person, as JSON. */
static struct sm_arg what(struct sm_request *rq)
{
    static const char *const names[] = {"name", "function", "authority"};
    const char *json = NULL;
    struct sm_buf buf;

    sm_buf_init(&buf, 8192);
    for (size_t i = 0; i < SM_COUNT(names); i++) {
        const struct sm_value *value = sm_in(rq, names[i]);

        sm_buf_addf(&buf, "%s\"%s\":\"", i == 0 ? "{" : ",", names[i]);
        sm_buf_add_json(&buf, value->text, value->len);
        sm_buf_addc(&buf, '"');
    }
    sm_buf_addc(&buf, '}');
    if (sm_buf_ok(&buf))
        json = sm_arena_strndup(rq->arena, buf.data, buf.len);
    sm_buf_release(&buf);
    return json ? sm_arg_json(json) : sm_arg_null(SM_TYPE_JSONB);
}

static enum sm_status answer(struct sm_request *rq, struct sm_reply *rp,
                             const struct sm_rows *rows)
{
    const char *outcome = sm_row_text(rows, 0, AUTH_REPRESENT__OUTCOME);

    if (strcmp(outcome, "throttled") == 0)
        return sm_login_slow(
            rp, sm_row_int(rows, 0, AUTH_REPRESENT__RETRY_AFTER_S));
    if (strcmp(outcome, "confirm") == 0)
        return sm_reply_see_other(rq, rp, "/settings/representative");
    if (strcmp(outcome, "miss") == 0)
        sm_in_refuse(rq, "client_code",
                     SM_N_("We know no contract with this client code and this "
                           "number. Compare both with the paper."));
    else if (strcmp(outcome, "person") == 0)
        sm_in_refuse(rq, "client_code",
                     SM_N_("The holder of this contract is a person. Ask them "
                           "to invite you under Settings, People."));
    else
        return sm_reply_see_other(rq, rp, "/settings/representative?news=%s",
                                  outcome);
    return SM_INVALID;
}

static enum sm_status ask(struct sm_request *rq, struct sm_reply *rp)
{
    const struct sm_value *document = sm_in(rq, "document");
    const char *type = sm_attachment_type(document->text, document->len);
    uint8_t random[SM_HASH_BYTES];
    struct sm_rows *rows = NULL;
    enum sm_status st;

    sm_login_proof(rq, rp->dict);
    if (document->present && !type)
        sm_in_refuse(rq, "document",
                     SM_N_("Send a PDF file, or a picture in JPEG or PNG."));
    if (!rq->inputs_ok)
        return SM_INVALID;
    sm_random(random, sizeof(random));

    const struct sm_arg args[] = {
        sm_login_session(rq),
        sm_portal_hash(rq, "client_code", sm_in(rq, "client_code")->text),
        sm_arg_text(sm_in(rq, "invoice_no")->text),
        sm_arg_bytes(rq->address_hash, SM_HASH_BYTES),
        sm_arg_bytes(random, sizeof(random)),
        what(rq),
        sm_arg_text(type),
        type ? sm_arg_bytes(document->text, document->len)
             : sm_arg_null(SM_TYPE_BYTEA),
        sm_login_limits(rq),
        sm_arg_time(rq->now_us),
    };

    st = sm_login_run(&rows, rq, &sm_sql_auth_represent, args);
    return st == SM_OK ? answer(rq, rp, rows) : st;
}

const struct sm_page sm_page_settings_representative = {
    .path = "/settings/representative",
    .auth = SM_AUTH_CUSTOMER,
    .confirm = true,
    .inputs = inputs,
    .ninputs = SM_COUNT(inputs),
    .get = show,
    .post = ask,
    .tpl = "settings_representative.tpl",
    .limit = "lookup",
    .personal = true,
    .body_max = SM_ATTACHMENT_MAX + 65536,
    .help = "Ask to act for a company, institution or association.",
};
