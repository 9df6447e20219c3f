/* PostgreSQL for the rest of the project; the only user of libpq.
 *
 * A pool per process is shared by its threads.  A connection is borrowed for
 * one request (sm_db_get .. sm_db_put) and belongs to one thread meanwhile;
 * reads that need no transaction share one more (sm_db_read).
 * Statements are the named ones of sql/queries, generated as struct sm_stmt,
 * prepared on first use per connection, and always bound.  Every wait has a
 * deadline.  The server ends a statement after options.query_ms by itself
 * and the connection lives on; a server that says nothing for 250 ms more
 * loses the connection.
 *
 * Who is trusted: every connection is asked at its start who serves it.  A
 * standby, an old primary (db/fence.h), another cluster, and for programs that
 * decide about money a server that could lose what it committed are refused
 * like a dead host: the next host of the list is tried.
 *
 * Transactions: a connection is read-only by default and each sm_db_query()
 * outside a transaction is one round trip and one implicit transaction.
 * sm_db_begin() opens a read-write one: its BEGIN travels with the first
 * statement, in the same round trip. */
#ifndef SM_DB_DB_H
#define SM_DB_DB_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/status.h"

/* Types that cross the border; sent and received in binary. */
enum sm_type {
    SM_TYPE_BOOL,
    SM_TYPE_INT4,
    SM_TYPE_INT8,
    SM_TYPE_TEXT, /* text, varchar; UTF-8 */
    SM_TYPE_BYTEA,
    SM_TYPE_UUID, /* 16 bytes */
    SM_TYPE_DATE,
    SM_TYPE_TIME, /* timestamptz, as microseconds since 1970 UTC */
    SM_TYPE_JSONB /* as text */
};

/* A named statement of sql/queries, written by the build (lib/tools/mksql).
 * Names are unique; the address is what a connection knows it by.  With
 * "rows: none" and no columns whatever comes is discarded, so that a function
 * that returns void can be called. */
struct sm_stmt {
    const char *name;
    const char *sql;
    const enum sm_type *params;
    int nparams;
    const enum sm_type *columns;
    const char *const *column_names;
    int ncolumns;
    int min_rows, max_rows; /* rows: one 1,1; zero_or_one 0,1; many 0,-1;
                               none 0,0 */
};

/* One argument; make it with the SM_ARG_... macros below. */
struct sm_arg {
    enum sm_type type;
    bool null;
    int64_t number;   /* BOOL, INT4, INT8, TIME; DATE as days since 1970 */
    const void *data; /* TEXT, BYTEA, UUID, JSONB; borrowed for the call */
    size_t len;
};

/* An argument of each type; pointers are borrowed until the call returns. */
struct sm_arg sm_arg_bool(bool value);
struct sm_arg sm_arg_int4(int32_t value);
struct sm_arg sm_arg_int8(int64_t value);
struct sm_arg sm_arg_text(const char *text); /* NULL becomes SQL null */
struct sm_arg sm_arg_textn(const char *text, size_t len);
struct sm_arg sm_arg_bytes(const void *bytes, size_t len);
struct sm_arg sm_arg_uuid(const uint8_t uuid[16]); /* NULL becomes null */
struct sm_arg sm_arg_date(struct sm_date date);    /* year 0 becomes null */
struct sm_arg sm_arg_time(int64_t us);
struct sm_arg sm_arg_json(const char *text);
struct sm_arg sm_arg_null(enum sm_type type);

struct sm_db_pool;
struct sm_db;   /* a borrowed connection */
struct sm_rows; /* a result, in an arena */

struct sm_db_options {
    const char *conninfo; /* libpq string or URI; several hosts allowed */
    const char *user;     /* role, added when conninfo names none */
    const char *passfile; /* libpq password file; NULL or "": libpq's own */
    const char *program;  /* application_name */
    int size;             /* connections at most */
    bool share;           /* and one more, which sm_db_read() shares */
    int wait_ms;          /* for a free connection */
    int connect_ms;       /* for a new one */
    int query_ms;         /* for one statement */
    int life_ms;          /* a connection is renewed after this; 0: an hour */
    const char *timeline_file; /* of the fence; NULL or "": not kept */
    bool require_durable;      /* refuse a server that could lose a COMMIT */
};

