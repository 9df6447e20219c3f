/* Statements of the test program; the programs proper have theirs in sql/. */
#ifndef SM_TESTPAGES_STMTS_H
#define SM_TESTPAGES_STMTS_H

#include "db/db.h"

/* INSERT INTO public.note: e-mail, amount. */
extern const struct sm_stmt test_note_add;

#endif
