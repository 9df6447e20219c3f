#include "domain/ubl_registers.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <utf8proc.h>

#include "base/text.h"
#include "domain/import_value.h"
#include "domain/ubl_codes.h"

enum { NAME_MAX_BYTES = 80, NUMBER_MAX_BYTES = 40 };

/* What a property says.  OLD and NEW say an index, or when and how it became
 * known: the value tells. */
enum what { METER, REGISTER, OLD, NEW, READ, FACTOR, QUANTITY, WHAT_COUNT };

/* Folded: no capitals, no accents (so й is и), single blanks. */
static const struct {
    const char *name;
    unsigned char what;
} names[] = {
    {"contor", METER},
    {"serie contor", METER},
    {"seria contorului", METER},
    {"nr contor", METER},
    {"numar contor", METER},
    {"serie", METER},
    {"измервателен уред", METER},
    {"електромер", METER},
    {"водомер", METER},
    {"електромер номер", METER},
    {"водомер номер", METER},
    {"номер на електромер", METER},
    {"номер на водомер", METER},
    {"фабричен номер", METER},
    {"сериен номер", METER},
    {"meter", METER},
    {"meter serial", METER},
    {"meter serial number", METER},
    {"meter number", METER},
    {"serial number", METER},
    {"registru", REGISTER},
    {"cadran", REGISTER},
    {"zona", REGISTER},
    {"регистър", REGISTER},
    {"скала", REGISTER},
    {"тарифа", REGISTER},
    {"register", REGISTER},
    {"index vechi", OLD},
    {"index anterior", OLD},
    {"index initial", OLD},
    {"citire veche", OLD},
    {"citire anterioara", OLD},
    {"data index vechi", OLD},
    {"data citire anterioara", OLD},
    {"tip index vechi", OLD},
    {"старо показание", OLD},
    {"стари показания", OLD},
    {"предишно показание", OLD},
    {"начално показание", OLD},
    {"старо отчитане", OLD},
    {"дата на старо показание", OLD},
    {"вид старо показание", OLD},
    {"old index", OLD},
    {"previous index", OLD},
    {"old reading", OLD},
    {"previous reading", OLD},
    {"old index date", OLD},
    {"previous reading date", OLD},
    {"old reading type", OLD},
    {"previous reading type", OLD},
    {"index nou", NEW},
    {"index actual", NEW},
    {"index curent", NEW},
    {"index final", NEW},
    {"citire noua", NEW},
    {"citire actuala", NEW},
    {"data index nou", NEW},
    {"data citire actuala", NEW},
    {"tip index nou", NEW},
    {"ново показание", NEW},
    {"нови показания", NEW},
    {"текущо показание", NEW},
    {"краино показание", NEW},
    {"ново отчитане", NEW},
    {"дата на ново показание", NEW},
    {"вид ново показание", NEW},
    {"new index", NEW},
    {"current index", NEW},
    {"new reading", NEW},
    {"current reading", NEW},
    {"new index date", NEW},
    {"current reading date", NEW},
    {"new reading type", NEW},
    {"current reading type", NEW},
    {"tip citire", READ},
    {"mod citire", READ},
    {"tip index", READ},
    {"mod de citire", READ},
    {"вид показание", READ},
    {"вид отчитане", READ},
    {"начин на отчитане", READ},
    {"reading type", READ},
    {"reading method", READ},
    {"read", READ},
    {"constanta", FACTOR},
    {"constanta contor", FACTOR},
    {"factor", FACTOR},
    {"константа", FACTOR},
    {"коефициент", FACTOR},
    {"multiplier", FACTOR},
    {"consum", QUANTITY},
    {"cantitate", QUANTITY},
    {"количество", QUANTITY},
    {"потребление", QUANTITY},
    {"разход", QUANTITY},
    {"consumption", QUANTITY},
    {"quantity", QUANTITY},
};

