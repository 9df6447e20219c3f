/* What C tests that need PostgreSQL share.  They are started by
 * tests/support/pg.sh run, which gives each its own server. */
#ifndef SM_SUPPORT_FIXTURE_H
#define SM_SUPPORT_FIXTURE_H

#include "db/db.h"

/* The connection string of the test's server; ends the program with a
 * message if there is none. */
const char *sm_test_database(void);

/* A pool of SIZE connections to it, with short deadlines (wait 200 ms,
 * connect 2 s, query 1 s).  Never NULL. */
struct sm_db_pool *sm_test_pool(int size);

/* A borrowed connection.  Never NULL. */
struct sm_db *sm_test_get(struct sm_db_pool *pool);

/* The options of such a pool, to be changed. */
struct sm_db_options sm_test_options(int size);

/* Run SQL on a connection of its own, to the test's server or to that of
 * CONNINFO; any failure ends the program. */
void sm_test_sql(const char *sql);
void sm_test_sql_at(const char *conninfo, const char *sql);

/* Stop the server at once, as a crash would; start it; or both, as an
 * operator would. */
void sm_test_server_stop(void);
void sm_test_server_start(void);
void sm_test_server_restart(void);

/* tests/support/pg.sh COMMAND DIR [FROM], for further servers; a failure ends
 * the program. */
void sm_test_pg(const char *command, const char *dir, const char *from);

/* The folder of the test's own server, for sm_test_pg(). */
const char *sm_test_server(void);

#endif
