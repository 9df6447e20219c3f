{{SUBJECT}}

[[You were asked to wait for the result of a payment of {{AMOUNT}}, started on {{STARTED_AT}}. It is known now: no money was taken.]]

[[The payment is closed at the card processor as well. The bill is still to be paid; you can start again.]]

[[Pay the bill]]:
{{PAY_URL}}

[[The state of your payment]]:
{{STATUS_URL}}

{{>_mail_foot}}
