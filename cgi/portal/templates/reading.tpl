{{%AUTOESCAPE context="HTML"}}
{{>_head}}
<title>{{#HAS_ERRORS}}[[Error:]] {{/HAS_ERRORS}}[[Send a meter reading]] - {{COMPANY_NAME}}</title>
{{>_top}}
<main id="main">
{{>_errors}}
<h1>[[Send a meter reading]]</h1>
<p class="lead">[[You need no account, only your bill and a look at the meter.]]</p>
<form method="post" action="/{{LANG}}/reading" novalidate>
{{>_form}}
<input type="hidden" name="once" value="{{ONCE_KEY}}">
{{>_field_client_code}}
<div class="field{{#SERIAL_ERROR}} bad{{/SERIAL_ERROR}}">
<label for="serial">[[Serial number of the meter]]</label>
<p class="hint" id="serial-hint">[[Printed on the front of the meter, and on the bill. Blanks and dashes do not matter.]]</p>
{{#SERIAL_ERROR}}
<p class="wrong" id="serial-error">{{SERIAL_ERROR_TEXT}}</p>
{{/SERIAL_ERROR}}
<input type="text" class="code" id="serial" name="serial" value="{{SERIAL_VALUE}}" required maxlength="40" autocapitalize="characters" spellcheck="false" inputmode="text" autocomplete="off" aria-describedby="serial-hint{{#SERIAL_ERROR}} serial-error{{/SERIAL_ERROR}}"{{#SERIAL_ERROR}} aria-invalid="true"{{/SERIAL_ERROR}}>
</div>
<div class="field{{#VALUE_ERROR}} bad{{/VALUE_ERROR}}">
<label for="value">[[Index]]</label>
<p class="hint" id="value-hint">[[All digits before the comma, also the zeros at the front.]]</p>
{{#VALUE_ERROR}}
<p class="wrong" id="value-error">{{VALUE_ERROR_TEXT}}</p>
{{/VALUE_ERROR}}
<input type="text" class="code short" id="value" name="value" value="{{VALUE_VALUE}}" required maxlength="20" spellcheck="false" inputmode="decimal" autocomplete="off" aria-describedby="value-hint{{#VALUE_ERROR}} value-error{{/VALUE_ERROR}}"{{#VALUE_ERROR}} aria-invalid="true"{{/VALUE_ERROR}}>
</div>
<div class="field{{#VALUE_2_ERROR}} bad{{/VALUE_2_ERROR}}">
<label for="value_2">[[Second index (if the meter shows two)]]</label>
<p class="hint" id="value_2-hint">[[For instance day above and night here. Leave it empty if the meter shows one figure.]]</p>
{{#VALUE_2_ERROR}}
<p class="wrong" id="value_2-error">{{VALUE_2_ERROR_TEXT}}</p>
{{/VALUE_2_ERROR}}
<input type="text" class="code short" id="value_2" name="value_2" value="{{VALUE_2_VALUE}}" maxlength="20" spellcheck="false" inputmode="decimal" autocomplete="off" aria-describedby="value_2-hint{{#VALUE_2_ERROR}} value_2-error{{/VALUE_2_ERROR}}"{{#VALUE_2_ERROR}} aria-invalid="true"{{/VALUE_2_ERROR}}>
</div>
<div class="field{{#READ_ON_ERROR}} bad{{/READ_ON_ERROR}}">
<label for="read_on">[[Read on]]</label>
<p class="hint" id="read_on-hint">[[The day on which you looked at the meter.]]</p>
{{#READ_ON_ERROR}}
<p class="wrong" id="read_on-error">{{READ_ON_ERROR_TEXT}}</p>
{{/READ_ON_ERROR}}
<input type="date" class="short" id="read_on" name="read_on" value="{{READ_ON_VALUE}}" min="{{FIRST_DAY}}" max="{{LAST_DAY}}" autocomplete="off" aria-describedby="read_on-hint{{#READ_ON_ERROR}} read_on-error{{/READ_ON_ERROR}}"{{#READ_ON_ERROR}} aria-invalid="true"{{/READ_ON_ERROR}}>
</div>
<p class="actions"><button type="submit">[[Send the reading]]</button></p>
</form>
<p class="quiet">[[This page only takes readings: it shows nothing of the meter, earlier readings or bills.]] <a href="/{{LANG}}/home">[[With an account you see them all]]</a>.</p>
</main>
{{>_foot}}
