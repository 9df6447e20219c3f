/* The receipt of a payment as a file to keep. */
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "config/settings.h"
#include "crypto/crypto.h"
#include "keys.h"
#include "pay/attempt.h"
#include "pay/receipt_row.h"
#include "pdf/pdf.h"
#include "shared/layout.h"
#include "sql/receipt.h"
#include "web/app.h"
#include "web/page.h"
#include "web/reply.h"

#define FILE_MAX ((size_t)1 << 20)
#define LAYOUT 2 /* another number when the file looks otherwise */

static const struct sm_input inputs[] = {SM_ATTEMPT_INPUTS};

/* The receipt, and what it says in words. */
struct receipt {
    struct sm_receipt row;
    char title[120], paid[64], paid_at[64], created[32];
};

static const char *tr(const struct sm_request *rq, const char *sentence)
{
    return sm_tr(rq->lang, sentence);
}

/* "2026-11-25T10:00:00Z" of US. */
static void write_created(char *out, size_t size, int64_t us)
{
    time_t seconds = (time_t)(us / 1000000);
    struct tm tm;

    out[0] = '\0';
    if (gmtime_r(&seconds, &tm) != NULL)
        (void)strftime(out, size, "%Y-%m-%dT%H:%M:%SZ", &tm);
}

static void write_words(struct receipt *receipt, const struct sm_request *rq,
                        const struct sm_attempt *attempt)
{
    const struct sm_receipt *row = &receipt->row;

    (void)snprintf(receipt->title, sizeof(receipt->title), "%s %s",
                   tr(rq, SM_N_("Receipt")), row->number);
    sm_format_money(receipt->paid, sizeof(receipt->paid), rq->lang,
                    row->amount_minor, attempt->currency);
    sm_format_instant(receipt->paid_at, sizeof(receipt->paid_at), rq->lang,
                      row->paid_us);
    write_created(receipt->created, sizeof(receipt->created), row->paid_us);
}

/* What the payment paid, a line each. */
static void add_parts(struct sm_pdf *pdf, const struct sm_request *rq,
                      const struct sm_receipt *receipt, const char *currency)
{
    const struct sm_rows *rows = receipt->rows;
    char left[160], sum[64];

    sm_pdf_section(pdf, tr(rq, SM_N_("What it paid")));
    sm_pdf_table(pdf, tr(rq, SM_N_("Invoice")), tr(rq, SM_N_("Amount")));
    for (int i = 0; i < receipt->parts; i++) {
        bool credit = sm_row_null(rows, i, PAY_RECEIPT__DOCUMENT_NUMBER);

        (void)snprintf(left, sizeof(left), "%s  …%s",
                       credit
                           ? tr(rq, SM_N_("Credit for the next bill"))
                           : sm_row_text(rows, i, PAY_RECEIPT__DOCUMENT_NUMBER),
                       sm_row_text(rows, i, PAY_RECEIPT__ACCOUNT_HINT));
        sm_format_money(sum, sizeof(sum), rq->lang,
                        sm_row_int(rows, i, PAY_RECEIPT__ALLOCATED_MINOR),
                        currency);
        sm_pdf_line(pdf, left, sum);
    }
}

static void fill(struct sm_pdf *pdf, const struct sm_request *rq,
                 const struct receipt *receipt,
                 const struct sm_attempt *attempt)
{
    const char *legal =
        sm_settings_str(rq->app->settings, "company.legal_name");
    const char *address = sm_layout_text(rq, "company.address");
    char hint[32];

    (void)snprintf(hint, sizeof(hint), "…%s", attempt->code_hint);
    sm_pdf_heading(pdf, receipt->title);
    sm_pdf_figure(pdf, receipt->paid);
    sm_pdf_row(pdf, tr(rq, SM_N_("Paid at")), receipt->paid_at);
    if (attempt->code_count == 1) /* each part says whose it is */
        sm_pdf_row(pdf, tr(rq, SM_N_("Payment code")), hint);
    sm_pdf_row(pdf, tr(rq, SM_N_("Paid by")),
               tr(rq, SM_N_("card, on the internet")));
    sm_pdf_row(pdf, tr(rq, SM_N_("Reference")), receipt->row.reference);
    add_parts(pdf, rq, &receipt->row, attempt->currency);
    sm_pdf_section(pdf, tr(rq, SM_N_("Is it genuine?")));
    sm_pdf_link(pdf,
                tr(rq, SM_N_("Anybody can check at this address that the "
                             "receipt is genuine:")),
                receipt->row.check_url);
    if (legal[0] != '\0')
        sm_pdf_section(pdf, legal);
    if (address[0] != '\0')
        sm_pdf_paragraph(pdf, address);
}

