/* Stripe Checkout Sessions, hosted page.  docs/PROCESSORS.md says which calls,
 * fields and events are used and what each becomes. */
#ifndef SM_PAY_STRIPE_H
#define SM_PAY_STRIPE_H

#include "base/buf.h"
#include "pay/processor.h"
#include "json/json.h"

/* Signed notifications are accepted this long before and after the signer's
 * clock. */
#define SM_STRIPE_TOLERANCE_S 300

/* Open the adapter with the settings stripe.* and public_origin.  SM_INVALID
 * names what is missing. */
enum sm_status sm_stripe_open(struct sm_processor **out,
                              const struct sm_settings *settings,
                              struct sm_error *err) SM_MUSTCHECK;

/* Check a Stripe-Signature header over the raw body.
 * secrets  whole "whsec_..." strings, comma separated; any may have signed
 * real_us  the real time; both older and newer stamps are refused
 * Any v1 value that fits is enough; comparisons take constant time.
 * SM_DENIED for anything else.  For the adapter and its tests. */
enum sm_status sm_stripe_signature(const char *secrets, const char *header,
                                   const char *body, size_t len,
                                   int64_t real_us, struct sm_error *err)
    SM_MUSTCHECK;

/* Write the form-encoded body of the create call: a pure function of ORDER,
 * the site's ORIGIN and the COMPANY's name.  For the adapter and its tests. */
void sm_stripe_create_body(struct sm_buf *out, const struct sm_pay_order *order,
                           const char *origin, const char *company);

/* Read a Checkout Session object into OUT.  SM_INVALID if it is not one.  For
 * the adapter and its tests. */
enum sm_status sm_stripe_read_session(struct sm_pay_event *out,
                                      struct sm_arena *arena,
                                      const struct sm_json *session,
                                      struct sm_error *err) SM_MUSTCHECK;

/* Write the form-encoded body of a refund's request: a pure function of the
 * stored rows and the CAPTURE that they name.  For the adapter and its
 * tests. */
void sm_stripe_refund_body(struct sm_buf *out, const char *capture,
                           const struct sm_pay_order *order,
                           const struct sm_pay_refund *refund);

/* Read a Refund object into OUT.  SM_INVALID if it is not one.  For the
 * adapter and its tests. */
enum sm_status sm_stripe_read_refund(struct sm_pay_event *out,
                                     struct sm_arena *arena,
                                     const struct sm_json *refund,
                                     struct sm_error *err) SM_MUSTCHECK;

/* Read a Dispute object into OUT; one that moves no money, or whose status is
 * not known, is SM_PAY_IGNORED.  SM_INVALID if it is not one.  For the adapter
 * and its tests. */
enum sm_status sm_stripe_read_dispute(struct sm_pay_event *out,
                                      struct sm_arena *arena,
                                      const struct sm_json *dispute,
                                      struct sm_error *err) SM_MUSTCHECK;

/* Append the Balance Transaction TXN of PAYOUT to the inside of a JSON array
 * unless it is the payout's own entry.
 * SM_INVALID if it is not one, or of another currency than the payout.  For
 * the adapter and its tests. */
enum sm_status sm_stripe_read_line(struct sm_buf *lines, struct sm_arena *arena,
                                   const struct sm_pay_payout *payout,
                                   const struct sm_json *txn,
                                   struct sm_error *err) SM_MUSTCHECK;

/* Read a notification's event object into OUT; kinds that do not concern us
 * are SM_OK with SM_PAY_IGNORED.  For the adapter, its tests and the fuzzer. */
enum sm_status sm_stripe_read_event(struct sm_pay_event *out,
                                    struct sm_arena *arena, const char *text,
                                    size_t len, struct sm_error *err)
    SM_MUSTCHECK;

#endif