/* Figures for /metrics; read without a lock, each exact by itself. */
struct sm_db_stats {
    int size, in_use, waiting;
    uint64_t waits_failed, connects, broken, queries;
};

/* The options that the settings give (database, database.passfile, db.*) for
 * the role USER and the application name PROGRAM; all of it borrowed. */
struct sm_settings;
struct sm_db_options sm_db_options_read(const struct sm_settings *settings,
                                        const char *user, const char *program);

/* Make a pool.  No connection is opened yet.  SM_INVALID if conninfo cannot
 * be read. */
enum sm_status sm_db_pool_new(struct sm_db_pool **out,
                              const struct sm_db_options *options,
                              struct sm_error *err) SM_MUSTCHECK;

/* Close all connections; none may be borrowed.  NULL is fine. */
void sm_db_pool_free(struct sm_db_pool *pool);

/* Borrow a connection, waiting at most options.wait_ms for a free one and
 * connect_ms for the server.  SM_BUSY if none came free, SM_UNAVAILABLE if
 * the server cannot be reached (then the next try is held back briefly, so
 * that a dead server costs each request little). */
enum sm_status sm_db_get(struct sm_db **out, struct sm_db_pool *pool,
                         struct sm_error *err) SM_MUSTCHECK;

/* Give it back; an open transaction is rolled back, a connection that is not
 * idle and healthy is closed.  NULL is fine. */
void sm_db_put(struct sm_db *db);

/* Start a read-write transaction with the next statement. */
void sm_db_begin(struct sm_db *db);

/* Commit.  SM_OK also when nothing was begun.  SM_UNAVAILABLE means in doubt:
 * the server may or may not have committed, or a synchronous standby was not
 * waited for; re-read by the operation's own key before saying anything.
 * (Where the connection was lost before COMMIT was sent, nothing was
 * committed and sm_db_in_doubt() is false.) */
enum sm_status sm_db_commit(struct sm_db *db, struct sm_error *err)
    SM_MUSTCHECK;

/* True if the last sm_db_commit() since sm_db_get() ended in doubt. */
bool sm_db_in_doubt(const struct sm_db *db);

/* Give up what was begun. */
void sm_db_rollback(struct sm_db *db);

/* Run STMT with its stmt->nparams arguments and read all rows into ARENA.
 * Column types are checked against the declaration, rows against min/max.
 * OUT may be NULL if the rows are of no interest.  After a failure inside a
 * transaction only sm_db_rollback() helps; statements repeat the failure.
 * SM_NOT_FOUND  fewer rows than declared (rows: one, none came)
 * SM_CONFLICT   serialization failure, deadlock, or a table changed under a
 *               prepared statement: run the transaction again
 * SM_INVALID    a constraint refused it (sm_db_constraint() names which)
 * SM_UNAVAILABLE deadline, connection lost, server going down. */
enum sm_status sm_db_query(struct sm_rows **out, struct sm_db *db,
                           struct sm_arena *arena, const struct sm_stmt *stmt,
                           const struct sm_arg *args, struct sm_error *err)
    SM_MUSTCHECK;

/* A transaction that may have to be tried again:
 *
 *     struct sm_db_tries tries = sm_db_tries_begin(pool);
 *     do {
 *         get, begin, statements, commit, put
 *     } while (sm_db_again(&tries, status));
 *
 * Again after SM_CONFLICT and after SM_UNAVAILABLE, a few times, within the
 * time of one statement, and after a small pause of random length, so that
 * two who met do not meet again.  What cannot be repeated after a COMMIT in
 * doubt ends its loop by itself then. */
