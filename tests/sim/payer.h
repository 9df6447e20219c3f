/* People who pay: they look, press, press twice, pay, close the window, come
 * back, cancel, ask, correct their address. */
#ifndef SM_SIM_PAYER_H
#define SM_SIM_PAYER_H

/* The people of a seed. */
void payer_begin(void);
/* Payer WHO goes on. */
void payer_step(int who);
/* Payer WHO posts the form again in the way HOW, beside the first time. */
void payer_post_again(int who, int how);

#endif
