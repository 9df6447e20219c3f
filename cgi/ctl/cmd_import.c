/* smetka import: accounts, documents, payments and meters from files. */
#include "domain/import.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "ctl/ctl.h"
#include "ctl/progress.h"
#include "sql/import.h"

enum { PROBLEMS_MAX = 1000, THREADS = 3, POOL = THREADS + 1 };

struct run {
    struct ctl *ctl;
    const char *kind;
    const char *path;
    bool is_dir, is_xml;
    struct sm_import import;
    struct sm_import_map *map;
    struct sm_import_counts counts;
    struct progress progress;
    struct sm_buf problems; /* JSON */
    int reported;
    char **paths;
    size_t npaths;
};

static void on_problem(void *ctx, const char *file, const char *place,
                       const char *reason)
{
    struct run *run = ctx;
    struct sm_buf *json = &run->problems;

    if (run->reported++ >= PROBLEMS_MAX)
        return;
    progress_hide(&run->progress);
    fprintf(stderr, "%s: %s: %s\n", file, place, reason);
    sm_buf_adds(json, run->reported > 1 ? ",{\"file\":\"" : "{\"file\":\"");
    sm_buf_add_json(json, file, strlen(file));
    sm_buf_adds(json, "\",\"place\":\"");
    sm_buf_add_json(json, place, strlen(place));
    sm_buf_adds(json, "\",\"reason\":\"");
    sm_buf_add_json(json, reason, strlen(reason));
    sm_buf_adds(json, "\"}");
}

static void on_progress(void *ctx, int64_t done, int64_t position)
{
    struct run *run = ctx;

    progress_update(&run->progress, done, position);
}

static int ends_in_xml(const struct dirent *entry)
{
    size_t len = strlen(entry->d_name);

    return len > 4 && strcmp(entry->d_name + len - 4, ".xml") == 0;
}

static int by_name(const struct dirent **a, const struct dirent **b)
{
    return strcmp((*a)->d_name, (*b)->d_name);
}

static char *join(const char *dir, const char *name)
{
    size_t size = strlen(dir) + strlen(name) + 2;
    char *path = malloc(size);

    if (path)
        snprintf(path, size, "%s/%s", dir, name);
    return path;
}

/* The documents to read: one file, or the *.xml of a folder by name. */
static enum sm_status list_files(struct run *run)
{
    struct dirent **entries = NULL;
    int count = run->is_dir ? scandir(run->path, &entries, ends_in_xml, by_name)
                            : 1;
    bool ok = count >= 0;

    run->paths = ok ? calloc((size_t)count + 1, sizeof(*run->paths)) : NULL;
    for (int i = 0; run->paths && i < count; i++) {
        run->paths[i] = run->is_dir ? join(run->path, entries[i]->d_name)
                                    : strdup(run->path);
        ok = ok && run->paths[i];
        run->npaths++;
    }
    for (int i = 0; entries && i < count; i++)
        free(entries[i]);
    free(entries);
    if (ok && run->paths)
        return SM_OK;
    return SM_FAIL(&run->ctl->err, SM_UNAVAILABLE,
                   "the folder cannot be listed");
}

static void release(struct run *run)
{
    for (size_t i = 0; i < run->npaths; i++)
        free(run->paths[i]);
    free(run->paths);
    sm_import_map_free(run->map);
    sm_buf_release(&run->problems);
}

/* Look at the path: what it is, and how large for the progress display. */
static int look(struct run *run)
{
    struct stat st;
    size_t len = strlen(run->path);
    int64_t total;

    if (stat(run->path, &st) != 0) {
        run->ctl->err.message[0] = '\0';
        return ctl_fail(run->ctl, SM_NOT_FOUND, run->path);
    }
    run->is_dir = S_ISDIR(st.st_mode);
    run->is_xml = run->is_dir ||
                  (len > 4 && strcmp(run->path + len - 4, ".xml") == 0);
    if (run->is_xml && strcmp(run->kind, "invoices") != 0)
        return ctl_usage(run->ctl, "%s come as CSV", run->kind);
    if (run->is_xml) {
        enum sm_status status = list_files(run);

        if (status != SM_OK)
            return ctl_fail(run->ctl, status, run->path);
    }
    total = run->is_xml ? (int64_t)run->npaths : st.st_size;
    progress_begin(&run->progress, run->is_xml ? "documents" : "records",
                   total);
    return CTL_OK;
}

