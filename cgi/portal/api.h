/* What the pages below /api share: JSON of what the database says. */
#ifndef SM_PORTAL_API_H
#define SM_PORTAL_API_H

#include "base/buf.h"
#include "base/clock.h"
#include "base/text.h"
#include "web/reply.h"
#include "web/request.h"

/* Append a member of an object, after a comma unless the object begins: a
 * text (null for NULL or ""), an id, a whole number, a date (null for year
 * 0), an instant, a yes or no. */
void sm_api_text(struct sm_buf *out, const char *name, const char *text);
void sm_api_id(struct sm_buf *out, const char *name,
               const uint8_t id[SM_ID_BYTES]);
void sm_api_int(struct sm_buf *out, const char *name, int64_t number);
void sm_api_date(struct sm_buf *out, const char *name, struct sm_date date);
void sm_api_instant(struct sm_buf *out, const char *name, int64_t us);
void sm_api_bool(struct sm_buf *out, const char *name, bool yes);

/* Answer with the JSON in OUT and its version, or 304.  Releases OUT. */
enum sm_status sm_api_answer(struct sm_request *rq, struct sm_reply *rp,
                             struct sm_buf *out) SM_MUSTCHECK;

/* Answer 400: an input is there and has a value that it cannot have. */
enum sm_status sm_api_refuse(struct sm_request *rq, struct sm_reply *rp,
                             const char *name) SM_MUSTCHECK;

#endif
