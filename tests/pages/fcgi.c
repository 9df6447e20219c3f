/* A FastCGI client, record by record. */
#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/buf.h"
#include "harness.h"

enum {
    BEGIN = 1,
    END = 3,
    PARAMS = 4,
    STDIN = 5,
    STDOUT = 6,
    HEAD = 8,
    RECORD_MAX = 65535,
    ANSWER_MAX = 16 << 20
};

static void add_record(struct sm_buf *out, int type, const char *data,
                       size_t len)
{
    do {
        size_t part = len > RECORD_MAX ? RECORD_MAX : len;
        const char head[HEAD] = {
            1, (char)type, 0, 1, (char)(part >> 8), (char)part, 0, 0};

        sm_buf_add(out, head, HEAD);
        sm_buf_add(out, data, part);
        data += part;
        len -= part;
    } while (len > 0);
}

static void add_length(struct sm_buf *out, size_t len)
{
    const char wide[4] = {(char)(0x80 | (len >> 24)), (char)(len >> 16),
                          (char)(len >> 8), (char)len};

    if (len < 0x80)
        sm_buf_addc(out, (char)len);
    else
        sm_buf_add(out, wide, sizeof(wide));
}

static void add_param(struct sm_buf *out, const char *name, size_t name_len,
                      const char *value)
{
    if (!value)
        return;
    add_length(out, name_len);
    add_length(out, strlen(value));
    sm_buf_add(out, name, name_len);
    sm_buf_adds(out, value);
}

static const char *or_else(const char *text, const char *otherwise)
{
    return text ? text : otherwise;
}

static size_t body_len(const struct sm_ask *ask)
{
    if (!ask->body)
        return 0;
    return ask->body_len ? ask->body_len : strlen(ask->body);
}

static void add_params(struct sm_buf *out, const struct sm_ask *ask)
{
    const char *query = strchr(ask->path, '?');
    size_t path_len = query ? (size_t)(query - ask->path) : strlen(ask->path);
    char *path = strndup(ask->path, path_len);
    char length[24];
    const struct {
        const char *name, *value;
    } rows[] = {
        {"REQUEST_METHOD", or_else(ask->method, "GET")},
        {"DOCUMENT_URI", path},
        {"QUERY_STRING", query ? query + 1 : ""},
        {"CONTENT_TYPE",
         ask->body ? or_else(ask->type, "application/x-www-form-urlencoded")
                   : ""},
        {"CONTENT_LENGTH", or_else(ask->content_length, length)},
        {"REMOTE_ADDR", or_else(ask->address, "192.0.2.7")},
        {"REQUEST_ID", "0123456789abcdef0123456789abcdef"},
        {"HTTP_COOKIE", ask->cookie},
        {"HTTP_ORIGIN", ask->origin},
        {"HTTP_SEC_FETCH_SITE", ask->fetch_site},
        {"HTTP_ACCEPT_LANGUAGE", ask->languages},
    };

    snprintf(length, sizeof(length), "%zu", body_len(ask));
    if (body_len(ask) == 0)
        length[0] = 0;
    for (size_t i = 0; i < SM_COUNT(rows); i++)
        add_param(out, rows[i].name, strlen(rows[i].name), rows[i].value);
    for (const char *at = ask->header; at && *at; at += *at == '\n') {
        size_t name = strcspn(at, "="), line = strcspn(at, "\n");
        char value[4096];

        snprintf(value, sizeof(value), "%.*s", (int)(line - name - 1),
                 at + name + 1);
        add_param(out, at, name, value);
        at += line;
    }
    free(path);
}

int sm_fcgi_connect(const struct sm_site *site, int wait_ms)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    struct timeval wait = {.tv_sec = wait_ms / 1000,
                           .tv_usec = (wait_ms % 1000) * 1000};
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

    snprintf(address.sun_path, sizeof(address.sun_path), "%s", site->socket);
    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &wait, sizeof(wait));
    setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &wait, sizeof(wait));
    if (connect(fd, (const struct sockaddr *)&address, sizeof(address)) != 0)
        fail_msg("connect %s: %s", site->socket, strerror(errno));
    return fd;
}

static bool send_all(int fd, const char *data, size_t len)
{
    while (len > 0) {
        ssize_t put = send(fd, data, len, MSG_NOSIGNAL);

        if (put <= 0)
            return false;
        data += put;
        len -= (size_t)put;
    }
    return true;
}

