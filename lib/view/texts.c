/* Sentences of C code, through gettext.  One text domain a language under
 * the locale C.UTF-8, which every machine has: no locale needs to be
 * generated, and numbers stay as SQL and protocols want them. */
#include "private.h"

#include <libintl.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "view/view.h"

/* English is what the sentences themselves are in. */
static const char *const domains[SM_LANG__COUNT] = {
    [SM_LANG_RO] = "smetka-ro",
    [SM_LANG_BG] = "smetka-bg",
};

static const char *domain_of(enum sm_lang lang)
{
    return (unsigned)lang < SM_LANG__COUNT ? domains[lang] : NULL;
}

enum sm_status sm_texts_open(const char *share_dir, struct sm_error *err)
{
    char dir[4096], file[4200];
    int i = 0;

    if (snprintf(dir, sizeof(dir), "%s/locale", share_dir) >= (int)sizeof(dir))
        return SM_FAIL(err, SM_INTERNAL, "share_dir is too long");
    unsetenv("LANGUAGE"); /* it would go before the domain's language */
    if (!setlocale(LC_ALL, "C.UTF-8"))
        return SM_FAIL(err, SM_INTERNAL, "no locale C.UTF-8");
    for (i = 0; i < SM_LANG__COUNT; i++) {
        if (!domains[i])
            continue;
        snprintf(file, sizeof(file), "%s/C.UTF-8/LC_MESSAGES/%s.mo", dir,
                 domains[i]);
        if (access(file, R_OK) != 0)
            return SM_FAIL(err, SM_INTERNAL, "no catalogue %s", file);
        if (!bindtextdomain(domains[i], dir) ||
            !bind_textdomain_codeset(domains[i], "UTF-8"))
            return SM_FAIL(err, SM_INTERNAL, "catalogue %s: no memory", file);
    }
    return SM_OK;
}

const char *sm_tr(enum sm_lang lang, const char *sentence)
{
    const char *domain = domain_of(lang);

    /* The key "" is the header of the catalogue. */
    if (!domain || sentence[0] == '\0')
        return sentence;
    return dgettext(domain, sentence);
}

/* N without its sign; also for the least of all. */
static uint64_t magnitude(int64_t n)
{
    return n < 0 ? 0 - (uint64_t)n : (uint64_t)n;
}

const char *sm_trn(enum sm_lang lang, const char *one, const char *many,
                   int64_t n)
{
    const char *domain = domain_of(lang);

    if (!domain)
        return sm_plural_form(lang, n) == 0 ? one : many;
    return dngettext(domain, one, many, magnitude(n));
}

int sm_plural_form(enum sm_lang lang, int64_t n)
{
    uint64_t count = magnitude(n), tail = count % 100;

    if (count == 1)
        return 0;
    if (lang == SM_LANG_RO && count != 0 && (tail == 0 || tail >= 20))
        return 2;
    return 1;
}
