/* smetka settings: what the programs read, as an operator or the reference
 * page shows it. */
#include <stdio.h>

#include "ctl/ctl.h"

static int run_settings(struct ctl *ctl)
{
    bool markdown = ctl_option(ctl, "markdown") != NULL;
    int code = CTL_OK;

    if (ctl->json)
        return ctl_usage(ctl, "settings has no --json");
    if (!markdown)
        code = ctl_settings(ctl);
    if (code != CTL_OK)
        return code;
    sm_settings_print(ctl->settings, markdown);
    return fflush(stdout) == 0 && !ferror(stdout) ? CTL_OK : CTL_UNAVAILABLE;
}

static const struct ctl_option options[] = {
    {"markdown", NULL, "the reference table of docs/SETTINGS.md instead"},
};

const struct ctl_command ctl_command_settings = {
    .name = "settings",
    .usage = "",
    .help = "Print every setting with its value, secrets masked.",
    .options = options,
    .noptions = SM_COUNT(options),
    .run = run_settings,
};
