/* master --config DIR|FILE [--show-config] [--check]
 *
 * DIR holds master.conf and NAME.conf for each service (portal, pay, notify,
 * jobs, sandbox).  A service without a file of its own gets the master's;
 * given as FILE, that is the master's and its folder is DIR. */
#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <libgen.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/log.h"
#include "base/text.h"
#include "master/master.h"

/* Time beyond a worker's own for its goodbye. */
enum { DRAIN_GRACE_MS = 2000 };

const struct sm_service sm_services[] = {
    {"portal", "portal", "workers.portal", false},
    {"pay", "pay", "workers.pay", true},
    {"notify", "pay", "workers.notify", true},
    {"jobs", "jobs", "workers.jobs", false},
    {"sandbox", "sandbox", "workers.sandbox", false},
};
const int sm_service_count = SM_COUNT(sm_services);

struct options {
    char file[PATH_MAX];
    char dir[PATH_MAX];
    bool show, check;
};

static bool find_config(struct options *options, const char *path)
{
    char work[PATH_MAX];
    struct stat st;

    if (stat(path, &st) != 0 || !sm_copy(work, sizeof(work), path))
        return false;
    if (!S_ISDIR(st.st_mode))
        return sm_copy(options->file, sizeof(options->file), path) &&
               sm_copy(options->dir, sizeof(options->dir), dirname(work));
    return sm_copy(options->dir, sizeof(options->dir), path) &&
           snprintf(options->file, sizeof(options->file), "%s/master.conf",
                    path) < (int)sizeof(options->file);
}

static bool read_options(struct options *options, int argc, char **argv)
{
    static const struct option known[] = {
        {"config", required_argument, NULL, 'c'},
        {"show-config", no_argument, NULL, 's'},
        {"check", no_argument, NULL, 'k'},
        {NULL, 0, NULL, 0},
    };
    bool found = false;
    int c;

    while ((c = getopt_long(argc, argv, "", known, NULL)) != -1) {
        if (c == 'c')
            found = find_config(options, optarg);
        else if (c == 's')
            options->show = true;
        else if (c == 'k')
            options->check = true;
        else
            return false;
    }
    if (!found)
        fprintf(stderr, "master: --config names no folder or file\n");
    return found && optind == argc;
}

/* The folder of this very program; workers are started from there. */
static bool find_bin_dir(char *out, size_t size)
{
    ssize_t len = readlink("/proc/self/exe", out, size - 1);
    char *slash;

    if (len <= 0)
        return false;
    out[len] = '\0';
    slash = strrchr(out, '/');
    if (!slash)
        return false;
    *slash = '\0';
    return true;
}

static enum sm_status add_seats(struct sm_master *master, int service,
                                int64_t count, struct sm_error *err)
{
    char path[PATH_MAX];

    if (count == 0)
        return SM_OK;
    if (count > SM_SEATS_MAX - master->nseats)
        return SM_FAIL(err, SM_INVALID, "more than %d workers", SM_SEATS_MAX);
    if (snprintf(path, sizeof(path), "%s/%s", master->bin_dir,
                 sm_services[service].program) >= (int)sizeof(path) ||
        access(path, X_OK) != 0)
        return SM_FAIL(err, SM_INVALID, "no program %s", path);
    while (count-- > 0)
        master->seats[master->nseats++].service = service;
    return SM_OK;
}

static enum sm_status configure(struct sm_master *master,
                                const struct sm_settings *settings,
                                struct sm_error *err)
{
    enum sm_status status = SM_OK;

    if (!sm_copy(master->run_dir, sizeof(master->run_dir),
                 sm_settings_str(settings, "run_dir")))
        return SM_FAIL(err, SM_INVALID, "run_dir: path is too long");
    master->run_group = sm_settings_str(settings, "run_group");
    master->ready_ms = (int)sm_settings_int(settings, "worker.ready_ms");
    master->drain_ms = (int)sm_settings_int(settings, "worker.drain_ms") +
                       DRAIN_GRACE_MS;
    master->rolling = -1;
    for (int i = 0; i < sm_service_count; i++)
        master->sockets[i] = -1;
    for (int i = 0; i < SM_PROCESSES_MAX; i++) {
        master->processes[i].ready_fd = -1;
        master->processes[i].last_service = -1;
    }
    for (int i = 0; i < sm_service_count && status == SM_OK; i++)
        status = add_seats(
            master, i, sm_settings_int(settings, sm_services[i].workers), err);
    if (status == SM_OK && master->nseats == 0)
        status = SM_FAIL(err, SM_INVALID, "no workers are configured");
    return status;
}

static enum sm_status serve(struct sm_master *master, struct sm_error *err)
{
    enum sm_status status;
    int fd = -1;

    status = sm_metrics_create(&fd, "master", err);
    if (status != SM_OK)
        return status;
    master->metrics_fd = fcntl(fd, F_DUPFD_CLOEXEC, SM_FD_BASE);
    close(fd);
    if (mkdir(master->run_dir, 0755) != 0 && errno != EEXIST) {
        status = SM_FAIL(err, SM_INVALID, "run_dir: %s", strerror(errno));
        goto out;
    }
    status = sm_master_bind(master, err);
    if (status == SM_OK)
        status = sm_master_run(master, err);
    sm_master_unbind(master);
out:
    close(master->metrics_fd);
    return status;
}

int main(int argc, char **argv)
{
    static struct options options;
    static struct sm_master master;
    static char bin_dir[PATH_MAX];
    struct sm_settings *settings = NULL;
    struct sm_error err = {0};
    enum sm_status status;

    sm_log_open("master", SM_LOG_INFO);
    if (!read_options(&options, argc, argv)) {
        fprintf(stderr, "usage: master --config DIR|FILE [--show-config]"
                        " [--check]\n");
        return 2;
    }
    status = sm_settings_load(&settings, options.file, &err);
    if (status != SM_OK)
        goto out;
    if (options.show) {
        sm_settings_print(settings, false);
        goto out;
    }
    if (!find_bin_dir(bin_dir, sizeof(bin_dir))) {
        status = SM_FAIL(&err, SM_INTERNAL, "where is this program?");
        goto out;
    }
    master.bin_dir = bin_dir;
    master.config_dir = options.dir;
    master.config_file = options.file;
    status = configure(&master, settings, &err);
    if (status == SM_OK && !options.check)
        status = serve(&master, &err);
out:
    if (status != SM_OK)
        sm_log_error("master", status, &err);
    sm_settings_free(settings);
    return status == SM_OK ? 0 : 1;
}
