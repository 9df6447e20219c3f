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
<textarea id="lines" name="lines" rows="8" class="code" autocomplete="off" spellcheck="false" wrap="off" aria-describedby="lines-hint{{#LINES_ERROR}} lines-error{{/LINES_ERROR}}"{{#LINES_ERROR}} aria-invalid="true"{{/LINES_ERROR}}>{{LINES_TEXT:p}}</textarea>
</div>
{{#ASK}}
<fieldset class="choices">
<legend>[[How shall we go on?]]</legend>
{{#ASK_SURE}}
<div><label for="sure"><span>[[The unusual values are right]]</span> <span class="hint">[[I have looked at these meters again.]]</span></label><input type="checkbox" id="sure" name="sure" value="1"{{#SURE_IS_ON}} checked{{/SURE_IS_ON}}></div>
{{/ASK_SURE}}
{{#ASK_VERY_SURE}}
<div><label for="very_sure"><span>[[Also those above ten times what is usual]]</span> <span class="hint">[[One of us looks at them before they count.]]</span></label><input type="checkbox" id="very_sure" name="very_sure" value="1"{{#VERY_SURE_IS_ON}} checked{{/VERY_SURE_IS_ON}}></div>
{{/ASK_VERY_SURE}}
{{#ASK_GOOD_ONES}}
<div><label for="good_ones"><span>[[Send the good ones and leave out the rest]]</span>{{#SOME_GOOD}} <span class="hint">[[GOOD_COUNT: {{GOOD_COUNT}} meter can be sent as it stands. | {{GOOD_COUNT}} meters can be sent as they stand.]]</span>{{/SOME_GOOD}}</label><input type="checkbox" id="good_ones" name="good_ones" value="1"{{#GOOD_ONES_IS_ON}} checked{{/GOOD_ONES_IS_ON}}></div>
{{/ASK_GOOD_ONES}}
</fieldset>
{{/ASK}}
<p class="actions"><button type="submit">[[Check and send]]</button></p>
</form>
</main>
{{>_foot}}
