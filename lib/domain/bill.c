#include "domain/bill.h"

#include <string.h>

#include "base/status.h"

/* As in sql/migrations/0014_bill_registers.sql, for lines taken in before. */
static const char *const used[] = {"KWH", "MWH", "GWH", "WHR", "MTQ", "LTR",
                                   "HLT", "GV",  "3B",  "K3",  "KJO", "JOU"};
static const char *const timed[] = {"DAY", "WEE", "MON", "QAN", "ANN"};

static const char *const kind_words[] = {[SM_BILL_USE] = "use",
                                         [SM_BILL_FIXED] = "fixed",
                                         [SM_BILL_OTHER] = "other"};
static const char *const read_words[] = {[SM_BILL_MEASURED] = "measured",
                                         [SM_BILL_ESTIMATED] = "estimated",
                                         [SM_BILL_SELF_READ] = "self_read",
                                         [SM_BILL_READ_UNKNOWN] = ""};

static size_t find(const char *text, const char *const *words, size_t count)
{
    size_t i = 0;

    while (i < count && strcmp(text, words[i]) != 0)
        i++;
    return i;
}

enum sm_bill_line_kind sm_bill_line_kind(const char *unit)
{
    if (find(unit, used, SM_COUNT(used)) < SM_COUNT(used))
        return SM_BILL_USE;
    return find(unit, timed, SM_COUNT(timed)) < SM_COUNT(timed) ? SM_BILL_FIXED
                                                                : SM_BILL_OTHER;
}

const char *sm_bill_line_kind_word(enum sm_bill_line_kind kind)
{
    return kind_words[(unsigned)kind <= SM_BILL_OTHER ? kind : SM_BILL_OTHER];
}

enum sm_bill_line_kind sm_bill_line_kind_parse(const char *word)
{
    size_t i = find(word, kind_words, SM_COUNT(kind_words));

    return i < SM_COUNT(kind_words) ? (enum sm_bill_line_kind)i : SM_BILL_OTHER;
}

const char *sm_bill_read_word(enum sm_bill_read read)
{
    return read_words[(unsigned)read <= SM_BILL_READ_UNKNOWN
                          ? read
                          : SM_BILL_READ_UNKNOWN];
}

enum sm_bill_read sm_bill_read_parse(const char *word)
{
    size_t i = find(word, read_words, SM_COUNT(read_words));

    return i < SM_COUNT(read_words) ? (enum sm_bill_read)i
                                    : SM_BILL_READ_UNKNOWN;
}
