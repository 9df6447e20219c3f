/* The adapter's own struct, its form and its requests.  Internal to it. */
#ifndef SM_PAY_EUPLATESC_WIRE_H
#define SM_PAY_EUPLATESC_WIRE_H

#include "net/http.h"
#include "pay/euplatesc.h"

struct euplatesc {
    struct sm_processor head;
    struct sm_euplatesc_terms terms;
    struct sm_euplatesc_key api;        /* of management calls */
    const struct sm_settings *settings; /* strings below are borrowed of it */
    const char *origin;                 /* of our own pages */
    const char *page_url;
    const char *ws_url;
    const char *user; /* of management calls; "": there are none */
    const char *unknown;
};

/* Make the fields of the form that takes the browser to ORDER's page; NOW_US
 * is the real time. */
enum sm_status sm_euplatesc_form(struct sm_pay_field **out, size_t *count,
                                 const struct euplatesc *self,
                                 struct sm_arena *arena,
                                 const struct sm_pay_order *order,
                                 int64_t now_us, struct sm_error *err)
    SM_MUSTCHECK;

/* Ask the web service: COUNT FIELDS, then a stamp, a nonce and the hash under
 * KEY.  SM_OK: REPLY is an answer of HTTP 200, to be released. */
enum sm_status sm_euplatesc_call(struct sm_http_reply *reply,
                                 const struct euplatesc *self,
                                 struct sm_arena *arena,
                                 const struct sm_euplatesc_key *key,
                                 const struct sm_pay_field *fields,
                                 size_t count, int budget_ms,
                                 struct sm_error *err) SM_MUSTCHECK;

#endif
