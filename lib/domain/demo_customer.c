#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "crypto/crypto.h"
#include "domain/demo_data.h"
#include "ident/holder.h"

/* Every diacritic of Romanian occurs, in both cases. */
static const char *const ro_first[] = {
    "Ștefan",   "Ioana",    "Ținca",      "Andreea", "Mihăiță", "Ana",
    "Gheorghe", "Brândușa", "Cătălin",    "Ilinca",  "Iustin",  "Răzvan",
    "Elena",    "Vasilică", "Smărăndița", "Ion"};
static const char *const ro_last[] = {
    "Popescu",   "Ionescu",        "Țurcanu",    "Șerbănescu", "Bălănuță",
    "Câmpeanu",  "Împăratu",       "Dumitrașcu", "Ștefănoiu",  "Hâncu",
    "Rădulescu", "Constantinescu", "Ăvădanei",   "Ârdeleanu"};
static const char *const bg_first[] = {
    "Георги",  "Мария",   "Иван", "Йорданка", "Щилян",  "Цветелина",
    "Димитър", "Жулиета", "Юлия", "Ясен",     "Чавдар", "Фани"};
static const char *const bg_last[] = {
    "Иванов",  "Петрова", "Димитров", "Железарова", "Щърбанов",
    "Гьошева", "Христов", "Юруков",   "Ямболиева",  "Цанков"};
static const char *const ro_cities[] = {"București", "Cluj-Napoca", "Iași",
                                        "Timișoara", "Târgu Mureș"};
static const char *const bg_cities[] = {"София", "Пловдив", "Варна", "Русе"};
static const char *const ro_streets[] = {"Str. Lungă",      "Bd. Unirii",
                                         "Str. Țărmului",   "Aleea Șoimilor",
                                         "Calea Văcărești", "Str. Întâi Mai"};
static const char *const bg_streets[] = {"ул. Шипка", "бул. Витоша",
                                         "ул. Любен Каравелов", "ул. Щастие"};

#define PICK(random, list)                                                     \
    ((list)[demo_next(random) % (sizeof(list) / sizeof((list)[0]))])

uint64_t demo_next(struct demo_random *random)
{
    uint64_t z = random->state += UINT64_C(0x9e3779b97f4a7c15);

    z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    return z ^ (z >> 31);
}

int64_t demo_between(struct demo_random *random, int64_t least, int64_t most)
{
    return least + (int64_t)(demo_next(random) % (uint64_t)(most - least + 1));
}

const char *demo_seller(bool bulgarian)
{
    return bulgarian ? "BG175074752" : "RO18547290";
}

struct sm_date demo_month(struct sm_date date, int n)
{
    int months = date.year * 12 + date.month - 1 + n;

    return (struct sm_date){months / 12, months % 12 + 1, 1};
}

/* Append to BODY the one digit with which the number passes its check. */
static void add_check_digit(char out[16], const char *body, const char *kind)
{
    char parsed[SM_HOLDER_TEXT];

    for (int digit = 0; digit < 10; digit++) {
        enum sm_status status;

        snprintf(out, 16, "%.12s%d", body, digit);
        if (strcmp(kind, "cnp") == 0)
            status = sm_cnp_parse(parsed, out);
        else if (strcmp(kind, "cui") == 0)
            status = sm_cui_parse(parsed, NULL, out);
        else if (strcmp(kind, "egn") == 0)
            status = sm_egn_parse(parsed, out);
        else
            status = sm_eik_parse(parsed, NULL, out);
        if (status == SM_OK)
            return;
    }
    out[0] = '\0';
}

static void make_id(struct demo_customer *c, struct demo_random *random)
{
    bool person = strcmp(c->kind, "person") == 0;
    int year = (int)demo_between(random, 50, 99);
    int month = (int)demo_between(random, 1, 12);
    int day = (int)demo_between(random, 1, 28);
    int serial = (int)demo_between(random, 1, 999);
    char body[24];

    if (c->bulgarian && person) {
        c->id_kind = "egn";
        snprintf(body, sizeof(body), "%02d%02d%02d%03d", year, month, day,
                 serial);
    } else if (c->bulgarian) {
        c->id_kind = "eik";
        snprintf(body, sizeof(body), "%08lld",
                 (long long)demo_between(random, 10000000, 99999999));
    } else if (person) {
        c->id_kind = "cnp";
        snprintf(body, sizeof(body), "%d%02d%02d%02d%02d%03d",
                 (int)demo_between(random, 1, 2), year, month, day,
                 (int)demo_between(random, 1, 46), serial);
    } else {
        c->id_kind = "cui";
        snprintf(body, sizeof(body), "%lld",
                 (long long)demo_between(random, 1000000, 9999999));
    }
    add_check_digit(c->id_number, body, c->id_kind);
}

