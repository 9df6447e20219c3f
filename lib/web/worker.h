/* The front of a FastCGI program: one thread keeps all connections and hands
 * the readable ones to a few handling threads over a bounded queue; libfcgi
 * decodes there.  Idle kept connections cost no thread, a full queue answers
 * 503 at once, and so does one that does not get empty; SIGTERM drains, and
 * no wait is without a deadline.  The only user of libfcgi; knows nothing of
 * pages.  See docs/ARCHITECTURE.md. */
#ifndef SM_WEB_WORKER_H
#define SM_WEB_WORKER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "base/status.h"

struct sm_exchange; /* one request in a thread's hands */

/* What is said to who cannot be served; all of it stays the caller's. */
struct sm_worker_busy {
    const char *mark; /* bytes of the request that ask for this one: a FastCGI
                       * parameter's name and the beginning of its value */
    const char *type; /* Content-Type */
    const char *body;
    size_t len; /* of body, below 64,000 */
};

struct sm_worker_options {
    int listen_fd;        /* bound and listening; made non-blocking */
    int ready_fd;         /* gets one byte when serving begins; -1: none */
    int threads;          /* handling threads */
    int queue;            /* requests that may wait for a thread */
    int queue_ms;         /* one that waited longer gets 503 */
    int overload_ms;      /* nobody queues behind one that waited longer, once
                           * the queue has not been empty for queue_ms */
    int connections;      /* open connections at most */
    int io_ms;            /* for one read or write of a connection */
    int request_ms;       /* for a whole request, then it is cut */
    int drain_ms;         /* from SIGTERM to the end */
    int64_t max_requests; /* then the worker drains by itself; 0: never */
    /* The 503; the first is for whom no other one's mark fits. */
    const struct sm_worker_busy *busy;
    int nbusy;
    void *ctx; /* for the three below */
    /* State of one handling thread; NULL from thread_open refuses to start. */
    void *(*thread_open)(void *ctx);
    void (*thread_close)(void *ctx, void *thread);
    /* Answer one request; must call sm_exchange_send(). */
    void (*handle)(void *ctx, void *thread, struct sm_exchange *exchange);
};

/* Block the signals that end a worker, before any thread starts, so that
 * only the front sees them. */
void sm_worker_block_signals(void);

/* Serve until SIGTERM or SIGINT, then drain.  SM_OK after a whole drain;
 * SM_BUSY if requests had to be cut at the deadline. */
enum sm_status sm_worker_run(const struct sm_worker_options *options,
                             struct sm_error *err) SM_MUSTCHECK;

/* The FastCGI parameters as "NAME=value" strings, ended by NULL. */
char *const *sm_exchange_params(const struct sm_exchange *exchange);

/* Read the request's body into BUF, at most SIZE bytes.  Returns its length;
 * SIZE + 1 if there is more; -1 if the connection broke or timed out. */
ssize_t sm_exchange_body(struct sm_exchange *exchange, char *buf, size_t size);

/* Send LEN bytes of CGI output, headers and body, best in one go; a second
 * call goes on.  False if the other side went away. */
bool sm_exchange_send(struct sm_exchange *exchange, const char *data,
                      size_t len);

#endif
