/* The real pages of cgi/pay, called without a web server: a request is made
 * of declared inputs, and the page's values are kept instead of rendered. */
#ifndef SM_SIM_WEB_H
#define SM_SIM_WEB_H

#include <stdbool.h>
#include <stdint.h>

#include "base/text.h"
#include "config/settings.h"
#include "pay/pay.h"
#include "web/page.h"

#define WEB_SECRET_OLD "whsec_simulator_old"
#define WEB_SECRET_NEW "whsec_simulator_new"

/* What a visitor sees. */
struct web_page {
    int http; /* 0: no answer, the process died */
    bool to_processor;
    bool to_status;
    bool to_bill;
    char location[512];
    uint8_t payment[SM_ID_BYTES]; /* where to_status leads */
    /* markers of the status page */
    char state[24];
    char paid[40], surplus[40];
    char receipt[32];
    bool offers_continue, offers_cancel, offers_ask, offers_email,
        offers_refund;
    char continue_url[512];
    /* markers of the answer to the Pay button */
    bool changed, conflict, range, gone, again;
    char again_key[32];
    int64_t again_minor;
};

struct web_input {
    const char *name, *text;
};

/* Who asks. */
struct web_visitor {
    uint8_t browser_hash[32];
};

/* Open the pay program; CALLS as in sm_pay_open(). */
bool web_open(void);
void web_close(void);
/* What a new seed starts with: a fresh process. */
void web_restart(void);
const struct sm_settings *web_settings(void);
struct sm_pay *web_pay(void);

/* GET or POST of PAGE with INPUTS (ended by a NULL name). */
void web_call(struct web_page *out, const struct sm_page *page, bool post,
              const struct web_visitor *visitor,
              const struct web_input *inputs);
/* POST a notification; the HTTP code, 0 if the process died. */
int web_notify(const char *body, const char *signature);

#endif
