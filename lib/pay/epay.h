/* ePay.bg: payments that its web pages take, told by signed notifications; and
 * the protocol by which it asks a biller what a customer owes.
 * docs/PROCESSORS.md says which fields are used and what each becomes. */
#ifndef SM_PAY_EPAY_H
#define SM_PAY_EPAY_H

#include "base/buf.h"
#include "pay/processor.h"

/* Open the adapter with the settings epay.* and public_origin.  SM_INVALID
 * names what is missing. */
enum sm_status sm_epay_open(struct sm_processor **out,
                            const struct sm_settings *settings,
                            struct sm_error *err) SM_MUSTCHECK;

/* Lower-case hex of HMAC-SHA1(SECRET, TEXT), as CHECKSUM carries it. */
#define SM_EPAY_SUM 41
void sm_epay_checksum(char out[SM_EPAY_SUM], const char *secret,
                      const char *text, size_t len);

/* Write the lines that ENCODED holds.  Pure; for the adapter and its tests. */
struct sm_epay_request {
    const char *min, *invoice, *currency, *descr;
    int64_t amount_minor;
    int64_t expires_us;
};
void sm_epay_data(struct sm_buf *out, const struct sm_epay_request *request);

/* Read the decoded text of a notification: one event an invoice, in its order.
 * Text that is not ASCII (CP1251 or UTF-8) may stand in fields that are not
 * used.  SM_INVALID if a line names no invoice or no status, or a key twice.
 * For the adapter, its tests and the fuzzer. */
enum sm_status sm_epay_read(struct sm_pay_event **out, size_t *count,
                            struct sm_arena *arena, const char *text,
                            size_t len, struct sm_error *err) SM_MUSTCHECK;

/* Parameters of a biller's request, as its query string brought them. */
#define SM_EPAY_INVOICES 20
struct sm_epay_bill {
    const char *idn, *tid, *type, *date;
    int64_t total_minor; /* 0: none */
    const char *invoices[SM_EPAY_INVOICES];
    size_t ninvoices;
};

/* Check and read a request of the biller protocol.
 * SM_DENIED   the checksum does not fit, or it is for another merchant
 * SM_INVALID  authentic, but not readable. */
enum sm_status sm_epay_bill_read(struct sm_epay_bill *out,
                                 struct sm_arena *arena, const char *query,
                                 const char *merchant_id, const char *secret,
                                 struct sm_error *err) SM_MUSTCHECK;

#endif