static enum sm_status open_import(struct run *run)
{
    struct ctl *ctl = run->ctl;
    struct sm_import *import = &run->import;
    const char *map = ctl_option(ctl, "map");
    const char *account = ctl_option(ctl, "account");
    char normal[SM_CODE_TEXT];
    enum sm_status status;

    *import = (struct sm_import){
        .settings = ctl->settings,
        .now_us = sm_clock_now_us(),
        .dry_run = ctl_option(ctl, "dry-run") != NULL,
        .keep_good = ctl_option(ctl, "keep-good") != NULL,
        .any_seller = ctl_option(ctl, "any-seller") != NULL,
        .ctx = run,
        .problem = on_problem,
        .progress = on_progress,
    };
    status =
        sm_import_open(import, strcmp(run->kind, "accounts") == 0, &ctl->err);
    if (status == SM_OK && account) {
        import->has_account = true;
        status =
            sm_import_code_hash(import->account_hash, normal, import, account);
        if (status != SM_OK)
            return SM_FAIL(&ctl->err, status,
                           "--account is not a payment code");
    }
    if (status == SM_OK && map)
        status = sm_import_map_load(&run->map, import, map, &ctl->err);
    import->map = run->map;
    return status;
}

/* Note how fresh the data are, where something was taken in. */
static enum sm_status note_feed(struct run *run, struct sm_db *db)
{
    const struct sm_arg args[] = {sm_arg_text(run->kind),
                                  sm_arg_time(run->import.now_us)};
    struct sm_arena *arena;
    struct sm_rows *rows;
    enum sm_status status;

    if (!run->counts.kept || run->counts.added + run->counts.changed == 0)
        return SM_OK;
    arena = sm_arena_new((size_t)1 << 16);
    if (!arena)
        return SM_INTERNAL;
    sm_db_begin(db);
    status = sm_db_query(&rows, db, arena, &sm_sql_import_feed, args,
                         &run->ctl->err);
    if (status == SM_OK)
        status = sm_db_commit(db, &run->ctl->err);
    sm_arena_free(arena);
    return status;
}

/* What comes as CSV; the names are the words of the command. */
static const struct kind {
    const char *name;
    bool bills; /* what a bill page says of how fresh it is depends on it */
    enum sm_status (*take)(struct sm_import_counts *counts,
                           const struct sm_import *import, struct sm_db *db,
                           const char *path, struct sm_error *err);
} kinds[] = {
    {"sellers", false, sm_import_sellers},
    {"accounts", true, sm_import_accounts},
    {"invoices", true, sm_import_invoices},
    {"payments", true, sm_import_payments},
    {"routes", false, sm_import_routes},
    {"meters", false, sm_import_meters},
};

static const struct kind *find_kind(const char *name)
{
    for (size_t i = 0; i < SM_COUNT(kinds); i++)
        if (strcmp(kinds[i].name, name) == 0)
            return &kinds[i];
    return NULL;
}

static enum sm_status take_in(struct run *run, struct sm_db *db)
{
    struct sm_error *err = &run->ctl->err;
    enum sm_status status;

    if (run->is_xml)
        status = sm_import_einvoices(&run->counts, &run->import, run->ctl->pool,
                                     (const char *const *)run->paths,
                                     run->npaths, THREADS, err);
    else
        status = find_kind(run->kind)->take(&run->counts, &run->import, db,
                                            run->path, err);
    if (status == SM_OK && find_kind(run->kind)->bills)
        status = note_feed(run, db);
    return status;
}

