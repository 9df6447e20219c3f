/* For tests in which two of our programs talk HTTP: a thread that hands what
 * comes to a port on to a program's FastCGI socket, as nginx would.  What is
 * posted below /gw/ it keeps instead, and answers 200: the merchant's address
 * that a processor's messages go to. */
#ifndef SM_PAGES_BRIDGE_H
#define SM_PAGES_BRIDGE_H

#include "config/settings.h"
#include "harness.h"
#include "pay/processor.h"

struct sm_bridge_message {
    char signature[512]; /* header Stripe-Signature */
    char *body;
};

/* Start it before SITE, which may start later; its port on 127.0.0.1. */
int sm_bridge_open(const struct sm_site *site);
void sm_bridge_close(void);

/* The next message in the order they came; NULL if none comes in WAIT_MS. */
const struct sm_bridge_message *sm_bridge_next(int wait_ms);

/* Open the adapter of Stripe with TEXT, lines of "key = value". */
void sm_bridge_adapter(struct sm_processor **out, struct sm_settings **settings,
                       const char *text);

/* POST the form FIELDS to PATH of the sandbox SITE and expect the answer
 * HTTP. */
void sm_bridge_post(const struct sm_site *site, const char *path,
                    const char *fields, int http);

#endif
