/* What several adapters write and read alike: sums with a dot, stamps, forms.
 * Internal to lib/pay. */
#ifndef SM_PAY_PROTOCOL_H
#define SM_PAY_PROTOCOL_H

#include "base/buf.h"
#include "config/settings.h"
#include "net/http.h"
#include "pay/processor.h"

#define SM_PROTO_AMOUNT 24 /* bytes of a written sum, with the NUL */
#define SM_PROTO_STAMP 15  /* of YYYYMMDDhhmmss */

/* Write MINOR, of a currency with two decimals, as "12.34". */
void sm_proto_amount(char out[SM_PROTO_AMOUNT], int64_t minor);

/* Read "12.34": digits, a dot, two digits, at most 12 bytes, more than 0.
 * SM_INVALID for anything else. */
enum sm_status sm_proto_amount_read(int64_t *out, const char *text)
    SM_MUSTCHECK;

/* Write the UTC second of US as YYYYMMDDhhmmss. */
void sm_proto_stamp(char out[SM_PROTO_STAMP], int64_t us);

/* Upper-case hex of LEN bytes into OUT, which holds 2*LEN+1. */
void sm_proto_hex(char *out, const uint8_t *bytes, size_t len);

/* True if WORD is one of the comma-separated LIST. */
bool sm_proto_listed(const char *list, const char *word);

/* Bytes of TEXT that fit into MAX without cutting a character. */
size_t sm_proto_fit(const char *text, size_t max);

/* The company's name as LANG writes it. */
const char *sm_proto_company(const struct sm_settings *settings,
                             const char *lang);

/* How far business time is ahead of the real time that processors live in:
 * whole seconds, always 0 but in a test build with clock.offset_s. */
int64_t sm_proto_shift_us(void);

/* The address of ORDER's own page of ours below ORIGIN: PAGE is "return" or
 * "status".  NULL without memory. */
const char *sm_proto_page(struct sm_arena *arena, const char *origin,
                          const struct sm_pay_order *order, const char *page);

/* Append one field to a body of application/x-www-form-urlencoded. */
void sm_proto_field(struct sm_buf *body, const char *name, const char *value);

/* POST the urlencoded BODY to URL under BUDGET_MS, with the settings
 * processor.*.  REPLY is to be released after SM_OK, whatever its code. */
enum sm_status sm_proto_post(struct sm_http_reply *reply,
                             const struct sm_settings *settings,
                             const char *url, const struct sm_buf *body,
                             int budget_ms, struct sm_error *err) SM_MUSTCHECK;

/* OUT says that ORDER does not exist at the processor and never did. */
void sm_proto_never_created(struct sm_pay_event *out,
                            const struct sm_pay_order *order);

/* REFUND of ORDER in STATE, named by its own key where the processor has no
 * number for it.  Strings are borrowed of both. */
struct sm_pay_event sm_proto_refund(const struct sm_pay_order *order,
                                    const struct sm_pay_refund *refund,
                                    const char *state);

/* The answer of protocols that want only a 200: 400 to what is not authentic
 * or not readable, 503 to what could not be kept. */
struct sm_pay_ack sm_proto_ack(enum sm_status status);

#endif
