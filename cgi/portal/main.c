/* portal: every page for visitors, guests and customers.  It reaches the
 * database and nothing else: no network, no processor's key, no way to move
 * money. */
#include "auth/auth.h"
#include "pdf/pdf.h"
#include "portal/guest.h"
#include "shared/layout.h"

#include <string.h>

static struct sm_portal keys;

static enum sm_status open_hasher(const struct sm_settings *set,
                                  struct sm_error *err)
{
    struct sm_key_bytes pepper;
    struct sm_password_options options;
    enum sm_status status;

    if (sm_key_parse(&pepper, sm_settings_str(set, "secret.pepper")) != SM_OK)
        return SM_FAIL(err, SM_INVALID, "secret.pepper: not 64 hex digits");
    options = sm_password_defaults(&pepper);
    status = sm_hasher_new(&keys.hasher, &options, err);
    explicit_bzero(&pepper, sizeof(pepper));
    explicit_bzero(&options.pepper, sizeof(options.pepper));
    return status;
}

/* The key that signs pay links, which must be one of those honoured. */
static enum sm_status open_signer(const struct sm_settings *set,
                                  struct sm_error *err)
{
    const char *text = sm_settings_str(set, "paylink.signing_key");
    uint8_t id = (uint8_t)sm_settings_int(set, "paylink.signing_key_id");
    uint8_t public_key[32];

    if (*text == '\0')
        return SM_OK;
    if (sm_key_parse(&keys.paylink_seed, text) != SM_OK ||
        sm_ed25519_public(public_key, keys.paylink_seed.bytes) != SM_OK)
        return SM_FAIL(err, SM_INVALID,
                       "paylink.signing_key: not 64 hex digits");
    keys.paylink_id = id;
    for (size_t i = 0; i < keys.paylinks.count; i++) {
        if (keys.paylinks.keys[i].id == id &&
            memcmp(keys.paylinks.keys[i].public_key, public_key,
                   sizeof(public_key)) == 0)
            return SM_OK;
    }
    return SM_FAIL(err, SM_INVALID,
                   "paylink.signing_key: not among paylink.keys");
}

static enum sm_status open_keys(struct sm_app *app, struct sm_error *err)
{
    const struct sm_settings *set = app->settings;

    if (sm_key_parse(&keys.link, sm_settings_str(set, "secret.link")) != SM_OK)
        return SM_FAIL(err, SM_INVALID, "secret.link: not 64 hex digits");
    if (sm_paylink_keys_parse(&keys.paylinks,
                              sm_settings_str(set, "paylink.keys")) != SM_OK)
        return SM_FAIL(err, SM_INVALID, "paylink.keys: not id:hex, ...");
    if (sm_key_parse(&keys.seal, sm_settings_str(set, "secret.seal")) != SM_OK)
        return SM_FAIL(err, SM_INVALID, "secret.seal: not 64 hex digits");
    app->data = &keys;
    if (open_signer(set, err) != SM_OK)
        return SM_INVALID;
    return open_hasher(set, err);
}

static void close_keys(struct sm_app *app)
{
    (void)app;
    sm_hasher_free(keys.hasher);
    keys.hasher = NULL;
    sm_pdf_cleanup();
}

int main(int argc, char **argv)
{
    static const char *const required[] = {
        "secret.lookup", "secret.form", "secret.link",
        "secret.pepper", "secret.seal", "public_origin",
    };
    static const struct sm_program program = {
        .name = "portal",
        .db_role = "smetka_portal",
        .guard = &sm_auth_guard,
        .open = open_keys,
        .close = close_keys,
        .layout = sm_layout,
        .required = required,
        .nrequired = SM_COUNT(required),
    };

    return sm_web_main(&program, argc, argv);
}
