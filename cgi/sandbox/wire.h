/* The protocols that the sandbox speaks, one file each (wire_<name>.c).  The
 * books, the hosted page, the 3-D Secure step, the front page and its
 * behaviours are common; what a protocol differs in is a struct sb_wire.
 * Nothing here is shared with lib/pay or lib/crypto: the two ends check each
 * other. */
#ifndef SM_SANDBOX_WIRE_H
#define SM_SANDBOX_WIRE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/status.h"
#include "config/settings.h"
#include "sandbox/store.h"
#include "web/reply.h"

/* What happened to an order. */
enum sb_event {
    SB_EV_PAID,
    SB_EV_DECLINED, /* one card was refused */
    SB_EV_LEFT,     /* the payer went back without paying */
    SB_EV_EXPIRED,  /* its time ended, or the merchant ended it */
    SB_EV_REFUNDED  /* at the processor's own desk */
};

/* What happened to money that was taken. */
enum sb_part_event {
    SB_PE_REFUNDED, /* on its way, or there already */
    SB_PE_REFUND_UPDATED,
    SB_PE_REFUND_FAILED,
    SB_PE_DISPUTED,
    SB_PE_FUNDS_WITHDRAWN,
    SB_PE_DISPUTE_CLOSED,
    SB_PE_FUNDS_REINSTATED
};

struct sb_part;

/* A message to the merchant's server; the texts are heap. */
struct sb_message {
    char *url;
    char *type; /* Content-Type */
    char *body;
    char reference[SB_TEXT]; /* the merchant's number of the order */
};

struct sb_wire {
    const char *name;  /* as in struct sb_session */
    bool decline_ends; /* a refused card ends the order */
    bool leave_ends;   /* going back without paying ends it */

    /* Write what the merchant's server is told about EVENT, url, type and body;
     * false if this protocol says nothing of it. */
    bool (*tell)(struct sb_message *out, enum sb_event event,
                 const struct sb_session *session);

    /* The same of what became of money that was taken; NULL: this protocol
     * tells of refunds as SB_EV_REFUNDED and of nothing else. */
    bool (*tell_part)(struct sb_message *out, enum sb_part_event event,
                      const struct sb_part *part);

    /* A header of one delivery, "Name: value", signed now; NULL: none. */
    void (*header)(char *out, size_t size, const char *body);

    /* Whether the merchant's answer ends the repetitions of SENT. */
    bool (*acknowledged)(const struct sb_message *sent, long http,
                         const char *reply);

    /* Send the payer's browser back to the merchant after EVENT. */
    enum sm_status (*back)(struct sm_request *rq, struct sm_reply *rp,
                           const struct sb_session *session,
                           enum sb_event event);
};

extern const struct sb_wire sb_wire_stripe;
extern const struct sb_wire sb_wire_borica;
extern const struct sb_wire sb_wire_epay;
extern const struct sb_wire sb_wire_euplatesc;
extern const struct sb_wire sb_wire_netopia;

/* The wire of that name; NULL if there is none. */
const struct sb_wire *sb_wire_of(const char *name);

/* A field of a form that a browser posts. */
struct sb_field {
    const char *name;
    const char *value;
};

/* Answer with a page of one button that posts FIELDS to the merchant's URL. */
enum sm_status sb_back_form(struct sm_reply *rp, const char *url,
                            const struct sb_field *fields, size_t count);

/* The value of form field NAME (brackets literal) in the urlencoded BODY,
 * decoded into OUT; "" when absent.  False if it does not fit. */
bool sb_form_value(char *out, size_t size, const char *body, size_t len,
                   const char *name);

/* Upper-case hex of the RSA signature (PKCS#1 v1.5, SHA-256) of TEXT with the
 * private key PEM, in the request's arena; "" if PEM is none. */
const char *sb_rsa_sign(struct sm_request *rq, const char *pem,
                        const char *text);

/* True if HEX is such a signature of TEXT by the public key in the file
 * PATH. */
bool sb_rsa_verify(const char *path, const char *hex, const char *text);

/* MINOR as "12.34", in the request's arena. */
const char *sb_amount(struct sm_request *rq, int64_t minor);

/* The inverse; false unless there are two digits behind a dot. */
bool sb_amount_read(int64_t *out, const char *text);

/* Play the part of WORD (normal, slow, never, error): waits, or makes the
 * reply a 500 and returns false. */
bool sb_behave(struct sm_request *rq, struct sm_reply *rp, const char *word);

/* The settings, for what has no request. */
const struct sm_settings *sb_settings(void);

/* Start and stop the threads that deliver messages. */
enum sm_status sb_notify_open(const struct sm_settings *settings,
                              struct sm_error *err) SM_MUSTCHECK;
void sb_notify_close(void);

/* GET URL, the merchant's: its body (cut to SIZE) into OUT.  Returns the HTTP
 * status, 0 if no answer came. */
long sb_fetch(char *out, size_t size, const char *url);

/* Queue what SESSION's wire tells of EVENT, to be delivered as the behaviour
 * says, and again until it is acknowledged. */
void sb_notify(enum sb_event event, const struct sb_session *session);

/* The same of PART. */
void sb_notify_part(enum sb_part_event event, const struct sb_part *part);

#endif
