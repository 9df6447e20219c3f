/* What the dispatcher itself puts into a page's dictionary: the state of its
 * form, the language links, the error summary.  Marker names follow from the
 * inputs' names (see page.h) and are looked up once, at start. */
#ifndef SM_WEB_FORMVIEW_H
#define SM_WEB_FORMVIEW_H

#include <stddef.h>

#include "base/buf.h"
#include "base/status.h"
#include "view/view.h"
#include "web/request.h"
#include "web/route.h"

/* Keys of one input; -1 where no template has the marker. */
struct sm_input_keys {
    int value, error, error_text, invalid, is_on;
    int *choices; /* NAME_IS_CHOICE, in the order of the choices */
    int nchoices;
};

struct sm_view_keys {
    int csrf, has_errors, errors, field, message, lang, request_id;
    int lang_is[SM_LANG__COUNT], lang_url[SM_LANG__COUNT];
    int error_code, error_title, error_text, error_pay, phone, has_phone, retry;
    struct sm_input_keys **inputs; /* one array a route */
    size_t nroutes;
};

/* Look up all keys.  SM_INTERNAL without memory. */
enum sm_status sm_view_keys_open(struct sm_view_keys *out,
                                 const struct sm_routes *routes,
                                 const char *const *names, size_t count,
                                 struct sm_error *err) SM_MUSTCHECK;
void sm_view_keys_close(struct sm_view_keys *keys,
                        const struct sm_routes *routes);

/* Before the handler: what came in. */
void sm_view_values(struct sm_dict *dict, const struct sm_view_keys *keys,
                    size_t route, const struct sm_request *rq);

/* After the handler: what is wrong. */
void sm_view_errors(struct sm_dict *dict, const struct sm_view_keys *keys,
                    size_t route, const struct sm_request *rq);

/* Language, request id and the links to the same page in each language.
 * REST is the path below the language; the declared query inputs that came in
 * are kept in the links of a GET.  SCRATCH is used for building. */
void sm_view_frame(struct sm_dict *dict, const struct sm_view_keys *keys,
                   const struct sm_request *rq, const char *rest,
                   struct sm_buf *scratch);

#endif
