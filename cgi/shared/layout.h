/* The frame that all pages of all programs share: company, help, style sheet.
 * Each program's main() names sm_layout() as its layout hook; the dispatcher
 * calls it before every rendering, of the error page too. */
#ifndef SM_SHARED_LAYOUT_H
#define SM_SHARED_LAYOUT_H

#include <stdint.h>

#include "view/view.h"
#include "web/request.h"

struct sm_dict;
struct sm_reply;

/* Fill the markers of cgi/shared/templates that come from settings and from
 * the build: company name, logo, style sheet, announcement, help, regulator. */
void sm_layout(struct sm_request *rq, struct sm_reply *rp);

/* The setting "<KEY>_<language of RQ>", e.g. "company.hours" in Romanian;
 * "" if it is not set. */
const char *sm_layout_text(const struct sm_request *rq, const char *key);

/* The company's accent colour, 0xRRGGBB; 0 if it cannot be read. */
uint32_t sm_layout_accent(const struct sm_request *rq);

/* Set marker MARKER to TEXT and show section HAS; nothing if TEXT is "". */
void sm_layout_has(struct sm_dict *dict, int has, int marker, const char *text);

#endif
