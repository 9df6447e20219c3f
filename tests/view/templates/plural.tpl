{{%AUTOESCAPE context="HTML"}}
<p title="[[N: {{N}} invoice | {{N}} invoices]]">[[N: {{N}} invoice
  | {{N}} invoices]], [[verb|Open]], [[Open]]</p>
