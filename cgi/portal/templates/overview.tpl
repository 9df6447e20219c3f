{{%AUTOESCAPE context="HTML"}}
{{>_head}}
<title>[[Overview]] - {{COMPANY_NAME}}</title>
{{>_top}}
<main id="main">
<h1>[[Overview]]</h1>
{{#PLACES_NONE}}
<p class="lead">[[No contract is connected to your account yet.]]</p>
<p class="actions"><a class="button" href="/{{LANG}}/settings/contracts">[[Add a contract]]</a></p>
{{/PLACES_NONE}}
<div class="cards">
{{#PLACES}}
<section class="slip">
<h2>{{#HAS_NICKNAME}}{{NICKNAME}}{{/HAS_NICKNAME}}{{#HAS_PLACE_ADDRESS}}{{PLACE_ADDRESS}}{{/HAS_PLACE_ADDRESS}}{{#NO_PLACE_ADDRESS}}[[Code …{{CODE_HINT}}]]{{/NO_PLACE_ADDRESS}}</h2>
{{#HAS_NICKNAME}}
<p class="quiet">{{PLACE_ADDRESS}}</p>
{{/HAS_NICKNAME}}
<p class="quiet">{{HOLDER}} · [[Code …{{CODE_HINT}}]]</p>
{{#OWES}}
<p class="sum">{{OPEN}}</p>
<p>[[OPEN_COUNT: {{OPEN_COUNT}} open bill | {{OPEN_COUNT}} open bills]]{{#HAS_OVERDUE}} · <strong>[[{{OVERDUE}} past its date]]</strong>{{/HAS_OVERDUE}}</p>
{{#HAS_NEXT_DUE}}
<p>[[Next due on {{NEXT_DUE_ON}}]]</p>
{{/HAS_NEXT_DUE}}
{{#MAY_PAY}}
<form method="post" action="/{{LANG}}/pay/selection">
<input type="hidden" name="csrf" value="{{CSRF}}">
<input type="hidden" name="place" value="{{PLACE_ID}}">
<p class="actions"><button type="submit">[[Pay]]<span class="unseen"> - {{PLACE_ADDRESS}} …{{CODE_HINT}}</span></button></p>
</form>
{{/MAY_PAY}}
{{/OWES}}
{{#HAS_CREDIT}}
<p class="sum">{{CREDIT}}</p>
<p>[[in your favour: the next bill uses it]]</p>
{{/HAS_CREDIT}}
{{#OWES_NOTHING}}
<p class="lead">[[Nothing to pay]]</p>
{{/OWES_NOTHING}}
<p><a href="/{{LANG}}/invoices?place={{PLACE_ID}}">[[Bills]]</a></p>
{{#HAS_LAST_PAYMENT}}
<p class="quiet">[[Last payment: {{LAST_PAYMENT_ON}}]]</p>
{{/HAS_LAST_PAYMENT}}
</section>
{{/PLACES}}
</div>
{{#HAS_AS_OF}}
<p class="quiet">[[As we knew it on {{AS_OF}}.]]</p>
{{/HAS_AS_OF}}
</main>
{{>_foot}}
