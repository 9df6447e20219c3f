/* What the sub-commands of `smetka account` share. */
#ifndef SM_CTL_ACCOUNT_H
#define SM_CTL_ACCOUNT_H

#include "ctl/ctl.h"

/* Room for GROUPS groups of four, with a dash between, and a NUL. */
#define CTL_CODE_TEXT(groups) ((groups)*5)

/* Draw a code to be read from paper: GROUPS groups of four letters and digits
 * without those that look alike, 19.8 bits each, into CTL_CODE_TEXT(GROUPS)
 * bytes. */
void ctl_draw_code(char *out, size_t groups);

/* smetka account letter; returns an exit code. */
int ctl_account_letter(struct ctl *ctl);

#endif
