/* The registers of meters, as e-invoices carry them: no element of EN 16931
 * is for them, so suppliers write them as properties of a line's item
 * (BG-32), in words of their own.  What the table in ubl_registers.c names in
 * Romanian, Bulgarian or English is recognised, whatever the case, accents
 * and dots; what sm_ubl_write() writes is among it. */
#ifndef SM_DOMAIN_UBL_REGISTERS_H
#define SM_DOMAIN_UBL_REGISTERS_H

#include <stddef.h>

#include "domain/bill.h"
#include "domain/ubl.h"

enum { SM_UBL_LINE_REGISTERS = 12 };

/* Read the registers of LINE into OUT; a property that is there a second time
 * begins the next one, of the same meter unless it says another.  What has not
 * both indexes, as decimal numbers of at most three decimals, is left out.
 * The quantity is the one written, else the difference times the factor, else
 * (the meter went over its last digit) that of the line.  Texts are LINE's.
 * Returns their number. */
size_t sm_ubl_registers(struct sm_bill_register out[SM_UBL_LINE_REGISTERS],
                        const struct sm_ubl_line *line);

#endif
