/* pay: starts payments, shows their state and, as the instance "notify", takes
 * the processor's notifications.  The only program besides jobs that talks to
 * the processor. */
#include "auth/auth.h"
#include "net/http.h"
#include "pay/pay_app.h"
#include "pdf/pdf.h"
#include "shared/layout.h"

static struct sm_pay_app data;

static enum sm_status open_pay(struct sm_app *app, struct sm_error *err)
{
    enum sm_status status;
    /* When the processor is slow half of the threads wait for it, others for
     * these, and one is left for the pages. */
    int threads = (int)sm_settings_int(app->settings, "worker.threads");
    int calls = threads / 2, waits = threads - calls - 1;

    if (sm_key_parse(&data.link,
                     sm_settings_str(app->settings, "secret.link")) != SM_OK)
        return SM_FAIL(err, SM_INVALID, "secret.link: not 64 hex digits");
    if (sem_init(&data.waits, 0, (unsigned)(waits > 0 ? waits : 0)) != 0)
        return SM_FAIL(err, SM_INTERNAL, "sem_init");
    status = sm_http_global_init(err);
    if (status == SM_OK)
        status = sm_pay_open(&data.pay, app->settings, app->pool, calls, err);
    app->data = &data;
    return status;
}

static void close_pay(struct sm_app *app)
{
    (void)app;
    sm_pay_close(data.pay);
    sem_destroy(&data.waits);
    sm_http_global_cleanup();
    sm_pdf_cleanup();
}

int main(int argc, char **argv)
{
    static const char *const required[] = {
        "secret.lookup",
        "secret.form",
        "secret.link",
        "public_origin",
    };
    static const struct sm_program program = {
        .name = "pay",
        .db_role = "smetka_pay",
        .money = true,
        .guard = &sm_auth_guard,
        .open = open_pay,
        .close = close_pay,
        .layout = sm_layout,
        .required = required,
        .nrequired = SM_COUNT(required),
    };

    return sm_web_main(&program, argc, argv);
}
