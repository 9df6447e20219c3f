/* The FastCGI parameters that the project relies on, found in one pass. */
#ifndef SM_WEB_PARAMS_H
#define SM_WEB_PARAMS_H

/* Never NULL; "" where nginx sent none. */
struct sm_params {
    const char *method;
    const char *path;
    const char *query;
    const char *content_type;
    const char *content_length;
    const char *remote_addr;
    const char *request_id;
    const char *cookie;
    const char *accept_language;
    const char *origin;
    const char *fetch_site;
    const char *user_agent;
    const char *authorization;
};

/* Fill OUT from "NAME=value" strings; the first of a name counts. */
void sm_params_read(struct sm_params *out, char *const *params);

/* The value of parameter NAME, or "". */
const char *sm_params_get(char *const *params, const char *name);

#endif
