/* One client connection over TLS that never blocks: connect, shake hands,
 * send a request, read its answer, keep or close. */
#ifndef SM_LOAD_CONN_H
#define SM_LOAD_CONN_H

#include <netinet/in.h>
#include <openssl/ssl.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "plan.h"

#define LD_HEAD 8192 /* of an answer's headers at most */

enum ld_phase {
    LD_CLOSED,
    LD_CONNECTING,
    LD_SHAKING,
    LD_IDLE,
    LD_SENDING,
    LD_READING
};

/* What a step came to. */
enum ld_step { LD_WAIT, LD_READY, LD_ANSWERED, LD_FAILED };

struct ld_conn {
    enum ld_phase phase;
    int fd;
    SSL *ssl;
    const struct ld_request *request; /* under way or to be sent when ready */
    size_t sent;
    int64_t due_us, asked_us;
    bool fresh;       /* the request opened the connection */
    int status;       /* of the answer */
    bool retry_after; /* it says when to come again */
    bool close;       /* it says that the server closes */
    int64_t left;     /* of the body; -1: chunked, until its last chunk */
    size_t body;      /* bytes of it so far */
    size_t head_len;  /* bytes in head */
    char head[LD_HEAD];
    char tail[5]; /* the last bytes of a chunked body */
};

/* Begin to connect to port PORT of 127.0.0.1 from address SOURCE (host order).
 * False without a descriptor or port. */
bool ld_conn_open(struct ld_conn *conn, SSL_CTX *tls, uint16_t port,
                  uint32_t source);

/* Ask REQUEST, due at DUE_US, on a connection that is idle or on its way to
 * be.  Follow with ld_conn_step(). */
void ld_conn_ask(struct ld_conn *conn, const struct ld_request *request,
                 int64_t due_us);

/* Go on as far as the socket lets.  LD_READY: idle, without a request;
 * LD_ANSWERED: a whole answer is here, the connection idle or closed;
 * LD_FAILED: it broke, in the phase it still shows. */
enum ld_step ld_conn_step(struct ld_conn *conn);

/* Close at once, without a goodbye. */
void ld_conn_close(struct ld_conn *conn);

#endif
