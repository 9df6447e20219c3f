/* The 503 of a worker that is asked for more than it can serve: made when it
 * starts, sent without a thread, on a connection that is kept where its whole
 * request has come. */
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/metrics.h"
#include "web/worker_impl.h"

enum {
    FCGI_VERSION = 1,
    FCGI_BEGIN = 1,
    FCGI_END = 3,
    FCGI_STDIN = 5,
    FCGI_STDOUT = 6,
    FCGI_HEAD = 8,
    FCGI_KEEP = 1,      /* flag of FCGI_BEGIN */
    RECORD_MAX = 65535, /* bytes of content */
    REQUEST_MAX = 16384 /* a longer one is not looked at: its end is unknown */
};

/* What has come of a request. */
struct arrived {
    unsigned char bytes[REQUEST_MAX];
    size_t len;
    unsigned char id[2];
    bool keep; /* it is whole, and the other side wants to go on */
};

static void add_record(struct sm_buf *out, int type, const char *data,
                       size_t len)
{
    const unsigned char head[FCGI_HEAD] = {
        FCGI_VERSION,
        (unsigned char)type,
        0,
        1,
        (unsigned char)(len >> 8),
        (unsigned char)(len & 0xff),
        0,
        0,
    };

    sm_buf_add(out, head, sizeof(head));
    sm_buf_add(out, data, len);
}

static bool make_reply(struct sm_reply_bytes *out,
                       const struct sm_worker_busy *busy)
{
    static const char end[8];
    struct sm_buf cgi, all;
    bool ok;

    sm_buf_init(&cgi, RECORD_MAX);
    sm_buf_init(&all, RECORD_MAX + 4 * FCGI_HEAD);
    sm_buf_addf(&cgi,
                "Status: 503 Service Unavailable\r\nRetry-After: 2\r\n"
                "Content-Type: %s\r\nCache-Control: no-store\r\n"
                "Content-Length: %zu\r\n\r\n",
                busy->type, busy->len);
    sm_buf_add(&cgi, busy->body, busy->len);
    add_record(&all, FCGI_STDOUT, cgi.data, cgi.len);
    add_record(&all, FCGI_STDOUT, "", 0);
    add_record(&all, FCGI_END, end, sizeof(end));
    out->bytes = malloc(all.len + 1);
    ok = sm_buf_ok(&cgi) && sm_buf_ok(&all) && out->bytes;
    if (ok) {
        memcpy(out->bytes, all.data, all.len);
        out->len = all.len;
    }
    sm_buf_release(&cgi);
    sm_buf_release(&all);
    return ok;
}

bool sm_busy_replies_make(struct sm_front *front)
{
    const struct sm_worker_options *options = front->options;

    front->busy_replies =
        calloc((size_t)options->nbusy, sizeof(*front->busy_replies));
    if (!front->busy_replies)
        return false;
    for (int i = 0; i < options->nbusy; i++) {
        if (!make_reply(&front->busy_replies[i], &options->busy[i]))
            return false;
    }
    return true;
}

void sm_busy_replies_free(struct sm_front *front)
{
    for (int i = 0; front->busy_replies && i < front->options->nbusy; i++)
        free(front->busy_replies[i].bytes);
    free(front->busy_replies);
}

static size_t record_size(const unsigned char *record)
{
    return FCGI_HEAD + (size_t)(record[4] << 8 | record[5]) + record[6];
}

/* Walk over the records: is the last byte the end of a request that lets the
 * connection live? */
static bool is_whole(const struct arrived *in)
{
    size_t at = 0, size;

    if (in->len < 2 * (size_t)FCGI_HEAD || in->bytes[1] != FCGI_BEGIN ||
        !(in->bytes[FCGI_HEAD + 2] & FCGI_KEEP))
        return false;
    while (in->len - at >= FCGI_HEAD) {
        const unsigned char *record = in->bytes + at;

        size = record_size(record);
        if (size > in->len - at)
            return false;
        at += size;
        if (record[1] == FCGI_STDIN && (record[4] | record[5]) == 0)
            return at == in->len;
    }
    return false;
}

/* Take what has arrived off the socket: closing a unix socket with unread
 * bytes would reset it before the reply is read. */
static void take_request(struct arrived *in, const struct sm_conn *conn)
{
    unsigned char rest[REQUEST_MAX];
    ssize_t got = recv(conn->own, in->bytes, sizeof(in->bytes), MSG_DONTWAIT);
    int rounds = 0;

    in->len = got > 0 ? (size_t)got : 0;
    in->id[0] = in->len >= FCGI_HEAD ? in->bytes[2] : 0;
    in->id[1] = in->len >= FCGI_HEAD ? in->bytes[3] : 1;
    in->keep = is_whole(in);
    while (got > 0 && !in->keep && ++rounds < 64)
        got = recv(conn->own, rest, sizeof(rest), MSG_DONTWAIT);
}

/* The reply for the address that is asked for: the first one fits all. */
static const struct sm_reply_bytes *choose(const struct sm_front *front,
                                           const struct arrived *in)
{
    for (int i = 1; i < front->options->nbusy; i++) {
        const char *mark = front->options->busy[i].mark;

        if (memmem(in->bytes, in->len, mark, strlen(mark)))
            return &front->busy_replies[i];
    }
    return &front->busy_replies[0];
}

/* The reply must carry the request's id; as nginx asks, it does already. */
static bool send_reply(const struct sm_conn *conn,
                       const struct sm_reply_bytes *reply,
                       const unsigned char id[2])
{
    unsigned char *own = NULL, *bytes = reply->bytes;
    bool sent;

    if (id[0] != 0 || id[1] != 1) {
        own = malloc(reply->len);
        if (!own)
            return false;
        memcpy(own, reply->bytes, reply->len);
        for (size_t at = 0; at < reply->len; at += record_size(own + at)) {
            own[at + 2] = id[0];
            own[at + 3] = id[1];
        }
        bytes = own;
    }
    sent = send(conn->own, bytes, reply->len, MSG_DONTWAIT | MSG_NOSIGNAL) ==
           (ssize_t)reply->len;
    free(own);
    return sent;
}

void sm_conn_reject(struct sm_front *front, struct sm_conn *conn)
{
    struct arrived in;
    bool sent;

    take_request(&in, conn);
    sm_metric_time(SM_HISTOGRAM_QUEUE, sm_clock_mono_us() - conn->ready_us);
    sm_metric_add(SM_METRIC_REQUESTS_SHED, 1);
    sent = send_reply(conn, choose(front, &in), in.id);
    if (sent && in.keep && sm_conn_arm(front, conn, EPOLL_CTL_MOD))
        return;
    if (sent)
        shutdown(conn->own, SHUT_WR);
    sm_conn_drop(front, conn);
}
