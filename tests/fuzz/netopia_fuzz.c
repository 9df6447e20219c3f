/* links: pay json money crypto base */
/* What Netopia sends.  The first byte of the input chooses: 't' a token and,
 * behind the first line, a body; 'n' a notification's body; 'b' an answer to a
 * start; 'r' one to a refund; all else an answer about an order. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "pay/netopia.h"

#define TOKEN_MAX 9000

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* A public key whose other half nobody has kept. */
static const char certificate[] =
    "-----BEGIN CERTIFICATE-----\n"
    "MIIDAzCCAeugAwIBAgIUQV9kpiQY2YiQ2JtHuDRmYk4j1YcwDQYJKoZIhvcNAQEL\n"
    "BQAwEDEOMAwGA1UEAwwFb3RoZXIwIBcNMjYxMTI1MTQzNjQxWhgPMjEyNjExMDEx\n"
    "NDM2NDFaMBAxDjAMBgNVBAMMBW90aGVyMIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8A\n"
    "MIIBCgKCAQEA5qw12d36vJfQkxHOpQnfQLgz1ko2EbdRb5nuuCtHoLdpBvdu+A2k\n"
    "Pw+vicQYdMXOcRPcnAVVWgaMzGdH2pkYfcwmPy2dHVVHpnFeiEJHL+kV2jSZCFcp\n"
    "hNSExUPm6B5I8EVN01jUfhrCr7NUGJ/4KwF86+phXn1d0wc7ZKwwtX6qUGD5sUs2\n"
    "ROLESRHtW5TzJEOseKAinO7z/HRUoN6Uf9fW3tQwSnre/gNHbFLZmGWlKg8i7NTw\n"
    "pgSQ3GiABLB0pbVgTMxQn7YJMRO3q7vQX7aGNIg6QPcOknb5/Kie3iqUhiX6zvxL\n"
    "0t34IJgFygmmIlxfIfobeUR7ukUB/+vj+wIDAQABo1MwUTAdBgNVHQ4EFgQURih3\n"
    "Wr6snSxrvlUYtwrd26hMxjswHwYDVR0jBBgwFoAURih3Wr6snSxrvlUYtwrd26hM\n"
    "xjswDwYDVR0TAQH/BAUwAwEB/zANBgkqhkiG9w0BAQsFAAOCAQEAX2p9JK6diKMO\n"
    "OkdCz3Pn4f8Jkza7EcXvAfLYeT+Eyv+bI+W5ELi+z0BcrNP3FvjXRSH6+LbMZnZ2\n"
    "9O6fpLBNl0cj+OJyhGmi3u/wV65X29UvDLgLEXjK0MBnMdFaXILjxucwkS4Hy05Y\n"
    "yUHqx2RhfehJ+AsRQ+aQqO1UNwPLqx3uuxDJbMpziGb3rHf3BgqiPJPGWS5OZ1W0\n"
    "VBXAQatBBzhiEEdJWlZSRo4MtYX92OOEpXAwR4celyGnpdSdkFAqQO7oqk8UaVJz\n"
    "2PrY5AO3Wmrx9hP/oHEB3zinHdqqDlXtGLn91/szMPN0oRxtNdGe94Lv26MdB2ql\n"
    "MRHzAXZCsA==\n"
    "-----END CERTIFICATE-----\n";

static const struct sm_pay_order order = {
    .order_no = "1000000001",
    .processor_ref = "",
    .capture_ref = "",
    .amount_minor = 14999,
    .currency = "RON",
};

/* Whatever is accepted must be whole. */
static void check(const struct sm_pay_event *event)
{
    bool money = event->kind == SM_PAY_CAPTURED ||
                 event->kind == SM_PAY_REFUND || event->kind == SM_PAY_DISPUTE;

    if (event->order_no[0] == '\0' || event->type == NULL ||
        event->reason == NULL || event->redirect_url == NULL)
        abort();
    if (money ? event->amount_minor <= 0 || strlen(event->currency) != 3 ||
                    event->processor_ref[0] == '\0'
              : event->amount_minor != 0)
        abort();
    if (event->kind == SM_PAY_CLOSED && event->reason[0] == '\0')
        abort();
    if ((event->kind == SM_PAY_REFUND || event->kind == SM_PAY_DISPUTE) &&
        event->part_state[0] == '\0')
        abort();
    /* a refund has no name there, a dispute that of its payment */
    if ((event->kind == SM_PAY_DISPUTE) != (event->part_ref[0] != '\0'))
        abort();
}

/* Nobody can make a token by chance. */
static void try_token(struct sm_arena *arena, const char *text, size_t size)
{
    const char *end = size > 0 ? memchr(text, '\n', size) : NULL;
    static struct sm_rsa *key;
    char token[TOKEN_MAX];
    size_t len = end != NULL ? (size_t)(end - text) : 0;

    if (key == NULL && sm_rsa_public(&key, certificate) != SM_OK)
        abort();
    if (end == NULL || len >= sizeof(token))
        return;
    memcpy(token, text, len);
    token[len] = '\0';
    if (sm_netopia_token(key, "POS", token, end + 1, size - len - 1,
                         INT64_C(1795000000000000), arena, NULL) == SM_OK)
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const struct sm_pay_refund refund = {
        .key = "k", .ref = "", .amount_minor = 1250, .currency = "RON"};
    struct sm_arena *arena = sm_arena_new(1 << 22);
    const char *text = (const char *)data + 1;
    struct sm_pay_event event;
    enum sm_status status = SM_INVALID;
    int answer = 0;

    if (arena == NULL || size-- == 0)
        goto out;
    if (data[0] == 't')
        try_token(arena, text, size);
    else if (data[0] == 'n')
        status = sm_netopia_read_notice(&event, arena, text, size, NULL);
    else if (data[0] == 'b')
        status = sm_netopia_read_start(&event, arena, &order, text, size, NULL);
    else if (data[0] == 'r')
        (void)!sm_netopia_read_credit(arena, &refund, text, size, NULL);
    else
        status = sm_netopia_read_status(&event, &answer, arena, &order, text,
                                        size, NULL);
    if (status == SM_OK)
        check(&event);
out:
    sm_arena_free(arena);
    return 0;
}
