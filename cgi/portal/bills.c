#include "portal/bills.h"

#include <inttypes.h>
#include <string.h>

#include "base/buf.h"
#include "base/text.h"
#include "domain/bill_words.h"
#include "keys.h"
#include "pay/links.h"
#include "portal/login.h"
#include "sql/overview.h"
#include "sql/self_bills.h"

static struct sm_arg date_arg(const struct sm_request *rq, const char *name)
{
    struct sm_date date = {0, 0, 0};
    const char *text = sm_in(rq, name)->text;

    if (*text == '\0' || sm_parse_date(&date, text) != SM_OK)
        return sm_arg_null(SM_TYPE_DATE);
    return sm_arg_date(date);
}

/* A part of a number as the database compares it: upper case, no blanks. */
static struct sm_arg find_arg(struct sm_request *rq)
{
    char *text = sm_arena_strdup(rq->arena, sm_in(rq, "q")->text), *to = text;

    if (!text || *text == '\0')
        return sm_arg_null(SM_TYPE_TEXT);
    for (const char *from = text; *from; from++) {
        if (*from != ' ')
            *to++ = sm_to_upper(*from);
    }
    *to = '\0';
    return sm_arg_text(text);
}

enum sm_status sm_bills_list(struct sm_rows **out, struct sm_request *rq,
                             int most, int skip)
{
    const struct sm_value *place = sm_in(rq, "place");
    const char *state = sm_in(rq, "state")->text;
    const struct sm_arg args[] = {
        sm_login_session(rq),
        sm_arg_uuid(place->present ? place->id : NULL),
        date_arg(rq, "from"),
        date_arg(rq, "to"),
        sm_arg_text(*state ? state : NULL),
        find_arg(rq),
        sm_arg_int4(most),
        sm_arg_int4(skip),
        sm_arg_time(rq->now_us),
    };

    return sm_request_query(out, rq, &sm_sql_self_invoices, args);
}

const char *sm_bills_query(struct sm_request *rq)
{
    static const char *const names[] = {"place", "from", "to", "state", "q"};
    const char *copy;
    struct sm_buf query;

    sm_buf_init(&query, 2048);
    for (size_t i = 0; i < SM_COUNT(names); i++) {
        const char *text = sm_in(rq, names[i])->text;

        if (*text == '\0')
            continue;
        if (query.len > 0)
            sm_buf_addc(&query, '&');
        sm_buf_addf(&query, "%s=", names[i]);
        sm_buf_add_url(&query, text, strlen(text));
    }
    if (sm_in(rq, "all")->number)
        sm_buf_adds(&query, query.len > 0 ? "&all=1" : "all=1");
    copy = sm_buf_ok(&query)
               ? sm_arena_strndup(rq->arena, query.data ? query.data : "",
                                  query.len)
               : NULL;
    sm_buf_release(&query);
    return copy;
}

bool sm_bills_places(struct sm_dict *page, const struct sm_rows *rows,
                     const uint8_t *chosen)
{
    bool several = sm_rows_count(rows) > 1;
    const uint8_t *last = NULL;

    sm_show_if(page, K_SEVERAL_PLACES, several);
    for (int i = 0; i < sm_rows_count(rows); i++) {
        const uint8_t *id = sm_row_bytes(rows, i, SELF_PLACES__ACCOUNT);
        struct sm_dict *option;
        char text[SM_ID_TEXT];

        if (last && memcmp(last, id, SM_ID_BYTES) == 0)
            continue; /* a row for each of its currencies */
        last = id;
        option = sm_section(page, K_PLACE_OPTIONS);
        sm_id_format(text, id);
        sm_set(option, K_OPTION_ID, text);
        sm_setf(option, K_OPTION_NAME, "%s (…%s)",
                sm_row_text(rows, i, SELF_PLACES__ADDRESS),
                sm_row_text(rows, i, SELF_PLACES__CODE_HINT));
        sm_show_if(option, K_OPTION_CHOSEN,
                   chosen && memcmp(chosen, id, SM_ID_BYTES) == 0);
    }
    return several;
}

