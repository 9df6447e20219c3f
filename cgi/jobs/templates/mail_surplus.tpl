{{%AUTOESCAPE context="HTML"}}
{{>_mail_head}}
{{#TWICE}}
<p>[[The bill with the payment code …{{CODE_HINT}} was paid twice. Your payment of {{PAID}} from {{PAID_AT}} was the second one.]]</p>
{{/TWICE}}
{{#MORE}}
<p>[[Your payment of {{PAID}} from {{PAID_AT}} for the payment code …{{CODE_HINT}} was more than was owed.]]</p>
{{/MORE}}
<p>[[{{BACK}} of it is credit on the account and lowers the next bill by itself; you need not do anything. If you would rather have it back, press the button on this page and it returns to the card or account that it came from.]]</p>
<p style="margin:24px 0"><a href="{{STATUS_URL}}">[[Keep it as credit or have it back]]</a></p>
{{>_mail_foot}}
