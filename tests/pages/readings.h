/* For tests of pages that take readings: meters of an account. */
#ifndef SM_PAGES_READINGS_H
#define SM_PAGES_READINGS_H

/* Add the electricity meter SERIAL to the account with the payment code CODE:
 * REGISTERS of 5 digits, each at 1000 on the first of the month before the
 * last, on a route whose window is open all month. */
void sm_readings_meter(const char *code, const char *serial, int registers);

/* Make CLIENT the client code of the account with the payment code CODE. */
void sm_readings_client(const char *code, const char *client);

/* The first column of the first row of SQL is WANT. */
void sm_readings_expect(const char *sql, const char *want);

#endif
