{{%AUTOESCAPE context="HTML"}}
{{>_head}}
<title>[[Receipt {{RECEIPT_NO}}]] - {{COMPANY_NAME}}</title>
{{>_top}}
<main id="main">
<h1>[[Receipt {{RECEIPT_NO}}]]</h1>
<section class="slip" aria-label="[[The payment]]">
<p class="sum">{{PAID}}</p>
<dl class="rows">
<div><dt>[[Paid at]]</dt><dd>{{PAID_AT}}</dd></div>
{{#ONE_CODE}}
<div><dt>[[Payment code]]</dt><dd>…{{CODE_HINT}}</dd></div>
{{/ONE_CODE}}
<div><dt>[[Paid by]]</dt><dd>[[card, on the internet]]</dd></div>
<div><dt>[[Reference]]</dt><dd><code class="ref">{{REFERENCE}}</code></dd></div>
</dl>
</section>
<h2>[[What it paid]]</h2>
<table>
<thead>
<tr><th scope="col">[[Invoice]]</th><th scope="col">[[Amount]]</th></tr>
</thead>
<tbody>
{{#PARTS}}
<tr><td>{{#PART_INVOICE}}{{PART_NUMBER}}{{/PART_INVOICE}}{{#PART_CREDIT}}[[Credit for the next bill]]{{/PART_CREDIT}} <span class="quiet">…&#8288;{{PART_HINT}}</span></td><td>{{PART_SUM}}</td></tr>
{{/PARTS}}
</tbody>
</table>
<p class="quiet">[[Anybody can check at this address that the receipt is genuine:]] <a href="{{CHECK_URL}}">{{CHECK_URL}}</a></p>
<p class="actions"><a class="button" href="/{{LANG}}/pay/receipt/{{ID}}/pdf{{#HAS_KEY}}?k={{KEY:u}}{{/HAS_KEY}}">[[Save as PDF]]</a></p>
<p><a href="/{{LANG}}/pay/status/{{ID}}{{#HAS_KEY}}?k={{KEY:u}}{{/HAS_KEY}}">[[Back to the payment]]</a></p>
</main>
{{>_foot}}
