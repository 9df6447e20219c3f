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
{{#ALL_PLACES}}
<section class="slip" aria-labelledby="all-{{CURRENCY}}">
<h2 id="all-{{CURRENCY}}">[[To pay for all places, in {{CURRENCY}}]]</h2>
<p class="sum">{{ALL_SUM}}</p>
<p>[[ALL_BILLS: {{ALL_BILLS}} open bill | {{ALL_BILLS}} open bills]]</p>
{{#PAY_ALL}}
<form method="post" action="/{{LANG}}/pay/selection">
<input type="hidden" name="csrf" value="{{CSRF}}">
<input type="hidden" name="all" value="1">
<input type="hidden" name="currency" value="{{CURRENCY}}">
<p class="actions"><button type="submit">[[Pay all]]</button></p>
</form>
{{/PAY_ALL}}
{{#PAY_PARTS}}
<p class="quiet">[[A payment takes up to 200 bills: pay place by place.]]</p>
{{/PAY_PARTS}}
</section>
{{/ALL_PLACES}}
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
{{/OWES}}
{{#PAY_PLACE}}
<form method="post" action="/{{LANG}}/pay/selection">
<input type="hidden" name="csrf" value="{{CSRF}}">
<input type="hidden" name="all" value="1">
<input type="hidden" name="place" value="{{PLACE_ID}}">
<input type="hidden" name="currency" value="{{CURRENCY}}">
<p class="actions"><button{{#AMONG_OTHERS}} class="second"{{/AMONG_OTHERS}} type="submit">[[Pay {{OPEN}}]]<span class="unseen"> - {{PLACE_ADDRESS}} …{{CODE_HINT}}</span></button></p>
</form>
{{/PAY_PLACE}}
{{#HAS_CREDIT}}
<p class="sum">{{CREDIT}}</p>
<p>[[in your favour: the next bill uses it]]</p>
{{/HAS_CREDIT}}
{{#OWES_NOTHING}}
<p class="lead">[[Nothing to pay]]</p>
{{/OWES_NOTHING}}
{{#INDEX_DUE}}
<p>[[DUE_METERS: The index can be sent until {{CLOSES_ON}} | {{DUE_METERS}} meters wait for their index until {{CLOSES_ON}}]], [[DAYS_LEFT: {{DAYS_LEFT}} day left | {{DAYS_LEFT}} days left]]</p>
{{#SEND_ONE}}
<p class="actions"><a class="button second" href="/{{LANG}}/meters/{{METER_ID}}">[[Send the index]]<span class="unseen"> - {{PLACE_ADDRESS}} …{{CODE_HINT}}</span></a></p>
{{/SEND_ONE}}
{{#SEND_SOME}}
<p class="actions"><a class="button second" href="/{{LANG}}/meters?place={{PLACE_ID}}">[[Send the index]]<span class="unseen"> - {{PLACE_ADDRESS}} …{{CODE_HINT}}</span></a></p>
{{/SEND_SOME}}
{{/INDEX_DUE}}
{{#INDEX_SENT}}
<p>[[The index was sent.]]</p>
{{/INDEX_SENT}}
{{#INDEX_NEXT}}
<p class="quiet">[[Next reading period: {{NEXT_OPENS_ON}} – {{NEXT_CLOSES_ON}}]]</p>
{{/INDEX_NEXT}}
{{#HAS_WAITING}}
<p class="quiet">[[We are looking at:]] {{#WAITING}}{{#IS_MORE}}, {{/IS_MORE}}{{#IS_READING}}<a href="/{{LANG}}/meters?place={{PLACE_ID}}">[[a meter reading]]</a>{{/IS_READING}}{{#IS_PAYMENT}}<a href="/{{LANG}}/payments/missing">[[a missing payment]]</a>{{/IS_PAYMENT}}{{#IS_ADDRESS}}[[another address for letters]]{{/IS_ADDRESS}}{{#IS_BUSINESS}}[[other business data]]{{/IS_BUSINESS}}{{/WAITING}}</p>
{{/HAS_WAITING}}
<p><a href="/{{LANG}}/invoices?place={{PLACE_ID}}">[[Bills]]</a> · <a href="/{{LANG}}/meters?place={{PLACE_ID}}">[[menu|Meters]]</a> · <a href="/{{LANG}}/charts?place={{PLACE_ID}}">[[Charts]]</a></p>
{{#HAS_LAST_PAYMENT}}
<p class="quiet">[[Last payment: {{LAST_PAYMENT_ON}}]]</p>
{{/HAS_LAST_PAYMENT}}
</section>
{{/PLACES}}
</div>
{{#PLACES_SOME}}
<p><a href="/{{LANG}}/home/dates">[[Dates for your calendar]]</a></p>
{{/PLACES_SOME}}
{{#HAS_AS_OF}}
<p class="quiet">[[As we knew it on {{AS_OF}}.]]</p>
{{/HAS_AS_OF}}
</main>
{{>_foot}}
