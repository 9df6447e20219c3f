{{%AUTOESCAPE context="HTML"}}
{{>_mail_head}}
<p>[[The bank could not take back {{BACK}} of your payment of {{PAID}} from {{PAID_AT}}: the card may have been closed since.]]</p>
<p>[[The money is not lost: it stands on the account with the payment code …{{CODE_HINT}} and pays what is owed there. A person at our office looks at it and writes to you.]]</p>
<p style="margin:24px 0"><a href="{{STATUS_URL}}">[[The state of your payment]]</a></p>
{{>_mail_foot}}
