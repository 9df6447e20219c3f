#include "web.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "books.h"
#include "pay/pay_app.h"
#include "seam.h"
#include "sim.h"
#include "web/http.h"
#include "web/reply.h"
#include "web_dict.h"

enum { INPUTS = 8, TRIES = 3 /* fewer than lib/db makes */ };

extern const struct sm_page sm_page_notify;

static struct sm_pay_app pay_app;
static struct sm_settings *settings;
static const char *const origins[] = {"https://checkout.stripe.com"};
static struct sm_app app = {.program = "pay",
                            .form_origins = origins,
                            .nform_origins = 1,
                            .data = &pay_app};

/* One request under way. */
struct call {
    struct web_page *out;
    const struct sm_page *page;
    bool post;
    const struct web_visitor *visitor;
    const struct web_input *inputs;
    const char *body;
    char *params[2];
};

const struct sm_settings *web_settings(void)
{
    return settings;
}

struct sm_pay *web_pay(void)
{
    return pay_app.pay;
}

static bool load_settings(void)
{
    struct sm_error err = {.message = ""};

    setenv("SMETKA_STRIPE__SECRET_KEY", "sk_simulator", 1);
    setenv("SMETKA_STRIPE__WEBHOOK_SECRET", WEB_SECRET_OLD "," WEB_SECRET_NEW,
           1);
    if (settings != NULL || sm_settings_load(&settings, NULL, &err) == SM_OK)
        return true;
    fprintf(stderr, "sim: settings: %s\n", err.message);
    return false;
}

bool web_open(void)
{
    const struct sm_db_options options = {
        .conninfo = books_conninfo(),
        .user = "smetka_pay",
        .program = "sim pay",
        .size = 6,
        .wait_ms = 1000,
        .connect_ms = 5000,
        .query_ms = 20000,
    };
    struct sm_error err = {.message = ""};

    if (!load_settings())
        return false;
    app.settings = settings;
    memset(pay_app.link.bytes, 1, sizeof(pay_app.link.bytes));
    pay_app.link.set = true;
    if (sem_init(&pay_app.waits, 0, 1000) == 0 &&
        sm_db_pool_new(&app.pool, &options, &err) == SM_OK &&
        sm_pay_open(&pay_app.pay, settings, app.pool, 1000, &err) == SM_OK)
        return true;
    fprintf(stderr, "sim: pay: %s\n", err.message);
    return false;
}

void web_close(void)
{
    sm_pay_close(pay_app.pay);
    sm_db_pool_free(app.pool);
    sem_destroy(&pay_app.waits);
    pay_app.pay = NULL;
    app.pool = NULL;
}

void web_restart(void)
{
    struct sm_error err = {.message = ""};

    sm_pay_close(pay_app.pay);
    if (sm_pay_open(&pay_app.pay, settings, app.pool, 1000, &err) != SM_OK)
        sim_broken("SIM", "pay: %s", err.message);
}

/* The handle's hash as lib/auth would make it: here its bytes twice. */
void sm_auth_handle_hash(uint8_t hash[SM_HASH_BYTES],
                         const struct sm_request *rq,
                         const uint8_t id[SM_ID_BYTES]);
void sm_auth_handle_hash(uint8_t hash[SM_HASH_BYTES],
                         const struct sm_request *rq,
                         const uint8_t id[SM_ID_BYTES])
{
    (void)rq;
    memcpy(hash, id, SM_ID_BYTES);
    memcpy(hash + SM_ID_BYTES, id, SM_ID_BYTES);
}

static void fill_value(struct sm_value *value, const struct sm_input *input,
                       const char *text)
{
    *value = (struct sm_value){.raw = text, .text = text};
    value->len = strlen(text);
    value->present = value->len > 0;
    if (!value->present)
        return;
    if ((input->type == SM_IN_INT || input->type == SM_IN_AMOUNT) &&
        sm_parse_i64(&value->number, text, INT64_MIN, INT64_MAX) != SM_OK)
        value->error = "no number";
    if (input->type == SM_IN_ID && sm_id_parse(value->id, text) != SM_OK)
        value->error = "no id";
}

static void fill_values(struct sm_value *values, const struct call *call)
{
    const struct web_input *given;
    size_t i;

    for (i = 0; i < call->page->ninputs; i++) {
        const char *text = "";

        for (given = call->inputs; given != NULL && given->name != NULL;
             given++) {
            if (strcmp(given->name, call->page->inputs[i].name) == 0)
                text = given->text;
        }
        fill_value(&values[i], &call->page->inputs[i], text);
    }
}

