/* The command line that all FastCGI programs share. */
#ifndef SM_WEB_OPTIONS_H
#define SM_WEB_OPTIONS_H

#include <stdbool.h>

struct sm_web_options {
    const char *config;      /* --config FILE */
    const char *instance;    /* --instance NAME */
    const char *error_pages; /* --error-pages DIR */
    int listen_fd;           /* --listen FD; -1: bind our own */
    bool routes, json, show_config, check;
};

/* False if an option is unknown or lacks its value. */
bool sm_web_options_read(struct sm_web_options *out, int argc, char **argv);

/* Print what PROGRAM understands to standard error. */
void sm_web_options_usage(const char *program);

#endif
