{{%AUTOESCAPE context="HTML"}}
{{>_head}}
<title>[[The index of meter {{SERIAL}}]] - {{COMPANY_NAME}}</title>
{{>_top}}
<main id="main">
<p class="back"><a href="/{{LANG}}/meters/{{METER_ID}}">[[Meter {{SERIAL}}]]</a></p>
<h1>[[The index of meter {{SERIAL}}]]</h1>
{{#STATE_ACCEPTED}}
<p class="good" role="status">[[Accepted. The next bill uses it.]]</p>
{{/STATE_ACCEPTED}}
{{#STATE_IN_CHECK}}
<p class="note" role="status">[[In check: it is unusual, so one of us looks at it before a bill uses it. You need not do anything.]]</p>
{{/STATE_IN_CHECK}}
{{#STATE_REPLACED}}
<p class="note" role="status">[[Replaced: a later index of the same period counts.]]{{#HAS_REASON}} {{REASON}}{{/HAS_REASON}}</p>
{{/STATE_REPLACED}}
{{#STATE_REFUSED}}
<p class="warn" role="status">[[Refused: one of us looked at it, and no bill uses it.]]{{#HAS_REASON}} [[The reason: {{REASON}}]]{{/HAS_REASON}}</p>
{{/STATE_REFUSED}}
{{#STATE_INFO}}
<p class="note" role="status">[[It came outside of the reading period: it is kept for information, and no bill uses it.]]</p>
{{/STATE_INFO}}
<div class="two even">
<section class="slip" aria-labelledby="sent-title">
<h2 id="sent-title">[[What you sent]]</h2>
<dl class="rows">
{{#VALUES}}
<div><dt>{{>_meter_register}}</dt><dd>{{INDEX}} {{UNIT}}</dd></div>
{{#HAS_USE}}
<div><dt>[[USE_DAYS: Used since the index before, in {{USE_DAYS}} day | Used since the index before, in {{USE_DAYS}} days]]</dt><dd>{{USE}} {{UNIT}}</dd></div>
{{/HAS_USE}}
{{/VALUES}}
<div><dt>[[Read on]]</dt><dd>{{READ_ON}}</dd></div>
<div><dt>[[Reference]]</dt><dd><code class="ref">{{REFERENCE}}</code></dd></div>
</dl>
</section>
{{#HAS_ESTIMATE}}
<section class="slip" aria-labelledby="estimate-title">
<h2 id="estimate-title">[[Estimate of the next bill]]</h2>
<p class="sum">{{ESTIMATE}}</p>
<p class="quiet">[[An estimate, no bill: {{ESTIMATE_USE}} {{ESTIMATE_UNIT}} since {{ESTIMATE_SINCE}} at what a unit cost with tax on bill {{ESTIMATE_BILL}}, and its subscriptions. What you use until the bill is made comes on top.]]</p>
</section>
{{/HAS_ESTIMATE}}
</div>
{{#CORRECTABLE}}
<p>[[A mistake? Until {{CORRECT_UNTIL}}, or until a bill has used it, you can send another index, and that one counts.]]</p>
{{/CORRECTABLE}}
<p class="actions"><a class="button" href="/{{LANG}}/meters">[[All meters]]</a>{{#CORRECTABLE}} <a class="button second" href="/{{LANG}}/meters/{{METER_ID}}">[[Correct it]]</a>{{/CORRECTABLE}}</p>
</main>
{{>_foot}}
