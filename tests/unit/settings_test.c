/* links: base config */
/* lib/config: the table, the file, the environment, secrets in files. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "config/settings.h"
#include "config/table.h"

static char path[] = "/tmp/settings_test.XXXXXX";
static char secret_path[] = "/tmp/settings_test.XXXXXX";

static void write_text(const char *file, const char *text)
{
    FILE *out = fopen(file, "we");

    assert_non_null(out);
    assert_true(fputs(text, out) >= 0);
    assert_int_equal(fclose(out), 0);
}

static enum sm_status load(struct sm_settings **out, const char *text,
                           struct sm_error *err)
{
    write_text(path, text);
    return sm_settings_load(out, path, err);
}

static void refuse(const char *text, const char *why)
{
    struct sm_settings *settings;
    struct sm_error err = {0};

    assert_int_equal(load(&settings, text, &err), SM_INVALID);
    assert_null(settings);
    if (!strstr(err.message, why))
        fail_msg("\"%s\" does not say \"%s\"", err.message, why);
}

static void rows_are_sorted_and_sound(void **state)
{
    (void)state;
    for (size_t i = 0; i < sm_setting_count; i++) {
        const struct sm_setting *row = &sm_setting_rows[i];

        if (i > 0 && strcmp(sm_setting_rows[i - 1].key, row->key) >= 0)
            fail_msg("%s is not in its place", row->key);
        assert_non_null(row->value);
        assert_true(strlen(row->help) > 5);
        if (row->type == SM_SETTING_SECRET)
            assert_string_equal(row->value, "");
        if (row->type == SM_SETTING_INT)
            assert_true(row->min <= row->max);
    }
}

static void defaults_load(void **state)
{
    struct sm_settings *settings;
    struct sm_error err = {0};

    (void)state;
    assert_int_equal(sm_settings_load(&settings, NULL, &err), SM_OK);
    assert_int_equal(sm_settings_int(settings, "db.pool"), 4);
    assert_int_equal(sm_settings_int(settings, "workers.sandbox"), 0);
    assert_true(sm_settings_bool(settings, "smtp.require_tls"));
    assert_string_equal(sm_settings_str(settings, "processor"), "stripe");
    assert_string_equal(sm_settings_str(settings, "secret.lookup"), "");
    sm_settings_free(settings);
    sm_settings_free(NULL);
}

static void file_overrides_defaults(void **state)
{
    struct sm_settings *settings;
    struct sm_error err = {0};

    (void)state;
    assert_int_equal(load(&settings,
                          "# a comment\n\n"
                          "  db.pool=  7 \r\n"
                          "company.name_ro = A = B # c\n"
                          "smtp.require_tls = false\n"
                          "company.phone =",
                          &err),
                     SM_OK);
    assert_int_equal(sm_settings_int(settings, "db.pool"), 7);
    assert_false(sm_settings_bool(settings, "smtp.require_tls"));
    assert_string_equal(sm_settings_str(settings, "company.name_ro"),
                        "A = B # c");
    assert_string_equal(sm_settings_str(settings, "company.phone"), "");
    sm_settings_free(settings);
}

static void bad_files_are_refused(void **state)
{
    char line[5000];

    (void)state;
    refuse("nonsense = 1\n", ":1: nonsense: no such setting");
    refuse("\ndb.pool = x\n", ":2: db.pool: must be a whole number");
    refuse("db.pool = 0\n", "from 1 to 256");
    refuse("db.pool = 257\n", "from 1 to 256");
    refuse("db.pool\n", "not \"key = value\"");
    refuse("smtp.require_tls = yes\n", "must be true or false");
    refuse("payment_code.check = crc\n", "must be one of none|luhn|mod97");
    refuse("payment_code.check =\n", "must be one of");
    refuse("payment_code.check = none|luhn\n", "must be one of");
    refuse("db.pool = 2\ndb.pool = 2\n", ":2: db.pool: stands here twice");
    refuse("company.phone = a\x01\n", "control character");
    refuse("company.phone = \xFF\n", "bad UTF-8");
    refuse("db.pool_file = /dev/null\n", "no such setting");
    refuse("db = 1\n", "no such setting");
    memset(line, 'a', sizeof(line) - 1);
    line[sizeof(line) - 1] = '\0';
    refuse(line, "line is too long");
#ifndef SM_TEST_BUILD
    refuse("clock.offset_s = 1\n", "from 0 to 0");
#endif
}

static void missing_file_is_refused(void **state)
{
    struct sm_settings *settings;
    struct sm_error err = {0};

    (void)state;
    assert_int_equal(sm_settings_load(&settings, "/nowhere/at/all", &err),
                     SM_INVALID);
    assert_non_null(strstr(err.message, "/nowhere/at/all"));
}

static void secrets_come_from_files(void **state)
{
    struct sm_settings *settings;
    struct sm_error err = {0};
    char text[256];

    (void)state;
    write_text(secret_path, "hush hush\n");
    snprintf(text, sizeof(text), "secret.form_file = %s\n", secret_path);
    assert_int_equal(load(&settings, text, &err), SM_OK);
    assert_string_equal(sm_settings_str(settings, "secret.form"), "hush hush");
    sm_settings_free(settings);
    snprintf(text, sizeof(text), "secret.form = a\nsecret.form_file = %s\n",
             secret_path);
    refuse(text, "twice");
    refuse("secret.form_file = /nowhere/at/all\n", "secret.form_file: ");
}

static void environment_overrides_file(void **state)
{
    struct sm_settings *settings;
    struct sm_error err = {0};

    (void)state;
    write_text(secret_path, "from a file\n");
    setenv("SMETKA_STRIPE__BASE_URL", "https://x", 1);
    setenv("SMETKA_DATABASE", "dbname=y", 1);
    setenv("SMETKA_LIMIT__LOOKUPS_PER_ADDRESS", "11", 1);
    setenv("SMETKA_SECRET__SEAL_FILE", secret_path, 1);
    setenv("SMETKA_READY_FD", "5", 1);
    assert_int_equal(load(&settings, "stripe.base_url = https://z\n", &err),
                     SM_OK);
    assert_string_equal(sm_settings_str(settings, "stripe.base_url"),
                        "https://x");
    assert_string_equal(sm_settings_str(settings, "database"), "dbname=y");
    assert_string_equal(sm_settings_str(settings, "secret.seal"),
                        "from a file");
    assert_int_equal(sm_settings_int(settings, "limit.lookups_per_address"),
                     11);
    sm_settings_free(settings);
    setenv("SMETKA_STRIPE__BASE_ULR", "https://x", 1);
    refuse("", "stripe.base_ulr: no such setting");
    unsetenv("SMETKA_STRIPE__BASE_ULR");
    setenv("SMETKA_DB__POOL", "many", 1);
    refuse("", "db.pool: must be");
    unsetenv("SMETKA_DB__POOL");
    unsetenv("SMETKA_STRIPE__BASE_URL");
    unsetenv("SMETKA_DATABASE");
    unsetenv("SMETKA_LIMIT__LOOKUPS_PER_ADDRESS");
    unsetenv("SMETKA_SECRET__SEAL_FILE");
}

static void required_keys_are_named(void **state)
{
    static const char *const keys[] = {"public_origin", "secret.form"};
    struct sm_settings *settings;
    struct sm_error err = {0};

    (void)state;
    assert_int_equal(load(&settings, "", &err), SM_OK);
    assert_int_equal(sm_settings_require(settings, keys, 1, &err), SM_OK);
    assert_int_equal(sm_settings_require(settings, keys, 2, &err), SM_INVALID);
    assert_non_null(strstr(err.message, "secret.form"));
    sm_settings_free(settings);
}

/* What sm_settings_print() writes to standard output, into OUT[SIZE]. */
static void capture(char *out, size_t size, const struct sm_settings *settings,
                    bool markdown)
{
    int saved = dup(STDOUT_FILENO);
    FILE *file;
    size_t len;

    fflush(stdout);
    assert_non_null(freopen(path, "we", stdout));
    sm_settings_print(settings, markdown);
    fflush(stdout);
    assert_true(dup2(saved, STDOUT_FILENO) >= 0);
    close(saved);
    file = fopen(path, "re");
    assert_non_null(file);
    len = fread(out, 1, size - 1, file);
    out[len] = '\0';
    fclose(file);
}

