/* Mails that are a few sentences and perhaps a link: what concerns a log-in.
 * Each is a row of a table; one template shows them all. */
#ifndef SM_CGI_JOBS_NOTICE_H
#define SM_CGI_JOBS_NOTICE_H

struct sm_notice {
    const char *name;    /* of the row in the outbox */
    const char *subject; /* English sentences, all marked with SM_N_() */
    const char *text;
    const char *after; /* what stands below the link; NULL: nothing */
    const char *link;  /* words of the link; NULL: there is none */
    const char *path;  /* where it leads, below the language; ending in '/' it
                          takes the token of the row's number, whose purpose
                          is the notice's name */
};

/* The notice NAME, or NULL. */
const struct sm_notice *sm_notice_find(const char *name);

#endif