bool sm_fcgi_send(int fd, const struct sm_ask *ask, size_t part)
{
    const char begin[8] = {0, 1, ask->keep ? 1 : 0};
    struct sm_buf params, out;
    bool ok;

    sm_buf_init(&params, 65536);
    sm_buf_init(&out, ANSWER_MAX);
    add_params(&params, ask);
    add_record(&out, BEGIN, begin, sizeof(begin));
    add_record(&out, PARAMS, params.data, params.len);
    add_record(&out, PARAMS, "", 0);
    if (ask->body)
        add_record(&out, STDIN, ask->body, body_len(ask));
    add_record(&out, STDIN, "", 0);
    ok = sm_buf_ok(&out) && sm_buf_ok(&params) &&
         send_all(fd, out.data, part && part < out.len ? part : out.len);
    sm_buf_release(&params);
    sm_buf_release(&out);
    return ok;
}

static bool read_exactly(int fd, char *out, size_t len)
{
    while (len > 0) {
        ssize_t got = recv(fd, out, len, 0);

        if (got <= 0)
            return false;
        out += got;
        len -= (size_t)got;
    }
    return true;
}

/* Collect STDOUT until the end record.  False if it did not come. */
static bool read_records(struct sm_buf *out, int fd)
{
    unsigned char head[HEAD];
    char data[RECORD_MAX + 255];

    while (read_exactly(fd, (char *)head, HEAD)) {
        size_t len = (size_t)(head[4] << 8 | head[5]);

        if (!read_exactly(fd, data, len + head[6]))
            return false;
        if (head[1] == STDOUT)
            sm_buf_add(out, data, len);
        if (head[1] == END)
            return sm_buf_ok(out);
    }
    return false;
}

/* Every page that a test is given is looked at, whatever the test wants of it.
 * Threads of a test come here as well, where cmocka cannot fail. */
static void check_html(const struct sm_answer *answer)
{
    char type[64];
    const char *problem;

    sm_answer_header(answer, "Content-Type", type, sizeof(type));
    if (strncmp(type, "text/html", 9) != 0 || answer->len == 0)
        return;
    problem = sm_html_problem(answer->body, answer->len);
    if (!problem)
        return;
    fprintf(stderr, "[  FAILED  ] %s in (%d)\n%s\n%s\n", problem, answer->http,
            answer->head, answer->body);
    exit(1);
}

void sm_fcgi_read(struct sm_answer *out, int fd)
{
    struct sm_buf text;
    char *gap;

    memset(out, 0, sizeof(*out));
    sm_buf_init(&text, ANSWER_MAX);
    if (read_records(&text, fd) &&
        (gap = memmem(text.data, text.len, "\r\n\r\n", 4)) != NULL) {
        size_t head_len = (size_t)(gap + 2 - text.data);

        out->all = malloc(text.len + 2);
        assert_non_null(out->all);
        memcpy(out->all, text.data, text.len);
        out->all[text.len] = '\0';
        out->head = out->all;
        out->head[head_len] = '\0';
        out->body = out->all + head_len + 2;
        out->len = text.len - head_len - 2;
        if (strncmp(out->head, "Status: ", 8) == 0)
            out->http = (int)strtol(out->head + 8, NULL, 10);
    }
    sm_buf_release(&text);
    if (!out->all) {
        out->all = calloc(1, 1);
        out->head = out->body = out->all;
    }
    check_html(out);
}

void sm_answer_free(struct sm_answer *answer)
{
    free(answer->all);
    memset(answer, 0, sizeof(*answer));
}

const char *sm_answer_header(const struct sm_answer *answer, const char *name,
                             char *out, size_t size)
{
    size_t len = strlen(name);

    out[0] = '\0';
    for (const char *at = answer->head; *at;) {
        const char *end = strstr(at, "\r\n");

        if (!end)
            break;
        if (strncasecmp(at, name, len) == 0 && at[len] == ':')
            snprintf(out, size, "%.*s", (int)(end - at - (ssize_t)len - 2),
                     at + len + 2);
        at = end + 2;
    }
    return out;
}

void sm_site_ask(struct sm_answer *out, const struct sm_site *site,
                 const struct sm_ask *ask)
{
    int fd = sm_fcgi_connect(site, 10000);

    sm_fcgi_send(fd, ask, 0);
    sm_fcgi_read(out, fd);
    close(fd);
}
