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
<p class="quiet">[[MATCHES: {{MATCHES}} payment | {{MATCHES}} payments]]</p>
<div class="scroll" tabindex="0" role="region" aria-labelledby="title">
<table aria-labelledby="title">
<thead>
<tr><th scope="col">[[Received]]</th><th scope="col" class="amount">[[Amount]]</th><th scope="col">[[How]]</th><th scope="col" class="wide">[[Payment code]]</th><th scope="col" class="wide">[[Reference]]</th><th scope="col">[[State]]</th></tr>
</thead>
<tbody>
{{#PAYMENTS}}
<tr><th scope="row">{{RECEIVED_ON}}</th><td class="amount">{{PAID}}</td><td>{{>_paid_how}}</td><td class="wide">…{{CODE_HINT}}</td><td class="wide">{{REFERENCE}}</td><td>{{#IS_POSTED}}[[posted on {{POSTED_ON}}]]{{/IS_POSTED}}{{#IS_PROCESSING}}[[not yet confirmed]]{{/IS_PROCESSING}}{{#HAS_BACK}}<br>[[{{BACK}} given back]]{{/HAS_BACK}}{{#HAS_RECEIPT}}<br><a href="{{PAYMENT_URL}}">[[receipt]]</a>{{/HAS_RECEIPT}}{{#HAS_STATUS}}<br><a href="{{PAYMENT_URL}}">[[where it stands]]</a>{{/HAS_STATUS}}</td></tr>
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
<p>[[A payment is missing?]] <a href="/{{LANG}}/pay/wrong">[[Something went wrong with a payment]]</a></p>
</main>
{{>_foot}}
