{{%AUTOESCAPE context="HTML"}}
{{>_head}}
<title>{{#HAS_ERRORS}}[[Error:]] {{/HAS_ERRORS}}[[Meter {{SERIAL}}]] - {{COMPANY_NAME}}</title>
{{>_top}}
<main id="main">
{{>_errors}}
<p class="back"><a href="/{{LANG}}/meters">[[All meters]]</a></p>
<h1>[[Meter {{SERIAL}}]]</h1>
<p class="lead">{{>_meter_kind}} · {{#HAS_PLACE_NAME}}{{PLACE_NAME}}, {{/HAS_PLACE_NAME}}{{PLACE_ADDRESS}}</p>
<div class="two even">
<section id="send" aria-labelledby="send-title">
<h2 id="send-title">[[Send the index]]</h2>
<p>{{>_meter_window}}</p>
{{#SENT_USED}}
<p class="note">[[A bill has used the index of this period already. If it is wrong, call us.]]</p>
{{/SENT_USED}}
{{#MAY_SEND}}
{{>_meter_form}}
{{/MAY_SEND}}
</section>
<div>
{{#REGISTERS}}
<section class="slip">
<h2>{{>_meter_register}}{{#HAS_CODE}} · {{CODE}}{{/HAS_CODE}}</h2>
{{#HAS_LAST}}
<p class="sum">{{LAST}} {{UNIT}}</p>
<p>{{LAST_ON}} · {{>_meter_way}}</p>
{{/HAS_LAST}}
{{#NO_LAST}}
<p class="lead">[[There is no index yet.]]</p>
{{/NO_LAST}}
<dl class="rows">
{{#HAS_USE}}
<div><dt>[[Used since {{USE_SINCE}}]]</dt><dd>{{USE}} {{UNIT}}</dd></div>
{{/HAS_USE}}
{{#HAS_AVERAGE}}
<div><dt>[[On average a day]]</dt><dd>{{AVERAGE}} {{UNIT}}</dd></div>
{{/HAS_AVERAGE}}
<div><dt>[[Dial]]</dt><dd>[[DIGITS: {{DIGITS}} digit | {{DIGITS}} digits]]{{#HAS_DECIMALS}}, [[DECIMALS: {{DECIMALS}} decimal | {{DECIMALS}} decimals]]{{/HAS_DECIMALS}}</dd></div>
{{#HAS_FACTOR}}
<div><dt>[[Factor]]</dt><dd>{{FACTOR}}</dd></div>
{{/HAS_FACTOR}}
</dl>
</section>
{{/REGISTERS}}
</div>
</div>
<section>
<h2>[[How and when it is read]]</h2>
<p>{{#BY_YOU}}[[You send the index in the reading period.]]{{/BY_YOU}}{{#BY_VISIT}}[[Our reader comes to the meter.]]{{/BY_VISIT}}{{#BY_REMOTE}}[[The meter sends its index to us by itself.]]{{/BY_REMOTE}}{{#BY_NOBODY}}[[It is not set yet how this meter is read.]]{{/BY_NOBODY}}{{#HAS_EVERY}} [[EVERY: We read it ourselves every month. | We read it ourselves every {{EVERY}} months.]]{{/HAS_EVERY}}{{#HAS_NOTE}} {{NOTE}}{{/HAS_NOTE}}</p>
</section>
<section>
<h2 id="history-title">[[Index of the last 24 months]]</h2>
{{#NO_HISTORY}}
<p>[[There is no index yet.]]</p>
{{/NO_HISTORY}}
{{#HAS_HISTORY}}
<div class="scroll" tabindex="0" role="region" aria-labelledby="history-title">
<table>
<thead>
<tr><th scope="col">[[Date]]</th>{{#SEVERAL_REGISTERS}}<th scope="col">[[Register]]</th>{{/SEVERAL_REGISTERS}}<th scope="col" class="amount">[[register|Index]]</th><th scope="col" class="amount">[[Used]]</th><th scope="col" class="wide">[[How]]</th></tr>
</thead>
<tbody>
{{#HISTORY}}
<tr><th scope="row">{{READ_ON}}<br class="narrow"><span class="narrow quiet">{{>_meter_way}}</span>{{#NOT_ACCEPTED}}<br class="narrow"><strong class="narrow">{{>_meter_state}}</strong>{{/NOT_ACCEPTED}}</th>{{#OF_SEVERAL}}<td>{{>_meter_register}}</td>{{/OF_SEVERAL}}<td class="amount">{{INDEX}}</td><td class="amount">{{#HAS_USE}}{{USE}} {{UNIT}}{{/HAS_USE}}</td><td class="wide">{{>_meter_way}}{{#NOT_ACCEPTED}}<br><strong>{{>_meter_state}}</strong>{{/NOT_ACCEPTED}}</td></tr>
{{/HISTORY}}
</tbody>
</table>
</div>
{{/HAS_HISTORY}}
</section>
</main>
{{>_foot}}
