/* A payment processor as the rest of the project sees it: an order is created
 * there, asked about, closed, found again; what the processor says comes back
 * as one kind of event.  Each processor has one file (stripe.c); nothing
 * outside it knows the processor's words.
 *
 * The browser coming back is never evidence: only create, query, cancel,
 * find and verify make events, and pay.apply() in the database decides what
 * an event changes. */
#ifndef SM_PAY_PROCESSOR_H
#define SM_PAY_PROCESSOR_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/status.h"
#include "base/text.h"
#include "config/settings.h"

/* What the processor says about an order; the words of pay.apply(), but for
 * the last two, which have functions of their own (pay.refund_apply(),
 * pay.dispute_apply()). */
enum sm_pay_kind {
    SM_PAY_IGNORED = 0, /* authentic, but nothing that concerns an order */
    SM_PAY_OPEN,        /* payable at its page */
    SM_PAY_PENDING,     /* in progress there; money may come */
    SM_PAY_CAPTURED,    /* money was taken */
    SM_PAY_DECLINED,    /* one try failed, the page stays payable */
    SM_PAY_CLOSED,      /* cannot be paid any more; reason says why */
    SM_PAY_REFUND,      /* what became of a refund; part_state says */
    SM_PAY_DISPUTE      /* what became of a dispute; part_state says */
};

/* The kind as pay.apply() spells it; "ignored" for SM_PAY_IGNORED. Static. */
const char *sm_pay_kind_word(enum sm_pay_kind kind);

/* The stored attempt: everything that a create call is a pure function of, so
 * that repeating it after a lost answer repeats it byte for byte. */
struct sm_pay_order {
    uint8_t payment[SM_ID_BYTES];
    const char *order_no; /* ours, unique at the processor */
    const char *idempotency_key;
    const char *processor_ref; /* theirs; "" while not known */
    const char *capture_ref;   /* theirs of the money taken; "" before */
    int64_t amount_minor;
    const char *currency; /* ISO 4217, upper case */
    const char *email;
    const char *lang; /* "ro", "bg", "en" */
    const char *hint; /* end of the payment code, for the line
                                    that the payer reads on the page */
    int64_t created_us;
    int64_t expires_us;
};

/* A refund that we want or ask about. */
struct sm_pay_refund {
    uint8_t id[SM_ID_BYTES];
    const char *key; /* its id as text: the idempotency key */
    const char *ref; /* theirs; "" while not known */
    int64_t amount_minor;
    const char *currency;
    int64_t asked_us;     /* when it was first asked for */
    int64_t others;       /* how many others of the order are decided */
    int64_t others_minor; /* what those have given back */
};

/* What the processor paid to the bank; strings in the arena. */
struct sm_pay_payout {
    const char *ref;
    const char *currency; /* ISO 4217, upper case */
    int64_t net_minor;    /* negative where it collected from us */
    struct sm_date arrived_on;
    bool opaque;       /* the processor does not say what it is made of */
    const char *lines; /* JSON: [{kind, ref, gross_minor, fee_minor}], kinds as
                          pay.payout_apply() takes them; net = gross - fees */
};

/* One field of a form that the browser posts to the processor's page. */
struct sm_pay_field {
    const char *name;
    const char *value;
};

/* What came back, in one shape.  Strings live in the caller's arena; absent
 * ones are "". */
struct sm_pay_event {
    enum sm_pay_kind kind;
    const char *key;  /* the processor's own id of a notification;
                                  "" for an answer to our question */
    const char *type; /* the processor's word, for the log */
    bool has_payment; /* the message itself proves which attempt it is of */
    uint8_t payment[SM_ID_BYTES];
    const char *order_no;
    const char *processor_ref;
    const char *capture_ref; /* theirs of the money taken: what a refund or
                                a dispute names */
    int64_t amount_minor;    /* authenticated; 0 unless money moved, or where
                                a protocol leaves it to the order */
    int64_t fee_minor;       /* of a dispute; 0: none, or not said */
    const char *currency;
    const char *reason;       /* declined, cancelled, expired,
                                  never_created; or a decline's class */
    const char *redirect_url; /* where the payer goes; SM_PAY_OPEN only */
    int64_t expires_us;       /* 0: not said */
    const char *part_ref;     /* theirs of the refund or dispute; "" where a
                                 refund is told by its sum alone */
    const char *part_state;   /* accepted, succeeded, failed; open, won, lost */
    bool has_refund;          /* the message names our own refund */
    uint8_t refund[SM_ID_BYTES];
    /* Filled by sm_pay_notify(), read by ack. */
    enum sm_status status; /* of keeping it: SM_OK after COMMIT */
    const char *applied;   /* applied, duplicate, ignored, unmatched; "" */
    bool ours;             /* it is of an attempt of ours */
};

