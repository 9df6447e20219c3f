/* The data and the people of the ownership walk (owner_world.sql). */
#ifndef SM_PAGES_OWNER_WORLD_H
#define SM_PAGES_OWNER_WORLD_H

#include "harness.h"

enum { SM_WALK_STATE = 32 * 1024 };

/* Somebody who asks. */
struct sm_walk_who {
    const char *name, *session, *token; /* as in owner_world.sql */
    bool sees;                          /* the account, with its bills */
    char cookie[160], bearer[80];
    char form_token[128], guest_token[128]; /* of pages of customers, of all */
};

/* Make all that the walk finds, in a database that has the schema. */
void sm_walk_world(void);

/* Give WHO the cookies or the token that the names stand for, and what forms
 * need, from the pages of SITE, the portal. */
void sm_walk_arrive(struct sm_walk_who *who, const struct sm_site *site);

/* Every table with a hash of its rows, a line each; OWNED: of the rows that
 * are the owner's.  The connection is kept until sm_walk_state_end(). */
void sm_walk_state(char out[SM_WALK_STATE], bool owned);
void sm_walk_state_end(void);

#endif
