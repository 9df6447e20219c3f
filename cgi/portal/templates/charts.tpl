{{%AUTOESCAPE context="HTML"}}
{{>_head}}
<title>[[Charts]] - {{COMPANY_NAME}}</title>
{{>_top}}
<main id="main">
<h1>[[Charts]]</h1>
{{#PLACES_NONE}}
<p class="lead">[[No contract is connected to your account yet.]]</p>
<p class="actions"><a class="button" href="/{{LANG}}/settings/contracts">[[Add a contract]]</a></p>
{{/PLACES_NONE}}
{{#SEVERAL_PLACES}}
<form class="filter" method="get" action="/{{LANG}}/charts">
<p><label for="place">[[Place]]</label>
<select id="place" name="place">
{{#PLACE_OPTIONS}}
<option value="{{OPTION_ID}}"{{#OPTION_CHOSEN}} selected{{/OPTION_CHOSEN}}>{{OPTION_NAME}}</option>
{{/PLACE_OPTIONS}}
</select></p>
<p><button class="second" type="submit">[[Show]]</button></p>
</form>
{{/SEVERAL_PLACES}}
{{#CHOSEN_PLACE}}
<p class="lead">{{PLACE_NAME}}</p>
<p class="quiet">[[Code …{{CODE_HINT}}]]{{#CHARTS_SOME}} · <a href="/{{LANG}}/charts/csv?place={{PLACE_ID}}">[[Save as CSV]]</a> · <a href="/{{LANG}}/charts/green-button?place={{PLACE_ID}}">[[Save for energy programs (Green Button)]]</a>{{/CHARTS_SOME}}</p>
{{#CHARTS_NONE}}
<p class="lead">[[There is no bill yet.]]</p>
{{/CHARTS_NONE}}
{{/CHOSEN_PLACE}}
{{#CHARTS}}
<section>
<h2 id="chart-{{CHART_NO}}">{{CHART_TITLE}}</h2>
{{PICTURE:x-svg}}
{{#DAILY}}
<h3>[[Average per day]]</h3>
{{DAY_PICTURE:x-svg}}
{{/DAILY}}
<details class="figures">
<summary>[[All figures as a table]]<span class="unseen"> - {{CHART_TITLE}}</span></summary>
<div class="scroll" tabindex="0" role="region" aria-labelledby="chart-{{CHART_NO}}">
<table aria-labelledby="chart-{{CHART_NO}}">
<thead>
<tr><th scope="col">[[Month]]</th>{{#SHOW_PERIOD}}<th scope="col" class="wide">[[Period]]</th>{{/SHOW_PERIOD}}<th scope="col" class="amount">{{#IS_MONEY}}[[Sum]]{{/IS_MONEY}}{{#IS_QUANTITY}}[[Quantity]]{{/IS_QUANTITY}}</th>{{#SHOW_PER_DAY}}<th scope="col" class="amount">[[Per day]]</th>{{/SHOW_PER_DAY}}{{#SHOW_LAST_YEAR}}<th scope="col" class="amount">[[A year before]]</th>{{/SHOW_LAST_YEAR}}</tr>
</thead>
<tbody>
{{#MONTHS}}
<tr><th scope="row">{{MONTH}}{{#IS_ESTIMATED}}<br><span class="quiet">[[estimated]]</span>{{/IS_ESTIMATED}}</th>{{#SHOW_PERIOD}}<td class="wide">{{PERIOD}}</td>{{/SHOW_PERIOD}}<td class="amount">{{#HAS_VALUE}}{{VALUE}}{{/HAS_VALUE}}{{#NO_VALUE}}<span class="quiet">{{NO_VALUE_TEXT}}</span>{{/NO_VALUE}}</td>{{#SHOW_PER_DAY}}<td class="amount">{{#HAS_PER_DAY}}{{PER_DAY}}{{/HAS_PER_DAY}}</td>{{/SHOW_PER_DAY}}{{#SHOW_LAST_YEAR}}<td class="amount">{{#HAS_LAST_YEAR}}{{LAST_YEAR}}{{/HAS_LAST_YEAR}}</td>{{/SHOW_LAST_YEAR}}</tr>
{{/MONTHS}}
</tbody>
<tfoot>
<tr><th scope="row">[[Average]]</th>{{#SHOW_PERIOD}}<td class="wide"></td>{{/SHOW_PERIOD}}<td class="amount">{{AVERAGE}}</td>{{#SHOW_PER_DAY}}<td class="amount">{{AVERAGE_PER_DAY}}</td>{{/SHOW_PER_DAY}}{{#SHOW_LAST_YEAR}}<td></td>{{/SHOW_LAST_YEAR}}</tr>
</tfoot>
</table>
</div>
</details>
</section>
{{/CHARTS}}
{{#CHOSEN_PLACE}}
{{#CHARTS_SOME}}
<p class="quiet">[[A bill counts in the month whose 15th day lies in its period, or in the last of them; its credit notes are taken off. Payments count in the month in which they came. Consumption is what the bills say; the average per day is the consumption divided by the days billed.]]</p>
{{/CHARTS_SOME}}
{{/CHOSEN_PLACE}}
</main>
{{>_foot}}
