{{SUBJECT}}

[[You started a payment of {{AMOUNT}} on {{STARTED_AT}}. We do not know its result yet. Do not pay again.]]

[[We keep asking the card processor and write again as soon as we know, at the latest by {{ASK_BY}}. After that a person looks into it.]]

[[The state of your payment]]:
{{STATUS_URL}}

{{>_mail_foot}}
