/* The frame of the operator's command line: one struct a command, options
 * declared by the command, the same exit codes and the same --help, --json
 * and --config everywhere. */
#ifndef SM_CTL_CTL_H
#define SM_CTL_CTL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/status.h"
#include "config/settings.h"
#include "db/db.h"

/* Exit codes. */
enum { CTL_OK = 0, CTL_REFUSED = 1, CTL_USAGE = 2, CTL_UNAVAILABLE = 3 };

enum { CTL_OPTIONS_MAX = 16, CTL_ARGS_MAX = 256 };

#define CTL_CONFIG_DEFAULT "/etc/smetka/smetka.conf"

struct ctl_option {
    const char *name;  /* without the dashes */
    const char *value; /* what its value is called; NULL: a switch */
    const char *help;  /* one line */
};

struct ctl;

struct ctl_command {
    const char *name;
    const char *usage; /* what follows the name, e.g. "FILE..." */
    const char *help;  /* first line: summary; then free text */
    const struct ctl_option *options;
    size_t noptions;
    int min_args, max_args;
    bool any_server; /* decides nothing about money: works also where
                        db.require_durable refuses the server */
    int (*run)(struct ctl *ctl);
};

/* One run of the program. */
struct ctl {
    const struct ctl_command *command;
    const char *config; /* --config, or NULL */
    bool json;
    const char *values[CTL_OPTIONS_MAX]; /* "" for a switch; NULL: absent */
    const char *args[CTL_ARGS_MAX];
    int nargs;
    struct sm_settings *settings;
    struct sm_db_pool *pool;
    struct sm_error err;
};

/* All commands, ended by NULL (commands.c). */
extern const struct ctl_command *const ctl_commands[];

/* Read the command line after the command's name.  CTL_OK, or CTL_USAGE with
 * a line on stderr; --help sets *HELP. */
int ctl_parse(struct ctl *ctl, int argc, char **argv, bool *help);

/* The value of the option NAME: NULL if it was not given, "" for a switch. */
const char *ctl_option(const struct ctl *ctl, const char *name);

/* A whole number given with the option NAME, or FALLBACK.  CTL_USAGE with a
 * line on stderr if it is not within [min, max]. */
int ctl_option_int(int64_t *out, const struct ctl *ctl, const char *name,
                   int64_t fallback, int64_t min, int64_t max);

/* Load the settings once.  Returns an exit code, having said why. */
int ctl_settings(struct ctl *ctl);

/* Borrow a connection with the owner's role; CONNECTIONS at most are opened
 * in all.  Returns an exit code, having said why. */
int ctl_db(struct sm_db **out, struct ctl *ctl, int connections);

/* Say STATUS and ctl->err on stderr (or as JSON on stdout) and return the
 * exit code that belongs to STATUS. */
int ctl_fail(struct ctl *ctl, enum sm_status status, const char *what);

/* Say a usage error and return CTL_USAGE. */
int ctl_usage(const struct ctl *ctl, const char *fmt, ...) SM_PRINTF(2, 3);

/* Print BUF and a newline to stdout; releases it.  Returns CODE, or
 * CTL_UNAVAILABLE if it could not be written. */
int ctl_print(struct sm_buf *buf, int code);

/* Read the whole file PATH of at most MAX bytes into BUF. */
enum sm_status ctl_read_file(struct sm_buf *buf, const char *path,
                             struct sm_error *err) SM_MUSTCHECK;

/* Read a public id: 26 characters of base32 as in addresses, or a UUID. */
bool ctl_parse_id(uint8_t out[16], const char *text);

/* Print the help of a command to stdout. */
void ctl_help(const struct ctl_command *command);

#endif
