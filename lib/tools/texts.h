/* The sentences to translate: collected from templates or a .pot file,
 * looked up in the catalogues, and reported where one is not as it must be.
 */
#ifndef SM_TOOLS_TEXTS_H
#define SM_TOOLS_TEXTS_H

#include "pofile.h"

enum text_lang { TEXT_RO, TEXT_BG, TEXT_EN, TEXT_LANGS };

struct text {
    const char *context; /* NULL for none */
    const char *one;     /* the key */
    const char *many;    /* NULL unless it is a plural */
    const char *rule;    /* the marker of its number, "{{N}}"; or NULL */
    const char *refs;    /* "a.tpl:1 b.tpl:2" */
    const char *forms[TEXT_LANGS][PO_FORMS_MAX]; /* the result */
};

struct texts {
    struct sm_arena *arena;
    struct text **list;
    size_t count;
    struct po_file po[TEXT_LANGS];
    bool has_po[TEXT_LANGS];
};

/* "ro", "bg", "en". */
const char *text_lang_code(enum text_lang lang);

/* Number of plural forms of a language; see sm_plural_form() in lib/view. */
int text_lang_forms(enum text_lang lang);

/* Take the catalogue "ro=FILE". */
void texts_add_po(struct texts *texts, const char *option);

/* Note a sentence that stands at REF ("file:line"); the same struct for the
 * same sentence.  Ends the program if it is a plural here and not there. */
struct text *texts_add(struct texts *texts, const char *context,
                       const char *one, const char *many, const char *ref);

/* Note the sentences of a .pot file. */
void texts_add_pot(struct texts *texts, const char *path);

/* Fill forms[] of every sentence.  What is missing, marked as fuzzy or does
 * not carry the markers and tags of its key is listed on stderr; what is
 * missing also as lines to paste.  Returns false if anything was listed. */
bool texts_resolve(struct texts *texts);

/* List on stdout what the catalogues hold and no sentence uses. */
void texts_list_unused(const struct texts *texts);

/* Write the sentences as a template catalogue (.pot). */
void texts_write_pot(const struct texts *texts, const char *path);

#endif
