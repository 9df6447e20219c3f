#include "bridge.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { REQUEST_MAX = 65536, MESSAGES_MAX = 64 };

static const struct sm_site *behind;
static int listener;
static pthread_t thread;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static struct sm_bridge_message messages[MESSAGES_MAX];
static size_t message_count, message_read;

/* The value of header NAME in the HEAD of a request; "" if absent. */
static void header_of(char *out, size_t size, const char *head,
                      const char *name)
{
    size_t len = strlen(name);

    out[0] = '\0';
    for (const char *at = strstr(head, "\r\n"); at != NULL;
         at = strstr(at, "\r\n")) {
        at += 2;
        if (strncasecmp(at, name, len) == 0 && at[len] == ':')
            snprintf(out, size, "%.*s", (int)strcspn(at + len + 2, "\r\n"),
                     at + len + 2);
    }
}

/* Read one request whole; its body, or NULL if there is none. */
static char *read_request(int fd, char *text)
{
    size_t len = 0, want;
    char number[16], *body = NULL;
    ssize_t got;

    while (body == NULL) {
        got = read(fd, text + len, REQUEST_MAX - 1 - len);
        if (got <= 0)
            return NULL;
        len += (size_t)got;
        text[len] = '\0';
        body = strstr(text, "\r\n\r\n");
    }
    *body = '\0';
    body += 4;
    header_of(number, sizeof(number), text, "Content-Length");
    want = (size_t)strtoul(number, NULL, 10);
    while ((size_t)(text + len - body) < want) {
        got = read(fd, text + len, REQUEST_MAX - 1 - len);
        if (got <= 0)
            return NULL;
        len += (size_t)got;
        text[len] = '\0';
    }
    return body;
}

static void keep_message(const char *head, const char *body)
{
    pthread_mutex_lock(&lock);
    if (message_count < MESSAGES_MAX) {
        struct sm_bridge_message *m = &messages[message_count++];

        header_of(m->signature, sizeof(m->signature), head, "Stripe-Signature");
        m->body = strdup(body);
    }
    pthread_mutex_unlock(&lock);
}

static void serve(int fd)
{
    static char text[REQUEST_MAX];
    char *body = read_request(fd, text), head[256], header[1024];
    char method[8] = "", path[1024] = "", auth[256], key[256];
    struct sm_answer answer = {.http = 200};

    if (body == NULL || sscanf(text, "%7s %1023s", method, path) != 2)
        return;
    if (strncmp(path, "/gw/", 4) == 0) {
        keep_message(text, body);
    } else {
        header_of(auth, sizeof(auth), text, "Authorization");
        header_of(key, sizeof(key), text, "Idempotency-Key");
        snprintf(header, sizeof(header),
                 "HTTP_AUTHORIZATION=%s\nHTTP_IDEMPOTENCY_KEY=%s", auth, key);
        sm_site_ask(&answer, behind,
                    &(struct sm_ask){.method = method,
                                     .path = path,
                                     .body = body,
                                     .header = header});
    }
    snprintf(head, sizeof(head),
             "HTTP/1.1 %d x\r\nContent-Length: %zu\r\nConnection: "
             "close\r\n\r\n",
             answer.http, answer.len);
    if (write(fd, head, strlen(head)) < 0 ||
        (answer.len > 0 && write(fd, answer.body, answer.len) < 0))
        perror("bridge");
    sm_answer_free(&answer);
}

static void *run_bridge(void *arg)
{
    int fd;

    while ((fd = accept(listener, NULL, NULL)) >= 0) {
        serve(fd);
        close(fd);
    }
    return arg;
}

int sm_bridge_open(const struct sm_site *site)
{
    struct sockaddr_in at = {.sin_family = AF_INET,
                             .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t len = sizeof(at);

    behind = site;
    listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    assert_int_equal(bind(listener, (struct sockaddr *)&at, len), 0);
    assert_int_equal(listen(listener, 64), 0);
    assert_int_equal(getsockname(listener, (struct sockaddr *)&at, &len), 0);
    assert_int_equal(pthread_create(&thread, NULL, run_bridge, NULL), 0);
    return ntohs(at.sin_port);
}

void sm_bridge_close(void)
{
    shutdown(listener, SHUT_RDWR);
    pthread_join(thread, NULL);
    close(listener);
    while (message_count > 0)
        free(messages[--message_count].body);
}

const struct sm_bridge_message *sm_bridge_next(int wait_ms)
{
    int64_t end_ms = sm_test_ms() + wait_ms;
    const struct sm_bridge_message *m = NULL;

    while (m == NULL && sm_test_ms() < end_ms) {
        sm_test_sleep_ms(20);
        pthread_mutex_lock(&lock);
        if (message_read < message_count)
            m = &messages[message_read++];
        pthread_mutex_unlock(&lock);
    }
    return m;
}

void sm_bridge_adapter(struct sm_processor **out, struct sm_settings **settings,
                       const char *text)
{
    char path[] = "/tmp/smetka-adapter.XXXXXX";
    struct sm_error err = {.message = ""};
    int fd = mkostemp(path, O_CLOEXEC);

    assert_true(write(fd, text, strlen(text)) == (ssize_t)strlen(text));
    close(fd);
    if (sm_settings_load(settings, path, &err) != SM_OK ||
        sm_processor_open(out, "stripe", *settings, &err) != SM_OK)
        fail_msg("%s", err.message);
    unlink(path);
}

void sm_bridge_post(const struct sm_site *site, const char *path,
                    const char *fields, int http)
{
    struct sm_answer answer;
    char body[256];

    snprintf(body, sizeof(body), "csrf=sandbox&website=&%s", fields);
    sm_site_ask(&answer, site,
                &(struct sm_ask){.method = "POST",
                                 .path = path,
                                 .origin = SM_SITE_ORIGIN,
                                 .body = body});
    if (answer.http != http)
        fail_msg("%s %s: %d", path, fields, answer.http);
    sm_answer_free(&answer);
}
