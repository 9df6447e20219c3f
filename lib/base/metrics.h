/* Figures for /metrics.  All workers of a master write into one shared
 * memory file, each into a slot of its own, so that any worker can print the
 * sums of every program.  Without a master the memory is private and
 * everything works the same.  Writing is one relaxed atomic operation; it
 * may be done by any thread at any time, also before sm_metrics_open().
 *
 * A counter's slot outlives its worker: the next one goes on adding.  A gauge
 * is what a living worker last said, and is cleared when it dies. */
#ifndef SM_BASE_METRICS_H
#define SM_BASE_METRICS_H

#include <stdint.h>

#include "base/buf.h"
#include "base/status.h"

/* X(id, kind, name, labels, help); rows of one name stand together.
 * COUNTER only grows.  GAUGE is summed over the workers; GREATEST is a fact
 * about the whole installation that several may report: the largest counts. */
#define SM_METRIC_TABLE(X)                                                     \
    X(REQUESTS_2XX, COUNTER, "requests_total", "class=\"2xx\"",                \
      "Requests answered, by class of status")                                 \
    X(REQUESTS_3XX, COUNTER, "requests_total", "class=\"3xx\"", "")            \
    X(REQUESTS_4XX, COUNTER, "requests_total", "class=\"4xx\"", "")            \
    X(REQUESTS_5XX, COUNTER, "requests_total", "class=\"5xx\"", "")            \
    X(REQUESTS_SHED, COUNTER, "requests_shed_total", "",                       \
      "Requests refused because the queue was full or too slow")               \
    X(CONNECTIONS, GAUGE, "connections", "", "Open FastCGI connections")       \
    X(QUEUE_DEPTH, GAUGE, "queue_depth", "", "Requests waiting for a thread")  \
    X(THREADS_BUSY, GAUGE, "threads_busy", "", "Threads serving a request")    \
    X(DB_SIZE, GAUGE, "db_pool_size", "", "Connections the pools may hold")    \
    X(DB_IN_USE, GAUGE, "db_pool_in_use", "", "Connections borrowed")          \
    X(DB_WAITING, GAUGE, "db_pool_waiting", "",                                \
      "Threads waiting for a connection")                                      \
    X(DB_BUSY, COUNTER, "db_pool_busy_total", "",                              \
      "Waits for a connection that were given up")                             \
    X(DB_CONNECTS, COUNTER, "db_connects_total", "", "Connections opened")     \
    X(DB_BROKEN, COUNTER, "db_broken_total", "", "Connections lost")           \
    X(DB_REFUSED_STANDBY, COUNTER, "db_fenced_total", "reason=\"standby\"",    \
      "Servers refused, by what was wrong with them")                          \
    X(DB_REFUSED_TIMELINE, COUNTER, "db_fenced_total", "reason=\"timeline\"",  \
      "")                                                                      \
    X(DB_REFUSED_CLUSTER, COUNTER, "db_fenced_total", "reason=\"cluster\"",    \
      "")                                                                      \
    X(DB_REFUSED_DURABLE, COUNTER, "db_fenced_total",                          \
      "reason=\"not_durable\"", "")                                            \
    X(DB_DOUBT, COUNTER, "db_doubt_total", "",                                 \
      "COMMITs of which it was not known whether they happened")               \
    X(DB_AGAIN, COUNTER, "db_again_total", "",                                 \
      "Transactions run again after a conflict or a doubt")                    \
    X(DB_TRIPS, COUNTER, "db_round_trips_total", "",                           \
      "Round trips to the database")                                           \
    X(GUEST_FOUND, COUNTER, "guest_lookups_total", "outcome=\"ok\"",           \
      "Payment codes looked up by guests")                                     \
    X(GUEST_MISSED, COUNTER, "guest_lookups_total", "outcome=\"miss\"", "")    \
    X(GUEST_STEP_UP, COUNTER, "guest_lookups_total", "outcome=\"step_up\"",    \
      "")                                                                      \
    X(GUEST_THROTTLED, COUNTER, "guest_lookups_total",                         \
      "outcome=\"throttled\"", "")                                             \
    X(NOTIFY_APPLIED, COUNTER, "notifications_total", "outcome=\"applied\"",   \
      "Notifications from processors")                                         \
    X(NOTIFY_DUPLICATE, COUNTER, "notifications_total",                        \
      "outcome=\"duplicate\"", "")                                             \
    X(NOTIFY_IGNORED, COUNTER, "notifications_total", "outcome=\"ignored\"",   \
      "")                                                                      \
    X(NOTIFY_UNMATCHED, COUNTER, "notifications_total",                        \
      "outcome=\"unmatched\"", "")                                             \
    X(NOTIFY_FORGED, COUNTER, "notifications_total", "outcome=\"forged\"", "") \
    X(PROCESSOR_OK, COUNTER, "processor_calls_total", "outcome=\"ok\"",        \
      "Calls to processors")                                                   \
    X(PROCESSOR_REFUSED, COUNTER, "processor_calls_total",                     \
      "outcome=\"refused\"", "")                                               \
    X(PROCESSOR_FAILED, COUNTER, "processor_calls_total",                      \
      "outcome=\"failed\"", "")                                                \
    X(PAYMENTS_SETTLED, COUNTER, "payments_settled_total", "",                 \
      "Attempts that became settled")                                          \
    X(ATTEMPTS_CREATED, GREATEST, "attempts", "state=\"created\"",             \
      "Attempts in flight, by state")                                          \
    X(ATTEMPTS_REQUESTED, GREATEST, "attempts", "state=\"requested\"", "")     \
    X(ATTEMPTS_OPEN, GREATEST, "attempts", "state=\"open\"", "")               \
    X(ATTEMPTS_PENDING, GREATEST, "attempts", "state=\"pending\"", "")         \
    X(ATTEMPTS_OLDEST_S, GREATEST, "attempts_oldest_seconds", "",              \
      "Age of the oldest attempt in flight")                                   \
    X(UNMATCHED, GREATEST, "unmatched", "",                                    \
      "Money that belongs to no attempt and waits for a person")               \
    X(UNPOSTED, GREATEST, "payments_unposted", "",                             \
      "Payments received that stand on no account")                            \
    X(UNPOSTED_LATE, GREATEST, "payments_unposted_late", "",                   \
      "Those of them that are later than company.post_days")                   \
    X(UNPOSTED_OLDEST_S, GREATEST, "payments_unposted_oldest_seconds", "",     \
      "Age of the oldest of them")                                             \
    X(TASKS, GREATEST, "tasks", "", "Tasks that wait for a person")            \
    X(TASKS_OLDEST_S, GREATEST, "tasks_oldest_seconds", "",                    \
      "Age of the oldest task that waits for a person")                        \
    X(REFUNDS, GREATEST, "refunds_under_way", "",                              \
      "Refunds that the processor is asked for or about")                      \
    X(OUTBOX_DEPTH, GREATEST, "outbox_depth", "", "Messages not sent yet")     \
    X(OUTBOX_OLDEST_S, GREATEST, "outbox_oldest_seconds", "",                  \
      "Age of the oldest message not sent")                                    \
    X(OUTBOX_DEAD, GREATEST, "outbox_dead", "", "Messages given up")           \
    X(MAIL_SENT, COUNTER, "mail_total", "outcome=\"sent\"", "Mails tried")     \
    X(MAIL_RETRY, COUNTER, "mail_total", "outcome=\"retry\"", "")              \
    X(MAIL_FAILED, COUNTER, "mail_total", "outcome=\"failed\"", "")            \
    X(EINVOICES_REFUSED, COUNTER, "einvoices_refused_total", "",               \
      "Bills of which no e-invoice could be made")                             \
    X(FEED_AGE_S, GREATEST, "feed_age_seconds", "",                            \
      "Age of the last import from the billing system")                        \
    X(WORKER_STARTS, COUNTER, "worker_starts_total", "",                       \
      "Workers started by the master")                                         \
    X(WORKER_DEATHS, COUNTER, "worker_deaths_total", "",                       \
      "Workers that ended unasked")

