#include "domain/ubl_rules.h"

#include <stdio.h>
#include <string.h>

#include "base/text.h"

enum sm_status sm_ubl_norms_hold(const struct sm_ubl_document *document,
                                 enum sm_ubl_profile profile,
                                 struct sm_ubl_problem *problem)
{
    for (size_t i = 0; i < sm_ubl_norm_count; i++) {
        const struct sm_ubl_norm *norm = &sm_ubl_norms[i];

        if (norm->ro && profile != SM_UBL_CIUS_RO)
            continue;
        if (norm->holds(norm, document, problem))
            continue;
        snprintf(problem->reason, sizeof(problem->reason), "%s: %s", norm->id,
                 norm->sentence);
        return SM_INVALID;
    }
    return SM_OK;
}

static bool same_date(struct sm_date a, struct sm_date b)
{
    return a.year == b.year &&
           (a.year == 0 || (a.month == b.month && a.day == b.day));
}

static bool same_lines(const struct sm_ubl_document *d,
                       const struct sm_bill *bill)
{
    const struct sm_ubl_line *l = d->lines;

    for (size_t i = 0; i < bill->nlines; i++, l = l->next)
        if (!l || l->net.minor != bill->lines[i].net_minor)
            return false;
    return !l;
}

static bool same_taxes(const struct sm_ubl_document *d,
                       const struct sm_bill *bill)
{
    const struct sm_ubl_tax *t = d->taxes;

    for (size_t i = 0; i < bill->ntaxes; i++, t = t->next)
        if (!t || t->base.minor != bill->taxes[i].base_minor ||
            t->tax.minor != bill->taxes[i].tax_minor)
            return false;
    return !t;
}

/* What was read back is what BILL says, as far as money goes. */
static bool says(const struct sm_ubl_document *d, const struct sm_bill *bill)
{
    return d->credit_note == bill->credit_note &&
           strcmp(d->currency, bill->currency) == 0 &&
           same_date(d->issued_on, bill->issued_on) &&
           same_date(d->due_on, bill->due_on) &&
           same_date(d->from, bill->from) && same_date(d->to, bill->to) &&
           d->net.minor == bill->net_minor && d->tax.minor == bill->tax_minor &&
           d->total.minor == bill->total_minor &&
           d->payable.minor == bill->payable_minor && same_lines(d, bill) &&
           same_taxes(d, bill);
}

static enum sm_status check(const struct sm_ubl_document *d,
                            const struct sm_bill *bill,
                            enum sm_ubl_profile profile,
                            struct sm_ubl_problem *problem)
{
    if (sm_ubl_norms_hold(d, profile, problem) != SM_OK ||
        sm_ubl_check(d, problem) != SM_OK)
        return SM_INVALID;
    if (says(d, bill))
        return SM_OK;
    sm_copy(problem->xpath, sizeof(problem->xpath), "/");
    sm_copy(problem->reason, sizeof(problem->reason),
            "SM-SAME-01: what was written says what the bill says");
    return SM_INVALID;
}

enum sm_status sm_ubl_offer(struct sm_buf *out, struct sm_arena *arena,
                            const struct sm_bill *bill,
                            enum sm_ubl_profile profile,
                            struct sm_ubl_problem *problem,
                            struct sm_error *err)
{
    struct sm_ubl_reader *reader = NULL;
    struct sm_ubl_document *d;
    enum sm_status status;

    status = sm_ubl_write(out, bill, profile, problem, err);
    if (status == SM_OK)
        status = sm_ubl_reader_new(&reader, err);
    if (status == SM_OK)
        status =
            sm_ubl_read(&d, reader, arena, out->data, out->len, problem, err);
    if (status == SM_OK && check(d, bill, profile, problem) != SM_OK)
        status = SM_FAIL(err, SM_INVALID, "the bill makes no e-invoice");
    sm_ubl_reader_free(reader);
    if (status != SM_OK)
        sm_buf_clear(out);
    return status;
}
