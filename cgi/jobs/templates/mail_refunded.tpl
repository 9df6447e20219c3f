{{%AUTOESCAPE context="HTML"}}
{{>_mail_head}}
<p>[[{{BACK}} of your payment of {{PAID}} from {{PAID_AT}} goes back to the card or account that it came from. Banks show it after a few days, at most ten.]]</p>
<p style="margin:24px 0"><a href="{{STATUS_URL}}">[[The state of your payment]]</a></p>
{{>_mail_foot}}
