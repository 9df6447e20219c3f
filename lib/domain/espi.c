#include "domain/espi.h"

#include <inttypes.h>
#include <string.h>
#include <time.h>

#include "crypto/crypto.h"
#include "domain/ubl_emit.h"

#define ATOM "http://www.w3.org/2005/Atom"
#define ESPI "http://naesb.org/espi"
/* The addresses that the standard gives to resources; nothing answers there. */
#define ROOT "/espi/1_1/resource/"

#define VALUE_MAX (INT64_C(1) << 47)

enum {
    UUID_TEXT = 37,
    TITLE_MAX = 200,
    MILLI = -3, /* power of ten of a thousandth */
    BULK_QUANTITY = 1,
    DELTA_DATA = 4,
    NORMAL = 12,
    FORWARD = 1,
    REVERSE = 19,
    BILLING_PERIOD = 8,
};

/* Codes of a utility: ServiceKind and CommodityKind. */
struct service {
    const char *utility;
    int kind, commodity;
};

/* Codes of a unit: UnitSymbolKind, its power of ten, MeasurementKind. */
struct unit {
    const char *code;
    int uom, power, measurement;
};

static const struct service services[] = {
    {"electricity", 0, 1},
    {"gas", 1, 7},
    {"water", 2, 9},
    {"heat", 4, 12},
};

enum { ENERGY = 12, VOLUME = 58, WH = 72, VARH = 73, M3 = 42, LITRE = 134 };
enum { JOULE = 31 };

static const struct unit units[] = {
    {"WHR", WH, 0, ENERGY},    {"KWH", WH, 3, ENERGY},
    {"MWH", WH, 6, ENERGY},    {"GWH", WH, 9, ENERGY},
    {"K3", VARH, 3, ENERGY},   {"MTQ", M3, 0, VOLUME},
    {"LTR", LITRE, 0, VOLUME}, {"HLT", LITRE, 2, VOLUME},
    {"JOU", JOULE, 0, ENERGY}, {"KJO", JOULE, 3, ENERGY},
    {"3B", JOULE, 6, ENERGY},  {"GV", JOULE, 9, ENERGY},
};

/* A file on its way. */
struct feed {
    struct sm_buf *out;
    const struct sm_espi *espi;
    char now[24];
    char place[UUID_TEXT];
};

static const struct service *service_of(const struct sm_espi_series *series)
{
    for (size_t i = 0; i < SM_COUNT(services); i++)
        if (strcmp(services[i].utility, series->utility) == 0)
            return &services[i];
    return NULL;
}

static const struct unit *unit_of(const struct sm_espi_series *series)
{
    for (size_t i = 0; i < SM_COUNT(units); i++)
        if (strcmp(units[i].code, series->unit) == 0)
            return &units[i];
    return NULL;
}

static bool is_known(const struct sm_espi_series *series)
{
    return service_of(series) && unit_of(series) && series->count > 0;
}

/* The id of WHAT in the place: "usage electricity". */
static void make_id(char id[UUID_TEXT], const struct feed *f, const char *what)
{
    static const char name[] = "smetka green button";
    uint8_t hash[SM_HASH_BYTES];
    struct sm_buf text;

    sm_buf_init(&text, 512);
    sm_buf_add(&text, name, sizeof(name));
    sm_buf_add(&text, f->espi->place, sizeof(f->espi->place));
    sm_buf_adds(&text, what);
    sm_sha256(hash, text.data, text.len);
    sm_buf_release(&text);
    hash[6] = (uint8_t)((hash[6] & 0x0f) | 0x80);
    hash[8] = (uint8_t)((hash[8] & 0x3f) | 0x80);
    for (size_t i = 0, at = 0; i < 16; i++) {
        static const char digits[] = "0123456789abcdef";

        if (i == 4 || i == 6 || i == 8 || i == 10)
            id[at++] = '-';
        id[at++] = digits[hash[i] >> 4];
        id[at++] = digits[hash[i] & 15];
    }
    id[UUID_TEXT - 1] = '\0';
}

