#include "domain/ubl.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/text.h"
#include "domain/import_value.h"
#include "domain/ubl_paths.h"
#include "xml/xml.h"

struct sm_ubl_reader {
    struct sm_xml *xml;
    struct sm_ubl_node nodes[SM_UBL_NODES];
    struct sm_buf text; /* of the wanted leaf that is open */
    /* of the document being read */
    struct sm_arena *arena;
    struct sm_ubl_document *doc;
    struct sm_ubl_problem *problem;
    int stack[SM_UBL_DEPTH_MAX + 1]; /* node of each open element, or -1 */
    int depth;
    int taxes;
    int properties;
    struct sm_ubl_pair pair;
    struct sm_ubl_tax *tax;           /* the group opened last */
    struct sm_ubl_line *line;         /* the same */
    struct sm_ubl_property *property; /* the same */
    char attribute[16]; /* unitCode or currencyID of the open leaf */
    bool attribute_bad;
};

static const struct sm_ubl_rule *rule_at(const struct sm_ubl_reader *r)
{
    int node = r->stack[r->depth];

    if (node < 0 || r->nodes[node].rule < 0)
        return NULL;
    return &sm_ubl_rules[r->nodes[node].rule];
}

/* Say what is wrong with the element that is open. */
static enum sm_status refuse(struct sm_ubl_reader *r, const char *reason)
{
    const struct sm_ubl_rule *rule = rule_at(r);
    const char *root = r->doc->credit_note ? "/CreditNote" : "/Invoice";
    const char *path = rule ? rule->path : "";
    int head = (int)strcspn(path, "/");
    struct sm_ubl_problem *p = r->problem;

    if (rule && (rule->scope == SM_UBL_LINE || rule->scope == SM_UBL_PROPERTY))
        snprintf(p->xpath, sizeof(p->xpath), "%s/%.*s[%d]%s", root, head, path,
                 r->doc->nlines, path + head);
    else if (rule && rule->scope == SM_UBL_TAX)
        snprintf(p->xpath, sizeof(p->xpath), "%s/%.*s/cac:TaxSubtotal[%d]%s",
                 root, head, path, r->taxes,
                 path + strlen("cac:TaxTotal/cac:TaxSubtotal"));
    else
        snprintf(p->xpath, sizeof(p->xpath), "%s/%s", root, path);
    sm_copy(p->reason, sizeof(p->reason), reason);
    return SM_INVALID;
}

static enum sm_status no_memory(struct sm_ubl_reader *r)
{
    return refuse(r, "the document needs too much memory");
}

/* Where a value of SCOPE goes, or NULL outside of its group. */
static void *target(struct sm_ubl_reader *r, enum sm_ubl_scope scope)
{
    switch (scope) {
    case SM_UBL_DOCUMENT:
        return r->doc;
    case SM_UBL_SELLER:
        return &r->doc->seller;
    case SM_UBL_BUYER:
        return &r->doc->buyer;
    case SM_UBL_PAIR:
        return &r->pair;
    case SM_UBL_TAX:
        return r->tax;
    case SM_UBL_LINE:
        return r->line;
    case SM_UBL_PROPERTY:
        return r->property;
    case SM_UBL_SCOPES:
        break;
    }
    return NULL;
}

static void set_if_absent(const char **member, const char *text)
{
    if (!*member)
        *member = text;
}

/* Append a new item to the list of its kind. */
static enum sm_status open_group(struct sm_ubl_reader *r, enum sm_ubl_kind kind)
{
    if (kind == SM_UBL_OPEN_LINE) {
        struct sm_ubl_line *line = sm_arena_alloc(r->arena, sizeof(*line));

        if (!line)
            return no_memory(r);
        if (r->line)
            r->line->next = line;
        else
            r->doc->lines = line;
        r->line = line;
        r->property = NULL;
        r->doc->nlines++;
    } else if (kind == SM_UBL_OPEN_TAX) {
        struct sm_ubl_tax *tax = sm_arena_alloc(r->arena, sizeof(*tax));

        if (!tax)
            return no_memory(r);
        if (r->tax)
            r->tax->next = tax;
        else
            r->doc->taxes = tax;
        r->tax = tax;
        r->taxes++;
    } else if (kind == SM_UBL_OPEN_PROPERTY && r->line) {
        struct sm_ubl_property *property =
            sm_arena_alloc(r->arena, sizeof(*property));

        if (!property)
            return no_memory(r);
        if (r->property)
            r->property->next = property;
        else
            r->line->properties = property;
        r->property = property;
    }
    memset(&r->pair, 0, sizeof(r->pair));
    return SM_OK;
}

