{{%AUTOESCAPE context="HTML"}}
{{>_head}}
<title>{{#HAS_ERRORS}}[[Error:]] {{/HAS_ERRORS}}[[Readings of many meters]] - {{COMPANY_NAME}}</title>
{{>_top}}
<main id="main">
{{>_errors}}
<h1>[[Readings of many meters]]</h1>
<p class="lead">[[For associations and whoever looks after many places: one file instead of one form a meter.]]</p>
<ol>
<li>[[Fetch the file with all your meters.]] <a href="/{{LANG}}/meters/file/csv">[[The file to fill in (CSV)]]</a></li>
<li>[[Fill in the column <b>value</b> with a spreadsheet program and save it as CSV. Leave empty what you do not know: those lines are left out.]]</li>
<li>[[If you did not read them today, add a column <b>date</b>.]]</li>
<li>[[Send it here. We check it as a whole before anything is kept.]]</li>
</ol>
{{#REFUSED}}
<section class="problem" aria-labelledby="refused-title">
<h2 id="refused-title">[[REFUSED_COUNT: {{REFUSED_COUNT}} line cannot be taken | {{REFUSED_COUNT}} lines cannot be taken]]</h2>
<div class="scroll" tabindex="0" role="region" aria-labelledby="refused-title">
<table aria-labelledby="refused-title">
<thead><tr><th scope="col">[[Line]]</th><th scope="col">[[Meter]]</th><th scope="col">[[What is wrong]]</th></tr></thead>
<tbody>
{{#REFUSED_LINES}}
<tr><th scope="row">{{LINE}}</th><td>{{SERIAL}}</td><td>{{WHAT}}</td></tr>
{{/REFUSED_LINES}}
</tbody>
</table>
</div>
{{#REFUSED_MORE}}
<p>[[The first ones are named. Mend them and send the file once more to see the rest.]]</p>
{{/REFUSED_MORE}}
</section>
{{/REFUSED}}
{{#DOUBTS}}
<section class="warn" aria-labelledby="doubts-title">
<h2 id="doubts-title">[[DOUBTS_COUNT: {{DOUBTS_COUNT}} value is unusual | {{DOUBTS_COUNT}} values are unusual]]</h2>
<div class="scroll" tabindex="0" role="region" aria-labelledby="doubts-title">
<table aria-labelledby="doubts-title">
<thead><tr><th scope="col">[[Line]]</th><th scope="col">[[Meter]]</th><th scope="col">[[What we noticed]]</th></tr></thead>
<tbody>
{{#DOUBT_LINES}}
<tr><th scope="row">{{LINE}}</th><td>{{SERIAL}}</td><td>{{#IS_BELOW}}[[Below what we had estimated.]]{{/IS_BELOW}}{{#IS_ZERO}}[[Nothing was used since the last index.]]{{/IS_ZERO}}{{#IS_LOW}}[[Only {{DAY_USE}} {{UNIT}} a day; {{USUAL_USE}} {{UNIT}} is usual.]]{{/IS_LOW}}{{#IS_HIGH}}[[{{DAY_USE}} {{UNIT}} a day; {{USUAL_USE}} {{UNIT}} is usual.]]{{/IS_HIGH}}</td></tr>
{{/DOUBT_LINES}}
</tbody>
</table>
</div>
{{#DOUBTS_MORE}}
<p>[[The first ones are named; there are more of the same kind.]]</p>
{{/DOUBTS_MORE}}
</section>
{{/DOUBTS}}
<form method="post" action="/{{LANG}}/meters/file" enctype="multipart/form-data" novalidate>
{{>_form}}
<input type="hidden" name="once" value="{{ONCE_KEY}}">
<div class="field{{#FILE_ERROR}} bad{{/FILE_ERROR}}">
<label for="file">[[The filled-in file]]</label>
<p class="hint" id="file-hint">[[CSV in UTF-8, at most 5,000 lines. The first line names the columns; commas or semicolons part them.]]</p>
{{#FILE_ERROR}}
<p class="wrong" id="file-error">{{FILE_ERROR_TEXT}}</p>
{{/FILE_ERROR}}
<input type="file" id="file" name="file" accept=".csv,text/csv,text/plain" aria-describedby="file-hint{{#FILE_ERROR}} file-error{{/FILE_ERROR}}"{{#FILE_ERROR}} aria-invalid="true"{{/FILE_ERROR}}>
</div>
<div class="field{{#LINES_ERROR}} bad{{/LINES_ERROR}}">
<label for="lines">[[Or its lines, pasted]]</label>
<p class="hint" id="lines-hint">[[What stands here counts where no file is chosen; you can mend it in place.]]</p>
{{#LINES_ERROR}}
<p class="wrong" id="lines-error">{{LINES_ERROR_TEXT}}</p>
{{/LINES_ERROR}}
<textarea id="lines" name="lines" rows="8" class="code" autocomplete="off" spellcheck="false" wrap="off" placeholder="serial;register;value" aria-describedby="lines-hint{{#LINES_ERROR}} lines-error{{/LINES_ERROR}}"{{#LINES_ERROR}} aria-invalid="true"{{/LINES_ERROR}}>{{LINES_TEXT:p}}</textarea>
</div>
{{#ASK_SURE}}
<p><label for="sure"><input type="checkbox" id="sure" name="sure" value="1"{{#SURE_IS_ON}} checked{{/SURE_IS_ON}}> [[Yes, the unusual values are right: I have looked again.]]</label></p>
{{/ASK_SURE}}
{{#ASK_VERY_SURE}}
<p><label for="very_sure"><input type="checkbox" id="very_sure" name="very_sure" value="1"{{#VERY_SURE_IS_ON}} checked{{/VERY_SURE_IS_ON}}> [[Also those that are more than ten times what is usual. One of us looks at them.]]</label></p>
{{/ASK_VERY_SURE}}
{{#ASK_GOOD_ONES}}
<p><label for="good_ones"><input type="checkbox" id="good_ones" name="good_ones" value="1"{{#GOOD_ONES_IS_ON}} checked{{/GOOD_ONES_IS_ON}}> [[GOOD_COUNT: Send the good ones now ({{GOOD_COUNT}} meter) and leave out the rest. | Send the good ones now ({{GOOD_COUNT}} meters) and leave out the rest.]]</label></p>
{{/ASK_GOOD_ONES}}
<p class="actions"><button type="submit">[[Check and send]]</button></p>
</form>
</main>
{{>_foot}}
