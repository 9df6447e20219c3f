/* links: pay json base */
/* A notification's raw body and signature header.  The first line of the input
 * is the header, the rest the body.  Whatever is accepted must be whole: a
 * known kind, strings that are there, a sum for money that was taken. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "pay/stripe.h"

#define HEADER_MAX 512

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(const struct sm_pay_event *event)
{
    if (strlen(event->key) == 0 || event->order_no == NULL ||
        event->processor_ref == NULL || event->reason == NULL ||
        event->redirect_url == NULL)
        abort();
    if (event->kind == SM_PAY_CAPTURED
            ? event->amount_minor <= 0 || strlen(event->currency) != 3
            : event->amount_minor != 0)
        abort();
    if (event->kind == SM_PAY_CLOSED && event->reason[0] == '\0')
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const char *text = (const char *)data, *end;
    struct sm_arena *arena = sm_arena_new(1 << 22);
    char header[HEADER_MAX] = "";
    struct sm_pay_event event;
    size_t len;

    if (arena == NULL)
        return 0;
    end = size > 0 ? memchr(text, '\n', size) : NULL;
    len = end != NULL ? (size_t)(end - text) : 0;
    if (end != NULL && len < sizeof(header)) {
        memcpy(header, text, len);
        text = end + 1;
        size -= len + 1;
    }
    /* Nobody can make a signature by chance. */
    if (sm_stripe_signature("whsec_fuzz", header, text, size,
                            INT64_C(1614265330000000), NULL) == SM_OK)
        abort();
    if (sm_stripe_read_event(&event, arena, text, size, NULL) == SM_OK)
        check(&event);
    sm_arena_free(arena);
    return 0;
}
