/* The whole life of a FastCGI program. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/metrics.h"
#include "base/text.h"
#include "web/app.h"
#include "web/dispatch.h"
#include "web/options.h"
#include "web/socket.h"
#include "web/worker.h"

enum {
    EXIT_REFUSED = 1,
    EXIT_USAGE = 2,
    ORIGINS_MAX = 8,
    PATH_BYTES = 4096,
    BUSY_MAX = 60000
};

/* Everything a run holds; released in one place. */
struct run {
    const struct sm_program *program;
    struct sm_web_options options;
    struct sm_settings *settings;
    struct sm_web web;
    char origin_texts[ORIGINS_MAX][256];
    const char *origins[ORIGINS_MAX];
    bool viewing, guarding, opened;
};

/* Add the comma-separated origins of the pages of the processor NAME. */
static enum sm_status add_origins(struct run *run, const char *name,
                                  struct sm_error *err)
{
    struct sm_app *app = &run->web.app;
    const char *list, *at;
    char key[64];
    size_t len;

    (void)snprintf(key, sizeof(key), "%s.form_origins", name);
    if (!sm_settings_known(key))
        return SM_FAIL(err, SM_INVALID, "no processor is named %s", name);
    list = sm_settings_str(run->settings, key);
    while (sm_list_next(&list, &at, &len)) {
        if (app->nform_origins == ORIGINS_MAX)
            return SM_FAIL(err, SM_INVALID, "%s: more than %d in all", key,
                           ORIGINS_MAX);
        if (len >= sizeof(run->origin_texts[0]))
            return SM_FAIL(err, SM_INVALID, "%s: a long origin", key);
        memcpy(run->origin_texts[app->nform_origins], at, len);
        run->origins[app->nform_origins] =
            run->origin_texts[app->nform_origins];
        app->nform_origins++;
    }
    return SM_OK;
}

/* The origins of the processor in use, and of those of earlier payments. */
static enum sm_status read_origins(struct run *run, struct sm_error *err)
{
    const char *list = sm_settings_str(run->settings, "processor.previous");
    enum sm_status st;
    const char *at;
    char name[32];
    size_t len;

    run->web.app.form_origins = run->origins;
    st = add_origins(run, sm_settings_str(run->settings, "processor"), err);
    while (st == SM_OK && sm_list_next(&list, &at, &len)) {
        (void)snprintf(name, sizeof(name), "%.*s", (int)len, at);
        st = add_origins(run, name, err);
    }
    return st;
}

/* Every template that a page names must be there, in every language: a
 * missing one would show only when somebody opens the page. */
static enum sm_status check_templates(const struct run *run,
                                      const char *share_dir,
                                      struct sm_error *err)
{
    char path[PATH_BYTES];

    for (size_t i = 0; i < run->web.routes.count; i++) {
        const struct sm_page *page = run->web.routes.routes[i].page;

        for (int lang = 0; page->tpl && lang < SM_LANG__COUNT; lang++) {
            snprintf(path, sizeof(path), "%s/templates/%s/%s/%s", share_dir,
                     run->program->name, sm_lang_code((enum sm_lang)lang),
                     page->tpl);
            if (access(path, R_OK) != 0)
                return SM_FAIL(err, SM_INVALID, "page %s: no template %s",
                               run->web.routes.routes[i].stem, path);
        }
    }
    return SM_OK;
}

static enum sm_status open_views(struct run *run, struct sm_error *err)
{
    const char *share_dir = sm_settings_str(run->settings, "share_dir");
    enum sm_status st = check_templates(run, share_dir, err);

    if (st != SM_OK || sm_keys_count == 0)
        return st;
    run->viewing = true;
    st = sm_view_open(share_dir, run->program->name, sm_keys, sm_keys_count,
                      err);
    if (st == SM_OK)
        st = sm_view_keys_open(&run->web.keys, &run->web.routes, sm_keys,
                               sm_keys_count, err);
    return st;
}

static enum sm_status open_pool(struct run *run, struct sm_error *err)
{
    struct sm_db_options options = sm_db_options_read(
        run->settings, run->program->db_role, run->program->name);

    if (!run->program->db_role)
        return SM_OK;
    options.require_durable = options.require_durable && run->program->money;
    return sm_db_pool_new(&run->web.app.pool, &options, err);
}

static enum sm_status load(struct run *run, struct sm_error *err)
{
    enum sm_status st =
        sm_settings_load(&run->settings, run->options.config, err);

    if (st != SM_OK)
        return st;
    sm_log_open(run->program->name,
                sm_log_level_of(sm_settings_str(run->settings, "log.level")));
    sm_clock_set_offset(sm_settings_int(run->settings, "clock.offset_s"));
    setenv("TZ", sm_settings_str(run->settings, "company.time_zone"), 1);
    tzset();
    return SM_OK;
}

