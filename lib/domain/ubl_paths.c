#include "domain/ubl_paths.h"

#include <stdbool.h>
#include <string.h>

#include "domain/ubl.h"

#define DOC(kind_, path_, member)                                              \
    {                                                                          \
        path_, SM_UBL_DOCUMENT, SM_UBL_##kind_,                                \
            offsetof(struct sm_ubl_document, member)                           \
    }
#define GROUP(kind_, path_)                                                    \
    {                                                                          \
        path_, SM_UBL_DOCUMENT, SM_UBL_##kind_, 0                              \
    }
#define PAIR(path_, member)                                                    \
    {                                                                          \
        path_, SM_UBL_PAIR, SM_UBL_TEXT, offsetof(struct sm_ubl_pair, member)  \
    }
#define PARTY(scope_, path_, member)                                           \
    {                                                                          \
        path_, scope_, SM_UBL_TEXT, offsetof(struct sm_ubl_party, member)      \
    }
#define TAX(kind_, path_, member)                                              \
    {                                                                          \
        "cac:TaxTotal/cac:TaxSubtotal/" path_, SM_UBL_TAX, SM_UBL_##kind_,     \
            offsetof(struct sm_ubl_tax, member)                                \
    }
#define LINE(kind_, root, path_, member)                                       \
    {                                                                          \
        root "/" path_, SM_UBL_LINE, SM_UBL_##kind_,                           \
            offsetof(struct sm_ubl_line, member)                               \
    }
#define PROPERTY(root, path_, member)                                          \
    {                                                                          \
        root "/cac:Item/cac:AdditionalItemProperty/" path_, SM_UBL_PROPERTY,   \
            SM_UBL_TEXT, offsetof(struct sm_ubl_property, member)              \
    }

#define PARTY_RULES(root, scope, scheme)                                       \
    PARTY(scope, root "/cac:PartyName/cbc:Name", trade_name),                  \
        {root "/cac:PartyIdentification/cbc:ID", scope, SM_UBL_PARTY_ID, 0},   \
        PARTY(scope, root "/cac:PostalAddress/cbc:StreetName", street),        \
        PARTY(scope, root "/cac:PostalAddress/cbc:AdditionalStreetName",       \
              street2),                                                        \
        PARTY(scope, root "/cac:PostalAddress/cbc:CityName", city),            \
        PARTY(scope, root "/cac:PostalAddress/cbc:PostalZone", postcode),      \
        PARTY(scope, root "/cac:PostalAddress/cbc:CountrySubentity", region),  \
        PARTY(scope,                                                           \
              root "/cac:PostalAddress/cac:Country/cbc:IdentificationCode",    \
              country),                                                        \
        GROUP(scheme, root "/cac:PartyTaxScheme"),                             \
        PAIR(root "/cac:PartyTaxScheme/cbc:CompanyID", value),                 \
        PAIR(root "/cac:PartyTaxScheme/cac:TaxScheme/cbc:ID", code),           \
        PARTY(scope, root "/cac:PartyLegalEntity/cbc:RegistrationName", name), \
        PARTY(scope, root "/cac:PartyLegalEntity/cbc:CompanyID", legal_id),    \
        PARTY(scope, root "/cac:Contact/cbc:Telephone", phone),                \
        PARTY(scope, root "/cac:Contact/cbc:ElectronicMail", email)

#define LINE_RULES(root, quantity_name)                                        \
    GROUP(OPEN_LINE, root), LINE(TEXT, root, "cbc:ID", id),                    \
        LINE(TEXT, root, "cbc:Note", note),                                    \
        LINE(QUANTITY, root, quantity_name, quantity),                         \
        LINE(AMOUNT, root, "cbc:LineExtensionAmount", net),                    \
        LINE(DATE, root, "cac:InvoicePeriod/cbc:StartDate", from),             \
        LINE(DATE, root, "cac:InvoicePeriod/cbc:EndDate", to),                 \
        LINE(TEXT, root, "cac:DocumentReference/cbc:ID", object),              \
        LINE(TEXT, root, "cac:Item/cbc:Name", name),                           \
        LINE(TEXT, root, "cac:Item/cbc:Description", description),             \
        LINE(TEXT, root, "cac:Item/cac:ClassifiedTaxCategory/cbc:ID",          \
             category),                                                        \
        LINE(DECIMAL, root, "cac:Item/cac:ClassifiedTaxCategory/cbc:Percent",  \
             percent),                                                         \
        LINE(DECIMAL, root, "cac:Price/cbc:PriceAmount", price),               \
        LINE(DECIMAL, root, "cac:Price/cbc:BaseQuantity", price_base),         \
        GROUP(OPEN_PROPERTY, root "/cac:Item/cac:AdditionalItemProperty"),     \
        PROPERTY(root, "cbc:Name", name), PROPERTY(root, "cbc:Value", value)

