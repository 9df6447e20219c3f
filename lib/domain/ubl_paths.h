/* Which elements of a UBL document are wanted, and where each is stored.
 * Internal to the UBL reader. */
#ifndef SM_DOMAIN_UBL_PATHS_H
#define SM_DOMAIN_UBL_PATHS_H

#include <stddef.h>
#include <stdint.h>

#include "base/status.h"

/* The structure that a value is stored into: the one that the enclosing
 * group opened last. */
enum sm_ubl_scope {
    SM_UBL_DOCUMENT,
    SM_UBL_SELLER,
    SM_UBL_BUYER,
    SM_UBL_PAIR, /* a scratch pair: value and the code that says what it is */
    SM_UBL_TAX,
    SM_UBL_LINE,
    SM_UBL_PROPERTY,
    SM_UBL_SCOPES
};

enum sm_ubl_kind {
    SM_UBL_NOTHING, /* an element on the way to a wanted one */
    /* leaves; the first occurrence counts */
    SM_UBL_TEXT,
    SM_UBL_DECIMAL,  /* checked, kept as text */
    SM_UBL_QUANTITY, /* the same, with its unitCode in the next member */
    SM_UBL_AMOUNT,
    SM_UBL_DATE,
    SM_UBL_PARTY_ID, /* appended to the party's ids */
    /* groups: what is done when they open or close */
    SM_UBL_OPEN_LINE,
    SM_UBL_OPEN_TAX,
    SM_UBL_OPEN_PROPERTY,
    SM_UBL_SELLER_SCHEME, /* a pair: tax id and its scheme */
    SM_UBL_BUYER_SCHEME,
    SM_UBL_REFERENCE /* a pair: id and DocumentTypeCode */
};

/* The scratch pair. */
struct sm_ubl_pair {
    const char *value;
    const char *code;
};

struct sm_ubl_rule {
    const char *path; /* below the root, with the customary prefixes */
    enum sm_ubl_scope scope;
    enum sm_ubl_kind kind;
    size_t offset;
};

extern const struct sm_ubl_rule sm_ubl_rules[];
extern const size_t sm_ubl_rule_count;

/* The rules as a tree; node 0 is the root element. */
struct sm_ubl_node {
    char space; /* 'a' aggregate (cac), 'b' basic (cbc) */
    uint8_t name_len;
    const char *name; /* local name, inside a rule's path */
    int child, next;  /* 0: none */
    int rule;         /* -1: none */
};

enum { SM_UBL_NODES = 256 };

/* Fill NODES[SM_UBL_NODES] from the rules.  SM_INTERNAL if they do not fit. */
enum sm_status sm_ubl_paths_build(struct sm_ubl_node *nodes) SM_MUSTCHECK;

/* The child of NODE for an element; -1 if it is not wanted. */
int sm_ubl_paths_step(const struct sm_ubl_node *nodes, int node,
                      const char *uri, const char *name);

#endif
