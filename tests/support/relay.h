/* Stands between a program and its PostgreSQL and loses, when told to, what
 * belongs to one COMMIT: the way there, or the answer.  Then the connection
 * breaks, as it does when a machine dies at that moment. */
#ifndef SM_SUPPORT_RELAY_H
#define SM_SUPPORT_RELAY_H

enum sm_relay_loss {
    SM_RELAY_NOTHING,
    SM_RELAY_COMMIT, /* the server never hears of it */
    SM_RELAY_ANSWER  /* it is committed, and nobody hears that */
};

struct sm_relay;

/* Start one before the test's server.  Never NULL. */
struct sm_relay *sm_relay_start(void);

/* The connection string that leads through it. */
const char *sm_relay_database(const struct sm_relay *relay);

/* Lose what LOSS says at the next TIMES commits. */
void sm_relay_lose(struct sm_relay *relay, enum sm_relay_loss loss, int times);

/* How many were lost so far. */
int sm_relay_lost(struct sm_relay *relay);

/* Break all connections and end. */
void sm_relay_stop(struct sm_relay *relay);

#endif