/* clang-format off */
const struct sm_ubl_rule sm_ubl_rules[] = {
    DOC(TEXT, "cbc:CustomizationID", customization),
    DOC(TEXT, "cbc:ID", number),
    DOC(DATE, "cbc:IssueDate", issued_on),
    DOC(DATE, "cbc:DueDate", due_on),
    DOC(TEXT, "cbc:InvoiceTypeCode", type_code),
    DOC(TEXT, "cbc:CreditNoteTypeCode", type_code),
    DOC(TEXT, "cbc:Note", note),
    DOC(TEXT, "cbc:DocumentCurrencyCode", currency),
    DOC(TEXT, "cbc:TaxCurrencyCode", tax_currency),
    DOC(DATE, "cac:InvoicePeriod/cbc:StartDate", from),
    DOC(DATE, "cac:InvoicePeriod/cbc:EndDate", to),
    DOC(TEXT, "cac:BillingReference/cac:InvoiceDocumentReference/cbc:ID",
        preceding),
    DOC(TEXT, "cac:ContractDocumentReference/cbc:ID", contract),
    GROUP(REFERENCE, "cac:AdditionalDocumentReference"),
    PAIR("cac:AdditionalDocumentReference/cbc:ID", value),
    PAIR("cac:AdditionalDocumentReference/cbc:DocumentTypeCode", code),
    PARTY_RULES("cac:AccountingSupplierParty/cac:Party", SM_UBL_SELLER,
        SELLER_SCHEME),
    PARTY_RULES("cac:AccountingCustomerParty/cac:Party", SM_UBL_BUYER,
        BUYER_SCHEME),
    DOC(TEXT, "cac:Delivery/cac:DeliveryLocation/cbc:ID", place),
    DOC(DATE, "cac:PaymentMeans/cbc:PaymentDueDate", due_on),
    DOC(TEXT, "cac:PaymentMeans/cbc:PaymentMeansCode", payment_means),
    DOC(TEXT, "cac:PaymentMeans/cbc:PaymentID", payment_reference),
    DOC(TEXT, "cac:PaymentMeans/cac:PayeeFinancialAccount/cbc:ID", iban),
    DOC(TEXT, "cac:PaymentTerms/cbc:Note", terms),
    DOC(AMOUNT, "cac:TaxTotal/cbc:TaxAmount", tax),
    GROUP(OPEN_TAX, "cac:TaxTotal/cac:TaxSubtotal"),
    TAX(AMOUNT, "cbc:TaxableAmount", base),
    TAX(AMOUNT, "cbc:TaxAmount", tax),
    TAX(TEXT, "cac:TaxCategory/cbc:ID", category),
    TAX(DECIMAL, "cac:TaxCategory/cbc:Percent", percent),
    TAX(TEXT, "cac:TaxCategory/cbc:TaxExemptionReason", reason),
    TAX(TEXT, "cac:TaxCategory/cbc:TaxExemptionReasonCode", reason_code),
    DOC(AMOUNT, "cac:LegalMonetaryTotal/cbc:LineExtensionAmount", line_net),
    DOC(AMOUNT, "cac:LegalMonetaryTotal/cbc:TaxExclusiveAmount", net),
    DOC(AMOUNT, "cac:LegalMonetaryTotal/cbc:TaxInclusiveAmount", total),
    DOC(AMOUNT, "cac:LegalMonetaryTotal/cbc:AllowanceTotalAmount",
        allowances),
    DOC(AMOUNT, "cac:LegalMonetaryTotal/cbc:ChargeTotalAmount", charges),
    DOC(AMOUNT, "cac:LegalMonetaryTotal/cbc:PrepaidAmount", prepaid),
    DOC(AMOUNT, "cac:LegalMonetaryTotal/cbc:PayableRoundingAmount",
        rounding),
    DOC(AMOUNT, "cac:LegalMonetaryTotal/cbc:PayableAmount", payable),
    LINE_RULES("cac:InvoiceLine", "cbc:InvoicedQuantity"),
    LINE_RULES("cac:CreditNoteLine", "cbc:CreditedQuantity"),
};
/* clang-format on */

const size_t sm_ubl_rule_count = SM_COUNT(sm_ubl_rules);

/* The child of PARENT with this name, or 0. */
static int find(const struct sm_ubl_node *nodes, int parent, char space,
                const char *name, size_t len)
{
    int n = nodes[parent].child;

    while (n && !(nodes[n].space == space && nodes[n].name_len == len &&
                  memcmp(nodes[n].name, name, len) == 0))
        n = nodes[n].next;
    return n;
}

enum sm_status sm_ubl_paths_build(struct sm_ubl_node *nodes)
{
    int used = 1;

    memset(nodes, 0, SM_UBL_NODES * sizeof(*nodes));
    nodes[0].rule = -1;
    for (size_t r = 0; r < sm_ubl_rule_count; r++) {
        const char *at = sm_ubl_rules[r].path;
        int node = 0;

        while (*at) {
            char space = at[1]; /* "cac:" or "cbc:" */
            size_t len = strcspn(at, "/") - 4;
            int child = find(nodes, node, space, at + 4, len);

            if (!child) {
                if (used == SM_UBL_NODES)
                    return SM_INTERNAL;
                child = used++;
                nodes[child] = (struct sm_ubl_node){.space = space,
                                                    .name_len = (uint8_t)len,
                                                    .name = at + 4,
                                                    .next = nodes[node].child,
                                                    .rule = -1};
                nodes[node].child = child;
            }
            node = child;
            at += 4 + len;
            at += *at == '/';
        }
        nodes[node].rule = (int)r;
    }
    return SM_OK;
}

int sm_ubl_paths_step(const struct sm_ubl_node *nodes, int node,
                      const char *uri, const char *name)
{
    static const char common[] =
        "urn:oasis:names:specification:ubl:schema:xsd:Common";
    int child;
    char space;

    if (node < 0 || strncmp(uri, common, sizeof(common) - 1) != 0)
        return -1;
    uri += sizeof(common) - 1;
    if (strcmp(uri, "AggregateComponents-2") == 0)
        space = 'a';
    else if (strcmp(uri, "BasicComponents-2") == 0)
        space = 'b';
    else
        return -1;
    child = find(nodes, node, space, name, strlen(name));
    return child ? child : -1;
}
