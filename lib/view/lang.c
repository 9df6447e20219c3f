#include "view/lang.h"

#include <string.h>

#include "base/text.h"

static const struct {
    const char *code, *name;
} langs[SM_LANG__COUNT] = {
    [SM_LANG_RO] = {"ro", "Română"},
    [SM_LANG_BG] = {"bg", "Български"},
    [SM_LANG_EN] = {"en", "English"},
};

const char *sm_lang_code(enum sm_lang lang)
{
    return (unsigned)lang < SM_LANG__COUNT ? langs[lang].code : "";
}

const char *sm_lang_name(enum sm_lang lang)
{
    return (unsigned)lang < SM_LANG__COUNT ? langs[lang].name : "";
}

enum sm_status sm_lang_parse(enum sm_lang *out, const char *code)
{
    int i = 0;

    for (i = 0; i < SM_LANG__COUNT; i++) {
        if (strcmp(langs[i].code, code) == 0) {
            *out = (enum sm_lang)i;
            return SM_OK;
        }
    }
    return SM_INVALID;
}

/* What the header says of each language, in thousandths; -1: nothing. */
struct wishes {
    int weight[SM_LANG__COUNT];
    size_t place[SM_LANG__COUNT]; /* of two that weigh the same, the first */
    int star;
};

static const char *skip_blanks(const char *text)
{
    return text + strspn(text, " \t");
}

/* Read "1", "0.8", "0.875" as thousandths; -1 for anything else. */
static int parse_weight(const char **text)
{
    const char *at = *text;
    int weight = 0, unit = 100;

    if (*at != '0' && *at != '1')
        return -1;
    weight = (*at++ - '0') * 1000;
    if (*at == '.')
        for (at++; sm_is_digit(*at) && unit > 0; at++, unit /= 10)
            weight += (*at - '0') * unit;
    *text = at;
    return weight <= 1000 ? weight : -1;
}

/* Read the optional ";q=0.8" and what follows up to the comma.  -1 if it is
 * not as RFC 9110 has it; the item is then left out. */
static int parse_rest(const char **text)
{
    const char *at = skip_blanks(*text);
    int weight = 1000;

    if (*at == ';') {
        at = skip_blanks(at + 1);
        if ((*at != 'q' && *at != 'Q') || at[1] != '=')
            return -1;
        at += 2;
        weight = parse_weight(&at);
    }
    *text = skip_blanks(at);
    return **text == '\0' || **text == ',' ? weight : -1;
}

static void note(struct wishes *wishes, const char *range, size_t len,
                 int weight, size_t place)
{
    size_t primary = strcspn(range, "-");
    int i = 0;

    if (len == 1 && *range == '*') {
        wishes->star = weight;
        return;
    }
    if (primary > len)
        primary = len;
    for (i = 0; i < SM_LANG__COUNT; i++) {
        if (primary != 2 || sm_to_lower(range[0]) != langs[i].code[0] ||
            sm_to_lower(range[1]) != langs[i].code[1] ||
            weight <= wishes->weight[i])
            continue;
        wishes->weight[i] = weight;
        wishes->place[i] = place;
    }
}

static enum sm_lang choose(const struct wishes *wishes, enum sm_lang fallback)
{
    enum sm_lang best = fallback;
    int best_weight = 0, i = 0;
    size_t best_place = 0;

    for (i = 0; i < SM_LANG__COUNT; i++) {
        int weight = wishes->weight[i];

        if (weight > best_weight || (weight == best_weight && weight > 0 &&
                                     wishes->place[i] < best_place)) {
            best = (enum sm_lang)i;
            best_weight = weight;
            best_place = wishes->place[i];
        }
    }
    /* "*" speaks for what is not named: of those the fallback is best. */
    if (wishes->star > best_weight && wishes->weight[fallback] < 0)
        return fallback;
    return best;
}

enum sm_lang sm_lang_accept(const char *header, enum sm_lang fallback)
{
    struct wishes wishes = {.star = -1};
    const char *at = header;
    size_t i = 0;

    if (!header)
        return fallback;
    for (i = 0; i < SM_LANG__COUNT; i++)
        wishes.weight[i] = -1;
    while (*at) {
        const char *range = skip_blanks(at);
        size_t len = strcspn(range, " \t,;");
        int weight;

        at = range + len;
        weight = parse_rest(&at);
        if (weight >= 0 && len > 0)
            note(&wishes, range, len, weight, (size_t)(range - header));
        at += strcspn(at, ",");
        at += *at == ',';
    }
    return choose(&wishes, fallback);
}
