/* The portal's part: a code opens a bill, the bill says what is owed. */
#ifndef SM_SIM_PORTAL_H
#define SM_SIM_PORTAL_H

#include <stdbool.h>
#include <stdint.h>

#include "base/text.h"
#include "model.h"
#include "web.h"

/* A bill page as a visitor holds it. */
struct portal_bill {
    uint8_t handle[SM_ID_BYTES];
    int handle_index;    /* in the model */
    uint8_t session[32]; /* of who chose; zeros: a guest */
    int64_t total[MODEL_CURRENCIES], current[MODEL_CURRENCIES];
    bool own[MODEL_CURRENCIES]; /* a payment of this browser is in flight */
};

/* Connect as the portal does; the end. */
bool portal_open(void);
void portal_close(void);
/* The hash of a handle as it is stored: its bytes twice. */
void portal_hash(uint8_t out[32], const uint8_t handle[SM_ID_BYTES]);
/* VISITOR types the code of some account, perhaps of two; false: no bill. */
bool portal_type(struct portal_bill *bill, const struct web_visitor *visitor,
                 const char *email);
/* VISITOR, logged in with all accounts, chooses invoices of one currency;
 * false: there is nothing to choose. */
bool portal_choose(struct portal_bill *bill, const struct web_visitor *visitor,
                   const char *email);
/* VISITOR looks at the bill; false: it is over. */
bool portal_look(struct portal_bill *bill, const struct web_visitor *visitor);

#endif
