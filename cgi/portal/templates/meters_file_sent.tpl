{{%AUTOESCAPE context="HTML"}}
{{>_head}}
<title>[[The readings were sent]] - {{COMPANY_NAME}}</title>
{{>_top}}
<main id="main">
<h1>[[The readings were sent]]</h1>
<section class="good" role="status">
<p>[[SENT_COUNT: {{SENT_COUNT}} value came. | {{SENT_COUNT}} values came.]]{{#SOME_ACCEPTED}} [[ACCEPTED_COUNT: {{ACCEPTED_COUNT}} was accepted. | {{ACCEPTED_COUNT}} were accepted.]]{{/SOME_ACCEPTED}}</p>
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
<thead><tr><th scope="col">[[Meter]]</th><th scope="col" class="amount">[[Index]]</th><th scope="col" class="wide">[[Read on]]</th><th scope="col">[[State]]</th><th scope="col">[[Reference]]</th></tr></thead>
<tbody>
{{#SENT}}
<tr><th scope="row">{{SERIAL}}{{#NOT_SINGLE}}, {{>_meter_register}}{{/NOT_SINGLE}}<br><span class="quiet">{{PLACE_ADDRESS}}</span></th><td class="amount">{{INDEX}} {{UNIT}}</td><td class="wide">{{READ_ON}}</td><td>{{#STATE_ACCEPTED}}[[index|accepted]]{{/STATE_ACCEPTED}}{{>_meter_state}}</td><td><span class="ref">{{REFERENCE}}</span></td></tr>
{{/SENT}}
</tbody>
</table>
</div>
<p class="quiet">[[To correct a value, send it again before the period closes; the last one counts.]]</p>
<p class="actions"><a class="button second" href="/{{LANG}}/meters">[[Meters]]</a> <a class="button second" href="/{{LANG}}/meters/file">[[Send another file]]</a></p>
</main>
{{>_foot}}
