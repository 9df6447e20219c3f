/* The sandbox program and Stripe's adapter, opened towards it: the two ends of
 * one wire, which share no code. */
#ifndef SM_PAGES_BOXED_H
#define SM_PAGES_BOXED_H

#include "base/arena.h"
#include "config/settings.h"
#include "harness.h"
#include "pay/processor.h"

struct sm_boxed {
    struct sm_site site;            /* the sandbox; may be stopped, started */
    struct sm_processor *processor; /* the adapter, asking it */
    struct sm_settings *settings;   /* of the adapter */
    struct sm_arena *arena;         /* for the test, 16 MiB */
    char text[1024];                /* the sandbox's settings */
    char dir[64];                   /* its state */
};

/* Start both; sm_bridge_next() gives the sandbox's messages. */
void sm_boxed_start(struct sm_boxed *out);
void sm_boxed_stop(struct sm_boxed *boxed);

/* The text of GET PATH of SITE, until the arena is cleared; it answers 200. */
const char *sm_boxed_get(const struct sm_boxed *boxed,
                         const struct sm_site *site, const char *path);

#endif
