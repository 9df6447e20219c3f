{{%AUTOESCAPE context="HTML"}}
{{>_mail_head}}
<p>{{NOTICE_TEXT}}</p>
{{#HAS_WHO}}
<p><strong>{{WHO}}</strong></p>
{{/HAS_WHO}}
{{#HAS_LINK}}
<p style="margin:24px 0"><a href="{{OPEN_URL}}">{{NOTICE_LINK}}</a></p>
{{/HAS_LINK}}
{{#HAS_AFTER}}
<p>{{NOTICE_AFTER}}</p>
{{/HAS_AFTER}}
{{>_mail_foot}}
