/* How pages show a payment. */
#ifndef SM_PORTAL_PAYMENTS_H
#define SM_PORTAL_PAYMENTS_H

#include "web/reply.h"
#include "web/request.h"

/* Fill the dictionary of a row of ROWS, which are those of
 * sm_sql_self_payments, self_payment or self_payments_like: dates, sums, how
 * it was paid, and the markers of _payment_state.tpl. */
void sm_payments_fill(struct sm_dict *row, const struct sm_request *rq,
                      const struct sm_rows *rows, int i);

#endif
