{{SUBJECT}}

{{PAID}}
{{#POSTED}}
[[The payment stands on your account.]]
{{/POSTED}}
{{#POSTED_LATER}}
[[The payment is received. It stands on your account by {{POST_BY}} at the latest.]]
{{/POSTED_LATER}}

[[Receipt number]]: {{RECEIPT_NO}}
[[Paid at]]: {{PAID_AT}}
[[Payment code]]: …{{CODE_HINT}}
[[Reference]]: {{REFERENCE}}

[[What it paid]]:
{{#PARTS}}
- {{#PART_INVOICE}}[[Invoice {{PART_NUMBER}}]]{{/PART_INVOICE}}{{#PART_CREDIT}}[[Credit for the next bill]]{{/PART_CREDIT}}: {{PART_SUM}}
{{/PARTS}}

[[Show the receipt]]:
{{RECEIPT_URL}}

[[Anybody can check at this address that the receipt is genuine:]]
{{CHECK_URL}}

{{>_mail_foot}}
