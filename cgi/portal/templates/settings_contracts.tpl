{{%AUTOESCAPE context="HTML"}}
{{>_head}}
<title>{{#HAS_ERRORS}}[[Error:]] {{/HAS_ERRORS}}[[Contracts]] - {{COMPANY_NAME}}</title>
{{>_top}}
<main id="main">
{{>_errors}}
<h1>[[Contracts]]</h1>
{{#NEWS_IS_ADDED}}
<p class="good" role="status">[[The contract was added.]]</p>
{{/NEWS_IS_ADDED}}
{{#NEWS_IS_ASKED}}
<p class="good" role="status">[[This contract is in somebody's account already. Its owner was asked by e-mail; you see it as soon as they agree.]]</p>
{{/NEWS_IS_ASKED}}
{{#NEWS_IS_SAME}}
<p class="good" role="status">[[This contract was in your account already.]]</p>
{{/NEWS_IS_SAME}}
<dl class="rows">
{{#CONTRACTS}}
<div><dt>[[Code …{{CODE_HINT}}]]</dt><dd>{{#IS_ACTIVE}}[[shown]]{{/IS_ACTIVE}}{{#IS_ASKED}}[[waits for its owner]]{{/IS_ASKED}}{{#IS_REVIEWED}}[[waits for our check]]{{/IS_REVIEWED}}{{#HAS_ENDS}} [[until {{ENDS_AT}}]]{{/HAS_ENDS}}</dd></div>
{{/CONTRACTS}}
</dl>
<h2>[[Add a contract]]</h2>
<form method="post" action="/{{LANG}}/settings/contracts" novalidate>
{{>_form}}
{{>_field_client_code}}
{{>_field_invoice_no}}
<p class="actions"><button type="submit">[[Add the contract]]</button></p>
</form>
<p>[[You represent a company, an institution or an association?]] <a href="/{{LANG}}/settings/representative">[[Act for an organisation]]</a></p>
</main>
{{>_foot}}
