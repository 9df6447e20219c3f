/* What must be remembered about the database outside of it: which cluster it
 * is, and the highest timeline that was ever seen of it.
 *
 * A standby that is promoted begins a new timeline.  An old primary that
 * comes back afterwards still accepts writes, on the lower one: whoever
 * believed it would write into a past that nobody else has.  So the pool
 * refuses a server on a lower timeline than the one remembered.
 *
 * The memory is a small file that all programs of a site share, mapped into
 * each: what one learns, all know at their next borrowed connection, for the
 * price of one atomic read.  Its numbers only grow, however many write. */
#ifndef SM_DB_FENCE_H
#define SM_DB_FENCE_H

#include <stdint.h>

#include "base/status.h"

struct sm_fence;

/* Open the memory at PATH, making it if there is none; with PATH NULL or ""
 * it lasts as long as this process and is nobody else's.  SM_INVALID with the
 * reason if it cannot be read and written. */
enum sm_status sm_fence_open(struct sm_fence **out, const char *path,
                             struct sm_error *err) SM_MUSTCHECK;
void sm_fence_close(struct sm_fence *fence);

/* The highest timeline seen, and of which cluster (its system identifier);
 * 0 when none was. */
uint32_t sm_fence_timeline(const struct sm_fence *fence);
uint64_t sm_fence_cluster(const struct sm_fence *fence);

enum sm_fence_verdict {
    SM_FENCE_PASS,
    SM_FENCE_OTHER_CLUSTER,
    SM_FENCE_OLD_TIMELINE,
    SM_FENCE_FORGETFUL /* what was learned cannot be written down yet */
};

/* May a server of CLUSTER that writes on TIMELINE be used?  If so, it is
 * remembered, on disk before this returns. */
enum sm_fence_verdict sm_fence_pass(struct sm_fence *fence, uint64_t cluster,
                                    uint32_t timeline) SM_MUSTCHECK;

/* Forget everything: the next server is believed whatever it is.  For the
 * operator, after a deliberate restore. */
enum sm_status sm_fence_forget(struct sm_fence *fence, struct sm_error *err)
    SM_MUSTCHECK;

#endif
