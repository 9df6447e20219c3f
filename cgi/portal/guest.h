/* What the pages of a guest share: keyed hashes, limits, the page for a bill
 * that is not open any more, the one for too many tries. */
#ifndef SM_PORTAL_GUEST_H
#define SM_PORTAL_GUEST_H

#include "auth/auth.h"
#include "auth/password.h"
#include "domain/paylink.h"
#include "web/app.h"
#include "web/reply.h"
#include "web/request.h"

/* The program's keys, in app->data; read-only after start. */
struct sm_portal {
    struct sm_key_bytes link; /* secret.link: mailed links of one use */
    struct sm_key_bytes seal; /* secret.seal: second factors, payment codes */
    struct sm_hasher *hasher; /* of passwords, with secret.pepper */
    struct sm_paylink_keys paylinks;
    /* What signs the links on bills; not set: they have none. */
    struct sm_key_bytes paylink_seed;
    uint8_t paylink_id;
};

/* The one of the program that serves RQ. */
const struct sm_portal *sm_portal(const struct sm_request *rq);

/* A handle: what stands in the address of a guest's bill, and its keyed hash,
 * which is all that the database knows. */
struct sm_handle {
    char text[SM_ID_TEXT];
    uint8_t hash[SM_HASH_BYTES];
};

/* Draw a new handle. */
void sm_handle_new(struct sm_handle *out, const struct sm_request *rq);

/* The handle that SECRET, good for one use, opens in this browser. */
void sm_handle_of(struct sm_handle *out, const struct sm_request *rq,
                  const void *secret, size_t len);

/* The handle in the path, of the declared input "handle" (SM_IN_ID). */
void sm_handle_read(struct sm_handle *out, const struct sm_request *rq);

/* The bill behind the handle in the path, for the browser that opened it: the
 * rows of sm_sql_guest_bill, none if it is gone. */
enum sm_status sm_portal_bill(struct sm_rows **out, struct sm_handle *handle,
                              struct sm_request *rq) SM_MUSTCHECK;

/* True if the handle was made from a session; EMAIL, unless NULL, is then
 * where its receipt goes, or "". */
enum sm_status sm_portal_selected(bool *out, const char **email,
                                  const struct sm_handle *handle,
                                  struct sm_request *rq) SM_MUSTCHECK;

/* Fill _under_way.tpl: PAYMENT of this browser, in the shown state STATE. */
void sm_portal_own(struct sm_dict *page, const uint8_t payment[SM_ID_BYTES],
                   const char *state, int64_t started_us);

/* The same for one of somebody else, of which only its age is told; nothing
 * for 0. */
void sm_portal_other(struct sm_dict *page, const struct sm_request *rq,
                     int64_t started_us);

/* Fill where the receipt goes, masked, and whether that looks mistyped. */
void sm_portal_receipt_to(struct sm_dict *dict, const char *email);

/* Argument: the keyed hash of TEXT for PURPOSE, in the arena. */
struct sm_arg sm_portal_hash(struct sm_request *rq, const char *purpose,
                             const char *text);

/* Argument: the limits on look-ups, as pay.guest_open() reads them.  With
 * ALWAYS_MAIL every look-up is answered by mail. */
struct sm_arg sm_portal_limits(struct sm_request *rq, bool always_mail);

/* Prepare a page with the field payment_code: the browser's cookie, the
 * keyboard that a telephone shows. */
void sm_portal_code_form(const struct sm_request *rq, struct sm_reply *rp);

/* Count a look-up by its outcome, for /metrics. */
void sm_portal_count(const char *outcome);

/* Answer that the bill is closed, unknown or of another browser: one page,
 * 404. */
enum sm_status sm_portal_gone(struct sm_reply *rp);

/* Answer 429 with the ways to pay that need no waiting. */
enum sm_status sm_portal_slow(const struct sm_request *rq, struct sm_reply *rp,
                              int64_t retry_after_s);

/* Refuse the payment code as unknown: commit the count of misses, then show
 * the form again. */
enum sm_status sm_portal_miss(struct sm_request *rq);

/* Fill what the contact page and the waiting page say of the company: e-mail,
 * address, cash desks, bank account. */
void sm_portal_company(const struct sm_request *rq, struct sm_dict *dict);

#endif