/* Folded as well. */
static const struct {
    const char *word;
    enum sm_bill_read read;
} methods[] = {
    {"citit", SM_BILL_MEASURED},         {"masurat", SM_BILL_MEASURED},
    {"real", SM_BILL_MEASURED},          {"отчетено", SM_BILL_MEASURED},
    {"измерено", SM_BILL_MEASURED},      {"реално", SM_BILL_MEASURED},
    {"редовен отчет", SM_BILL_MEASURED}, {"measured", SM_BILL_MEASURED},
    {"read", SM_BILL_MEASURED},          {"actual", SM_BILL_MEASURED},
    {"estimat", SM_BILL_ESTIMATED},      {"прогнозно", SM_BILL_ESTIMATED},
    {"служебно", SM_BILL_ESTIMATED},     {"изчислено", SM_BILL_ESTIMATED},
    {"estimated", SM_BILL_ESTIMATED},    {"autocitit", SM_BILL_SELF_READ},
    {"autocitire", SM_BILL_SELF_READ},   {"самоотчет", SM_BILL_SELF_READ},
    {"самоотчетено", SM_BILL_SELF_READ}, {"self read", SM_BILL_SELF_READ},
    {"self reading", SM_BILL_SELF_READ}, {"customer", SM_BILL_SELF_READ},
};

/* TEXT without case and accents, all but letters and digits as one blank
 * between words.  False if it is too long for OUT. */
static bool fold(char out[NAME_MAX_BYTES], const char *text)
{
    const utf8proc_option_t options = UTF8PROC_NULLTERM | UTF8PROC_STABLE |
                                      UTF8PROC_DECOMPOSE | UTF8PROC_CASEFOLD |
                                      UTF8PROC_STRIPMARK;
    utf8proc_uint8_t *folded = NULL;
    size_t len = 0;

    if (strlen(text) >= NAME_MAX_BYTES ||
        utf8proc_map((const utf8proc_uint8_t *)text, 0, &folded, options) < 0)
        return false;
    for (const utf8proc_uint8_t *at = folded; *at; at++) {
        char byte = (char)*at;

        if (len + 2 >= NAME_MAX_BYTES)
            break;
        if (*at >= 0x80 || sm_is_digit(byte) || sm_is_alpha(byte))
            out[len++] = byte;
        else if (len > 0 && out[len - 1] != ' ')
            out[len++] = ' ';
    }
    while (len > 0 && out[len - 1] == ' ')
        len--;
    out[len] = '\0';
    free(folded);
    return true;
}

static enum what what_of(const char *name)
{
    char folded[NAME_MAX_BYTES];

    if (fold(folded, name))
        for (size_t i = 0; i < SM_COUNT(names); i++)
            if (strcmp(folded, names[i].name) == 0)
                return (enum what)names[i].what;
    return WHAT_COUNT;
}

/* "10700", "10 700,5", "150 KWH": a number, with a unit behind it. */
static bool read_number(int64_t *out, const char *text)
{
    char plain[NUMBER_MAX_BYTES];
    size_t len = 0;

    for (; *text && !sm_is_alpha(*text) && (unsigned char)*text < 0x80; text++)
        if (*text != ' ' && len + 1 < sizeof(plain))
            plain[len++] = *text == ',' ? '.' : *text;
    plain[len] = '\0';
    return sm_import_decimal(out, plain, 3) == SM_OK;
}

/* The unit behind the number of "150 KWH", or "". */
static const char *unit_behind(const char *text)
{
    const char *last = strrchr(text, ' ');

    return last != NULL && sm_ubl_is_unit(last + 1) ? last + 1 : "";
}

/* A day at the beginning of *TEXT, "2026-08-01" or "01.08.2026"; *TEXT moves
 * on to what follows. */
static struct sm_date read_day(const char **text)
{
    struct sm_date date = {0};
    char day[11], turned[11];

    if (strlen(*text) < 10)
        return date;
    memcpy(day, *text, 10);
    day[10] = '\0';
    if (day[2] == '.' && day[5] == '.') {
        (void)snprintf(turned, sizeof(turned), "%.4s-%.2s-%.2s", day + 6,
                       day + 3, day);
        memcpy(day, turned, sizeof(day));
    }
    if (sm_parse_date(&date, day) != SM_OK)
        return (struct sm_date){0};
    *text += 10;
    return date;
}

static enum sm_bill_read read_method(const char *text)
{
    char folded[NAME_MAX_BYTES];

    if (fold(folded, text))
        for (size_t i = 0; i < SM_COUNT(methods); i++)
            if (strcmp(folded, methods[i].word) == 0)
                return methods[i].read;
    return SM_BILL_READ_UNKNOWN;
}

