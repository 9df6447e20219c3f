/* The pull protocol of payment operators (ePay.bg): what its pages share. */
#ifndef SM_CGI_PAY_BILLER_H
#define SM_CGI_PAY_BILLER_H

#include "base/buf.h"
#include "crypto/crypto.h"
#include "pay/epay.h"
#include "web/reply.h"
#include "web/request.h"

/* Status codes of the protocol. */
#define SM_BILLER_OK "00"
#define SM_BILLER_NO_CODE "14"   /* no such customer */
#define SM_BILLER_NOTHING "62"   /* nothing is due */
#define SM_BILLER_DUPLICATE "94" /* this transaction was confirmed before */
#define SM_BILLER_ERROR "96"

/* Check and read the request's query string.  False: RP holds the answer, or
 * *STATUS is what the page returns (the protocol is off: SM_NOT_FOUND). */
bool sm_biller_read(struct sm_epay_bill *out, enum sm_status *status,
                    struct sm_request *rq, struct sm_reply *rp);

/* The hash that IDN, a payment code, is looked up by.  SM_INVALID if it is
 * none. */
enum sm_status sm_biller_hash(uint8_t out[SM_HASH_BYTES],
                              const struct sm_request *rq, const char *idn)
    SM_MUSTCHECK;

/* Answer with HTTP and {"STATUS":CODE}. */
enum sm_status sm_biller_say(struct sm_request *rq, struct sm_reply *rp,
                             int http, const char *code);

/* Append "NAME":"TEXT" to an object, with a comma where one is due. */
void sm_biller_text(struct sm_buf *out, const char *name, const char *text);

#endif