/* Make the id of a part KIND of the series, with NUMBER if it is above 0. */
static void part_id(char id[UUID_TEXT], const struct feed *f, const char *kind,
                    const char *key, int64_t number)
{
    struct sm_buf what;

    sm_buf_init(&what, 256);
    sm_buf_addf(&what, "%s %s %" PRId64, kind, key, number);
    make_id(id, f, what.data ? what.data : kind);
    sm_buf_release(&what);
}

static void begin_entry(struct feed *f, const char *id, const char *title)
{
    sm_buf_addf(f->out, "<entry>\n<id>urn:uuid:%s</id>\n<title>", id);
    (void)sm_ubl_put(f->out, title, TITLE_MAX);
    sm_buf_adds(f->out, "</title>\n");
}

static void end_entry(struct feed *f)
{
    sm_buf_addf(f->out,
                "</content>\n<published>%s</published>\n"
                "<updated>%s</updated>\n</entry>\n",
                f->now, f->now);
}

static void begin_content(struct feed *f)
{
    sm_buf_adds(f->out, "<content type=\"application/xml\">\n");
}

/* "up" and "self" of the resource ID of a TYPE in the collection at PATH. */
static void put_links(struct feed *f, const char *type, const char *path,
                      const char *id)
{
    sm_buf_addf(f->out,
                "<link rel=\"self\" href=\"%s/%s\" type=\"espi-entry/%s\"/>\n"
                "<link rel=\"up\" href=\"%s\" type=\"espi-feed/%s\"/>\n",
                path, id, type, path, type);
}

/* TYPE: "espi-feed/MeterReading" of a collection, "espi-entry/..." of one. */
static void put_related(struct feed *f, const char *type, const char *path)
{
    sm_buf_addf(f->out, "<link rel=\"related\" href=\"%s\" type=\"%s\"/>\n",
                path, type);
}

static void put_number(struct feed *f, const char *name, int64_t number)
{
    sm_buf_addf(f->out, "<%s>%" PRId64 "</%s>\n", name, number, name);
}

/* The hour on the wall of the last Sunday of MONTH, as the standard packs it:
 * month, operator 7 (the last), day of the week 7, hour. */
static void put_rule(struct feed *f, const char *name, unsigned month,
                     int64_t hour)
{
    uint32_t rule = UINT32_MAX; /* there is no summer time */

    if (f->espi->summer_s != 0)
        rule = (uint32_t)month << 28 | 7u << 25 | 7u << 17 |
               ((uint32_t)hour & 31) << 12;
    sm_buf_addf(f->out, "<%s>%08" PRIX32 "</%s>\n", name, rule, name);
}

/* The clocks of the European Union change at 1 o'clock UTC. */
static void put_time(struct feed *f)
{
    int64_t hour = 1 + f->espi->zone_s / 3600;
    char id[UUID_TEXT];

    part_id(id, f, "time", "", 0);
    begin_entry(f, id, "Local time");
    put_links(f, "LocalTimeParameters", ROOT "LocalTimeParameters", id);
    begin_content(f);
    sm_buf_adds(f->out, "<LocalTimeParameters xmlns=\"" ESPI "\">\n");
    put_rule(f, "dstEndRule", 10, hour + f->espi->summer_s / 3600);
    put_number(f, "dstOffset", f->espi->summer_s);
    put_rule(f, "dstStartRule", 3, hour);
    put_number(f, "tzOffset", f->espi->zone_s);
    sm_buf_adds(f->out, "</LocalTimeParameters>\n");
    end_entry(f);
}

/* The collection of the usage points of the customer, and where that of the
 * series lies; released by the caller. */
static void point_path(struct sm_buf *path, const struct feed *f,
                       const struct sm_espi_series *series)
{
    char id[UUID_TEXT];

    part_id(id, f, "usage", series->utility, 0);
    sm_buf_addf(path, ROOT "RetailCustomer/%s/UsagePoint/%s", f->place, id);
}

