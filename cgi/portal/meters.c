#include "portal/meters.h"

#include <string.h>

#include "base/text.h"
#include "keys.h"
#include "money/money.h"
#include "portal/bills.h"
#include "portal/login.h"
#include "sql/self_meters.h"

/* A word of the database and the section that says it. */
struct word {
    const char *word;
    int key;
};

static void show_word(struct sm_dict *dict, const struct word *words,
                      size_t count, const char *word)
{
    for (size_t i = 0; i < count; i++)
        sm_show_if(dict, words[i].key, strcmp(words[i].word, word) == 0);
}

enum sm_status sm_meters_load(struct sm_rows **out, struct sm_request *rq,
                              const uint8_t *meter, int most, int skip)
{
    const uint8_t *place = NULL;
    const char *find = "";

    if (!meter) {
        place = sm_in(rq, "place")->present ? sm_in(rq, "place")->id : NULL;
        find = sm_in(rq, "q")->text;
    }

    const struct sm_arg args[] = {
        sm_login_session(rq),    sm_arg_uuid(meter),
        sm_arg_uuid(place),      sm_arg_text(*find ? find : NULL),
        sm_arg_int4(most),       sm_arg_int4(skip),
        sm_arg_time(rq->now_us),
    };

    return sm_request_query(out, rq, &sm_sql_self_meters, args);
}

void sm_meters_index(struct sm_dict *dict, int key, int64_t milli, int decimals)
{
    char text[SM_DECIMAL_TEXT];
    char *point;

    for (int d = decimals; d < 3; d++)
        milli /= 10;
    sm_decimal_format(text, milli, decimals);
    point = strchr(text, '.');
    if (point && sm_dict_lang(dict) != SM_LANG_EN)
        *point = ',';
    sm_set(dict, key, text);
}

static void set_trimmed(struct sm_dict *dict, int key, int64_t number,
                        int decimals)
{
    char text[48];

    for (; decimals > 0 && number % 10 == 0; decimals--)
        number /= 10;
    sm_format_number(text, sizeof(text), sm_dict_lang(dict), number, decimals);
    sm_set(dict, key, text);
}

void sm_meters_amount(struct sm_dict *dict, int key, int64_t milli)
{
    set_trimmed(dict, key, milli, 3);
}

void sm_meters_rate(struct sm_dict *dict, int key, int64_t micro)
{
    set_trimmed(dict, key, micro / 10000, 2);
}

void sm_meters_register(struct sm_dict *dict, const char *kind)
{
    const struct word words[] = {
        {"single", K_REG_SINGLE}, {"day", K_REG_DAY},
        {"night", K_REG_NIGHT},   {"import", K_REG_IMPORT},
        {"export", K_REG_EXPORT},
    };

    show_word(dict, words, SM_COUNT(words), kind);
    sm_show_if(dict, K_NOT_SINGLE, strcmp(kind, "single") != 0);
}

void sm_meters_way(struct sm_dict *dict, const char *source)
{
    const struct word words[] = {
        {"read", K_WAY_READ},
        {"self_read", K_WAY_SELF},
        {"estimated", K_WAY_ESTIMATED},
        {"sms", K_WAY_SMS},
        {"csv", K_WAY_FILE},
        {"guest", K_WAY_GUEST},
        {"office", K_WAY_OFFICE},
    };

    show_word(dict, words, SM_COUNT(words), source);
}

void sm_meters_state(struct sm_dict *dict, const char *state)
{
    const struct word words[] = {
        {"accepted", K_STATE_ACCEPTED}, {"in_check", K_STATE_IN_CHECK},
        {"replaced", K_STATE_REPLACED}, {"refused", K_STATE_REFUSED},
        {"informative", K_STATE_INFO},
    };

    show_word(dict, words, SM_COUNT(words), state);
}

bool sm_meters_same(const struct sm_rows *rows, int i, int j)
{
    return memcmp(sm_row_bytes(rows, i, SELF_METERS__METER),
                  sm_row_bytes(rows, j, SELF_METERS__METER), SM_ID_BYTES) == 0;
}

