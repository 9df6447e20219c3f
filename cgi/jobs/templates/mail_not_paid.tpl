{{%AUTOESCAPE context="HTML"}}
{{>_mail_head}}
<p>[[You were asked to wait for the result of a payment of {{AMOUNT}}, started on {{STARTED_AT}}. It is known now: no money was taken.]]</p>
<p>[[The payment is closed at the card processor as well. The bill is still to be paid; you can start again.]]</p>
<p style="margin:24px 0"><a href="{{PAY_URL}}">[[Pay the bill]]</a></p>
<p><a href="{{STATUS_URL}}">[[The state of your payment]]</a></p>
{{>_mail_foot}}
