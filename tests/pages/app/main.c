/* testpages: a program with a few small pages, on which the worker and the
 * dispatcher are tested. */
#include "auth/auth.h"
#include "shared/layout.h"

int main(int argc, char **argv)
{
    static const char *const required[] = {"public_origin"};
    static const struct sm_program program = {
        .name = "testpages",
        .db_role = "postgres",
        .guard = &sm_auth_guard,
        .layout = sm_layout,
        .required = required,
        .nrequired = SM_COUNT(required),
    };

    return sm_web_main(&program, argc, argv);
}
