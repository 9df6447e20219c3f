/* What all requests of a program share, read-only after start, and the way
 * into the worker loop.  Each program's main() fills one and calls
 * sm_web_main(); see cgi/portal/main.c. */
#ifndef SM_WEB_APP_H
#define SM_WEB_APP_H

#include <stdbool.h>

#include "base/status.h"
#include "config/settings.h"
#include "db/db.h"
#include "web/request.h"

struct sm_app;

/* How a program knows browsers and forms; lib/auth implements it
 * (sm_auth_guard), the sandbox has a trivial one.  Kept as functions so that
 * lib/web does not depend on lib/auth. */
struct sm_guard {
    /* Read keys from the settings into app->guard_data before threads start,
     * and release them; both may be NULL. */
    enum sm_status (*open)(struct sm_app *app, struct sm_error *err);
    void (*close)(struct sm_app *app);
    /* Fill rq->browser_id, has_cookie, browser_hash from the Cookie header
     * and address_hash from the client address. */
    void (*identify)(struct sm_request *rq, const char *cookie_header,
                     const char *remote_addr);
    /* True if TOKEN (form field "csrf") was made by token() for this browser
     * within the last 24 hours. */
    bool (*check)(const struct sm_request *rq, const char *token);
    /* The form token for this browser, in the arena. */
    const char *(*token)(const struct sm_request *rq);
    /* The Set-Cookie value that gives the browser rq->browser_id; with KEEP
     * for as long as a browser is remembered for log-ins. */
    const char *(*cookie)(const struct sm_request *rq, bool keep);
    /* Fill rq->customer from the Cookie header; it stays NULL if nobody is
     * logged in.  NULL: the program has no customers. */
    enum sm_status (*enter)(struct sm_request *rq, const char *cookie_header);
    /* The same from the Authorization header, for programs; NULL: there are
     * no tokens.  SM_DENIED: the token may not see.  *RETRY_AFTER_S above 0:
     * it asks too often. */
    enum sm_status (*enter_token)(struct sm_request *rq, int *retry_after_s,
                                  const char *authorization);
};

struct sm_app {
    const char *program; /* "portal" */
    const struct sm_settings *settings;
    struct sm_db_pool *pool; /* NULL: the program has no database */
    const struct sm_guard *guard;
    void *guard_data;                /* the guard's keys */
    const char *instance;            /* --instance NAME; NULL: none given */
    const char *const *form_origins; /* origins of the processor's pages, */
    size_t nform_origins;            /* where a form or redirect may lead */
    void *data;                      /* the program's own: keys, adapters */
    /* Called for every page before rendering, to fill the layout (company
     * name, menus); may be NULL. */
    void (*layout)(struct sm_request *rq, struct sm_reply *rp);
};

/* What a program's main() hands over. */
struct sm_program {
    const char *name;    /* also the template folder */
    const char *db_role; /* "smetka_portal"; NULL: no database */
    bool money;          /* decides about money: db.require_durable counts */
    const struct sm_guard *guard;
    /* Open what the program needs besides (keys, adapters) before threads
     * start; may be NULL. */
    enum sm_status (*open)(struct sm_app *app, struct sm_error *err);
    void (*close)(struct sm_app *app);
    void (*layout)(struct sm_request *rq, struct sm_reply *rp);
    const char *const *required; /* settings that must be set */
    size_t nrequired;
};

/* The whole life of a FastCGI program: options (--config FILE, --routes
 * [--json], --show-config, --check, --error-pages DIR, --listen FD,
 * --instance NAME), settings, routes verified, templates, socket, rights
 * dropped, loop, drain.  Returns the exit code: 0, 1 refused, 2 usage. */
int sm_web_main(const struct sm_program *program, int argc, char **argv);

#endif
