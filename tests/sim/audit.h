/* The auditor: what may be told to whom, and whether the books agree. */
#ifndef SM_SIM_AUDIT_H
#define SM_SIM_AUDIT_H

#include <stdbool.h>
#include <stdint.h>

#include "model.h"
#include "psp.h"
#include "web.h"

/* A row of the bill page. */
struct audit_bill {
    int account, currency;
    int64_t total, credit;
    bool own, other; /* a payment in flight, of this browser, of another */
};

/* A payer with BROWSER reads the bill. */
void audit_bill(const uint8_t browser[32], const struct audit_bill *bill);
/* A payer reads the status page of PAYMENT. */
void audit_status(const uint8_t payment[16], const struct web_page *page);
/* A payer's Pay button was answered. */
void audit_start(const struct model_ask *ask, const struct web_page *page);
/* True if our books have the money of SESSION. */
bool audit_is_booked(const struct psp_session *session);
/* Notification EVENT was answered with 200. */
void audit_acked(const struct psp_event *event);
/* ... with HTTP; 0: the process died. */
void audit_refused(const struct psp_event *event, int http);
/* A forgery made in way HOW was answered with HTTP. */
void audit_forged(int how, int http);
/* A mail of TEMPLATE about PAYMENT reaches TO. */
void audit_mail(const char *template, const uint8_t payment[16],
                const char *to);
/* The processor is asked to create the order ORDER_NO. */
void audit_create(const char *order_no, int64_t amount, const char *currency);
/* A payer corrected the address of PAYMENT. */
void audit_email(const uint8_t payment[16], const char *email,
                 const struct web_page *page);
/* The planted bug: the browser's return makes payment INDEX paid. */
void audit_paid_on_return(int index);
/* The processor's account before its last payouts. */
void audit_clearing(void);
/* The end of a seed: nothing is under way any more. */
void audit_end(void);
/* Every invariant over the whole database; false if one is broken. */
bool audit_all(void);

#endif
