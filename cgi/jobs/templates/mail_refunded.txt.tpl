{{SUBJECT}}

[[{{BACK}} of your payment of {{PAID}} from {{PAID_AT}} goes back to the card or account that it came from. Banks show it after a few days, at most ten.]]

[[The state of your payment]]:
{{STATUS_URL}}

{{>_mail_foot}}
