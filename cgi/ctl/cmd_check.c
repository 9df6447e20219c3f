/* smetka check: is this installation fit to serve? */
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "base/clock.h"
#include "crypto/crypto.h"
#include "ctl/ctl.h"
#include "db/fence.h"
#include "db/schema_files.h"
#include "domain/paylink.h"
#include "sql/ctl_migrate.h"

struct run {
    struct ctl *ctl;
    struct sm_buf json;
    int failed;
    int count;
};

static void say(struct run *run, bool good, const char *what,
                const char *detail)
{
    struct sm_buf *json = &run->json;

    if (!run->ctl->json)
        printf("%s %s%s%s\n", good ? "ok  " : "FAIL", what, *detail ? ": " : "",
               detail);
    sm_buf_addf(json, "%s{\"check\":\"", run->count++ ? "," : "");
    sm_buf_add_json(json, what, strlen(what));
    sm_buf_addf(json, "\",\"ok\":%s,\"detail\":\"", good ? "true" : "false");
    sm_buf_add_json(json, detail, strlen(detail));
    sm_buf_adds(json, "\"}");
    run->failed += !good;
}

static void check_keys(struct run *run)
{
    static const char *const keys[] = {"secret.lookup", "secret.seal"};
    struct sm_paylink_keys links;
    struct sm_key_bytes key;

    for (size_t i = 0; i < SM_COUNT(keys); i++) {
        bool good = sm_key_parse(&key, sm_settings_str(run->ctl->settings,
                                                       keys[i])) == SM_OK;

        say(run, good, keys[i], good ? "" : "is not 64 hex digits");
    }
    if (sm_paylink_keys_parse(&links, sm_settings_str(run->ctl->settings,
                                                      "paylink.keys")) == SM_OK)
        say(run, true, "paylink.keys", "");
    else
        say(run, false, "paylink.keys", "is not id:hex, id:hex");
}

static void check_folder(struct run *run, const char *setting)
{
    const char *path = sm_settings_str(run->ctl->settings, setting);
    struct stat st;
    bool good = stat(path, &st) == 0 && S_ISDIR(st.st_mode);

    say(run, good, setting, good ? path : "is not a folder");
}

static void check_setting(struct run *run, const struct sm_rows *rows,
                          int column, const char *name)
{
    const char *value = sm_row_text(rows, 0, column);
    bool good = strcmp(value, "off") != 0 && strcmp(value, "local") != 0;
    char detail[128];

    snprintf(detail, sizeof(detail), "%s%s", value,
             good ? "" : ": committed money could be lost");
    say(run, good, name, detail);
}

static void check_server(struct run *run, const struct sm_rows *rows)
{
    int64_t apart = sm_row_time(rows, 0, CTL_CHECK_SERVER__SERVER_NOW) -
                    sm_clock_real_us();
    bool writable = !sm_row_bool(rows, 0, CTL_CHECK_SERVER__RECOVERING);
    bool near = apart > -2000000 && apart < 2000000;

    check_setting(run, rows, CTL_CHECK_SERVER__FSYNC, "fsync");
    check_setting(run, rows, CTL_CHECK_SERVER__FULL_PAGE_WRITES,
                  "full_page_writes");
    check_setting(run, rows, CTL_CHECK_SERVER__SYNCHRONOUS_COMMIT,
                  "synchronous_commit");
    check_setting(run, rows, CTL_CHECK_SERVER__DATA_CHECKSUMS,
                  "data_checksums");
    say(run, writable, "primary", writable ? "" : "the server is a standby");
    say(run, near, "clock",
        near ? "" : "differs from the database's by more than 2 s");
}

