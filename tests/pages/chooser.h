/* For tests of paying a selection: people who are logged in, what they choose,
 * and the button that pays it. */
#ifndef SM_PAGES_CHOOSER_H
#define SM_PAGES_CHOOSER_H

#include "payer.h"

/* As money is written in English, before the digits: no line breaks there. */
#define SM_RON "RON\xc2\xa0"

/* A log-in at EMAIL, with the password that sm_chooser_enter() types. */
void sm_chooser_login(const char *email);

/* EMAIL holds the accounts whose payment codes end in HINT (a pattern); with
 * SCOPE (an array, "{see,pay}") they are lent to them. */
void sm_chooser_give(const char *email, const char *hint, const char *scope);

/* A new browser of PAYER's portal in which EMAIL has logged in. */
struct sm_browser sm_chooser_enter(const struct sm_payer *payer,
                                   const char *email);

/* Append "&invoice=ID" of the document NUMBER. */
void sm_chooser_add(char *out, size_t size, const char *number);

/* Open the overview, POST FIELDS as its forms do. */
void sm_chooser_post(struct sm_answer *out, struct sm_browser *browser,
                     const char *fields);

/* The same, and it must be taken; the address of the page that shows it. */
void sm_chooser_choose(char path[128], struct sm_browser *browser,
                       const char *fields);

/* The same, and it must be refused by HTTP, in WORDS. */
void sm_chooser_refused(struct sm_browser *browser, const char *fields,
                        int http, const char *words);

/* Press the button of PAGE, which stands at PATH, in BROWSER; sets payer's
 * payment and browser. */
void sm_chooser_press(struct sm_answer *out, struct sm_payer *payer,
                      const struct sm_browser *browser,
                      const struct sm_answer *page, const char *path);

/* The answer must be 303 to an address that begins so. */
void sm_chooser_to(const struct sm_answer *answer, const char *begin);

/* The processor has taken the money of its newest session and says so in event
 * KEY; the status page knows it. */
void sm_chooser_settle(struct sm_payer *payer, const char *key);

#endif
