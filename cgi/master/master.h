/* The master: holds the sockets of all programs, keeps their workers running
 * and replaces them without a gap.  It is one thread and one poll(): signals
 * come by signalfd, readiness by a pipe from each worker that starts, and
 * everything else is a deadline.  It reads no request, knows no secret and
 * does not speak to the database.
 *
 *     seat     a place that a worker fills; workers.portal = 2 are two seats
 *     process  a worker: starting, ready, or leaving
 *
 * A process that leaves has given up its seat already; it is only waited
 * for. */
#ifndef SM_MASTER_MASTER_H
#define SM_MASTER_MASTER_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "base/metrics.h"
#include "base/status.h"
#include "config/settings.h"

enum {
    SM_SEATS_MAX = 128,
    /* A seat may hold a worker and its successor while others still leave. */
    SM_PROCESSES_MAX = SM_METRICS_SLOTS - 1,
    /* Master's own descriptors are at or above this: 3 to 5 are for them. */
    SM_FD_BASE = 10
};

/* What can be started; one row a socket. */
struct sm_service {
    const char *name;    /* of the socket and the settings file */
    const char *program; /* file beside master's own */
    const char *workers; /* the setting with their number */
    bool instance;       /* is told its name: --instance NAME */
};

extern const struct sm_service sm_services[];
extern const int sm_service_count;

enum sm_process_state {
    SM_PROCESS_NONE,
    SM_PROCESS_STARTING, /* until it is ready, or its deadline */
    SM_PROCESS_READY,
    SM_PROCESS_LEAVING /* told to drain; killed at its deadline */
};

struct sm_process {
    enum sm_process_state state;
    int service;
    int last_service; /* whose figures the metrics slot holds; -1 nobody's */
    pid_t pid;
    int ready_fd; /* -1 unless STARTING */
    int64_t started_ms, deadline_ms;
};

struct sm_seat {
    int service;
    struct sm_process *now;  /* NULL: to be started at restart_ms */
    struct sm_process *next; /* its successor while it starts */
    int backoff_ms;
    int64_t restart_ms;
};

struct sm_master {
    const char *config_dir;  /* holds NAME.conf */
    const char *config_file; /* for a service without one */
    const char *bin_dir;
    char run_dir[100];
    const char *run_group;
    int ready_ms, drain_ms;
    int sockets[8]; /* by service; -1: no seats */
    bool bound[8];  /* the path is ours to remove */
    int metrics_fd, signal_fd;
    struct sm_seat seats[SM_SEATS_MAX];
    int nseats;
    /* Process i uses slot i + 1 of the metrics; slot 0 is the master's. */
    struct sm_process processes[SM_PROCESSES_MAX];
    int rolling;     /* the seat that is being replaced; -1 none */
    bool roll_again; /* SIGHUP came while rolling */
    bool stopping;
};

/* listen.c: bind the sockets of all services that have seats. */
enum sm_status sm_master_bind(struct sm_master *master, struct sm_error *err)
    SM_MUSTCHECK;
/* Remove the paths of the sockets and close them. */
void sm_master_unbind(struct sm_master *master);

/* process.c: start a worker of SERVICE.  NULL (and logged) if the machine
 * refuses. */
struct sm_process *sm_process_start(struct sm_master *master, int service);
/* Tell it to drain, and kill it if it has not ended by drain_ms. */
void sm_process_leave(const struct sm_master *master,
                      struct sm_process *process);
/* Note that it has ended. */
void sm_process_forget(struct sm_master *master, struct sm_process *process);
/* The settings file of SERVICE into OUT[SIZE]; false if it is too long. */
bool sm_service_config(const struct sm_master *master, int service, char *out,
                       size_t size);

/* loop.c: run until told to stop and all workers have ended. */
enum sm_status sm_master_run(struct sm_master *master, struct sm_error *err)
    SM_MUSTCHECK;

/* seat.c: what happens to a seat when ... */
/* ... a worker is ready, */
void sm_seat_ready(struct sm_master *master, struct sm_process *process);
/* ... a worker has ended, with the STATUS of waitpid(), */
void sm_seat_ended(struct sm_master *master, struct sm_process *process,
                   int status);
/* ... the time NOW_MS has come: start what is due, kill what is overdue. */
void sm_seats_tick(struct sm_master *master, int64_t now_ms);
/* The next instant at which sm_seats_tick() has to do; INT64_MAX never. */
int64_t sm_seats_next(const struct sm_master *master);
/* Replace all workers, one seat after the other. */
void sm_seats_roll(struct sm_master *master);
/* Tell all workers to leave and start no more. */
void sm_seats_stop(struct sm_master *master);

#endif
