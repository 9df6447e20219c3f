{{SUBJECT}}

{{NOTICE_TEXT}}
{{#HAS_WHO}}

{{WHO}}
{{/HAS_WHO}}
{{#HAS_LINK}}

{{NOTICE_LINK}}:
{{OPEN_URL}}
{{/HAS_LINK}}
{{#HAS_AFTER}}

{{NOTICE_AFTER}}
{{/HAS_AFTER}}

{{>_mail_foot}}
