/* Rules that a document must keep before it is shown as an e-invoice: those of
 * EN 16931 (ids BR-...) and of Romania's CIUS-RO 1.0.1 (BR-RO-...), as far as
 * they concern what domain/ubl_write.h writes, and a few of our own (SM-...).
 * docs/EINVOICE.md lists what is left to the tax authority. */
#ifndef SM_DOMAIN_UBL_RULES_H
#define SM_DOMAIN_UBL_RULES_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "domain/ubl.h"
#include "domain/ubl_write.h"

struct sm_ubl_norm {
    const char *id;       /* "BR-CO-10" */
    const char *sentence; /* what must be true, for the operator */
    bool ro;              /* of CIUS-RO alone */
    /* True if DOCUMENT keeps the rule; else fills WHERE->xpath. */
    bool (*holds)(const struct sm_ubl_norm *norm,
                  const struct sm_ubl_document *document,
                  struct sm_ubl_problem *where);
    /* what HOLDS looks at, where several rules share it */
    const char *path;
    size_t member;
    size_t limit;
    const char *category;
};

extern const struct sm_ubl_norm sm_ubl_norms[];
extern const size_t sm_ubl_norm_count;

/* Check DOCUMENT, as sm_ubl_read() gives it, against the rules of PROFILE, in
 * the order of the table.  SM_INVALID fills PROBLEM with the first that is
 * broken: its path, and "ID: sentence". */
enum sm_status sm_ubl_norms_hold(const struct sm_ubl_document *document,
                                 enum sm_ubl_profile profile,
                                 struct sm_ubl_problem *problem) SM_MUSTCHECK;

/* Write BILL into OUT as sm_ubl_write() does, read it back with memory of
 * ARENA, and let it pass only if it keeps the rules, agrees with itself and
 * says what BILL says.  OUT is empty unless SM_OK.
 * SM_INVALID  it must not be offered; PROBLEM says which rule and where. */
enum sm_status sm_ubl_offer(struct sm_buf *out, struct sm_arena *arena,
                            const struct sm_bill *bill,
                            enum sm_ubl_profile profile,
                            struct sm_ubl_problem *problem,
                            struct sm_error *err) SM_MUSTCHECK;

#endif
