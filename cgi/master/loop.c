#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/log.h"
#include "master/master.h"

static enum sm_status open_signals(struct sm_master *master,
                                   struct sm_error *err)
{
    sigset_t set;
    int fd;

    sigemptyset(&set);
    sigaddset(&set, SIGCHLD);
    sigaddset(&set, SIGHUP);
    sigaddset(&set, SIGINT);
    sigaddset(&set, SIGTERM);
    if (sigprocmask(SIG_BLOCK, &set, NULL) != 0)
        return SM_FAIL(err, SM_INTERNAL, "sigprocmask: %s", strerror(errno));
    fd = signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
    if (fd < 0)
        return SM_FAIL(err, SM_INTERNAL, "signalfd: %s", strerror(errno));
    master->signal_fd = fcntl(fd, F_DUPFD_CLOEXEC, SM_FD_BASE);
    close(fd);
    if (master->signal_fd < 0)
        return SM_FAIL(err, SM_INTERNAL, "signalfd: %s", strerror(errno));
    return SM_OK;
}

static void reap(struct sm_master *master)
{
    pid_t pid;
    int status;

    while ((pid = waitpid(-1, &status, WNOHANG)) > 0) {
        for (int i = 0; i < SM_PROCESSES_MAX; i++)
            if (master->processes[i].state != SM_PROCESS_NONE &&
                master->processes[i].pid == pid)
                sm_seat_ended(master, &master->processes[i], status);
    }
}

static void read_signals(struct sm_master *master)
{
    struct signalfd_siginfo info;

    while (read(master->signal_fd, &info, sizeof(info)) == sizeof(info)) {
        switch (info.ssi_signo) {
        case SIGHUP:
            sm_seats_roll(master);
            break;
        case SIGINT:
        case SIGTERM:
            sm_seats_stop(master);
            break;
        default: /* several SIGCHLD may come as one */
            break;
        }
    }
    reap(master);
}

/* A starting worker wrote its byte, or closed the pipe without: then its end
 * or its deadline decides. */
static void read_ready(struct sm_master *master, struct sm_process *process)
{
    char byte;
    ssize_t got = read(process->ready_fd, &byte, 1);

    if (got < 0 && (errno == EAGAIN || errno == EINTR))
        return;
    close(process->ready_fd);
    process->ready_fd = -1;
    if (got == 1)
        sm_seat_ready(master, process);
}

static int poll_timeout(const struct sm_master *master)
{
    int64_t next = sm_seats_next(master), left;

    if (next == INT64_MAX)
        return -1;
    left = next - sm_clock_mono_ms();
    if (left < 0)
        return 0;
    return left > INT_MAX ? INT_MAX : (int)left;
}

/* Wait for a signal, a ready worker or a deadline, and act on it. */
static void turn(struct sm_master *master)
{
    static struct pollfd fds[SM_PROCESSES_MAX + 1];
    static struct sm_process *whose[SM_PROCESSES_MAX + 1];
    nfds_t count = 0;

    fds[count++] = (struct pollfd){.fd = master->signal_fd, .events = POLLIN};
    for (int i = 0; i < SM_PROCESSES_MAX; i++) {
        struct sm_process *process = &master->processes[i];

        if (process->state != SM_PROCESS_STARTING || process->ready_fd < 0)
            continue;
        whose[count] = process;
        fds[count++] =
            (struct pollfd){.fd = process->ready_fd, .events = POLLIN};
    }
    if (poll(fds, count, poll_timeout(master)) < 0)
        return;
    for (nfds_t i = 1; i < count; i++)
        if (fds[i].revents && whose[i]->ready_fd == fds[i].fd)
            read_ready(master, whose[i]);
    if (fds[0].revents)
        read_signals(master);
}

static bool any_left(const struct sm_master *master)
{
    for (int i = 0; i < SM_PROCESSES_MAX; i++)
        if (master->processes[i].state != SM_PROCESS_NONE)
            return true;
    return false;
}

enum sm_status sm_master_run(struct sm_master *master, struct sm_error *err)
{
    enum sm_status status = open_signals(master, err);

    if (status != SM_OK)
        return status;
    while (!master->stopping || any_left(master)) {
        sm_seats_tick(master, sm_clock_mono_ms());
        turn(master);
    }
    close(master->signal_fd);
    return SM_OK;
}
