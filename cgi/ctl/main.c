/* smetka: the operator's command line. */
#include <stdio.h>
#include <string.h>

#include "base/log.h"
#include "ctl/ctl.h"

static void print_commands(FILE *to)
{
    fputs("Usage: smetka COMMAND [options] [arguments]\n\n", to);
    for (size_t i = 0; ctl_commands[i]; i++)
        fprintf(to, "  %-10s %.*s\n", ctl_commands[i]->name,
                (int)strcspn(ctl_commands[i]->help, "\n"),
                ctl_commands[i]->help);
    fputs("\nsmetka COMMAND --help says more.\n", to);
}

static int run(const struct ctl_command *command, int argc, char **argv)
{
    struct ctl ctl = {.command = command};
    bool help = false;
    int code = ctl_parse(&ctl, argc, argv, &help);

    if (help)
        ctl_help(command);
    else if (code == CTL_OK)
        code = command->run(&ctl);
    sm_db_pool_free(ctl.pool);
    sm_settings_free(ctl.settings);
    return code;
}

int main(int argc, char **argv)
{
    const char *name = argc > 1 ? argv[1] : "";

    sm_log_open("smetka", SM_LOG_WARN);
    if (strcmp(name, "--help") == 0 || strcmp(name, "help") == 0) {
        print_commands(stdout);
        return CTL_OK;
    }
    if (strcmp(name, "--version") == 0) {
        puts("smetka " SM_VERSION);
        return CTL_OK;
    }
    for (size_t i = 0; ctl_commands[i]; i++)
        if (strcmp(ctl_commands[i]->name, name) == 0)
            return run(ctl_commands[i], argc - 2, argv + 2);
    print_commands(stderr);
    return CTL_USAGE;
}