/* When an index may be sent, and whether it was. */
static void fill_window(struct sm_dict *dict, const struct sm_request *rq,
                        const struct sm_rows *rows, int i)
{
    bool gone = !sm_row_null(rows, i, SELF_METERS__REMOVED_ON);
    bool open = !gone && !sm_row_null(rows, i, SELF_METERS__OPENS_ON);
    bool next = !gone && !sm_row_null(rows, i, SELF_METERS__NEXT_OPENS_ON);
    const char *sent = sm_row_text(rows, i, SELF_METERS__SENT_STATE);
    bool has_sent = strcmp(sent, "accepted") == 0 ||
                    strcmp(sent, "in_check") == 0;
    struct sm_date until = sm_row_date(rows, i, SELF_METERS__CLOSES_ON);

    sm_show_if(dict, K_WIN_GONE, gone);
    sm_set_date(dict, K_REMOVED_ON,
                sm_row_date(rows, i, SELF_METERS__REMOVED_ON));
    sm_show_if(dict, K_WIN_SENT, open && has_sent);
    sm_show_if(dict, K_WIN_SENT_IN_CHECK,
               open && strcmp(sent, "in_check") == 0);
    sm_set_date(dict, K_SENT_ON, sm_row_date(rows, i, SELF_METERS__SENT_ON));
    sm_show_if(dict, K_WIN_OPEN, open && !has_sent);
    sm_set_date(dict, K_OPENS_ON, sm_row_date(rows, i, SELF_METERS__OPENS_ON));
    sm_set_date(dict, K_CLOSES_ON, until);
    if (open)
        sm_set_plural(dict, K_DAYS_LEFT,
                      sm_date_to_days(until) -
                          sm_date_to_days(sm_date_local(rq->now_us)) + 1);
    sm_show_if(dict, K_WIN_NEXT, !open && next);
    sm_set_date(dict, K_NEXT_OPENS_ON,
                sm_row_date(rows, i, SELF_METERS__NEXT_OPENS_ON));
    sm_set_date(dict, K_NEXT_CLOSES_ON,
                sm_row_date(rows, i, SELF_METERS__NEXT_CLOSES_ON));
    sm_show_if(dict, K_WIN_NONE, !gone && !open && !next);
}

void sm_meters_fill(struct sm_dict *dict, const struct sm_request *rq,
                    const struct sm_rows *rows, int i)
{
    const struct word kinds[] = {
        {"electricity", K_KIND_ELECTRICITY},
        {"gas", K_KIND_GAS},
        {"water", K_KIND_WATER},
        {"heat", K_KIND_HEAT},
    };
    const char *name = sm_row_text(rows, i, SELF_METERS__PLACE_NAME);
    char id[SM_ID_TEXT];

    sm_id_format(id, sm_row_bytes(rows, i, SELF_METERS__METER));
    sm_set(dict, K_METER_ID, id);
    sm_set(dict, K_SERIAL, sm_row_text(rows, i, SELF_METERS__SERIAL));
    show_word(dict, kinds, SM_COUNT(kinds),
              sm_row_text(rows, i, SELF_METERS__KIND));
    sm_show_if(dict, K_HAS_PLACE_NAME, *name != '\0');
    sm_set(dict, K_PLACE_NAME, name);
    sm_set(dict, K_PLACE_ADDRESS, sm_row_text(rows, i, SELF_METERS__ADDRESS));
    fill_window(dict, rq, rows, i);
}

void sm_meters_fill_register(struct sm_dict *dict, const struct sm_rows *rows,
                             int i)
{
    int decimals = (int)sm_row_int(rows, i, SELF_METERS__DECIMALS);
    bool last = !sm_row_null(rows, i, SELF_METERS__LAST_MILLI);
    bool used = !sm_row_null(rows, i, SELF_METERS__USE_MILLI);

    sm_meters_register(dict, sm_row_text(rows, i, SELF_METERS__REGISTER_KIND));
    sm_bills_unit(dict, K_UNIT, sm_row_text(rows, i, SELF_METERS__UNIT));
    sm_show_if(dict, K_HAS_LAST, last);
    sm_show_if(dict, K_NO_LAST, !last);
    sm_show_if(dict, K_HAS_USE, used);
    if (last) {
        sm_meters_index(dict, K_LAST,
                        sm_row_int(rows, i, SELF_METERS__LAST_MILLI), decimals);
        sm_set_date(dict, K_LAST_ON,
                    sm_row_date(rows, i, SELF_METERS__LAST_ON));
        sm_meters_way(dict, sm_row_text(rows, i, SELF_METERS__LAST_SOURCE));
    }
    if (used) {
        sm_meters_amount(dict, K_USE,
                         sm_row_int(rows, i, SELF_METERS__USE_MILLI));
        sm_set_date(dict, K_USE_SINCE,
                    sm_row_date(rows, i, SELF_METERS__USE_SINCE));
        sm_set_plural(dict, K_USE_DAYS,
                      sm_row_int(rows, i, SELF_METERS__USE_DAYS));
    }
}
