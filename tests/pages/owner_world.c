#include "owner_world.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "auth/password.h"
#include "auth/totp.h"
#include "base/text.h"
#include "crypto/crypto.h"
#include "support/fixture.h"

enum { TEXT_MAX = 1 << 17 };

/* What the views of owner_world.sql say, a line a table. */
static const enum sm_type line_types[] = {SM_TYPE_TEXT};
static const char *const line_names[] = {"line"};
static const struct sm_stmt all_state = {
    .name = "walk_state",
    .sql = "SELECT line FROM walk.state ORDER BY 1",
    .columns = line_types,
    .column_names = line_names,
    .ncolumns = 1,
    .max_rows = -1};
static const struct sm_stmt owned_state = {
    .name = "walk_owned",
    .sql = "SELECT line FROM walk.owned ORDER BY 1",
    .columns = line_types,
    .column_names = line_names,
    .ncolumns = 1,
    .max_rows = -1};

static struct sm_db_pool *pool;
static struct sm_db *db;

void sm_walk_state(char out[SM_WALK_STATE], bool owned)
{
    const struct sm_stmt *stmt = owned ? &owned_state : &all_state;
    struct sm_arena *arena = sm_arena_new(1 << 20);
    struct sm_rows *rows = NULL;
    struct sm_error err;
    size_t len = 0;

    if (!pool) {
        pool = sm_test_pool(1);
        db = sm_test_get(pool);
    }
    if (sm_db_query(&rows, db, arena, stmt, NULL, &err) != SM_OK)
        fail_msg("%s", err.message);
    out[0] = '\0';
    for (int i = 0; i < sm_rows_count(rows) && len < SM_WALK_STATE; i++)
        len += (size_t)snprintf(out + len, SM_WALK_STATE - len, "%s\n",
                                sm_row_text(rows, i, 0));
    assert_true(len < SM_WALK_STATE);
    sm_arena_free(arena);
}

void sm_walk_state_end(void)
{
    if (!pool)
        return;
    sm_db_put(db);
    sm_db_pool_free(pool);
    pool = NULL;
}

/* A text of 26 characters of what owner_world.sql calls NAME. */
static void bits(char out[SM_ID_TEXT], const char *name)
{
    uint8_t hash[SM_HASH_BYTES];

    sm_sha256(hash, name, strlen(name));
    sm_id_format(out, hash);
}

static void form_token(char out[128], const struct sm_walk_who *who,
                       const struct sm_site *site, const char *path)
{
    struct sm_browser browser = {.site = site};
    struct sm_answer answer;

    snprintf(browser.cookie, sizeof(browser.cookie), "%.127s", who->cookie);
    sm_browser_get(&answer, &browser, path);
    sm_answer_free(&answer);
    snprintf(out, 128, "%s", browser.csrf);
}

void sm_walk_arrive(struct sm_walk_who *who, const struct sm_site *site)
{
    char id[SM_ID_TEXT], browser[64];
    int len;

    snprintf(browser, sizeof(browser), "browser %.40s", who->name);
    bits(id, browser);
    len = snprintf(who->cookie, sizeof(who->cookie), "__Host-smetka=%s", id);
    if (who->session) {
        bits(id, who->session);
        snprintf(who->cookie + len, sizeof(who->cookie) - (size_t)len,
                 "; __Host-smetka-in=%s", id);
    }
    if (who->token) {
        bits(id, who->token);
        snprintf(who->bearer, sizeof(who->bearer),
                 "HTTP_AUTHORIZATION=Bearer smetka_%s", id);
    }
    form_token(who->guest_token, who, site, "/en/pay");
    form_token(who->form_token, who, site, "/en/home");
    if (!*who->form_token)
        form_token(who->form_token, who, site, "/en/login/code");
    if (!*who->form_token)
        form_token(who->form_token, who, site, "/en/login/change");
    assert_int_not_equal(who->guest_token[0], '\0');
}

/* Key number N of the harness. */
static void key(struct sm_key_bytes *out, int n)
{
    char hex[65];

    snprintf(hex, sizeof(hex), "%064d", n);
    assert_int_equal(sm_key_parse(out, hex), SM_OK);
}

/* What is kept of everybody's password, and of the owner's second factor. */
static void secrets(char kept[SM_PASSWORD_TEXT], char sealed[201])
{
    static const char secret[SM_TOTP_SECRET_BYTES] = "secret of the owner";
    uint8_t aad[SM_HASH_BYTES], box[100];
    struct sm_password_options options;
    struct sm_key_bytes bytes;
    struct sm_hasher *hasher;

    key(&bytes, 4);
    options = sm_password_defaults(&bytes);
    assert_int_equal(sm_hasher_new(&hasher, &options, NULL), SM_OK);
    assert_int_equal(
        sm_password_hash(kept, hasher, "the owner's own", 15, NULL), SM_OK);
    sm_hasher_free(hasher);
    key(&bytes, 5);
    sm_sha256(aad, "login owner", strlen("login owner"));
    assert_int_equal(sm_seal(box, sizeof(secret) + SM_SEAL_OVERHEAD, &bytes,
                             aad, SM_ID_BYTES, secret, sizeof(secret)),
                     SM_OK);
    sm_hex(sealed, box, sizeof(secret) + SM_SEAL_OVERHEAD);
}

void sm_walk_world(void)
{
    char kept[SM_PASSWORD_TEXT], sealed[201], *text = calloc(1, TEXT_MAX);
    FILE *file = fopen(SM_TEST_PAGES "/owner_world.sql", "re");
    size_t len;

    assert_non_null(text);
    assert_non_null(file);
    secrets(kept, sealed);
    len = (size_t)snprintf(text, TEXT_MAX,
                           "SET walk.password = '%s';\n"
                           "SET walk.sealed = '\\x%s';\n",
                           kept, sealed);
    assert_true(fread(text + len, 1, TEXT_MAX - len - 1, file) > 0);
    fclose(file);
    sm_test_sql(text);
    free(text);
}
