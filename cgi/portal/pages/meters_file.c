/* Readings of many meters in one file: checked whole, then kept whole, or the
 * good ones of it if their sender says so. */
#include <string.h>

#include "keys.h"
#include "portal/bills.h"
#include "portal/login.h"
#include "portal/meter_file.h"
#include "portal/meters.h"
#include "sql/meter_file.h"

static const struct sm_input inputs[] = {
    {"file", SM_IN_BYTES, .max = SM_METER_FILE_BYTES, .label = SM_N_("File")},
    {"lines", SM_IN_BYTES, .max = SM_METER_FILE_BYTES,
     .label = SM_N_("Or its lines, pasted")},
    {.name = "good_ones", .type = SM_IN_BOOL},
    {.name = "sure", .type = SM_IN_BOOL},
    {.name = "very_sure", .type = SM_IN_BOOL},
    {"once", SM_IN_ID, .required = true},
};

/* The sentence of a line that cannot be taken. */
static const char *refusal(const char *word)
{
    static const struct {
        const char *word, *sentence;
    } rows[] = {
        {"unreadable",
         SM_N_("This line has more or fewer fields than the first one, or "
               "letters that are not UTF-8.")},
        {"serial", SM_N_("There is no serial number.")},
        {"register", SM_N_("The register is a number from 1 to 8.")},
        {"value", SM_N_("The value is not digits with at most 3 decimals.")},
        {"date", SM_N_("This is not a day. It looks like 2026-12-31 or "
                       "31.12.2026.")},
        {"twice", SM_N_("This register stands on an earlier line.")},
        {"many", SM_N_("At most 5,000 lines fit in one file. The lines from "
                       "here on were not looked at.")},
        {"dates", SM_N_("The registers of one meter are read on one day, and "
                        "this day is another one.")},
        {"unknown", SM_N_("You have no meter with this serial number.")},
        {"several", SM_N_("You have several meters with this serial number. "
                          "Send their readings one by one.")},
        {"registers", SM_N_("The file needs a line for each register of this "
                            "meter, and no other.")},
        {"removed", SM_N_("The meter was taken down before this day.")},
        {"billed", SM_N_("The reading of this period is on a bill already.")},
        {"too_long", SM_N_("The value has more digits than the meter.")},
        {"decimals", SM_N_("The value has more decimals than the meter.")},
        {"lower", SM_N_("The value is below the last index. If the meter was "
                        "changed, tell us.")},
        {"not_later", SM_N_("The day is not after that of the last index.")},
        {"future", SM_N_("This day has not come yet.")},
        {"versions", SM_N_("This reading was corrected too often. Call "
                           "us to change it.")},
        {"closed", SM_N_("Readings of this meter are not taken today.")},
        {"early", SM_N_("The day is before the first one on which readings "
                        "of this meter are taken.")},
        {"conflict", SM_N_("This form has sent another value of this meter. "
                           "Send it once more to correct that one.")},
    };

    for (size_t i = 0; i < SM_COUNT(rows); i++) {
        if (strcmp(word, rows[i].word) == 0)
            return rows[i].sentence;
    }
    return SM_N_("This line cannot be taken. Send this reading by itself.");
}

static void fill_refused(struct sm_dict *page,
                         const struct sm_meter_file_list *list)
{
    sm_show_if(page, K_REFUSED, list->count > 0);
    sm_set_plural(page, K_REFUSED_COUNT, (int64_t)list->count);
    sm_show_if(page, K_REFUSED_MORE, list->count > list->told);
    for (size_t i = 0; i < list->told; i++) {
        struct sm_dict *row = sm_section(page, K_REFUSED_LINES);

        sm_set_int(row, K_LINE, list->words[i].line);
        sm_set(row, K_SERIAL, list->words[i].serial);
        sm_set(row, K_WHAT,
               sm_tr(sm_dict_lang(page), refusal(list->words[i].word)));
    }
}

static void fill_doubts(struct sm_dict *page,
                        const struct sm_meter_file_list *list)
{
    sm_show_if(page, K_DOUBTS, list->count > 0);
    sm_set_plural(page, K_DOUBTS_COUNT, (int64_t)list->count);
    sm_show_if(page, K_DOUBTS_MORE, list->count > list->told);
    for (size_t i = 0; i < list->told; i++) {
        const struct sm_meter_file_word *said = &list->words[i];
        struct sm_dict *row = sm_section(page, K_DOUBT_LINES);
        bool high = strcmp(said->word, "high") == 0 ||
                    strcmp(said->word, "very_high") == 0;

        sm_set_int(row, K_LINE, said->line);
        sm_set(row, K_SERIAL, said->serial);
        sm_show_if(row, K_IS_BELOW, strcmp(said->word, "below_estimate") == 0);
        sm_show_if(row, K_IS_ZERO, strcmp(said->word, "zero") == 0);
        sm_show_if(row, K_IS_LOW, strcmp(said->word, "low") == 0);
        sm_show_if(row, K_IS_HIGH, high);
        sm_meters_rate(row, K_DAY_USE, said->day_micro);
        sm_meters_rate(row, K_USUAL_USE, said->usual_micro);
        sm_bills_unit(row, K_UNIT, said->unit);
    }
}

/* Show the form; its key is the one that came, or a new one. */
static enum sm_status fill(struct sm_request *rq, struct sm_reply *rp,
                           bool new_key)
{
    uint8_t once[SM_ID_BYTES];
    char text[SM_ID_TEXT];

    sm_random(once, sizeof(once));
    if (rq->is_post && sm_in(rq, "once")->present && !new_key)
        memcpy(once, sm_in(rq, "once")->id, sizeof(once));
    sm_id_format(text, once);
    sm_set(rp->dict, K_ONCE_KEY, text);
    return SM_OK;
}

