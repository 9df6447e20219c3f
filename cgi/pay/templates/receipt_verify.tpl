{{%AUTOESCAPE context="HTML"}}
{{>_head}}
<title>[[Is the receipt genuine?]] - {{COMPANY_NAME}}</title>
{{>_top}}
<main id="main">
<h1>[[Is the receipt genuine?]]</h1>
{{#TRUE}}
<p class="good" role="status">[[Yes. We issued it, and the money was received. Compare number, time and sum with the paper.]]</p>
<section class="slip" aria-label="[[The receipt]]">
<p class="sum">{{PAID}}</p>
<dl class="rows">
<div><dt>[[Receipt number]]</dt><dd>{{RECEIPT_NO}}</dd></div>
<div><dt>[[Paid at]]</dt><dd>{{PAID_AT}}</dd></div>
</dl>
</section>
{{/TRUE}}
{{#FALSE}}
<p class="warn" role="status">[[No. We issued no receipt with this address. Check that it was copied whole.]]</p>
{{/FALSE}}
</main>
{{>_foot}}
