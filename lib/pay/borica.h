/* BORICA EMV 3DS (APGW), sale by a form that the browser posts.
 * docs/PROCESSORS.md says which fields and codes are used and what each
 * becomes. */
#ifndef SM_PAY_BORICA_H
#define SM_PAY_BORICA_H

#include "base/buf.h"
#include "pay/processor.h"

/* Open the adapter with the settings borica.* and public_origin.  SM_INVALID
 * names what is missing or does not fit. */
enum sm_status sm_borica_open(struct sm_processor **out,
                              const struct sm_settings *settings,
                              struct sm_error *err) SM_MUSTCHECK;

/* The gateway's schemes of signing; one a terminal. */
enum sm_borica_mac {
    SM_BORICA_GENERAL,
    SM_BORICA_EXTENDED,
    SM_BORICA_ADVANCED
};

/* What a request signs.  For a status question amount, currency and stamp are
 * not part of it. */
struct sm_borica_request {
    const char *terminal, *trtype, *amount, *currency, *order, *merchant,
        *stamp, *nonce;
};

/* Write the string that REQUEST's P_SIGN signs.  For the adapter and its
 * tests. */
void sm_borica_request_text(struct sm_buf *out, enum sm_borica_mac mac,
                            const struct sm_borica_request *request);

/* The fields of an answer, in the order in which they are signed. */
enum sm_borica_field {
    SM_BORICA_ACTION,
    SM_BORICA_RC,
    SM_BORICA_APPROVAL,
    SM_BORICA_TERMINAL,
    SM_BORICA_TRTYPE,
    SM_BORICA_AMOUNT,
    SM_BORICA_CURRENCY,
    SM_BORICA_ORDER,
    SM_BORICA_RRN,
    SM_BORICA_INT_REF,
    SM_BORICA_PARES_STATUS,
    SM_BORICA_ECI,
    SM_BORICA_TIMESTAMP,
    SM_BORICA_NONCE,
    SM_BORICA_SIGNED, /* how many there are */
    SM_BORICA_P_SIGN = SM_BORICA_SIGNED,
    SM_BORICA_TRAN_TRTYPE, /* not signed */
    SM_BORICA_FIELDS
};

/* An answer; absent fields are "". */
struct sm_borica_answer {
    const char *value[SM_BORICA_FIELDS];
};

/* Read an answer from the form that a browser posts, or from the JSON that the
 * gateway gives to our own questions.  SM_INVALID if it is neither, or a field
 * comes twice.  Nothing in it is trusted yet.  For the adapter, its tests and
 * the fuzzer. */
enum sm_status sm_borica_read_form(struct sm_borica_answer *out,
                                   struct sm_arena *arena, const char *text,
                                   size_t len, struct sm_error *err)
    SM_MUSTCHECK;
enum sm_status sm_borica_read_json(struct sm_borica_answer *out,
                                   struct sm_arena *arena, const char *text,
                                   size_t len, struct sm_error *err)
    SM_MUSTCHECK;

/* Write the string that ANSWER's P_SIGN signs.  For the adapter and tests. */
void sm_borica_answer_text(struct sm_buf *out, enum sm_borica_mac mac,
                           const struct sm_borica_answer *answer);

/* How the gateway's word stands to time: its negative codes may still change
 * while a sale is under way. */
enum sm_borica_when {
    SM_BORICA_AT_ONCE, /* brought by the browser */
    SM_BORICA_ASKED,   /* to our question, the order's time not over */
    SM_BORICA_LATE     /* to our question, after the order's time */
};

/* What ACTION and RC mean.  Fills kind and reason of OUT; SM_PAY_IGNORED: there
 * is no such transaction there.  False if they say nothing about the order:
 * the gateway refused the question itself. */
bool sm_borica_classify(struct sm_pay_event *out, const char *action,
                        const char *rc, enum sm_borica_when when);

#endif
