/* The e-invoice of a bill: as it came, else written here if the rules pass. */
#ifndef SM_PORTAL_BILL_XML_H
#define SM_PORTAL_BILL_XML_H

#include "portal/bill_load.h"

/* A file, in the arena. */
struct sm_bill_file {
    const char *number; /* of the bill */
    const char *media_type;
    const char *bytes;
    size_t len;
    const char *etag; /* its version: a hash of the bytes */
};

/* The e-invoice that the bill came with, byte for byte.  SM_NOT_FOUND if it
 * came without one, there is no such bill, or it is another's. */
enum sm_status sm_bill_xml_original(struct sm_bill_file *out,
                                    struct sm_request *rq, const uint8_t id[16])
    SM_MUSTCHECK;

/* The e-invoice that is written of a bill that came without one; the same bill
 * is the same bytes.  SM_NOT_FOUND if the rules refuse it: the operator is
 * told, once a bill and rule. */
enum sm_status sm_bill_xml_written(struct sm_bill_file *out,
                                   struct sm_request *rq,
                                   const struct sm_bill *bill) SM_MUSTCHECK;

#endif
