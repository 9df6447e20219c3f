/* Templates and texts.  The only user of ctemplate (through the one C++ file,
 * ctemplate_bridge.cc) and of gettext.
 *
 * Marker names are generated per program as enum sm_key constants (K_TOTAL),
 * interned at start.  The build writes one translated copy of each template
 * per language, so a page pays no look-up for its fixed texts.  A marker's
 * value is always escaped by its HTML context, except in a template named
 * *.txt.tpl, which makes plain text (a mail). */
#ifndef SM_VIEW_VIEW_H
#define SM_VIEW_VIEW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/status.h"
#include "view/lang.h"

struct sm_dict; /* values of one template; made for a render, freed after */

/* Open texts (SHARE_DIR/locale) and every template below
 * SHARE_DIR/templates/PROGRAM/<lang>/; names the broken one in err.
 * KEYS are the generated marker names.  Before threads start. */
enum sm_status sm_view_open(const char *share_dir, const char *program,
                            const char *const *keys, size_t nkeys,
                            struct sm_error *err) SM_MUSTCHECK;
void sm_view_close(void);

/* The constant of the marker NAME ("EMAIL_VALUE"), to be looked up at start;
 * -1 if no template of the program has it, which the setters ignore. */
int sm_key_find(const char *name);

/* A new root dictionary; NULL without memory.  sm_dict_free(NULL) is fine. */
struct sm_dict *sm_dict_new(enum sm_lang lang) SM_MUSTCHECK;
void sm_dict_free(struct sm_dict *dict);
enum sm_lang sm_dict_lang(const struct sm_dict *dict);

/* Set marker KEY (a generated constant).  Values are copied.  All of these
 * accept a NULL dict and do nothing; a lack of memory shows at render. */
void sm_set(struct sm_dict *dict, int key, const char *text);
void sm_setn(struct sm_dict *dict, int key, const char *text, size_t len);
void sm_set_int(struct sm_dict *dict, int key, int64_t number);
void sm_setf(struct sm_dict *dict, int key, const char *fmt, ...)
    SM_PRINTF(3, 4);
/* Amount with its currency, as people of the language write it. */
void sm_set_money(struct sm_dict *dict, int key, int64_t minor,
                  const char *currency);
/* "18 noiembrie 2026"; nothing for year 0. */
void sm_set_date(struct sm_dict *dict, int key, struct sm_date date);
/* Date and time of day in the company's zone. */
void sm_set_instant(struct sm_dict *dict, int key, int64_t us);
/* Show the form of a marked plural text for N and set the marker to N. */
void sm_set_plural(struct sm_dict *dict, int key, int64_t n);

/* A row of section KEY (repeat for more rows), or just "show it". */
struct sm_dict *sm_section(struct sm_dict *dict, int key);
void sm_show(struct sm_dict *dict, int key);
/* Show section KEY if COND. */
void sm_show_if(struct sm_dict *dict, int key, bool cond);

/* Expand TPL (e.g. "pay_bill.tpl") in the dictionary's language into OUT. */
enum sm_status sm_render(struct sm_buf *out, const char *tpl,
                         const struct sm_dict *dict, struct sm_error *err)
    SM_MUSTCHECK;

/* The English sentence in LANG; the sentence itself where none is known (the
 * build refuses a missing one).  SM_N_ marks it where no call can be made. */
const char *sm_tr(enum sm_lang lang, const char *sentence);
const char *sm_trn(enum sm_lang lang, const char *one, const char *many,
                   int64_t n);

/* Texts for mails and logs, with the same rules as the setters. Each writes a
 * NUL-terminated string, cut to SIZE. */
void sm_format_money(char *text, size_t size, enum sm_lang lang, int64_t minor,
                     const char *currency);
void sm_format_date(char *text, size_t size, enum sm_lang lang,
                    struct sm_date date);
void sm_format_instant(char *text, size_t size, enum sm_lang lang, int64_t us);
/* "1.234,5": NUMBER counts units of 10^-DECIMALS, 0 to 18. */
void sm_format_number(char *text, size_t size, enum sm_lang lang,
                      int64_t number, int decimals);
/* "nov.": the month 1 to 12 in short, for a table's head or an axis; nothing
 * for another one. */
void sm_format_month(char *text, size_t size, enum sm_lang lang, int month);

#endif
