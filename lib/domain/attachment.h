/* Files that somebody sends for a person of the company to look at. */
#ifndef SM_DOMAIN_ATTACHMENT_H
#define SM_DOMAIN_ATTACHMENT_H

#include <stddef.h>

/* Bytes of a file; the table ops.attachment takes no more. */
enum { SM_ATTACHMENT_MAX = 5 << 20 };

/* What the LEN bytes at DATA are by how they begin, whatever their sender
 * called them: "application/pdf", "image/jpeg" or "image/png"; NULL: none of
 * these.  Static. */
const char *sm_attachment_type(const void *data, size_t len);

#endif