/* The fence: which database is known as the newest, and where. */
static void check_fence(struct run *run)
{
    const char *path = sm_settings_str(run->ctl->settings, "db.timeline_file");
    struct sm_fence *fence = NULL;
    struct sm_error err = {.message = ""};
    const char *detail = err.message;
    char known[320];

    if (path[0] == '\0') {
        say(run, false, "timeline",
            "db.timeline_file is empty: after a restart an old primary would "
            "be believed");
        return;
    }
    if (sm_fence_open(&fence, path, &err) == SM_OK) {
        snprintf(known, sizeof(known), "%u, in %.200s",
                 sm_fence_timeline(fence), path);
        detail = known;
    }
    say(run, fence != NULL, "timeline", detail);
    sm_fence_close(fence);
}

static bool is_applied(const struct sm_rows *rows,
                       const struct sm_schema_file *file, const char *name)
{
    uint8_t hash[SM_HASH_BYTES];

    sm_sha256(hash, file->text, strlen(file->text));
    for (int r = 0; r < sm_rows_count(rows); r++)
        if (strcmp(sm_row_text(rows, r, CTL_MIGRATE_APPLIED__NAME), name) == 0)
            return sm_same_bytes(
                sm_row_bytes(rows, r, CTL_MIGRATE_APPLIED__SHA256), hash,
                SM_HASH_BYTES);
    return false;
}

/* Is every migration of this program applied, and none edited? */
static void check_schema(struct run *run, const struct sm_rows *rows)
{
    static const char folder[] = "migrations/";
    const size_t len = sizeof(folder) - 1;
    int missing = 0;

    for (size_t i = 0; i < sm_schema_file_count; i++) {
        const struct sm_schema_file *file = &sm_schema_files[i];

        if (strncmp(file->name, folder, len) == 0 &&
            !is_applied(rows, file, file->name + len))
            missing++;
    }
    say(run, missing == 0, "schema",
        missing == 0 ? "" : "run `smetka migrate` first");
}

static void check_database(struct run *run)
{
    struct ctl *ctl = run->ctl;
    struct sm_db *db = NULL;
    struct sm_rows *rows;
    struct sm_arena *arena = sm_arena_new((size_t)4 << 20);
    bool quiet = ctl->json;
    enum sm_status status = SM_UNAVAILABLE;

    ctl->json = false; /* the failure goes into this report */
    if (arena && ctl_db(&db, ctl, 1) == CTL_OK)
        status = sm_db_query(&rows, db, arena, &sm_sql_ctl_check_server, NULL,
                             &ctl->err);
    ctl->json = quiet;
    say(run, status == SM_OK, "database",
        status == SM_OK ? "" : ctl->err.message);
    if (status == SM_OK)
        check_server(run, rows);
    if (status == SM_OK &&
        sm_db_query(&rows, db, arena, &sm_sql_ctl_migrate_applied, NULL,
                    &ctl->err) == SM_OK)
        check_schema(run, rows);
    else
        say(run, false, "schema", "ops.migration cannot be read");
    sm_db_put(db);
    sm_arena_free(arena);
}

static int run_check(struct ctl *ctl)
{
    struct run run = {.ctl = ctl};
    struct sm_buf out;
    int code = ctl_settings(ctl);

    if (code != CTL_OK)
        return code;
    sm_buf_init(&run.json, 65536);
    say(&run, true, "settings", ctl->config ? ctl->config : "");
    check_keys(&run);
    check_folder(&run, "share_dir");
    check_database(&run);
    check_fence(&run);
    code = run.failed ? CTL_REFUSED : CTL_OK;
    if (ctl->json) {
        sm_buf_init(&out, 70000);
        sm_buf_addf(&out, "{\"ok\":%s,\"checks\":[",
                    run.failed ? "false" : "true");
        sm_buf_adds(&out, run.json.data);
        sm_buf_adds(&out, "]}");
        code = ctl_print(&out, code);
    }
    sm_buf_release(&run.json);
    return code;
}

const struct ctl_command ctl_command_check = {
    .name = "check",
    .usage = "",
    .help = "Check settings, keys, folders, database and clock.\n"
            "The database must be reachable, the newest primary, at this "
            "version, and set\nso that nothing committed is lost.",
    .any_server = true,
    .run = run_check,
};
