/* A catalogue of translations, as msgcat writes it. */
#ifndef SM_TOOLS_POFILE_H
#define SM_TOOLS_POFILE_H

#include "tool.h"

#define PO_FORMS_MAX 3 /* the most that a language of ours has */

/* The remark that names the marker of a plural's number, "{{N}}". */
#define PO_RULE "#. counts "

struct po_entry {
    int line;
    bool fuzzy;
    const char *refs;    /* "a.tpl:1 b.c:2", or "" */
    const char *rule;    /* what PO_RULE names; NULL for none */
    const char *context; /* NULL for none */
    const char *id;      /* NULL while it is being read */
    const char *plural;  /* NULL for none */
    const char *forms[PO_FORMS_MAX];
    int nforms;
};

struct po_file {
    const char *path;
    struct po_entry *entries; /* without the header; sorted */
    size_t count;
};

/* Read FILE; ends the program with file and line where it is malformed. */
struct po_file pofile_parse(struct sm_arena *arena,
                            const struct tool_file *file);

/* The entry of a sentence, or NULL. */
const struct po_entry *pofile_find(const struct po_file *po,
                                   const char *context, const char *id);

/* Order of (context, id); a missing context comes first. */
int pofile_compare(const char *context_a, const char *id_a,
                   const char *context_b, const char *id_b);

/* Append TEXT in quotes, as a catalogue holds it. */
void pofile_add_quoted(struct sm_buf *out, const char *text);

#endif
