{{! A plain text. }}
[[Open]]: {{NUMBER}}

{{#ROW}}
- {{LABEL}}
{{/ROW}}

{{>_sign}}
