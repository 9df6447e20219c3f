/* QR codes (ISO/IEC 18004) as pictures for pages. */
#ifndef SM_QR_QR_H
#define SM_QR_QR_H

#include "base/buf.h"
#include "base/status.h"

/* Append TEXT as an SVG document: black on white with its quiet zone, whatever
 * the page's colours are.  SM_INVALID if it is empty or longer than fits,
 * SM_INTERNAL without memory or room in OUT. */
enum sm_status sm_qr_svg(struct sm_buf *out, const char *text) SM_MUSTCHECK;

#endif
