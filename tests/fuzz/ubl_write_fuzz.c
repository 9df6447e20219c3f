/* links: base domain xml */
/* The e-invoice writer and its rules on a bill made of the input: what is
 * offered is read by our own reader and says what the bill says, what is
 * refused has a reason and leaves nothing, and the same bill gives the same
 * bytes. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "../support/random_bill.h"
#include "domain/ubl_rules.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct random_bill r;
    static struct sm_ubl_reader *reader;
    static struct sm_arena *arena;
    static struct sm_buf out;
    static struct sm_buf again;
    const struct sm_bill *bill = &r.made.bill;
    struct sm_ubl_document *d;
    struct sm_ubl_problem problem;
    enum sm_ubl_profile profile;
    enum sm_status status;

    if (!reader) {
        sm_buf_init(&out, SM_UBL_BYTES_MAX);
        sm_buf_init(&again, SM_UBL_BYTES_MAX);
        arena = sm_arena_new((size_t)64 << 20);
        if (!arena || sm_ubl_reader_new(&reader, NULL) != SM_OK)
            abort();
    }
    sm_arena_clear(arena);
    random_bill(&r, data, size);
    profile = sm_ubl_profile_of(&bill->seller);
    status = sm_ubl_offer(&out, arena, bill, profile, &problem, NULL);
    if (status == SM_INVALID) {
        if (out.len || problem.xpath[0] != '/' || !problem.reason[0])
            abort();
        return 0;
    }
    if (status != SM_OK ||
        sm_ubl_parse(&d, reader, arena, out.data, out.len, &problem, NULL) !=
            SM_OK ||
        d->payable.minor != bill->payable_minor ||
        (size_t)d->nlines != bill->nlines ||
        sm_ubl_write(&again, bill, profile, &problem, NULL) != SM_OK ||
        again.len != out.len || memcmp(again.data, out.data, out.len) != 0)
        abort();
    return 0;
}
