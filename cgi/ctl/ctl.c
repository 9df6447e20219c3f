#include "ctl/ctl.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/text.h"

/* An import of millions decides in one statement. */
enum { STATEMENT_MS = 3600 * 1000 };

static const struct ctl_option common[] = {
    {"config", "FILE", "Settings (default " CTL_CONFIG_DEFAULT ")"},
    {"json", NULL, "Print JSON"},
    {"help", NULL, "Print this text"},
};

int ctl_usage(const struct ctl *ctl, const char *fmt, ...)
{
    va_list args;

    va_start(args, fmt);
    fputs("smetka: ", stderr);
    vfprintf(stderr, fmt, args);
    va_end(args);
    fprintf(stderr, "\nTry: smetka %s --help\n", ctl->command->name);
    return CTL_USAGE;
}

static void print_options(const struct ctl_option *options, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const char *value = options[i].value ? options[i].value : "";
        int width = (int)(strlen(options[i].name) + strlen(value));

        printf("  --%s %s%*s %s\n", options[i].name, value,
               width < 20 ? 20 - width : 1, "", options[i].help);
    }
}

void ctl_help(const struct ctl_command *command)
{
    printf("Usage: smetka %s [options] %s\n\n%s\n\nOptions:\n", command->name,
           command->usage, command->help);
    print_options(command->options, command->noptions);
    print_options(common, SM_COUNT(common));
    puts("\nExit codes: 0 done, 1 refused, 2 wrong use, 3 something that is "
         "needed\ncannot be reached.");
}

static const struct ctl_option *find_option(const struct ctl_option *options,
                                            size_t count, const char *name,
                                            size_t len)
{
    for (size_t i = 0; i < count; i++)
        if (strlen(options[i].name) == len &&
            memcmp(options[i].name, name, len) == 0)
            return &options[i];
    return NULL;
}

/* Store one option.  VALUE is "" for a switch. */
static void set_option(struct ctl *ctl, const struct ctl_option *option,
                       const char *value, bool *help)
{
    if (option == &common[0])
        ctl->config = value;
    else if (option == &common[1])
        ctl->json = true;
    else if (option == &common[2])
        *help = true;
    else
        ctl->values[option - ctl->command->options] = value;
}

/* Read one "--name", "--name=value" or "--name value" at argv[*i]. */
static int parse_option(struct ctl *ctl, int argc, char **argv, int *i,
                        bool *help)
{
    const char *name = argv[*i] + 2;
    size_t len = strcspn(name, "=");
    const struct ctl_option *option;
    const char *value = "";

    option = find_option(common, SM_COUNT(common), name, len);
    if (!option)
        option = find_option(ctl->command->options, ctl->command->noptions,
                             name, len);
    if (!option)
        return ctl_usage(ctl, "unknown option --%.*s", (int)len, name);
    if (!option->value && name[len] == '=')
        return ctl_usage(ctl, "--%s takes no value", option->name);
    if (option->value) {
        if (name[len] == '=')
            value = name + len + 1;
        else if (*i + 1 < argc)
            value = argv[++*i];
        else
            return ctl_usage(ctl, "--%s needs %s", option->name, option->value);
    }
    set_option(ctl, option, value, help);
    return CTL_OK;
}

int ctl_parse(struct ctl *ctl, int argc, char **argv, bool *help)
{
    bool only_args = false;

    *help = false;
    for (int i = 0; i < argc; i++) {
        if (!only_args && strcmp(argv[i], "--") == 0) {
            only_args = true;
        } else if (!only_args && strncmp(argv[i], "--", 2) == 0) {
            int code = parse_option(ctl, argc, argv, &i, help);

            if (code != CTL_OK)
                return code;
        } else if (ctl->nargs < CTL_ARGS_MAX) {
            ctl->args[ctl->nargs++] = argv[i];
        } else {
            return ctl_usage(ctl, "too many arguments");
        }
    }
    if (*help)
        return CTL_OK;
    if (ctl->nargs < ctl->command->min_args)
        return ctl_usage(ctl, "an argument is missing: %s",
                         ctl->command->usage);
    if (ctl->nargs > ctl->command->max_args)
        return ctl_usage(ctl, "too many arguments");
    return CTL_OK;
}

const char *ctl_option(const struct ctl *ctl, const char *name)
{
    const struct ctl_option *option = find_option(
        ctl->command->options, ctl->command->noptions, name, strlen(name));

    return option ? ctl->values[option - ctl->command->options] : NULL;
}