static void close_scheme(struct sm_ubl_party *party,
                         const struct sm_ubl_pair *pair)
{
    if (pair->value && pair->code && strcmp(pair->code, "VAT") == 0)
        set_if_absent(&party->vat_id, pair->value);
    else if (pair->value)
        set_if_absent(&party->tax_id, pair->value);
}

static void close_group(struct sm_ubl_reader *r, enum sm_ubl_kind kind)
{
    if (kind == SM_UBL_SELLER_SCHEME)
        close_scheme(&r->doc->seller, &r->pair);
    else if (kind == SM_UBL_BUYER_SCHEME)
        close_scheme(&r->doc->buyer, &r->pair);
    else if (kind == SM_UBL_REFERENCE && r->pair.value && r->pair.code &&
             strcmp(r->pair.code, "130") == 0)
        set_if_absent(&r->doc->object, r->pair.value);
}

static enum sm_status store_amount(struct sm_ubl_reader *r,
                                   struct sm_ubl_amount *amount,
                                   const char *text)
{
    const char *currency = r->doc->currency;
    int scale = currency ? sm_import_currency_scale(currency) : -1;

    if (scale < 0)
        return refuse(r, "an amount before a valid DocumentCurrencyCode");
    if (r->attribute_bad || r->attribute[0] == '\0')
        return refuse(r, "the amount has no currencyID");
    if (strcmp(r->attribute, currency) != 0) {
        /* The VAT total in the accounting currency (BT-111) stands beside
         * the one in the document's currency. */
        if (r->doc->tax_currency &&
            strcmp(r->attribute, r->doc->tax_currency) == 0)
            return SM_OK;
        return refuse(r, "the amount is in another currency");
    }
    if (amount->set)
        return SM_OK;
    if (sm_import_decimal(&amount->minor, text, scale) != SM_OK)
        return refuse(r, "not an amount of this currency");
    amount->set = true;
    return SM_OK;
}

static enum sm_status store_date(struct sm_ubl_reader *r, struct sm_date *date,
                                 const char *text)
{
    if (date->year != 0)
        return SM_OK;
    if (sm_parse_date(date, text) != SM_OK)
        return refuse(r, "not a date YYYY-MM-DD");
    return SM_OK;
}

/* A plain decimal of at most 30 characters, whatever its precision. */
static bool is_decimal(const char *text)
{
    const char *at = text + (*text == '-' || *text == '+');
    size_t digits = 0;
    bool point = false;

    for (; *at; at++) {
        if (*at == '.' && !point)
            point = true;
        else if (sm_is_digit(*at))
            digits++;
        else
            return false;
    }
    return digits > 0 && at - text <= 30;
}

static enum sm_status store_decimal(struct sm_ubl_reader *r,
                                    const struct sm_ubl_rule *rule,
                                    const char **member, const char *text)
{
    if (!is_decimal(text))
        return refuse(r, "not a decimal number");
    set_if_absent(member, text);
    if (rule->kind != SM_UBL_QUANTITY)
        return SM_OK;
    if (r->attribute_bad)
        return refuse(r, "the unitCode is too long");
    r->line->unit = sm_arena_strdup(r->arena, r->attribute);
    return r->line->unit ? SM_OK : no_memory(r);
}

static void store_id(struct sm_ubl_party *party, const char *text)
{
    if (party->nids < SM_UBL_BUYER_IDS)
        party->ids[party->nids++] = text;
}

