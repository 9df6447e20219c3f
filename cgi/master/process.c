#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/log.h"
#include "master/master.h"

/* Where a worker finds what it is given. */
enum { LISTEN_FD = 3, METRICS_FD = 4, READY_FD = 5 };

bool sm_service_config(const struct sm_master *master, int service, char *out,
                       size_t size)
{
    int len = snprintf(out, size, "%s/%s.conf", master->config_dir,
                       sm_services[service].name);

    if (len > 0 && (size_t)len < size && access(out, F_OK) == 0)
        return true;
    len = snprintf(out, size, "%s", master->config_file);
    return len > 0 && (size_t)len < size;
}

/* In the child, after fork: become the worker or end. */
static void become_worker(const struct sm_master *master, int service, int slot,
                          int ready_fd, pid_t parent)
{
    const struct sm_service *s = &sm_services[service];
    char path[512], config[512], number[16];
    const char *argv[] = {s->program, "--config",
                          config,     "--listen",
                          "3",        s->instance ? "--instance" : NULL,
                          s->name,    NULL};
    sigset_t none;

    /* Workers do not outlive the master that would restart them. */
    prctl(PR_SET_PDEATHSIG, SIGTERM);
    if (getppid() != parent)
        return;
    snprintf(number, sizeof(number), "%d", slot);
    if (snprintf(path, sizeof(path), "%s/%s", master->bin_dir, s->program) >=
            (int)sizeof(path) ||
        !sm_service_config(master, service, config, sizeof(config)) ||
        dup2(master->sockets[service], LISTEN_FD) < 0 ||
        dup2(master->metrics_fd, METRICS_FD) < 0 ||
        dup2(ready_fd, READY_FD) < 0 ||
        setenv("SMETKA_METRICS_FD", "4", 1) != 0 ||
        setenv("SMETKA_METRICS_SLOT", number, 1) != 0 ||
        setenv("SMETKA_READY_FD", "5", 1) != 0)
        return;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    execv(path, (char *const *)(uintptr_t)argv);
    sm_log_msg(SM_LOG_ERROR, "worker_exec", "%s: %s", path, strerror(errno));
}

/* A free place, if possible one whose figures are of the same service. */
static int find_place(const struct sm_master *master, int service)
{
    int place = -1;

    for (int i = 0; i < SM_PROCESSES_MAX; i++) {
        const struct sm_process *process = &master->processes[i];

        if (process->state != SM_PROCESS_NONE)
            continue;
        if (process->last_service == service)
            return i;
        if (place < 0 && process->last_service < 0)
            place = i;
    }
    return place;
}

static bool make_pipe(int fds[2])
{
    int low[2];

    if (pipe2(low, O_CLOEXEC | O_NONBLOCK) != 0)
        return false;
    for (int i = 0; i < 2; i++) {
        fds[i] = fcntl(low[i], F_DUPFD_CLOEXEC, SM_FD_BASE);
        close(low[i]);
    }
    return fds[0] >= 0 && fds[1] >= 0;
}

static void log_process(const char *event, const struct sm_process *process)
{
    struct sm_log_line line;

    sm_log_begin(&line, SM_LOG_INFO, event);
    sm_log_str(&line, "service", sm_services[process->service].name);
    sm_log_int(&line, "worker", process->pid);
    sm_log_end(&line);
}

struct sm_process *sm_process_start(struct sm_master *master, int service)
{
    int place = find_place(master, service);
    struct sm_process *process;
    int fds[2] = {-1, -1};
    pid_t parent = getpid(), pid = -1;

    if (place >= 0 && make_pipe(fds))
        pid = fork();
    if (pid == 0) {
        become_worker(master, service, place + 1, fds[1], parent);
        _exit(127);
    }
    if (fds[1] >= 0)
        close(fds[1]);
    if (pid < 0) {
        sm_log_msg(SM_LOG_ERROR, "worker_fork", "%s", strerror(errno));
        if (fds[0] >= 0)
            close(fds[0]);
        return NULL;
    }
    process = &master->processes[place];
    process->state = SM_PROCESS_STARTING;
    process->service = process->last_service = service;
    process->pid = pid;
    process->ready_fd = fds[0];
    process->started_ms = sm_clock_mono_ms();
    process->deadline_ms = process->started_ms + master->ready_ms;
    sm_metric_add(SM_METRIC_WORKER_STARTS, 1);
    log_process("worker_started", process);
    return process;
}

void sm_process_leave(const struct sm_master *master,
                      struct sm_process *process)
{
    if (process->ready_fd >= 0)
        close(process->ready_fd);
    process->ready_fd = -1;
    process->state = SM_PROCESS_LEAVING;
    process->deadline_ms = sm_clock_mono_ms() + master->drain_ms;
    kill(process->pid, SIGTERM);
    log_process("worker_leaves", process);
}

void sm_process_forget(struct sm_master *master, struct sm_process *process)
{
    if (process->ready_fd >= 0)
        close(process->ready_fd);
    process->ready_fd = -1;
    process->state = SM_PROCESS_NONE;
    process->pid = 0;
    sm_metrics_clear_gauges((int)(process - master->processes) + 1);
}