static enum sm_status make(struct sm_reply *rp, struct sm_request *rq,
                           const struct receipt *receipt,
                           const struct sm_attempt *attempt)
{
    const struct sm_pdf_info info = {
        .title = receipt->title,
        .author = sm_layout_text(rq, "company.name"),
        .lang = sm_lang_code(rq->lang),
        .created = receipt->created,
        .accent = sm_layout_accent(rq),
    };
    struct sm_pdf *pdf = NULL;
    const char *bytes;
    struct sm_buf out;
    enum sm_status status;

    status = sm_pdf_new(&pdf, &info, &rq->err);
    if (status != SM_OK)
        return status;
    fill(pdf, rq, receipt, attempt);
    sm_buf_init(&out, FILE_MAX);
    status = sm_pdf_finish(&out, pdf, &rq->err);
    bytes = status == SM_OK ? sm_arena_strndup(rq->arena, out.data, out.len)
                            : NULL;
    if (status == SM_OK && bytes == NULL)
        status = SM_FAIL(&rq->err, SM_INTERNAL, "out of memory");
    if (status == SM_OK)
        sm_reply_file(rp, "application/pdf",
                      sm_arena_printf(rq->arena, "%s.pdf", receipt->row.number),
                      bytes, out.len);
    sm_buf_release(&out);
    return status;
}

/* What the file depends on, in short: a receipt never changes, but what stands
 * around it may. */
static const char *version_of(const struct sm_request *rq,
                              const struct receipt *receipt)
{
    const char *legal =
        sm_settings_str(rq->app->settings, "company.legal_name");
    uint8_t hash[SM_HASH_BYTES];
    char hex[2 * SM_HASH_BYTES + 1];
    const char *text;

    text = sm_arena_printf(
        rq->arena, "%d %s\n%s\n%s\n%s\n%s\n%06x", LAYOUT, receipt->title,
        receipt->row.check_url, sm_layout_text(rq, "company.name"), legal,
        sm_layout_text(rq, "company.address"), sm_layout_accent(rq));
    if (text == NULL)
        return NULL;
    sm_sha256(hash, text, strlen(text));
    sm_hex(hex, hash, sizeof(hash));
    return sm_arena_strdup(rq->arena, hex);
}

static enum sm_status show(struct sm_request *rq, struct sm_reply *rp)
{
    struct sm_attempt attempt;
    struct receipt receipt;
    enum sm_status status;
    const char *etag;

    status = sm_attempt_load(&attempt, rq);
    if (status == SM_OK)
        status = sm_receipt_load(&receipt.row, rq, &attempt);
    if (status != SM_OK)
        return status;
    if (receipt.row.parts == 0) /* not paid: its state says what it is */
        return sm_attempt_see(rq, rp, &attempt);
    write_words(&receipt, rq, &attempt);
    etag = version_of(rq, &receipt);
    if (etag != NULL && sm_reply_known(rq, rp, etag))
        return SM_OK;
    return make(rp, rq, &receipt, &attempt);
}

const struct sm_page sm_page_receipt_pdf = {
    .path = "/pay/receipt/{payment}/pdf",
    .auth = SM_AUTH_PUBLIC,
    .inputs = inputs,
    .ninputs = SM_COUNT(inputs),
    .get = show,
    .personal = true,
    .limit = "start",
    .instance = "pay",
    .help = "The receipt of a payment as a PDF.",
};