void sm_bills_state(struct sm_dict *row, const char *state, int64_t days)
{
    static const struct {
        const char *state;
        int key;
    } simple[] = {
        {"paid", K_IS_PAID},
        {"credit", K_IS_CREDIT},
        {"cancelled", K_IS_CANCELLED},
        {"part_paid", K_IS_PART_PAID},
    };

    for (size_t i = 0; i < SM_COUNT(simple); i++)
        sm_show_if(row, simple[i].key, strcmp(state, simple[i].state) == 0);
    if (strcmp(state, "overdue") == 0) {
        sm_show(row, K_IS_OVERDUE);
        sm_set_plural(row, K_OVER_DAYS, -days);
    } else if (strcmp(state, "open") == 0) {
        sm_show_if(row, K_IS_TODAY, days == 0);
        sm_show_if(row, K_IS_OPEN, days > 0);
        sm_set_plural(row, K_DUE_DAYS, days);
    }
}

void sm_bills_pages(struct sm_dict *dict, int64_t page, int size,
                    int64_t matches, const char *query)
{
    int64_t pages = (matches + size - 1) / size;
    const char *joined = *query ? "&" : "";

    sm_set_plural(dict, K_MATCHES, matches);
    sm_set(dict, K_FILTER, query);
    sm_show_if(dict, K_HAS_PAGES, pages > 1);
    sm_set_int(dict, K_PAGE_NO, page);
    sm_set_int(dict, K_PAGES, pages);
    sm_show_if(dict, K_HAS_PREVIOUS, page > 1);
    sm_setf(dict, K_PREVIOUS_QUERY, "%s%spage=%" PRId64, query, joined,
            page - 1);
    sm_show_if(dict, K_HAS_NEXT, page < pages);
    sm_setf(dict, K_NEXT_QUERY, "%s%spage=%" PRId64, query, joined, page + 1);
}

void sm_bills_micro(struct sm_dict *row, int key, int64_t number)
{
    char text[48];

    sm_bill_number(text, sizeof(text), sm_dict_lang(row), number, 6, 0);
    sm_set(row, key, text);
}

void sm_bills_rate(struct sm_dict *row, int key, int rate_bp)
{
    char text[48];

    sm_bill_rate(text, sizeof(text), sm_dict_lang(row), rate_bp);
    sm_set(row, key, text);
}

void sm_bills_unit(struct sm_dict *row, int key, const char *code)
{
    sm_set(row, key, sm_bill_unit_name(sm_dict_lang(row), code));
}

void sm_bills_how(struct sm_dict *row, const char *how)
{
    static const struct {
        const char *how;
        int key;
    } ways[] = {
        {"online", K_BY_CARD},   {"bank", K_BY_BANK},   {"cash", K_BY_CASH},
        {"credit", K_BY_CREDIT}, {"other", K_BY_OTHER},
    };

    for (size_t i = 0; i < SM_COUNT(ways); i++)
        sm_show_if(row, ways[i].key, strcmp(how, ways[i].how) == 0);
}

/* The signed address of a page of PAYMENT, as a mail has it. */
static void set_link(struct sm_dict *row, const struct sm_request *rq,
                     const uint8_t payment[SM_ID_BYTES], const char *page)
{
    char id[SM_ID_TEXT], token[SM_LINK_TOKEN];

    sm_id_format(id, payment);
    sm_link_status(token, &sm_portal(rq)->link, payment);
    sm_setf(row, K_PAYMENT_URL, "/%s/pay/%s/%s?k=%s", sm_lang_code(rq->lang),
            page, id, token);
}

void sm_bills_receipt(struct sm_dict *row, const struct sm_request *rq,
                      const uint8_t payment[SM_ID_BYTES])
{
    sm_show(row, K_HAS_RECEIPT);
    set_link(row, rq, payment, "receipt");
}

void sm_bills_status(struct sm_dict *row, const struct sm_request *rq,
                     const uint8_t payment[SM_ID_BYTES])
{
    sm_show(row, K_HAS_STATUS);
    set_link(row, rq, payment, "status");
}

const char *sm_bills_filename(struct sm_request *rq, const char *number,
                              const char *ending)
{
    char *name = sm_arena_printf(rq->arena, "%s.%s", number, ending);

    for (char *p = name; p && *p; p++) {
        if (!sm_is_digit(*p) && !sm_is_alpha(*p) && *p != '-' && *p != '.')
            *p = '-';
    }
    return name;
}
