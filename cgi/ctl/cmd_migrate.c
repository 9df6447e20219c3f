/* smetka migrate: bring the database to this program's version. */
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/clock.h"
#include "crypto/crypto.h"
#include "ctl/ctl.h"
#include "db/schema_files.h"
#include "sql/ctl_migrate.h"

enum {
    STEP_MS = 3600 * 1000, /* one migration at most */
    LOCK_WAIT_MS = 10000,
    APPLIED_MAX = 4096
};

struct run {
    struct ctl *ctl;
    struct sm_db *db;
    struct sm_arena *arena;
    struct sm_rows *applied; /* NULL: nothing was applied yet */
    bool dry_run;
    int migrations; /* applied, or to be applied */
    struct sm_buf json;
};

static bool is_below(const struct sm_schema_file *file, const char *folder)
{
    return strncmp(file->name, folder, strlen(folder)) == 0;
}

static const char *base_name(const struct sm_schema_file *file)
{
    const char *slash = strrchr(file->name, '/');

    return slash ? slash + 1 : file->name;
}

/* Take the lock of migrations, waiting a little for another one to end. */
static enum sm_status take_lock(struct run *run)
{
    int64_t until = sm_clock_mono_ms() + LOCK_WAIT_MS;
    struct timespec pause = {.tv_nsec = 100 * 1000 * 1000};
    struct sm_rows *rows;

    for (;;) {
        enum sm_status status = sm_db_query(&rows, run->db, run->arena,
                                            &sm_sql_ctl_migrate_lock, NULL,
                                            &run->ctl->err);

        if (status != SM_OK)
            return status;
        if (sm_row_bool(rows, 0, CTL_MIGRATE_LOCK__LOCKED))
            return SM_OK;
        if (sm_clock_mono_ms() > until)
            return SM_FAIL(&run->ctl->err, SM_BUSY,
                           "another migration is running");
        nanosleep(&pause, NULL);
    }
}

/* Roles are the cluster's: only a superuser's connection makes them. */
static enum sm_status apply_roles(struct run *run)
{
    for (size_t i = 0; i < sm_schema_file_count; i++)
        if (strcmp(sm_schema_files[i].name, "roles.sql") == 0)
            return sm_db_script(run->db, sm_schema_files[i].text, STEP_MS,
                                &run->ctl->err);
    return SM_OK;
}

static enum sm_status open_session(struct run *run)
{
    struct sm_error *err = &run->ctl->err;
    struct sm_arg lock_ms = sm_arg_text("5000");
    struct sm_rows *rows;
    enum sm_status status;

    status = sm_db_query(&rows, run->db, run->arena,
                         &sm_sql_ctl_migrate_session, &lock_ms, err);
    if (status != SM_OK)
        return status;
    if (sm_row_int(rows, 0, CTL_MIGRATE_SESSION__SERVER_VERSION) < 150000)
        return SM_FAIL(err, SM_INVALID, "PostgreSQL 15 or newer is needed");
    status = take_lock(run);
    if (status == SM_OK && !run->dry_run &&
        sm_row_bool(rows, 0, CTL_MIGRATE_SESSION__SUPERUSER))
        status = apply_roles(run);
    return status;
}

static enum sm_status load_applied(struct run *run)
{
    struct sm_error *err = &run->ctl->err;
    struct sm_rows *rows;
    enum sm_status status;

    status = sm_db_query(&rows, run->db, run->arena, &sm_sql_ctl_migrate_exists,
                         NULL, err);
    if (status == SM_OK && sm_row_bool(rows, 0, CTL_MIGRATE_EXISTS__MADE))
        status = sm_db_query(&run->applied, run->db, run->arena,
                             &sm_sql_ctl_migrate_applied, NULL, err);
    return status;
}

/* SM_OK: it was applied as it stands.  SM_NOT_FOUND: it was not. */
static enum sm_status was_applied(struct run *run,
                                  const struct sm_schema_file *file,
                                  const uint8_t hash[SM_HASH_BYTES])
{
    const char *name = base_name(file);
    int count = run->applied ? sm_rows_count(run->applied) : 0;

    for (int i = 0; i < count; i++) {
        if (strcmp(sm_row_text(run->applied, i, CTL_MIGRATE_APPLIED__NAME),
                   name) != 0)
            continue;
        if (sm_same_bytes(
                sm_row_bytes(run->applied, i, CTL_MIGRATE_APPLIED__SHA256),
                hash, SM_HASH_BYTES))
            return SM_OK;
        return SM_FAIL(&run->ctl->err, SM_CONFLICT,
                       "%s was edited after it had been applied", name);
    }
    return SM_NOT_FOUND;
}

