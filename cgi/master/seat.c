#include <limits.h>
#include <signal.h>
#include <sys/wait.h>

#include "base/clock.h"
#include "base/log.h"
#include "master/master.h"

enum {
    BACKOFF_FIRST_MS = 100,
    BACKOFF_MOST_MS = 10 * 1000,
    /* A worker that served for this long was sound: back-off starts anew. */
    SOUND_MS = 10 * 1000
};

static void roll_seat(struct sm_master *master);

static void start(struct sm_master *master, struct sm_seat *seat)
{
    seat->now = sm_process_start(master, seat->service);
    if (!seat->now)
        seat->restart_ms = sm_clock_mono_ms() + BACKOFF_MOST_MS;
}

/* Go on with the next seat, or end the round. */
static void roll_on(struct sm_master *master)
{
    master->rolling++;
    if (master->rolling < master->nseats) {
        roll_seat(master);
        return;
    }
    master->rolling = -1;
    sm_log_msg(SM_LOG_INFO, "roll_ended", "all workers are new");
    if (master->roll_again)
        sm_seats_roll(master);
}

/* The new worker did not come up: the ones that serve stay. */
static void roll_fails(struct sm_master *master)
{
    master->rolling = -1;
    master->roll_again = false;
    sm_log_msg(SM_LOG_ERROR, "roll_failed",
               "a new worker did not become ready; the rest stay as they are");
}

/* Start the successor for the seat in turn. */
static void roll_seat(struct sm_master *master)
{
    struct sm_seat *seat = &master->seats[master->rolling];

    seat->next = sm_process_start(master, seat->service);
    if (!seat->next)
        roll_fails(master);
}

void sm_seats_roll(struct sm_master *master)
{
    if (master->stopping)
        return;
    if (master->rolling >= 0) {
        master->roll_again = true;
        return;
    }
    master->roll_again = false;
    master->rolling = -1;
    sm_log_msg(SM_LOG_INFO, "roll_begun", "%d workers", master->nseats);
    roll_on(master);
}

void sm_seat_ready(struct sm_master *master, struct sm_process *process)
{
    struct sm_log_line line;

    process->state = SM_PROCESS_READY;
    process->deadline_ms = INT64_MAX;
    sm_log_begin(&line, SM_LOG_INFO, "worker_ready");
    sm_log_str(&line, "service", sm_services[process->service].name);
    sm_log_int(&line, "worker", process->pid);
    sm_log_int(&line, "ms", sm_clock_mono_ms() - process->started_ms);
    sm_log_end(&line);
    for (int i = 0; i < master->nseats; i++) {
        struct sm_seat *seat = &master->seats[i];

        if (seat->next != process)
            continue;
        if (seat->now)
            sm_process_leave(master, seat->now);
        seat->now = process;
        seat->next = NULL;
        seat->backoff_ms = 0;
        roll_on(master);
        return;
    }
}

/* When SEAT is filled again after its worker ended. */
static void schedule(struct sm_seat *seat, const struct sm_process *process,
                     bool clean)
{
    int64_t now = sm_clock_mono_ms();

    if (clean && process->state == SM_PROCESS_READY) {
        seat->backoff_ms = 0; /* it retired after its share of requests */
    } else if (now - process->started_ms > SOUND_MS || !seat->backoff_ms) {
        seat->backoff_ms = BACKOFF_FIRST_MS;
    } else {
        seat->backoff_ms *= 2;
        if (seat->backoff_ms > BACKOFF_MOST_MS)
            seat->backoff_ms = BACKOFF_MOST_MS;
    }
    seat->restart_ms = now + seat->backoff_ms;
}

static void log_end(const struct sm_process *process, int status)
{
    bool asked = process->state == SM_PROCESS_LEAVING;
    struct sm_log_line line;

    sm_log_begin(&line, asked ? SM_LOG_INFO : SM_LOG_WARN, "worker_ended");
    sm_log_str(&line, "service", sm_services[process->service].name);
    sm_log_int(&line, "worker", process->pid);
    if (WIFSIGNALED(status))
        sm_log_int(&line, "signal", WTERMSIG(status));
    else
        sm_log_int(&line, "exit", WEXITSTATUS(status));
    sm_log_end(&line);
    if (!asked)
        sm_metric_add(SM_METRIC_WORKER_DEATHS, 1);
}

void sm_seat_ended(struct sm_master *master, struct sm_process *process,
                   int status)
{
    bool clean = WIFEXITED(status) && WEXITSTATUS(status) == 0;
    bool roll_failed = false;

    log_end(process, status);
    for (int i = 0; i < master->nseats; i++) {
        struct sm_seat *seat = &master->seats[i];

        if (seat->now == process) {
            seat->now = NULL;
            schedule(seat, process, clean);
        } else if (seat->next == process) {
            seat->next = NULL;
            roll_failed = true;
        }
    }
    sm_process_forget(master, process);
    if (roll_failed && !master->stopping)
        roll_fails(master);
}

/* True if the seat waits for a worker; while its successor starts it does
 * not, since that one will take it. */
static bool is_empty(const struct sm_seat *seat)
{
    return !seat->now && !seat->next;
}

void sm_seats_tick(struct sm_master *master, int64_t now_ms)
{
    for (int i = 0; i < master->nseats && !master->stopping; i++) {
        struct sm_seat *seat = &master->seats[i];

        if (is_empty(seat) && seat->restart_ms <= now_ms)
            start(master, seat);
    }
    for (int i = 0; i < SM_PROCESSES_MAX; i++) {
        struct sm_process *process = &master->processes[i];

        if (process->state == SM_PROCESS_NONE || process->deadline_ms > now_ms)
            continue;
        sm_log_msg(SM_LOG_WARN, "worker_killed", "%s %d",
                   process->state == SM_PROCESS_STARTING
                       ? "not ready in time:"
                       : "did not end in time:",
                   (int)process->pid);
        kill(process->pid, SIGKILL);
        process->deadline_ms = INT64_MAX;
    }
}

int64_t sm_seats_next(const struct sm_master *master)
{
    int64_t next = INT64_MAX;

    for (int i = 0; i < master->nseats && !master->stopping; i++) {
        const struct sm_seat *seat = &master->seats[i];

        if (is_empty(seat) && seat->restart_ms < next)
            next = seat->restart_ms;
    }
    for (int i = 0; i < SM_PROCESSES_MAX; i++) {
        const struct sm_process *process = &master->processes[i];

        if (process->state != SM_PROCESS_NONE && process->deadline_ms < next)
            next = process->deadline_ms;
    }
    return next;
}

void sm_seats_stop(struct sm_master *master)
{
    if (master->stopping)
        return;
    master->stopping = true;
    sm_log_msg(SM_LOG_INFO, "stopping", "workers are told to drain");
    sm_master_unbind(master); /* who comes now is refused at once */
    for (int i = 0; i < SM_PROCESSES_MAX; i++) {
        struct sm_process *process = &master->processes[i];

        if (process->state == SM_PROCESS_STARTING ||
            process->state == SM_PROCESS_READY)
            sm_process_leave(master, process);
    }
}
