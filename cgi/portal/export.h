/* All that the site knows about who is logged in, as one file: JSON for
 * programs and CSV for spreadsheets, in a ZIP. */
#ifndef SM_PORTAL_EXPORT_H
#define SM_PORTAL_EXPORT_H

#include "web/reply.h"
#include "web/request.h"

/* Of all files before they are packed. */
#define SM_EXPORT_MAX ((size_t)8 << 20)

/* Answer with the ZIP.  SM_DECLINED: there is more than SM_EXPORT_MAX. */
enum sm_status sm_export(struct sm_request *rq, struct sm_reply *rp)
    SM_MUSTCHECK;

#endif
