{{%AUTOESCAPE context="HTML"}}
{{>_mail_head}}
<p>[[You started a payment of {{AMOUNT}} on {{STARTED_AT}}. We do not know its result yet. Do not pay again.]]</p>
<p>[[We keep asking the card processor and write again as soon as we know, at the latest by {{ASK_BY}}. After that a person looks into it.]]</p>
<p style="margin:24px 0"><a href="{{STATUS_URL}}">[[The state of your payment]]</a></p>
{{>_mail_foot}}
