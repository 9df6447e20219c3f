/* The sandbox processors' own books: checkout sessions as a card processor
 * would keep them, whichever protocol they came by, in memory and in an
 * append-only file (truth.jsonl) from which a restart reads them again.
 * Shares nothing with lib/pay or lib/crypto: the two ends check each other.
 * All functions lock inside. */
#ifndef SM_SANDBOX_STORE_H
#define SM_SANDBOX_STORE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/status.h"

#define SB_ID 64
#define SB_URL 512
#define SB_TEXT 256
#define SB_DATA 1024
#define SB_SESSIONS_MAX 20000 /* the oldest finished ones make room */

enum sb_status {
    SB_OPEN,
    SB_COMPLETE,
    SB_EXPIRED,
    SB_DECLINED, /* where one refused card ends the order */
    SB_CANCELLED /* where leaving the page ends the order */
};
enum sb_paid { SB_UNPAID, SB_PROCESSING, SB_PAID };

struct sb_session {
    char processor[16]; /* the protocol it came by: the name of its sb_wire */
    char id[SB_ID];     /* in the addresses of its pages */
    char intent[SB_ID]; /* of the money taken */
    char idempotency_key[SB_TEXT];
    char fingerprint[72];    /* of the parameters sent with that key */
    char reference[SB_TEXT]; /* the merchant's number of the order */
    char email[SB_TEXT];
    char locale[8];
    char product[SB_TEXT];
    char currency[4]; /* lower case */
    char success_url[SB_URL];
    char cancel_url[SB_URL];
    char payment[SB_TEXT]; /* the merchant's own id of the payment */
    char data[SB_DATA];    /* JSON object of what one protocol alone needs */
    int64_t amount;        /* minor units */
    int64_t refunded;
    int64_t created, expires_at; /* unix seconds */
    int declines;
    enum sb_status status;
    enum sb_paid paid;
};

/* How the processor behaves, chosen on its front page.  Each lasts until it
 * is changed back. */
struct sb_behaviour {
    char create[16]; /* normal, slow, never, error, error_after */
    char query[16];  /* normal, slow, never, error */
    char notify[16]; /* normal, twice, late, reorder, none, forged */
    char take[16];   /* normal, less, more, currency: what a card is charged */
    char refund[16]; /* normal, pending, refused, fail_later */
};

/* Every word that a session's status can be, by enum sb_status. */
extern const char *const sb_status_words[];

/* Open the books below DIR ("" keeps them in memory only). */
enum sm_status sb_store_open(const char *dir, struct sm_error *err)
    SM_MUSTCHECK;
void sb_store_close(void);

/* Add SESSION, filling created, and id and intent where they are "".  A known
 * idempotency key of the same processor returns the first session (SM_OK) or,
 * with other parameters, SM_CONFLICT. */
enum sm_status sb_store_create(struct sb_session *session) SM_MUSTCHECK;

/* Copy the session ID out.  SM_NOT_FOUND. */
enum sm_status sb_store_find(struct sb_session *out, const char *id)
    SM_MUSTCHECK;

/* Find by payment intent.  SM_NOT_FOUND. */
enum sm_status sb_store_find_intent(struct sb_session *out, const char *intent)
    SM_MUSTCHECK;

/* Find PROCESSOR's newest session with the merchant's REFERENCE.
 * SM_NOT_FOUND. */
enum sm_status sb_store_find_order(struct sb_session *out,
                                   const char *processor, const char *reference)
    SM_MUSTCHECK;

/* Change session ID by CHANGE, under the lock, if that returns true; the new
 * state is copied to OUT and written to the file.  SM_NOT_FOUND;
 * SM_CONFLICT if CHANGE said no. */
enum sm_status sb_store_update(struct sb_session *out, const char *id,
                               bool (*change)(struct sb_session *, void *),
                               void *with) SM_MUSTCHECK;

/* The newest sessions first, at most MAX; returns how many. */
size_t sb_store_list(struct sb_session *out, size_t max);

/* Call FOR_EACH of every session, the newest first, under the lock. */
void sb_store_each(void (*for_each)(const struct sb_session *, void *),
                   void *with);

/* Every session as a line, the newest first: "id status paid|unpaid amount
 * currency refunded processor reference". */
void sb_store_lines(struct sm_buf *out);

/* Close what is past its expiry at NOW (unix seconds) and call EXPIRED for
 * each. */
void sb_store_expire_due(int64_t now,
                         void (*expired)(const struct sb_session *));

/* How the processor is to behave, of all requests from now on. */
struct sb_behaviour sb_behaviour_get(void);
void sb_behaviour_set(const struct sb_behaviour *behaviour);

#endif
