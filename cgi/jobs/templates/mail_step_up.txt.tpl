{{SUBJECT}}

[[Somebody, most likely you, typed this address and a payment code on our site. The link opens the bill.]]

[[Open the bill]]:
{{OPEN_URL}}

[[The link works once, within 20 minutes. If it was not you, you need not do anything.]]

{{>_mail_foot}}
