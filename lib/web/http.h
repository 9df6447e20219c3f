/* The one place where a status becomes HTTP. */
#ifndef SM_WEB_HTTP_H
#define SM_WEB_HTTP_H

#include "base/status.h"

/* The HTTP status of an outcome; see docs/ARCHITECTURE.md part 3. */
int sm_http_status(enum sm_status status);

/* "Not Found"; "Error" for a number we never send. */
const char *sm_http_reason(int http);

#endif
