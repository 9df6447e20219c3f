/* Where the simulator stands between the code under test and the world: the
 * linker sends calls of lib/db, libpq, lib/net and the clock through here
 * (--wrap), so that not a line of them is changed. */
#ifndef SM_SIM_SEAM_H
#define SM_SIM_SEAM_H

#include <setjmp.h>
#include <stdbool.h>
#include <stdint.h>

#include "db/db.h"
#include "model.h"

/* What goes wrong with the database next. */
enum seam_fault {
    SEAM_NONE,
    SEAM_CONFLICT,    /* the server refuses the statement: 40001 or 40P01 */
    SEAM_LOSE,        /* the connection breaks, nothing is kept */
    SEAM_LOSE_DONE,   /* COMMIT is done, its answer is lost */
    SEAM_LOSE_UNDONE, /* COMMIT never arrives */
    SEAM_WARN_DONE,   /* COMMIT is done, the standby was not waited for */
    SEAM_WARN_UNDONE  /* the same, and then the primary is lost with it */
};

/* What a transaction will have changed once it is committed. */
struct seam_effect {
    const struct sm_db *db;
    enum {
        EFFECT_START,
        EFFECT_ASKED,
        EFFECT_APPLY,
        EFFECT_EMAIL,
        EFFECT_WISH,
        EFFECT_REFUND,
        EFFECT_DISPUTE
    } kind;
    struct model_attempt attempt; /* START */
    uint8_t payment[16];
    char order_no[48];
    char what[16];   /* APPLY: kind */
    char reason[16]; /* APPLY: reason; EMAIL: unused */
    char outcome[16];
    char capture[64]; /* REFUND, DISPUTE: of this money */
    uint8_t refund[16];
    bool has_payment, has_refund;
    int64_t fee;
    char text[64]; /* APPLY: the processor's reference; EMAIL: address */
    int64_t amount;
    int currency;
};

enum { SEAM_EFFECTS = 8, SEAM_HELD = 8 };

/* What one thread of the simulator is doing. */
struct seam {
    sigjmp_buf crash;
    bool can_crash; /* a process runs that may die */
    bool twin;      /* this is the session beside the main one */
    struct sm_db *held[SEAM_HELD];
    int nheld;
    int conflicts, troubles; /* met in the operation under way */
    enum seam_fault armed;
    const char *target; /* name of the statement that it hits */
    bool drained;
    struct seam_effect effects[SEAM_EFFECTS];
    int neffects;
};

extern _Thread_local struct seam *seam;

/* How often pay.apply() has run. */
extern int seam_applies;
/* A step may have moved what is due: the jobs look again. */
extern bool seam_dirty;

/* Run FN as a process that may die at any seam; false if it did. */
bool seam_process(void (*fn)(void *arg), void *arg);
/* The process may die here. */
void seam_crash(const char *where);

/* A call to the processor: CARRY is done if it arrives there.  True if its
 * answer comes back. */
bool seam_call(const char *what, void (*carry)(void *arg), void *arg);

/* Only one thread of the simulator runs at a time; it lets the other in while
 * it waits for the database. */
void seam_leave(void);
void seam_enter(void);

/* What a statement that has just run means to the model (seam_model.c). */
void seam_ran(struct sm_db *db, const struct sm_stmt *stmt,
              const struct sm_arg *args, const struct sm_rows *rows);
/* Drop what DB had pending, or have it happen. */
void seam_forget(const struct sm_db *db);
void seam_committed(const struct sm_db *db);

/* seam_conn.c: keep connections for reuse; close those kept. */
void seam_conns_keep(void);
void seam_conns_drop(void);

/* twin.c: while this thread is about to commit, let another session run as
 * far as it comes. */
void twin_open(void);
void twin_close(void);
void twin_begin(void);
/* After COMMIT: wait until the other session has ended. */
void twin_join(void);
/* The Pay button that is being pressed and may be pressed twice; WHO < 0:
 * none. */
void twin_offer(int who, int form);

#endif
