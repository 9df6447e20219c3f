/* What the processor's clerk and the merchant's requests do with money that
 * was taken: refund it, dispute it, pay it out.  Each tells the merchant. */
#ifndef SM_SANDBOX_DESK_H
#define SM_SANDBOX_DESK_H

#include "sandbox/parts.h"
#include "sandbox/store.h"

#define SB_DISPUTE_FEE 1500
#define SB_FAIL_LATER_S 5

/* Note the fee of a session that was just paid. */
void sb_desk_capture(const struct sb_session *session);

/* Refund PART->amount (0: all that is left) of PART->session, as the behaviour
 * says.  A key that is known replays its first answer in PART->first.
 * SM_NOT_FOUND   no such session
 * SM_DECLINED    refused: not paid, contested, more than is left, or told to
 * SM_CONFLICT    the key was used with other parameters. */
enum sm_status sb_desk_refund(struct sb_part *part) SM_MUSTCHECK;

/* Let refund ID succeed or fail, dispute ID be won or lost.  SM_NOT_FOUND;
 * SM_CONFLICT where it cannot become that any more. */
enum sm_status sb_desk_decide(const char *id, enum sb_part_state state)
    SM_MUSTCHECK;

/* The payer's bank contests what is left of SESSION.  SM_NOT_FOUND;
 * SM_CONFLICT where there is nothing, or it is contested already. */
enum sm_status sb_desk_dispute(const char *session) SM_MUSTCHECK;

/* Pay out what has moved since the last payout; returns how many payouts. */
int sb_desk_pay_out(void);

/* Do what is due by now: refunds that fail later. */
void sb_desk_due(void);

#endif