/* Store the leaf that closes. */
static enum sm_status store(struct sm_ubl_reader *r,
                            const struct sm_ubl_rule *rule)
{
    char *base = target(r, rule->scope);
    const char *start = r->text.data + strspn(r->text.data, " \t\r\n");
    size_t len = strlen(start);
    const char *text;

    if (!sm_buf_ok(&r->text))
        return refuse(r, "the text is too long");
    while (len > 0 && strchr(" \t\r\n", start[len - 1]))
        len--;
    if (len == 0 || !base)
        return SM_OK;
    text = sm_arena_strndup(r->arena, start, len);
    if (!text)
        return no_memory(r);
    base += rule->offset;
    if (rule->kind == SM_UBL_TEXT)
        set_if_absent((const char **)(void *)base, text);
    else if (rule->kind == SM_UBL_PARTY_ID)
        store_id((struct sm_ubl_party *)(void *)base, text);
    else if (rule->kind == SM_UBL_AMOUNT)
        return store_amount(r, (struct sm_ubl_amount *)(void *)base, text);
    else if (rule->kind == SM_UBL_DATE)
        return store_date(r, (struct sm_date *)(void *)base, text);
    else
        return store_decimal(r, rule, (const char **)(void *)base, text);
    return SM_OK;
}

static bool is_leaf(const struct sm_ubl_rule *rule)
{
    return rule->kind >= SM_UBL_TEXT && rule->kind <= SM_UBL_PARTY_ID;
}

static enum sm_status open_root(struct sm_ubl_reader *r,
                                const struct sm_xml_element *element)
{
    static const char ns[] = "urn:oasis:names:specification:ubl:schema:xsd:";
    bool ubl = strncmp(element->uri, ns, sizeof(ns) - 1) == 0;
    const char *type = ubl ? element->uri + sizeof(ns) - 1 : "";

    if (strcmp(type, "CreditNote-2") == 0 &&
        strcmp(element->name, "CreditNote") == 0)
        r->doc->credit_note = true;
    else if (strcmp(type, "Invoice-2") != 0 ||
             strcmp(element->name, "Invoice") != 0) {
        sm_copy(r->problem->xpath, sizeof(r->problem->xpath), "/*");
        sm_copy(r->problem->reason, sizeof(r->problem->reason),
                "not a UBL 2.1 Invoice or CreditNote");
        return SM_INVALID;
    }
    r->stack[r->depth] = 0;
    return SM_OK;
}

/* Remember the attribute that gives the leaf its meaning. */
static void note_attribute(struct sm_ubl_reader *r,
                           const struct sm_xml_element *element,
                           enum sm_ubl_kind kind)
{
    const char *name = kind == SM_UBL_AMOUNT ? "currencyID" : "unitCode";
    enum sm_status status;

    status =
        sm_xml_attribute(r->attribute, sizeof(r->attribute), element, name);
    r->attribute_bad = status == SM_INVALID;
    if (status != SM_OK)
        r->attribute[0] = '\0';
}

static enum sm_status on_open(void *ctx, const struct sm_xml_element *element,
                              struct sm_error *err)
{
    struct sm_ubl_reader *r = ctx;
    const struct sm_ubl_rule *rule;

    (void)err;
    r->depth++;
    if (r->depth == 1)
        return open_root(r, element);
    r->stack[r->depth] = sm_ubl_paths_step(r->nodes, r->stack[r->depth - 1],
                                           element->uri, element->name);
    rule = rule_at(r);
    if (!rule)
        return SM_OK;
    if (!is_leaf(rule))
        return open_group(r, rule->kind);
    sm_buf_clear(&r->text);
    if (rule->kind == SM_UBL_AMOUNT || rule->kind == SM_UBL_QUANTITY)
        note_attribute(r, element, rule->kind);
    return SM_OK;
}

static enum sm_status on_text(void *ctx, const char *text, size_t len,
                              struct sm_error *err)
{
    struct sm_ubl_reader *r = ctx;
    const struct sm_ubl_rule *rule = rule_at(r);

    (void)err;
    if (rule && is_leaf(rule))
        sm_buf_add(&r->text, text, len);
    return SM_OK;
}

static enum sm_status on_close(void *ctx, struct sm_error *err)
{
    struct sm_ubl_reader *r = ctx;
    const struct sm_ubl_rule *rule = r->depth > 1 ? rule_at(r) : NULL;
    enum sm_status status = SM_OK;

    (void)err;
    if (rule && is_leaf(rule))
        status = store(r, rule);
    else if (rule)
        close_group(r, rule->kind);
    if (status == SM_OK)
        r->depth--;
    return status;
}

static void fill_party(struct sm_ubl_party *p)
{
    const char **texts[] = {
        &p->name,    &p->trade_name, &p->vat_id, &p->tax_id,   &p->legal_id,
        &p->street,  &p->street2,    &p->city,   &p->postcode, &p->region,
        &p->country, &p->phone,      &p->email};

    set_if_absent(&p->name, p->trade_name);
    for (size_t i = 0; i < SM_COUNT(texts); i++)
        set_if_absent(texts[i], "");
}