/* Run one file as the owner, whatever role the file before it left. */
static enum sm_status run_file(struct run *run,
                               const struct sm_schema_file *file)
{
    struct sm_error *err = &run->ctl->err;
    struct sm_error inner = {0};
    struct sm_rows *rows;
    enum sm_status status;

    status = sm_db_query(&rows, run->db, run->arena,
                         &sm_sql_ctl_migrate_as_owner, NULL, err);
    if (status != SM_OK)
        return status;
    status = sm_db_script(run->db, file->text, STEP_MS, &inner);
    if (status != SM_OK)
        return SM_FAIL(err, status, "%s: %.200s", file->name, inner.message);
    return SM_OK;
}

static void report(struct run *run, const char *name)
{
    if (!run->ctl->json)
        printf("%s %s\n", run->dry_run ? "would apply" : "applied", name);
    sm_buf_addf(&run->json, "%s\"%s\"", run->migrations ? "," : "", name);
    run->migrations++;
}

static enum sm_status apply_migration(struct run *run,
                                      const struct sm_schema_file *file)
{
    uint8_t hash[SM_HASH_BYTES];
    struct sm_rows *rows;
    enum sm_status status;

    sm_sha256(hash, file->text, strlen(file->text));
    status = was_applied(run, file, hash);
    if (status != SM_NOT_FOUND)
        return status;
    if (!run->dry_run) {
        const struct sm_arg args[] = {sm_arg_text(base_name(file)),
                                      sm_arg_bytes(hash, sizeof(hash)),
                                      sm_arg_time(sm_clock_now_us())};

        sm_db_begin(run->db);
        status = run_file(run, file);
        if (status == SM_OK)
            status = sm_db_query(&rows, run->db, run->arena,
                                 &sm_sql_ctl_migrate_note, args,
                                 &run->ctl->err);
        if (status == SM_OK)
            status = sm_db_commit(run->db, &run->ctl->err);
        if (status != SM_OK)
            return status;
    }
    report(run, base_name(file));
    return SM_OK;
}

/* Functions, views and grants: made anew each time, all or nothing. */
static enum sm_status apply_definitions(struct run *run)
{
    static const char *const folders[] = {"functions/", "views/", "grants.sql"};
    enum sm_status status = SM_OK;

    if (run->dry_run)
        return SM_OK;
    sm_db_begin(run->db);
    for (size_t f = 0; f < SM_COUNT(folders); f++)
        for (size_t i = 0; i < sm_schema_file_count && status == SM_OK; i++)
            if (is_below(&sm_schema_files[i], folders[f]))
                status = run_file(run, &sm_schema_files[i]);
    if (status == SM_OK)
        status = sm_db_commit(run->db, &run->ctl->err);
    return status;
}

static enum sm_status migrate(struct run *run)
{
    enum sm_status status = open_session(run);

    if (status == SM_OK)
        status = load_applied(run);
    for (size_t i = 0; i < sm_schema_file_count && status == SM_OK; i++)
        if (is_below(&sm_schema_files[i], "migrations/"))
            status = apply_migration(run, &sm_schema_files[i]);
    if (status == SM_OK)
        status = apply_definitions(run);
    return status;
}

static int finish(struct run *run)
{
    struct sm_buf out;

    if (!run->ctl->json) {
        printf("%d migration%s %s\n", run->migrations,
               run->migrations == 1 ? "" : "s",
               run->dry_run ? "to apply; nothing was written"
                            : "applied; functions, views and grants renewed");
        return CTL_OK;
    }
    sm_buf_init(&out, APPLIED_MAX * 128);
    sm_buf_addf(&out, "{\"ok\":true,\"dry_run\":%s,\"migrations\":[",
                run->dry_run ? "true" : "false");
    sm_buf_adds(&out, run->json.data);
    sm_buf_adds(&out, "]}");
    return ctl_print(&out, CTL_OK);
}

static int run_migrate(struct ctl *ctl)
{
    struct run run = {.ctl = ctl};
    enum sm_status status = SM_INTERNAL;
    int code = ctl_db(&run.db, ctl, 1);

    if (code != CTL_OK)
        return code;
    run.dry_run = ctl_option(ctl, "dry-run") != NULL;
    sm_buf_init(&run.json, APPLIED_MAX * 100);
    run.arena = sm_arena_new((size_t)4 << 20);
    if (run.arena)
        status = migrate(&run);
    code = status == SM_OK ? finish(&run) : ctl_fail(ctl, status, "migrate");
    sm_db_put(run.db);
    sm_arena_free(run.arena);
    sm_buf_release(&run.json);
    return code;
}

static const struct ctl_option options[] = {
    {"dry-run", NULL, "Say what would be applied; write nothing"},
};

const struct ctl_command ctl_command_migrate = {
    .name = "migrate",
    .usage = "",
    .help = "Bring the database to this version.\n"
            "Applies each new migration in its own transaction, then makes "
            "functions,\nviews and grants anew.  Roles are made when the "
            "connection is a superuser's.\nRunning it again changes nothing.  "
            "A migration that was edited after it\nhad been applied is "
            "refused.",
    .any_server = true,
    .options = options,
    .noptions = SM_COUNT(options),
    .run = run_migrate,
};