/* Open all that serving needs, in an order that finds mistakes early. */
static enum sm_status open_run(struct run *run, struct sm_error *err)
{
    struct sm_web *web = &run->web;
    const struct sm_program *program = run->program;
    enum sm_status st;

    web->app.program = program->name;
    web->app.settings = run->settings;
    web->app.guard = program->guard;
    web->app.instance = run->options.instance;
    web->app.layout = program->layout;
    web->public_origin = sm_settings_str(run->settings, "public_origin");
    st = sm_settings_require(run->settings, program->required,
                             program->nrequired, err);
    if (st == SM_OK)
        st = sm_lang_parse(
            &web->default_lang,
            sm_settings_str(run->settings, "company.default_language"));
    if (st == SM_OK)
        st = read_origins(run, err);
    if (st == SM_OK)
        st = open_views(run, err);
    if (st == SM_OK)
        st = open_pool(run, err);
    if (st == SM_OK && program->guard && program->guard->open) {
        st = program->guard->open(&web->app, err);
        run->guarding = st == SM_OK;
    }
    if (st == SM_OK && program->open) {
        st = program->open(&web->app, err);
        run->opened = st == SM_OK;
    }
    return st;
}

static void close_run(struct run *run)
{
    const struct sm_guard *guard = run->program->guard;

    if (run->opened && run->program->close)
        run->program->close(&run->web.app);
    if (run->guarding && guard->close)
        guard->close(&run->web.app);
    sm_db_pool_free(run->web.app.pool);
    sm_view_keys_close(&run->web.keys, &run->web.routes);
    if (run->viewing)
        sm_view_close();
    sm_routes_free(&run->web.routes);
    sm_settings_free(run->settings);
}

/* The descriptor to tell that we are ready, from the master; -1: none. */
static int ready_fd(void)
{
    const char *text = getenv("SMETKA_READY_FD");
    int64_t fd;

    if (!text || sm_parse_i64(&fd, text, 0, 65535) != SM_OK)
        return -1;
    fcntl((int)fd, F_SETFD, FD_CLOEXEC);
    return (int)fd;
}

/* What a visitor reads when more is asked than can be served: for an address
 * with a language the page in that one, for others a sentence in each. */
struct busy {
    char plain[1024];
    char marks[SM_LANG__COUNT][24];
    struct sm_buf pages[SM_LANG__COUNT];
    char problem[512];
    struct sm_worker_busy all[2 + SM_LANG__COUNT];
};

/* WEB is NULL for a program without pages. */
static enum sm_status make_busy(struct busy *busy, const struct sm_web *web,
                                struct sm_error *err)
{
    static const char sentence[] =
        SM_N_("We are very busy. Please try again in a few seconds.");
    enum sm_status st = SM_OK;
    int len = snprintf(busy->plain, sizeof(busy->plain), "%s\n%s\n%s\n",
                       sm_tr(SM_LANG_RO, sentence), sm_tr(SM_LANG_BG, sentence),
                       sm_tr(SM_LANG_EN, sentence));

    busy->all[0] = (struct sm_worker_busy){.type = "text/plain; charset=utf-8",
                                           .body = busy->plain,
                                           .len = (size_t)len};
    len =
        snprintf(busy->problem, sizeof(busy->problem),
                 "{\"type\":\"about:blank\",\"status\":503,\"title\":\"%s\"}\n",
                 sm_tr(SM_LANG_EN, sentence));
    busy->all[1] = (struct sm_worker_busy){.mark = "DOCUMENT_URI/api/",
                                           .type = "application/problem+json",
                                           .body = busy->problem,
                                           .len = (size_t)len};
    for (int i = 0; web && i < SM_LANG__COUNT && st == SM_OK; i++) {
        snprintf(busy->marks[i], sizeof(busy->marks[i]), "DOCUMENT_URI/%s/",
                 sm_lang_code((enum sm_lang)i));
        sm_buf_init(&busy->pages[i], BUSY_MAX);
        st = sm_web_error_page(&busy->pages[i], web, (enum sm_lang)i, 503, err);
        busy->all[2 + i] = (struct sm_worker_busy){
            .mark = busy->marks[i],
            .type = "text/html; charset=utf-8",
            .body = busy->pages[i].data,
            .len = busy->pages[i].len,
        };
    }
    return st;
}

static void free_busy(struct busy *busy)
{
    for (int i = 0; i < SM_LANG__COUNT; i++)
        sm_buf_release(&busy->pages[i]);
}

