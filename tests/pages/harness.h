/* What page tests share: a program started for the test, a small FastCGI
 * client that builds its records by hand, a browser's cookie and form token,
 * and checks on what came back. */
#ifndef SM_PAGES_HARNESS_H
#define SM_PAGES_HARNESS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

/* cmocka wants these before its own header. */
#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

#define SM_SITE_ORIGIN "https://localhost:8443"

/* A running program. */
struct sm_site {
    char dir[64]; /* its own folder below /tmp */
    char socket[108];
    pid_t pid;
};

/* Start PROGRAM with the settings of the tests and then EXTRA (lines of
 * "key = value"; NULL: none), and wait until it can serve.  ARGS are further
 * options, ended by NULL, or NULL.  Ends the test program on failure. */
void sm_site_start(struct sm_site *out, const char *program, const char *extra,
                   const char *const *args);

/* Wait until /readyz says that SITE can serve (again); fails after 10 s. */
void sm_site_await(const struct sm_site *site);

/* Tell it to end; 0.  Ends the test program with a failure if it does not end
 * in 10 s, exits with another code than 0 or a sanitizer had to report. */
int sm_site_stop(struct sm_site *site);

/* The same for one that ends by itself or was told already. */
int sm_site_wait(struct sm_site *site);

/* A request; what is NULL is left out or has the usual value. */
struct sm_ask {
    const char *method; /* GET */
    const char *path;   /* may hold a query after ? */
    const char *type;   /* of the body; that of a form */
    const char *body;
    size_t body_len; /* 0: strlen(body) */
    const char *cookie;
    const char *origin;
    const char *fetch_site;
    const char *languages;
    const char *address;        /* 192.0.2.7 */
    const char *header;         /* more parameters, lines of "NAME=value" */
    const char *content_length; /* a wrong one */
    bool keep;                  /* leave the connection open */
};

struct sm_answer {
    int http;   /* 0: no whole answer came */
    char *head; /* lines, each ended by \n */
    char *body;
    size_t len; /* of body */
    char *all;  /* owns the two above */
};

/* Release what an answer holds; it may be empty. */
void sm_answer_free(struct sm_answer *answer);

/* The value of header NAME into OUT; "" if absent.  Returns OUT. */
const char *sm_answer_header(const struct sm_answer *answer, const char *name,
                             char *out, size_t size);

/* Connect; never fails.  Every read on it waits at most WAIT_MS. */
int sm_fcgi_connect(const struct sm_site *site, int wait_ms);

/* Send ASK on FD; with PART > 0 only that many bytes of it. */
bool sm_fcgi_send(int fd, const struct sm_ask *ask, size_t part);

/* Read one answer; http stays 0 if none came in time.  A page of HTML that is
 * not whole ends the test program. */
void sm_fcgi_read(struct sm_answer *out, int fd);

/* Connect, ask, read, close. */
void sm_site_ask(struct sm_answer *out, const struct sm_site *site,
                 const struct sm_ask *ask);

/* A browser: keeps the cookies it is given and the last form's token. */
struct sm_browser {
    const struct sm_site *site;
    char cookie[128];  /* of the browser */
    char session[128]; /* of who is logged in; "": nobody */
    char csrf[128];
};

/* GET PATH; its cookie and form token are kept. */
void sm_browser_get(struct sm_answer *out, struct sm_browser *browser,
                    const char *path);

/* POST the fields BODY with the form token and Origin of a page of ours. */
void sm_browser_post(struct sm_answer *out, struct sm_browser *browser,
                     const char *path, const char *body);

/* POST a form with a file as browsers do (multipart/form-data): FIELDS are
 * names and values in turn, ended by NULL; the file field NAME has LEN bytes
 * of DATA (none: no file was chosen). */
void sm_browser_upload(struct sm_answer *out, struct sm_browser *browser,
                       const char *path, const char *const *fields,
                       const char *name, const char *data, size_t len);

/* The page is whole: status HTTP, HTML, no marker left unexpanded, one h1,
 * well formed, lang attribute. */
void sm_assert_page(const struct sm_answer *answer, int http);
void sm_assert_has(const struct sm_answer *answer, const char *text);
void sm_assert_hasnt(const struct sm_answer *answer, const char *text);
void sm_assert_header(const struct sm_answer *answer, const char *name,
                      const char *value);

/* The first thing wrong with the HTML, or NULL. */
const char *sm_html_problem(const char *html, size_t len);

/* Milliseconds of a clock that never jumps. */
int64_t sm_test_ms(void);
void sm_test_sleep_ms(int ms);

#endif
