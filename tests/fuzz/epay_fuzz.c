/* links: pay json crypto base */
/* The decoded text of an ePay.bg notification, and a biller's query string. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "pay/epay.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(const struct sm_pay_event *event)
{
    const char *at;

    if (event->order_no[0] == '\0' || strlen(event->order_no) > 20 ||
        strlen(event->key) > 255)
        abort();
    /* what is echoed in the answer cannot end a line or a field */
    for (at = event->order_no; *at != '\0'; at++)
        if (*at == '\n' || *at == ':' || *at == '=')
            abort();
    if (event->kind != SM_PAY_CAPTURED && event->amount_minor != 0)
        abort();
    if (event->kind == SM_PAY_CLOSED && event->reason[0] == '\0')
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct sm_arena *arena = sm_arena_new(1 << 22);
    struct sm_pay_event *events = NULL;
    struct sm_epay_bill bill;
    size_t count = 0, i;
    char *query;

    if (arena == NULL)
        return 0;
    if (sm_epay_read(&events, &count, arena, (const char *)data, size, NULL) ==
        SM_OK)
        for (i = 0; i < count; i++)
            check(&events[i]);
    query = sm_arena_strndup(arena, (const char *)data, size);
    /* nobody can make a checksum by chance */
    if (query != NULL && sm_epay_bill_read(&bill, arena, query, "0001234",
                                           "fuzz-secret", NULL) == SM_OK)
        abort();
    sm_arena_free(arena);
    return 0;
}
