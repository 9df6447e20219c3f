/* The auditor's own books.  They are told what was committed (by the seam of
 * lib/db, which knows the truth even where the caller cannot) and compute by
 * themselves what must come of it; there is no SQL in here. */
#ifndef SM_SIM_MODEL_H
#define SM_SIM_MODEL_H

#include <stdbool.h>
#include <stdint.h>

enum {
    MODEL_ACCOUNTS = 4,
    MODEL_CURRENCIES = 2, /* RON, EUR */
    MODEL_DOCS = 64,
    MODEL_HANDLES = 64,
    MODEL_ATTEMPTS = 64,
    MODEL_LOST = 64,
    MODEL_ITEMS = 24,
    MODEL_PARTS = 400,
    MODEL_REFUNDS = 64,
    MODEL_DISPUTES = 32
};

struct model_account {
    int64_t id;
    uint8_t code_hash[32];
    int64_t credit[MODEL_CURRENCIES];
};

struct model_doc {
    int64_t id;
    int account;
    int currency;
    int64_t total, open;
    int due, issued; /* days since 1970 */
    char number[24];
};

struct model_handle {
    uint8_t hash[32], browser[32];
    int accounts[MODEL_ACCOUNTS], naccounts;
    bool selected; /* made from a session, of these documents */
    int docs[MODEL_ITEMS], ndocs;
    int64_t expires_us;
    char email[64];
};

struct model_item {
    int doc;
    int64_t amount;
};

enum model_state { MODEL_FLIGHT, MODEL_CLOSED, MODEL_SETTLED };

struct model_attempt {
    uint8_t id[16];
    char order_no[48];
    int handle;
    int accounts[MODEL_ACCOUNTS], naccounts; /* those of the handle then */
    char once_key[65], choice[8];
    int64_t amount;
    int currency;
    struct model_item items[MODEL_ITEMS];
    int nitems;
    enum model_state state;
    bool pending; /* in progress at the processor, as we were told */
    char reason[16];
    int64_t got, credit; /* of the settlement; what of it became credit */
    int got_currency;
    char ref[64];
    char email[64];
    bool email_fixed;
};

/* Money that was put aside. */
struct model_lost {
    char ref[64];
    int64_t amount;
    int currency;
};

/* What lowered a document: SOURCE is the attempt that paid it, or one of the
 * two below. */
enum { MODEL_BY_CREDIT = -1, MODEL_BY_OTHER = -2 };

struct model_part {
    int doc, source;
    int64_t left; /* not undone yet */
};

/* What came out of where when money left a payment. */
struct model_taken {
    int64_t credit, reopened, suspense;
};

enum model_back { MODEL_WANTED, MODEL_ACCEPTED, MODEL_SUCCEEDED, MODEL_FAILED };

struct model_refund {
    uint8_t id[16];
    bool has_own; /* we asked for it */
    bool has_id;  /* and know its id */
    char ref[48]; /* the processor's; "" before */
    int attempt;  /* -1: of money put aside */
    int64_t amount;
    int currency;
    enum model_back state;
    bool posted;
    struct model_taken taken;
};

struct model_dispute {
    char ref[48];
    int attempt; /* -1: of money put aside */
    int64_t amount, fee;
    int currency;
    bool decided, lost;
    struct model_taken taken;
};

/* A press on the Pay button. */
struct model_ask {
    uint8_t handle[32], browser[32];
    char once_key[65], choice[8];
    int currency;
    int64_t amount, shown; /* shown < 0: the page showed none */
};

enum model_answer {
    MODEL_CREATED,
    MODEL_SAME,
    MODEL_CONFLICT,
    MODEL_CHANGED,
    MODEL_BUSY,
    MODEL_NOTHING,
    MODEL_RANGE,
    MODEL_GONE
};

struct model {
    struct model_account accounts[MODEL_ACCOUNTS];
    int naccounts;
    struct model_doc docs[MODEL_DOCS];
    int ndocs;
    struct model_handle handles[MODEL_HANDLES];
    int nhandles;
    struct model_attempt attempts[MODEL_ATTEMPTS];
    int nattempts;
    struct model_lost lost[MODEL_LOST];
    int nlost;
    struct model_part parts[MODEL_PARTS];
    int nparts;
    struct model_refund refunds[MODEL_REFUNDS];
    int nrefunds;
    struct model_dispute disputes[MODEL_DISPUTES];
    int ndisputes;
    int64_t captured[MODEL_CURRENCIES];
    int64_t clearing[MODEL_CURRENCIES]; /* of the processor's account */
    int64_t suspense[MODEL_CURRENCIES];
};

extern struct model model;

/* Index of CURRENCY (either case); -1 if it is none of ours. */
int model_currency(const char *currency);
const char *model_currency_word(int currency);

/* Forget all: a new seed. */
void model_clear(void);
/* The attempt; -1 if it is not known to be committed. */
int model_find(const uint8_t id[16]);
int model_find_order(const char *order_no);
/* The name of a payment for the trace: "payment 3". */
const char *model_name(const uint8_t id[16]);

/* What was committed. */
void model_document(const struct model_doc *doc, bool credit_note);
void model_elsewhere(int account, int currency, int64_t amount,
                     const char *number);
void model_settle(int attempt, int64_t amount, int currency, const char *ref);
void model_unmatched(const char *ref, int64_t amount, int currency);

/* Pay open documents of the accounts, oldest first; what is left over. */
int64_t model_pay_oldest(const int *accounts, int count, int currency,
                         int64_t amount, int source);
/* Use the credit of an account for what is open there. */
void model_use_credit(int account, int currency);

/* model_back.c: money that goes back. */

/* What of payment ATTEMPT has not gone back and is not on its way; what of it
 * is surplus that no bill has used. */
int64_t model_refundable(int attempt);
int64_t model_surplus(int attempt);
/* Somebody wants AMOUNT back; the new refund's index. */
int model_want(int attempt, int64_t amount, int currency);
/* The processor says STATE of refund INDEX, or of one that is new (-1), made
 * there for ATTEMPT (-1: money put aside). */
void model_refund_says(int index, int attempt, const char *ref,
                       const char *state, int64_t amount, int currency);
/* Of a dispute. */
void model_dispute_says(int attempt, const char *ref, const char *state,
                        int64_t amount, int64_t fee, int currency);
/* By id, or by the processor's reference; -1. */
int model_find_refund(const uint8_t *id, const char *ref);
/* The word that a payer is shown for a settled payment. */
const char *model_shown(int attempt);

/* What pay.start() must answer to ASK at NOW_US; fills OUT as the attempt
 * that it would make (or, its id, as the one it names). */
enum model_answer model_start(struct model_attempt *out,
                              const struct model_ask *ask, int64_t now_us);
/* How AMOUNT would divide among what HANDLE is for, as items of OUT; returns
 * the sum of what that is now. */
int64_t model_divide(struct model_attempt *out,
                     const struct model_handle *handle, int currency,
                     int64_t amount);
/* Make HANDLE one of the COUNT documents DOCS, with their accounts. */
void model_select(struct model_handle *handle, const int *docs, int count);
/* True if HANDLE is a selection with document DOC in it. */
bool model_is_selected(const struct model_handle *handle, int doc);
/* The document of that number; -1. */
int model_find_doc(const char *number);
/* Sum of what is open on ACCOUNT. */
int64_t model_open(int account, int currency);
/* True if BROWSER has an attempt in flight there. */
bool model_in_flight(const uint8_t browser[32], int account, int currency,
                     bool own);

#endif
