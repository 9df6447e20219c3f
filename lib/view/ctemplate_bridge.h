/* ctemplate as seen from C; used by view.c only.  Nothing thrown in C++
 * crosses these functions.  Names of markers are registered once, so that
 * setting a value takes no lock of the library. */
#ifndef SM_VIEW_CTEMPLATE_BRIDGE_H
#define SM_VIEW_CTEMPLATE_BRIDGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#include "base/buf.h" /* a C header like any other of the project */

/* Register the markers; KEYS must stay where they are for ever, as literals
 * do.  False without memory. */
bool sm_ct_open(const char *const *keys, size_t nkeys);

/* Forget the templates and the markers. */
void sm_ct_close(void);

/* The parsed template of the file PATH, valid until sm_ct_close(); blank
 * lines stay only if PLAIN.  NULL if there is no such file or its syntax is
 * wrong (then said on stderr). */
const void *sm_ct_load(const char *path, bool plain);

/* A new dictionary, NULL without memory; and its end. */
void *sm_ct_dict_new(void);
void sm_ct_dict_free(void *dict);

/* Set marker KEY, show section KEY, add a row to section KEY.  False or NULL
 * without memory.  KEY must be below the number of registered markers. */
bool sm_ct_set(void *dict, int key, const char *text, size_t len);
bool sm_ct_show(void *dict, int key);
void *sm_ct_section(void *dict, int key);

/* The pictures of a page, see view/svg.h; {{NAME:x-svg}} shows the one whose
 * number NAME is, and nothing for any other value. */
#define SM_CT_SVGS 8
struct sm_ct_svgs {
    size_t count;
    struct {
        char *bytes;
        size_t len;
    } svg[SM_CT_SVGS];
};

/* Append the expanded template; false if the library fails (a full buffer
 * shows in the buffer). */
bool sm_ct_render(struct sm_buf *out, const void *tpl, const void *dict,
                  const struct sm_ct_svgs *svgs);

#ifdef __cplusplus
}
#endif

#endif
