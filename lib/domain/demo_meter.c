#include <stdio.h>

#include "domain/demo_data.h"

/* Power is sent from the 20th to the 8th, water from the 9th to the 19th: of
 * somebody with both, one window is open on any day. */
void demo_routes_write(FILE *to)
{
    static const char *const cities[] = {"RO", "BG"};

    fputs("route,first_day,last_day,read_method,read_every_months,"
          "keeps_outside,note_ro,note_bg,note_en\n",
          to);
    for (size_t i = 0; i < SM_COUNT(cities); i++) {
        fprintf(to,
                "EL-%s,20,8,self,3,no,"
                "Cititorul nostru trece la fiecare trei luni.,"
                "Нашият отчетник минава на всеки три месеца.,"
                "Our reader comes every three months.\n",
                cities[i]);
        fprintf(to,
                "AQ-%s,9,19,self,6,%s,"
                "Citiți cifrele negre; cele roșii sunt zecimale.,"
                "Отчетете черните цифри; червените са десетични.,"
                "Read the black digits; the red ones are decimals.\n",
                cities[i], i == 0 ? "no" : "yes");
    }
}

void demo_meters_head(FILE *to)
{
    fputs("supply_point,contract,serial,kind,installed_on,route,register,code,"
          "register_kind,digits,read_on,value,source,billed,invoice\n",
          to);
}

static const char *source_of(const struct demo_customer *c,
                             struct sm_date read_on)
{
    int64_t n = c->index + read_on.year * 12 + read_on.month;

    if (n % 3 == 0)
        return "read";
    return n % 11 == 5 ? "estimated" : "self_read";
}

static void write_row(FILE *to, const struct demo_invoice *v,
                      struct sm_date read_on, int no, const char *code,
                      const char *kind, int64_t index, const char *invoice)
{
    const struct demo_customer *c = v->customer;

    fprintf(to,
            "%s,%s,%s%s,%s,2010-01-04,%s-%s,%d,%s,%s,%d,%04d-%02d-%02d,%lld,"
            "%s,yes,%s\n",
            v->point, v->contract, v->water ? "WM" : "EM", c->client_code,
            v->water ? "water" : "electricity", v->water ? "AQ" : "EL",
            c->bulgarian ? "BG" : "RO", no, code, kind, v->water ? 5 : 6,
            read_on.year, read_on.month, read_on.day, (long long)index,
            source_of(c, read_on), invoice);
}

int demo_readings_write(FILE *to, const struct demo_invoice *v,
                        struct sm_date read_on, int64_t index,
                        const char *invoice)
{
    int64_t day = index * 60 / 100;

    if (v->water) {
        write_row(to, v, read_on, 1, "", "single", index, invoice);
        return 1;
    }
    switch (v->customer->index % 10) {
    case 3: /* a roof with panels */
        write_row(to, v, read_on, 1, "1.8.0", "import", index, invoice);
        write_row(to, v, read_on, 2, "2.8.0", "export", index * 35 / 100,
                  invoice);
        return 2;
    case 1:
    case 6: /* cheaper at night */
        write_row(to, v, read_on, 1, "1.8.1", "day", day, invoice);
        write_row(to, v, read_on, 2, "1.8.2", "night", index - day, invoice);
        return 2;
    default:
        write_row(to, v, read_on, 1, "1.8.0", "single", index, invoice);
        return 1;
    }
}
