/* The listening socket of a program that nobody handed one, and the rights
 * that a serving process gives up. */
#ifndef SM_WEB_SOCKET_H
#define SM_WEB_SOCKET_H

#include "base/status.h"

/* Connections that may wait to be accepted.  One more is a 502 at nginx: rather
 * many, since a worker tells those whom it cannot serve.  The kernel cuts it to
 * net.core.somaxconn. */
enum { SM_SOCKET_BACKLOG = 4096 };

/* Bind RUN_DIR/NAME.sock (mode 0660) and listen; a stale file is replaced. */
enum sm_status sm_socket_listen(int *out, const char *run_dir, const char *name,
                                struct sm_error *err) SM_MUSTCHECK;

/* Check that FD is a listening unix socket and mark it close-on-exec. */
enum sm_status sm_socket_inherit(int fd, struct sm_error *err) SM_MUSTCHECK;

/* No new privileges, no core file, no ptrace (kept in test builds), files
 * readable by us alone. */
enum sm_status sm_rights_drop(struct sm_error *err) SM_MUSTCHECK;

#endif
