/* A processor that speaks Stripe's Checkout Sessions, with books of its own.
 * It shares no code with lib/pay and lib/crypto: what it says about money is
 * what the auditor believes. */
#ifndef SM_SIM_PSP_H
#define SM_SIM_PSP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    PSP_SESSIONS = 96,
    PSP_EVENTS = 400,
    PSP_KEYS = 128,
    PSP_TEXT = 2048,
    PSP_BACKS = 64,
    PSP_MOVES = 256,
    PSP_PAYOUTS = 16,
    PSP_LINES = 16384
};

enum psp_status { PSP_OPEN, PSP_COMPLETE, PSP_EXPIRED };

struct psp_session {
    char id[40];
    char order_no[48]; /* client_reference_id */
    char key[80];      /* of the call that made it; "" for others' */
    int64_t amount;
    char currency[4]; /* lower case */
    int64_t created_s, expires_s;
    enum psp_status status;
    bool ours;   /* made by our create call, not by somebody else */
    bool async;  /* completed, the money is on its way */
    bool failed; /* its payment failed after all */
    bool paid;   /* the processor holds money */
    bool late;   /* ... that it took after it had said that it would not */
    bool told;   /* our side was told so and said 200, or asked */
    int64_t got; /* what was taken */
    char got_currency[4];
};

/* What the processor does of its own, later; the last ones to a refund or a
 * dispute. */
enum psp_act {
    PSP_EXPIRE,
    PSP_ASYNC_GOOD,
    PSP_ASYNC_BAD,
    PSP_LATE,
    PSP_REFUND_GOOD,
    PSP_REFUND_BAD,
    PSP_DISPUTE_WON,
    PSP_DISPUTE_LOST
};

/* Money that goes back, or may. */
struct psp_back {
    char id[48];
    char key[32]; /* our number in it; "" if it was made there */
    bool named;   /* it names our order */
    int session;
    int64_t amount, fee;
    bool dispute;
    const char *state; /* accepted, succeeded, failed; open, won, lost */
};

/* A movement of what the processor owes us. */
struct psp_move {
    const char *kind; /* as in a payout's lines */
    char ref[48];
    char currency[4];
    int64_t gross, fee;
    bool paid_out;
};

struct psp_payout {
    char id[48];
    char currency[4];
    int64_t net;
    int64_t off; /* how much more that is than its lines make */
    char lines[PSP_LINES];
};

/* What a payer does on the processor's page. */
enum psp_visit { PSP_PAY, PSP_DECLINE, PSP_SLOW, PSP_LEAVE };

struct psp_event {
    char id[40];
    char type[64];
    char body[PSP_TEXT];
    int session;
    int64_t made_us;
    bool money; /* says that money was taken */
    bool acked;
    bool given_up;
    int tries;
};

struct psp {
    struct psp_session sessions[PSP_SESSIONS];
    int nsessions;
    struct psp_event events[PSP_EVENTS];
    int nevents;
    struct psp_back backs[PSP_BACKS];
    int nbacks;
    struct psp_move moves[PSP_MOVES];
    int nmoves;
    struct psp_payout payouts[PSP_PAYOUTS];
    int npayouts;
};

extern struct psp psp;

/* Forget everything: a new seed. */
void psp_clear(void);
/* The session of our order ORDER_NO; NULL if there is none. */
struct psp_session *psp_find_order(const char *order_no);
/* The session whose page is URL; -1 if there is none. */
int psp_find_page(const char *url);
/* The payer visits the page of session INDEX.  True: paid or on its way. */
bool psp_visit_page(int index, enum psp_visit what);
/* Do something of the processor's own. */
void psp_act(int index, enum psp_act what);
/* A create call that was held up on its way arrives. */
void psp_held_create(int index);
/* Somebody else's order is paid there; its notifications come to us. */
void psp_foreign(void);
/* A second session for one of our orders, made by hand there, is paid. */
void psp_by_hand(void);

/* psp_back.c */

/* Our request KEY for AMOUNT of session INDEX; the refund's index, -1 if it is
 * refused for certain. */
int psp_refund(int session, int64_t amount, const char *key);
/* The session whose money is CAPTURE, or -1. */
int psp_find_capture(const char *capture);
/* The refund or dispute INDEX as JSON. */
int psp_back_json(char *out, size_t size, int index);
/* The refund or dispute ID, or -1. */
int psp_find_back(const char *id);
/* Somebody refunds there; a payer's bank contests. */
void psp_desk_refund(void);
void psp_dispute(void);
void psp_back_act(int index, enum psp_act what);
/* Note a movement. */
void psp_move(const char *kind, const char *ref, const char *currency,
              int64_t gross, int64_t fee);
/* Pay out what has not been paid out yet, a payout a currency. */
void psp_pay_out(void);
/* What is still with the card holder's bank or went back of session INDEX. */
int64_t psp_left(int index);

/* The books' side of the interface. */
int psp_add(const char *order_no, int64_t amount, const char *currency,
            int64_t expires_s, bool ours, const char *key);
void psp_capture(int index);
void psp_close(int index);
/* SESSION as JSON into OUT[SIZE]; EXPAND puts in the payment intent. */
int psp_json(char *out, size_t size, const struct psp_session *session,
             bool expand);

/* psp_hook.c */

/* Have our side notified of TYPE about session INDEX as it is now. */
void psp_emit(const char *type, int index);
/* Of refund or dispute INDEX. */
void psp_emit_back(const char *type, int index);
/* Deliver event INDEX, or lose it on the way. */
void psp_deliver(int index);
/* Send a forged notification. */
void psp_forge(void);
/* Deliver what is still undelivered; the faults are healed. */
void psp_flush_hooks(void);

/* psp_api.c: answer a call.  BODY is NULL for GET.  The answer's body goes
 * to OUT (malloc'ed); its HTTP code is returned. */
int psp_answer(char **out, const char *path, const char *body, const char *key);
/* Hold the create call BODY for a while. */
void psp_hold(const char *body, const char *key);
/* Forget keys and held calls: a new seed. */
void psp_api_clear(void);

#endif