/* An event about which nothing is known yet: every string "". */
struct sm_pay_event sm_pay_event_none(void);

/* A notification as it came in: raw bytes and a way to its headers. */
struct sm_pay_notice {
    const char *body;
    size_t len;
    const char *(*header)(const void *ctx, const char *fcgi_name);
    const void *ctx;
};

/* The exact answer a processor wants to a notification. */
struct sm_pay_ack {
    int http;
    const char *type;
    const char *body;
};

/* The time that a call has which fetches page after page. */
struct sm_pay_time {
    int budget_ms;           /* of one request */
    int64_t end_ms;          /* of all of them, by sm_clock_mono_ms() */
    const atomic_bool *stop; /* once true: no further page; NULL: never */
};

struct sm_processor;

/* What every adapter implements.  Calls out take at most BUDGET_MS, whatever
 * the number of requests they need.  Common results:
 * SM_OK           OUT says what is true at the processor
 * SM_UNAVAILABLE  no answer that can be trusted: the state there is unknown
 * SM_INTERNAL     out of memory. */
struct sm_processor_ops {
    /* True if the processor can take this sum in this currency. */
    bool (*takes)(const struct sm_processor *self, int64_t amount_minor,
                  const char *currency);

    /* Create the order, or learn of the one that an earlier, identical call
     * created.  An order that the processor refuses for certain is OK with
     * SM_PAY_CLOSED, "never_created". */
    enum sm_status (*create)(struct sm_pay_event *out,
                             const struct sm_processor *self,
                             struct sm_arena *arena,
                             const struct sm_pay_order *order, int budget_ms,
                             struct sm_error *err);

    /* Learn what became of a create whose answer was lost; NOW_US is the
     * time of the question.  Repeats the create while the processor still
     * knows its key, later searches by our order number.  NULL where a create
     * asks nobody, so that it can be repeated at any time. */
    enum sm_status (*recover)(struct sm_pay_event *out,
                              const struct sm_processor *self,
                              struct sm_arena *arena,
                              const struct sm_pay_order *order, int64_t now_us,
                              int budget_ms, struct sm_error *err);

    /* Ask about the order by order->processor_ref. */
    enum sm_status (*query)(struct sm_pay_event *out,
                            const struct sm_processor *self,
                            struct sm_arena *arena,
                            const struct sm_pay_order *order, int budget_ms,
                            struct sm_error *err);

    /* The form that takes the browser to ORDER's page, for processors that
     * want one posted: OUT and COUNT in the arena, to go to the redirect_url
     * of the order's event.  NULL: the browser is redirected.
     * NOW_US is the real time, for a stamp that must be fresh. */
    enum sm_status (*form)(struct sm_pay_field **out, size_t *count,
                           const struct sm_processor *self,
                           struct sm_arena *arena,
                           const struct sm_pay_order *order, int64_t now_us,
                           struct sm_error *err);

    /* Give money of a captured order back, once a refund->key.  OUT is an
     * SM_PAY_REFUND; one refused for certain is OK with part_state "failed".
     * NULL: this processor's refunds are made by hand at its own desk. */
    enum sm_status (*refund)(struct sm_pay_event *out,
                             const struct sm_processor *self,
                             struct sm_arena *arena,
                             const struct sm_pay_order *order,
                             const struct sm_pay_refund *refund, int budget_ms,
                             struct sm_error *err);

