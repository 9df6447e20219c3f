#include "app/stmts.h"

static const enum sm_type params[] = {SM_TYPE_TEXT, SM_TYPE_INT8};

const struct sm_stmt test_note_add = {
    .name = "test_note_add",
    .sql = "INSERT INTO public.note (email, amount_minor) VALUES ($1, $2)",
    .params = params,
    .nparams = 2,
};