static void put_point(struct feed *f, const struct sm_espi_series *series)
{
    char id[UUID_TEXT], time_id[UUID_TEXT];
    struct sm_buf path;

    part_id(id, f, "usage", series->utility, 0);
    part_id(time_id, f, "time", "", 0);
    sm_buf_init(&path, 256);
    sm_buf_addf(&path, ROOT "RetailCustomer/%s/UsagePoint", f->place);
    begin_entry(f, id, f->espi->title);
    put_links(f, "UsagePoint", path.data, id);
    sm_buf_addf(&path, "/%s/MeterReading", id);
    put_related(f, "espi-feed/MeterReading", path.data);
    sm_buf_clear(&path);
    sm_buf_addf(&path, ROOT "LocalTimeParameters/%s", time_id);
    put_related(f, "espi-entry/LocalTimeParameters", path.data);
    sm_buf_release(&path);
    begin_content(f);
    sm_buf_addf(f->out,
                "<UsagePoint xmlns=\"" ESPI "\">\n<ServiceCategory>\n"
                "<kind>%d</kind>\n</ServiceCategory>\n</UsagePoint>\n",
                service_of(series)->kind);
    end_entry(f);
}

static void put_reading(struct feed *f, const struct sm_espi_series *series,
                        const char *id, const char *type_id)
{
    struct sm_buf path;

    sm_buf_init(&path, 512);
    point_path(&path, f, series);
    sm_buf_adds(&path, "/MeterReading");
    begin_entry(f, id, series->title);
    put_links(f, "MeterReading", path.data, id);
    sm_buf_addf(&path, "/%s/IntervalBlock", id);
    put_related(f, "espi-feed/IntervalBlock", path.data);
    sm_buf_clear(&path);
    sm_buf_addf(&path, ROOT "ReadingType/%s", type_id);
    put_related(f, "espi-entry/ReadingType", path.data);
    sm_buf_release(&path);
    begin_content(f);
    sm_buf_adds(f->out, "<MeterReading xmlns=\"" ESPI "\"/>\n");
    end_entry(f);
}

static void put_type(struct feed *f, const struct sm_espi_series *series,
                     const char *id)
{
    const struct unit *unit = unit_of(series);

    begin_entry(f, id, series->title);
    put_links(f, "ReadingType", ROOT "ReadingType", id);
    begin_content(f);
    sm_buf_adds(f->out, "<ReadingType xmlns=\"" ESPI "\">\n");
    put_number(f, "accumulationBehaviour",
               series->shown ? BULK_QUANTITY : DELTA_DATA);
    put_number(f, "commodity", service_of(series)->commodity);
    put_number(f, "dataQualifier", NORMAL);
    put_number(f, "defaultQuality",
               series->shown ? SM_ESPI_VALIDATED : SM_ESPI_BILLED);
    put_number(f, "flowDirection", series->given ? REVERSE : FORWARD);
    put_number(f, "kind", unit->measurement);
    put_number(f, "phase", 0);
    put_number(f, "powerOfTenMultiplier", unit->power + MILLI);
    put_number(f, "timeAttribute", series->shown ? 0 : BILLING_PERIOD);
    put_number(f, "uom", unit->uom);
    sm_buf_adds(f->out, "</ReadingType>\n");
    end_entry(f);
}

static void put_span(struct feed *f, const char *name, int64_t start,
                     int64_t duration)
{
    sm_buf_addf(f->out,
                "<%s>\n<duration>%" PRId64 "</duration>\n<start>%" PRId64
                "</start>\n</%s>\n",
                name, duration, start, name);
}

static void put_value(struct feed *f, const struct sm_espi_value *value)
{
    sm_buf_addf(f->out,
                "<IntervalReading>\n<ReadingQuality>\n<quality>%d</quality>\n"
                "</ReadingQuality>\n",
                (int)value->quality);
    put_span(f, "timePeriod", value->start_s, value->duration_s);
    put_number(f, "value", value->milli);
    sm_buf_adds(f->out, "</IntervalReading>\n");
}

