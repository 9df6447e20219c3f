/* A page declares itself: path, who may enter, its inputs, its handlers, its
 * template and one line of help.  The build collects every cgi/<program>/pages
 * file into that program's route table (sm_pages); nothing else is edited to
 * add one.  See docs/ADDING_A_PAGE.md. */
/*
 * How a template shows a form.  For an input named `email` the dispatcher
 * fills these markers, each only if some template of the program has it:
 *
 *   EMAIL_VALUE        what was typed, for value="{{EMAIL_VALUE}}"
 *   EMAIL_ERROR        section: the field is bad; inside it EMAIL_ERROR_TEXT
 *   EMAIL_INVALID      section: the same, for aria-invalid inside the tag
 *   CHOICE_IS_TOTAL    section: input `choice` is `total` (SM_IN_CHOICE)
 *   TERMS_IS_ON        section: box `terms` is ticked (SM_IN_BOOL)
 *
 * and for every page
 *
 *   CSRF               the form token (field csrf)
 *   HAS_ERRORS         section: something is wrong ("Error:" in the title)
 *   ERRORS             section, a row for each bad field: FIELD, MESSAGE; a
 *                      sentence about the form as a whole has FIELD "main"
 *   LANG, LANG_RO      code of the language; section: it is Romanian
 *   LANG_RO_URL        the same page in Romanian; likewise BG and EN
 *   REQUEST_ID         for the visitor to read out
 *
 * A value that the handler sets itself stands: the dispatcher fills values
 * before the handler runs and errors after it.
 */
#ifndef SM_WEB_PAGE_H
#define SM_WEB_PAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/status.h"
#include "view/lang.h" /* SM_N_() */

struct sm_request;
struct sm_reply;

/* Who may enter.  Zero refuses to start: nothing is open by omission. */
enum sm_auth {
    SM_AUTH_UNSET = 0,
    SM_AUTH_PUBLIC,   /* anybody; a POST still needs its form token */
    SM_AUTH_BROWSER,  /* a browser that carries our cookie (guest handles and
                         payments are bound to it); others get 403 */
    SM_AUTH_CUSTOMER, /* somebody who is logged in; others are sent to log in.
                         The handler finds them in rq->customer */
    SM_AUTH_TOKEN,    /* a program of a customer, with "Authorization: Bearer";
                         below /api/, GET alone, no cookie, no form token;
                         others get 401, 403 or 429 as problem+json, never a
                         redirect.  rq->customer is who the token is of, and
                         its session the token's key */
    SM_AUTH_SIGNED,   /* machines that sign the raw body; the handler's first
                         call verifies it; no form token */
    SM_AUTH_LOOPBACK  /* only from the machine itself: health, metrics */
};

/* Types of input.  Each is normalised and bounded before the handler runs;
 * the rules are those of the product's field table. */
enum sm_input_type {
    SM_IN_TEXT,         /* UTF-8, NFC, one line; min/max in characters */
    SM_IN_CHOICE,       /* one of .choices, "a|b|c" */
    SM_IN_INT,          /* min/max by value */
    SM_IN_AMOUNT,       /* decimal comma or dot, to minor units (2 decimals);
                           min/max in minor units */
    SM_IN_BOOL,         /* a ticked box: "1" or "on" */
    SM_IN_ID,           /* a public id, 26 characters of base32 */
    SM_IN_TOKEN,        /* base64url; min/max in characters */
    SM_IN_PAYMENT_CODE, /* by the company's pattern */
    SM_IN_EMAIL,
    SM_IN_PHONE,
    SM_IN_LANG,        /* ro, bg or en */
    SM_IN_CLIENT_CODE, /* 6 to 12 digits */
    SM_IN_INVOICE_NO,  /* upper case, without blanks */
    SM_IN_PASSWORD,    /* as typed: not trimmed, never shown again; its rules
                          are those of lib/auth/password.h */
    SM_IN_BYTES        /* as it came, from a file field or a text area, .max
                          bytes at most; text and len of the value, which may
                          hold NULs if it is a file.  A page that declares one
                          takes multipart/form-data besides usual forms */
};

struct sm_input {
    const char *name; /* of the form field, query key or {path} segment */
    enum sm_input_type type;
    bool required;
    bool many; /* of SM_IN_ID: may come several times, .max values at most,
                  in value->ids; SM_MANY_MAX is the ceiling */
    int64_t min, max;
    const char *choices; /* of SM_IN_CHOICE */
    const char *label;   /* English sentence of the field's label, marked with
                            SM_N_(); names the field in the error summary */
    const char *missing; /* sentences of its own, marked with SM_N_(), for a */
    const char *bad;     /* required one that is absent and one that breaks
                            the rules; NULL: those of its type */
};

#define SM_MANY_MAX 200

/* True if a request of that method to PAGE signs its raw body. */
#define SM_PAGE_SIGNED(page, is_post)                                          \
    ((page)->auth == SM_AUTH_SIGNED || ((is_post) && (page)->signed_post))

typedef enum sm_status (*sm_handler)(struct sm_request *rq,
                                     struct sm_reply *rp);

struct sm_page {
    const char *path; /* "/pay/{handle}"; below /{lang} unless .plain */
    bool plain;       /* the path stands at the root, without a language */
    enum sm_auth auth;
    const struct sm_input *inputs; /* undeclared ones do not exist */
    size_t ninputs;
    sm_handler get;       /* NULL: 405 */
    sm_handler post;      /* NULL: 405 */
    const char *tpl;      /* template, relative to the program's folder */
    const char *limit;    /* nginx limit zone: "page" (default), "lookup",
                           "start", "notify" */
    const char *stage;    /* of SM_AUTH_CUSTOMER: how far the log-in is, "code"
                           or "change"; NULL: all the way.  Who is at
                           another stage is sent where that goes on */
    bool confirm;         /* of SM_AUTH_CUSTOMER: only within 15 minutes after
                           the password was typed; else it is asked */
    bool personal;        /* carries personal data: Cache-Control: no-store;
                           private, no-cache for a file with a version */
    bool processor_form;  /* the processor's origins join form-action */
    bool get_writes;      /* the GET handler writes (declared exception) */
    bool signed_post;     /* its POST comes from another site's page and signs
                             the raw body, as with SM_AUTH_SIGNED */
    bool repeatable;      /* what the handlers write may be written again after
                             a COMMIT in doubt; rq->again then says so */
    size_t body_max;      /* bytes; 0 means 64 KiB, the cap is 6 MiB */
    const char *instance; /* served only by this instance of the program
                            (--instance NAME); NULL: by every one */
    const char *help;     /* one sentence; required */
};

/* The program's route table, generated: one entry a page file. */
extern const struct sm_page *const sm_pages[];
extern const char *const sm_page_stems[];
extern const size_t sm_page_count;

/* The program's marker names, generated from its templates. */
extern const char *const sm_keys[];
extern const size_t sm_keys_count;

#endif
