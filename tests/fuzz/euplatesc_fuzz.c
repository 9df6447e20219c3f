/* links: pay json money crypto base */
/* A message of EuPlatesc and an answer of its web service.  The first byte of
 * the input chooses: 'm' is a message, with its hash made right so that what
 * is behind it is reached, 's' a status answer, all else a raw message. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/form.h"
#include "pay/euplatesc.h"

#define BODY_MAX 65536

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct sm_euplatesc_terms terms = {.merchant = "testaccount",
                                          .extra = "sec_status"};
static const struct sm_pay_order order = {
    .order_no = "1000000001",
    .processor_ref = "",
    .capture_ref = "",
    .amount_minor = 14999,
    .currency = "RON",
    .expires_us = INT64_C(1795000000000000),
};

/* Whatever is accepted must be whole. */
static void check(const struct sm_pay_event *event)
{
    if (event->order_no == NULL || event->processor_ref == NULL ||
        event->reason == NULL || event->kind == SM_PAY_IGNORED)
        abort();
    if (event->kind == SM_PAY_CAPTURED
            ? event->amount_minor <= 0 || strlen(event->currency) != 3 ||
                  event->processor_ref[0] == '\0'
            : event->amount_minor != 0)
        abort();
    if (event->kind == SM_PAY_CLOSED && event->reason[0] == '\0')
        abort();
}

/* Append the fp_hash that BODY's own fields want. */
static void sign(struct sm_buf *body, struct sm_arena *arena)
{
    static const char *const names[] = {
        "amount",  "curr",     "invoice_id", "ep_id", "merch_id",   "action",
        "message", "approval", "timestamp",  "nonce", "sec_status",
    };
    struct sm_pay_field fields[SM_COUNT(names)];
    char hash[SM_EUPLATESC_HASH];
    const struct sm_field *found;
    struct sm_form form;
    size_t i;

    if (sm_form_parse(&form, arena, body->data, body->len) != SM_OK)
        return;
    for (i = 0; i < SM_COUNT(names); i++) {
        found = NULL;
        if (sm_form_find(&found, &form, names[i]) != SM_OK)
            return;
        fields[i] =
            (struct sm_pay_field){names[i], found != NULL ? found->value : ""};
    }
    if (sm_euplatesc_hash(hash, &terms.key, fields, SM_COUNT(fields)) != SM_OK)
        return;
    sm_buf_adds(body, "&fp_hash=");
    sm_buf_adds(body, hash);
}

static void try_message(struct sm_arena *arena, const char *text, size_t size,
                        bool make_right)
{
    struct sm_pay_event event;
    enum sm_status status;
    struct sm_buf body;

    sm_buf_init(&body, BODY_MAX + 64);
    sm_buf_add(&body, text, size);
    if (make_right)
        sign(&body, arena);
    status = sm_euplatesc_read_message(&event, arena, &terms, body.data,
                                       body.len, NULL);
    if (status == SM_OK && !make_right)
        abort(); /* nobody can make a hash by chance */
    if (status == SM_OK && event.key[0] == '\0')
        abort();
    if (status == SM_OK)
        check(&event);
    sm_buf_release(&body);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct sm_arena *arena = sm_arena_new(1 << 22);
    const char *text = (const char *)data;
    struct sm_pay_event event;

    if (arena == NULL || size == 0)
        goto out;
    if (sm_euplatesc_key_read(&terms.key, "8f3ac1d07e5b9246") != SM_OK)
        abort();
    if (text[0] != 's')
        try_message(arena, text + 1, size - 1, text[0] == 'm');
    else if (sm_euplatesc_read_status(&event, arena, &terms, "404", &order,
                                      order.expires_us, text + 1, size - 1,
                                      NULL) == SM_OK)
        check(&event);
out:
    sm_arena_free(arena);
    return 0;
}