int ctl_option_int(int64_t *out, const struct ctl *ctl, const char *name,
                   int64_t fallback, int64_t min, int64_t max)
{
    const char *text = ctl_option(ctl, name);

    *out = fallback;
    if (text && sm_parse_i64(out, text, min, max) != SM_OK)
        return ctl_usage(ctl, "--%s needs a number from %lld to %lld", name,
                         (long long)min, (long long)max);
    return CTL_OK;
}

static int exit_code(enum sm_status status)
{
    if (status == SM_OK)
        return CTL_OK;
    return status == SM_UNAVAILABLE || status == SM_BUSY ? CTL_UNAVAILABLE
                                                         : CTL_REFUSED;
}

int ctl_fail(struct ctl *ctl, enum sm_status status, const char *what)
{
    const char *why = ctl->err.message[0] ? ctl->err.message
                                          : sm_status_word(status);

    fprintf(stderr, "smetka: %s: %s\n", what, why);
    if (ctl->json) {
        struct sm_buf buf;

        sm_buf_init(&buf, 4096);
        sm_buf_adds(&buf, "{\"ok\":false,\"status\":\"");
        sm_buf_adds(&buf, sm_status_word(status));
        sm_buf_adds(&buf, "\",\"what\":\"");
        sm_buf_add_json(&buf, what, strlen(what));
        sm_buf_adds(&buf, "\",\"reason\":\"");
        sm_buf_add_json(&buf, why, strlen(why));
        sm_buf_adds(&buf, "\"}");
        return ctl_print(&buf, exit_code(status));
    }
    return exit_code(status);
}

int ctl_settings(struct ctl *ctl)
{
    const char *file = ctl->config;
    enum sm_status status;

    if (ctl->settings)
        return CTL_OK;
    if (!file && access(CTL_CONFIG_DEFAULT, R_OK) == 0)
        file = CTL_CONFIG_DEFAULT;
    status = sm_settings_load(&ctl->settings, file, &ctl->err);
    if (status != SM_OK)
        return ctl_fail(ctl, status, file ? file : "settings");
    sm_clock_set_offset(sm_settings_int(ctl->settings, "clock.offset_s"));
    if (setenv("TZ", sm_settings_str(ctl->settings, "company.time_zone"), 1))
        return ctl_fail(ctl, SM_INTERNAL, "company.time_zone");
    tzset();
    return CTL_OK;
}

int ctl_db(struct sm_db **out, struct ctl *ctl, int connections)
{
    struct sm_db_options options;
    enum sm_status status = SM_OK;
    int code = ctl_settings(ctl);

    *out = NULL;
    if (code != CTL_OK)
        return code;
    if (!ctl->pool) {
        options = sm_db_options_read(ctl->settings, "smetka_owner", "smetka");
        options.size = connections;
        options.query_ms = STATEMENT_MS;
        if (ctl->command->any_server)
            options.require_durable = false;
        status = sm_db_pool_new(&ctl->pool, &options, &ctl->err);
    }
    if (status == SM_OK)
        status = sm_db_get(out, ctl->pool, &ctl->err);
    return status == SM_OK ? CTL_OK : ctl_fail(ctl, status, "database");
}

int ctl_print(struct sm_buf *buf, int code)
{
    bool ok = sm_buf_ok(buf) &&
              fwrite(buf->data, 1, buf->len, stdout) == buf->len &&
              fputc('\n', stdout) != EOF && fflush(stdout) == 0;

    sm_buf_release(buf);
    if (ok)
        return code;
    fputs("smetka: the output could not be written\n", stderr);
    return CTL_UNAVAILABLE;
}

enum sm_status ctl_read_file(struct sm_buf *buf, const char *path,
                             struct sm_error *err)
{
    char chunk[16384];
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    ssize_t n = 0;

    if (fd < 0)
        return SM_FAIL(err, SM_NOT_FOUND, "%.200s: %s", path, strerror(errno));
    while ((n = read(fd, chunk, sizeof(chunk))) > 0)
        sm_buf_add(buf, chunk, (size_t)n);
    close(fd);
    if (n < 0)
        return SM_FAIL(err, SM_UNAVAILABLE, "%.200s: cannot be read", path);
    if (!sm_buf_ok(buf))
        return SM_FAIL(err, SM_INVALID, "%.200s: too large", path);
    return SM_OK;
}

bool ctl_parse_id(uint8_t out[16], const char *text)
{
    char hex[33];
    size_t len = 0;

    if (sm_id_parse(out, text) == SM_OK)
        return true;
    for (; *text && len < 32; text++)
        if (*text != '-')
            hex[len++] = *text;
    hex[len] = '\0';
    return *text == '\0' && len == 32 && sm_unhex(out, 16, hex) == SM_OK;
}
