#include "domain/bill_words.h"

#include <stdio.h>
#include <string.h>

#include "base/status.h"
#include "view/view.h"

#define NBSP "\xc2\xa0"
#define DASH "\xe2\x80\x93" /* en dash */

void sm_bill_period(char *text, size_t size, enum sm_lang lang,
                    struct sm_date from, struct sm_date to)
{
    char one[80], two[80];

    sm_format_date(one, sizeof(one), lang, from);
    sm_format_date(two, sizeof(two), lang, to);
    if (from.year == 0 || to.year == 0)
        (void)snprintf(text, size, "%s%s", one, two);
    else if (from.year == to.year && from.month == to.month)
        (void)snprintf(text, size, "%d" DASH "%s", from.day, two);
    else
        (void)snprintf(text, size, "%s " DASH " %s", one, two);
}

const char *sm_bill_unit_name(enum sm_lang lang, const char *unit)
{
    static const struct {
        const char *code, *sign, *word;
    } units[] = {
        {"KWH", "kWh", NULL},
        {"MWH", "MWh", NULL},
        {"GWH", "GWh", NULL},
        {"WHR", "Wh", NULL},
        {"K3", "kvarh", NULL},
        {"KVR", "kvar", NULL},
        {"KWT", "kW", NULL},
        {"MTQ", "m³", NULL},
        {"LTR", "l", NULL},
        {"HLT", "hl", NULL},
        {"GV", "GJ", NULL},
        {"3B", "MJ", NULL},
        {"KJO", "kJ", NULL},
        {"JOU", "J", NULL},
        {"DAY", NULL, SM_N_("days")},
        {"WEE", NULL, SM_N_("weeks")},
        {"MON", NULL, SM_N_("months")},
        {"QAN", NULL, SM_N_("quarters")},
        {"ANN", NULL, SM_N_("years")},
        {"C62", NULL, SM_N_("pcs")},
        {"H87", NULL, SM_N_("pcs")},
        {"EA", NULL, SM_N_("pcs")},
    };

    for (size_t i = 0; i < SM_COUNT(units); i++)
        if (strcmp(units[i].code, unit) == 0)
            return units[i].sign != NULL ? units[i].sign
                                         : sm_tr(lang, units[i].word);
    return unit;
}

void sm_bill_number(char *text, size_t size, enum sm_lang lang, int64_t number,
                    int decimals, int least)
{
    while (decimals > least && number % 10 == 0) {
        number /= 10;
        decimals--;
    }
    sm_format_number(text, size, lang, number, decimals);
}

void sm_bill_rate(char *text, size_t size, enum sm_lang lang, int rate_bp)
{
    char number[40];

    sm_bill_number(number, sizeof(number), lang, rate_bp, 2, 0);
    (void)snprintf(text, size, "%s%s%%", number,
                   lang == SM_LANG_RO ? NBSP : "");
}

const char *sm_bill_read_name(enum sm_lang lang, enum sm_bill_read read)
{
    static const char *const words[] = {
        [SM_BILL_MEASURED] = SM_N_("measured"),
        [SM_BILL_ESTIMATED] = SM_N_("estimated"),
        [SM_BILL_SELF_READ] = SM_N_("self-read"),
    };

    return (unsigned)read < SM_COUNT(words) ? sm_tr(lang, words[read]) : "";
}

const char *sm_bill_how_name(enum sm_lang lang, const char *how)
{
    static const struct {
        const char *how, *word;
    } words[] = {
        {"online", SM_N_("Card, on the internet")},
        {"bank", SM_N_("Bank transfer")},
        {"cash", SM_N_("Cash desk")},
        {"credit", SM_N_("Credit used")},
    };

    for (size_t i = 0; i < SM_COUNT(words); i++)
        if (strcmp(words[i].how, how) == 0)
            return sm_tr(lang, words[i].word);
    return sm_tr(lang, SM_N_("Payment"));
}