/* As the dispatcher does: the handler in its transaction, then COMMIT. */
static enum sm_status run_once(struct sm_request *rq, struct sm_reply *rp,
                               struct sm_dict *dict)
{
    enum sm_status status;

    memset(rp, 0, sizeof(*rp));
    web_dict_clear(dict);
    rp->tpl = rq->page->tpl;
    rp->dict = dict;
    status = rq->is_post ? rq->page->post(rq, rp) : rq->page->get(rq, rp);
    if (status == SM_OK)
        status = sm_request_commit(rq);
    sm_request_db_release(rq);
    return status;
}

/* As the dispatcher decides it. */
static bool may_repeat(const struct sm_request *rq, enum sm_status status)
{
    if (rq->committed_)
        return false;
    if (status == SM_CONFLICT)
        return rq->clash_ && (!rq->doubt_ || rq->page->repeatable);
    return status == SM_UNAVAILABLE && rq->doubt_ && rq->page->repeatable;
}

static void read_location(struct web_page *out, const char *location)
{
    static const char status[] = "/ro/pay/status/";

    snprintf(out->location, sizeof(out->location), "%s", location);
    out->to_processor = location[0] == 'h';
    if (strncmp(location, status, sizeof(status) - 1) == 0 &&
        sm_id_parse(out->payment, location + sizeof(status) - 1) == SM_OK)
        out->to_status = true;
    out->to_bill = !out->to_processor && !out->to_status;
}

static void read_reply(struct web_page *out, enum sm_status status,
                       const struct sm_reply *rp, const struct sm_dict *dict)
{
    if (status == SM_INVALID && rp->tpl != NULL) {
        out->http = 422;
        return;
    }
    if (status != SM_OK) {
        out->http = sm_http_status(status);
        return;
    }
    out->http = rp->http != 0 ? rp->http : 200;
    if (rp->location != NULL)
        read_location(out, rp->location);
    else
        web_dict_read(out, dict);
}

static void serve(void *arg)
{
    struct call *call = arg;
    struct sm_value values[INPUTS];
    struct sm_arena *arena = sm_arena_new(4 << 20);
    struct sm_dict *dict = web_dict();
    struct sm_request rq = {
        .app = &app,
        .page = call->page,
        .arena = arena,
        .lang = SM_LANG_RO,
        .is_post = call->post,
        .request_id = "",
        .path = "",
        .has_cookie = true,
        .values = values,
        .inputs_ok = true,
        .body = call->body,
        .body_len = call->body != NULL ? strlen(call->body) : 0,
        .params_ = call->params,
    };
    enum sm_status status = SM_INTERNAL;
    struct sm_db_tries tries = sm_db_tries_begin(app.pool);
    struct sm_reply rp;

    if (arena == NULL)
        abort();
    sim_clock_add(1);
    rq.now_us = sim.now_us;
    if (call->visitor != NULL)
        memcpy(rq.browser_hash, call->visitor->browser_hash, 32);
    for (;;) {
        fill_values(values, call);
        rq.clash_ = false;
        status = run_once(&rq, &rp, dict);
        if (!may_repeat(&rq, status) || !sm_db_again(&tries, status))
            break;
        rq.again = rq.doubt_;
    }
    if (status == SM_CONFLICT && rq.clash_)
        status = SM_BUSY;
    read_reply(call->out, status, &rp, dict);
    /* a few broken statements are tried again, unseen by anybody */
    if (call->out->http >= 500 && seam->troubles == 0 && seam->conflicts > 0 &&
        seam->conflicts < TRIES)
        sim_broken("RETRY", "%s answers %d after %d conflicts",
                   call->page->path, call->out->http, seam->conflicts);
    sm_arena_free(arena);
}

void web_call(struct web_page *out, const struct sm_page *page, bool post,
              const struct web_visitor *visitor, const struct web_input *inputs)
{
    struct call call = {.out = out,
                        .page = page,
                        .post = post,
                        .visitor = visitor,
                        .inputs = inputs};

    memset(out, 0, sizeof(*out));
    if (!seam_process(serve, &call))
        memset(out, 0, sizeof(*out));
}

int web_notify(const char *body, const char *signature)
{
    static const struct web_input inputs[] = {{"processor", "stripe"},
                                              {NULL, NULL}};
    char header[512];
    struct web_page page = {.http = 0};
    struct call call = {.out = &page,
                        .page = &sm_page_notify,
                        .post = true,
                        .inputs = inputs,
                        .body = body,
                        .params = {header, NULL}};

    snprintf(header, sizeof(header), "HTTP_STRIPE_SIGNATURE=%s", signature);
    return seam_process(serve, &call) ? page.http : 0;
}
