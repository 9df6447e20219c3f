{{%AUTOESCAPE context="HTML"}}
{{>_head}}
<title>{{#CREDIT_NOTE}}[[Credit note]]{{/CREDIT_NOTE}}{{#ORDINARY}}[[Bill]]{{/ORDINARY}} {{NUMBER}} - {{COMPANY_NAME}}</title>
{{>_top}}
<main id="main">
<p class="back"><a href="/{{LANG}}/invoices">[[All bills]]</a></p>
<h1>{{#CREDIT_NOTE}}[[Credit note]]{{/CREDIT_NOTE}}{{#ORDINARY}}[[Bill]]{{/ORDINARY}} {{NUMBER}}</h1>
<div class="two even">
<section class="slip" aria-labelledby="sum-title">
<h2 id="sum-title">{{#HAS_OPEN}}[[Still to be paid]]{{/HAS_OPEN}}{{#NO_OPEN}}[[Value]]{{/NO_OPEN}}</h2>
<p class="sum">{{#HAS_OPEN}}{{OPEN}}{{/HAS_OPEN}}{{#NO_OPEN}}{{VALUE}}{{/NO_OPEN}}</p>
<p>{{>_bill_state}}</p>
<dl class="rows">
<div><dt>[[Issued]]</dt><dd>{{ISSUED_ON}}</dd></div>
<div><dt>[[Due]]</dt><dd>{{DUE_ON}}</dd></div>
{{#HAS_PERIOD}}
<div><dt>[[Period]]</dt><dd>{{PERIOD_FROM}} – {{PERIOD_TO}}</dd></div>
{{/HAS_PERIOD}}
<div><dt>[[Value]]</dt><dd>{{VALUE}}</dd></div>
</dl>
{{#MAY_PAY}}
<form method="post" action="/{{LANG}}/pay/selection">
<input type="hidden" name="csrf" value="{{CSRF}}">
<input type="hidden" name="invoice" value="{{BILL_ID}}">
<p class="actions"><button type="submit">[[Pay {{OPEN}}]]</button></p>
</form>
{{/MAY_PAY}}
</section>
<section class="slip" aria-labelledby="about-title">
<h2 id="about-title">[[bill|What it is for]]</h2>
<dl class="rows">
<div><dt>[[Holder]]</dt><dd>{{HOLDER}}</dd></div>
<div><dt>[[Place]]</dt><dd>{{PLACE_ADDRESS}}</dd></div>
<div><dt>[[Contract]]</dt><dd>{{CONTRACT}}</dd></div>
<div><dt>[[Payment code]]</dt><dd>…{{CODE_HINT}}</dd></div>
<div><dt>[[Issued by]]</dt><dd>{{SELLER}}, {{SELLER_TAX}}</dd></div>
</dl>
<p><a href="/{{LANG}}/invoices/{{BILL_ID}}/pdf">[[The bill as PDF]]</a></p>
{{#HAS_XML}}
<p><a href="/{{LANG}}/invoices/{{BILL_ID}}/xml">[[The e-invoice (XML)]]</a></p>
{{/HAS_XML}}
</section>
</div>
<section>
<h2 id="lines-title">[[How the sum comes about]]</h2>
{{#ORDINARY}}
<p><a href="/{{LANG}}/invoices/{{BILL_ID}}/why">[[Why this sum? Compared with the last bill and with last year]]</a></p>
{{/ORDINARY}}
{{#HAS_LINES}}
<div class="scroll" tabindex="0" role="region" aria-labelledby="lines-title">
<table>
<thead>
<tr><th scope="col">[[What]]</th><th scope="col" class="amount wide">[[Quantity]]</th><th scope="col" class="amount wide">[[Price]]</th><th scope="col" class="amount wide">[[VAT]]</th><th scope="col" class="amount">[[Value]]</th></tr>
</thead>
<tbody>
{{#LINES}}
<tr><th scope="row">{{LINE_NAME}}<br class="narrow"><span class="narrow quiet">{{QUANTITY}} {{UNIT}} × {{PRICE}}</span></th><td class="amount wide">{{QUANTITY}} {{UNIT}}</td><td class="amount wide">{{PRICE}}</td><td class="amount wide">{{RATE}}</td><td class="amount">{{NET}}</td></tr>
{{/LINES}}
</tbody>
</table>
</div>
{{/HAS_LINES}}
<dl class="rows sums">
<div><dt>[[Without VAT]]</dt><dd>{{NET}}</dd></div>
{{#TAXES}}
<div><dt>[[VAT {{RATE}} of {{BASE}}]]</dt><dd>{{TAX}}</dd></div>
{{/TAXES}}
<div><dt>[[With VAT]]</dt><dd>{{TOTAL}}</dd></div>
</dl>
</section>
{{#HAS_REGISTERS}}
<section>
<h2 id="meters-title">[[Meters]]</h2>
<div class="scroll" tabindex="0" role="region" aria-labelledby="meters-title">
<table>
<thead>
<tr><th scope="col">[[Meter]]</th><th scope="col" class="amount">[[Index before]]</th><th scope="col" class="amount">[[Index now]]</th><th scope="col" class="amount">[[Billed]]</th></tr>
</thead>
<tbody>
{{#REGISTERS}}
<tr><th scope="row">{{METER}}<br><span class="quiet">{{REGISTER}}</span></th><td class="amount">{{INDEX_BEFORE}}<br><span class="quiet">{{BEFORE_ON}}<br>{{BEFORE_HOW}}</span></td><td class="amount">{{INDEX_NOW}}<br><span class="quiet">{{NOW_ON}}<br>{{NOW_HOW}}</span></td><td class="amount">{{QUANTITY}} {{UNIT}}{{#HAS_FACTOR}}<br><span class="quiet">[[Factor]] {{FACTOR}}</span>{{/HAS_FACTOR}}</td></tr>
{{/REGISTERS}}
</tbody>
</table>
</div>
</section>
{{/HAS_REGISTERS}}
{{#CHAIN}}
<section>
<h2 id="paid-title">[[Balance of this bill]]</h2>
<div class="scroll" tabindex="0" role="region" aria-labelledby="paid-title">
<table>
<thead>
<tr><th scope="col">[[From the total to what is left]]</th><th scope="col" class="wide">[[Date]]</th><th scope="col" class="wide">[[Reference]]</th><th scope="col" class="amount">[[Amount]]</th></tr>
</thead>
<tbody>
<tr><th scope="row">[[Total with VAT]]</th><td class="wide">{{ISSUED_ON}}</td><td class="wide"></td><td class="amount">{{TOTAL}}</td></tr>
{{#HAS_ADVANCE}}
<tr><th scope="row">[[Paid in advance, and rounding]]</th><td class="wide"></td><td class="wide"></td><td class="amount">{{ADVANCE}}</td></tr>
{{/HAS_ADVANCE}}
{{#PAYMENTS}}
<tr><th scope="row">{{>_paid_how}}{{#HAS_RECEIPT}} · <a href="{{PAYMENT_URL}}">[[receipt]]</a>{{/HAS_RECEIPT}}<br class="narrow"><span class="narrow quiet">{{PAID_ON}}</span></th><td class="wide">{{PAID_ON}}</td><td class="wide">{{REFERENCE}}</td><td class="amount">{{PAID}}</td></tr>
{{/PAYMENTS}}
{{#HAS_OTHER}}
<tr><th scope="row">[[Other changes]]</th><td class="wide"></td><td class="wide"></td><td class="amount">{{OTHER_SUM}}</td></tr>
{{/HAS_OTHER}}
</tbody>
<tfoot>
<tr><th scope="row">[[Left to pay]]</th><td class="wide"></td><td class="wide"></td><td class="amount">{{OPEN}}</td></tr>
</tfoot>
</table>
</div>
</section>
{{/CHAIN}}
</main>
{{>_foot}}
