{{%AUTOESCAPE context="HTML"}}
{{>_head}}
<title>[[Payments]] - {{COMPANY_NAME}}</title>
{{>_top}}
<main id="main">
<h1 id="title">[[Payments]]</h1>
{{#PAYMENTS_NONE}}
<p class="lead">[[There is no payment yet.]]</p>
{{/PAYMENTS_NONE}}
{{#PAYMENTS_SOME}}
<p class="quiet">[[MATCHES: {{MATCHES}} payment | {{MATCHES}} payments]] · <a href="/{{LANG}}/payments/csv">[[Save as CSV]]</a></p>
<div class="scroll" tabindex="0" role="region" aria-labelledby="title">
<table aria-labelledby="title">
<thead>
<tr><th scope="col">[[Received]]</th><th scope="col" class="amount wide">[[Amount]]</th><th scope="col" class="wide">[[How]]</th><th scope="col" class="wide">[[Payment code]]</th><th scope="col" class="wide">[[Reference]]</th><th scope="col">[[State]]</th></tr>
</thead>
<tbody>
{{#PAYMENTS}}
<tr><th scope="row">{{#HAS_PAYMENT_PAGE}}<a href="/{{LANG}}/payments/{{PAYMENT_ID}}">{{RECEIVED_ON}}</a>{{/HAS_PAYMENT_PAGE}}{{#NO_PAYMENT_PAGE}}{{RECEIVED_ON}}{{/NO_PAYMENT_PAGE}}<br class="narrow"><span class="narrow">{{PAID}}</span><br class="narrow"><span class="narrow quiet">{{>_paid_how}}</span></th><td class="amount wide">{{PAID}}</td><td class="wide">{{>_paid_how}}</td><td class="wide">…{{CODE_HINT}}</td><td class="wide">{{REFERENCE}}</td><td>{{>_payment_state}}</td></tr>
{{/PAYMENTS}}
</tbody>
</table>
</div>
{{#HAS_PAGES}}
<nav class="pages" aria-label="[[Pages]]">
{{#HAS_PREVIOUS}}
<a rel="prev" href="/{{LANG}}/payments?{{PREVIOUS_QUERY}}">[[Newer]]</a>
{{/HAS_PREVIOUS}}
<span>[[Page {{PAGE_NO}} of {{PAGES}}]]</span>
{{#HAS_NEXT}}
<a rel="next" href="/{{LANG}}/payments?{{NEXT_QUERY}}">[[Older]]</a>
{{/HAS_NEXT}}
</nav>
{{/HAS_PAGES}}
{{/PAYMENTS_SOME}}
<p>[[A payment is missing?]] <a href="/{{LANG}}/payments/missing">[[Tell us, and we look for it]]</a></p>
</main>
{{>_foot}}