static enum sm_status serve(struct run *run, struct sm_error *err)
{
    const struct sm_settings *settings = run->settings;
    const char *name = run->options.instance ? run->options.instance
                                             : run->program->name;
    bool has_pages = run->viewing && run->web.keys.error_title >= 0;
    struct busy busy = {.plain = ""};
    struct sm_worker_options options = {
        .listen_fd = run->options.listen_fd,
        .ready_fd = ready_fd(),
        .threads = (int)sm_settings_int(settings, "worker.threads"),
        .queue = (int)sm_settings_int(settings, "worker.queue"),
        .queue_ms = (int)sm_settings_int(settings, "worker.queue_ms"),
        .overload_ms = (int)sm_settings_int(settings, "worker.overload_ms"),
        .connections = (int)sm_settings_int(settings, "worker.connections"),
        .io_ms = (int)sm_settings_int(settings, "worker.io_ms"),
        .request_ms = (int)sm_settings_int(settings, "worker.request_ms"),
        .drain_ms = (int)sm_settings_int(settings, "worker.drain_ms"),
        .max_requests = sm_settings_int(settings, "worker.max_requests"),
        .busy = busy.all,
        .nbusy = has_pages ? (int)SM_COUNT(busy.all) : 2,
        .ctx = &run->web,
        .thread_open = sm_web_thread_open,
        .thread_close = sm_web_thread_close,
        .handle = sm_web_handle,
    };
    enum sm_status st;

    if (options.listen_fd < 0)
        st = sm_socket_listen(&options.listen_fd,
                              sm_settings_str(settings, "run_dir"), name, err);
    else
        st = sm_socket_inherit(options.listen_fd, err);
    if (st == SM_OK)
        st = sm_rights_drop(err);
    /* Without a master the figures stay in this process: no failure. */
    if (st == SM_OK)
        (void)sm_metrics_open(run->program->name, NULL);
    if (st == SM_OK)
        st = make_busy(&busy, has_pages ? &run->web : NULL, err);
    if (st == SM_OK)
        st = sm_worker_run(&options, err);
    free_busy(&busy);
    if (run->options.listen_fd < 0 && options.listen_fd >= 0)
        close(options.listen_fd);
    return st;
}

static enum sm_status write_file(const char *path, const struct sm_buf *text,
                                 struct sm_error *err)
{
    FILE *file = fopen(path, "we");
    bool ok;

    if (!file)
        return SM_FAIL(err, SM_INTERNAL, "%s: %s", path, strerror(errno));
    ok = fwrite(text->data, 1, text->len, file) == text->len;
    ok = fclose(file) == 0 && ok;
    return ok ? SM_OK : SM_FAIL(err, SM_INTERNAL, "%s: not written", path);
}

/* Write DIR/<lang>/<code>: what nginx shows when it must answer itself. */
static enum sm_status write_error_pages(const struct run *run,
                                        struct sm_error *err)
{
    static const int codes[] = {400, 403, 404, 405, 413, 429, 500, 503};
    const char *dir = run->options.error_pages;
    enum sm_status st = SM_OK;
    char path[PATH_BYTES];
    struct sm_buf page;

    sm_buf_init(&page, 1 << 20);
    mkdir(dir, 0755);
    for (int lang = 0; lang < SM_LANG__COUNT && st == SM_OK; lang++) {
        const char *code = sm_lang_code((enum sm_lang)lang);

        snprintf(path, sizeof(path), "%s/%s", dir, code);
        mkdir(path, 0755);
        for (size_t i = 0; i < SM_COUNT(codes) && st == SM_OK; i++) {
            sm_buf_clear(&page);
            st = sm_web_error_page(&page, &run->web, (enum sm_lang)lang,
                                   codes[i], err);
            snprintf(path, sizeof(path), "%s/%s/%d", dir, code, codes[i]);
            if (st == SM_OK)
                st = write_file(path, &page, err);
        }
    }
    sm_buf_release(&page);
    return st;
}

static enum sm_status do_run(struct run *run, struct sm_error *err)
{
    const struct sm_web_options *options = &run->options;
    enum sm_status st = sm_routes_build(&run->web.routes, sm_pages,
                                        sm_page_stems, sm_page_count, err);

    if (st != SM_OK)
        return st;
    if (options->routes) {
        if (options->json)
            sm_routes_print_json(&run->web.routes, run->program->name);
        else
            sm_routes_print(&run->web.routes, run->program->name);
        return SM_OK;
    }
    st = load(run, err);
    if (st == SM_OK && options->show_config) {
        sm_settings_print(run->settings, false);
        return SM_OK;
    }
    if (st == SM_OK)
        st = open_run(run, err);
    if (st != SM_OK || options->check)
        return st;
    if (options->error_pages)
        return write_error_pages(run, err);
    return serve(run, err);
}

int sm_web_main(const struct sm_program *program, int argc, char **argv)
{
    struct run run = {.program = program};
    struct sm_error err = {0};
    enum sm_status st;

    sm_log_open(program->name, SM_LOG_INFO);
    if (!sm_web_options_read(&run.options, argc, argv)) {
        sm_web_options_usage(program->name);
        return EXIT_USAGE;
    }
    sm_worker_block_signals();
    st = do_run(&run, &err);
    if (st != SM_OK)
        sm_log_error("stopped", st, &err);
    close_run(&run);
    return st == SM_OK ? EXIT_SUCCESS : EXIT_REFUSED;
}