/* Absent texts become "", so that nobody after this meets a NULL. */
static void fill_absent(struct sm_ubl_document *d)
{
    const char **texts[] = {&d->number,
                            &d->type_code,
                            &d->note,
                            &d->currency,
                            &d->contract,
                            &d->object,
                            &d->place,
                            &d->preceding,
                            &d->iban,
                            &d->tax_currency,
                            &d->payment_reference,
                            &d->customization,
                            &d->payment_means,
                            &d->terms};

    for (size_t i = 0; i < SM_COUNT(texts); i++)
        set_if_absent(texts[i], "");
    fill_party(&d->seller);
    fill_party(&d->buyer);
    for (struct sm_ubl_tax *t = d->taxes; t; t = t->next) {
        set_if_absent(&t->category, "");
        set_if_absent(&t->percent, "");
        set_if_absent(&t->reason, "");
        set_if_absent(&t->reason_code, "");
    }
    for (struct sm_ubl_line *l = d->lines; l; l = l->next) {
        const char **line[] = {&l->id,       &l->note,        &l->object,
                               &l->quantity, &l->unit,        &l->name,
                               &l->price,    &l->description, &l->price_base,
                               &l->category, &l->percent};

        for (size_t i = 0; i < SM_COUNT(line); i++)
            set_if_absent(line[i], "");
        for (struct sm_ubl_property *p = l->properties; p; p = p->next) {
            set_if_absent(&p->name, "");
            set_if_absent(&p->value, "");
        }
    }
}

enum sm_status sm_ubl_reader_new(struct sm_ubl_reader **out,
                                 struct sm_error *err)
{
    static const struct sm_xml_limits limits = {.bytes = SM_UBL_BYTES_MAX,
                                                .depth = SM_UBL_DEPTH_MAX,
                                                .nodes = SM_UBL_NODES_MAX};
    struct sm_ubl_reader *r = calloc(1, sizeof(*r));
    enum sm_status status;

    *out = NULL;
    if (!r)
        return SM_FAIL(err, SM_INTERNAL, "out of memory");
    sm_buf_init(&r->text, SM_UBL_TEXT_MAX);
    status = sm_ubl_paths_build(r->nodes);
    if (status == SM_OK)
        status = sm_xml_new(&r->xml, &limits, err);
    if (status != SM_OK) {
        sm_ubl_reader_free(r);
        return status;
    }
    *out = r;
    return SM_OK;
}

void sm_ubl_reader_free(struct sm_ubl_reader *reader)
{
    if (!reader)
        return;
    sm_xml_free(reader->xml);
    sm_buf_release(&reader->text);
    free(reader);
}

static void begin(struct sm_ubl_reader *r, struct sm_arena *arena,
                  struct sm_ubl_problem *problem)
{
    r->arena = arena;
    r->problem = problem;
    r->depth = 0;
    r->stack[0] = -1;
    r->taxes = 0;
    r->tax = NULL;
    r->line = NULL;
    r->property = NULL;
    memset(&r->pair, 0, sizeof(r->pair));
    memset(problem, 0, sizeof(*problem));
}

enum sm_status sm_ubl_read(struct sm_ubl_document **out,
                           struct sm_ubl_reader *reader, struct sm_arena *arena,
                           const char *bytes, size_t len,
                           struct sm_ubl_problem *problem, struct sm_error *err)
{
    const struct sm_xml_handler handler = {reader, on_open, on_text, on_close};
    struct sm_error local = {0};
    enum sm_status status;

    *out = NULL;
    begin(reader, arena, problem);
    reader->doc = sm_arena_alloc(arena, sizeof(*reader->doc));
    if (!reader->doc)
        return SM_FAIL(err, SM_INTERNAL, "out of memory");
    status = sm_xml_parse(reader->xml, bytes, len, &handler, &local);
    if (status != SM_OK) {
        if (problem->reason[0] == '\0') {
            sm_copy(problem->xpath, sizeof(problem->xpath), "/");
            sm_copy(problem->reason, sizeof(problem->reason), local.message);
        }
        return SM_FAIL(err, status, "the document is refused");
    }
    fill_absent(reader->doc);
    *out = reader->doc;
    return SM_OK;
}