struct sm_db_tries {
    int64_t until_ms;
    int count;
};
struct sm_db_tries sm_db_tries_begin(const struct sm_db_pool *pool);

/* True, after the pause, if the transaction that ended with STATUS is to be
 * run again.  No connection may be held meanwhile. */
bool sm_db_again(struct sm_db_tries *tries, enum sm_status status) SM_MUSTCHECK;

/* Run STMT as a read-write transaction of its own on a connection of POOL,
 * again as above.  Its second run must change nothing and find what the first
 * has done: after a COMMIT in doubt that is how the truth is learned.
 * SM_CONFLICT if it met others each time. */
enum sm_status sm_db_run(struct sm_rows **out, struct sm_db_pool *pool,
                         struct sm_arena *arena, const struct sm_stmt *stmt,
                         const struct sm_arg *args, struct sm_error *err)
    SM_MUSTCHECK;

/* The same for a statement that must not be repeated once it may have been
 * committed: a COMMIT in doubt is reported as SM_UNAVAILABLE. */
enum sm_status sm_db_run_once(struct sm_rows **out, struct sm_db_pool *pool,
                              struct sm_arena *arena,
                              const struct sm_stmt *stmt,
                              const struct sm_arg *args, struct sm_error *err)
    SM_MUSTCHECK;

/* Run STMT, a read that needs no transaction, without borrowing a connection:
 * on the one that all threads share, behind the reads of others, or on one of
 * the pool while that is not to be had or its answers come late.  STMT must
 * write nothing: if the connection is lost before the answer, it is run again
 * on another.  Else as sm_db_query(). */
enum sm_status sm_db_read(struct sm_rows **out, struct sm_db_pool *pool,
                          struct sm_arena *arena, const struct sm_stmt *stmt,
                          const struct sm_arg *args, struct sm_error *err)
    SM_MUSTCHECK;

/* The constraint that refused the last statement, or "". */
const char *sm_db_constraint(const struct sm_db *db);

/* Run a script of several statements (migrations, DDL) as it stands, without
 * arguments, under DEADLINE_MS.  Only ctl and tests use it. */
enum sm_status sm_db_script(struct sm_db *db, const char *sql, int deadline_ms,
                            struct sm_error *err) SM_MUSTCHECK;

/* COPY ... FROM STDIN in text format: begin with the statement's SQL, send
 * any number of chunks of whole rows, end.  After a failure the transaction
 * is broken.  Only ctl uses it. */
enum sm_status sm_db_copy_begin(struct sm_db *db, const struct sm_stmt *stmt,
                                struct sm_error *err) SM_MUSTCHECK;
enum sm_status sm_db_copy_send(struct sm_db *db, const char *data, size_t len,
                               struct sm_error *err) SM_MUSTCHECK;
enum sm_status sm_db_copy_end(struct sm_db *db, struct sm_error *err)
    SM_MUSTCHECK;

/* Reading rows.  COLUMN is a generated constant; a wrong type aborts in a
 * debug build and reads as zero or "" otherwise.  Text and bytes live as long
 * as the arena.  Null reads as 0, false, "" and year 0. */
int sm_rows_count(const struct sm_rows *rows);
bool sm_row_null(const struct sm_rows *rows, int row, int column);
bool sm_row_bool(const struct sm_rows *rows, int row, int column);
int64_t sm_row_int(const struct sm_rows *rows, int row, int column);
const char *sm_row_text(const struct sm_rows *rows, int row, int column);
size_t sm_row_len(const struct sm_rows *rows, int row, int column);
const uint8_t *sm_row_bytes(const struct sm_rows *rows, int row, int column);
struct sm_date sm_row_date(const struct sm_rows *rows, int row, int column);
int64_t sm_row_time(const struct sm_rows *rows, int row, int column);

/* A copy of the pool's figures. */
struct sm_db_stats sm_db_pool_stats(struct sm_db_pool *pool);

#endif
