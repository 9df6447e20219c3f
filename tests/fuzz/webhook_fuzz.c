/* links: pay json base */
/* A notification's raw body and signature header.  The first line of the input
 * is the header, the rest the body.  Whatever is accepted must be whole: a
 * known kind, strings that are there, a sum for money that was taken. */
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/log.h"
#include "pay/stripe.h"

#define HEADER_MAX 512

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static bool is_one_of(const char *word, const char *const *words)
{
    for (; *words != NULL; words++)
        if (strcmp(word, *words) == 0)
            return true;
    return false;
}

/* A refund or a dispute says which, of what money, how much and how it
 * stands. */
static void check_part(const struct sm_pay_event *event)
{
    static const char *const refund[] = {"accepted", "succeeded", "failed",
                                         NULL};
    static const char *const dispute[] = {"open", "won", "lost", NULL};
    bool is_refund = event->kind == SM_PAY_REFUND;

    if (event->part_ref[0] == '\0' || strlen(event->part_ref) > 200 ||
        event->capture_ref[0] == '\0' || strlen(event->capture_ref) > 200 ||
        event->fee_minor < 0 ||
        !is_one_of(event->part_state, is_refund ? refund : dispute))
        abort();
    if (is_refund &&
        (strcmp(event->part_state, "failed") == 0) != (event->reason[0] != 0))
        abort();
}

static void check(const struct sm_pay_event *event)
{
    bool is_part = event->kind == SM_PAY_REFUND ||
                   event->kind == SM_PAY_DISPUTE;

    if (strlen(event->key) == 0 || event->order_no == NULL ||
        event->processor_ref == NULL || event->reason == NULL ||
        event->redirect_url == NULL)
        abort();
    if (event->kind == SM_PAY_CAPTURED || is_part
            ? event->amount_minor <= 0 || strlen(event->currency) != 3
            : event->amount_minor != 0)
        abort();
    if (event->kind == SM_PAY_CLOSED && event->reason[0] == '\0')
        abort();
    if (is_part)
        check_part(event);
    else if (event->part_ref[0] != '\0' || event->part_state[0] != '\0')
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
    sm_log_open("fuzz", SM_LOG_ERROR);
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
