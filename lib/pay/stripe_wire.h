/* Requests to Stripe and their answers: form bodies, headers, refusals.
 * Internal to the adapter. */
#ifndef SM_PAY_STRIPE_WIRE_H
#define SM_PAY_STRIPE_WIRE_H

#include "base/buf.h"
#include "net/http.h"
#include "pay/stripe.h"

#define SM_STRIPE_BODY_MAX 8192

struct stripe {
    struct sm_processor head;
    const struct sm_settings *settings; /* strings below are borrowed of it */
    const char *base_url;
    const char *secret_key;
    const char *webhook_secrets;
    const char *ca_file;
    const char *api_version;
    const char *origin; /* of our own pages */
    int connect_ms;
};

/* How far business time is ahead of the real time that Stripe lives in: whole
 * seconds, always 0 but in a test build with clock.offset_s. */
int64_t sm_stripe_shift_us(void);

/* One call to Stripe under BUDGET_MS.
 * path  from /v1, encoded
 * body  form fields; NULL makes it a GET
 * key   Idempotency-Key or NULL
 * REPLY is to be released after SM_OK, whatever its HTTP code. */
enum sm_status sm_stripe_call(struct sm_http_reply *reply,
                              const struct stripe *stripe,
                              struct sm_arena *arena, const char *path,
                              const struct sm_buf *body, const char *key,
                              int budget_ms, struct sm_error *err) SM_MUSTCHECK;

/* sm_stripe_call() that reads ORDER's own session from the answer.
 * SM_DECLINED     Stripe refused the content of this request for certain
 * SM_CONFLICT     the key was used before with another content
 * SM_UNAVAILABLE  anything else that is no such session. */
enum sm_status sm_stripe_exchange(struct sm_pay_event *out,
                                  const struct stripe *stripe,
                                  struct sm_arena *arena,
                                  const struct sm_pay_order *order,
                                  const char *path, const struct sm_buf *body,
                                  const char *key, int budget_ms,
                                  struct sm_error *err) SM_MUSTCHECK;

#endif
