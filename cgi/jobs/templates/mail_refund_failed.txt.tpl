{{SUBJECT}}

[[The bank could not take back {{BACK}} of your payment of {{PAID}} from {{PAID_AT}}: the card may have been closed since.]]

[[The money is not lost: it stands on the account with the payment code …{{CODE_HINT}} and pays what is owed there. A person at our office looks at it and writes to you.]]

[[The state of your payment]]:
{{STATUS_URL}}

{{>_mail_foot}}
