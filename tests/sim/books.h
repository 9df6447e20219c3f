/* The auditor's and the company's own way to the database: plain libpq,
 * nothing of lib/db. */
#ifndef SM_SIM_BOOKS_H
#define SM_SIM_BOOKS_H

#include <libpq-fe.h>
#include <stdbool.h>
#include <stdint.h>

/* Make the database NAME from the template, with the patch of the mutant if
 * it has one, and connect. */
bool books_open(const char *name);
/* Close, and drop the database. */
void books_close(void);
/* The connection string of lib/db for the database in use. */
const char *books_conninfo(void);

/* Remember where the rows of this seed begin; ORDER_LIFE_S is how long a page
 * at the processor lives. */
void books_mark(int64_t order_life_s);
/* An account, a document, a payment at the bank; ids. */
int64_t books_account(const uint8_t code_hash[32]);
/* Somebody who is logged in under SESSION, with COUNT accounts. */
void books_customer(const uint8_t session[32], const char *email,
                    const int64_t *accounts, int count);
/* The public ids of COUNT documents, "uuid,uuid". */
void books_publics(char *out, size_t size, const int64_t *documents, int count);
int64_t books_document(int64_t account, const char *number, bool credit_note,
                       int64_t minor, int issued, int due,
                       const char *currency);
bool books_elsewhere(int64_t account, const char *reference, int64_t minor,
                     const char *currency, const char *number);
/* When the jobs have something to do next: sweep, mail, refunds; INT64_MAX
 * where there is nothing. */
void books_due(int64_t due_us[3]);
/* An operator wants AMOUNT (0: all) of PAYMENT back: the answer in OUT, the
 * refund's id and sum. */
void books_refund(char out[16], uint8_t id[16], int64_t *minor,
                  const uint8_t payment[16], int64_t amount);
/* The bytes of an uuid in text. */
void books_uuid(uint8_t out[16], const char *text);
/* True while a session of the database waits for a lock. */
bool books_somebody_waits(void);
/* Run the prepared statement NAME with COUNT text arguments; PQclear the
 * result.  A failure is a broken rule. */
PGresult *books_ask(const char *name, int count, const char *const *args);

#endif
