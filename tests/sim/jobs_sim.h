/* The background: the real loops of cgi/jobs, one round at a time, and a mail
 * server that keeps what it got. */
#ifndef SM_SIM_JOBS_H
#define SM_SIM_JOBS_H

#include <stdbool.h>
#include <stdint.h>

enum { JOBS_MAILS = 512 };

struct jobs_mail {
    char template[24], to[64];
    uint8_t payment[16];
};

struct jobs_sink {
    struct jobs_mail mails[JOBS_MAILS];
    int count;
};

extern struct jobs_sink jobs_sink;

/* Connect as the jobs do; a new seed; the end. */
bool jobs_open(void);
void jobs_clear(void);
void jobs_close(void);
/* One round of the sweep, of the outbox. */
void jobs_sweep(void);
void jobs_mail(void);
/* One round of refunds; then, in another process, the daily comparison if it
 * is due, and the payouts. */
void jobs_money(void);
/* When the next of the two is due, and do it. */
int64_t jobs_next(void);
void jobs_do(void);
/* True if a mail of TEMPLATE about PAYMENT reached TO. */
bool jobs_reached(const char *template, const uint8_t payment[16],
                  const char *to);
/* While the books are held against the processor's: the jobs may be told to
 * stop, and are started again after that. */
void jobs_stop_now_and_then(void);
/* Compare now, whenever it was done last. */
void jobs_compare_next(void);
/* An operator has every attempt that is left asked about once. */
void jobs_operator(void);

#endif
