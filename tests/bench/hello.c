/* The floor's worker: libfcgi's plain loop, kept connections, one answer of a
 * given size.  hello SOCKET_FD BYTES THREADS */
#include <fcgiapp.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static char *answer;
static size_t answer_len;
static int listen_fd;

static void *serve(void *arg)
{
    FCGX_Request request;

    (void)FCGX_InitRequest(&request, listen_fd, 0);
    while (FCGX_Accept_r(&request) == 0)
        (void)FCGX_PutStr(answer, (int)answer_len, request.out);
    return arg;
}

int main(int argc, char **argv)
{
    static const char head[] = "Content-Type: text/html; charset=utf-8\r\n"
                               "Cache-Control: no-store\r\n"
                               "Content-Length: %zu\r\n\r\n";
    size_t bytes;
    long threads;
    int n;

    if (argc != 4 || FCGX_Init() != 0)
        return 2;
    listen_fd = (int)strtol(argv[1], NULL, 10);
    bytes = (size_t)strtol(argv[2], NULL, 10);
    threads = strtol(argv[3], NULL, 10);
    answer = malloc(bytes + sizeof(head) + 32);
    if (answer == NULL)
        return 1;
    n = snprintf(answer, sizeof(head) + 32, head, bytes);
    memset(answer + n, 'x', bytes);
    answer_len = (size_t)n + bytes;
    for (long i = 1; i < threads; i++) {
        pthread_t thread;

        if (pthread_create(&thread, NULL, serve, NULL) != 0)
            return 1;
    }
    (void)serve(NULL);
    return 0;
}
