/* Readings of many meters in one file: read, held against the meters by the
 * database, and told line by line. */
#ifndef SM_PORTAL_METER_FILE_H
#define SM_PORTAL_METER_FILE_H

#include "domain/reading_csv.h"
#include "web/request.h"

enum {
    SM_METER_FILE_TOLD = 200,     /* of each list below; all are counted */
    SM_METER_FILE_BYTES = 1000000 /* of the file; the rest of its form fits
                                       under the cap of a body */
};

/* What is said of one line. */
struct sm_meter_file_word {
    int64_t line;
    const char *serial;  /* as it is looked up; "": the line has none */
    const char *word;    /* a fault of the file (domain/reading_csv.h), an
                           outcome of meter.file_submit() ("versions" for its
                           "many"), or "dates" */
    int64_t day_micro;   /* of a doubt: use a day, and what is usual; below */
    int64_t usual_micro; /* zero: not known */
    const char *unit;
};

struct sm_meter_file_list {
    struct sm_meter_file_word words[SM_METER_FILE_TOLD];
    size_t told;  /* words, by line */
    size_t count; /* all of them */
};

struct sm_meter_file {
    struct sm_reading_file csv;
    struct sm_meter_file_list refused; /* what cannot be taken, faults too */
    struct sm_meter_file_list doubts;  /* what is to be confirmed */
    size_t stored;                     /* meters, now */
    size_t same;      /* meters whose values this form has sent before */
    size_t conflicts; /* of the refused: this form has sent other values */
    bool very_high;   /* a doubt asks to be confirmed a second time */
};

/* Read LEN bytes of DATA and send what is good of it inside the request's
 * transaction, under the key FILE of the form.  CONFIRM is 0, 1 or 2, as in
 * meter.submit().  Whoever calls decides whether that is kept.  SM_INVALID:
 * the first line names no columns, or others. */
enum sm_status sm_meter_file_send(struct sm_meter_file *out,
                                  struct sm_request *rq, const char *data,
                                  size_t len, int confirm,
                                  const uint8_t file[16]) SM_MUSTCHECK;

#endif
