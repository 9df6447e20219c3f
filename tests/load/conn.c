#include "conn.h"

#include <arpa/inet.h>
#include <errno.h>
#include <openssl/err.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/text.h"

bool ld_conn_open(struct ld_conn *conn, SSL_CTX *tls, uint16_t port,
                  uint32_t source)
{
    struct sockaddr_in from = {.sin_family = AF_INET,
                               .sin_addr.s_addr = htonl(source)};
    struct sockaddr_in to = {.sin_family = AF_INET,
                             .sin_port = htons(port),
                             .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    const int one = 1;

    conn->request = NULL;
    conn->fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (conn->fd < 0)
        return false;
    conn->ssl = SSL_new(tls);
    conn->phase = LD_CONNECTING;
    setsockopt(conn->fd, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, &one,
               sizeof(one));
    if (conn->ssl && SSL_set_fd(conn->ssl, conn->fd) == 1 &&
        bind(conn->fd, (struct sockaddr *)&from, sizeof(from)) == 0 &&
        (connect(conn->fd, (struct sockaddr *)&to, sizeof(to)) == 0 ||
         errno == EINPROGRESS)) {
        SSL_set_tlsext_host_name(conn->ssl, "localhost");
        SSL_set_connect_state(conn->ssl);
        return true;
    }
    ld_conn_close(conn);
    return false;
}

void ld_conn_close(struct ld_conn *conn)
{
    SSL_free(conn->ssl);
    if (conn->phase != LD_CLOSED)
        close(conn->fd);
    conn->ssl = NULL;
    conn->fd = -1;
    conn->phase = LD_CLOSED;
    conn->request = NULL;
}

void ld_conn_ask(struct ld_conn *conn, const struct ld_request *request,
                 int64_t due_us)
{
    conn->request = request;
    conn->sent = conn->head_len = conn->body = 0;
    conn->due_us = due_us;
    conn->asked_us = sm_clock_mono_us();
    conn->status = 0;
    conn->retry_after = conn->close = false;
    conn->left = 0;
    conn->fresh = conn->phase != LD_IDLE;
    memset(conn->tail, 0, sizeof(conn->tail));
    if (conn->phase == LD_IDLE)
        conn->phase = LD_SENDING;
}

/* What a call of OpenSSL came to: LD_WAIT for more, or LD_FAILED. */
static enum ld_step want(struct ld_conn *conn, int result)
{
    int why = SSL_get_error(conn->ssl, result);

    ERR_clear_error();
    return why == SSL_ERROR_WANT_READ || why == SSL_ERROR_WANT_WRITE
               ? LD_WAIT
               : LD_FAILED;
}

/* Take what belongs to the body; true when it is whole. */
static bool take_body(struct ld_conn *conn, const char *bytes, size_t len)
{
    static const char last[] = "0\r\n\r\n";

    conn->body += len;
    if (conn->left >= 0) {
        conn->left -= (int64_t)len;
        return conn->left <= 0;
    }
    for (size_t i = len > 5 ? len - 5 : 0; i < len; i++) {
        memmove(conn->tail, conn->tail + 1, sizeof(conn->tail) - 1);
        conn->tail[sizeof(conn->tail) - 1] = bytes[i];
    }
    return memcmp(conn->tail, last, sizeof(conn->tail)) == 0;
}

static void read_header(struct ld_conn *conn, const char *line)
{
    int64_t number;

    if (strncasecmp(line, "content-length: ", 16) == 0 &&
        sm_parse_i64(&number, line + 16, 0, INT64_C(1) << 40) == SM_OK)
        conn->left = number;
    else if (strcasecmp(line, "transfer-encoding: chunked") == 0)
        conn->left = -1;
    else if (strncasecmp(line, "retry-after: ", 13) == 0)
        conn->retry_after = true;
    else if (strcasecmp(line, "connection: close") == 0)
        conn->close = true;
}

/* Read the head that ends at END in conn->head.  False if it is none. */
static bool read_head(struct ld_conn *conn, char *end)
{
    char *at = conn->head, *eol;
    int64_t status;

    *end = '\0';
    if (strncmp(at, "HTTP/1.1 ", 9) != 0 || strlen(at) < 13)
        return false;
    at[12] = '\0';
    if (sm_parse_i64(&status, at + 9, 100, 599) != SM_OK)
        return false;
    conn->status = (int)status;
    for (at += 13; (at = strchr(at, '\n')) != NULL;) {
        at++;
        eol = strchr(at, '\r');
        if (eol)
            *eol = '\0';
        read_header(conn, at);
        if (!eol)
            break;
        at = eol + 1;
    }
    return true;
}

/* Take bytes of the answer: LD_ANSWERED when it is whole. */
static enum ld_step take(struct ld_conn *conn, const char *bytes, size_t len)
{
    size_t room = sizeof(conn->head) - 1 - conn->head_len, head;
    size_t before = conn->head_len;
    char *end;

    if (conn->status != 0)
        return take_body(conn, bytes, len) ? LD_ANSWERED : LD_WAIT;
    memcpy(conn->head + before, bytes, len < room ? len : room);
    conn->head_len += len < room ? len : room;
    conn->head[conn->head_len] = '\0';
    end = strstr(conn->head, "\r\n\r\n");
    if (!end)
        return len < room ? LD_WAIT : LD_FAILED;
    head = (size_t)(end - conn->head) + 4 - before;
    if (!read_head(conn, end))
        return LD_FAILED;
    if (conn->left == 0)
        return LD_ANSWERED;
    return take_body(conn, bytes + head, len - head) ? LD_ANSWERED : LD_WAIT;
}

static enum ld_step step_read(struct ld_conn *conn)
{
    char bytes[16384];
    enum ld_step step = LD_WAIT;

    while (step == LD_WAIT) {
        int got = SSL_read(conn->ssl, bytes, sizeof(bytes));

        if (got <= 0)
            return want(conn, got);
        step = take(conn, bytes, (size_t)got);
    }
    if (step == LD_ANSWERED)
        conn->phase = LD_IDLE;
    return step;
}

static enum ld_step step_send(struct ld_conn *conn)
{
    while (conn->sent < conn->request->len) {
        int put = SSL_write(conn->ssl, conn->request->bytes + conn->sent,
                            (int)(conn->request->len - conn->sent));

        if (put <= 0)
            return want(conn, put);
        conn->sent += (size_t)put;
    }
    conn->phase = LD_READING;
    return step_read(conn);
}

/* On an idle connection only tickets may come, or its end. */
static enum ld_step step_idle(struct ld_conn *conn)
{
    char byte;
    int got = SSL_read(conn->ssl, &byte, 1);

    return got > 0 ? LD_FAILED : want(conn, got);
}

enum ld_step ld_conn_step(struct ld_conn *conn)
{
    int result;

    switch (conn->phase) {
    case LD_CONNECTING:
    case LD_SHAKING:
        conn->phase = LD_SHAKING;
        result = SSL_do_handshake(conn->ssl);
        if (result != 1)
            return want(conn, result);
        if (!conn->request) {
            conn->phase = LD_IDLE;
            return LD_READY;
        }
        conn->phase = LD_SENDING;
        return step_send(conn);
    case LD_SENDING:
        return step_send(conn);
    case LD_READING:
        return step_read(conn);
    case LD_IDLE:
        return step_idle(conn);
    case LD_CLOSED:
    default:
        return LD_FAILED;
    }
}
