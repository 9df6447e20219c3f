{{%AUTOESCAPE context="HTML"}}
{{>_head}}
<title>[[Bills]] - {{COMPANY_NAME}}</title>
{{>_top}}
<main id="main">
<h1 id="title">[[Bills]]</h1>
<form class="filter" method="get" action="/{{LANG}}/invoices">
{{#SEVERAL_PLACES}}
<p><label for="place">[[Place]]</label>
<select id="place" name="place">
<option value="">[[all]]</option>
{{#PLACE_OPTIONS}}
<option value="{{OPTION_ID}}"{{#OPTION_CHOSEN}} selected{{/OPTION_CHOSEN}}>{{OPTION_NAME}}</option>
{{/PLACE_OPTIONS}}
</select></p>
{{/SEVERAL_PLACES}}
<p><label for="state">[[State]]</label>
<select id="state" name="state">
<option value="">[[all]]</option>
<option value="open"{{#STATE_IS_OPEN}} selected{{/STATE_IS_OPEN}}>[[to be paid]]</option>
<option value="overdue"{{#STATE_IS_OVERDUE}} selected{{/STATE_IS_OVERDUE}}>[[past its date]]</option>
<option value="paid"{{#STATE_IS_PAID}} selected{{/STATE_IS_PAID}}>[[bill|paid]]</option>
<option value="credit"{{#STATE_IS_CREDIT}} selected{{/STATE_IS_CREDIT}}>[[credit]]</option>
<option value="cancelled"{{#STATE_IS_CANCELLED}} selected{{/STATE_IS_CANCELLED}}>[[cancelled]]</option>
</select></p>
<p><label for="from">[[Issued from]]</label>
<input type="date" id="from" name="from" value="{{FROM_VALUE}}"></p>
<p><label for="to">[[until]]</label>
<input type="date" id="to" name="to" value="{{TO_VALUE}}"></p>
<p><label for="q">[[Number]]</label>
<input id="q" name="q" value="{{Q_VALUE}}" maxlength="60" autocomplete="off" spellcheck="false"></p>
<p><button class="second" type="submit">[[Show]]</button></p>
</form>
{{#BILLS_NONE}}
<p class="lead">{{#FILTERED}}[[No bill fits what you asked for.]] <a href="/{{LANG}}/invoices">[[Show all]]</a>{{/FILTERED}}{{#NOT_FILTERED}}[[There is no bill yet.]]{{/NOT_FILTERED}}</p>
{{/BILLS_NONE}}
{{#BILLS_SOME}}
<p class="quiet">[[MATCHES: {{MATCHES}} bill | {{MATCHES}} bills]] · <a href="/{{LANG}}/invoices/csv?{{FILTER}}">[[Save as CSV]]</a>{{#CHOOSE_ALL}} · <a href="/{{LANG}}/invoices?{{CHOOSE_QUERY}}">[[Choose all that can be paid]]</a>{{/CHOOSE_ALL}}{{#CHOOSE_NONE}} · <a href="/{{LANG}}/invoices">[[Choose none]]</a>{{/CHOOSE_NONE}}</p>
<div class="scroll" tabindex="0" role="region" aria-labelledby="title">
<table aria-labelledby="title">
<thead>
<tr>{{#CHOOSING}}<td></td>{{/CHOOSING}}<th scope="col">[[Number]]</th>{{#SEVERAL_PLACES}}<th scope="col" class="wide">[[Place]]</th>{{/SEVERAL_PLACES}}<th scope="col" class="wide">[[Issued]]</th><th scope="col" class="wide">[[Due]]</th><th scope="col" class="amount">[[Value]]</th><th scope="col" class="amount wide">[[Remaining]]</th><th scope="col" class="wide">[[State]]</th></tr>
</thead>
<tbody>
{{#BILLS}}
<tr>{{#MAY_CHOOSE}}<td><input type="checkbox" form="choice" name="invoice" value="{{BILL_ID}}" aria-label="[[Choose {{NUMBER}}]]"{{#IS_CHOSEN}} checked{{/IS_CHOSEN}}></td>{{/MAY_CHOOSE}}{{#NO_CHOICE}}<td></td>{{/NO_CHOICE}}<th scope="row"><a href="/{{LANG}}/invoices/{{BILL_ID}}">{{NUMBER}}</a><br class="narrow"><span class="narrow quiet">{{ISSUED_ON}}</span><br class="narrow"><span class="narrow">{{>_bill_state}}</span>{{#CREDIT_NOTE}}<br><span class="quiet">[[credit note]]</span>{{/CREDIT_NOTE}}</th>{{#SHOW_PLACE}}<td class="wide">{{PLACE_ADDRESS}}</td>{{/SHOW_PLACE}}<td class="wide">{{ISSUED_ON}}</td><td class="wide">{{DUE_ON}}</td><td class="amount">{{VALUE}}</td><td class="amount wide">{{#HAS_OPEN}}{{OPEN}}{{/HAS_OPEN}}</td><td class="wide">{{>_bill_state}}</td></tr>
{{/BILLS}}
</tbody>
</table>
</div>
{{#CHOOSING}}
<form method="post" action="/{{LANG}}/pay/selection" id="choice">
<input type="hidden" name="csrf" value="{{CSRF}}">
<p class="actions"><button type="submit">[[Pay the chosen bills]]</button></p>
</form>
{{/CHOOSING}}
{{#HAS_PAGES}}
<nav class="pages" aria-label="[[Pages]]">
{{#HAS_PREVIOUS}}
<a rel="prev" href="/{{LANG}}/invoices?{{PREVIOUS_QUERY}}">[[Newer]]</a>
{{/HAS_PREVIOUS}}
<span>[[Page {{PAGE_NO}} of {{PAGES}}]]</span>
{{#HAS_NEXT}}
<a rel="next" href="/{{LANG}}/invoices?{{NEXT_QUERY}}">[[Older]]</a>
{{/HAS_NEXT}}
</nav>
{{/HAS_PAGES}}
<section aria-labelledby="years-title">
<h2 id="years-title">[[A year as one file]]</h2>
<p class="quiet">[[Each bill as PDF, with its e-invoice where there is one, in a ZIP.]]</p>
<ul class="plain">
{{#YEARS}}
<li>{{YEAR}} <span class="quiet">([[YEAR_BILLS: {{YEAR_BILLS}} bill | {{YEAR_BILLS}} bills]])</span>{{#YEAR_FILES}} · <a href="/{{LANG}}/invoices/year/{{YEAR}}?part={{PART_NO}}{{#OF_PLACE}}&amp;place={{PLACE_ID}}{{/OF_PLACE}}" aria-label="{{#IS_PART}}[[Save {{YEAR}}, part {{PART_NO}}]]{{/IS_PART}}{{#IS_WHOLE}}[[Save {{YEAR}}]]{{/IS_WHOLE}}">{{#IS_PART}}[[part {{PART_NO}}]]{{/IS_PART}}{{#IS_WHOLE}}[[save]]{{/IS_WHOLE}}</a>{{/YEAR_FILES}}{{#YEAR_TOO_MANY}} · [[too many for one file: choose a place above]]{{/YEAR_TOO_MANY}}</li>
{{/YEARS}}
</ul>
</section>
{{/BILLS_SOME}}
</main>
{{>_foot}}
