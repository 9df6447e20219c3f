{{%AUTOESCAPE context="HTML"}}
{{>_head}}
<title>[[Payment of {{RECEIVED_ON}}]] - {{COMPANY_NAME}}</title>
{{>_top}}
<main id="main">
<p class="back"><a href="/{{LANG}}/payments">[[All payments]]</a></p>
<h1>[[Payment of {{RECEIVED_ON}}]]</h1>
<div class="two even">
<section class="slip" aria-labelledby="sum-title">
<h2 id="sum-title">[[Amount]]</h2>
<p class="sum">{{PAID}}</p>
<dl class="rows">
<div><dt>[[How]]</dt><dd>{{>_paid_how}}</dd></div>
<div><dt>[[Received]]</dt><dd>{{RECEIVED_ON}}</dd></div>
<div><dt>[[State]]</dt><dd>{{>_payment_state}}</dd></div>
<div><dt>[[Payment code]]</dt><dd>…{{CODE_HINT}}</dd></div>
<div><dt>[[Reference]]</dt><dd>{{REFERENCE}}</dd></div>
</dl>
</section>
{{#HAS_PARTS}}
<section class="slip" aria-labelledby="parts-title">
<h2 id="parts-title">[[Which bills it paid]]</h2>
<dl class="rows">
{{#PARTS}}
<div><dt><a href="/{{LANG}}/invoices/{{BILL_ID}}">{{NUMBER}}</a> <span class="quiet">…{{CODE_HINT}}</span></dt><dd>{{PART}}</dd></div>
{{/PARTS}}
{{#HAS_REST}}
<div><dt>[[Credit of the account, which the next bill uses]]</dt><dd>{{REST}}</dd></div>
{{/HAS_REST}}
</dl>
</section>
{{/HAS_PARTS}}
</div>
</main>
{{>_foot}}
