/* portal: every page for visitors and guests.  It reaches the database and
 * nothing else: no network, no processor's key, no way to move money. */
#include "auth/auth.h"
#include "portal/guest.h"
#include "shared/layout.h"

static struct sm_portal keys;

static enum sm_status open_keys(struct sm_app *app, struct sm_error *err)
{
    const struct sm_settings *set = app->settings;

    if (sm_key_parse(&keys.link, sm_settings_str(set, "secret.link")) != SM_OK)
        return SM_FAIL(err, SM_INVALID, "secret.link: not 64 hex digits");
    if (sm_paylink_keys_parse(&keys.paylinks,
                              sm_settings_str(set, "paylink.keys")) != SM_OK)
        return SM_FAIL(err, SM_INVALID, "paylink.keys: not id:hex, ...");
    app->data = &keys;
    return SM_OK;
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
        .name = "portal",
        .db_role = "smetka_portal",
        .guard = &sm_auth_guard,
        .open = open_keys,
        .layout = sm_layout,
        .required = required,
        .nrequired = SM_COUNT(required),
    };

    return sm_web_main(&program, argc, argv);
}