static void printing_masks_secrets(void **state)
{
    static char text[65536];
    struct sm_settings *settings;
    struct sm_error err = {0};

    (void)state;
    assert_int_equal(load(&settings,
                          "secret.form = hush\ndb.pool = 9\n"
                          "database = host=a password=hush\n"
                          "smtp.url = smtp://u:hush@h\n",
                          &err),
                     SM_OK);
    capture(text, sizeof(text), settings, false);
    assert_null(strstr(text, "hush"));
    assert_non_null(strstr(text, "\nsecret.form = (set)  # "));
    assert_non_null(strstr(text, "\ndb.pool = 9  # "));
    assert_non_null(strstr(text, "\nsecret.link =   # "));
    capture(text, sizeof(text), settings, true);
    assert_null(strstr(text, "hush"));
    assert_non_null(strstr(text, "| `db.wait_ms` | number, ms | `1000` | "
                                 "10 to 60000 | "));
    assert_non_null(strstr(text, "none \\| luhn \\| mod97"));
    sm_settings_free(settings);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_are_sorted_and_sound),
        cmocka_unit_test(defaults_load),
        cmocka_unit_test(file_overrides_defaults),
        cmocka_unit_test(bad_files_are_refused),
        cmocka_unit_test(missing_file_is_refused),
        cmocka_unit_test(secrets_come_from_files),
        cmocka_unit_test(environment_overrides_file),
        cmocka_unit_test(required_keys_are_named),
        cmocka_unit_test(printing_masks_secrets),
    };
    int failed;

    close(mkstemp(path));
    close(mkstemp(secret_path));
    failed = cmocka_run_group_tests(tests, NULL, NULL);
    unlink(path);
    unlink(secret_path);
    return failed;
}
