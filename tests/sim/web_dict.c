/* lib/view as the pages see it, without templates. */
#include "web_dict.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "keys.h"
#include "sim.h"

enum { ENTRIES = 64, TEXT = 512 };

struct sm_dict {
    int count;
    struct {
        int key;
        char text[TEXT];
    } entries[ENTRIES];
};

struct sm_dict *web_dict(void)
{
    static _Thread_local struct sm_dict own;

    return &own;
}

void web_dict_clear(struct sm_dict *dict)
{
    dict->count = 0;
}

static int find(const struct sm_dict *dict, int key)
{
    int i;

    for (i = 0; i < dict->count; i++) {
        if (dict->entries[i].key == key)
            return i;
    }
    return -1;
}

void sm_set(struct sm_dict *dict, int key, const char *text)
{
    int index = find(dict, key);

    if (index < 0) {
        if (dict->count == ENTRIES) {
            sim_broken("SIM", "more than %d markers", ENTRIES);
            return;
        }
        index = dict->count++;
        dict->entries[index].key = key;
    }
    snprintf(dict->entries[index].text, TEXT, "%s", text);
}

void sm_setf(struct sm_dict *dict, int key, const char *fmt, ...)
{
    char text[TEXT];
    va_list args;

    va_start(args, fmt);
    vsnprintf(text, sizeof(text), fmt, args);
    va_end(args);
    sm_set(dict, key, text);
}

void sm_set_int(struct sm_dict *dict, int key, int64_t number)
{
    sm_setf(dict, key, "%lld", (long long)number);
}

void sm_set_money(struct sm_dict *dict, int key, int64_t minor,
                  const char *currency)
{
    sm_setf(dict, key, "%lld %s", (long long)minor, currency);
}

void sm_set_date(struct sm_dict *dict, int key, struct sm_date date)
{
    sm_setf(dict, key, "%d-%02d-%02d", date.year, date.month, date.day);
}

void sm_set_instant(struct sm_dict *dict, int key, int64_t us)
{
    sm_set_int(dict, key, us);
}

void sm_set_plural(struct sm_dict *dict, int key, int64_t n)
{
    sm_set_int(dict, key, n);
}

struct sm_dict *sm_section(struct sm_dict *dict, int key)
{
    sm_set(dict, key, "");
    return dict;
}

void sm_show(struct sm_dict *dict, int key)
{
    sm_set(dict, key, "");
}

void sm_show_if(struct sm_dict *dict, int key, bool cond)
{
    if (cond)
        sm_show(dict, key);
}

static const char *text_of(const struct sm_dict *dict, int key)
{
    int index = find(dict, key);

    return index < 0 ? "" : dict->entries[index].text;
}

static bool has(const struct sm_dict *dict, int key)
{
    return find(dict, key) >= 0;
}

void web_dict_read(struct web_page *out, const struct sm_dict *dict)
{
    snprintf(out->state, sizeof(out->state), "%.*s",
             (int)sizeof(out->state) - 1, text_of(dict, K_STATE));
    snprintf(out->paid, sizeof(out->paid), "%.*s", (int)sizeof(out->paid) - 1,
             text_of(dict, K_PAID));
    snprintf(out->surplus, sizeof(out->surplus), "%.*s",
             (int)sizeof(out->surplus) - 1,
             has(dict, K_HAS_SURPLUS) ? text_of(dict, K_SURPLUS) : "");
    snprintf(out->receipt, sizeof(out->receipt), "%.*s",
             (int)sizeof(out->receipt) - 1, text_of(dict, K_RECEIPT_NO));
    out->offers_continue = has(dict, K_CONTINUE);
    snprintf(out->continue_url, sizeof(out->continue_url), "%s",
             text_of(dict, K_CONTINUE_URL));
    out->offers_cancel = has(dict, K_CANCEL);
    out->offers_ask = has(dict, K_ASK);
    out->offers_refund = has(dict, K_OFFER);
    out->offers_email = has(dict, K_HAS_EMAIL) && has(dict, K_MINE);
    out->changed = has(dict, K_CHANGED);
    out->conflict = has(dict, K_CONFLICT);
    out->range = has(dict, K_RANGE);
    out->gone = has(dict, K_GONE);
    out->again = has(dict, K_AGAIN);
    snprintf(out->again_key, sizeof(out->again_key), "%.*s",
             (int)sizeof(out->again_key) - 1, text_of(dict, K_AGAIN_KEY));
    out->again_minor = strtoll(text_of(dict, K_AGAIN_MINOR), NULL, 10);
}
