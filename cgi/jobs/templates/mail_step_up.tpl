{{%AUTOESCAPE context="HTML"}}
{{>_mail_head}}
<p>[[Somebody, most likely you, typed this address and a payment code on our site. The link opens the bill.]]</p>
<p style="margin:24px 0"><a href="{{OPEN_URL}}">[[Open the bill]]</a></p>
<p>[[The link works once, within 20 minutes. If it was not you, you need not do anything.]]</p>
{{>_mail_foot}}
