/* Requests to Stripe and their answers: form bodies, headers, refusals.
 * Internal to the adapter. */
#ifndef SM_PAY_STRIPE_WIRE_H
#define SM_PAY_STRIPE_WIRE_H

#include "base/buf.h"
#include "net/http.h"
#include "pay/stripe.h"

#define SM_STRIPE_BODY_MAX 8192
#define SM_STRIPE_REF_MAX 200 /* bytes of an id of theirs */

/* Stripe keeps an idempotency key for 24 hours; an hour is left for clocks. */
#define SM_STRIPE_KEY_LIFE_US (INT64_C(23) * 3600 * 1000000)

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

/* sm_stripe_call() that reads what came with 200 into OUT.
 * SM_DECLINED     Stripe refused the content of this request for certain
 * SM_NOT_FOUND    it knows no such thing
 * SM_CONFLICT     the key was used before with another content
 * SM_UNAVAILABLE  anything else that is no such answer. */
enum sm_status sm_stripe_fetch(const struct sm_json **out,
                               const struct stripe *stripe,
                               struct sm_arena *arena, const char *path,
                               const struct sm_buf *body, const char *key,
                               int budget_ms, struct sm_error *err)
    SM_MUSTCHECK;

/* sm_stripe_fetch() that reads ORDER's own session; what is not found
 * is SM_DECLINED. */
enum sm_status sm_stripe_exchange(struct sm_pay_event *out,
                                  const struct stripe *stripe,
                                  struct sm_arena *arena,
                                  const struct sm_pay_order *order,
                                  const char *path, const struct sm_buf *body,
                                  const char *key, int budget_ms,
                                  struct sm_error *err) SM_MUSTCHECK;

/* The string at PATH below VALUE; "" if there is none. */
const char *sm_stripe_str(const struct sm_json *value, const char *path);

/* The currency of OBJECT in upper case; "" if it is not three letters. */
const char *sm_stripe_currency(struct sm_arena *arena,
                               const struct sm_json *object);

/* True if REF can be an id of theirs: letters, digits, underscores. */
bool sm_stripe_ref_ok(const char *ref);

/* FOLDER, REF and TAIL as one path; NULL if REF is no id, or without
 * memory. */
const char *sm_stripe_path(struct sm_arena *arena, const char *folder,
                           const char *ref, const char *tail);

/* The operations of a refund; struct sm_processor_ops says what they do. */
enum sm_status sm_stripe_refund(struct sm_pay_event *out,
                                const struct sm_processor *self,
                                struct sm_arena *arena,
                                const struct sm_pay_order *order,
                                const struct sm_pay_refund *refund,
                                int budget_ms, struct sm_error *err)
    SM_MUSTCHECK;
enum sm_status sm_stripe_refund_query(struct sm_pay_event *out,
                                      const struct sm_processor *self,
                                      struct sm_arena *arena,
                                      const struct sm_pay_order *order,
                                      const struct sm_pay_refund *refund,
                                      int64_t now_us, int budget_ms,
                                      struct sm_error *err) SM_MUSTCHECK;

/* The payouts since an instant, and the lines of one; struct sm_processor_ops
 * says more. */
enum sm_status sm_stripe_payouts(struct sm_pay_payout **out, size_t *count,
                                 const struct sm_processor *self,
                                 struct sm_arena *arena, int64_t since_us,
                                 const struct sm_pay_time *time,
                                 struct sm_error *err) SM_MUSTCHECK;
enum sm_status sm_stripe_payout_lines(struct sm_pay_payout *payout,
                                      const struct sm_processor *self,
                                      struct sm_arena *arena,
                                      const struct sm_pay_time *time,
                                      struct sm_error *err) SM_MUSTCHECK;

#endif