/* X(id, name, help): durations, counted into the buckets of metrics.c. */
#define SM_HISTOGRAM_TABLE(X)                                                  \
    X(REQUEST, "request_seconds", "From the request's arrival to its answer")  \
    X(QUEUE, "queue_seconds", "Wait for a thread")                             \
    X(PROCESSOR, "processor_seconds", "Calls to processors")                   \
    X(POSTING, "posting_seconds", "From an event's receipt to its posting")

#define SM_METRIC_ID(id, kind, name, labels, help) SM_METRIC_##id,
enum sm_metric { SM_METRIC_TABLE(SM_METRIC_ID) SM_METRIC_COUNT };
#undef SM_METRIC_ID

#define SM_HISTOGRAM_ID(id, name, help) SM_HISTOGRAM_##id,
enum sm_histogram { SM_HISTOGRAM_TABLE(SM_HISTOGRAM_ID) SM_HISTOGRAM_COUNT };
#undef SM_HISTOGRAM_ID

enum { SM_METRICS_SLOTS = 512 };

/* Use the memory of descriptor SMETKA_METRICS_FD, slot SMETKA_METRICS_SLOT,
 * in the name of PROGRAM ("portal").  Called once, before threads start.  If
 * there is none, or it was made by another version, memory stays private:
 * SM_NOT_FOUND, which only costs the sums over processes. */
enum sm_status sm_metrics_open(const char *program, struct sm_error *err);

/* Make the shared memory and use its slot 0 in the name of PROGRAM; *fd is
 * the descriptor to hand to the workers (close-on-exec).  For the master. */
enum sm_status sm_metrics_create(int *fd, const char *program,
                                 struct sm_error *err) SM_MUSTCHECK;

/* Clear the gauges of SLOT, whose worker has died.  For the master. */
void sm_metrics_clear_gauges(int slot);

/* Add NUMBER to a counter or a gauge (a gauge may also go down). */
void sm_metric_add(enum sm_metric metric, int64_t number);

/* Set a gauge. */
void sm_metric_set(enum sm_metric metric, int64_t number);

/* Count a duration of US microseconds. */
void sm_metric_time(enum sm_histogram histogram, int64_t us);

/* The sum (or the greatest) of METRIC over the slots of PROGRAM, or of all
 * programs if it is NULL. */
int64_t sm_metric_get(enum sm_metric metric, const char *program);

/* Append all figures of all programs in Prometheus' text format. */
void sm_metrics_print(struct sm_buf *out);

#endif