/* The registers of a line as they are read. */
struct reading {
    struct sm_bill_register *out;
    size_t count; /* the last one is being read */
    bool has[WHAT_COUNT];
    bool name_first; /* the line begins with the name of a meter */
};

static void begin(struct reading *r)
{
    struct sm_bill_register *next = &r->out[r->count++];
    const char *meter = r->count > 1 ? next[-1].meter : "";

    memset(r->has, 0, sizeof(r->has));
    *next = (struct sm_bill_register){.meter = meter,
                                      .name = "",
                                      .unit = "",
                                      .old_read = SM_BILL_READ_UNKNOWN,
                                      .new_read = SM_BILL_READ_UNKNOWN,
                                      .factor_milli = 1000};
}

/* The last one has both indexes, or its place is taken again. */
static void end(struct reading *r, const struct sm_ubl_line *line)
{
    struct sm_bill_register *last = &r->out[r->count - 1];
    __int128 used = (__int128)(last->new_milli - last->old_milli) *
                    last->factor_milli / 1000;
    int64_t quantity;

    if (!r->has[OLD] || !r->has[NEW]) {
        r->count--;
        return;
    }
    if (*last->unit == '\0')
        last->unit = *line->unit ? line->unit : "C62";
    if (r->has[QUANTITY])
        return;
    last->quantity_milli = used >= 0 && used <= INT64_MAX ? (int64_t)used : 0;
    if (last->new_milli < last->old_milli &&
        sm_import_micro(&quantity, line->quantity) == SM_OK)
        last->quantity_milli = quantity / 1000;
}

/* The place for WHAT in the last register; in a new one if it is taken.  NULL
 * when there are too many. */
static struct sm_bill_register *place(struct reading *r, enum what what,
                                      const struct sm_ubl_line *line)
{
    bool name = what == METER || what == REGISTER;

    if (r->has[what] || (name && r->name_first && r->has[OLD] && r->has[NEW])) {
        end(r, line);
        if (r->count == SM_UBL_LINE_REGISTERS)
            return NULL;
        begin(r);
    }
    r->name_first |= name && r->count == 1 && !r->has[OLD] && !r->has[NEW];
    r->has[what] = true;
    return &r->out[r->count - 1];
}

/* An index, or when and how one became known. */
static bool take_side(struct reading *r, enum what what, const char *value,
                      const struct sm_ubl_line *line)
{
    struct sm_bill_register *last = &r->out[r->count - 1];
    struct sm_date day;
    enum sm_bill_read read;
    int64_t number;

    if (read_number(&number, value)) {
        last = place(r, what, line);
        if (last == NULL)
            return false;
        *(what == OLD ? &last->old_milli : &last->new_milli) = number;
        return true;
    }
    day = read_day(&value);
    read = read_method(value);
    if (day.year != 0)
        *(what == OLD ? &last->old_on : &last->new_on) = day;
    if (read != SM_BILL_READ_UNKNOWN)
        *(what == OLD ? &last->old_read : &last->new_read) = read;
    return true;
}

/* False when there are too many. */
static bool take(struct reading *r, const struct sm_ubl_property *p,
                 const struct sm_ubl_line *line)
{
    enum what what = what_of(p->name);
    struct sm_bill_register *last;
    int64_t number = 0;

    if (what == OLD || what == NEW)
        return take_side(r, what, p->value, line);
    if (what == WHAT_COUNT ||
        ((what == FACTOR || what == QUANTITY) &&
         (!read_number(&number, p->value) || (what == FACTOR && number <= 0))))
        return true;
    last = place(r, what, line);
    if (last == NULL)
        return false;
    if (what == METER)
        last->meter = p->value;
    else if (what == REGISTER)
        last->name = p->value;
    else if (what == READ)
        last->new_read = read_method(p->value);
    else if (what == FACTOR)
        last->factor_milli = number;
    else {
        last->quantity_milli = number;
        last->unit = unit_behind(p->value);
    }
    return true;
}

size_t sm_ubl_registers(struct sm_bill_register out[SM_UBL_LINE_REGISTERS],
                        const struct sm_ubl_line *line)
{
    struct reading r = {.out = out};
    bool room = true;

    if (line->properties == NULL)
        return 0;
    begin(&r);
    for (const struct sm_ubl_property *p = line->properties; p && room;
         p = p->next)
        room = take(&r, p, line);
    if (room)
        end(&r, line);
    return r.count;
}
