/* A bill of who is logged in, whole, for what is made of all of it. */
#ifndef SM_PORTAL_BILL_LOAD_H
#define SM_PORTAL_BILL_LOAD_H

#include "domain/bill.h"
#include "web/request.h"

/* Read the bill with the public ID; it lives in the arena.  SM_NOT_FOUND if
 * there is none, or it is another's. */
enum sm_status sm_bill_load(struct sm_bill **out, struct sm_request *rq,
                            const uint8_t id[16]) SM_MUSTCHECK;

#endif
