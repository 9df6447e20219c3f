/* The sandbox: stands in for the outside world in the demo and the tests.  A
 * card processor with a hosted page, and a mailbox to look at.  It speaks the
 * wire protocol of each processor that the portal has an adapter of, so that
 * the portal runs what it runs in production.  Never packaged. */
#include "sandbox/parts.h"
#include "sandbox/store.h"
#include "sandbox/wire.h"
#include "shared/layout.h"
#include "web/app.h"

/* Nobody is known here, and nothing needs guarding. */
static void identify(struct sm_request *rq, const char *cookie_header,
                     const char *remote_addr)
{
    (void)cookie_header;
    (void)remote_addr;
    rq->has_cookie = true;
}

static bool check(const struct sm_request *rq, const char *token)
{
    (void)rq;
    (void)token;
    return true;
}

static const char *token(const struct sm_request *rq)
{
    (void)rq;
    return "sandbox";
}

static const char *cookie(const struct sm_request *rq, bool keep)
{
    (void)rq;
    (void)keep;
    return "";
}

static const struct sm_guard guard = {
    .identify = identify, .check = check, .token = token, .cookie = cookie};

static enum sm_status open_sandbox(struct sm_app *app, struct sm_error *err)
{
    enum sm_status st;

    st =
        sb_store_open(sm_settings_str(app->settings, "sandbox.state_dir"), err);
    if (st == SM_OK)
        st = sb_parts_open(sm_settings_str(app->settings, "sandbox.state_dir"),
                           err);
    if (st != SM_OK)
        return st;
    return sb_notify_open(app->settings, err);
}

static void close_sandbox(struct sm_app *app)
{
    (void)app;
    sb_notify_close();
    sb_parts_close();
    sb_store_close();
}

int main(int argc, char **argv)
{
    static const char *const required[] = {
        "sandbox.public_origin", "sandbox.webhook_url",
        "sandbox.webhook_secret", "sandbox.secret_key", "sandbox.mail_dir"};
    static const struct sm_program program = {
        .name = "sandbox",
        .guard = &guard,
        .open = open_sandbox,
        .close = close_sandbox,
        .layout = sm_layout,
        .required = required,
        .nrequired = SM_COUNT(required),
    };

    return sm_web_main(&program, argc, argv);
}