static int finish_json(struct run *run, int code)
{
    const struct sm_import_counts *c = &run->counts;
    struct sm_buf out;

    sm_buf_init(&out, (size_t)4 << 20);
    sm_buf_addf(&out, "{\"ok\":%s,\"kind\":\"%s\",\"read\":%lld,",
                code == CTL_OK ? "true" : "false", run->kind,
                (long long)c->read);
    sm_buf_addf(&out,
                "\"added\":%lld,\"changed\":%lld,\"same\":%lld,"
                "\"refused\":%lld,\"kept\":%s,\"problems\":[",
                (long long)c->added, (long long)c->changed, (long long)c->same,
                (long long)c->refused, c->kept ? "true" : "false");
    sm_buf_adds(&out, run->problems.data);
    sm_buf_adds(&out, "]}");
    return ctl_print(&out, code);
}

static int finish(struct run *run)
{
    const struct sm_import_counts *c = &run->counts;
    int code = c->refused > 0 ? CTL_REFUSED : CTL_OK;

    progress_end(&run->progress, c->read);
    if (run->reported > PROBLEMS_MAX)
        fprintf(stderr, "... and %d more\n", run->reported - PROBLEMS_MAX);
    if (run->ctl->json)
        return finish_json(run, code);
    printf("%s: %lld read, %lld added, %lld changed, %lld unchanged, "
           "%lld refused%s\n",
           run->kind, (long long)c->read, (long long)c->added,
           (long long)c->changed, (long long)c->same, (long long)c->refused,
           c->kept               ? ""
           : run->import.dry_run ? " (dry run: nothing was written)"
                                 : "; nothing was kept");
    return code;
}

static int run_import(struct ctl *ctl)
{
    struct run run = {.ctl = ctl, .kind = ctl->args[0], .path = ctl->args[1]};
    struct sm_db *db = NULL;
    enum sm_status status;
    int code;

    sm_buf_init(&run.problems, (size_t)2 << 20);
    if (!find_kind(run.kind))
        return ctl_usage(ctl, "import what? sellers, accounts, invoices, "
                              "payments, routes or meters");
    code = ctl_settings(ctl);
    if (code == CTL_OK)
        code = look(&run);
    if (code != CTL_OK)
        goto out;
    status = open_import(&run);
    if (status != SM_OK) {
        code = ctl_fail(ctl, status, "import");
        goto out;
    }
    code = ctl_db(&db, ctl, POOL);
    if (code != CTL_OK)
        goto out;
    status = take_in(&run, db);
    progress_hide(&run.progress);
    code = status == SM_OK ? finish(&run) : ctl_fail(ctl, status, run.path);
out:
    sm_db_put(db);
    release(&run);
    return code;
}

static const struct ctl_option options[] = {
    {"dry-run", NULL, "Check everything, write nothing"},
    {"keep-good", NULL, "Keep the good records of a file with bad ones"},
    {"map", "FILE", "CSV of buyer and payment_code, for invoices"},
    {"account", "CODE", "Payment code of invoices that name no account"},
    {"any-seller", NULL, "Take sellers that company.sellers does not name"},
};

const struct ctl_command ctl_command_import = {
    .name = "import",
    .usage = "sellers FILE.csv | accounts FILE.csv | "
             "invoices FILE.csv|FILE.xml|DIR | payments FILE.csv | "
             "routes FILE.csv | meters FILE.csv",
    .help = "Take in sellers, accounts, invoices, payments, routes or "
            "meters.\n"
            "The same file twice changes nothing.  One bad record keeps all "
            "of its file out,\nunless --keep-good is given; the report names "
            "line or XPath and reason.\nEach XML file of a folder is a file "
            "of its own.  docs/import.md is the format.",
    .options = options,
    .noptions = SM_COUNT(options),
    .min_args = 2,
    .max_args = 2,
    .run = run_import,
};