static enum sm_status show(struct sm_request *rq, struct sm_reply *rp)
{
    rp->set_cookie = !rq->has_cookie;
    return fill(rq, rp, false);
}

/* What was sent stands in the text area, where it can be mended: a browser
 * forgets which file was chosen. */
static void keep_lines(struct sm_dict *page, const struct sm_value *sent)
{
    if (sm_utf8_valid(sent->text, sent->len))
        sm_setn(page, K_LINES_TEXT, sent->text, sent->len);
}

static int confirmed(const struct sm_request *rq)
{
    if (!sm_in(rq, "sure")->present)
        return 0;
    return sm_in(rq, "very_sure")->present ? 2 : 1;
}

/* Why nothing of the file is kept, as far as there is a reason. */
static const char *why_not(const struct sm_request *rq,
                           const struct sm_meter_file *f)
{
    if (f->csv.nrows + f->refused.count == 0)
        return SM_N_("The file has no line with a value.");
    if (f->refused.count + f->doubts.count == 0)
        return NULL;
    if (!sm_in(rq, "good_ones")->present)
        return SM_N_("Nothing was sent yet: look at the lines named below.");
    if (f->stored + f->same == 0)
        return SM_N_("Nothing was sent: there is no line that can be taken.");
    return NULL;
}

static enum sm_status refuse(struct sm_request *rq, struct sm_reply *rp,
                             const struct sm_meter_file *f,
                             const struct sm_value *sent, const char *why)
{
    struct sm_dict *page = rp->dict;
    size_t good;
    bool ask;

    sm_in_refuse(rq, "file", why);
    keep_lines(page, sent);
    fill_refused(page, &f->refused);
    fill_doubts(page, &f->doubts);
    /* doubts may turn out good too */
    good = f->stored + f->same;
    ask = f->refused.count > 0 && good + f->doubts.count > 0;
    sm_show_if(page, K_ASK, ask || f->doubts.count > 0);
    sm_show_if(page, K_ASK_GOOD_ONES, ask || (f->doubts.count > 0 && good > 0));
    sm_show_if(page, K_SOME_GOOD, good > 0);
    sm_set_plural(page, K_GOOD_COUNT, (int64_t)good);
    sm_show_if(page, K_ASK_SURE,
               f->doubts.count > 0 || sm_in(rq, "sure")->present);
    sm_show_if(page, K_ASK_VERY_SURE,
               sm_in(rq, "sure")->present && f->very_high);
    fill(rq, rp, f->conflicts > 0);
    return SM_INVALID;
}

/* What is kept is kept: the owners' logs say so, and the way to the list. */
static enum sm_status keep(struct sm_request *rq, struct sm_reply *rp,
                           const struct sm_meter_file *f)
{
    const uint8_t *once = sm_in(rq, "once")->id;
    size_t left_out = f->refused.count + f->doubts.count;
    const struct sm_arg args[] = {
        sm_login_session(rq),
        sm_arg_bytes(once, SM_ID_BYTES),
        sm_arg_time(rq->now_us),
    };
    struct sm_rows *rows = NULL;
    enum sm_status st = SM_OK;
    char text[SM_ID_TEXT];

    if (f->stored > 0)
        st = sm_request_query(&rows, rq, &sm_sql_meter_file_end, args);
    if (st != SM_OK)
        return st;
    sm_id_format(text, once);
    if (left_out == 0)
        return sm_reply_see_other(rq, rp, "/meters/file/%s", text);
    return sm_reply_see_other(rq, rp, "/meters/file/%s?left_out=%zu", text,
                              left_out);
}

static enum sm_status send(struct sm_request *rq, struct sm_reply *rp)
{
    const struct sm_value *file = sm_in(rq, "file");
    const struct sm_value *sent = file->present ? file : sm_in(rq, "lines");
    struct sm_meter_file *f = sm_arena_alloc(rq->arena, sizeof(*f));
    const char *why;
    enum sm_status st;

    if (!f)
        return SM_FAIL(&rq->err, SM_INTERNAL, "a file: no memory");
    fill(rq, rp, false);
    if (rq->inputs_ok && !sent->present)
        sm_in_refuse(rq, "file",
                     SM_N_("Choose the file, or paste its lines below."));
    if (!rq->inputs_ok) {
        keep_lines(rp->dict, sent);
        return SM_INVALID;
    }
    st = sm_meter_file_send(f, rq, sent->text, sent->len, confirmed(rq),
                            sm_in(rq, "once")->id);
    if (st == SM_INVALID) {
        keep_lines(rp->dict, sent);
        sm_in_refuse(rq, "file",
                     SM_N_("The first line has to name the columns: serial "
                           "and value, besides them register and date. "
                           "Begin with the file that you can fetch here."));
        return st;
    }
    if (st != SM_OK)
        return st;
    why = why_not(rq, f);
    return why ? refuse(rq, rp, f, sent, why) : keep(rq, rp, f);
}

const struct sm_page sm_page_meters_file = {
    .path = "/meters/file",
    .auth = SM_AUTH_CUSTOMER,
    .inputs = inputs,
    .ninputs = SM_COUNT(inputs),
    .get = show,
    .post = send,
    .tpl = "meters_file.tpl",
    .personal = true,
    .repeatable = true,
    .body_max = 1024 * 1024,
    .help = "Send the readings of many meters in one file.",
};
