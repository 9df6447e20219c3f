/* What the files of the worker share: connections, the threads that wait for
 * them, and the queue for when no thread is left.  Private to
 * lib/web/worker*.c.
 *
 * Idle connections lie in one epoll set, `ready_fd`, and every idle thread
 * waits in it: the kernel wakes one for one request, and nobody hands it on.
 * The front (the main thread) accepts, watches deadlines, and looks into the
 * set only when all threads are busy: what is ready then goes to the bounded
 * queue or, where that is full, is turned away. */
#ifndef SM_WEB_WORKER_IMPL_H
#define SM_WEB_WORKER_IMPL_H

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

#include "web/worker.h"

/* A connection has two descriptors for one socket: libfcgi owns (and closes)
 * `fd`; `own` stays ours, so that epoll and the watchdog never touch a number
 * that the kernel has given to somebody else meanwhile. */
struct sm_conn {
    int fd;
    int own;
    int next;         /* free list */
    int64_t ready_us; /* when it became readable */
    /* Held by a thread while it gives the connection back: the kernel orders
     * that before the front's next event, the language does not. */
    pthread_mutex_t handing;
};

/* A handling thread and what it holds.  The mutex guards conn and deadline
 * against the watchdog. */
struct sm_slot {
    struct sm_front *front;
    pthread_t thread;
    pthread_mutex_t mutex;
    void *state;
    int own; /* descriptor in hand, -1: none */
    int64_t deadline_ms;
};

/* A reply as it goes over the socket. */
struct sm_reply_bytes {
    unsigned char *bytes;
    size_t len;
};

struct sm_front {
    const struct sm_worker_options *options;
    int epoll_fd, signal_fd, wake_fd; /* the front's own */
    int ready_fd;          /* epoll set of the connections and kick_fd */
    int kick_fd;           /* wakes a thread that waits in ready_fd */
    pthread_mutex_t mutex; /* queue, its times and free list */
    int *queue;            /* ring of connection numbers */
    unsigned head, tail, size;
    int64_t empty_us; /* when nothing waited on the queue, the last time */
    int64_t late_us;  /* when one had waited there for too long */
    atomic_bool stopped;
    struct sm_conn *conns;
    int free_conn;
    struct sm_slot *slots;
    int started; /* threads */
    atomic_bool draining;
    atomic_int open, running;
    atomic_int busy;    /* requests in hand or on the queue */
    atomic_int waiting; /* threads in or before ready_fd */
    atomic_int_least64_t served;
    int64_t resume_ms; /* accepting again after a lack of descriptors */
    bool listening;
    int64_t drain_until_ms;
    struct sm_reply_bytes *busy_replies; /* one for each of options->busy */
};

/* Take a free connection; NULL at the ceiling. */
struct sm_conn *sm_conn_take(struct sm_front *front);

/* Close both descriptors of CONN (fd may be closed already: -1) and put it on
 * the free list. */
void sm_conn_drop(struct sm_front *front, struct sm_conn *conn);

/* Watch an idle connection for its next request; OP is EPOLL_CTL_ADD or
 * EPOLL_CTL_MOD. */
bool sm_conn_arm(struct sm_front *front, struct sm_conn *conn, int op);

/* Take over a connection that epoll reported. */
void sm_conn_meet(struct sm_conn *conn);

/* Answer 503 without a thread; then watch CONN again if its whole request has
 * come, else close it. */
void sm_conn_reject(struct sm_front *front, struct sm_conn *conn);

/* Build the replies of sm_conn_reject().  False without memory. */
bool sm_busy_replies_make(struct sm_front *front);

/* Release them. */
void sm_busy_replies_free(struct sm_front *front);

/* Look at the connections that are ready, and put them on the queue or turn
 * them away; turn away what has waited there for too long.  For the front,
 * while all threads are busy. */
void sm_ready_queue(struct sm_front *front);

/* The next connection with a request: from the queue, else one that becomes
 * ready; waits.  NULL when the front stopped. */
struct sm_conn *sm_ready_next(struct sm_front *front);

/* Let every thread return from sm_ready_next(). */
void sm_ready_stop(struct sm_front *front);

/* Body of a handling thread; ARG is its struct sm_slot. */
void *sm_slot_run(void *arg);

/* Cut the connections whose request is past its deadline; all of them if
 * EVERY.  Returns how many were cut. */
int sm_slots_watch(struct sm_front *front, bool every);

#endif
