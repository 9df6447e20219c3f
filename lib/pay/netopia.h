/* Netopia Payments, API v2, hosted page.  docs/PROCESSORS.md says which calls
 * and fields are used and what each becomes. */
#ifndef SM_PAY_NETOPIA_H
#define SM_PAY_NETOPIA_H

#include "base/buf.h"
#include "crypto/crypto.h"
#include "pay/processor.h"

/* The stamps of a notification's token may be this far off. */
#define SM_NETOPIA_LEEWAY_S 300

/* What payment.status says; only those that are told apart. */
enum sm_netopia_status {
    SM_NETOPIA_NEW = 1,
    SM_NETOPIA_PAID = 3,
    SM_NETOPIA_CANCELLED = 4,
    SM_NETOPIA_CONFIRMED = 5,
    SM_NETOPIA_CREDIT = 8,
    SM_NETOPIA_CHARGEBACK = 9,
    SM_NETOPIA_CHARGEBACK_LOST = 10,
    SM_NETOPIA_ERROR = 11,
    SM_NETOPIA_DECLINED = 12,
    SM_NETOPIA_3DS = 15,
    SM_NETOPIA_REPRESENTED = 16,
    SM_NETOPIA_REVERSED = 17,
    SM_NETOPIA_EXPIRED = 23
};

/* Open the adapter with the settings netopia.* and public_origin.
 * SM_INVALID names what is missing. */
enum sm_status sm_netopia_open(struct sm_processor **out,
                               const struct sm_settings *settings,
                               struct sm_error *err) SM_MUSTCHECK;

/* Check the Verification-token of a notification.
 * key      that of the point of sale's certificate
 * pos      our signature of the point of sale
 * real_us  the real time
 * SM_DENIED unless TOKEN is signed with KEY by RS256 or RS512, comes
 * from Netopia for POS now, and names the raw BODY.  For the adapter, its
 * tests and the fuzzer. */
enum sm_status sm_netopia_token(const struct sm_rsa *key, const char *pos,
                                const char *token, const char *body, size_t len,
                                int64_t real_us, struct sm_arena *arena,
                                struct sm_error *err) SM_MUSTCHECK;

/* Write the body of the start call: a pure function of ORDER, the point of
 * sale POS, the site's ORIGIN and the COMPANY's name.  For the adapter and its
 * tests. */
void sm_netopia_start_body(struct sm_buf *out, const struct sm_pay_order *order,
                           const char *pos, const char *origin,
                           const char *company);

/* Read the answer to a start call.
 * SM_OK           OUT says how ORDER stands
 * SM_CONFLICT     its number was used before: ask how it stands
 * SM_DECLINED     refused for certain, nothing came to be
 * SM_UNAVAILABLE  anything else.
 * For the adapter, its tests and the fuzzer. */
enum sm_status sm_netopia_read_start(struct sm_pay_event *out,
                                     struct sm_arena *arena,
                                     const struct sm_pay_order *order,
                                     const char *text, size_t len,
                                     struct sm_error *err) SM_MUSTCHECK;

/* Read an answer about ORDER: to a question, or to a request to end it.
 * STATUS is theirs, 0 if it is not said.
 * SM_OK           OUT says how ORDER stands; unpaid is SM_PAY_OPEN, with type
 *                 "12" or "11" after a try that failed
 * SM_NOT_FOUND    they say that they cannot, and nothing of an order
 * SM_UNAVAILABLE  anything else.
 * For the adapter, its tests and the fuzzer. */
enum sm_status sm_netopia_read_status(struct sm_pay_event *out, int *status,
                                      struct sm_arena *arena,
                                      const struct sm_pay_order *order,
                                      const char *text, size_t len,
                                      struct sm_error *err) SM_MUSTCHECK;

/* Read the answer to a refund's request.
 * SM_OK           the money goes back
 * SM_DECLINED     refused for certain
 * SM_UNAVAILABLE  anything else.
 * For the adapter and its tests. */
enum sm_status sm_netopia_read_credit(struct sm_arena *arena,
                                      const struct sm_pay_refund *refund,
                                      const char *text, size_t len,
                                      struct sm_error *err) SM_MUSTCHECK;

/* Read a notification's body; OUT has no key yet.  SM_INVALID if it is not
 * one.  For the adapter, its tests and the fuzzer. */
enum sm_status sm_netopia_read_notice(struct sm_pay_event *out,
                                      struct sm_arena *arena, const char *text,
                                      size_t len, struct sm_error *err)
    SM_MUSTCHECK;

#endif
