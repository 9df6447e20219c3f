/* What became of the money after it was taken, as the processor keeps it:
 * captures with their fees, refunds, disputes and payouts, in memory and in an
 * append-only file (parts.jsonl) from which a restart reads them again.  The
 * sessions themselves are the store's; desk.h has what is done with both.
 * All functions lock inside. */
#ifndef SM_SANDBOX_PARTS_H
#define SM_SANDBOX_PARTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/status.h"
#include "sandbox/store.h"

#define SB_PARTS_MAX 20000 /* the oldest that are paid out make room */

enum sb_part_kind { SB_CAPTURE, SB_REFUND, SB_DISPUTE, SB_PAYOUT };

enum sb_part_state {
    SB_DONE,    /* a refund that succeeded; a capture; a payout at the bank */
    SB_PENDING, /* a refund on its way */
    SB_FAILED,  /* a refund that did not reach its payer */
    SB_REFUSED, /* a request for a refund, kept for its key alone */
    SB_NEEDED,  /* a dispute that waits for the merchant's evidence */
    SB_WON,
    SB_LOST
};

struct sb_part {
    enum sb_part_kind kind;
    enum sb_part_state state;
    enum sb_part_state first; /* what the request's key replays */
    char id[SB_ID];
    char processor[16];
    char session[SB_ID]; /* that it is of; "" for a payout */
    char intent[SB_ID];
    char reference[SB_TEXT];   /* the merchant's number of the order */
    char currency[4];          /* lower case */
    char reason[SB_ID];        /* why a refund failed */
    char key[SB_TEXT];         /* idempotency key of its request; "" by hand */
    char fingerprint[72];      /* of the parameters sent with that key */
    char meta_refund[SB_TEXT]; /* metadata of its request */
    char meta_order[SB_TEXT];
    char out[SB_ID];  /* the payout that its money went with; "" as yet none */
    char back[SB_ID]; /* the payout that it came back with */
    int64_t amount;   /* minor units; of a payout what reached the bank */
    int64_t fee;
    int64_t created, changed; /* unix seconds */
    int64_t due;              /* fails then; 0: never */
};

/* The words of kinds and states. */
extern const char *const sb_part_words[];
extern const char *const sb_part_state_words[];

/* Open the books below DIR ("" keeps them in memory only). */
enum sm_status sb_parts_open(const char *dir, struct sm_error *err)
    SM_MUSTCHECK;
void sb_parts_close(void);

/* Add PART, filling id, created, changed, first.  A known key of the same
 * processor returns the first part with *KNOWN true, or SM_CONFLICT where the
 * parameters were others. */
enum sm_status sb_parts_create(struct sb_part *part, bool *known) SM_MUSTCHECK;

/* Copy the part ID out.  SM_NOT_FOUND. */
enum sm_status sb_parts_find(struct sb_part *out, const char *id) SM_MUSTCHECK;

/* Change part ID by CHANGE, under the lock, if that returns true; the new
 * state is copied to OUT and written.  SM_NOT_FOUND; SM_CONFLICT if CHANGE
 * said no. */
enum sm_status sb_parts_update(struct sb_part *out, const char *id,
                               bool (*change)(struct sb_part *, void *),
                               void *with) SM_MUSTCHECK;

/* The parts that WANT accepts, newest first, at most MAX; returns how many. */
size_t sb_parts_list(struct sb_part *out, size_t max,
                     bool (*want)(const struct sb_part *, const char *),
                     const char *with);

/* Call EACH for every part, newest first, under the lock. */
void sb_parts_each(void (*each)(const struct sb_part *, void *), void *with);

/* Pay out all that has moved at PROCESSOR, a payout a currency; returns how
 * many. */
int sb_parts_pay_out(const char *processor);

/* What PART brought when it began, and what came back when it ended. */
int64_t sb_part_net(const struct sb_part *part);
int64_t sb_part_net_back(const struct sb_part *part);

/* Refunds, disputes and payouts as lines, the newest first: "kind id state
 * amount currency fee processor reference". */
void sb_parts_lines(struct sm_buf *out);

#endif
