/* The wire side of EuPlatesc: hashes of what is sent and received. */
#ifndef SM_SANDBOX_WIRE_EUPLATESC_H
#define SM_SANDBOX_WIRE_EUPLATESC_H

#include "sandbox/wire.h"

#define SB_EP_HASH 33 /* upper-case hex with the NUL */

/* The fp_hash of COUNT values in their order under the hex secret KEY. */
void sb_ep_hash(char out[SB_EP_HASH], const char *key,
                const char *const *values, size_t count);

/* Read the fields NAMES of the posted form into the arena, in their order, and
 * check the fp_hash over them under KEY.  Fields that were not sent count only
 * if ALL; VALUES gets "" for them.  False if it does not fit. */
bool sb_ep_read(const char **values, struct sm_request *rq,
                const char *const *names, size_t count, bool all,
                const char *key);

/* A number of 40 hex digits, as their transactions have. */
void sb_ep_number(char out[41]);

#endif
