{{SUBJECT}}

{{#TWICE}}
[[The bill with the payment code …{{CODE_HINT}} was paid twice. Your payment of {{PAID}} from {{PAID_AT}} was the second one.]]
{{/TWICE}}
{{#MORE}}
[[Your payment of {{PAID}} from {{PAID_AT}} for the payment code …{{CODE_HINT}} was more than was owed.]]
{{/MORE}}

[[{{BACK}} of it is credit on the account and lowers the next bill by itself; you need not do anything. If you would rather have it back, press the button on this page and it returns to the card or account that it came from.]]

[[Keep it as credit or have it back]]:
{{STATUS_URL}}

{{>_mail_foot}}
