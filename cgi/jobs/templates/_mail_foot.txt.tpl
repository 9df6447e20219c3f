{{#HAS_PHONE}}
[[Questions? Call {{PHONE}}.]]

{{/HAS_PHONE}}
-- 
{{COMPANY_NAME}}
[[This message was written by a machine; an answer to it is not read. We never ask for card data by e-mail.]]
