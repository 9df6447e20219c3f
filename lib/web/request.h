/* One request as a handler sees it: who asks, the declared inputs, time,
 * randomness, a database connection and an arena.  Nothing raw. */
#ifndef SM_WEB_REQUEST_H
#define SM_WEB_REQUEST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/status.h"
#include "db/db.h"
#include "view/lang.h"
#include "web/page.h"

struct sm_app;

/* What came in for one declared input. */
struct sm_value {
    const char *raw;    /* as typed, for showing again; "" when absent */
    const char *text;   /* normalised; "" when absent or bad */
    int64_t number;     /* INT, AMOUNT, BOOL; CHOICE: index */
    uint8_t id[16];     /* ID */
    uint8_t (*ids)[16]; /* ID of .many: COUNT of them, as they came */
    size_t count;
    size_t len;        /* of text */
    bool present;      /* came in, not empty */
    const char *error; /* English sentence for the field, or NULL */
};

/* Who is logged in, in the browser that asks. */
struct sm_customer {
    uint8_t session[32];  /* what the functions of schemas auth and self want */
    uint8_t id[16];       /* public id of the log-in */
    const char *email;    /* or the user name that was handed out */
    const char *stage;    /* "code", "change", "in" */
    enum sm_lang lang;    /* of their mail */
    int64_t confirmed_us; /* when the password was last typed */
    bool kept;            /* the session outlives the browser */
    bool second;          /* has a second factor */
    int64_t closes_us;    /* when the account ends, as was asked; 0: it stays */
};

struct sm_request {
    const struct sm_app *app; /* settings, keys, pool: read-only */
    const struct sm_page *page;
    struct sm_arena *arena;
    enum sm_lang lang;
    int64_t now_us; /* business time of this request */
    bool is_post;
    const char *request_id;   /* nginx's, 32 hex digits */
    const char *path;         /* without query, as routed */
    const char *user_agent;   /* what the browser calls itself, or "" */
    uint8_t browser_id[16];   /* from the cookie, or new (see has_cookie) */
    bool has_cookie;          /* the browser sent a well-formed cookie */
    uint8_t browser_hash[32]; /* keyed hash of browser_id, as stored */
    uint8_t address_hash[32]; /* keyed hash of the client's /24 or /64 */
    const struct sm_customer *customer; /* NULL: nobody, or not asked */
    struct sm_value *values;            /* parallel to page->inputs */
    bool inputs_ok;         /* every declared input is good; in a POST
                                   also the form token.  When false, the
                                   connection is read-only */
    const char *form_error; /* English sentence about the form as a whole,
                                   or NULL */
    bool again;             /* an earlier run of this handler may have been
                                 committed: see page->repeatable */
    const char *body;       /* raw body; only where it is signed */
    size_t body_len;
    struct sm_error err; /* detail for the log */
    /* The rest is the dispatcher's. */
    struct sm_db *db_;    /* borrowed on first sm_request_db() */
    bool committed_;      /* something of it is durable already */
    bool clash_;          /* a statement met a serialization failure */
    bool doubt_;          /* nobody knows whether its COMMIT happened */
    int64_t db_us_;       /* spent in sm_request_query() and commit */
    char *const *params_; /* FastCGI parameters */
};

/* The connection of this request, borrowed on first use.  In a POST (or a
 * page with get_writes) it is inside a read-write transaction that the
 * dispatcher commits after the handler returned SM_OK and before a byte is
 * sent; otherwise it is read-only.  SM_BUSY, SM_UNAVAILABLE. */
enum sm_status sm_request_db(struct sm_db **out, struct sm_request *rq)
    SM_MUSTCHECK;

/* Run STMT; rows live in the arena.  In a request that may write, on its own
 * connection, inside its transaction; in one that only shows, as a
 * transaction of its own, on the connection that such reads share (it must
 * write nothing then, and may be run twice), unless sm_request_db() has
 * borrowed one. */
enum sm_status sm_request_query(struct sm_rows **out, struct sm_request *rq,
                                const struct sm_stmt *stmt,
                                const struct sm_arg *args) SM_MUSTCHECK;

/* Commit now and go on outside a transaction: for a handler that must make a
 * fact durable before it talks to the world (ask a processor). */
enum sm_status sm_request_commit(struct sm_request *rq) SM_MUSTCHECK;

/* Give the connection back early, before a slow call; commits nothing. */
void sm_request_db_release(struct sm_request *rq);

/* The value of the declared input NAME (a literal); a name that the page does
 * not declare aborts in a debug build. */
const struct sm_value *sm_in(const struct sm_request *rq, const char *name);

/* Refuse input NAME with an English sentence (marked with SM_N_) after the
 * handler's own check; NAME NULL refuses the form as a whole.  The handler
 * then returns SM_INVALID and the page is shown again with status 422. */
void sm_in_refuse(struct sm_request *rq, const char *name,
                  const char *sentence);

/* A request header as nginx passed it (FastCGI name, e.g.
 * "HTTP_STRIPE_SIGNATURE"), or "".  Only where the body is signed. */
const char *sm_request_header(const struct sm_request *rq, const char *name);

#endif
