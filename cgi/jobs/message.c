/* The words of a mail: its template filled with what the database says now,
 * in the language of the row, as HTML and as text. */
#include <string.h>

#include "base/clock.h"
#include "domain/bill_words.h"
#include "domain/mail_token.h"
#include "jobs/jobs.h"
#include "jobs/notice.h"
#include "keys.h"
#include "money/money.h"
#include "pay/links.h"
#include "sql/jobs_work.h"
#include "sql/receipt.h"
#include "sql/status.h"
#include "view/view.h"
#include "web/page.h" /* SM_N_ */

/* A message being filled. */
struct filling {
    struct sm_jobs *jobs;
    struct sm_arena *arena;
    const struct sm_message *message;
    struct sm_dict *dict;
    enum sm_lang lang;
    const char *code;   /* of the language */
    const char *origin; /* public_origin */
    struct sm_error *err;
};

static void add_status_links(const struct filling *f)
{
    char id[SM_ID_TEXT], token[SM_LINK_TOKEN], check[SM_LINK_CHECK];

    sm_id_format(id, f->message->payment);
    sm_link_status(token, &f->jobs->link, f->message->payment);
    sm_link_receipt(check, &f->jobs->link, f->message->payment);
    sm_setf(f->dict, K_STATUS_URL, "%s/%s/pay/status/%s?k=%s", f->origin,
            f->code, id, token);
    sm_setf(f->dict, K_RECEIPT_URL, "%s/%s/pay/receipt/%s?k=%s", f->origin,
            f->code, id, token);
    sm_setf(f->dict, K_CHECK_URL, "%s/%s/receipt/%s", f->origin, f->code,
            check);
}

static void fill_part(struct sm_dict *dict, const struct sm_rows *rows, int i)
{
    struct sm_dict *part = sm_section(dict, K_PARTS);
    bool credit = sm_row_null(rows, i, PAY_RECEIPT__DOCUMENT_NUMBER);

    sm_show_if(part, K_PART_INVOICE, !credit);
    sm_show_if(part, K_PART_CREDIT, credit);
    sm_set(part, K_PART_NUMBER,
           sm_row_text(rows, i, PAY_RECEIPT__DOCUMENT_NUMBER));
    sm_set_money(part, K_PART_SUM,
                 sm_row_int(rows, i, PAY_RECEIPT__ALLOCATED_MINOR),
                 sm_row_text(rows, i, PAY_RECEIPT__CURRENCY));
}

static enum sm_status fill_receipt(const struct filling *f)
{
    struct sm_rows *rows = NULL;
    enum sm_status status;
    int64_t days, paid_us;
    int i;

    status = sm_jobs_run(
        &rows, f->jobs, f->arena, &sm_sql_pay_receipt,
        (const struct sm_arg[]){sm_arg_uuid(f->message->payment)}, f->err);
    if (status != SM_OK)
        return status;
    if (sm_rows_count(rows) == 0)
        return SM_FAIL(f->err, SM_NOT_FOUND, "receipt: nothing was paid");
    paid_us = sm_row_time(rows, 0, PAY_RECEIPT__SETTLED_AT);
    days = sm_settings_int(f->jobs->settings, "company.post_days");
    sm_set_money(f->dict, K_PAID,
                 sm_row_int(rows, 0, PAY_RECEIPT__AMOUNT_MINOR),
                 sm_row_text(rows, 0, PAY_RECEIPT__CURRENCY));
    sm_set_instant(f->dict, K_PAID_AT, paid_us);
    sm_set(f->dict, K_RECEIPT_NO,
           sm_row_text(rows, 0, PAY_RECEIPT__RECEIPT_NO));
    sm_set(f->dict, K_REFERENCE,
           sm_row_text(rows, 0, PAY_RECEIPT__PROCESSOR_REF));
    sm_set(f->dict, K_CODE_HINT,
           sm_row_text(rows, 0, PAY_RECEIPT__ACCOUNT_HINT));
    sm_show_if(f->dict, K_POSTED, days == 0);
    sm_show_if(f->dict, K_POSTED_LATER, days > 0);
    sm_set_date(f->dict, K_POST_BY, sm_pay_posted_by(paid_us, days));
    for (i = 0; i < sm_rows_count(rows); i++)
        fill_part(f->dict, rows, i);
    return SM_OK;
}

