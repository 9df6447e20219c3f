{{%AUTOESCAPE context="HTML"}}
{{! The rows of a selection: what is open, or what an amount pays of it. }}
<table>
<thead>
<tr><th scope="col">[[selection|Bill]]</th><th scope="col" class="amount">{{#WHOLE}}[[selection|To pay]]{{/WHOLE}}{{#DIVIDED}}[[Paid now]]{{/DIVIDED}}</th></tr>
</thead>
<tbody>
{{#ROWS}}
<tr><td>{{NUMBER}}{{#NOT_CHOSEN}} [[(not chosen)]]{{/NOT_CHOSEN}}<br><span class="quiet">{{#HAS_PLACE_ADDRESS}}{{PLACE_ADDRESS}}{{/HAS_PLACE_ADDRESS}}{{#NO_PLACE_ADDRESS}}[[Code …{{CODE_HINT}}]]{{/NO_PLACE_ADDRESS}}<br>[[To be paid by]] {{DUE_ON}}{{#PART}}<br>[[Open: {{OPEN}}]]{{/PART}}</span></td><td class="amount">{{#IS_PAID}}[[selection|paid]]{{/IS_PAID}}{{#WHOLE_OPEN}}{{OPEN}}{{/WHOLE_OPEN}}{{#PART}}{{PART_SUM}}{{/PART}}</td></tr>
{{/ROWS}}
{{#HAS_REST}}
<tr><td>[[Stays as credit]]</td><td class="amount">{{REST_SUM}}</td></tr>
{{/HAS_REST}}
</tbody>
</table>