    /* Learn what became of a refund; repeats the request while its answer was
     * lost.  NULL where nothing can be asked. */
    enum sm_status (*refund_query)(struct sm_pay_event *out,
                                   const struct sm_processor *self,
                                   struct sm_arena *arena,
                                   const struct sm_pay_order *order,
                                   const struct sm_pay_refund *refund,
                                   int64_t now_us, int budget_ms,
                                   struct sm_error *err);

    /* Make the order unpayable.  OUT is what is true afterwards: closed with
     * reason cancelled, or what it had become before.  NULL where nothing ends
     * an order before its time: it is asked about instead. */
    enum sm_status (*cancel)(struct sm_pay_event *out,
                             const struct sm_processor *self,
                             struct sm_arena *arena,
                             const struct sm_pay_order *order, int budget_ms,
                             struct sm_error *err);

    /* One page of the orders created at or after SINCE_US, newest first, for
     * reconciliation.  CURSOR is "" or what the call before left in NEXT; ""
     * in NEXT means the end.  NULL where the processor has no such list: its
     * settlement files say the same. */
    enum sm_status (*list)(struct sm_pay_event **out, size_t *count,
                           const char **next, const struct sm_processor *self,
                           struct sm_arena *arena, int64_t since_us,
                           const char *cursor, int budget_ms,
                           struct sm_error *err);

    /* The payouts that reached the bank at or after SINCE_US, oldest first,
     * without their lines: OUT and COUNT in the arena.  SM_UNAVAILABLE also
     * when TIME is over or says to stop.  NULL where they come as files. */
    enum sm_status (*payouts)(struct sm_pay_payout **out, size_t *count,
                              const struct sm_processor *self,
                              struct sm_arena *arena, int64_t since_us,
                              const struct sm_pay_time *time,
                              struct sm_error *err);

    /* Fill in the lines of PAYOUT, all that the processor gives, whatever they
     * add up to.
     * SM_UNAVAILABLE they did not come: nothing is known of them
     * SM_INVALID     they came and cannot be read, or are too many. */
    enum sm_status (*payout_lines)(struct sm_pay_payout *payout,
                                   const struct sm_processor *self,
                                   struct sm_arena *arena,
                                   const struct sm_pay_time *time,
                                   struct sm_error *err);

    /* Decide if NOTICE is authentic and read the events in it: OUT and COUNT
     * in the arena, in the order of the message; most processors send one at
     * a time.  REAL_US is the unshifted clock, since the other side signs real
     * time.
     * SM_DENIED  not authentic: store nothing
     * SM_INVALID authentic, but not readable. */
    enum sm_status (*verify)(struct sm_pay_event **out, size_t *count,
                             const struct sm_processor *self,
                             struct sm_arena *arena,
                             const struct sm_pay_notice *notice,
                             int64_t real_us, struct sm_error *err);

    /* The answer to a notification.  STATUS is what verify said, or, if that
     * was SM_OK, the worst of the COUNT EVENTS' own; events say each what
     * became of it.  Strings live in ARENA.  NULL where the processor reads
     * only its code: sm_processor_ack() answers then. */
    struct sm_pay_ack (*ack)(const struct sm_processor *self,
                             struct sm_arena *arena,
                             const struct sm_pay_event *events, size_t count,
                             enum sm_status status);

    void (*close)(struct sm_processor *self);
};

/* The head of every adapter's own struct. */
struct sm_processor {
    const char *name; /* as in /gw/notify/{name} and in the database */
    const struct sm_processor_ops *ops;
};

/* Open the adapter NAME.  SM_INVALID if it is not one we know or its settings
 * are incomplete. */
enum sm_status sm_processor_open(struct sm_processor **out, const char *name,
                                 const struct sm_settings *settings,
                                 struct sm_error *err) SM_MUSTCHECK;

/* What PROCESSOR is answered to its notification; ops->ack says more. */
struct sm_pay_ack sm_processor_ack(const struct sm_processor *processor,
                                   struct sm_arena *arena,
                                   const struct sm_pay_event *events,
                                   size_t count, enum sm_status status);

/* Close it.  NULL is fine. */
void sm_processor_close(struct sm_processor *processor);

#endif
