/* A template, cut into pieces and checked.  What may stand in one is in
 * docs/ARCHITECTURE.md, "Generated code". */
#ifndef SM_TOOLS_TPLFILE_H
#define SM_TOOLS_TPLFILE_H

#include "texts.h"

/* What every template of HTML begins with.  One named *.txt.tpl is plain text
 * (a mail): it has no such line, values go in as they are, lines stay. */
#define TPL_PRAGMA "{{%AUTOESCAPE context=\"HTML\"}}\n"

enum tpl_kind {
    TPL_RAW,     /* HTML that is copied */
    TPL_MARKER,  /* {{NAME}}, {{NAME:u}}, {{NAME:x-svg}}, {{NAME:p}}; copied */
    TPL_SECTION, /* {{#NAME}}; copied */
    TPL_END,     /* {{/NAME}}; copied */
    TPL_INCLUDE, /* {{>_name}}: the partial _name.tpl takes its place */
    TPL_TEXT     /* [[...]]: its translation takes its place */
};

struct tpl_piece {
    enum tpl_kind kind;
    const char *start; /* in the file */
    size_t len;
    int line;
    const char *name;  /* of a marker, section or partial */
    struct text *text; /* of TPL_TEXT */
    const char *rule;  /* the marker that rules its plural; or NULL */
    bool in_attribute;
};

struct tpl_file {
    const char *path; /* as named in messages */
    const char *name; /* "pay_bill.tpl" */
    bool plain;       /* "receipt.txt.tpl" */
    struct tpl_piece *pieces;
    size_t count;
    bool open; /* being included: a second time would never end */
};

/* Read a template and note its sentences in TEXTS.  BASE is cut from the
 * front of PATH for messages and references.  Ends the program with file and
 * line at the first breach of the rules. */
struct tpl_file tplfile_parse(struct sm_arena *arena, struct texts *texts,
                              const char *base, const char *path);

#endif