static enum sm_status fill_payment(const struct filling *f)
{
    static const uint8_t nobody[SM_HASH_BYTES];
    struct sm_rows *rows = NULL;
    enum sm_status status;

    status = sm_jobs_run(&rows, f->jobs, f->arena, &sm_sql_pay_status,
                         (const struct sm_arg[]){
                             sm_arg_uuid(f->message->payment),
                             sm_arg_bytes(nobody, sizeof(nobody)),
                             sm_arg_bool(true), sm_arg_time(sm_clock_now_us())},
                         f->err);
    if (status != SM_OK)
        return status;
    if (sm_rows_count(rows) == 0)
        return SM_FAIL(f->err, SM_NOT_FOUND, "no such payment");
    sm_set_money(f->dict, K_AMOUNT,
                 sm_row_int(rows, 0, PAY_STATUS__AMOUNT_MINOR),
                 sm_row_text(rows, 0, PAY_STATUS__CURRENCY));
    sm_set_instant(f->dict, K_STARTED_AT,
                   sm_row_time(rows, 0, PAY_STATUS__CREATED_AT));
    sm_set_instant(f->dict, K_ASK_BY, sm_row_time(rows, 0, PAY_STATUS__ASK_BY));
    sm_setf(f->dict, K_PAY_URL, "%s/%s/pay", f->origin, f->code);
    return SM_OK;
}

/* A mail about money that goes back, or could: the sum that it is about, in
 * the currency that was taken. */
static enum sm_status fill_money_back(const struct filling *f)
{
    static const uint8_t nobody[SM_HASH_BYTES];
    struct sm_rows *rows = NULL;
    enum sm_status status;

    status = sm_jobs_run(&rows, f->jobs, f->arena, &sm_sql_pay_status,
                         (const struct sm_arg[]){
                             sm_arg_uuid(f->message->payment),
                             sm_arg_bytes(nobody, sizeof(nobody)),
                             sm_arg_bool(true), sm_arg_time(sm_clock_now_us())},
                         f->err);
    if (status != SM_OK)
        return status;
    if (sm_rows_count(rows) == 0)
        return SM_FAIL(f->err, SM_NOT_FOUND, "no such payment");
    sm_set_money(f->dict, K_BACK, f->message->amount_minor,
                 sm_row_text(rows, 0, PAY_STATUS__CURRENCY));
    sm_set_money(f->dict, K_PAID,
                 sm_row_int(rows, 0, PAY_STATUS__SETTLED_MINOR),
                 sm_row_text(rows, 0, PAY_STATUS__CURRENCY));
    sm_set_instant(f->dict, K_PAID_AT,
                   sm_row_time(rows, 0, PAY_STATUS__FINAL_AT));
    sm_set(f->dict, K_CODE_HINT, sm_row_text(rows, 0, PAY_STATUS__CODE_HINT));
    sm_show_if(f->dict, K_TWICE, sm_row_bool(rows, 0, PAY_STATUS__DUPLICATE));
    sm_show_if(f->dict, K_MORE, !sm_row_bool(rows, 0, PAY_STATUS__DUPLICATE));
    return SM_OK;
}

static enum sm_status fill_step_up(const struct filling *f)
{
    char token[SM_MAIL_TOKEN_TEXT];

    sm_mail_token_make(token, &f->jobs->link, "step_up", f->message->number);
    sm_setf(f->dict, K_OPEN_URL, "%s/%s/pay/step-up/%s", f->origin, f->code,
            token);
    return SM_OK;
}

/* The sentences of a notice, with its link. */
static enum sm_status fill_notice(const struct filling *f,
                                  const struct sm_notice *notice)
{
    char token[SM_MAIL_TOKEN_TEXT] = "";
    bool takes_token = notice->path != NULL &&
                       notice->path[strlen(notice->path) - 1] == '/';

    if (takes_token && f->message->number == NULL)
        return SM_FAIL(f->err, SM_INVALID, "mail: a link without its number");
    if (takes_token)
        sm_mail_token_make(token, &f->jobs->link, notice->name,
                           f->message->number);
    sm_set(f->dict, K_NOTICE_TEXT, sm_tr(f->lang, notice->text));
    sm_show_if(f->dict, K_HAS_WHO, f->message->who[0] != '\0');
    sm_set(f->dict, K_WHO, f->message->who);
    sm_show_if(f->dict, K_HAS_AFTER, notice->after != NULL);
    if (notice->after != NULL)
        sm_set(f->dict, K_NOTICE_AFTER, sm_tr(f->lang, notice->after));
    sm_show_if(f->dict, K_HAS_LINK, notice->link != NULL);
    if (notice->link != NULL) {
        sm_set(f->dict, K_NOTICE_LINK, sm_tr(f->lang, notice->link));
        sm_setf(f->dict, K_OPEN_URL, "%s/%s%s%s", f->origin, f->code,
                notice->path, token);
    }
    return SM_OK;
}

