/* The company: its accounts, what it bills, what it is paid elsewhere. */
#ifndef SM_SIM_OFFICE_H
#define SM_SIM_OFFICE_H

/* The accounts and bills that a seed begins with. */
void office_begin(void);
/* Something new: an invoice, a credit note, a payment at the bank, money at
 * the processor that is not for us. */
void office_act(void);

#endif
