/* For tests of payments: the portal, both instances of pay, a processor that
 * does as it is told (tests/support/fake_*.py; Stripe unless said otherwise),
 * and a payer who has opened a bill. */
#ifndef SM_PAGES_PAYER_H
#define SM_PAGES_PAYER_H

#include "harness.h"

struct sm_payer {
    struct sm_site portal, pay, notify;
    struct sm_browser browser; /* at the pay program */
    char handle[32];           /* of the open bill */
    char payment[32];          /* of the last start */
    pid_t fake;
    int fake_in; /* closing it ends the processor */
    int port;
    const char *currency; /* of bills and starts: RON */
};

/* Make the schema, start the processor and the programs; EXTRA are settings
 * of pay. */
void sm_payer_open(struct sm_payer *out, const char *extra);
/* The same with another processor: FAKE is its program in tests/support,
 * SETTINGS writes pay's lines about it. */
void sm_payer_open_as(struct sm_payer *out, const char *fake,
                      const char *currency,
                      void (*settings)(const struct sm_payer *payer, char *out,
                                       size_t size));
void sm_payer_close(struct sm_payer *payer);

/* Start the processor alone; closing out->fake_in ends it. */
void sm_payer_fake(struct sm_payer *out);

/* Lines of the settings that the pay and jobs programs need here. */
void sm_payer_settings(const struct sm_payer *payer, char *out, size_t size);

/* The same towards tests/support/fake_borica.py. */
void sm_payer_borica(const struct sm_payer *with, char *out, size_t size);

/* A new account with the bill of MINOR in the payer's currency, opened by a
 * new browser. */
void sm_payer_bill(struct sm_payer *payer, const char *code, int64_t minor);

/* POST the form of the bill's total under once-key KEY. */
void sm_payer_start(struct sm_answer *out, struct sm_payer *payer,
                    const char *key, int64_t minor);

/* The same, and the answer must lead to the processor; sets payer->payment. */
void sm_payer_go(struct sm_payer *payer, const char *key, int64_t minor);

/* Start, whatever page comes of it; sets payer->payment. */
void sm_payer_begin(struct sm_answer *out, struct sm_payer *payer,
                    const char *key, int64_t minor);

/* Tell the processor: "pay?id=cs_test_1".  What it answers, to be freed. */
char *sm_payer_tell(const struct sm_payer *payer, const char *what);
/* The same with a body. */
char *sm_payer_send(const struct sm_payer *payer, const char *what,
                    const char *body);

/* The number that the processor gave the newest session. */
int sm_payer_sessions(const struct sm_payer *payer);

/* How often a key came with another body than the first time. */
int sm_payer_clashes(const struct sm_payer *payer);

/* Deliver an event of TYPE with the id KEY about session number N, as the
 * processor signs it; with FORGE its body is altered after signing. */
void sm_payer_event(struct sm_answer *out, struct sm_payer *payer,
                    const char *key, const char *type, int n, bool forge);

/* Tell the processor that the time of its newest session is over, and the
 * database that the time of the attempt with once-key KEY is. */
void sm_payer_expire(const struct sm_payer *payer, const char *key);

/* GET the status page in English and expect STATE on it. */
void sm_payer_expect(struct sm_payer *payer, const char *state);

/* The first column of the first row of SQL as text; "" for no row. */
void sm_payer_sql(char *out, size_t size, const char *sql);

/* Expect VALUE of it. */
void sm_payer_expect_sql(const char *sql, const char *value);

#endif