static void fill_index(struct sm_dict *dict, const struct sm_rows *rows, int i)
{
    struct sm_dict *row = sm_section(dict, K_READINGS);
    const char *kind = sm_row_text(rows, i, JOBS_READING__KIND);
    int decimals = (int)sm_row_int(rows, i, JOBS_READING__DECIMALS);
    int64_t value = sm_row_int(rows, i, JOBS_READING__VALUE_MILLI);
    char text[SM_DECIMAL_TEXT];
    char *point;
    int d;

    for (d = decimals; d < 3; d++)
        value /= 10;
    sm_decimal_format(text, value, decimals);
    point = strchr(text, '.');
    if (point != NULL && sm_dict_lang(dict) != SM_LANG_EN)
        *point = ',';
    sm_set(row, K_INDEX, text);
    sm_set(row, K_UNIT,
           sm_bill_unit_name(sm_dict_lang(dict),
                             sm_row_text(rows, i, JOBS_READING__UNIT)));
    sm_show_if(row, K_OF_ONE, strcmp(kind, "single") == 0);
    sm_show_if(row, K_OF_DAY, strcmp(kind, "day") == 0);
    sm_show_if(row, K_OF_NIGHT, strcmp(kind, "night") == 0);
    sm_show_if(row, K_OF_IMPORT, strcmp(kind, "import") == 0);
    sm_show_if(row, K_OF_EXPORT, strcmp(kind, "export") == 0);
}

static enum sm_status fill_reading(const struct filling *f)
{
    struct sm_rows *rows = NULL;
    enum sm_status status;
    const char *state;
    int i;

    status = sm_jobs_run(
        &rows, f->jobs, f->arena, &sm_sql_jobs_reading,
        (const struct sm_arg[]){sm_arg_uuid(f->message->submission)}, f->err);
    if (status != SM_OK)
        return status;
    if (sm_rows_count(rows) == 0)
        return SM_FAIL(f->err, SM_NOT_FOUND, "no such submission");
    state = sm_row_text(rows, 0, JOBS_READING__STATE);
    sm_set(f->dict, K_SERIAL, sm_row_text(rows, 0, JOBS_READING__SERIAL));
    sm_set(f->dict, K_REFERENCE, sm_row_text(rows, 0, JOBS_READING__REFERENCE));
    sm_set_date(f->dict, K_READ_ON,
                sm_row_date(rows, 0, JOBS_READING__READ_ON));
    sm_show_if(f->dict, K_COUNTS, strcmp(state, "accepted") == 0);
    sm_show_if(f->dict, K_IN_CHECK, strcmp(state, "in_check") == 0);
    sm_show_if(f->dict, K_FOR_INFORMATION, strcmp(state, "informative") == 0);
    for (i = 0; i < sm_rows_count(rows); i++)
        fill_index(f->dict, rows, i);
    return SM_OK;
}

/* What a mail is about, and must name. */
enum about { OF_PAYMENT, OF_STEP_UP, OF_SUBMISSION };

