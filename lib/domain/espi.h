/* What a place used, as "Green Button" data: an Atom feed of the Energy
 * Services Provider Interface (NAESB REQ.21, version 4.0), which programs for
 * energy read.
 *
 * A service of a place (electricity, gas, water, heat) is a UsagePoint; each
 * series of it a MeterReading with its ReadingType.  What was used in a period
 * stands in an IntervalBlock of its own, what a meter showed on some days in
 * one block for all.  Values are whole: in watt hours where the unit is kWh, in
 * thousandths of a cubic metre, ... (uom and powerOfTenMultiplier say so).
 *
 * An id is a UUID made of the place's public id and of what it names, so that
 * the same thing has the same id in every file (RFC 9562, version 8). */
#ifndef SM_DOMAIN_ESPI_H
#define SM_DOMAIN_ESPI_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/status.h"

/* The standard's QualityOfReading. */
enum sm_espi_quality {
    SM_ESPI_ESTIMATED = 8,
    SM_ESPI_QUESTIONABLE = 10,
    SM_ESPI_VALIDATED = 17,
    SM_ESPI_BILLED = 19, /* good enough for billing */
};

struct sm_espi_value {
    int64_t start_s;    /* since 1970 */
    int64_t duration_s; /* 0 of what a meter showed */
    int64_t milli;      /* thousandths of the unit */
    enum sm_espi_quality quality;
};

struct sm_espi_series {
    const char *key;     /* its own in the place and always the same */
    const char *title;   /* for people */
    const char *utility; /* "electricity" */
    const char *unit;    /* UN/ECE code */
    bool given;          /* back into the network */
    bool shown;          /* what a meter showed; else what was used */
    const struct sm_espi_value *values; /* oldest first */
    size_t count;
};

struct sm_espi {
    uint8_t place[16]; /* public id */
    const char *title; /* of the place */
    int64_t now_s;
    int64_t zone_s, summer_s; /* offset of winter from UTC; more in summer */
    const struct sm_espi_series *series;
    size_t count;
};

/* Append the feed to OUT.  A series of a utility or unit that the standard has
 * no code for is left out.  SM_INVALID: a value is beyond what the standard
 * holds (2^47). */
enum sm_status sm_espi_write(struct sm_buf *out, const struct sm_espi *espi,
                             struct sm_error *err) SM_MUSTCHECK;

#endif