static void make_name(struct demo_customer *c, struct demo_random *random)
{
    const char *first = c->bulgarian ? PICK(random, bg_first)
                                     : PICK(random, ro_first);
    const char *last = c->bulgarian ? PICK(random, bg_last)
                                    : PICK(random, ro_last);
    const char *before = last;
    const char *middle = " ";
    const char *after = first;

    if (strcmp(c->kind, "company") == 0) {
        middle = c->bulgarian ? " и синове" : " & Fiii";
        after = c->bulgarian ? " ЕООД" : " SRL";
    } else if (strcmp(c->kind, "association") == 0) {
        before = c->bulgarian ? "Етажна собственост „"
                              : "Asociația de proprietari „";
        middle = last;
        after = c->bulgarian ? "“" : "”";
    } else if (strcmp(c->kind, "institution") == 0) {
        before = c->bulgarian ? "Училище „" : "Școala „";
        middle = last;
        after = c->bulgarian ? "“" : "”";
    }
    snprintf(c->name, sizeof(c->name), "%s%s%s", before, middle, after);
}

static void make_code(struct demo_customer *c, const struct sm_demo *demo)
{
    uint64_t mix[2] = {demo->seed, (uint64_t)c->index};
    uint8_t random[SM_HASH_BYTES];

    sm_sha256(random, mix, sizeof(mix));
    if (sm_code_make(c->payment_code, random, &demo->code) != SM_OK)
        snprintf(c->payment_code, sizeof(c->payment_code), "%010lld",
                 (long long)c->index + 1000000000);
}

/* The first three are the ones to try; the rest as life is. */
static void make_habit(struct demo_customer *c, struct demo_random *random)
{
    static const enum demo_habit habits[] = {
        DEMO_PAYS,      DEMO_PAYS, DEMO_PAYS,   DEMO_PAYS,     DEMO_PAYS,
        DEMO_PAYS_LATE, DEMO_OWES, DEMO_PARTLY, DEMO_OVERPAYS, DEMO_CREDITED};

    c->bulgarian = demo_between(random, 1, 10) <= 3;
    c->water = demo_between(random, 1, 2) == 1;
    c->habit = habits[demo_between(random, 0, 9)];
    if (c->index < 3) {
        c->bulgarian = c->index == 1;
        c->water = c->index == 0; /* two meters, read at different times */
        c->habit = c->index == 0   ? DEMO_OWES
                   : c->index == 1 ? DEMO_PAYS
                                   : DEMO_CREDITED;
    }
}

void demo_customer_make(struct demo_customer *out, const struct sm_demo *demo,
                        int64_t index)
{
    struct demo_random random = {demo->seed * UINT64_C(1000003) +
                                 (uint64_t)index};
    int64_t dice = demo_between(&random, 1, 100);

    memset(out, 0, sizeof(*out));
    out->index = index;
    out->kind = dice <= 80   ? "person"
                : dice <= 92 ? "company"
                : dice <= 98 ? "association"
                             : "institution";
    make_habit(out, &random);
    make_name(out, &random);
    make_id(out, &random);
    make_code(out, demo);
    snprintf(out->client_code, sizeof(out->client_code), "%lld",
             (long long)index + 100001);
    snprintf(out->city, sizeof(out->city), "%s",
             out->bulgarian ? PICK(&random, bg_cities)
                            : PICK(&random, ro_cities));
    snprintf(out->address, sizeof(out->address), "%s %lld",
             out->bulgarian ? PICK(&random, bg_streets)
                            : PICK(&random, ro_streets),
             (long long)demo_between(&random, 1, 180));
}
