#include "web/options.h"

#include <stdio.h>
#include <string.h>

#include "base/text.h"

static bool read_flag(struct sm_web_options *out, const char *name)
{
    const struct {
        const char *name;
        bool *flag;
    } flags[] = {
        {"--routes", &out->routes},
        {"--json", &out->json},
        {"--show-config", &out->show_config},
        {"--check", &out->check},
    };

    for (size_t i = 0; i < SM_COUNT(flags); i++) {
        if (strcmp(flags[i].name, name) == 0) {
            *flags[i].flag = true;
            return true;
        }
    }
    return false;
}

static bool read_value(struct sm_web_options *out, const char *name,
                       const char *value)
{
    int64_t fd;

    if (strcmp(name, "--config") == 0) {
        out->config = value;
    } else if (strcmp(name, "--instance") == 0) {
        out->instance = value;
    } else if (strcmp(name, "--error-pages") == 0) {
        out->error_pages = value;
    } else if (strcmp(name, "--listen") == 0) {
        if (sm_parse_i64(&fd, value, 0, 65535) != SM_OK)
            return false;
        out->listen_fd = (int)fd;
    } else {
        return false;
    }
    return true;
}

bool sm_web_options_read(struct sm_web_options *out, int argc, char **argv)
{
    memset(out, 0, sizeof(*out));
    out->listen_fd = -1;
    for (int i = 1; i < argc; i++) {
        if (read_flag(out, argv[i]))
            continue;
        if (i + 1 >= argc || !read_value(out, argv[i], argv[i + 1]))
            return false;
        i++;
    }
    return true;
}

void sm_web_options_usage(const char *program)
{
    fprintf(stderr,
            "Usage: %s --config FILE [--listen FD] [--instance NAME]\n"
            "       %s --routes [--json]\n"
            "       %s --config FILE --show-config | --check |\n"
            "          --error-pages DIR\n",
            program, program, program);
}