static const struct kind {
    const char *name;
    const char *subject;
    const char *html, *text; /* templates */
    enum sm_status (*fill)(const struct filling *f);
    enum about about;
} kinds[] = {
    {"receipt", SM_N_("Your payment was received"), "mail_receipt.tpl",
     "mail_receipt.txt.tpl", fill_receipt, OF_PAYMENT},
    {"not_paid", SM_N_("Your payment did not go through"), "mail_not_paid.tpl",
     "mail_not_paid.txt.tpl", fill_payment, OF_PAYMENT},
    {"still_checking", SM_N_("Your payment is still being checked"),
     "mail_still_checking.tpl", "mail_still_checking.txt.tpl", fill_payment,
     OF_PAYMENT},
    {"surplus", SM_N_("You have paid more than was owed"), "mail_surplus.tpl",
     "mail_surplus.txt.tpl", fill_money_back, OF_PAYMENT},
    {"refunded", SM_N_("Your money is on its way back"), "mail_refunded.tpl",
     "mail_refunded.txt.tpl", fill_money_back, OF_PAYMENT},
    {"refund_failed", SM_N_("Your money could not be returned"),
     "mail_refund_failed.tpl", "mail_refund_failed.txt.tpl", fill_money_back,
     OF_PAYMENT},
    {"step_up", SM_N_("The link that opens your bill"), "mail_step_up.tpl",
     "mail_step_up.txt.tpl", fill_step_up, OF_STEP_UP},
    {"reading_received", SM_N_("Your meter reading was received"),
     "mail_reading_received.tpl", "mail_reading_received.txt.tpl", fill_reading,
     OF_SUBMISSION},
};

static bool is_named(const struct sm_message *message, enum about about)
{
    switch (about) {
    case OF_PAYMENT:
        return message->payment != NULL;
    case OF_STEP_UP:
        return message->number != NULL;
    case OF_SUBMISSION:
        return message->submission != NULL;
    }
    return false;
}

static const struct kind *find_kind(const struct sm_message *message)
{
    size_t i;

    for (i = 0; i < SM_COUNT(kinds); i++) {
        if (strcmp(kinds[i].name, message->template) != 0)
            continue;
        return is_named(message, kinds[i].about) ? &kinds[i] : NULL;
    }
    return NULL;
}

/* The company's name in the language of the mail. */
static const char *company_name(const struct filling *f)
{
    const char *key = sm_arena_printf(f->arena, "company.name_%s", f->code);

    return key != NULL ? sm_settings_str(f->jobs->settings, key) : "";
}

/* What every mail shows. */
static void fill_frame(const struct filling *f, const char *subject)
{
    const struct sm_settings *settings = f->jobs->settings;
    const char *phone = sm_settings_str(settings, "company.phone");

    sm_set(f->dict, K_LANG, f->code);
    sm_set(f->dict, K_SUBJECT, subject);
    sm_set(f->dict, K_COMPANY_NAME, company_name(f));
    sm_show_if(f->dict, K_HAS_PHONE, phone[0] != '\0');
    sm_set(f->dict, K_PHONE, phone);
    if (f->message->payment != NULL)
        add_status_links(f);
}

enum sm_status sm_message_make(struct sm_mail *out, struct sm_buf *text,
                               struct sm_buf *html, struct sm_jobs *jobs,
                               struct sm_arena *arena,
                               const struct sm_message *message,
                               struct sm_error *err)
{
    const struct kind *kind = find_kind(message);
    const struct sm_notice *notice = sm_notice_find(message->template);
    struct filling f = {
        .jobs = jobs,
        .arena = arena,
        .message = message,
        .origin = sm_settings_str(jobs->settings, "public_origin"),
        .err = err};
    enum sm_status status;

    if ((kind == NULL && notice == NULL) ||
        sm_lang_parse(&f.lang, message->lang) != SM_OK)
        return SM_FAIL(err, SM_INVALID, "mail: unknown template");
    f.code = sm_lang_code(f.lang);
    f.dict = sm_dict_new(f.lang);
    if (f.dict == NULL)
        return SM_FAIL(err, SM_INTERNAL, "out of memory");
    out->subject =
        sm_tr(f.lang, kind != NULL ? kind->subject : notice->subject);
    out->from_name = company_name(&f);
    fill_frame(&f, out->subject);
    sm_buf_clear(text);
    sm_buf_clear(html);
    status = kind != NULL ? kind->fill(&f) : fill_notice(&f, notice);
    if (status == SM_OK)
        status = sm_render(html, kind != NULL ? kind->html : "mail_notice.tpl",
                           f.dict, err);
    if (status == SM_OK)
        status = sm_render(text,
                           kind != NULL ? kind->text : "mail_notice.txt.tpl",
                           f.dict, err);
    sm_dict_free(f.dict);
    out->id = message->id;
    out->to = message->to;
    out->lang = f.code;
    out->text = text->data;
    out->html = html->data;
    out->date_us = sm_clock_real_us();
    return status;
}
