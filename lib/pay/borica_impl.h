/* What the files of the BORICA adapter share.  Internal to the adapter. */
#ifndef SM_PAY_BORICA_IMPL_H
#define SM_PAY_BORICA_IMPL_H

#include "crypto/crypto.h"
#include "pay/borica.h"

#define SM_BORICA_KEYS 2        /* of the gateway, while one replaces another */
#define SM_BORICA_NONCE_TEXT 33 /* with the NUL */
#define SM_BORICA_ORDER_TEXT 7

/* The gateway accepts a form for 15 minutes after its stamp, lets the payer
 * take 15 more, and adds one for clocks. */
#define SM_BORICA_GRACE_US (INT64_C(31) * 60 * 1000000)
/* It knows a transaction for 24 hours; what it does not find afterwards may
 * have been paid. */
#define SM_BORICA_MEMORY_US (INT64_C(24) * 3600 * 1000000)

struct borica {
    struct sm_processor head;
    const struct sm_settings *settings; /* strings below are borrowed of it */
    const char *base_url, *terminal, *merchant;
    enum sm_borica_mac mac;
    struct sm_rsa *own;
    struct sm_rsa *gateway[SM_BORICA_KEYS];
    size_t ngateway;
};

/* The nonce of a sale: the payment's id, so that an answer names it. */
void sm_borica_nonce(char out[SM_BORICA_NONCE_TEXT],
                     const uint8_t id[SM_ID_BYTES]);

/* The gateway's number of our order: its last six digits. */
void sm_borica_order(char out[SM_BORICA_ORDER_TEXT], const char *order_no);

/* P_SIGN of REQUEST as upper hex, in the arena; NULL without memory. */
const char *sm_borica_sign(const struct borica *borica, struct sm_arena *arena,
                           const struct sm_borica_request *request);

/* SM_OK if one of the gateway's keys signed ANSWER and it is of our terminal;
 * SM_DENIED. */
enum sm_status sm_borica_check(const struct borica *borica,
                               const struct sm_borica_answer *answer,
                               struct sm_error *err) SM_MUSTCHECK;

/* Copy what an answer says of money into OUT: sum, currency, the gateway's
 * numbers.  SM_INVALID if it was taken and the sum cannot be read. */
enum sm_status sm_borica_money(struct sm_pay_event *out, struct sm_arena *arena,
                               const struct sm_borica_answer *answer,
                               struct sm_error *err) SM_MUSTCHECK;

/* Ask the gateway what became of transaction type TRAN ("1", "24") of ORDER;
 * the answer is signed, ours and fresh, else SM_UNAVAILABLE. */
enum sm_status sm_borica_status(struct sm_borica_answer *out,
                                const struct borica *borica,
                                struct sm_arena *arena,
                                const struct sm_pay_order *order,
                                const char *tran, int budget_ms,
                                struct sm_error *err) SM_MUSTCHECK;

/* The two operations of refunds; see struct sm_processor_ops. */
enum sm_status sm_borica_refund(struct sm_pay_event *out,
                                const struct sm_processor *self,
                                struct sm_arena *arena,
                                const struct sm_pay_order *order,
                                const struct sm_pay_refund *refund,
                                int budget_ms, struct sm_error *err)
    SM_MUSTCHECK;
enum sm_status sm_borica_refund_query(struct sm_pay_event *out,
                                      const struct sm_processor *self,
                                      struct sm_arena *arena,
                                      const struct sm_pay_order *order,
                                      const struct sm_pay_refund *refund,
                                      int64_t now_us, int budget_ms,
                                      struct sm_error *err) SM_MUSTCHECK;

#endif
