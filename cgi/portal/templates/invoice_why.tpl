{{%AUTOESCAPE context="HTML"}}
{{>_head}}
<title>[[Why this sum?]] - {{NUMBER}} - {{COMPANY_NAME}}</title>
{{>_top}}
<main id="main">
<p class="back"><a href="/{{LANG}}/invoices/{{BILL_ID}}">[[Bill]] {{NUMBER}}</a></p>
<h1>[[Why this sum?]]</h1>
<p class="lead">[[Bill {{NUMBER}}: {{VALUE}}]]{{#HAS_DAYS}} [[DAYS_NOW: for {{DAYS_NOW}} day | for {{DAYS_NOW}} days]]{{/HAS_DAYS}}</p>
<section aria-labelledby="lines-title">
<h2 id="lines-title">[[Each line]]</h2>
<ul class="plain">
{{#LINES}}
<li class="note"><strong>{{LINE_NAME}}</strong><br>{{#PRODUCT}}{{QUANTITY}} {{UNIT}} × {{PRICE}} = {{NET}}{{/PRODUCT}}{{#SUM_ONLY}}{{NET}}{{/SUM_ONLY}}{{#ROUNDED}} <span class="quiet">[[rounded to the smallest coin]]</span>{{/ROUNDED}}{{#DIFFERS}}<br><span class="quiet">[[Quantity times price gives another sum: a discount or a price of several steps is in it. Ask us if it is not clear.]]</span>{{/DIFFERS}}</li>
{{/LINES}}
</ul>
</section>
{{#HAS_REGISTERS}}
<section>
<h2 id="meters-title">[[What the meters showed]]</h2>
<div class="scroll" tabindex="0" role="region" aria-labelledby="meters-title">
<table>
<thead>
<tr><th scope="col">[[Meter]]</th><th scope="col" class="amount">[[Before]]</th><th scope="col" class="amount">[[Now]]</th><th scope="col" class="amount">[[Billed]]</th></tr>
</thead>
<tbody>
{{#REGISTERS}}
<tr><th scope="row">{{METER}} {{REGISTER_NAME}}</th><td class="amount">{{OLD_INDEX}}<br><span class="quiet">{{OLD_READ}}</span></td><td class="amount">{{NEW_INDEX}}<br><span class="quiet">{{NEW_READ}}</span></td><td class="amount">{{USED}} {{UNIT}}</td></tr>
{{/REGISTERS}}
</tbody>
</table>
</div>
</section>
{{/HAS_REGISTERS}}
{{#CHANGES}}
<section class="slip">
<h2>{{#AGAINST_LAST}}[[Against the last bill]]{{/AGAINST_LAST}}{{#AGAINST_YEAR}}[[Against the same time last year]]{{/AGAINST_YEAR}} · {{BEFORE_NUMBER}}</h2>
<p class="sum">{{DIFFERENCE}}</p>
<p>{{#MORE}}[[more than {{BEFORE_VALUE}}. It comes of:]]{{/MORE}}{{#LESS}}[[less than {{BEFORE_VALUE}}. It comes of:]]{{/LESS}}{{#EQUAL}}[[the same as then, {{BEFORE_VALUE}}. It comes of:]]{{/EQUAL}}</p>
<dl class="rows">
<div><dt>[[Consumption]]</dt><dd>{{BY_USE}}</dd></div>
<div><dt>[[Prices]]</dt><dd>{{BY_PRICE}}</dd></div>
<div><dt>[[Length of the period]]</dt><dd>{{BY_DAYS}}</dd></div>
<div><dt>[[VAT rates]]</dt><dd>{{BY_TAX}}</dd></div>
<div><dt>[[Other: fees, discounts, rounding]]</dt><dd>{{BY_REST}}</dd></div>
<div><dt>[[In all]]</dt><dd>{{DIFFERENCE}}</dd></div>
</dl>
</section>
{{/CHANGES}}
{{#CHANGES_NONE}}
<p>[[There is no earlier bill of this place to compare it with.]]</p>
{{/CHANGES_NONE}}
</main>
{{>_foot}}
