{{%AUTOESCAPE context="HTML"}}
{{>_head}}
<title>[[The readings were sent]] - {{COMPANY_NAME}}</title>
{{>_top}}
<main id="main">
<h1>[[The readings were sent]]</h1>
<section class="good" role="status">
<p>[[SENT_COUNT: {{SENT_COUNT}} value came. | {{SENT_COUNT}} values came.]] [[ACCEPTED_COUNT: {{ACCEPTED_COUNT}} was accepted. | {{ACCEPTED_COUNT}} were accepted.]]</p>
{{#SOME_IN_CHECK}}
<p>[[IN_CHECK_COUNT: {{IN_CHECK_COUNT}} is unusual: one of us looks at it. | {{IN_CHECK_COUNT}} are unusual: one of us looks at them.]]</p>
{{/SOME_IN_CHECK}}
</section>
{{#SOME_LEFT_OUT}}
<section class="warn">
<p>[[LEFT_OUT_COUNT: {{LEFT_OUT_COUNT}} line of the file was left out and not sent. | {{LEFT_OUT_COUNT}} lines of the file were left out and not sent.]] <a href="/{{LANG}}/meters/file">[[Send another file]]</a></p>
</section>
{{/SOME_LEFT_OUT}}
<h2 id="sent-title">[[What came, with its references]]</h2>
<div class="scroll" tabindex="0" role="region" aria-labelledby="sent-title">
<table aria-labelledby="sent-title">
<thead><tr><th scope="col">[[Meter]]</th><th scope="col" class="amount">[[Index]]</th><th scope="col">[[Read on]]</th><th scope="col">[[State]]</th><th scope="col">[[Reference]]</th></tr></thead>
<tbody>
{{#SENT}}
<tr><th scope="row">{{SERIAL}}{{#IS_DAY}}, [[many|day]]{{/IS_DAY}}{{#IS_NIGHT}}, [[many|night]]{{/IS_NIGHT}}{{#IS_IMPORT}}, [[many|taken from the network]]{{/IS_IMPORT}}{{#IS_EXPORT}}, [[many|fed into the network]]{{/IS_EXPORT}}<br><span class="quiet">{{PLACE_ADDRESS}}</span></th><td class="amount">{{INDEX}} {{UNIT}}</td><td>{{READ_ON}}</td><td>{{#IS_ACCEPTED}}[[many|accepted]]{{/IS_ACCEPTED}}{{#IS_IN_CHECK}}[[many|in check]]{{/IS_IN_CHECK}}{{#IS_REPLACED}}[[many|replaced]]{{/IS_REPLACED}}{{#IS_REFUSED}}[[many|refused]]{{/IS_REFUSED}}{{#IS_INFORMATIVE}}[[many|for information]]{{/IS_INFORMATIVE}}</td><td class="ref">{{REFERENCE}}</td></tr>
{{/SENT}}
</tbody>
</table>
</div>
<p class="quiet">[[To correct a value, send it again before the period closes; the last one counts.]]</p>
<p class="actions"><a class="button second" href="/{{LANG}}/meters/file">[[Send another file]]</a></p>
</main>
{{>_foot}}
