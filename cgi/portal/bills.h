/* What the pages of a customer's bills share: the filter of the list, the
 * words of a state. */
#ifndef SM_PORTAL_BILLS_H
#define SM_PORTAL_BILLS_H

#include "base/clock.h"
#include "web/reply.h"
#include "web/request.h"

enum { SM_BILLS_PAGE = 25, SM_BILLS_CHOICE = 200, SM_BILLS_FILE = 20000 };

/* The inputs of a page that lists bills. */
#define SM_BILLS_INPUTS                                                        \
    {.name = "place", .type = SM_IN_ID},                                       \
        {.name = "from", .type = SM_IN_TEXT, .max = 10},                       \
        {.name = "to", .type = SM_IN_TEXT, .max = 10},                         \
        {.name = "state",                                                      \
         .type = SM_IN_CHOICE,                                                 \
         .choices = "open|overdue|part_paid|paid|credit|cancelled"},           \
        {.name = "q", .type = SM_IN_TEXT, .max = 60},                          \
        {.name = "all", .type = SM_IN_BOOL},                                   \
    {                                                                          \
        .name = "page", .type = SM_IN_INT, .min = 1, .max = 10000              \
    }

/* MOST bills after the first SKIP that the inputs ask for: the rows of
 * sm_sql_self_invoices. */
enum sm_status sm_bills_list(struct sm_rows **out, struct sm_request *rq,
                             int most, int skip) SM_MUSTCHECK;

/* The filter of the inputs as a query, "place=...&q=...", "" for none; in the
 * arena, NULL without memory. */
const char *sm_bills_query(struct sm_request *rq);

/* Fill the choice of a place (PLACE_OPTIONS with OPTION_ID, OPTION_NAME,
 * OPTION_CHOSEN for the account CHOSEN, or NULL) from the rows of
 * sm_sql_self_places, where there are several: true. */
bool sm_bills_places(struct sm_dict *page, const struct sm_rows *rows,
                     const uint8_t *chosen);

/* Show STATE in words in the dictionary of a row, DAYS before (below zero:
 * after) its date: sections IS_OPEN, IS_TODAY, IS_OVERDUE, IS_PART_PAID,
 * IS_PAID, IS_CREDIT, IS_CANCELLED with the plurals DUE_DAYS, OVER_DAYS. */
void sm_bills_state(struct sm_dict *row, const char *state, int64_t days);

/* Set marker KEY to a NUMBER of millionths, without the zeros at its end. */
void sm_bills_micro(struct sm_dict *row, int key, int64_t number);

/* Set marker KEY to a rate in hundredths of a percent. */
void sm_bills_rate(struct sm_dict *row, int key, int rate_bp);

/* Set marker KEY to the name of a UN/ECE Rec 20 unit. */
void sm_bills_unit(struct sm_dict *row, int key, const char *code);

/* Show by which way was paid: sections BY_CARD, BY_BANK, BY_CASH, BY_CREDIT,
 * BY_OTHER. */
void sm_bills_how(struct sm_dict *row, const char *how);

/* Show the way to the receipt of PAYMENT (HAS_RECEIPT), or to its status
 * (HAS_STATUS), at PAYMENT_URL.  Who calls has seen that it is the
 * customer's: the address is signed and opens it. */
void sm_bills_receipt(struct sm_dict *row, const struct sm_request *rq,
                      const uint8_t payment[16]);
void sm_bills_status(struct sm_dict *row, const struct sm_request *rq,
                     const uint8_t payment[16]);

/* Show where PAGE of SIZE rows stands among those of MATCHES rows, with the
 * ways to the next and the one before under the filter QUERY. */
void sm_bills_pages(struct sm_dict *dict, int64_t page, int size,
                    int64_t matches, const char *query);

/* "E-12.pdf" of the number "E/12" and the ending "pdf": a name that a file can
 * have anywhere; in the arena, NULL without memory. */
const char *sm_bills_filename(struct sm_request *rq, const char *number,
                              const char *ending);

#endif