/* One block with COUNT values of the series from FIRST. */
static void put_block(struct feed *f, const struct sm_espi_series *series,
                      const char *reading_id, size_t first, size_t count)
{
    const struct sm_espi_value *from = &series->values[first];
    const struct sm_espi_value *to = &from[count - 1];
    char id[UUID_TEXT];
    struct sm_buf path;

    part_id(id, f, "block", series->key, series->shown ? 0 : from->start_s);
    sm_buf_init(&path, 512);
    point_path(&path, f, series);
    sm_buf_addf(&path, "/MeterReading/%s/IntervalBlock", reading_id);
    begin_entry(f, id, series->title);
    put_links(f, "IntervalBlock", path.data, id);
    sm_buf_release(&path);
    begin_content(f);
    sm_buf_adds(f->out, "<IntervalBlock xmlns=\"" ESPI "\">\n");
    put_span(f, "interval", from->start_s,
             to->start_s + to->duration_s - from->start_s);
    for (size_t i = 0; i < count; i++)
        put_value(f, &from[i]);
    sm_buf_adds(f->out, "</IntervalBlock>\n");
    end_entry(f);
}

static void put_series(struct feed *f, const struct sm_espi_series *series)
{
    size_t step = series->shown ? series->count : 1;
    char reading_id[UUID_TEXT], type_id[UUID_TEXT];

    part_id(reading_id, f, "reading", series->key, 0);
    part_id(type_id, f, "type", series->key, 0);
    put_reading(f, series, reading_id, type_id);
    put_type(f, series, type_id);
    for (size_t i = 0; i < series->count; i += step)
        put_block(f, series, reading_id, i, step);
}

/* Is the series number INDEX the first of its utility? */
static bool is_first(const struct sm_espi *espi, size_t index)
{
    for (size_t i = 0; i < index; i++)
        if (is_known(&espi->series[i]) &&
            service_of(&espi->series[i]) == service_of(&espi->series[index]))
            return false;
    return true;
}

static bool fits(const struct sm_espi *espi)
{
    for (size_t i = 0; i < espi->count; i++)
        for (size_t j = 0; j < espi->series[i].count; j++) {
            int64_t milli = espi->series[i].values[j].milli;

            if (milli > VALUE_MAX || milli < -VALUE_MAX)
                return false;
        }
    return true;
}

static void begin(struct feed *f)
{
    time_t now = (time_t)f->espi->now_s;
    char id[UUID_TEXT];
    struct tm tm = {0};

    gmtime_r(&now, &tm);
    (void)strftime(f->now, sizeof(f->now), "%Y-%m-%dT%H:%M:%SZ", &tm);
    part_id(f->place, f, "customer", "", 0);
    part_id(id, f, "feed", "", 0);
    sm_buf_addf(f->out,
                "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                "<feed xmlns=\"" ATOM "\">\n<id>urn:uuid:%s</id>\n<title>",
                id);
    (void)sm_ubl_put(f->out, f->espi->title, TITLE_MAX);
    sm_buf_addf(f->out,
                "</title>\n<updated>%s</updated>\n<link rel=\"self\" "
                "href=\"" ROOT "Batch/RetailCustomer/%s/UsagePoint\" "
                "type=\"espi-feed/UsagePoint\"/>\n",
                f->now, f->place);
}

enum sm_status sm_espi_write(struct sm_buf *out, const struct sm_espi *espi,
                             struct sm_error *err)
{
    struct feed f = {.out = out, .espi = espi};

    if (!fits(espi))
        return SM_FAIL(err, SM_INVALID, "espi: a value is too large");
    begin(&f);
    put_time(&f);
    for (size_t i = 0; i < espi->count; i++) {
        const struct sm_espi_series *series = &espi->series[i];

        if (!is_known(series))
            continue;
        if (is_first(espi, i))
            put_point(&f, series);
        put_series(&f, series);
    }
    sm_buf_adds(out, "</feed>\n");
    return SM_OK;
}
