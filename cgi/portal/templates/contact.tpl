{{%AUTOESCAPE context="HTML"}}
{{>_head}}
<title>[[Reach us]] - {{COMPANY_NAME}}</title>
{{>_top}}
<main id="main">
<h1>[[Reach us]]</h1>
<section class="slip" aria-label="[[Ways to reach us]]">
<dl class="rows long">
{{#HAS_PHONE}}
<div><dt>[[Telephone]]</dt><dd><a class="phone" href="tel:{{PHONE_URL}}">{{PHONE}}</a></dd></div>
{{/HAS_PHONE}}
{{#HAS_HOURS}}
<div><dt>[[Hours]]</dt><dd>{{HOURS}}</dd></div>
{{/HAS_HOURS}}
{{#HAS_COMPANY_EMAIL}}
<div><dt>[[E-mail]]</dt><dd><a href="mailto:{{COMPANY_EMAIL}}">{{COMPANY_EMAIL}}</a></dd></div>
{{/HAS_COMPANY_EMAIL}}
{{#HAS_ADDRESS}}
<div><dt>[[By post]]</dt><dd>{{COMPANY_NAME}}, {{ADDRESS}}</dd></div>
{{/HAS_ADDRESS}}
{{#HAS_CASH_DESKS}}
<div><dt>[[Cash desks]]</dt><dd>{{CASH_DESKS}}</dd></div>
{{/HAS_CASH_DESKS}}
{{#HAS_IBAN}}
<div><dt>[[Bank account]]</dt><dd>{{IBAN}}</dd></div>
{{/HAS_IBAN}}
</dl>
</section>
<p>[[Have the payment code ready. For a payment made online, its reference is enough. We never ask for your card number, your PIN or a password, neither by telephone nor by e-mail.]]</p>
{{#HAS_REGULATOR}}
<h2>[[If you are not content with our answer]]</h2>
<p>[[Complaints that we could not settle go to:]] {{>_regulator}}</p>
{{/HAS_REGULATOR}}
</main>
{{>_foot}}
