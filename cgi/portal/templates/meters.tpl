{{%AUTOESCAPE context="HTML"}}
{{>_head}}
<title>[[Meters]] - {{COMPANY_NAME}}</title>
{{>_top}}
<main id="main">
<h1 id="title">[[Meters]]</h1>
<form class="filter" method="get" action="/{{LANG}}/meters">
{{#SEVERAL_PLACES}}
<p><label for="place">[[Place]]</label>
<select id="place" name="place">
<option value="">[[all]]</option>
{{#PLACE_OPTIONS}}
<option value="{{OPTION_ID}}"{{#OPTION_CHOSEN}} selected{{/OPTION_CHOSEN}}>{{OPTION_NAME}}</option>
{{/PLACE_OPTIONS}}
</select></p>
{{/SEVERAL_PLACES}}
<p><label for="q">[[Serial number or address]]</label>
<input id="q" name="q" value="{{Q_VALUE}}" maxlength="60" autocomplete="off" spellcheck="false"></p>
<p><button class="second" type="submit">[[Show]]</button></p>
</form>
{{#METERS_NONE}}
<p class="lead">{{#FILTERED}}[[No meter fits what you asked for.]] <a href="/{{LANG}}/meters">[[Show all]]</a>{{/FILTERED}}{{#NOT_FILTERED}}[[There is no meter yet.]]{{/NOT_FILTERED}}</p>
{{/METERS_NONE}}
{{#METERS_SOME}}
<p class="quiet">[[MATCHES: {{MATCHES}} meter | {{MATCHES}} meters]] · <a href="/{{LANG}}/meters/file">[[Readings of many meters]]</a></p>
<div class="scroll" tabindex="0" role="region" aria-labelledby="title">
<table aria-labelledby="title">
<thead>
<tr><th scope="col">[[Meter]]</th><th scope="col" class="wide">[[Place]]</th><th scope="col">[[Last index]]</th><th scope="col" class="wide">[[Used]]</th><th scope="col">[[Send the index]]</th></tr>
</thead>
<tbody>
{{#METERS}}
<tr><th scope="row"><a href="/{{LANG}}/meters/{{METER_ID}}">{{SERIAL}}</a><br><span class="quiet">{{>_meter_kind}}</span></th><td class="wide">{{#HAS_PLACE_NAME}}{{PLACE_NAME}}<br>{{/HAS_PLACE_NAME}}{{PLACE_ADDRESS}}</td><td>{{#REGISTERS}}<p>{{#NOT_SINGLE}}{{>_meter_register}}<br>{{/NOT_SINGLE}}{{#HAS_LAST}}{{LAST}} {{UNIT}}<br><span class="quiet">{{LAST_ON}}, {{>_meter_way}}</span>{{/HAS_LAST}}{{#NO_LAST}}–{{/NO_LAST}}</p>{{/REGISTERS}}</td><td class="wide">{{#REGISTERS}}<p>{{#NOT_SINGLE}}{{>_meter_register}}<br>{{/NOT_SINGLE}}{{#HAS_USE}}{{USE}} {{UNIT}}<br><span class="quiet">[[since {{USE_SINCE}}]]</span>{{/HAS_USE}}</p>{{/REGISTERS}}</td><td>{{>_meter_window}}</td></tr>
{{/METERS}}
</tbody>
</table>
</div>
{{#HAS_PAGES}}
<nav class="pages" aria-label="[[Pages]]">
{{#HAS_PREVIOUS}}
<a rel="prev" href="/{{LANG}}/meters?{{PREVIOUS_QUERY}}">[[page|Previous]]</a>
{{/HAS_PREVIOUS}}
<span>[[Page {{PAGE_NO}} of {{PAGES}}]]</span>
{{#HAS_NEXT}}
<a rel="next" href="/{{LANG}}/meters?{{NEXT_QUERY}}">[[page|Next]]</a>
{{/HAS_NEXT}}
</nav>
{{/HAS_PAGES}}
{{/METERS_SOME}}
</main>
{{>_foot}}
