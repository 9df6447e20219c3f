/* The languages of the site. */
#ifndef SM_VIEW_LANG_H
#define SM_VIEW_LANG_H

#include "base/status.h"

/* Marks an English sentence for translation where no call can be made. */
#define SM_N_(text) text

enum sm_lang { SM_LANG_RO, SM_LANG_BG, SM_LANG_EN, SM_LANG__COUNT };

/* "ro", "bg", "en". */
const char *sm_lang_code(enum sm_lang lang);

/* The language's own name: "Română", "Български", "English". */
const char *sm_lang_name(enum sm_lang lang);

/* SM_INVALID unless CODE is one of the codes. */
enum sm_status sm_lang_parse(enum sm_lang *out, const char *code) SM_MUSTCHECK;

/* The best of our languages for an Accept-Language header (RFC 9110 12.5.4,
 * quality values honoured); FALLBACK where none fits. */
enum sm_lang sm_lang_accept(const char *header, enum sm_lang fallback);

#endif
